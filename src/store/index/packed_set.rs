//! A sorted set for each room, of elements of one size and many to a key: each key costs sled memory for as
//! long as it is open, thirty bytes and more even when nobody reads it.
//!
//! A key is the room and the least element that may stand in its block; the first block of a room begins at nothing.

use std::iter;
use std::ops::Bound::{Excluded, Included};

use sled::{Batch, IVec, Tree};

use super::fault::{IndexFault, doubt};
use super::layout::{VERSION, remove_under};

/// How many elements a block has at most: it is written whole when one is added, and has to stay under 4 KB.
const MOST: usize = 128;

/// See the module.
pub(super) struct PackedSet<const SIZE: usize>(Tree);

impl<const SIZE: usize> PackedSet<SIZE> {
    pub fn new(tree: Tree) -> Self {
        PackedSet(tree)
    }

    /// Adds elements, in any order; those that are there already are passed over.
    pub fn put(&self, room: &[u8], mut elements: Vec<[u8; SIZE]>) -> Result<(), IndexFault> {
        elements.sort_unstable();
        elements.dedup();
        let mut batch = Batch::default();
        let mut rest = elements.as_slice();
        while let Some(first) = rest.first() {
            let (start, block) = match self.block_of(room, first)? {
                Some((start, block)) => (start, decoded(&block)?),
                None => (key(room, &[0; SIZE]), Vec::new()),
            };
            let next = self
                .0
                .range::<Vec<u8>, _>((Excluded(start.clone()), Excluded(past(room))))
                .keys()
                .next()
                .transpose()?;
            let upto = next.as_ref().and_then(|next| next.get(room.len()..));
            let (here, later) = rest.split_at(rest.partition_point(|new| upto.is_none_or(|upto| &new[..] < upto)));
            let all = merged(&block, here);
            // The last block is grown at its end, and leaves full ones behind; one in the middle is parted evenly.
            let share = if upto.is_none() { MOST } else { all.len().div_ceil(all.len().div_ceil(MOST)) };
            for (nth, part) in all.chunks(share).enumerate() {
                batch.insert(if nth == 0 { start.clone() } else { key(room, &part[0]) }, encoded(part));
            }
            rest = later;
        }
        self.0.apply_batch(batch)?;
        Ok(())
    }

    /// Forgets all of a room.
    pub fn forget(&self, room: &[u8]) -> Result<(), IndexFault> {
        remove_under(&self.0, room)
    }

    /// Returns whether the element is there.
    pub fn has(&self, room: &[u8], element: &[u8; SIZE]) -> Result<bool, IndexFault> {
        let Some((_, block)) = self.block_of(room, element)? else { return Ok(false) };
        Ok(decoded::<SIZE>(&block)?.binary_search(element).is_ok())
    }

    /// Returns the elements strictly between two, in their order or backwards. What is added meanwhile may be among them.
    pub fn between(
        &self,
        room: &[u8],
        after: Option<[u8; SIZE]>,
        before: Option<[u8; SIZE]>,
        is_backwards: bool,
    ) -> Result<impl Iterator<Item = Result<[u8; SIZE], IndexFault>> + use<SIZE>, IndexFault> {
        let start = match &after {
            Some(after) => self.block_of(room, after)?.map(|(start, _)| start),
            None => None,
        };
        let end = before.map_or_else(|| past(room), |before| key(room, &before));
        let start = start.unwrap_or_else(|| key(room, &[0; SIZE])).min(end.clone());
        let mut blocks = self.0.range((Included(start), Excluded(end)));
        let (mut low, mut high) = (after, before);
        let mut waiting: Vec<[u8; SIZE]> = Vec::new();
        Ok(iter::from_fn(move || {
            loop {
                if let Some(element) = waiting.pop() {
                    // A block that is parted while it is read shows elements a second time.
                    if low.is_some_and(|low| element <= low) || high.is_some_and(|high| element >= high) {
                        continue;
                    }
                    *(if is_backwards { &mut high } else { &mut low }) = Some(element);
                    return Some(Ok(element));
                }
                let found = if is_backwards { blocks.next_back() } else { blocks.next() }?;
                match found.map_err(IndexFault::from).and_then(|(_, block)| decoded(&block)) {
                    Ok(block) => waiting = block,
                    Err(fault) => return Some(Err(fault)),
                }
                if !is_backwards {
                    waiting.reverse();
                }
            }
        }))
    }

    /// Returns the block in which `element` stands, if it stands anywhere, with its key.
    fn block_of(&self, room: &[u8], element: &[u8; SIZE]) -> Result<Option<(Vec<u8>, IVec)>, IndexFault> {
        let upto = key(room, element);
        let found = self.0.range(room.to_vec()..=upto).next_back().transpose()?;
        Ok(found.map(|(start, block)| (start.to_vec(), block)))
    }
}

fn key(room: &[u8], element: &[u8]) -> Vec<u8> {
    [room, element].concat()
}

/// Returns a key after all those of a room.
fn past(room: &[u8]) -> Vec<u8> {
    [room, &[u8::MAX; 32]].concat()
}

fn encoded<const SIZE: usize>(elements: &[[u8; SIZE]]) -> Vec<u8> {
    let mut block = Vec::with_capacity(1 + elements.len() * SIZE);
    block.push(VERSION);
    block.extend_from_slice(elements.as_flattened());
    block
}

fn decoded<const SIZE: usize>(block: &[u8]) -> Result<Vec<[u8; SIZE]>, IndexFault> {
    let Some((&VERSION, bytes)) = block.split_first() else { return doubt("a block of an unknown version") };
    let (elements, rest) = bytes.as_chunks();
    if !rest.is_empty() || !elements.is_sorted() {
        return doubt("a block is unreadable");
    }
    Ok(elements.to_vec())
}

/// Two sorted stretches as one.
fn merged<const SIZE: usize>(one: &[[u8; SIZE]], other: &[[u8; SIZE]]) -> Vec<[u8; SIZE]> {
    let mut all = [one, other].concat();
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_pack_holds_what_a_set_would_in_whatever_order_it_came() {
        let db = sled::Config::new().temporary(true).flush_every_ms(None).open().expect("a database");
        let pack: PackedSet<8> = PackedSet::new(db.open_tree("pack").expect("a tree"));
        let mut set = BTreeSet::new();
        let mut number = 11_u64;
        for round in 0..60 {
            // By turns at the end, as a journal grows, and anywhere.
            let some = |nth: u64| {
                if round % 2 == 0 { 1_000 + round * 100 + nth } else { number.rotate_left(nth as u32) % 9_000 }
            };
            let elements: Vec<[u8; 8]> = (0..50).map(|nth| some(nth).to_be_bytes()).collect();
            pack.put(b"a", elements.clone()).expect("put");
            pack.put(b"b", vec![number.to_be_bytes()]).expect("put");
            set.extend(elements);
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        }
        let between = |after: Option<u64>, before: Option<u64>, is_backwards| {
            let found = pack.between(b"a", after.map(u64::to_be_bytes), before.map(u64::to_be_bytes), is_backwards);
            found.expect("sought").collect::<Result<Vec<[u8; 8]>, IndexFault>>().expect("found")
        };
        let all: Vec<[u8; 8]> = set.iter().copied().collect();
        assert!(all.len() > 3 * MOST, "enough for blocks to be parted");
        assert_eq!(between(None, None, false), all);
        assert_eq!(between(None, None, true), all.iter().rev().copied().collect::<Vec<_>>());
        for (after, before) in [(0, 9_999), (1_500, 3_000), (4_321, 4_322), (8_000, 7_000)] {
            let inside = |element: &&[u8; 8]| (after + 1..before).contains(&u64::from_be_bytes(**element));
            let wanted: Vec<[u8; 8]> = all.iter().filter(inside).copied().collect();
            assert_eq!(between(Some(after), Some(before), false), wanted, "{after} to {before}");
        }
        for number in 0..9_999_u64 {
            let element = number.to_be_bytes();
            assert_eq!(pack.has(b"a", &element).expect("sought"), set.contains(&element), "{number}");
        }
    }
}
