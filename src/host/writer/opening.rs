//! A room whose beginning was lost goes on: under what is legible of its opening, else under its name and the default routine.

use crate::config::routine;
use crate::domain::event::Event;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::domain::routine::Routine;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::host::writer::batch::Decided;
use crate::store::OpeningRemains;

/// An opening in place of the one that was lost.
pub struct RecoveredOpening {
    event: Event,
    /// What people are told of it.
    pub notice: Phrase,
}

impl RecoveredOpening {
    /// Returns the opening as the host of user `uid` records it, declared at `at`.
    pub fn decided(&self, at: Moment, uid: u32) -> Decided {
        Decided { id: None, at, by: Author::klock(uid), events: vec![self.event.clone()] }
    }
}

/// Returns an opening of `room` from what is legible of its first one.
pub fn recover(room: &RoomId, remains: &OpeningRemains) -> RecoveredOpening {
    let title = remains.title.clone().unwrap_or_else(|| room.to_string());
    let routine = routine_of(remains);
    let notice = Phrase::new("store-opening-recovered")
        .with("room", room.as_str())
        .with("title", title.as_str())
        .with("routine", routine.title.clone())
        .with("version", routine.identity.version.clone());
    let event = Event::OpeningRecovered {
        title: Text::from(title.as_str()),
        customer: remains.customer.clone().map(Text::from).unwrap_or_default(),
        began_at: remains.began_at,
        routine: Box::new(routine),
        demo: room.as_str().starts_with("demo"),
    };
    RecoveredOpening { event, notice }
}

/// Returns the routine with which a room goes on. A built-in one is better whole than as far as it is legible.
fn routine_of(remains: &OpeningRemains) -> Routine {
    let builtin = routine::builtin();
    let is_meant = |known: &&Routine| {
        Some(&known.id) == remains.routine_id.as_ref()
            && remains.routine_version.as_ref().is_none_or(|version| *version == known.identity.version)
    };
    let legible = remains.routine.as_deref();
    let same_name = builtin.iter().find(|known| Some(&known.id) == remains.routine_id.as_ref());
    let default = builtin.iter().find(|known| known.id == routine::DEFAULT);
    let found = builtin.iter().find(is_meant).or(legible).or(same_name).or(default);
    found.unwrap_or(&builtin[0]).clone()
}
