//! Making a damaged journal whole again: what is left of it, what the index still has, and a named gap for the rest.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::codec::{self, EncodeError};
use super::hash::Hash;
use super::journal;
use super::salt::Salts;
use super::survey::{link, salvage};
use crate::domain::event::Event;
use crate::domain::id::{EventId, Seq};
use crate::domain::record::{Author, Record};
use crate::domain::time::Moment;

/// A journal as it should be.
#[derive(Debug, Default)]
pub(super) struct Mended {
    /// Its lines, each with a newline.
    pub bytes: Vec<u8>,
    /// How many entries the index gave back.
    pub filled: u64,
    /// Entries that nobody has any more.
    pub lost: Vec<Seq>,
}

/// Another copy of the lines.
pub(super) trait Witness {
    /// The line `seq`, if this copy has it.
    fn line(&self, seq: Seq) -> Option<Vec<u8>>;
    /// How far this copy goes.
    fn last(&self) -> Seq;
}

/// A sound line cannot name a place so far beyond the one before it: whatever wrote it, it was not this room.
const FARTHEST: Seq = 10_000_000;

/// Puts the journal at `path` together again. `now` is when a gap is recorded.
pub(super) fn mend(path: &Path, witness: &dyn Witness, now: Moment, uid: u32) -> io::Result<Mended> {
    let Remains { mut lines, hopeless } = gather(path)?;
    let left = lines.keys().next_back().copied().unwrap_or(0);
    let last = (left + hopeless).max(witness.last());
    let filled = fill(&mut lines, left, last, witness);
    // What the witness gave back accounts for as many of the hopeless stretches at the end.
    let known = lines.keys().next_back().copied().unwrap_or(0);
    let last = known.max(left + hopeless);
    let mut mended = Mended { filled, ..Mended::default() };
    let mut prev = Hash::NONE;
    let mut at = first_moment(&lines).unwrap_or(now);
    for seq in 1..=last {
        let bytes = match lines.remove(&seq) {
            Some(bytes) => bytes,
            None => {
                mended.lost.push(seq);
                let stood = lines.get(&(seq + 1)).and_then(|next| codec::read(next)).map(|next| next.prev);
                gap(seq, stood, prev, (at, now), uid).map_err(io::Error::other)?
            }
        };
        if let Some(line) = codec::read(&bytes) {
            prev = link(&line);
            at = line.at();
        }
        mended.bytes.extend_from_slice(&bytes);
        mended.bytes.push(b'\n');
    }
    Ok(mended)
}

/// What is left of a journal.
struct Remains {
    lines: BTreeMap<Seq, Vec<u8>>,
    /// How many stretches after the last sound line were lines once: each was an entry.
    hopeless: u64,
}

fn gather(path: &Path) -> io::Result<Remains> {
    let mut lines: BTreeMap<Seq, Vec<u8>> = BTreeMap::new();
    let mut hopeless = 0;
    journal::walk(path, 0, &mut |stretch| {
        let whole = codec::read(stretch.bytes).is_some();
        let sound = if whole { vec![stretch.bytes] } else { salvage(stretch.bytes) };
        if sound.is_empty() {
            hopeless += u64::from(stretch.ended);
        }
        for bytes in sound {
            let Some(line) = codec::read(bytes) else { continue };
            let last = lines.last_key_value().map_or(0, |(seq, _)| *seq);
            if line.seq() == 0 || line.seq() > last + FARTHEST {
                continue;
            }
            if line.seq() > last {
                hopeless = 0;
            }
            lines.entry(line.seq()).or_insert_with(|| bytes.to_vec());
        }
        ControlFlow::Continue(())
    })?;
    Ok(Remains { lines, hopeless })
}

/// Takes from the witness what is missing up to `last` and has the right hash: the one that the line after it names, or
/// it names the one before it.
fn fill(lines: &mut BTreeMap<Seq, Vec<u8>>, left: Seq, last: Seq, witness: &dyn Witness) -> u64 {
    let mut filled = 0;
    for seq in (1..=left).rev() {
        let wanted = lines.get(&(seq + 1)).and_then(|next| codec::read(next)).map(|next| next.prev);
        let have = lines.get(&seq).and_then(|bytes| codec::read(bytes)).map(|line| (line.hash, link(&line)));
        let fits = match (have, wanted) {
            (Some(_), None) => true,
            (Some((hash, link)), Some(wanted)) => hash == wanted || link == wanted,
            (None, _) => false,
        };
        if fits {
            continue;
        }
        let before = lines.get(&(seq.wrapping_sub(1))).and_then(|bytes| codec::read(bytes)).map(|line| line.hash);
        let Some(bytes) = witness.line(seq) else { continue };
        let Some(line) = codec::read(&bytes).filter(|line| line.seq() == seq) else { continue };
        if wanted == Some(line.hash) || (wanted.is_none() && before == Some(line.prev)) {
            lines.insert(seq, bytes);
            filled += 1;
        }
    }
    for seq in left + 1..=last {
        let before = match lines.get(&(seq - 1)).and_then(|bytes| codec::read(bytes)) {
            Some(line) => link(&line),
            None if seq == 1 => Hash::NONE,
            None => break,
        };
        let Some(bytes) = witness.line(seq) else { break };
        let Some(line) = codec::read(&bytes) else { break };
        if line.seq() != seq || line.prev != before {
            break;
        }
        lines.insert(seq, bytes);
        filled += 1;
    }
    filled
}

/// What stands for a lost record has no words that a salt would hide.
struct Wordless;

impl Salts for Wordless {
    fn salt(&mut self) -> io::Result<[u8; 16]> {
        Err(io::Error::other("a lost entry has no words"))
    }
}

/// The line that stands where record `seq` was lost; `stood` is the hash that the line after it names.
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
    Ok(codec::encode(&record, 0, prev, &mut Wordless)?.bytes)
}

fn first_moment(lines: &BTreeMap<Seq, Vec<u8>>) -> Option<Moment> {
    lines.values().next().and_then(|bytes| codec::read(bytes)).map(|line| line.at())
}
