//! Making a damaged journal whole again: what is left of it, what the index still has, and a named gap for the rest.
//!
//! The journal is looked through once for where its lines are, and they are copied from there. With any file, a plan takes
//! some hundred bytes a line.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::encode::{EncodeError, encode};
use super::file::Replacement;
use super::hash::Hash;
use super::line;
use super::salt::Salts;
use super::scan::{link, salvage};
use super::spans::Spans;
use super::walk;
use crate::domain::event::Event;
use crate::domain::id::{EventId, Seq};
use crate::domain::record::{Author, Record};
use crate::domain::time::Moment;
use crate::regular::{self, Links};
use crate::store::error::StoreError;

/// Says how a journal is put together again.
#[derive(Debug)]
pub(in crate::store) struct RepairPlan {
    lines: BTreeMap<Seq, PlacedLine>,
    last: Seq,
    /// How long the journal is, in bytes.
    len: u64,
    /// How many entries the index gives back.
    pub filled: u64,
    /// Entries that nobody has any more.
    pub lost: Spans,
    /// How many sound lines are in no place: another line has it, or it cannot be this room's.
    pub left_out: u64,
}

/// What a plan does to the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum RepairChange {
    Nothing,
    /// Lines are added at the end.
    Appends,
    Rewrites,
}

/// A sound line, without its bytes.
#[derive(Debug, Clone)]
struct PlacedLine {
    place: LineSource,
    hash: Hash,
    link: Hash,
    prev: Hash,
    at: Moment,
    has_words: bool,
    len: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineSource {
    /// In the journal, from this byte on; whether a newline ends it there.
    Journal(u64, bool),
    SecondCopy,
}

/// Another copy of the lines.
pub(in crate::store) trait SecondCopy {
    /// Returns the line `seq`, if this copy has it.
    fn line(&self, seq: Seq) -> Option<Vec<u8>>;
    /// Returns how far this copy goes.
    fn last(&self) -> Seq;
}

/// How many lost entries are believed in all: each has a line in the mended journal, and a line that claims a place
/// beyond that, it was not this room. A journal of a megabyte has some two thousand entries; this is ten times as many, and takes a
/// fifth of a second (measured). A longer journal can have lost more.
const MOST_LOST: u64 = 20_000;
/// No entry is shorter, in bytes: two times, two hashes, an id and a name are in each (the shortest there are have 340).
const LEAST_LINE: u64 = 256;

fn line(bytes: &[u8], place: LineSource) -> Option<(Seq, PlacedLine)> {
    let line = line::parse(bytes)?;
    let (hash, link) = (line.hash, link(&line));
    let len = bytes.len() as u64;
    Some((
        line.seq(),
        PlacedLine { place, hash, link, prev: line.prev, at: line.at(), has_words: line.has_words(), len },
    ))
}

impl RepairPlan {
    /// Looks through the journal at `path` and through the second copy.
    pub fn of(path: &Path, second_copy: &dyn SecondCopy) -> io::Result<Self> {
        let Leftovers { mut candidates, hopeless, mut left_out, len } = gather(path)?;
        let left = candidates.keys().next_back().copied().unwrap_or(0);
        let mut lines = BTreeMap::new();
        for seq in candidates.keys().rev().copied().collect::<Vec<Seq>>() {
            let mut alike = candidates.remove(&seq).unwrap_or_default();
            let before = candidates.get(&(seq - 1));
            let at = best(&alike, lines.get(&(seq + 1)), before, seq, second_copy);
            let chosen = alike.swap_remove(at);
            left_out += alike.iter().filter(|other| other.hash != chosen.hash).count() as u64;
            lines.insert(seq, chosen);
        }
        let last = (left + hopeless).max(second_copy.last());
        let mut plan = RepairPlan { lines, last, len, filled: 0, lost: Spans::default(), left_out };
        plan.fill(left, second_copy);
        // What the second copy gave back accounts for as many of the hopeless stretches at the end.
        let known = plan.lines.keys().next_back().copied().unwrap_or(0);
        plan.last = known.max(left + hopeless);
        let mut next = 1;
        for seq in plan.lines.keys() {
            plan.lost.push_range(next, seq - 1);
            next = seq + 1;
        }
        plan.lost.push_range(next, plan.last);
        Ok(plan)
    }

    /// Takes from the second copy what is missing and has the right hash: the one that the line after it names, or it names the one
    /// before it. What the journal goes on with stays.
    fn fill(&mut self, left: Seq, second_copy: &dyn SecondCopy) {
        let lines = &mut self.lines;
        for seq in (1..=left.min(second_copy.last())).rev() {
            let wanted = lines.get(&(seq + 1)).map(|next| next.prev);
            let fits = match (lines.get(&seq), wanted) {
                (Some(_), None) => true,
                (Some(line), Some(wanted)) => line.hash == wanted || line.link == wanted,
                (None, _) => false,
            };
            if fits {
                continue;
            }
            let before = lines.get(&(seq - 1)).map(|line| line.link);
            let Some(found) = from_second_copy(second_copy, seq) else { continue };
            if wanted == Some(found.link) || (wanted.is_none() && before == Some(found.prev)) {
                self.left_out += u64::from(lines.insert(seq, found).is_some());
                self.filled += 1;
            }
        }
        for seq in left + 1..=second_copy.last() {
            let before = match lines.get(&(seq - 1)) {
                Some(line) => line.link,
                None if seq == 1 => Hash::NONE,
                None => break,
            };
            let Some(found) = from_second_copy(second_copy, seq).filter(|found| found.prev == before) else { break };
            lines.insert(seq, found);
            self.filled += 1;
        }
    }

    /// Whether so many bytes after entry `seq`, which are no part of a sound journal, are accounted for: by the entries that come
    /// after it, or by some that are named as lost.
    pub fn accounts_for(&self, bytes: u64, seq: Seq) -> bool {
        let after = self.lines.range(seq.saturating_add(1)..).map(|(_, line)| line.len + 1).sum::<u64>();
        let is_named = self.lost.ranges().last().is_some_and(|(_, last)| *last > seq);
        is_named || bytes <= after
    }

    /// Returns what it does to the journal.
    pub fn change(&self) -> RepairChange {
        let mut end = 0;
        for seq in 1..=self.last {
            match self.lines.get(&seq) {
                Some(PlacedLine { place: LineSource::Journal(offset, true), len, .. }) if *offset == end => {
                    end += len + 1
                }
                Some(PlacedLine { place: LineSource::Journal(..), .. }) => return RepairChange::Rewrites,
                _ if end == self.len => return RepairChange::Appends,
                _ => return RepairChange::Rewrites,
            }
        }
        if end == self.len { RepairChange::Nothing } else { RepairChange::Rewrites }
    }

    /// Writes the journal as it should be. `now` is when a gap is recorded.
    pub fn write(
        &self,
        path: &Path,
        second_copy: &dyn SecondCopy,
        (now, uid): (Moment, u32),
        to: &mut Replacement<'_>,
    ) -> Result<(), StoreError> {
        let failed = |e: io::Error| StoreError::io("mending the journal", path, e);
        // A journal that is gone is mended from the second copy alone.
        let file = match regular::open_to_read(path, Links::Refuse) {
            Ok(file) => Some(file),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(failed(e)),
        };
        let mut prev = Hash::NONE;
        let mut at = self.lines.values().next().map_or(now, |line| line.at);
        for seq in 1..=self.last {
            match self.lines.get(&seq) {
                Some(line) => {
                    to.add_line(&bytes_of(line, seq, file.as_ref(), second_copy).map_err(failed)?)?;
                    (prev, at) = (line.link, line.at);
                }
                None => {
                    let stood = self.lines.get(&(seq + 1)).map(|next| next.prev);
                    let bytes = gap(seq, stood, prev, (at, now), uid).map_err(|e| failed(io::Error::other(e)))?;
                    to.add_line(&bytes)?;
                    if let Some(line) = line::parse(&bytes) {
                        prev = link(&line);
                    }
                }
            }
        }
        Ok(())
    }
}

fn from_second_copy(second_copy: &dyn SecondCopy, seq: Seq) -> Option<PlacedLine> {
    line(&second_copy.line(seq)?, LineSource::SecondCopy).filter(|(found, _)| *found == seq).map(|(_, line)| line)
}

fn bytes_of(line: &PlacedLine, seq: Seq, file: Option<&File>, second_copy: &dyn SecondCopy) -> io::Result<Vec<u8>> {
    match (line.place, file) {
        (LineSource::Journal(offset, _), Some(file)) => {
            let mut bytes = vec![0; usize::try_from(line.len).unwrap_or_default()];
            file.read_exact_at(&mut bytes, offset)?;
            Ok(bytes)
        }
        (LineSource::Journal(..), None) => Err(io::ErrorKind::NotFound.into()),
        (LineSource::SecondCopy, _) => {
            second_copy.line(seq).ok_or_else(|| io::Error::other("the index does not have it any more"))
        }
    }
}

/// Which of the lines that claim one place has it: the one that the line after it follows from, else the one that follows from the
/// line before it, else the one that the second copy knows. Of one line with and without its words, the one with them.
fn best(
    alike: &[PlacedLine],
    next: Option<&PlacedLine>,
    before: Option<&Vec<PlacedLine>>,
    seq: Seq,
    second_copy: &dyn SecondCopy,
) -> usize {
    if alike.len() == 1 {
        return 0;
    }
    let known = from_second_copy(second_copy, seq).map(|line| line.hash);
    let rank = |line: &PlacedLine| {
        let is_named = next.is_some_and(|next| next.prev == line.link || next.prev == line.hash);
        let follows = match before {
            Some(before) => before.iter().any(|before| before.link == line.prev),
            None => seq == 1 && line.prev == Hash::NONE,
        };
        (is_named, follows, known == Some(line.hash), line.has_words)
    };
    // Of those that are alike in all this the first: it was there before the other was written.
    (0..alike.len()).rev().max_by_key(|at| rank(&alike[*at])).unwrap_or(0)
}

/// What is left of a journal.
struct Leftovers {
    /// The lines that claim each place, in the order of the file.
    candidates: BTreeMap<Seq, Vec<PlacedLine>>,
    /// How many stretches after the last sound line were lines once: each was an entry.
    hopeless: u64,
    left_out: u64,
    len: u64,
}

fn gather(path: &Path) -> io::Result<Leftovers> {
    let mut found = Leftovers { candidates: BTreeMap::new(), hopeless: 0, left_out: 0, len: 0 };
    let mut believed = MOST_LOST.max(std::fs::symlink_metadata(path).map_or(0, |meta| meta.len()) / LEAST_LINE);
    let (mut last, mut unreadable) = (0, 0);
    walk::visit_raw_lines(path, 0, &mut |raw| {
        found.len = raw.end();
        let whole = line::parse(raw.bytes).is_some();
        let sound = if whole { vec![raw.bytes] } else { salvage(raw.bytes) };
        if sound.is_empty() && raw.ended && !raw.bytes.trim_ascii().is_empty() {
            // What is in so many pieces was not so many entries.
            unreadable += raw.bytes.len() as u64;
            found.hopeless = (found.hopeless + 1).min(unreadable.div_ceil(LEAST_LINE)).min(believed);
        }
        for bytes in sound {
            // Both point into the same stretch.
            let within = (bytes.as_ptr() as usize - raw.bytes.as_ptr() as usize) as u64;
            let place = LineSource::Journal(raw.offset + within, whole && raw.ended);
            let Some((seq, line)) = line(bytes, place) else { continue };
            let gap = seq.saturating_sub(last + 1);
            if seq == 0 || gap > believed {
                found.left_out += 1;
                continue;
            }
            if seq > last {
                believed -= gap;
                (found.hopeless, unreadable) = (0, 0);
                last = seq;
            }
            found.candidates.entry(seq).or_default().push(line);
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// What stands for a lost record has no words that a salt would hide.
struct Wordless;

impl Salts for Wordless {
    fn salt(&mut self) -> io::Result<[u8; 16]> {
        Err(io::Error::other("a lost entry has no words"))
    }
}

/// Returns the line that stands where record `seq` was lost; `stood` is the hash that the line after it names.
fn gap(
    seq: Seq,
    stood: Option<Hash>,
    prev: Hash,
    (at, rec): (Moment, Moment),
    uid: u32,
) -> Result<Vec<u8>, EncodeError> {
    let name = Hash::of(&[b"lost", &seq.to_be_bytes(), &prev.0]).0;
    let mut id = [0; 16];
    id.copy_from_slice(&name[..16]);
    let record = Record {
        seq,
        id: EventId(ulid::Ulid(u128::from_be_bytes(id))),
        at,
        rec,
        by: Author::klock(uid),
        event: Event::EntryLost { hash: stood.map(|hash| hash.to_string()) },
    };
    Ok(encode(&record, 0, prev, &mut Wordless)?.bytes)
}
