//! What is done to end the incident: its plans, and what they need or what stands in their way.

use crate::domain::action::Track;
use crate::domain::phrase::Phrase;
use crate::domain::room::Room;
use crate::tui::list::row::{ListRow, row, words};
use crate::tui::theme::Role;

pub fn plans(room: &Room) -> Vec<ListRow> {
    let rows = Track::ALL.into_iter().map(|track| {
        let chosen = room.tracks.chosen.as_ref().is_some_and(|(chosen, ..)| *chosen == track);
        let role = if track == Track::A { Role::TrackA } else { Role::TrackB };
        let (mark, role, text) = match room.tracks.plan(track) {
            None => ("○", Role::Muted, Phrase::new("plan-line-none")),
            Some(plan) if plan.dropped.is_some() => {
                ("×", Role::Muted, Phrase::new("plan-line-dropped").with("text", words(&plan.text)))
            }
            Some(plan) if chosen => ("▶", role, Phrase::new("plan-line-chosen").with("text", words(&plan.text))),
            Some(plan) => ("●", role, Phrase::new("plan-line").with("text", words(&plan.text))),
        };
        row(track.to_string(), mark, role, text.with("track", track.to_string()))
    });
    rows.collect()
}
