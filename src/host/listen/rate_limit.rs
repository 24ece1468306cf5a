//! What one process may ask of the host, however many connections it makes: so much at once, so much a second, and beyond
//! that it waits.
//!
//! Every process has an allowance of [`A_SECOND`], which fills up again within a second. Connecting, each question and
//! being refused are taken from it; a process that has none left waits until there is some again: before a byte of its
//! introduction is read, or before its next question is passed on. So a client that waits for answers is never refused for the
//! number of its questions, it is only answered no faster than that; and one that asks on without waiting is refused for what
//! piles up ([`crate::wire::frame::MOST_UNANSWERED`]).
//!
//! There is no allowance for all processes of a user together. Fifty screens and scripts of one account are the usual room, and
//! would share what one of them has; what many connections can take from the others is bounded where it is taken: the writer
//! serves connections in turn ([`crate::host::fair_queue`]), and a user who is not the owner has a limited number of them ([`crate::host::listen::limits`]).
//!
//! What is saved in a journal is taken from no allowance: it waits for the disk, and takes turns there. Taking words out is: it
//! takes as long as the room is.

use std::collections::HashMap;
use std::time::Duration;

use crate::domain::intent::Intent;
use crate::peer::Peer;
use crate::wire::message::Ask;

/// How much a process may ask for in each second, and at once when it has asked for nothing for that long. All costs are in
/// the time of the cheapest question (measured), so that this is about a quarter of what the writer can do.
pub const A_SECOND: u32 = 4000;

/// What connecting takes.
pub const COMING: u32 = 20;

/// What being refused takes, for anything that would be refused again.
pub const REFUSAL: u32 = 1000;

/// What a question takes that is answered from what is at hand and that nobody else is told of.
pub const CHEAP: u32 = 1;

/// What one takes that looks through something, answers at length, makes something new or tells everyone in a room.
const DEAR: u32 = 20;

/// What one takes that is answered with a whole room.
const WHOLE: u32 = 100;

/// What looking through a room from end to end takes.
const DEAREST: u32 = 400;

/// What taking words out takes: the whole room is written again, and everyone in it waits. Half of what there is in a second.
const REDACTION: u32 = A_SECOND / 2;

/// For so many bytes of a question one more is taken.
const BYTES: usize = 4 << 10;

/// The longest wait, however much was taken (a guess): a client gives up on a host after that.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// So many processes are remembered before those are forgotten whose allowance is full again (a guess).
const FORGET_FROM: usize = 64;

/// Returns what is taken for a question of so many bytes.
pub fn cost(what: &Ask, bytes: usize) -> u32 {
    let kind = match what {
        Ask::Do(request) if matches!(request.intent, Intent::RedactEntry { .. }) => REDACTION,
        Ask::Do(_) => return 0,
        Ask::Ping | Ask::Head { .. } | Ask::KeepDraft { .. } | Ask::Seen { .. } | Ask::HostStatus | Ask::StopHost => {
            CHEAP
        }
        Ask::Rooms
        | Ask::OpenRooms
        | Ask::Unheard(_)
        | Ask::Open { .. }
        | Ask::OpenDemo { .. }
        // A client that comes back is sent what it missed.
        | Ask::Attach { after: Some(_), .. }
        | Ask::Detach { .. }
        | Ask::Page { .. }
        | Ask::Records { .. }
        | Ask::Lines { .. }
        | Ask::Find { .. }
        | Ask::Drafts { .. }
        | Ask::Writing { .. }
        | Ask::TypeAs { .. } => DEAR,
        Ask::Attach { after: None, .. } | Ask::Fold { .. } => WHOLE,
        Ask::Verify { .. } => DEAREST,
    };
    kind + u32::try_from(bytes / BYTES).unwrap_or(u32::MAX / 2)
}

/// The process that an allowance belongs to; where the system does not name it, all of its user's together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientProcess {
    uid: u32,
    pid: Option<u32>,
}

impl ClientProcess {
    /// Whose allowance a connection of `peer` takes from.
    pub fn of(peer: &Peer) -> Self {
        ClientProcess { uid: peer.uid, pid: peer.pid }
    }
}

/// The allowances of all. The time is that since any fixed moment.
#[derive(Debug)]
pub struct RateLimits {
    /// When each will be full again.
    full_at: HashMap<ClientProcess, Duration>,
    /// How many are kept in mind before the next look at who can be forgotten.
    forget_from: usize,
}

impl Default for RateLimits {
    fn default() -> Self {
        RateLimits { full_at: HashMap::new(), forget_from: FORGET_FROM }
    }
}

impl RateLimits {
    /// Charges `cost` to the allowance of `holder` at `now`. Returns how long it has to wait until that was there.
    pub fn charge(&mut self, holder: ClientProcess, cost: u32, now: Duration) -> Duration {
        if cost == 0 {
            return Duration::ZERO;
        }
        self.forget(now);
        let full_at = self.full_at.entry(holder).or_insert(now);
        let second = Duration::from_secs(1);
        let taken = second.saturating_mul(cost) / A_SECOND;
        *full_at = (*full_at).max(now).saturating_add(taken).min(now + second + LONGEST_WAIT);
        full_at.saturating_sub(now + second)
    }

    fn forget(&mut self, now: Duration) {
        if self.full_at.len() >= self.forget_from {
            self.full_at.retain(|_, full_at| *full_at > now);
            self.forget_from = FORGET_FROM.max(2 * self.full_at.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RoomId;
    use crate::domain::phrase::Lang;
    use crate::domain::timeline::Filter;
    use crate::wire::message::{Page, PageFrom};

    const NOW: Duration = Duration::from_secs(1000);

    fn process(pid: u32) -> ClientProcess {
        ClientProcess { uid: 7, pid: Some(pid) }
    }

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_second_of_it_is_there_at_once_and_the_rest_as_time_goes() {
        let mut rate_limits = RateLimits::default();
        let mut charge = |cost, now| rate_limits.charge(process(1), cost, now);
        assert_eq!(charge(A_SECOND, NOW), millis(0));
        assert_eq!(charge(4, NOW), millis(1));
        assert_eq!(charge(4, NOW), millis(2), "who waits does so behind what was asked for before");
        assert_eq!(charge(4, NOW + millis(2)), millis(1));
        assert_eq!(charge(A_SECOND, NOW + millis(3 + 1000)), millis(0), "full again after a second");
        assert_eq!(charge(4, NOW + millis(3 + 1000)), millis(1));
        assert_eq!(charge(A_SECOND + 4, NOW + millis(60_000)), millis(1), "and never more than full");
    }

    #[test]
    fn nobody_waits_for_ever_and_nobody_for_others() {
        let mut rate_limits = RateLimits::default();
        for _ in 0..1000 {
            rate_limits.charge(process(1), REFUSAL, NOW);
        }
        assert_eq!(rate_limits.charge(process(1), COMING, NOW), LONGEST_WAIT);
        assert_eq!(rate_limits.charge(process(2), COMING, NOW), millis(0));
        assert_eq!(rate_limits.charge(ClientProcess { uid: 8, pid: Some(1) }, COMING, NOW), millis(0));
        assert_eq!(rate_limits.charge(ClientProcess { uid: 7, pid: None }, COMING, NOW), millis(0));
        assert_eq!(rate_limits.charge(process(1), 0, NOW), millis(0), "what is saved takes turns, not from this");
    }

    #[test]
    fn who_is_refused_again_and_again_comes_four_times_a_second() {
        let mut rate_limits = RateLimits::default();
        let (mut now, mut came) = (NOW, 0);
        while now < NOW + Duration::from_secs(10) {
            now += rate_limits.charge(process(1), COMING, now);
            rate_limits.charge(process(1), REFUSAL, now);
            came += 1;
        }
        assert!((40..=45).contains(&came), "{came} times in ten seconds");
    }

    #[test]
    fn those_whose_allowance_is_full_are_forgotten() {
        let mut rate_limits = RateLimits::default();
        // A script that calls a verb a thousand times a second, for a minute.
        for call in 0..60_000 {
            assert_eq!(rate_limits.charge(process(call), COMING + CHEAP, NOW + millis(call.into())), millis(0));
        }
        assert!(rate_limits.full_at.len() <= 2 * FORGET_FROM, "{}", rate_limits.full_at.len());
    }

    #[test]
    fn taking_words_out_has_a_price_and_notes_have_none() {
        let request = |intent| {
            let (id, room) = (crate::domain::id::IntentId(ulid::Ulid(1)), RoomId::of_year(2026, 1));
            Ask::Do(Box::new(crate::domain::intent::Request { id, room, at: None, intent }))
        };
        assert_eq!(cost(&request(Intent::RaiseObstacle { text: "x".into() }), 200), 0);
        assert_eq!(cost(&request(Intent::RedactEntry { target: 4, reason: "x".into() }), 200), REDACTION);
        let mut rate_limits = RateLimits::default();
        let waits: Vec<Duration> = (0..4).map(|_| rate_limits.charge(process(1), REDACTION, NOW)).collect();
        assert_eq!(waits, [millis(0), millis(0), millis(500), millis(1000)], "two in a second");
    }

    #[test]
    fn honest_clients_never_wait() {
        let room = RoomId::of_year(2026, 1);
        let page = Page { from: PageFrom::End, limit: 2000, filter: Filter::default(), lang: Lang::En };
        let attach = Ask::Attach { room: room.clone(), after: None, entries: 50 };
        let mut rate_limits = RateLimits::default();
        let mut waits = |who, asks: &[Ask], every: Duration| {
            let ask = |(n, ask): (u32, &Ask)| rate_limits.charge(process(who), cost(ask, 200), NOW + every * n);
            (0..).zip(asks).map(ask).max()
        };
        let none = Some(millis(0));
        assert_eq!(waits(1, &[attach, Ask::Rooms, Ask::Drafts { room: room.clone() }], millis(0)), none, "a screen");
        let held_down = vec![Ask::Page { room: room.clone(), page }; 600];
        assert_eq!(waits(2, &held_down, millis(20)), none, "a key held down in the timeline, for 12 s");
        assert_eq!(waits(3, &vec![Ask::Head { room: room.clone() }; 4000], millis(0)), none);
        let long = vec![Ask::Lines { room, from: 1, limit: 2000 }; 200];
        assert_eq!(waits(4, &long, millis(0)), none, "400,000 lines in no time");
    }
}
