//! What the index keeps besides the journals' lines: the fold of a room, and the side table.

use sled::Batch;

use super::layout::{HEAD, joined, pieces, prefix};
use super::panic_guard::guarded;
use super::{Index, IndexFault, doubt};
use crate::domain::id::RoomId;
use crate::store::journal::hash::Hash;
use crate::store::side_table::{SideEntry, room_of};

/// How long the hash is that a fold is kept with.
const HASH: usize = 32;

impl Index {
    /// Keeps the fold of a room.
    pub fn put_snapshot(&self, room: &RoomId, fold: &[u8]) -> Result<(), IndexFault> {
        let mut value = Hash::of(&[fold]).0.to_vec();
        value.extend_from_slice(fold);
        let value = self.keys.seal(room, &value)?;
        let mut batch = Batch::default();
        let mut written = 0;
        for (nth, piece) in pieces(&value) {
            let mut key = prefix(room);
            key.extend_from_slice(&nth.to_be_bytes());
            batch.insert(key, piece);
            written = nth;
        }
        for stale in self.snapshots.scan_prefix(prefix(room)).keys().skip(usize::from(written) + 1) {
            batch.remove(stale?);
        }
        self.snapshots.apply_batch(batch)?;
        Ok(())
    }

    /// Returns whether the fold that was kept begins with `bytes`, which are few.
    pub fn snapshot_opens_with(&self, room: &RoomId, bytes: &[u8]) -> Result<bool, IndexFault> {
        let first = self.snapshots.scan_prefix(prefix(room)).values().next().transpose()?;
        let value = first.and_then(|piece| self.keys.unseal(room, piece.get(HEAD..)?.to_vec()));
        Ok(value.is_some_and(|value| value.get(HASH..).is_some_and(|fold| fold.starts_with(bytes))))
    }

    /// Returns the fold that was kept, if it is whole.
    pub fn snapshot(&self, room: &RoomId) -> Result<Option<Vec<u8>>, IndexFault> {
        let mut found = self.snapshots.scan_prefix(prefix(room));
        let Some((_, first)) = found.next().transpose()? else { return Ok(None) };
        let Some(mut value) = self.unseal(room, joined(&first, found)?) else { return Ok(None) };
        if value.len() < HASH {
            return doubt("a snapshot is too short");
        }
        let fold = value.split_off(HASH);
        if Hash::of(&[&fold]).0[..] == value[..] { Ok(Some(fold)) } else { doubt("a snapshot is damaged") }
    }

    /// Keeps something on the side table; nothing in `value` takes it away.
    pub fn put_aside(&self, key: &[u8], value: &[u8]) -> Result<(), IndexFault> {
        let Some(room) = room_of(key) else { return doubt("something on the side_table has no room") };
        let _open = self.side_table_gate.read();
        let mut batch = Batch::default();
        for stale in self.side_table.scan_prefix(key).keys() {
            let stale = stale?;
            if stale.len() == key.len() + 2 {
                batch.remove(stale);
            }
        }
        if !value.is_empty() {
            let mut kept = Hash::of(&[key, value]).0[..8].to_vec();
            kept.extend_from_slice(value);
            self.make_key(&room)?;
            for (nth, piece) in pieces(&self.keys.seal(&room, &kept)?) {
                batch.insert([key, &nth.to_be_bytes()].concat(), piece);
            }
        }
        self.side_table.apply_batch(batch)?;
        Ok(())
    }

    /// As much as can still be read of everything on the side table.
    pub fn clear_side_table(&self) -> Vec<SideEntry> {
        let mut keys = Vec::new();
        let _ = guarded(|| {
            for key in self.side_table.iter().keys() {
                let mut key = key?.to_vec();
                if key.len() > 2 && key.split_off(key.len() - 2) == [0, 0] {
                    keys.push(key);
                }
            }
            Ok(())
        });
        let read = |key: &Vec<u8>| guarded(|| self.aside(key)).ok();
        keys.iter().filter_map(read).flatten().collect()
    }

    /// Returns what lies on the side table under `prefix`.
    pub fn aside(&self, prefix: &[u8]) -> Result<Vec<SideEntry>, IndexFault> {
        let mut found = Vec::new();
        let mut items = self.side_table.scan_prefix(prefix).peekable();
        while let Some(first) = items.next().transpose()? {
            let (mut key, first) = (first.0.to_vec(), first.1);
            if key.len() < 2 || key.split_off(key.len() - 2) != [0, 0] {
                return doubt("something on the side_table has no beginning");
            }
            let belongs = |next: &sled::Result<(sled::IVec, sled::IVec)>| {
                next.as_ref().map_or(true, |(next, _)| next.len() == key.len() + 2 && next.starts_with(&key))
            };
            let mut rest = Vec::new();
            while let Some(next) = items.next_if(belongs) {
                // An index that fails may say so for ever.
                rest.push(Ok(next?));
            }
            let value = joined(&first, rest.into_iter())?;
            let Some(room) = room_of(&key) else { return doubt("something on the side_table has no room") };
            // What is under a key that is gone was not to be kept.
            let Some(mut value) = self.unseal(&room, value) else { continue };
            if value.len() < 8 {
                return doubt("something on the side_table is too short");
            }
            let kept = value.split_off(8);
            if Hash::of(&[&key, &kept]).0[..8] != value[..] {
                return doubt("something on the side_table is damaged");
            }
            found.push((key, kept));
        }
        Ok(found)
    }
}
