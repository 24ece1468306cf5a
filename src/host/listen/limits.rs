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
pub const MOST_IN_HANDSHAKE: usize = 128;

/// How many may wait because their process came too often (a guess); others that do are refused.
const MOST_WAITING: usize = 64;

/// How many may be connected (a guess): twenty times a large room.
const MOST_CONNECTED: usize = 1000;

/// How many of them may be of one user who is not the owner (a guess).
const MOST_OF_ANOTHER_USER: usize = 100;

/// How many descriptors a host needs besides its journals and its clients: some twenty at rest (measured), and a few for what it
/// opens now and then.
const OWN_FILES: usize = 28;

/// For how many clients there is room at least (a guess).
const FEWEST: usize = 8;

/// The limits of one host: no more clients than leave it the descriptors that it needs for the journals.
#[derive(Debug, Clone, Copy)]
struct ClientLimits {
    waiting: usize,
    in_handshake: usize,
    connected: usize,
}

impl ClientLimits {
    /// Returns the limits of a process that may have so many files open, `journals` of them journals.
    fn of(files: usize, journals: usize) -> Self {
        let all = files.saturating_sub(OWN_FILES + journals).max(FEWEST);
        let waiting = (all / 8).clamp(1, MOST_WAITING);
        let in_handshake = (all / 4).clamp(2, MOST_IN_HANDSHAKE);
        ClientLimits { waiting, in_handshake, connected: (all - waiting - in_handshake).min(MOST_CONNECTED) }
    }
}

/// See the module.
#[derive(Debug)]
pub struct Limits {
    most: ClientLimits,
    waiting: usize,
    in_handshake: VecDeque<(ClientId, Arc<Notify>)>,
    connected: BTreeMap<u32, usize>,
}

impl Default for Limits {
    fn default() -> Self {
        let files = getrlimit(Resource::Nofile).current.and_then(|limit| usize::try_from(limit).ok());
        Limits::within(ClientLimits::of(files.unwrap_or(usize::MAX), store::open_files()))
    }
}

impl Limits {
    fn within(most: ClientLimits) -> Self {
        Limits { most, waiting: 0, in_handshake: VecDeque::new(), connected: BTreeMap::new() }
    }

    /// Counts a client that has to wait before its introduction is read.
    ///
    /// # Errors
    /// [`RefusalReason::TooOften`].
    pub fn start_waiting(&mut self) -> Result<(), RefusalReason> {
        if self.waiting >= self.most.waiting {
            return Err(RefusalReason::TooOften);
        }
        self.waiting += 1;
        Ok(())
    }

    /// Counts off a client that waited.
    pub fn stop_waiting(&mut self) {
        self.waiting = self.waiting.saturating_sub(1);
    }

    /// Counts a client that may introduce itself. Returns what is notified when it has to give way.
    pub fn begin_handshake(&mut self, client: ClientId) -> Arc<Notify> {
        if self.in_handshake.len() >= self.most.in_handshake
            && let Some((_, gives_way)) = self.in_handshake.pop_front()
        {
            gives_way.notify_one();
        }
        let gives_way = Arc::new(Notify::new());
        self.in_handshake.push_back((client, Arc::clone(&gives_way)));
        gives_way
    }

    /// Counts off a client that has introduced itself, or left.
    pub fn end_handshake(&mut self, client: ClientId) {
        self.in_handshake.retain(|(known, _)| *known != client);
    }

    /// Counts a client of user `uid` that was admitted.
    ///
    /// # Errors
    /// [`RefusalReason::Full`].
    pub fn add_client(&mut self, uid: u32, is_owner: bool) -> Result<(), RefusalReason> {
        let all: usize = self.connected.values().sum();
        let own = self.connected.entry(uid).or_default();
        if all >= self.most.connected || (!is_owner && *own >= MOST_OF_ANOTHER_USER) {
            return Err(RefusalReason::Full);
        }
        *own += 1;
        Ok(())
    }

    /// Counts off a client of user `uid` that left.
    pub fn remove_client(&mut self, uid: u32) {
        if let Some(own) = self.connected.get_mut(&uid) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                self.connected.remove(&uid);
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
        let mut told: Vec<Arc<Notify>> =
            (0..).take(MOST_IN_HANDSHAKE).map(|client| limits.begin_handshake(client)).collect();
        limits.end_handshake(1);
        told.push(limits.begin_handshake(1000));
        told.push(limits.begin_handshake(1001));
        let gave_way: Vec<bool> = told.iter().map(|told| told.notified().now_or_never().is_some()).collect();
        assert_eq!(gave_way.iter().position(|gave_way| *gave_way), Some(0), "the first that came");
        assert_eq!(gave_way.iter().filter(|gave_way| **gave_way).count(), 1, "room was left by the second");
    }

    /// D21.
    #[test]
    fn clients_leave_the_descriptors_that_the_journals_need() {
        for files in [0, 48, 64, 256, 1024, 1 << 20] {
            let journals = (files / 8).clamp(4, 128);
            let ClientLimits { waiting, in_handshake, connected } = ClientLimits::of(files, journals);
            let all = waiting + in_handshake + connected;
            assert!(all + OWN_FILES + journals <= files.max(OWN_FILES + journals + FEWEST), "{files}");
            assert!(waiting > 0 && in_handshake > 1 && connected > 4, "{files}");
        }
        let ClientLimits { waiting, in_handshake, connected } = ClientLimits::of(4096, 128);
        assert_eq!((waiting, in_handshake, connected), (MOST_WAITING, MOST_IN_HANDSHAKE, MOST_CONNECTED));
    }

    #[test]
    fn a_guest_cannot_take_all_the_room() {
        let (owner, guest) = (1000, 1001);
        let mut limits = Limits::within(ClientLimits::of(usize::MAX, 0));
        let mut come = |uid, times| (0..times).filter(|_| limits.add_client(uid, uid == owner).is_ok()).count();
        assert_eq!(come(guest, 2 * MOST_OF_ANOTHER_USER), MOST_OF_ANOTHER_USER);
        assert_eq!(come(owner, 2 * MOST_CONNECTED), MOST_CONNECTED - MOST_OF_ANOTHER_USER);
        limits.remove_client(guest);
        assert!(limits.add_client(owner, true).is_ok());
    }
}
