//! Actions: opened, done, dropped, changed.

use super::{open as open_form, open_some, selected_action};
use crate::domain::action::Action;
use crate::tui::effect::Effect;
use crate::tui::form::Form;
use crate::tui::forms::action;
use crate::tui::model::Model;

pub fn open(model: &mut Model) -> Vec<Effect> {
    open_form(model, action::open())
}

pub fn corrective(model: &mut Model) -> Vec<Effect> {
    open_form(model, action::corrective())
}

pub fn done(model: &mut Model) -> Vec<Effect> {
    with_selected(model, action::finish)
}

pub fn drop_it(model: &mut Model) -> Vec<Effect> {
    with_selected(model, action::drop_it)
}

pub fn update(model: &mut Model) -> Vec<Effect> {
    with_selected(model, action::update)
}

fn with_selected(model: &mut Model, form: fn(&Action) -> Form) -> Vec<Effect> {
    let form = selected_action(model).and_then(|no| model.room_view()?.room.action(no)).map(form);
    open_some(model, form)
}
