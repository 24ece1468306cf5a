//! Checking a room from end to end, for a person who asks.

use std::collections::{BTreeMap, BTreeSet};

use super::Store;
use super::error::StoreError;
use super::hash::Hash;
use super::index::doubt;
use super::remark::spans;
use super::survey::{Flaw, Start, survey};
use crate::domain::event::Event;
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;

/// What checking a room from end to end found.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    pub records: u64,
    /// The hash of the last record, in hexadecimal.
    pub head: String,
    /// What is wrong; empty: nothing.
    pub faults: Vec<Phrase>,
}

impl Store {
    /// Reads the room's journal from end to end, each line against its hash and the chain, and compares the index with it
    /// line by line. A fault found here is put right when the room is next used.
    ///
    /// # Errors
    /// As [`Store::room`].
    pub fn verify(&mut self, room: &RoomId) -> Result<Verification, StoreError> {
        let expected = self.chamber(room)?.end;
        self.catch_up_with(room);
        let path = self.journal_path(room);
        let mut faults = Vec::new();
        let mut hashes: Vec<Hash> = Vec::new();
        let mut redacted = BTreeSet::new();
        let mut targets = BTreeSet::new();
        let mut amendments = BTreeMap::new();
        let found = survey(&path, Start::WHOLE, &mut |line, bytes| {
            hashes.push(Hash::of(&[bytes]));
            if line.is_redacted() {
                redacted.insert(line.seq());
            }
            match line.tag() {
                "EntryRedacted" | "EntryAmended" => match line.event() {
                    Event::EntryRedacted { target, .. } => drop(targets.insert(target)),
                    Event::EntryAmended { target, .. } => drop(amendments.insert(line.seq(), target)),
                    _ => {}
                },
                _ => {}
            }
        })
        .map_err(|e| StoreError::io("reading the journal", &path, e))?;
        for flaw in &found.faults {
            faults.push(match flaw {
                Flaw::Damaged { after } => Phrase::new("verify-damaged").with("seq", *after),
                Flaw::Unlinked { seq } => Phrase::new("verify-unlinked").with("seq", *seq),
            });
        }
        if found.torn > 0 {
            faults.push(Phrase::new("verify-torn").with("bytes", found.torn));
        }
        if found.end.seq < expected.seq {
            let missing: Vec<Seq> = (found.end.seq + 1..=expected.seq).collect();
            faults.push(Phrase::new("verify-tail-lost").with("entries", spans(&missing)));
        }
        if !found.lost.is_empty() {
            faults.push(Phrase::new("verify-lost").with("entries", spans(&found.lost)));
        }
        let unexplained: Vec<Seq> = redacted
            .into_iter()
            .filter(|seq| !targets.contains(seq) && !amendments.get(seq).is_some_and(|target| targets.contains(target)))
            .collect();
        if !unexplained.is_empty() {
            faults.push(Phrase::new("verify-words-gone").with("entries", spans(&unexplained)));
        }
        let is_whole = found.faults.is_empty() && found.torn == 0 && found.end == expected;
        if is_whole {
            self.verify_index(room, &hashes, &mut faults)?;
        } else {
            self.chambers.remove(room);
        }
        Ok(Verification { records: hashes.len() as u64, head: found.end.head.to_string(), faults })
    }

    fn verify_index(&mut self, room: &RoomId, lines: &[Hash], faults: &mut Vec<Phrase>) -> Result<(), StoreError> {
        if !self.chamber(room)?.indexed {
            return Ok(());
        }
        let agrees = self.query(|index| {
            for (hash, seq) in lines.iter().zip(1..) {
                if Some(*hash) != index.line(room, seq)?.map(|bytes| Hash::of(&[&bytes])) {
                    return doubt(format!("{room}: entry {seq} is not the journal's"));
                }
            }
            index.count(room, lines.len() as u64)
        });
        if agrees.is_none() {
            faults.push(Phrase::new("verify-index"));
        }
        Ok(())
    }
}
