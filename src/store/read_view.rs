//! A room as it stood at one moment, to be read on any thread while the store's owner goes on writing.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use super::error::StoreError;
use super::findings::IndexDoubt;
use super::index::{Index, IndexFault, doubt};
use super::journal::line;
use super::journal::walk::{self, JournalEnd};
use super::page::{PageStart, RecordPage, page_of};
use super::reading::{ReadError, ReadView};
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::record::Record;
use crate::domain::time::Moment;

/// See the module. What is appended later is not in it. Words that are redacted later are not in it either.
pub struct FileView {
    pub(super) room: RoomId,
    pub(super) path: PathBuf,
    pub(super) end: JournalEnd,
    /// None when there is no index that goes as far as the journal.
    pub(super) index: Option<Arc<Index>>,
    pub(super) generation: u64,
    /// How often words had gone from the room by then.
    pub(super) times_redacted: u64,
}

impl ReadView for FileView {
    fn records(&self, from: Seq, limit: usize) -> Result<Vec<Record>, ReadError> {
        let lines = self.stored(from, limit)?;
        Ok(lines.iter().filter_map(|line| line::parse(line)).map(|line| line.record()).collect())
    }

    fn lines(&self, from: Seq, limit: usize) -> Result<Vec<String>, ReadError> {
        let lines = self.stored(from, limit)?;
        Ok(lines.into_iter().map(|line| String::from_utf8_lossy(&line).into_owned()).collect())
    }

    fn page(
        &self,
        from: PageStart,
        limit: usize,
        moved: &BTreeMap<Seq, Moment>,
        admit: &mut dyn FnMut(&Record) -> bool,
    ) -> Result<RecordPage, ReadError> {
        if let Some(page) = self.ask(|index| page(index, self, from, limit, moved, admit)) {
            return page;
        }
        let mut all = Vec::new();
        self.walk(&mut |line, _| {
            all.push(line.record());
            ControlFlow::Continue(())
        })?;
        Ok(page_of(all, from, limit, moved, admit))
    }

    fn within(&self, spans: &[(EventId, EventId)], limit: usize) -> Result<Vec<Record>, ReadError> {
        if let Some(records) = self.ask(|index| within(index, self, spans, limit)) {
            return records;
        }
        let mut found = Vec::new();
        self.walk(&mut |line, _| {
            let id = line.id();
            if let Some(nth) = spans.iter().position(|(from, to)| (*from..=*to).contains(&id)) {
                found.push((nth, line.record()));
            }
            ControlFlow::Continue(())
        })?;
        found.sort_by_key(|(nth, record)| (*nth, record.id));
        Ok(found.into_iter().map(|(_, record)| record).take(limit).collect())
    }

    fn without_index(self: Box<Self>) -> Box<dyn ReadView> {
        Box::new(self.journal_alone())
    }
}

impl FileView {
    /// Returns the same without the index: every answer then takes as long as the room is.
    pub(super) fn journal_alone(self) -> Self {
        FileView { index: None, ..self }
    }

    /// Returns the place of the event `id`, sought in the journal itself.
    pub(super) fn find(&self, id: EventId) -> Result<Option<Seq>, ReadError> {
        let mut found = None;
        self.walk(&mut |line, _| {
            if line.id() == id {
                found = Some(line.seq());
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// Returns the lines from `from` on, at most `limit`: from the index, or from the journal when there is none.
    pub(super) fn stored(&self, from: Seq, limit: usize) -> Result<Vec<Vec<u8>>, ReadError> {
        let from = from.max(1);
        let found = self.ask(|index| {
            let wanted = usize::try_from((self.end.seq + 1).saturating_sub(from)).unwrap_or(usize::MAX).min(limit);
            let lines = index.lines(&self.room, from, wanted)?;
            let whole = lines.len() == wanted
                && lines.iter().zip(from..).all(|(line, seq)| line::parse(line).is_some_and(|line| line.seq() == seq));
            if whole { Ok(lines) } else { doubt(format!("{}: an entry is missing or damaged", self.room)) }
        });
        if let Some(lines) = found {
            return lines;
        }
        let mut lines = Vec::new();
        self.walk(&mut |line, bytes| {
            if lines.len() >= limit {
                return ControlFlow::Break(());
            }
            if line.seq() >= from {
                lines.push(bytes.to_vec());
            }
            ControlFlow::Continue(())
        })?;
        Ok(lines)
    }

    /// Asks the index, if there is one.
    fn ask<T>(&self, work: impl FnOnce(&Index) -> Result<T, IndexFault>) -> Option<Result<T, ReadError>> {
        let index = self.index.as_ref()?;
        Some(index.ask(work).map_err(|fault| self.doubted(fault)))
    }

    pub(super) fn doubted(&self, fault: IndexFault) -> ReadError {
        let room = Some((self.room.clone(), self.times_redacted));
        ReadError::Doubted(IndexDoubt { fault, generation: self.generation, room })
    }

    /// Shows `visit` every sound line of the journal, without the index, until it breaks.
    pub(super) fn walk(
        &self,
        visit: &mut dyn FnMut(&line::SoundLine<'_>, &[u8]) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        walk::visit_raw_lines(&self.path, 0, &mut |raw| {
            if raw.offset >= self.end.len {
                return ControlFlow::Break(());
            }
            match line::parse(raw.bytes).filter(|line| line.seq() <= self.end.seq) {
                Some(line) => visit(&line, raw.bytes),
                None => ControlFlow::Continue(()),
            }
        })
        .map_err(|e| ReadError::Failed(StoreError::io("reading the journal", &self.path, e)))
    }
}

fn within(
    index: &Index,
    view: &FileView,
    spans: &[(EventId, EventId)],
    limit: usize,
) -> Result<Vec<Record>, IndexFault> {
    let room = &view.room;
    let mut records = Vec::new();
    let mut lines = index.reading(room);
    for (from, to) in spans {
        for seq in index.find_between(room, *from, *to)? {
            let seq = seq?;
            if records.len() == limit {
                return Ok(records);
            }
            // Recorded after the view was taken.
            if seq > view.end.seq {
                continue;
            }
            let bytes = lines.line(seq)?.unwrap_or_default();
            let Some(line) = line::parse(bytes).filter(|line| (*from..=*to).contains(&line.id())) else {
                return doubt(format!("{room}: entry {seq} is not where its id says"));
            };
            records.push(line.record());
        }
    }
    Ok(records)
}

fn page(
    index: &Index,
    view: &FileView,
    from: PageStart,
    limit: usize,
    moved: &BTreeMap<Seq, Moment>,
    admit: &mut dyn FnMut(&Record) -> bool,
) -> Result<RecordPage, IndexFault> {
    let room = &view.room;
    let mut page = RecordPage::default();
    let mut lines = index.reading(room);
    let mut read = |seq: Seq| {
        let bytes = lines.line(seq)?.unwrap_or_default();
        match line::parse(bytes).filter(|line| line.seq() == seq) {
            Some(line) => Ok(line.record()),
            None => doubt(format!("{room}: entry {seq} is missing or damaged")),
        }
    };
    // True when the page is full.
    let mut take = |record: Record| {
        let is_wanted = admit(&record);
        page.more = is_wanted && page.records.len() == limit;
        if is_wanted && !page.more {
            page.records.push(record);
        }
        page.more
    };
    let (after, before) = match from {
        PageStart::Start | PageStart::End => (None, None),
        PageStart::Before(at, seq) => (None, Some((at, seq))),
        PageStart::After(at, seq) => (Some((at, seq)), None),
    };
    let is_backwards = matches!(from, PageStart::End | PageStart::Before(..));
    // The index has each record at the time that it was given at first. Those that were moved are few: they are put in between.
    let known = moved.iter().filter(|(seq, _)| (1..=view.end.seq).contains(*seq)).map(|(seq, at)| (*at, *seq));
    let mut elsewhere: Vec<(Moment, Seq)> = known.filter(|place| from.admits(*place)).collect();
    elsewhere.sort_unstable();
    if is_backwards {
        elsewhere.reverse();
    }
    let mut elsewhere = elsewhere.into_iter().peekable();
    let mut is_full = false;
    'places: for seq in index.places(room, after, before, is_backwards)? {
        let seq = seq?;
        if seq > view.end.seq || moved.contains_key(&seq) {
            continue;
        }
        let record = read(seq)?;
        let place = (record.at, seq);
        while let Some((_, seq)) = elsewhere.next_if(|next| if is_backwards { *next > place } else { *next < place }) {
            is_full = take(read(seq)?);
            if is_full {
                break 'places;
            }
        }
        is_full = take(record);
        if is_full {
            break;
        }
    }
    for (_, seq) in elsewhere {
        if is_full {
            break;
        }
        is_full = take(read(seq)?);
    }
    if is_backwards {
        page.records.reverse();
    }
    Ok(page)
}
