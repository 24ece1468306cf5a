//! The meetings so far, and the agenda of the one that runs.

use crate::domain::phrase::Phrase;
use crate::domain::room::Room;
use crate::tui::form::state::plain;
use crate::tui::list::row::{ListRow, row, words};
use crate::tui::theme::Role;

pub fn agenda(room: &Room) -> Vec<ListRow> {
    let (Some(routine), Some(meeting)) = (room.routine.as_deref(), room.running_meeting()) else { return Vec::new() };
    let rows = routine.agenda.iter().map(|point| match meeting.points.get(&point.key) {
        Some((outcome, _)) => {
            let outcome = (!outcome.is_blank()).then(|| plain(words(outcome)));
            ListRow { detail: outcome, ..row(point.key.as_str(), "✓", Role::Ok, plain(point.title.clone())) }
        }
        None => row(point.key.as_str(), "○", Role::Accent, plain(point.title.clone())),
    });
    rows.collect()
}

pub fn meetings(room: &Room) -> Vec<ListRow> {
    let rows = room.meetings.iter().rev().map(|meeting| {
        let people = Phrase::new("meeting-line-people")
            .with("count", meeting.attendees.len())
            .with("points", meeting.points.len());
        let base = |key| Phrase::new(key).with("no", meeting.no).with("time", meeting.started_at);
        match &meeting.end {
            None => ListRow {
                detail: Some(people),
                ..row(meeting.no.to_string(), "▶", Role::Accent, base("meeting-line-runs"))
            },
            Some(end) if end.held => {
                let text = base("meeting-line-held").with("end", end.at);
                ListRow { detail: Some(people), ..row(meeting.no.to_string(), "✓", Role::Ok, text) }
            }
            Some(end) => {
                let text = base("meeting-line-off").with("text", words(&end.summary));
                row(meeting.no.to_string(), "×", Role::Muted, text)
            }
        }
    });
    rows.collect()
}
