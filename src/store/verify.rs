//! Checking a room from end to end, for a person who asks.

use std::sync::Arc;

use super::error::StoreError;
use super::findings::{Verification, VerifierFindings};
use super::index::{Index, IndexFault, LineReader, doubt};
use super::journal::redact::Redactions;
use super::journal::scan::{CancelFlag, Flaw, JournalScanner, ScanResult, ScanStart};
use super::journal::spans::Spans;
use super::read_view::FileView;
use super::reading::{ReadError, Verifier};
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;

/// How much of a journal is looked at before others get their turn, in bytes: some ten milliseconds' worth.
const PORTION: u64 = 1 << 20;

/// A check that takes as long as the room is, to be run on any thread while the owner goes on writing.
pub struct FileVerifier {
    view: FileView,
    /// As far as the journal went then.
    scanner: JournalScanner,
    cancel: CancelFlag,
    records: u64,
    redactions: Redactions,
    /// Whether the index has had the same lines so far.
    agrees: Result<(), IndexFault>,
}

impl Verifier for FileVerifier {
    fn verify_next(&mut self) -> Result<Option<VerifierFindings>, StoreError> {
        let FileVerifier { view: FileView { room, path, index, .. }, scanner, cancel, records, redactions, agrees } =
            self;
        cancel.check().map_err(|e| StoreError::io("reading the journal", path, e))?;
        let mut lines = index.as_ref().map(|index| index.reading(room));
        let is_all = scanner
            .scan_portion(path, PORTION, &mut |line, bytes| {
                *records += 1;
                redactions.note_line(line);
                if let (Some(index), Some(lines), Ok(())) = (&index, &mut lines, &agrees) {
                    *agrees = alike(index, lines, room, *records, bytes);
                }
            })
            .map_err(|e| StoreError::io("reading the journal", path, e))?;
        if is_all { self.end().map(Some) } else { Ok(None) }
    }

    fn without_index(self: Box<Self>) -> Box<dyn Verifier> {
        Box::new(FileVerifier { view: self.view.journal_alone(), ..*self })
    }
}

impl FileVerifier {
    pub(super) fn new(view: FileView, length: u64, cancel: CancelFlag) -> Self {
        let scanner = JournalScanner::new(ScanStart::WHOLE, length);
        FileVerifier { view, scanner, cancel, records: 0, redactions: Redactions::default(), agrees: Ok(()) }
    }

    /// Looks at every line.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn run(mut self) -> Result<VerifierFindings, StoreError> {
        loop {
            if let Some(findings) = self.verify_next()? {
                return Ok(findings);
            }
        }
    }

    fn end(&mut self) -> Result<VerifierFindings, StoreError> {
        let FileVerifier { view, scanner, cancel, records, redactions, agrees } = self;
        let FileView { room, end: expected, index, generation, times_redacted, .. } = &*view;
        let found = std::mem::replace(scanner, JournalScanner::new(ScanStart::WHOLE, 0)).end();
        let is_whole = found.faults.is_empty() && found.torn == 0 && found.end == *expected;
        let faults = faults(&found, expected.seq, &std::mem::take(redactions));
        let agrees = std::mem::replace(agrees, Ok(()));
        let doubt = match index.as_ref().filter(|_| is_whole) {
            None => None,
            Some(index) => match agrees.and_then(|()| index.ask(|index| index.count(room, expected.seq, true, cancel)))
            {
                Ok(()) => None,
                Err(fault) => match view.doubted(fault) {
                    ReadError::Doubted(doubt) => Some(doubt),
                    ReadError::Failed(error) => return Err(error),
                },
            },
        };
        let verification = Verification { records: *records, head: found.end.head.to_string(), faults };
        let (generation, times_redacted) = (*generation, *times_redacted);
        Ok(VerifierFindings { verification, is_whole, doubt, generation, times_redacted })
    }
}

fn alike(
    index: &Arc<Index>,
    lines: &mut LineReader<'_>,
    room: &RoomId,
    seq: Seq,
    bytes: &[u8],
) -> Result<(), IndexFault> {
    match index.ask(|_| lines.line(seq).map(|line| line == Some(bytes)))? {
        true => Ok(()),
        false => doubt(format!("{room}: entry {seq} is not the journal's")),
    }
}

/// How many faults are said of one journal. A guess: more than a person reads.
const MOST_SAID: usize = 100;

fn faults(found: &ScanResult, expected: Seq, redactions: &Redactions) -> Vec<Phrase> {
    let flaw = |flaw: &Flaw| match flaw {
        Flaw::Damaged { after } => Phrase::new("verify-damaged").with("seq", *after),
        Flaw::Unlinked { seq } => Phrase::new("verify-unlinked").with("seq", *seq),
    };
    let mut faults: Vec<Phrase> = found.faults.iter().take(MOST_SAID).map(flaw).collect();
    let more = found.more_faults + found.faults.len().saturating_sub(MOST_SAID) as u64;
    if more > 0 {
        faults.push(Phrase::new("verify-more").with("count", more));
    }
    if found.torn > 0 {
        faults.push(Phrase::new("verify-torn").with("bytes", found.torn));
    }
    let mut say = |key, entries: Spans| {
        if !entries.is_empty() {
            faults.push(Phrase::new(key).with("entries", entries.to_string()).with("count", entries.count()));
        }
    };
    let mut missing = Spans::default();
    missing.push_range(found.end.seq + 1, expected);
    say("verify-tail-lost", missing);
    say("verify-lost", found.lost.clone());
    say("verify-words-gone", redactions.unexplained().into_iter().collect());
    say("verify-words-there", redactions.unfinished().into_iter().collect());
    faults
}
