//! How many clients may wait, introduce themselves and be connected, and which of them gives way when there are too many.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use rustix::process::{Resource, getrlimit};
use tokio::sync::Notify;

use crate::host::clients::ClientId;
use crate::host::listen::refusal::RefusalReason;
use crate::store;

/// How many may be connected without having introduced themselves (a guess), where the system lets the process open enough
/// files. The one that has been there longest gives way to the next.
pub const MOST_AT_THE_DOOR: usize = 128;

/// How many may wait because their process came too often (a guess); others that do are refused.
const MOST_OUTSIDE: usize = 64;

/// How many may be connected (a guess): twenty times a large room.
const MOST_INSIDE: usize = 1000;

/// How many of them may be of one user who is not the owner (a guess).
const MOST_OF_A_GUEST: usize = 100;

/// How many descriptors a host needs besides its journals and its clients: some twenty at rest (measured), and a few for what it
/// opens now and then.
const OWN_FILES: usize = 28;

/// For how many clients there is room at least (a guess).
const FEWEST: usize = 8;

/// The limits of one host: no more clients than leave it the descriptors that it needs for the journals.
#[derive(Debug, Clone, Copy)]
struct ClientLimits {
    outside: usize,
    at_the_door: usize,
    inside: usize,
}

impl ClientLimits {
    /// Returns the limits of a process that may have so many files open, `journals` of them journals.
    fn of(files: usize, journals: usize) -> Self {
        let all = files.saturating_sub(OWN_FILES + journals).max(FEWEST);
        let outside = (all / 8).clamp(1, MOST_OUTSIDE);
        let at_the_door = (all / 4).clamp(2, MOST_AT_THE_DOOR);
        ClientLimits { outside, at_the_door, inside: (all - outside - at_the_door).min(MOST_INSIDE) }
    }
}

/// See the module.
#[derive(Debug)]
pub struct Limits {
    most: ClientLimits,
    outside: usize,
    at_the_door: VecDeque<(ClientId, Arc<Notify>)>,
    inside: BTreeMap<u32, usize>,
}

impl Default for Limits {
    fn default() -> Self {
        let files = getrlimit(Resource::Nofile).current.and_then(|limit| usize::try_from(limit).ok());
        Limits::within(ClientLimits::of(files.unwrap_or(usize::MAX), store::open_files()))
    }
}

impl Limits {
    fn within(most: ClientLimits) -> Self {
        Limits { most, outside: 0, at_the_door: VecDeque::new(), inside: BTreeMap::new() }
    }

    /// Counts a client that has to wait before its introduction is read.
    ///
    /// # Errors
    /// [`RefusalReason::TooOften`].
    pub fn wait_outside(&mut self) -> Result<(), RefusalReason> {
        if self.outside >= self.most.outside {
            return Err(RefusalReason::TooOften);
        }
        self.outside += 1;
        Ok(())
    }

    /// Counts off a client that waited.
    pub fn leave_outside(&mut self) {
        self.outside = self.outside.saturating_sub(1);
    }

    /// Counts a client that may introduce itself. Returns what is notified when it has to give way.
    pub fn arrive(&mut self, client: ClientId) -> Arc<Notify> {
        if self.at_the_door.len() >= self.most.at_the_door
            && let Some((_, gives_way)) = self.at_the_door.pop_front()
        {
            gives_way.notify_one();
        }
        let gives_way = Arc::new(Notify::new());
        self.at_the_door.push_back((client, Arc::clone(&gives_way)));
        gives_way
    }

    /// Counts off a client that has introduced itself, or left.
    pub fn leave_door(&mut self, client: ClientId) {
        self.at_the_door.retain(|(known, _)| *known != client);
    }

    /// Counts a client of user `uid` that was admitted.
    ///
    /// # Errors
    /// [`RefusalReason::Full`].
    pub fn enter(&mut self, uid: u32, is_owner: bool) -> Result<(), RefusalReason> {
        let all: usize = self.inside.values().sum();
        let own = self.inside.entry(uid).or_default();
        if all >= self.most.inside || (!is_owner && *own >= MOST_OF_A_GUEST) {
            return Err(RefusalReason::Full);
        }
        *own += 1;
        Ok(())
    }

    /// Counts off a client of user `uid` that left.
    pub fn leave(&mut self, uid: u32) {
        if let Some(own) = self.inside.get_mut(&uid) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                self.inside.remove(&uid);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[test]
    fn who_does_not_say_a_word_gives_way_to_who_comes() {
        let mut limits = Limits::within(ClientLimits::of(usize::MAX, 0));
        let mut told: Vec<Arc<Notify>> = (0..).take(MOST_AT_THE_DOOR).map(|client| limits.arrive(client)).collect();
        limits.leave_door(1);
        told.push(limits.arrive(1000));
        told.push(limits.arrive(1001));
        let gave_way: Vec<bool> = told.iter().map(|told| told.notified().now_or_never().is_some()).collect();
        assert_eq!(gave_way.iter().position(|gave_way| *gave_way), Some(0), "the first that came");
        assert_eq!(gave_way.iter().filter(|gave_way| **gave_way).count(), 1, "room was left by the second");
    }

    /// D21.
    #[test]
    fn clients_leave_the_descriptors_that_the_journals_need() {
        for files in [0, 48, 64, 256, 1024, 1 << 20] {
            let journals = (files / 8).clamp(4, 128);
            let ClientLimits { outside, at_the_door, inside } = ClientLimits::of(files, journals);
            let all = outside + at_the_door + inside;
            assert!(all + OWN_FILES + journals <= files.max(OWN_FILES + journals + FEWEST), "{files}");
            assert!(outside > 0 && at_the_door > 1 && inside > 4, "{files}");
        }
        let ClientLimits { outside, at_the_door, inside } = ClientLimits::of(4096, 128);
        assert_eq!((outside, at_the_door, inside), (MOST_OUTSIDE, MOST_AT_THE_DOOR, MOST_INSIDE));
    }

    #[test]
    fn a_guest_cannot_take_all_the_room() {
        let (owner, guest) = (1000, 1001);
        let mut limits = Limits::within(ClientLimits::of(usize::MAX, 0));
        let mut come = |uid, times| (0..times).filter(|_| limits.enter(uid, uid == owner).is_ok()).count();
        assert_eq!(come(guest, 2 * MOST_OF_A_GUEST), MOST_OF_A_GUEST);
        assert_eq!(come(owner, 2 * MOST_INSIDE), MOST_INSIDE - MOST_OF_A_GUEST);
        limits.leave(guest);
        assert!(limits.enter(owner, true).is_ok());
    }
}
