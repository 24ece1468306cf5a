//! Help for where one is.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::command::hints;
use crate::tui::help::state::Help;
use crate::tui::overlay::state::Overlay;

/// Shows the keys that mean something here.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let sections = hints::sections(model);
    model.overlays.push(Overlay::Help(Help::keys(sections)));
    Vec::new()
}
