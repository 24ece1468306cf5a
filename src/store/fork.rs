//! A journal that was replaced by another sound one: a wrong copy, or two machines that wrote on and were synchronised. The index is
//! the second copy of what was there before. What only it has is kept aside, and told of.

use std::ops::ControlFlow;

use super::check::{Check, CheckStopped, SeenLines};
use super::error::StoreError;
use super::index::{Index, IndexFault, doubt};
use super::journal::file::Replacement;
use super::journal::hash::Hash;
use super::journal::scan::{ScanStart, first_event_id, link};
use super::journal::walk::{self, JournalEnd};
use super::journal::{kept_file, line};
use super::notice::StoreNotice;
use crate::domain::id::{EventId, RoomId, Seq};

impl Check {
    /// How far the index goes, when what it has is of another history than the journal: the last line of the shorter of the two is
    /// not the same in both. Lines name the one before them, so that all before that line is the same when it is.
    pub(super) fn forked(
        &self,
        held: Option<Seq>,
        start: ScanStart,
        seen: &SeenLines,
        end: JournalEnd,
    ) -> Result<Option<Seq>, CheckStopped> {
        // What stands before the start was compared to find it.
        let Some(held) = held.filter(|held| *held > start.end.seq && end.seq > 0) else { return Ok(None) };
        let journals = if held <= end.seq { seen.at_held } else { Some(end.head) };
        let indexed = self.ask(|index, room| linked(index, room, held.min(end.seq)))?;
        Ok(Some(held).filter(|_| indexed.is_some_and(|indexed| journals != Some(indexed))))
    }

    /// Writes the lines that only the index has, which goes as far as `held`, into a file of their own, and has the index forget
    /// the room: it is rebuilt from the journal. The inner error is the disk's.
    pub(super) fn keep_aside(
        &mut self,
        held: Seq,
        end: JournalEnd,
        first: Option<EventId>,
    ) -> Result<Result<(), StoreError>, CheckStopped> {
        let Some(from) = self.ask(|index, _| self.parting(index, held, end))? else { return Ok(Ok(())) };
        let kept = kept_file::aside(&self.room, &self.path, self.now);
        let target = self.path.with_file_name(&kept.name);
        let mut written = Ok(());
        self.ask(|index, room| {
            let write = || -> Result<Result<(), StoreError>, IndexFault> {
                let mut replacement = match Replacement::begin(&*self.disk, &target) {
                    Ok(replacement) => replacement,
                    Err(error) => return Ok(Err(error)),
                };
                let mut lines = index.reading(room);
                for seq in from..=held {
                    if let Some(line) = lines.line(seq)?
                        && let Err(error) = replacement.add_line(line)
                    {
                        return Ok(Err(error));
                    }
                }
                Ok(replacement.commit().map(drop))
            };
            written = write()?;
            if written.is_ok() { index.forget(room) } else { Ok(()) }
        })?;
        if written.is_ok() {
            let other = match first.filter(|_| from == 1) {
                Some(first) => self.ask(|index, _| index.opened(first))?.flatten().filter(|other| *other != self.room),
                None => None,
            };
            let (room, entries) = (self.room.clone(), held + 1 - from);
            self.notices.push(StoreNotice::Forked { room, from, entries, kept: kept.name.clone(), other });
            self.kept.push(kept);
        }
        Ok(written)
    }

    /// Returns the first place where journal and index part.
    fn parting(&self, index: &Index, held: Seq, end: JournalEnd) -> Result<Seq, IndexFault> {
        let mut lines = index.reading(&self.room);
        let mut found: Result<Option<Seq>, IndexFault> = Ok(None);
        let walked = walk::visit_raw_lines(&self.path, 0, &mut |raw| {
            let Some(line) = line::parse(raw.bytes) else { return ControlFlow::Continue(()) };
            if line.seq() > held {
                return ControlFlow::Break(());
            }
            found = lines.line(line.seq()).map(|other| {
                let other = other.and_then(line::parse).map(|other| link(&other));
                Some(line.seq()).filter(|_| other != Some(link(&line)))
            });
            if matches!(found, Ok(None)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if let Err(error) = walked {
            return doubt(error.to_string());
        }
        Ok(found?.unwrap_or(end.seq + 1))
    }

    /// Tells when the journal of a room that the index did not know begins as that of another room.
    pub(super) fn tell_of_twin(&mut self, first: EventId) -> Result<(), CheckStopped> {
        let other = self.ask(|index, _| index.opened(first))?.flatten().filter(|other| *other != self.room);
        if let Some(other) = other.filter(|other| self.first_id_of(other) == Some(first)) {
            self.notices.push(StoreNotice::Twin { room: self.room.clone(), other });
        }
        Ok(())
    }

    fn first_id_of(&self, room: &RoomId) -> Option<EventId> {
        first_event_id(&self.path.with_file_name(format!("{room}.jsonl")))
    }
}

/// Returns what the index would have the line after `seq` name.
fn linked(index: &Index, room: &RoomId, seq: Seq) -> Result<Hash, IndexFault> {
    let bytes = index.line(room, seq)?.unwrap_or_default();
    match line::parse(&bytes).filter(|line| line.seq() == seq) {
        Some(line) => Ok(link(&line)),
        None => doubt(format!("{room}: entry {seq} is missing or damaged")),
    }
}
