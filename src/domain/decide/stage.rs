//! What is decided of where the incident stands: mitigated, restored, open again, closed.

use super::context::Context;
use super::guard::{is_back_dated, must_be, refuse, require};
use crate::domain::event::Event;
use crate::domain::intent::Refusal;
use crate::domain::phrase::Phrase;
use crate::domain::priority::Activation;
use crate::domain::room::{Room, State};
use crate::domain::routine::Routine;
use crate::domain::text::Text;

/// The routine is put in force when it is not, and where its priority does not call for it with a reason (P8).
pub(super) fn may_activate(room: &Room, routine: &Routine, reason: &Text) -> Result<(), Refusal> {
    if room.active {
        return Err(refuse("refuse-already-active"));
    }
    let activation = room.priority.as_ref().map(|priority| routine.priority.activation(priority.level));
    if activation == Some(Activation::Unneeded) {
        require(reason, "refuse-activation-reason")?;
    }
    Ok(())
}

pub(super) fn mitigate(room: &Room, note: &Text) -> Result<Event, Refusal> {
    must_be(room, State::Open, "refuse-not-open")?;
    Ok(Event::Mitigated { note: note.clone() })
}

pub(super) fn restore(room: &Room, context: Context<'_>, note: &Text) -> Result<Event, Refusal> {
    must_be(room, State::Open, "refuse-not-open")?;
    if is_back_dated(context) && room.declared_at.is_some_and(|declared| declared > context.at) {
        return Err(refuse("refuse-restored-before-declared"));
    }
    if let Some(reopened) = room.reopened_at.filter(|reopened| is_back_dated(context) && *reopened > context.at) {
        return Err(Refusal(Phrase::new("refuse-restored-before-reopened").with("time", reopened)));
    }
    Ok(Event::Restored { note: note.clone() })
}

pub(super) fn reopen(room: &Room, context: Context<'_>, reason: &Text) -> Result<Event, Refusal> {
    if room.state == State::Open {
        return Err(refuse("refuse-already-open"));
    }
    require(reason, "refuse-reopen-reason")?;
    if let Some(restored) = room.restored_at.filter(|restored| is_back_dated(context) && *restored > context.at) {
        return Err(Refusal(Phrase::new("refuse-reopened-before-restored").with("time", restored)));
    }
    Ok(Event::Reopened { reason: reason.clone() })
}

/// Every point is dealt with before the incident is closed (P3).
pub(super) fn close(room: &Room, note: &Text) -> Result<Event, Refusal> {
    must_be(room, State::Restored, "refuse-close-before-restored")?;
    if room.running_meeting().is_some() {
        return Err(refuse("refuse-meeting-running"));
    }
    let unsettled = room.unsettled();
    if let Some(first) = unsettled.first().filter(|_| room.active) {
        let refusal = Phrase::new("refuse-close-unsettled").with("count", unsettled.len());
        return Err(Refusal(refusal.with("item", first.title.clone())));
    }
    Ok(Event::Closed { note: note.clone() })
}
