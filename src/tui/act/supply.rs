//! Resources, suppliers and obstacles, new ones.

use super::open;
use crate::tui::effect::Effect;
use crate::tui::forms::supply;
use crate::tui::model::Model;

pub fn ask(model: &mut Model) -> Vec<Effect> {
    open(model, supply::ask())
}

pub fn supplier(model: &mut Model) -> Vec<Effect> {
    open(model, supply::supplier(None))
}

pub fn obstacle(model: &mut Model) -> Vec<Effect> {
    open(model, supply::raise())
}
