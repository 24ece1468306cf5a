//! The table of faults that are injected while people write, and how a row of it is run.

use super::dice::Dice;
use super::figure::Figures;
use super::scene::{Load, Scene};
use super::strike;
use super::suite::{Effort, Outcome};
use super::violation::{Verdict, Violation};
use super::world::World;

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
    /// Makes the world; what else it needs goes with it.
    pub world: fn() -> World,
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

/// The rows.
pub const FAULTS: &[Fault] = &[Fault {
    name: "host-killed",
    says: "kill -9 on the host; a new one within a second (p99)",
    rounds: (12, 800),
    rounds_a_world: 40,
    load: BUSY,
    world: World::new,
    strike: strike::host::killed,
    promise: strike::host::taken_over_within_a_second,
}];

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
        let mut scene = Scene::begin((fault.world)(), fault.load, dice.fork())?;
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

/// The promise of a row that has none of its own.
pub const NONE: fn(&Figures) -> Verdict = nothing_more;
