//! Answering the selected question.

use crate::tui::app::ask::{open_some, selected_question};
use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::questions;

pub fn answer(model: &mut Model) -> Vec<Effect> {
    let form = selected_question(model).and_then(|key| questions::forms::answer(model.room_view()?, &key));
    open_some(model, form)
}
