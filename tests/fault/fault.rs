//! The table of faults that are injected while people write, and how a row of it is run.

use super::dice::Dice;
use super::figure::Figures;
use super::scene::{Ground, Load, Scene};
use super::strike;
use super::suite::{Effort, Outcome};
use super::violation::{Verdict, Violation};

/// Whether a round counts.
pub enum Round {
    /// The fault was seen to happen, under the load that was promised.
    Counted,
    /// It was not, and why; the round is repeated.
    Missed(String),
}

/// One row.
pub struct Fault {
    pub name: &'static str,
    /// What is done, and what is promised.
    pub says: &'static str,
    /// How many rounds count in the short and in the full selection.
    pub rounds: (u32, u32),
    /// How many rounds one world serves.
    pub rounds_a_world: u32,
    pub load: Load,
    /// Where it plays.
    pub ground: fn() -> Ground,
    /// Injects the fault, sees it happen, and undoes it.
    pub strike: fn(&mut Scene) -> Verdict<Round>,
    /// What the figures of the whole row have to hold.
    pub promise: fn(&Figures) -> Verdict,
}

/// Nothing beyond what every row has to hold.
fn nothing_more(_: &Figures) -> Verdict {
    Ok(())
}

const BUSY: Load = Load { writers: 3, window: 6, watchers: 1, feeders: 1, followers: 1, screens: 0, in_flight: 3 };

/// With somebody who only looks at a screen.
const WATCHED: Load = Load { screens: 1, ..BUSY };

/// Without pipes: what was read before the clock went back lies in the future of the host, which refuses it and says so.
const TYPED: Load = Load { feeders: 0, ..BUSY };

/// The rows.
pub const FAULTS: &[Fault] = &[
    Fault {
        name: "host-killed",
        says: "kill -9 on the host; a new one within a second (p99)",
        rounds: (12, 800),
        rounds_a_world: 40,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::host::killed,
        promise: strike::host::taken_over_within_a_second,
    },
    Fault {
        name: "host-frozen",
        says: "SIGSTOP on the host while another tries to take its place: the screen says so; it wakes and goes on",
        rounds: (1, 20),
        rounds_a_world: 10,
        load: WATCHED,
        ground: Ground::plain,
        strike: strike::freeze::host,
        promise: nothing_more,
    },
    Fault {
        name: "host-killed-many-rooms",
        says: "kill -9 on a host with hundreds of open rooms: a new one within a second all the same",
        rounds: (2, 50),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::many_rooms,
        strike: strike::host::killed,
        promise: strike::host::taken_over_within_a_second,
    },
    Fault {
        name: "socket-gone",
        says: "the socket, or its directory, is taken away under the host: who comes gets in, everybody goes on",
        rounds: (3, 100),
        rounds_a_world: 20,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::place::socket_gone,
        promise: strike::place::found_within_a_second,
    },
    Fault {
        name: "descriptors",
        says: "clients take all the descriptors that they get: what is written is saved",
        rounds: (1, 20),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::few_files,
        strike: strike::place::crowded,
        promise: nothing_more,
    },
    Fault {
        name: "receipts-unread",
        says: "a `klock log -` whose stdout and stderr nobody reads records every line, and ends when told to",
        rounds: (1, 20),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::client::receipts_unread,
        promise: nothing_more,
    },
    Fault {
        name: "client-killed",
        says: "kill -9 on `klock log -` in the middle of its lines, and on a screen",
        rounds: (3, 200),
        rounds_a_world: 20,
        load: WATCHED,
        ground: Ground::plain,
        strike: strike::client::killed,
        promise: nothing_more,
    },
    Fault {
        name: "client-frozen",
        says: "SIGSTOP on `klock timeline --follow`; the others go on, it catches up",
        rounds: (2, 20),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::freeze::client,
        promise: nothing_more,
    },
    Fault {
        name: "terminal-blocked",
        says: "a screen on a terminal that nobody reads; the others go on",
        rounds: (2, 20),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::client::terminal_blocked,
        promise: nothing_more,
    },
    Fault {
        name: "terminal-gone",
        says: "the window is closed under a screen; the others go on",
        rounds: (2, 50),
        rounds_a_world: 10,
        load: WATCHED,
        ground: Ground::plain,
        strike: strike::client::terminal_gone,
        promise: nothing_more,
    },
    Fault {
        name: "disk-full",
        says: "no byte left: refused, told, readable, and it goes on when there is room",
        rounds: (1, 20),
        rounds_a_world: 4,
        load: TYPED,
        ground: Ground::small_disk,
        strike: strike::disk::full,
        promise: nothing_more,
    },
    Fault {
        name: "file-limit",
        says: "the journal reaches the limit of file lengths (ulimit -f): as a full disk, and on when it is raised",
        rounds: (1, 20),
        rounds_a_world: 4,
        load: TYPED,
        ground: Ground::plain,
        strike: strike::disk::file_limit,
        promise: nothing_more,
    },
    Fault {
        name: "disk-read-only",
        says: "every write to the journal fails with EROFS, then no more",
        rounds: (1, 20),
        rounds_a_world: 4,
        load: TYPED,
        ground: Ground::plain,
        strike: strike::disk::read_only,
        promise: nothing_more,
    },
    Fault {
        name: "disk-remounted",
        says: "the host is killed and its disk mounted read-only: the next one says so; written again, all goes on",
        rounds: (1, 20),
        rounds_a_world: 4,
        load: TYPED,
        ground: Ground::small_disk,
        strike: strike::disk::remounted,
        promise: nothing_more,
    },
    Fault {
        name: "sync-fails",
        says: "every fdatasync and fsync of the journal fails with EIO, then no more",
        rounds: (1, 20),
        rounds_a_world: 4,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::disk::sync_fails,
        promise: nothing_more,
    },
    Fault {
        name: "clock-moved",
        says: "the clock set back and forward: the order is kept and the move recorded",
        rounds: (2, 100),
        rounds_a_world: 10,
        load: TYPED,
        ground: Ground::plain,
        strike: strike::time::moved,
        promise: nothing_more,
    },
    Fault {
        name: "flood",
        says: "a client that asks as fast as it can: refused with a reason; the others' p99 at most doubles",
        rounds: (1, 5),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::door::flood,
        promise: nothing_more,
    },
    Fault {
        name: "storm",
        says: "a client that comes and goes as fast as it can: the others' p99 at most doubles",
        rounds: (1, 5),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::door::storm,
        promise: nothing_more,
    },
    Fault {
        name: "endless-frame",
        says: "a frame of a gigabyte: refused with a reason; the others' p99 at most doubles",
        rounds: (1, 5),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::door::endless_frame,
        promise: nothing_more,
    },
    Fault {
        name: "garbage",
        says: "no frames, no messages, no hello: refused with a reason; the others' p99 at most doubles",
        rounds: (1, 5),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::door::garbage,
        promise: nothing_more,
    },
    Fault {
        name: "future-version",
        says: "words of a version to come: refused with a reason; the others' p99 at most doubles",
        rounds: (1, 5),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::door::future,
        promise: nothing_more,
    },
    Fault {
        name: "endless-line",
        says: "a line of a gigabyte on stdin: cut, told, in little memory",
        rounds: (1, 2),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::door::endless_line,
        promise: nothing_more,
    },
    Fault {
        name: "endless-alert",
        says: "an alert of a gigabyte on stdin: named, in little memory, and the next one is imported",
        rounds: (1, 2),
        rounds_a_world: 10,
        load: BUSY,
        ground: Ground::plain,
        strike: strike::door::endless_alert,
        promise: nothing_more,
    },
];

/// A world may be tried so often more than it counts.
const TRIES: u32 = 3;

/// Runs `fault` until enough rounds count.
///
/// # Errors
/// The first promise that does not hold.
pub fn run(fault: &Fault, effort: Effort, dice: &mut Dice) -> Verdict<Outcome> {
    let wanted = effort.rounds.unwrap_or(if effort.full { fault.rounds.1 } else { fault.rounds.0 });
    let mut outcome = Outcome::default();
    let mut tries = 0;
    while outcome.counted < u64::from(wanted) {
        let mut scene = Scene::begin((fault.ground)(), fault.load, effort.full, dice.fork())?;
        let mut here = 0;
        while here < fault.rounds_a_world && outcome.counted < u64::from(wanted) {
            tries += 1;
            if tries > TRIES * wanted + TRIES {
                let said =
                    format!("{} of {wanted} rounds counted; the last did not: {}", outcome.counted, outcome.last);
                return Err(Violation::NotCounted(said));
            }
            here += 1;
            match (fault.strike)(&mut scene)? {
                Round::Counted => outcome.counted += 1,
                Round::Missed(why) => {
                    outcome.missed += 1;
                    outcome.last = why;
                }
            }
        }
        outcome.figures.merge(scene.hold()?);
    }
    (fault.promise)(&outcome.figures)?;
    Ok(outcome)
}
