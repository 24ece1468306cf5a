//! Help for where one is.

use crate::tui::effect::Effect;
use crate::tui::key;
use crate::tui::model::Model;
use crate::tui::overlay::draw::Overlay;
use crate::tui::overlay::help::Help;

/// Shows the keys that mean something here.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let sections = key::sections(model);
    model.overlays.push(Overlay::Help(Help::keys(sections)));
    Vec::new()
}
