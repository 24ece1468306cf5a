//! The rows of the lists over the room, made from the room as it stands.

use crate::domain::phrase::Phrase;
use crate::tui::app::model::Model;
use crate::tui::form::state::plain;
use crate::tui::list::row::{ListRow, row};
use crate::tui::list::state::{List, ListKind};
use crate::tui::room::state::RoomView;
use crate::tui::theme::Role;
use crate::tui::{checklist, clocks, incident, meeting, messages, people, plans, questions, supply};

/// The rows of a list of `kind`. None while no room is there.
pub fn rows(kind: &ListKind, model: &Model) -> Vec<ListRow> {
    let Some(view) = &model.view else { return Vec::new() };
    let (room, now) = (&view.room, model.environment.now);
    match kind {
        ListKind::Roles => people::rows::roles(room),
        ListKind::Clocks => clocks::rows::clocks(room, now),
        ListKind::Plans => plans::rows::plans(room),
        ListKind::Resources => supply::rows::resources(room),
        ListKind::Suppliers => supply::rows::suppliers(room),
        ListKind::Obstacles => supply::rows::obstacles(room),
        ListKind::Messages => messages::rows::messages(room),
        ListKind::Notices => messages::rows::notices(room),
        ListKind::Meeting => meeting::rows::agenda(room),
        ListKind::Meetings => meeting::rows::meetings(room),
        ListKind::History(key) => questions::rows::history(room, key),
        ListKind::Unsettled => checklist::rows::unsettled(room, now),
        ListKind::Phases => incident::rows::phases(room),
        ListKind::Debrief => incident::rows::debrief(room),
        ListKind::Drafts => drafts(view),
        ListKind::Contacts => people::rows::contacts(&model.contacts),
        ListKind::People => people::rows::people(view, model.environment.me.as_ref()),
    }
}

/// Which of `rows` is selected.
pub fn selected(list: &List, rows: &[ListRow]) -> usize {
    list.chosen.as_ref().and_then(|id| rows.iter().position(|row| row.id == *id)).unwrap_or(0)
}

fn drafts(view: &RoomView) -> Vec<ListRow> {
    let rows = view.found_drafts.iter().map(|draft| {
        let detail = Phrase::new("draft-detail").with("time", draft.began_at);
        ListRow { detail: Some(detail), ..row(draft.slot.as_str(), "…", Role::Draft, plain(draft.text.as_str())) }
    });
    rows.collect()
}
