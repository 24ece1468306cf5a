//! What is known of each room in use: how far its journal goes, and what its index lacks.

use std::collections::{BTreeSet, HashMap};

use super::error::StoreError;
use super::journal::line::StoredLine;
use super::journal::spans::Spans;
use super::journal::walk::JournalEnd;
use crate::domain::id::RoomId;

/// What is known of a room in use.
pub(super) struct RoomState {
    pub end: JournalEnd,
    /// Entries that were lost to damage.
    pub lost: Spans,
    /// Whether the index goes as far as the journal, but for what is `behind`.
    pub indexed: bool,
    /// Saved lines that the index still lacks.
    pub behind: Vec<StoredLine>,
    /// Records since the snapshot was kept in the index.
    pub unkept: u64,
    /// How many it takes before a snapshot of that size is worth keeping again.
    pub keep_after: u64,
    /// Why the journal could not be repaired yet. Until it is, nothing is appended to it.
    pub unsettled: Option<StoreError>,
}

impl RoomState {
    /// Returns the state of a room whose journal goes as far as `end`.
    pub fn at(end: JournalEnd) -> Self {
        let (lost, behind) = (Spans::default(), Vec::new());
        RoomState { end, lost, indexed: false, behind, unkept: 0, keep_after: 0, unsettled: None }
    }

    /// Returns whether the index could be brought up to the journal.
    pub fn lags(&self) -> bool {
        !self.indexed && self.unsettled.is_none()
    }
}

/// The rooms in use. A room is here once its journal was checked.
#[derive(Default)]
pub(super) struct RoomStates {
    states: HashMap<RoomId, RoomState>,
    /// The rooms in whose journals damage was seen: they are read whole at their next use, however long they are.
    suspects: BTreeSet<RoomId>,
    /// The index that the states are about.
    generation: u64,
}

impl RoomStates {
    /// Returns whether the journal of `room` was checked.
    pub fn contains(&self, room: &RoomId) -> bool {
        self.states.contains_key(room)
    }

    pub fn get(&self, room: &RoomId) -> Option<&RoomState> {
        self.states.get(room)
    }

    pub fn get_mut(&mut self, room: &RoomId) -> Option<&mut RoomState> {
        self.states.get_mut(room)
    }

    pub fn insert(&mut self, room: &RoomId, state: RoomState) {
        self.states.insert(room.clone(), state);
    }

    pub fn remove(&mut self, room: &RoomId) -> Option<RoomState> {
        self.states.remove(room)
    }

    /// Notes that `lines` were appended to `room`, whose journal goes as far as `end` now. A room that is not here is made by them; it
    /// is in the index from its first line on, when there is one.
    pub fn add_lines(&mut self, room: &RoomId, lines: Vec<StoredLine>, end: JournalEnd, has_index: bool) {
        let made = || RoomState { indexed: has_index, ..RoomState::at(end) };
        let state = self.states.entry(room.clone()).or_insert_with(made);
        state.end = end;
        state.unkept += lines.len() as u64;
        if state.indexed {
            state.behind.extend(lines);
        }
    }

    /// Returns the rooms of which the index lacks lines.
    pub fn behind(&self) -> Vec<RoomId> {
        self.states.iter().filter(|(_, state)| !state.behind.is_empty()).map(|(room, _)| room.clone()).collect()
    }

    /// Returns how many saved lines the index lacks.
    pub fn backlog(&self) -> usize {
        self.states.values().map(|state| state.behind.len()).sum()
    }

    /// Has the journal of `room` read whole when the room is next used.
    pub fn suspect(&mut self, room: &RoomId) {
        self.states.remove(room);
        self.suspects.insert(room.clone());
    }

    /// Returns whether damage was seen in the journal of `room`.
    pub fn is_suspect(&self, room: &RoomId) -> bool {
        self.suspects.contains(room)
    }

    /// Notes that the journal of `room` is right.
    pub fn clear_suspicion(&mut self, room: &RoomId) {
        self.suspects.remove(room);
    }

    /// Forgets what was in the index, when it is another one by now.
    pub fn follow_index(&mut self, generation: u64) {
        if self.generation == generation {
            return;
        }
        self.generation = generation;
        for state in self.states.values_mut() {
            state.indexed = false;
            state.behind.clear();
            // The snapshot that was kept goes with it.
            state.unkept = state.end.seq;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::journal::hash::Hash;
    use crate::store::tests::{note, room};

    fn line(seq: u64) -> StoredLine {
        let record = note(seq, "");
        StoredLine { seq, id: record.id, at: record.at, bytes: Vec::new() }
    }

    fn end(seq: u64) -> JournalEnd {
        JournalEnd { len: 300 * seq, seq, head: Hash::NONE }
    }

    #[test]
    fn lines_wait_for_the_index_only_where_it_goes_as_far_as_the_journal() {
        let mut states = RoomStates::default();
        states.add_lines(&room(), vec![line(1), line(2)], end(2), true);
        assert_eq!((states.backlog(), states.behind()), (2, vec![room()]));
        let other = RoomId::of_year(2026, 15);
        states.insert(&other, RoomState::at(end(7)));
        states.add_lines(&other, vec![line(8)], end(8), true);
        assert_eq!(states.backlog(), 2, "the index lacks more of that room than its last line");
        assert!(states.get(&other).expect("there").lags());
        assert_eq!(states.get(&other).expect("there").unkept, 1);
    }

    #[test]
    fn another_index_has_nothing_of_any_room() {
        let mut states = RoomStates::default();
        states.add_lines(&room(), vec![line(1), line(2)], end(2), true);
        states.follow_index(0);
        assert_eq!(states.backlog(), 2);
        states.follow_index(1);
        let state = states.get(&room()).expect("there");
        assert_eq!((state.indexed, state.behind.len(), state.unkept), (false, 0, 2));
    }

    #[test]
    fn a_suspect_is_checked_again_until_it_is_found_right() {
        let mut states = RoomStates::default();
        states.insert(&room(), RoomState::at(end(2)));
        states.suspect(&room());
        assert!(!states.contains(&room()) && states.is_suspect(&room()));
        states.insert(&room(), RoomState::at(end(2)));
        assert!(states.is_suspect(&room()), "being there is not being right");
        states.clear_suspicion(&room());
        assert!(!states.is_suspect(&room()));
    }
}
