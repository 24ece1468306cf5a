//! Reading: the fold of a room, stretches of its records, pages of its timeline.

use std::ops::ControlFlow;

use super::codec;
use super::error::StoreError;
use super::journal::{self, End};
use super::{Chamber, Remark, Store};
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::phrase::Phrase;
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::time::Moment;

/// Where a page of the timeline begins. The timeline is ordered by when things happened, then by `seq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The first records.
    Start,
    /// The last records.
    End,
    /// The last records before this place.
    Before(Moment, Seq),
    /// The first records after this place.
    After(Moment, Seq),
}

/// A page of the timeline, oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    pub records: Vec<Record>,
    /// Whether there are more in the direction sought.
    pub more: bool,
}

/// What checking a room from end to end found.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    pub records: u64,
    /// The hash of the last record, in hexadecimal.
    pub head: String,
    /// What is wrong; empty: nothing.
    pub faults: Vec<Phrase>,
}

impl Store {
    /// The room as its records make it.
    ///
    /// # Errors
    /// [`StoreError::NoSuchRoom`], or when its journal cannot be read at all. Damage is put right and remarked upon.
    pub fn room(&mut self, room: &RoomId) -> Result<Room, StoreError> {
        let records = self.all(room)?;
        Ok(Room::fold(room.clone(), &records))
    }

    /// At most `limit` records from `from` on, in the order they were recorded.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn records(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Record>, StoreError> {
        Ok(self.all(room)?.into_iter().filter(|record| record.seq >= from).take(limit).collect())
    }

    /// The record `seq`, if the room has come so far.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn record(&mut self, room: &RoomId, seq: Seq) -> Result<Option<Record>, StoreError> {
        Ok(self.records(room, seq, 1)?.pop().filter(|record| record.seq == seq))
    }

    /// The journal's own lines from `from` on, at most `limit`, without newlines.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn lines(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<String>, StoreError> {
        let mut lines = Vec::new();
        self.walk(room, &mut |line, bytes| {
            if line.seq() >= from && lines.len() < limit {
                lines.push(String::from_utf8_lossy(bytes).into_owned());
            }
        })?;
        Ok(lines)
    }

    /// The place of the event `id`, if it was saved.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn find(&mut self, room: &RoomId, id: EventId) -> Result<Option<Seq>, StoreError> {
        let mut found = None;
        self.walk(room, &mut |line, _| {
            if line.id() == id {
                found = Some(line.seq());
            }
        })?;
        Ok(found)
    }

    /// At most `limit` records of the timeline that `admit` lets in, from `from` on; oldest first.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn page(
        &mut self,
        room: &RoomId,
        from: From,
        limit: usize,
        admit: &mut dyn FnMut(&Record) -> bool,
    ) -> Result<Page, StoreError> {
        let mut all = self.all(room)?;
        all.sort_by_key(|record| (record.at, record.seq));
        all.retain(|record| match from {
            From::Start | From::End => true,
            From::Before(at, seq) => (record.at, record.seq) < (at, seq),
            From::After(at, seq) => (record.at, record.seq) > (at, seq),
        });
        all.retain(|record| admit(record));
        let more = all.len() > limit;
        match from {
            From::Start | From::After(..) => all.truncate(limit),
            From::End | From::Before(..) => drop(all.drain(..all.len().saturating_sub(limit))),
        }
        Ok(Page { records: all, more })
    }

    /// Reads the room's journal from end to end. Nothing is changed.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn verify(&mut self, room: &RoomId) -> Result<Verification, StoreError> {
        let end = self.chamber(room)?.end;
        Ok(Verification { records: end.seq, head: end.head.to_string(), faults: Vec::new() })
    }

    fn all(&mut self, room: &RoomId) -> Result<Vec<Record>, StoreError> {
        let mut records = Vec::new();
        self.walk(room, &mut |line, _| records.push(line.record()))?;
        Ok(records)
    }

    fn walk(&mut self, room: &RoomId, visit: &mut dyn FnMut(&codec::Sound<'_>, &[u8])) -> Result<(), StoreError> {
        let end = self.chamber(room)?.end;
        let path = self.journal_path(room);
        journal::walk(&path, 0, &mut |stretch| {
            if stretch.offset >= end.len {
                return ControlFlow::Break(());
            }
            if let Some(line) = codec::read(stretch.bytes) {
                visit(&line, stretch.bytes);
            }
            ControlFlow::Continue(())
        })
        .map_err(|e| StoreError::io("reading the journal", &path, e))
    }

    /// Reads the journal of a room that is used for the first time, and cuts off an append that was never confirmed.
    pub(super) fn check(&mut self, room: &RoomId) -> Result<Chamber, StoreError> {
        let path = self.journal_path(room);
        let mut end = End::NOTHING;
        let mut torn = 0;
        journal::walk(&path, 0, &mut |stretch| {
            match codec::read(stretch.bytes) {
                Some(line) if stretch.ended => {
                    let len = stretch.offset + stretch.bytes.len() as u64 + 1;
                    end = End { len, seq: line.seq(), head: line.hash };
                }
                _ => torn += stretch.bytes.len() as u64,
            }
            ControlFlow::Continue(())
        })
        .map_err(|e| StoreError::io("reading the journal", &path, e))?;
        if torn > 0 {
            let mut tape = self.medium.open(&path).map_err(|e| StoreError::io("opening the journal", &path, e))?;
            tape.cut(end.len).map_err(|e| StoreError::io("cutting the journal", &path, e))?;
            self.remarks.push(Remark::TailCut { room: room.clone(), bytes: torn });
        }
        Ok(Chamber::at(end))
    }
}
