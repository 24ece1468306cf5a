//! The incident as a whole.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::form::open::{open, open_some};
use crate::tui::incident;
use crate::tui::incident::{aftermath, declare};

pub fn declare(model: &mut Model) -> Vec<Effect> {
    let form = declare::form(model);
    open(model, form)
}

pub fn priority(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().and_then(|view| incident::forms::priority(&view.room));
    open_some(model, form)
}

pub fn classify(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().and_then(|view| incident::forms::classify(&view.room));
    open_some(model, form)
}

pub fn activate(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(|view| incident::forms::activate(&view.room));
    open_some(model, form)
}

pub fn mitigate(model: &mut Model) -> Vec<Effect> {
    open(model, incident::forms::mitigate())
}

pub fn restore(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(incident::forms::restore);
    open_some(model, form)
}

pub fn reopen(model: &mut Model) -> Vec<Effect> {
    open(model, incident::forms::reopen())
}

pub fn close(model: &mut Model) -> Vec<Effect> {
    let now = model.environment.now;
    let form = model.room_view().map(|view| incident::forms::close(view, now));
    open_some(model, form)
}

pub fn report(model: &mut Model) -> Vec<Effect> {
    open(model, aftermath::report())
}

pub fn problem(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(|view| aftermath::problem(view.room.problem.as_ref()));
    open_some(model, form)
}
