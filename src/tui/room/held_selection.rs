//! What stands under the person's cursor stays there while others work: a row is held by what it is, never by where it stands.

use crate::tui::app::model::Model;
use crate::tui::list;
use crate::tui::overlay::state::Overlay;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RowId;

/// The panes that hold rows.
const PANES: [Pane; 3] = [Pane::Questions, Pane::Checklist, Pane::Actions];

/// Where the cursor stood in each pane before something was folded.
pub struct HeldSelection {
    rows: Vec<(Pane, usize, RowId)>,
}

/// Notes what is under each cursor, also where nothing was chosen and the first row counts as selected.
pub fn hold(model: &mut Model) -> HeldSelection {
    for at in 0..model.overlays.len() {
        let Overlay::List(list) = &model.overlays[at] else { continue };
        if list.chosen.is_none() {
            let first = list::rows::rows(&list.kind, model).into_iter().next().map(|row| row.id);
            if let Overlay::List(list) = &mut model.overlays[at] {
                list.chosen = first;
            }
        }
    }
    let now = model.environment.now;
    let Some(view) = model.view.as_ref() else { return HeldSelection { rows: Vec::new() } };
    let rows = PANES.into_iter().filter_map(|pane| {
        let at = view.selected_row(pane, now)?;
        Some((pane, at, view.rows(pane, now).into_iter().nth(at)?))
    });
    HeldSelection { rows: rows.collect() }
}

/// Selects what was selected. What is gone gives way to the row that stands in its place.
pub fn keep(model: &mut Model, held: HeldSelection) {
    let now = model.environment.now;
    let Some(view) = model.view.as_mut() else { return };
    for (pane, at, id) in held.rows {
        let rows = view.rows(pane, now);
        let kept = if rows.contains(&id) { Some(id) } else { rows.into_iter().take(at + 1).next_back() };
        match kept {
            Some(id) => view.selected.insert(pane, id),
            None => view.selected.remove(&pane),
        };
    }
}
