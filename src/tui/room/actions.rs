//! Panes and the rows in them: focus, zoom, moves, open, back.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::form::open;
use crate::tui::help::state::Help;
use crate::tui::overlay::state::Overlay;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RowId;
use crate::tui::{action_items, alarms, checklist, questions, supply, timeline};

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
            let form = match view.selected_id(Pane::Actions, model.environment.now) {
                Some(RowId::Action(_)) => return action_items::actions::update(model),
                Some(RowId::Obstacle(no)) => room.obstacles.iter().find(|o| o.no == no).map(supply::forms::clear),
                Some(RowId::Resource(no)) => room.resources.iter().find(|r| r.no == no).map(supply::forms::allocate),
                Some(RowId::Supplier(no)) => {
                    room.suppliers.iter().find(|s| s.no == no).map(|known| supply::forms::supplier(Some(known)))
                }
                _ => None,
            };
            open::open_some(model, form)
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
    if !view.window.filter.is_empty() {
        return timeline::actions::clear(model);
    }
    if view.window.cursor.is_some() {
        return timeline::actions::latest(model);
    }
    alarms::actions::acknowledge(model)
}
