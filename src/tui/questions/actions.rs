//! Answering the selected question.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::form::open::open_some;
use crate::tui::questions;
use crate::tui::room::selection::selected_question;

pub fn answer(model: &mut Model) -> Vec<Effect> {
    let form = selected_question(model).and_then(|key| questions::forms::answer(model.room_view()?, &key));
    open_some(model, form)
}
