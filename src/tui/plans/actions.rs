//! What would make us switch plans.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::form::open::open_some;
use crate::tui::plans;

pub fn condition(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(|view| plans::forms::switch_condition(view.room.tracks.switch_condition.as_ref()));
    open_some(model, form)
}
