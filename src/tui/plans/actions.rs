//! What would make us switch plans.

use crate::tui::act::open_some;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::plans;

pub fn condition(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(|view| plans::forms::switch_condition(view.room.tracks.switch_condition.as_ref()));
    open_some(model, form)
}
