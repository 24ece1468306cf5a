//! What an intent must satisfy: each guard passes it on or says why not and what to do.

use super::context::{Context, FUTURE_TOLERANCE};
use crate::domain::id::No;
use crate::domain::intent::{Intent, Refusal};
use crate::domain::near::nearest;
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

/// How many keys are named in a refusal; of more, `klock routine show` tells.
const MOST_NAMED: usize = 12;

/// There is no `what` among `known`: the key of the refusal, with what was meant most likely, or what there is.
pub(super) fn unknown<'a>(key: &'static str, what: &str, known: impl IntoIterator<Item = &'a str>) -> Refusal {
    let known: Vec<&str> = known.into_iter().collect();
    let hint = match nearest(what, known.iter().copied()) {
        Some(near) => Phrase::new("refuse-hint-near").with("near", near),
        None if known.is_empty() => Phrase::new("refuse-hint-none"),
        None if known.len() <= MOST_NAMED => Phrase::new("refuse-hint-known").with("known", known.join(", ")),
        None => Phrase::new("refuse-hint-show"),
    };
    Refusal(Phrase::new(key).with("what", what).with("hint", hint))
}

pub(super) fn require(text: &Text, key: &'static str) -> Result<(), Refusal> {
    if text.is_blank() {
        return Err(refuse(key));
    }
    Ok(())
}

/// Whether `at` lies further ahead of `now` than clocks differ.
pub(super) fn is_ahead(at: Moment, now: Moment) -> bool {
    at.since(now).num_seconds() > FUTURE_TOLERANCE
}

pub(super) fn not_ahead(at: Moment, now: Moment) -> Result<(), Refusal> {
    if is_ahead(at, now) {
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
        Err(unknown("refuse-no-classifier", key, routine.classifiers.iter().map(|known| &*known.key)))
    }
}

pub(super) fn known_role(routine: &Routine, key: &str) -> Result<(), Refusal> {
    let known = || routine.roles.iter().map(|role| &*role.key);
    routine.role(key).map(|_| ()).ok_or_else(|| unknown("refuse-no-role", key, known()))
}

pub(super) fn known_item(routine: &Routine, key: &str) -> Result<(), Refusal> {
    let known = || routine.items().map(|item| &*item.key);
    routine.item(key).map(|_| ()).ok_or_else(|| unknown("refuse-no-item", key, known()))
}

pub(super) fn open_item(room: &Room, routine: &Routine, key: &str) -> Result<(), Refusal> {
    known_item(routine, key)?;
    // On a step that its notice has checked, a person has the last word (P3).
    let is_checked_by_deed = routine.item(key).is_some_and(|item| room.is_checked_by_deed(item));
    if !is_checked_by_deed && room.checklist.get(key).is_some_and(|state| state.settled.is_some()) {
        return Err(no_such("refuse-item-settled", key));
    }
    Ok(())
}

pub(super) fn known_notice(routine: &Routine, key: Option<&str>) -> Result<(), Refusal> {
    match key {
        Some(key) if routine.notice(key).is_none() => {
            Err(unknown("refuse-no-notice", key, routine.notices.iter().map(|notice| &*notice.key)))
        }
        _ => Ok(()),
    }
}

pub(super) fn open_action(room: &Room, no: No) -> Result<(), Refusal> {
    match room.action(no) {
        Some(action) if action.is_open() => Ok(()),
        _ => Err(no_such("refuse-no-action", &no.to_string())),
    }
}

/// The action was done or dropped, and not struck with the entry that opened it: that was a mistake from the start.
pub(super) fn ended_action(room: &Room, no: No) -> Result<(), Refusal> {
    match room.action(no) {
        Some(action) if !action.is_open() && !room.is_struck(action.seq) => Ok(()),
        _ => Err(no_such("refuse-no-ended-action", &no.to_string())),
    }
}

pub(super) fn open_resource(room: &Room, no: No) -> Result<(), Refusal> {
    if room.resources.iter().any(|resource| resource.no == no && resource.is_open()) {
        Ok(())
    } else {
        Err(no_such("refuse-no-resource", &no.to_string()))
    }
}
