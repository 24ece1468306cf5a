//! What an intent must satisfy: each guard passes it on or says why not and what to do.

use super::{Context, FUTURE_TOLERANCE};
use crate::domain::id::No;
use crate::domain::intent::{Intent, Refusal};
use crate::domain::phrase::Phrase;
use crate::domain::room::{Room, State};
use crate::domain::routine::Routine;
use crate::domain::text::Text;
use crate::domain::time::Moment;

pub(super) fn refuse(key: &'static str) -> Refusal {
    Refusal(Phrase::new(key))
}
pub(super) fn no_such(key: &'static str, what: &str) -> Refusal {
    Refusal(Phrase::new(key).with("what", what))
}

pub(super) fn require(text: &Text, key: &'static str) -> Result<(), Refusal> {
    if text.is_blank() {
        return Err(refuse(key));
    }
    Ok(())
}

pub(super) fn not_ahead(at: Moment, now: Moment) -> Result<(), Refusal> {
    if at.since(now).num_seconds() > FUTURE_TOLERANCE {
        return Err(Refusal(Phrase::new("refuse-ahead").with("time", at).with("now", now)));
    }
    Ok(())
}

/// Whether it happened at a time that somebody gave, and not as they asked. Only such a time can be wrong: who asks now is
/// not held to what a clock said that was set back since.
pub(super) fn is_back_dated(context: Context<'_>) -> bool {
    context.now.since(context.at).num_seconds() > FUTURE_TOLERANCE
}

pub(super) fn belongs_to_open_incident(intent: &Intent) -> bool {
    matches!(
        intent,
        Intent::CallMeeting { .. }
            | Intent::StartMeeting
            | Intent::SetCadence { .. }
            | Intent::EnterPhase { .. }
            | Intent::PlanShift { .. }
            | Intent::ActivateRoutine { .. }
    )
}

pub(super) fn must_be(room: &Room, state: State, key: &'static str) -> Result<(), Refusal> {
    if room.state == state { Ok(()) } else { Err(refuse(key)) }
}

pub(super) fn entitled_to_classify(routine: &Routine, key: &str) -> Result<(), Refusal> {
    if routine.classifiers.iter().any(|known| known.key == key) {
        Ok(())
    } else {
        Err(no_such("refuse-no-classifier", key))
    }
}

pub(super) fn known_role(routine: &Routine, key: &str) -> Result<(), Refusal> {
    routine.role(key).map(|_| ()).ok_or_else(|| no_such("refuse-no-role", key))
}

pub(super) fn known_item(routine: &Routine, key: &str) -> Result<(), Refusal> {
    routine.item(key).map(|_| ()).ok_or_else(|| no_such("refuse-no-item", key))
}

pub(super) fn open_item(room: &Room, routine: &Routine, key: &str) -> Result<(), Refusal> {
    known_item(routine, key)?;
    if room.checklist.get(key).is_some_and(|state| state.settled.is_some()) {
        return Err(no_such("refuse-item-settled", key));
    }
    Ok(())
}

pub(super) fn known_notice(routine: &Routine, key: Option<&str>) -> Result<(), Refusal> {
    match key {
        Some(key) if routine.notice(key).is_none() => Err(no_such("refuse-no-notice", key)),
        _ => Ok(()),
    }
}

pub(super) fn open_action(room: &Room, no: No) -> Result<(), Refusal> {
    match room.action(no) {
        Some(action) if action.is_open() => Ok(()),
        _ => Err(no_such("refuse-no-action", &no.to_string())),
    }
}

pub(super) fn open_resource(room: &Room, no: No) -> Result<(), Refusal> {
    if room.resources.iter().any(|resource| resource.no == no && resource.is_open()) {
        Ok(())
    } else {
        Err(no_such("refuse-no-resource", &no.to_string()))
    }
}
