//! The journals' lines in the index, a few of a room to a key: a segment of the journal as it is.

use sled::Batch;

use super::layout::{StoredValue, VERSION, block_key, joined, number, pieces, prefix};
use super::{Index, IndexFault, doubt};
use crate::domain::id::{RoomId, Seq};
use crate::store::journal::line::StoredLine;
use crate::store::journal::scan::CancelFlag;

/// How many lines are kept together.
const TOGETHER: u64 = 4;

fn block_of(seq: Seq) -> u64 {
    seq.saturating_sub(1) / TOGETHER
}

fn first_of(block: u64) -> Seq {
    block.saturating_mul(TOGETHER).saturating_add(1)
}

/// The lines of a room one after the other, each block fetched once.
pub(in crate::store) struct LineReader<'a> {
    index: &'a Index,
    room: &'a RoomId,
    block: Option<(u64, Vec<u8>)>,
}

impl LineReader<'_> {
    /// Returns the line `seq`, if it is there.
    pub fn line(&mut self, seq: Seq) -> Result<Option<&[u8]>, IndexFault> {
        let wanted = block_of(seq);
        if self.block.as_ref().is_some_and(|(block, _)| *block == wanted) {
            // sled lets go of a page when others were asked for often enough, and of nothing when each is asked for once: who
            // reads a long room through would fill the memory with it.
            self.index.lines.contains_key(block_key(self.room, wanted, 0))?;
        } else {
            self.block = self.index.block(self.room, wanted)?.map(|lines| (wanted, lines));
        }
        let Some(nth) = seq.checked_sub(first_of(wanted)) else { return Ok(None) };
        Ok(self.block.as_ref().and_then(|(_, lines)| split(lines).nth(nth as usize)))
    }
}

impl Index {
    /// Returns the room's lines, to be read in order.
    pub fn reading<'a>(&'a self, room: &'a RoomId) -> LineReader<'a> {
        LineReader { index: self, room, block: None }
    }

    /// Returns the line `seq`, if it is there.
    pub fn line(&self, room: &RoomId, seq: Seq) -> Result<Option<Vec<u8>>, IndexFault> {
        Ok(self.reading(room).line(seq)?.map(<[u8]>::to_vec))
    }

    /// Returns the lines from `from` on, at most `limit`, none missing between them.
    pub fn lines(&self, room: &RoomId, from: Seq, limit: usize) -> Result<Vec<Vec<u8>>, IndexFault> {
        let from = from.max(1);
        let upto = from.saturating_add(limit as u64);
        let mut lines: Vec<Vec<u8>> = Vec::new();
        let mut wanted = from;
        for found in self.blocks(room, block_of(from), block_of(upto)) {
            let (block, segment) = found?;
            // Only the last block of all has room for more.
            if block != block_of(wanted) || (wanted > from && wanted != first_of(block)) {
                return doubt(format!("{room}: entry {wanted} is missing"));
            }
            let here = split(&segment).zip(first_of(block)..).filter(|(_, seq)| (from..upto).contains(seq));
            lines.extend(here.map(|(line, _)| line.to_vec()));
            wanted = from + lines.len() as u64;
        }
        Ok(lines)
    }

    /// Returns the last line there is of a room, sought from the end.
    pub fn last_seq(&self, room: &RoomId) -> Result<Option<Seq>, IndexFault> {
        if !self.keys.has(room) {
            return Ok(None);
        }
        let room_key = prefix(room);
        let Some((key, _)) = self.lines.scan_prefix(&room_key).next_back().transpose()? else { return Ok(None) };
        let Some(block) = key.strip_prefix(room_key.as_slice()).and_then(|rest| number(rest.get(..8)?)) else {
            return doubt("a line's key is unreadable");
        };
        let Some(segment) = self.block(room, block)? else { return doubt("lines without a beginning") };
        Ok(Some(first_of(block) + split(&segment).count() as u64 - 1))
    }

    /// Returns how many lines there are before `upto`, and whether they end where a search from the end finds them to.
    pub(super) fn count_lines(&self, room: &RoomId, upto: Seq, cancel: &CancelFlag) -> Result<(u64, bool), IndexFault> {
        let (mut count, mut last) = (0, None);
        for found in self.blocks(room, 0, block_of(upto.saturating_sub(1))) {
            let (block, segment) = found?;
            if let Err(why) = cancel.check() {
                return doubt(why.to_string());
            }
            // What its iterators show has to be found as well: asked for once a line, for the reason given above.
            for _ in split(&segment) {
                if !self.lines.contains_key(block_key(room, block, 0))? {
                    return doubt(format!("{room}: its iterators show what is not there"));
                }
            }
            count += (split(&segment).count() as u64).min(upto - first_of(block));
            last = Some(block);
        }
        let range = self.lines.range(block_key(room, 0, 0)..=block_key(room, block_of(upto - 1), u16::MAX));
        let end = range.keys().next_back().transpose()?;
        let ends_alike = match (&end, last) {
            (Some(key), Some(block)) => key.starts_with(&block_key(room, block, 0)[..key.len() - 2]),
            (end, last) => end.is_none() && last.is_none(),
        };
        Ok((count, ends_alike))
    }

    /// Takes in lines that follow one another.
    pub(super) fn put_lines(&self, room: &RoomId, lines: &[StoredLine]) -> Result<(), IndexFault> {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Ok(()) };
        let blocks = block_of(first.seq)..=block_of(last.seq);
        let mut batch = Batch::default();
        for stale in self.lines.range(block_key(room, *blocks.start(), 0)..=block_key(room, *blocks.end(), u16::MAX)) {
            batch.remove(stale?.0);
        }
        let before = first.seq - first_of(*blocks.start());
        let mut segment = vec![VERSION];
        if before > 0 {
            let there = self.block(room, *blocks.start())?.unwrap_or_default();
            let kept: Vec<&[u8]> = split(&there).take(before as usize).collect();
            if (kept.len() as u64) < before {
                return doubt(format!("{room}: entry {} is missing", first.seq - 1));
            }
            kept.iter().for_each(|line| add(&mut segment, line));
        }
        for line in lines {
            add(&mut segment, &line.bytes);
            if line.seq % TOGETHER == 0 || line.seq == last.seq {
                for (nth, piece) in pieces(&self.keys.seal(room, &segment)?) {
                    batch.insert(block_key(room, block_of(line.seq), nth), piece);
                }
                segment.truncate(1);
            }
        }
        self.lines.apply_batch(batch)?;
        Ok(())
    }

    /// Returns a block without its version, if it is there.
    fn block(&self, room: &RoomId, block: u64) -> Result<Option<Vec<u8>>, IndexFault> {
        let Some(first) = self.lines.get(block_key(room, block, 0))? else { return Ok(None) };
        let rest = self.lines.range(block_key(room, block, 1)..=block_key(room, block, u16::MAX));
        self.segment(room, joined(&first, rest)?).map(Some)
    }

    fn segment(&self, room: &RoomId, value: StoredValue) -> Result<Vec<u8>, IndexFault> {
        checked(self.unseal(room, value))
    }

    /// Returns the blocks of a room from one to another.
    fn blocks<'a>(
        &'a self,
        room: &'a RoomId,
        from: u64,
        to: u64,
    ) -> impl Iterator<Item = Result<(u64, Vec<u8>), IndexFault>> + 'a {
        let mut found = self.lines.range(block_key(room, from, 0)..=block_key(room, to, u16::MAX)).peekable();
        let prefix = prefix(room).len();
        let key = move |key: &[u8]| number(key.get(prefix..prefix + 8)?).zip(key.get(prefix + 8..).map(<[u8]>::to_vec));
        std::iter::from_fn(move || {
            let mut next = || {
                let Some((first, value)) = found.next().transpose()? else { return Ok(None) };
                let Some((block, piece)) = key(&first) else { return doubt("a line's key is unreadable") };
                if piece != [0, 0] {
                    return doubt(format!("{room}: lines without a beginning"));
                }
                let mut rest = Vec::new();
                while let Some(piece) = found.next_if(|next| match next {
                    Ok((next, _)) => key(next).is_some_and(|(other, _)| other == block),
                    Err(_) => true,
                }) {
                    // An index that fails may say so for ever.
                    rest.push(Ok(piece?));
                }
                Ok(Some((block, self.segment(room, joined(&value, rest.into_iter())?)?)))
            };
            next().transpose()
        })
    }
}

fn add(segment: &mut Vec<u8>, line: &[u8]) {
    segment.extend_from_slice(line);
    segment.push(b'\n');
}

fn checked(segment: Option<Vec<u8>>) -> Result<Vec<u8>, IndexFault> {
    let Some(mut segment) = segment else { return doubt("lines under a key that is gone") };
    if segment.first() != Some(&VERSION) || segment.last() != Some(&b'\n') {
        return doubt("lines of an unknown version");
    }
    segment.remove(0);
    Ok(segment)
}

fn split(segment: &[u8]) -> impl Iterator<Item = &[u8]> {
    segment.split_inclusive(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\n").unwrap_or(line))
}
