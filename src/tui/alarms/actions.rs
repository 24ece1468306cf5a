//! Warnings: acknowledged, followed into another room, and back.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::lobby::actions::attach;

/// Puts away the warnings that are shown: those of one's own room, and one of another; the next of another room is shown
/// then. The clocks go on; the next mark warns again.
pub fn acknowledge(model: &mut Model) -> Vec<Effect> {
    if let Some(at) = model.alarm_elsewhere() {
        model.environment.alarms.remove(at);
    }
    let here = model.room_view().map(|view| view.room.id.clone());
    model.environment.alarms.retain(|alarm| Some(&alarm.room) != here.as_ref());
    Vec::new()
}

/// Goes to the room of the warning that is shown of another room.
pub fn go(model: &mut Model) -> Vec<Effect> {
    let here = model.room_view().map(|view| view.room.id.clone());
    let Some(at) = model.alarm_elsewhere() else { return Vec::new() };
    let alarm = model.environment.alarms.remove(at);
    model.came_from = here;
    attach(model, alarm.room)
}

/// Back to the room one came from.
pub fn come_back(model: &mut Model) -> Vec<Effect> {
    match model.came_from.take() {
        Some(room) => attach(model, room),
        None => Vec::new(),
    }
}
