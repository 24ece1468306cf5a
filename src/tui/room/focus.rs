//! Which pane has the keys, and whether it fills the screen.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::room::pane::Pane;

pub fn focus(model: &mut Model, pane: Pane) -> Vec<Effect> {
    if let Some(view) = model.view.as_mut() {
        view.focus = pane;
        if pane != Pane::Timeline {
            view.tab = pane;
        }
    }
    Vec::new()
}

pub fn questions(model: &mut Model) -> Vec<Effect> {
    focus(model, Pane::Questions)
}

pub fn checklist(model: &mut Model) -> Vec<Effect> {
    focus(model, Pane::Checklist)
}

pub fn timeline(model: &mut Model) -> Vec<Effect> {
    focus(model, Pane::Timeline)
}

pub fn actions(model: &mut Model) -> Vec<Effect> {
    focus(model, Pane::Actions)
}

pub fn next(model: &mut Model) -> Vec<Effect> {
    step(model, 1)
}

pub fn previous(model: &mut Model) -> Vec<Effect> {
    step(model, Pane::ALL.len() - 1)
}

pub fn step(model: &mut Model, by: usize) -> Vec<Effect> {
    let Some(view) = model.room_view() else { return Vec::new() };
    let at = Pane::ALL.iter().position(|pane| *pane == view.focus).unwrap_or(0);
    focus(model, Pane::ALL[(at + by) % Pane::ALL.len()])
}

pub fn zoom(model: &mut Model) -> Vec<Effect> {
    if let Some(view) = model.view.as_mut() {
        view.zoomed = !view.zoomed;
    }
    Vec::new()
}
