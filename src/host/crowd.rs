//! How many are at the door and how many are inside, who gives way when there are too many, and who is not heard yet.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::sync::Notify;

use super::refusal::Reason;
use super::roster::ClientId;

/// How many may be connected without having introduced themselves. Who has been there longest gives way to who comes.
pub const MOST_AT_THE_DOOR: usize = 128;

/// How many may wait outside because they came too often; who comes so beyond them is turned away.
const MOST_OUTSIDE: usize = 64;

/// How many may be inside.
const MOST_INSIDE: usize = 1000;

/// How many of them may be of one user who is not the owner.
const MOST_OF_A_GUEST: usize = 100;

/// See the module.
#[derive(Debug, Default)]
pub struct Crowd {
    outside: usize,
    at_the_door: VecDeque<(ClientId, Arc<Notify>)>,
    inside: BTreeMap<u32, usize>,
}

impl Crowd {
    /// Somebody has to wait until they may come to the door.
    ///
    /// # Errors
    /// [`Reason::TooOften`].
    pub fn wait_outside(&mut self) -> Result<(), Reason> {
        if self.outside >= MOST_OUTSIDE {
            return Err(Reason::TooOften);
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
        if self.at_the_door.len() >= MOST_AT_THE_DOOR
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
    /// [`Reason::Full`].
    pub fn enter(&mut self, uid: u32, is_owner: bool) -> Result<(), Reason> {
        let all: usize = self.inside.values().sum();
        let own = self.inside.entry(uid).or_default();
        if all >= MOST_INSIDE || (!is_owner && *own >= MOST_OF_A_GUEST) {
            return Err(Reason::Full);
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
        let mut crowd = Crowd::default();
        let mut told: Vec<Arc<Notify>> = (0..).take(MOST_AT_THE_DOOR).map(|client| crowd.arrive(client)).collect();
        crowd.leave_door(1);
        told.push(crowd.arrive(1000));
        told.push(crowd.arrive(1001));
        let gave_way: Vec<bool> = told.iter().map(|told| told.notified().now_or_never().is_some()).collect();
        assert_eq!(gave_way.iter().position(|gave_way| *gave_way), Some(0), "the first that came");
        assert_eq!(gave_way.iter().filter(|gave_way| **gave_way).count(), 1, "room was left by the second");
    }

    #[test]
    fn a_guest_cannot_take_all_the_room() {
        let (owner, guest) = (1000, 1001);
        let mut crowd = Crowd::default();
        let mut come = |uid, times| (0..times).filter(|_| crowd.enter(uid, uid == owner).is_ok()).count();
        assert_eq!(come(guest, 2 * MOST_OF_A_GUEST), MOST_OF_A_GUEST);
        assert_eq!(come(owner, 2 * MOST_INSIDE), MOST_INSIDE - MOST_OF_A_GUEST);
        crowd.leave(guest);
        assert!(crowd.enter(owner, true).is_ok());
    }
}
