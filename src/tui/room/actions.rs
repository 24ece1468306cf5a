//! Panes and the rows in them: focus, zoom, moves, open, back.

use crate::tui::action_items;
use crate::tui::alarms;
use crate::tui::app::ask;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::{Breadth, Model, Move, Pane, RowId, Screen};
use crate::tui::checklist;
use crate::tui::help::state::Help;
use crate::tui::list;
use crate::tui::lobby;
use crate::tui::overlay::draw::Overlay;
use crate::tui::questions;
use crate::tui::supply;
use crate::tui::timeline;

fn focus(model: &mut Model, pane: Pane) -> Vec<Effect> {
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

fn step(model: &mut Model, by: usize) -> Vec<Effect> {
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
fn half_page(model: &Model) -> isize {
    let whole = match (model.around.breadth(), model.room_view().map(|view| view.focus)) {
        (Breadth::Wide, Some(Pane::Timeline) | None) | (Breadth::Medium | Breadth::Small, _) => model.around.rows,
        (Breadth::Wide, Some(_)) => model.around.rows / 3,
    };
    isize::try_from(whole / 2).unwrap_or(1).max(1)
}

fn go(model: &mut Model, step: Move) -> Vec<Effect> {
    let now = model.around.now;
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
        None if model.around.screen == Screen::Lobby => return lobby::actions::go(model, step),
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

/// Opens what is selected: answers the question, explains the item, changes the action, shows the entry in full.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(view) = model.room_view() else { return Vec::new() };
    match view.focus {
        Pane::Questions => questions::actions::answer(model),
        Pane::Checklist => checklist::actions::explain(model),
        Pane::Timeline => {
            let Some(help) = view.selected_entry().map(|entry| Help::entry(entry, &model.words)) else {
                return Vec::new();
            };
            model.overlays.push(Overlay::Help(help));
            Vec::new()
        }
        Pane::Actions => {
            let room = &view.room;
            let form = match view.selected_id(Pane::Actions, model.around.now) {
                Some(RowId::Action(_)) => return action_items::actions::update(model),
                Some(RowId::Obstacle(no)) => room.obstacles.iter().find(|o| o.no == no).map(supply::forms::clear),
                Some(RowId::Resource(no)) => room.resources.iter().find(|r| r.no == no).map(supply::forms::allocate),
                Some(RowId::Supplier(no)) => {
                    room.suppliers.iter().find(|s| s.no == no).map(|known| supply::forms::supplier(Some(known)))
                }
                _ => None,
            };
            ask::open_some(model, form)
        }
    }
}

/// One step back: out of the zoom, out of the filter, down to the latest.
pub fn back(model: &mut Model) -> Vec<Effect> {
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    if view.zoomed {
        view.zoomed = false;
        return Vec::new();
    }
    if !view.stretch.filter.is_empty() {
        return timeline::actions::clear(model);
    }
    if view.stretch.cursor.is_some() {
        return timeline::actions::latest(model);
    }
    alarms::actions::acknowledge(model)
}
