//! Moves among the rows of the list, the pane or the text that has the keys.

use crate::tui::app::effect::Effect;
use crate::tui::app::environment::{Breadth, Screen};
use crate::tui::app::model::Model;
use crate::tui::app::movement::Move;
use crate::tui::overlay::state::Overlay;
use crate::tui::room::pane::Pane;
use crate::tui::{list, lobby, timeline};

pub fn down(model: &mut Model) -> Vec<Effect> {
    go(model, Move::By(1))
}

pub fn up(model: &mut Model) -> Vec<Effect> {
    go(model, Move::By(-1))
}

pub fn first(model: &mut Model) -> Vec<Effect> {
    go(model, Move::First)
}

pub fn last(model: &mut Model) -> Vec<Effect> {
    go(model, Move::Last)
}

pub fn page_down(model: &mut Model) -> Vec<Effect> {
    let by = 2 * half_page(model);
    go(model, Move::By(by))
}

pub fn page_up(model: &mut Model) -> Vec<Effect> {
    let by = 2 * half_page(model);
    go(model, Move::By(-by))
}

pub fn half_down(model: &mut Model) -> Vec<Effect> {
    let by = half_page(model);
    go(model, Move::By(by))
}

pub fn half_up(model: &mut Model) -> Vec<Effect> {
    let by = half_page(model);
    go(model, Move::By(-by))
}

/// Half of what the focused pane can show, about.
pub fn half_page(model: &Model) -> isize {
    let whole = match (model.environment.breadth(), model.room_view().map(|view| view.focus)) {
        (Breadth::Wide, Some(Pane::Timeline) | None) | (Breadth::Medium | Breadth::Small, _) => model.environment.rows,
        (Breadth::Wide, Some(_)) => model.environment.rows / 3,
    };
    isize::try_from(whole / 2).unwrap_or(1).max(1)
}

pub fn go(model: &mut Model, step: Move) -> Vec<Effect> {
    let now = model.environment.now;
    match model.overlays.last_mut() {
        Some(Overlay::List(_)) => return list::actions::go(model, step),
        Some(Overlay::Palette(palette)) => {
            palette.go(step);
            return Vec::new();
        }
        Some(Overlay::Help(help)) => {
            help.go(step);
            return Vec::new();
        }
        Some(_) => return Vec::new(),
        None if model.environment.screen == Screen::Lobby => return lobby::actions::go(model, step),
        None => {}
    }
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    let pane = view.focus;
    if pane == Pane::Timeline {
        return timeline::actions::go(model, step);
    }
    let rows = view.rows(pane, now);
    let at = view.selected_row(pane, now).unwrap_or(0);
    if let Some(row) = step.from(at, rows.len()).and_then(|to| rows.into_iter().nth(to)) {
        view.selected.insert(pane, row);
    }
    Vec::new()
}
