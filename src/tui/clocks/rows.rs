//! How far the routine is followed: its clocks, its phases and the points that are not settled.

use crate::domain::clocks::ClockState;
use crate::domain::phrase::Phrase;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::tui::list::row::{ListRow, row, words};
use crate::tui::theme::Role;

pub fn clocks(room: &Room, now: Moment) -> Vec<ListRow> {
    let rows = room.clock_views(now).into_iter().map(|view| {
        let (mark, role) = match view.state {
            ClockState::Calm => ("○", Role::Muted),
            ClockState::Soon => ("◔", Role::Warn),
            ClockState::Due => ("!", Role::Danger),
            ClockState::Overdue => ("‼", Role::Critical),
            ClockState::Met => ("✓", Role::Ok),
            ClockState::Stopped => ("–", Role::Muted),
            ClockState::Snoozed => ("z", Role::Info),
        };
        let text = match view.due_at {
            Some(due) => Phrase::new("clock-line").with("time", due),
            None => Phrase::new("clock-line-idle"),
        };
        let text = text.with("clock", view.rule.label.clone()).with("state", view.state.label());
        let snooze = room.clocks.get(&view.rule.key).and_then(|memory| memory.snooze.as_ref());
        let detail = snooze
            .filter(|_| view.state == ClockState::Snoozed)
            .map(|snooze| Phrase::new("clock-snoozed-why").with("text", words(&snooze.reason)));
        ListRow { detail, ..row(view.rule.key.as_str(), mark, role, text) }
    });
    rows.collect()
}
