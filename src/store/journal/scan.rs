//! Looking through a journal: how far it is sound, and what is wrong with it.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::hash::Hash;
use super::line::{self, SoundLine};
use super::spans::Spans;
use super::walk::{self, JournalEnd, RawLine};
use crate::domain::event::Event;
use crate::domain::id::{EventId, Seq};

/// A journal up to this size is read whole at first use and compared with the index line by line, which takes a few
/// milliseconds. Of a longer one the end is compared; a verification reads it all.
pub(in crate::store) const READ_WHOLE: u64 = 1 << 20;

/// What a look through a journal found.
#[derive(Debug)]
pub(in crate::store) struct ScanResult {
    /// The end of its last whole append.
    pub end: JournalEnd,
    /// How many bytes come after that: an append that was never confirmed.
    pub torn: u64,
    /// What is wrong, in the order of the file; empty: nothing. Of very many the first.
    pub faults: Vec<Flaw>,
    /// How many more there are.
    pub more_faults: u64,
    /// The entries that were lost earlier.
    pub lost: Spans,
    /// How many lines a newer version wrote.
    pub newer: u64,
}

/// Something wrong with a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Flaw {
    /// A stretch after this record is no sound line.
    Damaged { after: Seq },
    /// This record is not the one that belongs after the one before it.
    Unlinked { seq: Seq },
}

/// How many faults of one journal are told apart. A file can be full of them. A guess: more than a person reads.
const MOST_FAULTS: usize = 1_000;

impl ScanResult {
    /// Of a journal in which there is nothing beyond `end`.
    pub fn nothing_after(end: JournalEnd) -> Self {
        ScanResult { end, torn: 0, faults: Vec::new(), more_faults: 0, lost: Spans::default(), newer: 0 }
    }

    fn add_fault(&mut self, flaw: Flaw) {
        if self.faults.len() < MOST_FAULTS { self.faults.push(flaw) } else { self.more_faults += 1 }
    }
}

impl Flaw {
    /// Returns the record that does not follow from the one before it.
    pub fn unlinked(&self) -> Option<Seq> {
        match self {
            Flaw::Unlinked { seq } => Some(*seq),
            Flaw::Damaged { .. } => None,
        }
    }
}

/// Returns what the line after `line` names as the hash before it.
pub(in crate::store) fn link(line: &SoundLine<'_>) -> Hash {
    match lost(line) {
        Some(Some(hash)) => hash,
        _ => line.link(),
    }
}

/// For the line of a lost record: the hash that it had, if known.
fn lost(line: &SoundLine<'_>) -> Option<Option<Hash>> {
    if line.tag() != "EntryLost" {
        return None;
    }
    match line.event() {
        Event::EntryLost { hash } => Some(hash.and_then(|hash| Hash::parse(hash.as_bytes()))),
        _ => None,
    }
}

/// Where a scan begins: after a line that is known to be right.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct ScanStart {
    pub end: JournalEnd,
    /// What the next line has to name as the hash before it.
    pub link: Hash,
}

impl ScanStart {
    /// The beginning of the journal.
    pub const WHOLE: ScanStart = ScanStart { end: JournalEnd::NOTHING, link: Hash::NONE };
}

/// Tells a thread that scans a long journal that nobody needs the result any more.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct CancelFlag(Arc<AtomicBool>);

impl CancelFlag {
    pub fn call(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_called(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Returns an error once it is called.
    pub fn check(&self) -> io::Result<()> {
        if self.is_called() { Err(io::Error::other("called off")) } else { Ok(()) }
    }
}

/// How much is read before a scan can be cancelled, in bytes: some ten milliseconds' worth.
const PORTION: u64 = 1 << 20;

/// Reads a journal from `start` and shows `visit` every line of it that is sound, with its bytes.
pub(in crate::store) fn scan(
    path: &Path,
    start: ScanStart,
    cancel: &CancelFlag,
    visit: &mut dyn FnMut(&SoundLine<'_>, &[u8]),
) -> io::Result<ScanResult> {
    let mut scanner = JournalScanner::new(start, u64::MAX);
    while !scanner.scan_portion(path, PORTION, visit)? {
        cancel.check()?;
    }
    Ok(scanner.end())
}

/// A scan that is made in portions.
#[derive(Debug)]
pub(in crate::store) struct JournalScanner {
    found: ScanResult,
    /// The last line, and what the next one has to name as the hash before it.
    last: (Seq, Hash),
    /// How far it has come, and how far it goes, in bytes. What comes after is being written.
    read: u64,
    upto: u64,
}

impl JournalScanner {
    /// Returns a scan of the first `upto` bytes of a journal, which end with a line, from `start` on.
    pub fn new(start: ScanStart, upto: u64) -> Self {
        let found = ScanResult::nothing_after(start.end);
        JournalScanner { found, last: (start.end.seq, start.link), read: start.end.len, upto }
    }

    /// Reads on, some `most` bytes. True: that was the last of it.
    pub fn scan_portion(
        &mut self,
        path: &Path,
        most: u64,
        visit: &mut dyn FnMut(&SoundLine<'_>, &[u8]),
    ) -> io::Result<bool> {
        let (upto, pause) = (self.upto, self.read.saturating_add(most));
        let mut is_all = true;
        walk::visit_raw_lines(path, self.read, &mut |raw| {
            if raw.offset >= upto {
                return ControlFlow::Break(());
            }
            if raw.offset >= pause {
                is_all = false;
                return ControlFlow::Break(());
            }
            self.accept_raw_line(&raw, visit);
            ControlFlow::Continue(())
        })?;
        Ok(is_all)
    }

    fn accept_raw_line(&mut self, raw: &RawLine<'_>, visit: &mut dyn FnMut(&SoundLine<'_>, &[u8])) {
        let JournalScanner { found, last, read, .. } = self;
        *read = raw.end();
        match line::parse(raw.bytes) {
            Some(line) if raw.ended => {
                if (line.seq(), line.prev) != (last.0.saturating_add(1), last.1) {
                    found.add_fault(Flaw::Unlinked { seq: line.seq() });
                }
                if lost(&line).is_some() {
                    found.lost.push(line.seq());
                }
                found.newer += u64::from(line.is_newer());
                *last = (line.seq(), link(&line));
                if line.left() == 0 {
                    found.end = JournalEnd { len: *read, seq: line.seq(), head: link(&line) };
                }
                visit(&line, raw.bytes);
            }
            _ if raw.ended || !salvage(raw.bytes).is_empty() => {
                found.add_fault(Flaw::Damaged { after: last.0 });
            }
            _ => {}
        }
    }

    /// Returns what it found.
    pub fn end(self) -> ScanResult {
        ScanResult { torn: self.read - self.found.end.len, ..self.found }
    }
}

/// Returns the id of the first event of the journal at `path`; none when that cannot be read.
pub(in crate::store) fn first_event_id(path: &Path) -> Option<EventId> {
    let mut first = None;
    let look = |raw: RawLine<'_>| {
        first = line::parse(raw.bytes).map(|line| line.id());
        ControlFlow::Break(())
    };
    walk::visit_raw_lines(path, 0, &mut { look }).ok()?;
    first
}

/// Returns the sound lines inside a stretch that is no line as a whole: a newline was damaged, or something was written over another.
pub(in crate::store) fn salvage(bytes: &[u8]) -> Vec<&[u8]> {
    const OPENS: &[u8] = br#"{"v":"#;
    let starts: Vec<usize> =
        bytes.windows(OPENS.len()).enumerate().filter(|(_, at)| *at == OPENS).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| {
            let piece = &bytes[*start..end];
            let close = piece.iter().rposition(|byte| *byte == b'}')?;
            let line = &piece[..=close];
            line::parse(line).map(|_| line)
        })
        .collect()
}
