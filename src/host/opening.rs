//! A room whose beginning was lost goes on: under what is legible of its opening, else under its name and the default routine.

use super::batch::{Batch, Decided};
use super::keeper::Keeper;
use crate::config::routine;
use crate::domain::event::Event;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Author;
use crate::domain::routine::Routine;
use crate::domain::text::Text;
use crate::store::OpeningRemains;

impl Keeper {
    /// Gives an opening to a room in memory that has none, because its first line was damaged and no copy of it was left. It is
    /// recorded like everything else, and told.
    pub(super) fn recover_opening(&mut self, room: &RoomId) {
        let is_without = |live: &&super::shelf::Live| live.room.routine.is_none() && live.room.seq > 0;
        if self.shelf.get(room).filter(is_without).is_none() {
            return;
        }
        let Ok(Some(first)) = self.store.record(room, 1) else { return };
        let remains = self.store.salvage_opening(room);
        let title = remains.title.clone().unwrap_or_else(|| room.to_string());
        let routine = routine_of(&remains);
        let (named, version) = (routine.title.clone(), routine.identity.version.clone());
        let opening = Event::OpeningRecovered {
            title: Text::from(title.as_str()),
            customer: remains.customer.map(Text::from).unwrap_or_default(),
            began_at: remains.began_at,
            routine: Box::new(routine),
            demo: room.as_str().starts_with("demo"),
        };
        let Some(live) = self.shelf.get(room) else { return };
        let mut batch = Batch::new(self.clock.now());
        let by = Author::klock(self.uid);
        // It was declared when what was recorded with it happened, or a little before.
        batch.add(live.base(), Decided { id: None, at: first.at, by, events: vec![opening] });
        if self.save(&mut batch).is_whole() {
            let told = Phrase::new("store-opening-recovered").with("room", room.as_str()).with("title", title);
            self.remark(told.with("routine", named).with("version", version));
        }
    }
}

/// The routine that a room goes on with. One that is built in is better whole than legible.
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
