//! The names under which the host keeps drafts.

use crate::domain::id::IntentId;

/// Under which name the host keeps the draft of the entry `id`.
pub fn slot(id: IntentId) -> String {
    format!("{SLOT}{}", id.0)
}

/// The entry whose draft `slot` names.
pub fn id_of_slot(slot: &str) -> Option<IntentId> {
    slot.strip_prefix(SLOT)?.parse().ok().map(IntentId)
}

pub const SLOT: &str = "entry:";

/// What stands between the name that a kind of form keeps its drafts under and what makes it this form's own.
pub const OWN: char = '#';

/// Whether the draft in `slot` is one of the forms that keep their text as `kept_as`.
pub fn is_of(slot: &str, kept_as: &str) -> bool {
    kind(slot) == kept_as
}

pub fn kind(slot: &str) -> &str {
    slot.split(OWN).next().unwrap_or(slot)
}
