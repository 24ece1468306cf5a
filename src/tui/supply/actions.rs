//! Resources, suppliers and obstacles, new ones.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::form::open::open;
use crate::tui::supply;

pub fn ask(model: &mut Model) -> Vec<Effect> {
    open(model, supply::forms::ask())
}

pub fn supplier(model: &mut Model) -> Vec<Effect> {
    open(model, supply::forms::supplier(None))
}

pub fn obstacle(model: &mut Model) -> Vec<Effect> {
    open(model, supply::forms::raise())
}
