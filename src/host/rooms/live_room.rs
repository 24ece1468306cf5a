//! One room in memory.

use std::sync::Arc;

use crate::domain::intent::Intent;
use crate::domain::record::Record;
use crate::domain::room::{Room, State};
use crate::domain::time::Moment;
use crate::host::rooms::room_size::RoomSize;

/// What is known of a room before the batch.
#[derive(Debug, Clone, Copy)]
pub struct RoomBase<'a> {
    pub room: &'a Room,
    /// When its last record was recorded.
    pub last_rec: Option<Moment>,
}

/// A room in memory.
#[derive(Debug)]
pub struct LiveRoom {
    pub room: Arc<Room>,
    /// When its last record was recorded.
    pub last_rec: Option<Moment>,
    size: RoomSize,
}

impl LiveRoom {
    /// Returns a room that was read or folded.
    pub fn new(room: Room, last_rec: Option<Moment>) -> Self {
        LiveRoom { room: Arc::new(room), last_rec, size: RoomSize::default() }
    }

    /// Returns whether the room has no place for what `intent` adds to it.
    pub fn has_no_place_for(&mut self, intent: &Intent) -> bool {
        self.size.has_no_place_for(&self.room, intent)
    }

    /// Returns the room as screens are sent it.
    pub fn for_screens(&mut self) -> Arc<Room> {
        self.size.for_screens(&self.room)
    }

    /// For a batch to build on.
    pub fn base(&self) -> RoomBase<'_> {
        RoomBase { room: &self.room, last_rec: self.last_rec }
    }

    /// Returns whether the incident is real and goes on.
    pub fn is_open_incident(&self) -> bool {
        !self.room.demo && self.room.state != State::Closed
    }

    /// Applies records that were saved. `fold` is the room with them applied, when it was made already.
    pub fn apply(&mut self, records: &[Record], fold: Option<Room>) {
        match fold {
            Some(fold) => self.room = Arc::new(fold),
            None => {
                let room = Arc::make_mut(&mut self.room);
                records.iter().for_each(|record| room.apply(record));
            }
        }
        self.size.add_records(records);
        self.last_rec = records.last().map(|record| record.rec).or(self.last_rec);
    }
}
