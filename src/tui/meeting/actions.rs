//! Meetings: one key starts one or shows the one that runs.

use crate::domain::intent::Intent;
use crate::tui::app::ask::{self, ask};
use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::command::preconditions;
use crate::tui::form::open::{open, open_some};
use crate::tui::form::state::Form;
use crate::tui::list::open::push;
use crate::tui::list::state::ListKind;
use crate::tui::meeting::forms;

/// Shows the running meeting; without one, starts it.
pub fn meeting(model: &mut Model) -> Vec<Effect> {
    let running = preconditions::in_meeting(model).is_ok();
    if !running && model.environment.read_only {
        return ask::looks_on(model);
    }
    push(model, ListKind::Meeting);
    if running {
        return Vec::new();
    }
    let now = model.environment.now;
    ask(model, Some(now), Intent::StartMeeting)
}

pub fn call(model: &mut Model) -> Vec<Effect> {
    open(model, forms::call())
}

pub fn attend(model: &mut Model) -> Vec<Effect> {
    open(model, forms::attend())
}

pub fn end(model: &mut Model) -> Vec<Effect> {
    let form = end_form(model);
    open_some(model, form)
}

/// Returns the form that ends the running meeting. `None` when no meeting runs.
pub fn end_form(model: &Model) -> Option<Form> {
    let view = model.room_view()?;
    let meeting = view.room.running_meeting()?;
    let points = view.room.routine.as_deref()?.agenda.len();
    Some(forms::end(points.saturating_sub(meeting.points.len())))
}

pub fn call_off(model: &mut Model) -> Vec<Effect> {
    open(model, forms::call_off())
}
