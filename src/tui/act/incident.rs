//! The incident as a whole.

use super::{open, open_some};
use crate::tui::effect::Effect;
use crate::tui::forms::{aftermath, declare as declaring, incident};
use crate::tui::model::Model;

pub fn declare(model: &mut Model) -> Vec<Effect> {
    let form = declaring::form(model);
    open(model, form)
}

pub fn priority(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().and_then(|view| incident::priority(&view.room));
    open_some(model, form)
}

pub fn classify(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().and_then(|view| incident::classify(&view.room));
    open_some(model, form)
}

pub fn activate(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(|view| incident::activate(&view.room));
    open_some(model, form)
}

pub fn mitigate(model: &mut Model) -> Vec<Effect> {
    open(model, incident::mitigate())
}

pub fn restore(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(incident::restore);
    open_some(model, form)
}

pub fn reopen(model: &mut Model) -> Vec<Effect> {
    open(model, incident::reopen())
}

pub fn close(model: &mut Model) -> Vec<Effect> {
    let now = model.around.now;
    let form = model.room_view().map(|view| incident::close(view, now));
    open_some(model, form)
}

pub fn report(model: &mut Model) -> Vec<Effect> {
    open(model, aftermath::report())
}

pub fn problem(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(|view| aftermath::problem(view.room.problem.as_ref()));
    open_some(model, form)
}
