//! A row of a list over the room.

use crate::domain::phrase::{Arg, Phrase};
use crate::domain::text::Text;
use crate::tui::theme::Role;

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// What it is about.
    pub id: String,
    /// How it stands, in a sign.
    pub mark: &'static str,
    pub role: Role,
    pub text: Phrase,
    /// More about it, in the row below.
    pub detail: Option<Phrase>,
}

/// A row without a detail.
pub fn row(id: impl Into<String>, mark: &'static str, role: Role, text: Phrase) -> ListRow {
    ListRow { id: id.into(), mark, role, text, detail: None }
}

/// A text as it is said in a row; a redacted one is named as such.
pub fn words(text: &Text) -> Arg {
    if text.is_redacted() { Phrase::new("text-redacted").into() } else { text.raw().into() }
}
