//! Actions: opened, done, dropped, changed.

use crate::domain::action::Action;
use crate::tui::action_items;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::form::open::{open as open_form, open_some};
use crate::tui::form::state::Form;
use crate::tui::room::selection::{selected_action, selected_ended_action};

pub fn open(model: &mut Model) -> Vec<Effect> {
    open_form(model, action_items::forms::open())
}

pub fn corrective(model: &mut Model) -> Vec<Effect> {
    open_form(model, action_items::forms::corrective())
}

/// The selected action is done; one that has ended goes on.
pub fn done(model: &mut Model) -> Vec<Effect> {
    if selected_action(model).is_some() {
        return with_selected(model, action_items::forms::finish);
    }
    let form =
        selected_ended_action(model).and_then(|no| model.room_view()?.room.action(no)).map(action_items::forms::reopen);
    open_some(model, form)
}

pub fn drop_it(model: &mut Model) -> Vec<Effect> {
    with_selected(model, action_items::forms::drop_it)
}

pub fn update(model: &mut Model) -> Vec<Effect> {
    with_selected(model, action_items::forms::update)
}

fn with_selected(model: &mut Model, form: fn(&Action) -> Form) -> Vec<Effect> {
    let form = selected_action(model).and_then(|no| model.room_view()?.room.action(no)).map(form);
    open_some(model, form)
}
