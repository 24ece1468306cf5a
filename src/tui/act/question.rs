//! Answering the selected question.

use super::{open_some, selected_question};
use crate::tui::effect::Effect;
use crate::tui::forms;
use crate::tui::model::Model;

pub fn answer(model: &mut Model) -> Vec<Effect> {
    let form = selected_question(model).and_then(|key| forms::question::answer(model.room_view()?, &key));
    open_some(model, form)
}
