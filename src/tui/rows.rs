//! The rows of the lists over the room, made from the room as it stands.

mod answer;
mod edge;
mod meeting;
mod message;
mod person;
mod routine;
mod work;

use super::form::plain;
use super::model::{Model, RoomView};
use super::overlays::list::{List, ListKind, Row};
use super::theme::Role;
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::text::Text;

pub use edge::{foot, head, title};

fn row(id: impl Into<String>, mark: &'static str, role: Role, text: Phrase) -> Row {
    Row { id: id.into(), mark, role, text, detail: None }
}

fn words(text: &Text) -> Arg {
    if text.is_redacted() { Phrase::new("text-redacted").into() } else { text.raw().into() }
}

/// The rows of a list of `kind`. None while no room is there.
pub fn rows(kind: &ListKind, model: &Model) -> Vec<Row> {
    let Some(view) = &model.view else { return Vec::new() };
    let (room, now) = (&view.room, model.around.now);
    match kind {
        ListKind::Roles => person::roles(room),
        ListKind::Clocks => routine::clocks(room, now),
        ListKind::Plans => work::plans(room),
        ListKind::Resources => work::resources(room),
        ListKind::Suppliers => work::suppliers(room),
        ListKind::Obstacles => work::obstacles(room),
        ListKind::Messages => message::messages(room),
        ListKind::Notices => message::notices(room),
        ListKind::Meeting => meeting::agenda(room),
        ListKind::Meetings => meeting::meetings(room),
        ListKind::History(key) => answer::history(room, key),
        ListKind::Unsettled => routine::unsettled(room, now),
        ListKind::Phases => routine::phases(room),
        ListKind::Debrief => answer::debrief(room),
        ListKind::Drafts => drafts(view),
        ListKind::Contacts => person::contacts(&model.contacts),
        ListKind::People => person::people(view, model.around.me.as_ref()),
    }
}

/// Which of `rows` is selected.
pub fn selected(list: &List, rows: &[Row]) -> usize {
    list.chosen.as_ref().and_then(|id| rows.iter().position(|row| row.id == *id)).unwrap_or(0)
}

fn drafts(view: &RoomView) -> Vec<Row> {
    let rows = view.found_drafts.iter().map(|draft| {
        let detail = Phrase::new("draft-detail").with("time", draft.began_at);
        Row { detail: Some(detail), ..row(draft.slot.as_str(), "…", Role::Draft, plain(draft.text.as_str())) }
    });
    rows.collect()
}
