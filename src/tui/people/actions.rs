//! Calls, handover, shifts.

use crate::domain::intent::Intent;
use crate::domain::role::{Attempt, CallPurpose, EscalationOutcome};
use crate::domain::room::Room;
use crate::tui::app::ask::ask;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::form::open::{open, open_some};
use crate::tui::people;
use crate::tui::people::forms::Callee;

/// The role in the order of escalation whose turn it is: the one after the last that was called to take the lead, in vain.
fn next_in_order(room: &Room) -> Option<&str> {
    let order = &room.routine.as_deref()?.escalation;
    let asks_to_lead = |call: &&Attempt| call.purpose.is_none_or(|purpose| purpose == CallPurpose::Role);
    let in_vain = |call: &&Attempt| call.outcome != EscalationOutcome::Accepted;
    let last = room.standing_attempts().rev().filter(asks_to_lead).find(in_vain);
    let after = last.and_then(|call| order.iter().position(|key| *key == call.role)).map_or(0, |at| at + 1);
    order.get(after).or(order.last()).map(String::as_str)
}

/// Records a call for a decision.
pub fn call(model: &mut Model) -> Vec<Effect> {
    open_call(model, |_| Callee { purpose: CallPurpose::Decision, person: "", role: None })
}

/// Records a call to staff a role.
pub fn call_to_staff(model: &mut Model) -> Vec<Effect> {
    open_call(model, |room| Callee { purpose: CallPurpose::Role, person: "", role: next_in_order(room) })
}

fn open_call(model: &mut Model, callee: fn(&Room) -> Callee<'_>) -> Vec<Effect> {
    let form = model.room_view().and_then(|view| {
        let routine = view.room.routine.as_deref()?;
        Some(people::forms::call(routine, callee(&view.room)))
    });
    open_some(model, form)
}

pub fn hand_over(model: &mut Model) -> Vec<Effect> {
    open(model, people::forms::hand_over())
}

pub fn accept(model: &mut Model) -> Vec<Effect> {
    ask(model, None, Intent::AcceptHandover)
}

pub fn shift(model: &mut Model) -> Vec<Effect> {
    open(model, people::forms::shift())
}
