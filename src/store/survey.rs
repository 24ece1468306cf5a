//! Looking through a journal: how far it is sound, and what is wrong with it.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::codec::{self, Sound};
use super::hash::Hash;
use super::journal::{self, End};
use crate::domain::event::Event;
use crate::domain::id::Seq;

/// What a look through a journal found.
#[derive(Debug)]
pub(super) struct Survey {
    /// The end of its last whole append.
    pub end: End,
    /// How many bytes come after that: an append that was never confirmed.
    pub torn: u64,
    /// What is wrong, in the order of the file; empty: nothing.
    pub faults: Vec<Flaw>,
    /// The entries that were lost earlier.
    pub lost: Vec<Seq>,
    /// How many lines a newer version wrote.
    pub newer: u64,
}

/// Something wrong with a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A stretch after this record is no sound line.
    Damaged { after: Seq },
    /// This record is not the one that belongs after the one before it.
    Unlinked { seq: Seq },
}

impl Flaw {
    /// The record that does not follow from the one before it.
    pub fn unlinked(&self) -> Option<Seq> {
        match self {
            Flaw::Unlinked { seq } => Some(*seq),
            Flaw::Damaged { .. } => None,
        }
    }
}

/// What the line after `line` names as the hash before it.
pub(super) fn link(line: &Sound<'_>) -> Hash {
    match lost(line) {
        Some(Some(hash)) => hash,
        _ => line.hash,
    }
}

/// For the line of a lost record: the hash that it had, if known.
fn lost(line: &Sound<'_>) -> Option<Option<Hash>> {
    if line.tag() != "EntryLost" {
        return None;
    }
    match line.event() {
        Event::EntryLost { hash } => Some(hash.and_then(|hash| Hash::parse(hash.as_bytes()))),
        _ => None,
    }
}

/// Where a survey begins: after a line that is known to be right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub end: End,
    /// What the next line has to name as the hash before it.
    pub link: Hash,
}

impl Start {
    /// The beginning of the journal.
    pub const WHOLE: Start = Start { end: End::NOTHING, link: Hash::NONE };
}

/// Reads a journal from `start` and shows `visit` every line of it that is sound, with its bytes.
pub(super) fn survey(path: &Path, start: Start, visit: &mut dyn FnMut(&Sound<'_>, &[u8])) -> io::Result<Survey> {
    survey_upto(path, start, u64::MAX, visit)
}

/// The same of its first `upto` bytes, which end with a line: what comes after is being written.
pub(super) fn survey_upto(
    path: &Path,
    start: Start,
    upto: u64,
    visit: &mut dyn FnMut(&Sound<'_>, &[u8]),
) -> io::Result<Survey> {
    let mut found = Survey { end: start.end, torn: 0, faults: Vec::new(), lost: Vec::new(), newer: 0 };
    let mut last = (start.end.seq, start.link);
    let mut file_len = start.end.len;
    journal::walk(path, start.end.len, &mut |stretch| {
        if stretch.offset >= upto {
            return ControlFlow::Break(());
        }
        let after = stretch.offset + stretch.bytes.len() as u64;
        file_len = after + u64::from(stretch.ended);
        match codec::read(stretch.bytes) {
            Some(line) if stretch.ended => {
                if (line.seq(), line.prev) != (last.0 + 1, last.1) {
                    found.faults.push(Flaw::Unlinked { seq: line.seq() });
                }
                if lost(&line).is_some() {
                    found.lost.push(line.seq());
                }
                found.newer += u64::from(line.is_newer());
                last = (line.seq(), link(&line));
                if line.left() == 0 {
                    found.end = End { len: file_len, seq: line.seq(), head: line.hash };
                }
                visit(&line, stretch.bytes);
            }
            _ if stretch.ended || !salvage(stretch.bytes).is_empty() => {
                found.faults.push(Flaw::Damaged { after: last.0 });
            }
            _ => {}
        }
        ControlFlow::Continue(())
    })?;
    found.torn = file_len - found.end.len;
    Ok(found)
}

/// Sound lines inside a stretch that as a whole is none: a newline was damaged, or something was written over another.
pub(super) fn salvage(bytes: &[u8]) -> Vec<&[u8]> {
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
            codec::read(line).map(|_| line)
        })
        .collect()
}
