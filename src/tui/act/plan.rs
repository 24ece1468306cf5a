//! What would make us switch plans.

use super::open_some;
use crate::tui::effect::Effect;
use crate::tui::forms::plan;
use crate::tui::model::Model;

pub fn condition(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(|view| plan::switch_condition(view.room.tracks.switch_condition.as_ref()));
    open_some(model, form)
}
