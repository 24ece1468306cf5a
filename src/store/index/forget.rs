//! Making what the index has of a room unreadable for good.

use std::fs::File;
use std::io;

use super::layout::{prefix, remove_under};
use super::{Index, IndexFault};
use crate::domain::id::RoomId;
use crate::store::side_table::room_of;

fn failed(error: io::Error) -> IndexFault {
    IndexFault::from(sled::Error::Io(error))
}

impl Index {
    /// Makes a key for a room that has none. What there may be of the room under a key that was lost goes first.
    pub(super) fn make_key(&self, room: &RoomId) -> Result<(), IndexFault> {
        if self.keys.has(room) {
            return Ok(());
        }
        self.forget(room)?;
        self.keys.make(room).map_err(failed)
    }

    /// Forgets everything that is made from the journal of a room. What is on the side table stays.
    pub fn forget(&self, room: &RoomId) -> Result<(), IndexFault> {
        let room_key = prefix(room);
        // First that it knows the room: if this is cut short, nothing of the rest counts as whole.
        self.rooms.remove(&room_key)?;
        for tree in [&self.lines, &self.snapshots] {
            remove_under(tree, &room_key)?;
        }
        self.places.forget(&room_key)?;
        self.ids.forget(&room_key)
    }

    /// Makes unreadable for good, everywhere in the files of the index, all that it was ever given of a room: its lines,
    /// its folds, and what was on the side table. What is on the side table now stays, where `keep` says so of its key and value. When this returns
    /// the disk has it no more.
    pub fn forget_words(&self, room: &RoomId, keep: &mut dyn FnMut(&[u8], &[u8]) -> bool) -> Result<(), IndexFault> {
        self.keys.renew(room).map_err(failed)?;
        // What was being put on the side table under the earlier key is there now.
        drop(self.side_table_gate.write());
        for key in self.side_table_keys(room)? {
            for (key, value) in self.aside(&key)?.into_iter().filter(|(found, _)| *found == key) {
                self.put_aside(&key, if keep(&key, &value) { &value } else { b"" })?;
            }
        }
        self.forget(room)?;
        // What is kept has to be on the disk under its new key before the old one goes.
        self.sync()?;
        self.keys.forget_earlier(room).map_err(failed)
    }

    /// Makes what was written lasting; sled's own flush does not.
    pub fn sync(&self) -> Result<(), IndexFault> {
        self.flush()?;
        self.keys.sync().map_err(failed)?;
        File::open(self.dir.join("db")).and_then(|file| file.sync_data()).map_err(failed)
    }

    /// Returns the keys of everything on the side table that belongs to a room.
    fn side_table_keys(&self, room: &RoomId) -> Result<Vec<Vec<u8>>, IndexFault> {
        let mut keys = Vec::new();
        for key in self.side_table.iter().keys() {
            let mut key = key?.to_vec();
            if key.len() > 2 && key.split_off(key.len() - 2) == [0, 0] && room_of(&key).as_ref() == Some(room) {
                keys.push(key);
            }
        }
        Ok(keys)
    }
}
