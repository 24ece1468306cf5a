//! Reading: stretches of its records, pages of its timeline.

use std::ops::ControlFlow;

use super::Store;
use super::codec;
use super::error::StoreError;
use super::index::{Fault, Index, doubt};
use super::journal;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::record::Record;
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

impl Store {
    /// At most `limit` records from `from` on, in the order they were recorded.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn records(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Record>, StoreError> {
        let lines = self.stored(room, from, limit)?;
        Ok(lines.iter().filter_map(|line| codec::read(line)).map(|line| line.record()).collect())
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
        let lines = self.stored(room, from, limit)?;
        Ok(lines.into_iter().map(|line| String::from_utf8_lossy(&line).into_owned()).collect())
    }

    /// The place of the event `id`, if it was saved.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn find(&mut self, room: &RoomId, id: EventId) -> Result<Option<Seq>, StoreError> {
        // What was saved just now is found without a detour over the index.
        if let Some(line) = self.chamber(room)?.behind.iter().rev().find(|line| line.id == id) {
            return Ok(Some(line.seq));
        }
        if let Some(found) = self.ask_index(room, |index, _| find(index, room, id))? {
            return Ok(found);
        }
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
        if let Some(page) = self.indexed(room, |index, _| page(index, room, from, limit, &mut *admit))? {
            return Ok(page);
        }
        let mut all = Vec::new();
        self.walk(room, &mut |line, _| all.push(line.record()))?;
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

    /// The lines from `from` on, at most `limit`: from the index, or from the journal when there is none.
    pub(super) fn stored(&mut self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Vec<u8>>, StoreError> {
        let from = from.max(1);
        let behind = &self.chamber(room)?.behind;
        if let Some(start) = behind.iter().position(|line| line.seq == from) {
            return Ok(behind[start..].iter().take(limit).map(|line| line.bytes.clone()).collect());
        }
        let found = self.indexed(room, |index, end| {
            let wanted = usize::try_from((end + 1).saturating_sub(from)).unwrap_or(usize::MAX).min(limit);
            let lines = index.lines(room, from, wanted)?;
            let whole = lines.len() == wanted
                && lines.iter().zip(from..).all(|(line, seq)| codec::read(line).is_some_and(|line| line.seq() == seq));
            if whole { Ok(lines) } else { doubt(format!("{room}: an entry is missing or damaged")) }
        })?;
        if let Some(lines) = found {
            return Ok(lines);
        }
        let mut lines = Vec::new();
        self.walk(room, &mut |line, bytes| {
            if line.seq() >= from && lines.len() < limit {
                lines.push(bytes.to_vec());
            }
        })?;
        Ok(lines)
    }

    /// Asks the index about a room, given the room's last `seq`; once more when it had to be made anew. None when there
    /// is no index that goes as far as the journal.
    pub(super) fn indexed<T>(
        &mut self,
        room: &RoomId,
        work: impl FnMut(&Index, Seq) -> Result<T, Fault>,
    ) -> Result<Option<T>, StoreError> {
        self.catch_up_with(room);
        self.ask_index(room, work)
    }

    /// The same, of an index that may lack what is behind.
    fn ask_index<T>(
        &mut self,
        room: &RoomId,
        mut work: impl FnMut(&Index, Seq) -> Result<T, Fault>,
    ) -> Result<Option<T>, StoreError> {
        for _ in 0..2 {
            let chamber = self.chamber(room)?;
            if !chamber.indexed {
                return Ok(None);
            }
            let last = chamber.end.seq;
            if let Some(answer) = self.query(|index| work(index, last)) {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    /// Shows `visit` every sound line of the journal, without the index.
    pub(super) fn walk(
        &mut self,
        room: &RoomId,
        visit: &mut dyn FnMut(&codec::Sound<'_>, &[u8]),
    ) -> Result<(), StoreError> {
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
}

fn find(index: &Index, room: &RoomId, id: EventId) -> Result<Option<Seq>, Fault> {
    let Some(seq) = index.find(room, id)? else { return Ok(None) };
    let bytes = index.line(room, seq)?.unwrap_or_default();
    if codec::read(&bytes).is_some_and(|line| line.id() == id) {
        Ok(Some(seq))
    } else {
        doubt(format!("{room}: entry {seq} is not where its id says"))
    }
}

fn page(
    index: &Index,
    room: &RoomId,
    from: From,
    limit: usize,
    admit: &mut dyn FnMut(&Record) -> bool,
) -> Result<Page, Fault> {
    let mut page = Page::default();
    let mut take = |seq: Result<Seq, Fault>| -> Result<bool, Fault> {
        let seq = seq?;
        let bytes = index.line(room, seq)?.unwrap_or_default();
        let Some(line) = codec::read(&bytes).filter(|line| line.seq() == seq) else {
            return doubt(format!("{room}: entry {seq} is missing or damaged"));
        };
        let record = line.record();
        if admit(&record) {
            if page.records.len() == limit {
                page.more = true;
                return Ok(true);
            }
            page.records.push(record);
        }
        Ok(false)
    };
    let (after, before) = match from {
        From::Start | From::End => (None, None),
        From::Before(at, seq) => (None, Some((at, seq))),
        From::After(at, seq) => (Some((at, seq)), None),
    };
    let is_backwards = matches!(from, From::End | From::Before(..));
    let mut places = index.places(room, after, before);
    while let Some(seq) = if is_backwards { places.next_back() } else { places.next() } {
        if take(seq)? {
            break;
        }
    }
    if is_backwards {
        page.records.reverse();
    }
    Ok(page)
}
