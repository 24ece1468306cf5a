//! Calls by the order of escalation, handover, shifts.

use super::{ask, open, open_some};
use crate::domain::intent::Intent;
use crate::domain::role::EscalationOutcome;
use crate::domain::room::Room;
use crate::tui::effect::Effect;
use crate::tui::forms::people;
use crate::tui::model::Model;

/// The step of the order whose turn it is: the one after the last that was called in vain.
pub fn next_step(room: &Room) -> usize {
    let order = room.routine.as_deref().map_or(&[][..], |routine| &routine.escalation);
    let tried = room.standing_attempts().rev().find(|attempt| attempt.outcome != EscalationOutcome::Accepted);
    let after = tried.and_then(|attempt| order.iter().position(|key| *key == attempt.role)).map_or(0, |at| at + 1);
    after.min(order.len().saturating_sub(1))
}

pub fn escalate(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().and_then(|view| {
        let routine = view.room.routine.as_deref()?;
        Some(people::escalate(routine, next_step(&view.room), ""))
    });
    open_some(model, form)
}

pub fn hand_over(model: &mut Model) -> Vec<Effect> {
    open(model, people::hand_over())
}

pub fn accept(model: &mut Model) -> Vec<Effect> {
    ask(model, None, Intent::AcceptHandover)
}

pub fn shift(model: &mut Model) -> Vec<Effect> {
    open(model, people::shift())
}
