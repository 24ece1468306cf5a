//! How a quick note begins, and what Enter does before there is a room.

use crate::domain::phrase::Phrase;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::{Screen, Tone};
use crate::tui::app::model::Model;
use crate::tui::log_screen::state::LogScreen;

/// Makes `model` one for a quick note: the keys go to the entry line from the first one on, whether or not the host has
/// answered.
pub fn begin(model: &mut Model) {
    model.log_screen = Some(LogScreen::default());
    model.environment.screen = Screen::Room;
    model.line.focused = true;
}

/// Enter before there is a room to send to: it is sent as soon as there is one, and the text stays until then.
pub fn wait(model: &mut Model) -> Vec<Effect> {
    if let Some(quick) = &mut model.log_screen {
        quick.sends = true;
        model.say(Phrase::new("quick-waits"), Tone::Info);
    }
    Vec::new()
}
