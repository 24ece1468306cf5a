//! The phases of the incident and the questions of the debrief, as rows of a list.

use crate::domain::room::Room;
use crate::tui::form::state::plain;
use crate::tui::list::row::{ListRow, row, words};
use crate::tui::theme::Role;

pub fn phases(room: &Room) -> Vec<ListRow> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    let present = room.phases.last().map(|(key, _)| key.as_str());
    let rows = routine.phases.iter().map(|phase| {
        let entered = room.phases.iter().any(|(key, _)| *key == phase.key);
        let (mark, role) = match (present == Some(&*phase.key), entered) {
            (true, _) => ("▶", Role::Accent),
            (false, true) => ("✓", Role::Ok),
            (false, false) => ("○", Role::Muted),
        };
        ListRow {
            detail: Some(plain(phase.hint.clone())),
            ..row(phase.key.as_str(), mark, role, plain(phase.label.clone()))
        }
    });
    rows.collect()
}

pub fn debrief(room: &Room) -> Vec<ListRow> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    let rows = routine.debrief.iter().map(|question| {
        let answer = room.debrief.get(&question.key);
        let (mark, role) = if answer.is_some() { ("✓", Role::Ok) } else { ("○", Role::Warn) };
        let detail = answer.map(|answer| plain(words(answer)));
        ListRow { detail, ..row(question.key.as_str(), mark, role, plain(question.prompt.clone())) }
    });
    rows.collect()
}
