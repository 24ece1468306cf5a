//! How many are at the door and how many are inside, who gives way when there are too many, and who is not heard yet.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use rustix::process::{Resource, getrlimit};
use tokio::sync::Notify;

use crate::host::clients::ClientId;
use crate::host::listen::refusal::RefusalReason;
use crate::store;

/// How many may be connected without having introduced themselves, where the system lets the process open enough files. Who has been there longest gives way to who comes.
pub const MOST_AT_THE_DOOR: usize = 128;

/// How many may wait outside because they came too often; who comes so beyond them is turned away.
const MOST_OUTSIDE: usize = 64;

/// How many may be inside.
const MOST_INSIDE: usize = 1000;

/// How many of them may be of one user who is not the owner.
const MOST_OF_A_GUEST: usize = 100;

/// How many descriptors a host needs besides its journals and its clients: some twenty at rest (measured), and a few for what it
/// opens now and then.
const OWN_FILES: usize = 28;

/// How many clients there are room for at least.
const FEWEST: usize = 8;

/// How many may be where: no more than leave the host the descriptors that it needs for the journals.
#[derive(Debug, Clone, Copy)]
struct ClientLimits {
    outside: usize,
    at_the_door: usize,
    inside: usize,
}

impl ClientLimits {
    /// For a process that may have so many files open, `journals` of them journals.
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

    /// Somebody has to wait until they may come to the door.
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

    /// Somebody who waited comes to the door.
    pub fn leave_outside(&mut self) {
        self.outside = self.outside.saturating_sub(1);
    }

    /// Somebody came to the door; the returned is told when they are to give way.
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

    /// Somebody is not at the door any more.
    pub fn leave_door(&mut self, client: ClientId) {
        self.at_the_door.retain(|(known, _)| *known != client);
    }

    /// User `uid` comes in with one more client.
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

    /// One client of user `uid` left.
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
