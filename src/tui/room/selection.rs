//! What the selected row of each pane is about.

use crate::domain::id::No;
use crate::tui::app::model::Model;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RowId;

/// The key of the selected question.
pub fn selected_question(model: &Model) -> Option<String> {
    match model.room_view()?.selected_id(Pane::Questions, model.environment.now)? {
        RowId::Question(key) => Some(key),
        _ => None,
    }
}

/// The key of the selected checklist item.
pub fn selected_item(model: &Model) -> Option<String> {
    match model.room_view()?.selected_id(Pane::Checklist, model.environment.now)? {
        RowId::Item(key) => Some(key),
        _ => None,
    }
}

/// The number of the selected action, when it is one that was done or dropped.
pub fn selected_ended_action(model: &Model) -> Option<No> {
    let view = model.room_view()?;
    match view.selected_id(Pane::Actions, model.environment.now)? {
        RowId::Action(no) if view.room.action(no).is_some_and(|action| !action.is_open()) => Some(no),
        _ => None,
    }
}

/// The number of the selected action, when it is an action and open.
pub fn selected_action(model: &Model) -> Option<No> {
    let view = model.room_view()?;
    match view.selected_id(Pane::Actions, model.environment.now)? {
        RowId::Action(no) if view.room.action(no).is_some_and(|action| action.is_open()) => Some(no),
        _ => None,
    }
}
