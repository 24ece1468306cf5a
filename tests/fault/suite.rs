//! A run of the suite: which rows, with how many rounds and from which seed, and the table that comes of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::clock;
use super::damage;
use super::dice::Dice;
use super::fault::{self, FAULTS};
use super::figure::Figures;
use super::hostile;
use super::planted;
use super::power;
use super::redaction;
use super::replaced;
use super::violation::{Verdict, Violation};

/// How much is run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Effort {
    pub full: bool,
    /// Instead of what the row says.
    pub rounds: Option<u32>,
}

/// What a row came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Rounds in which the fault was seen to happen as promised.
    pub counted: u64,
    /// Rounds in which it was not.
    pub missed: u64,
    /// Why the last of those did not count.
    pub last: String,
    pub figures: Figures,
}

/// Runs a row.
type Run = dyn Fn(Effort, &mut Dice) -> Verdict<Outcome>;

/// A row of the suite.
pub struct Row {
    pub name: &'static str,
    pub says: &'static str,
    pub run: Box<Run>,
}

/// Every row, in the order in which they are run.
pub fn rows() -> Vec<Row> {
    let faults = FAULTS.iter().map(|row| Row {
        name: row.name,
        says: row.says,
        run: Box::new(move |effort, dice| fault::run(row, effort, dice)),
    });
    let row = |name, says, run: fn(Effort, &mut Dice) -> Verdict<Outcome>| Row { name, says, run: Box::new(run) };
    let others = [
        row(
            "power-lost",
            "the power cut at any moment, with what was not synced dropped, torn, reordered or zeroed",
            power::run,
        ),
        row("redaction-killed", "the host killed at each step of a redaction: no file has the words", redaction::run),
        row("damaged", "stores and journals with bits, tails and pages damaged: named, never silent", damage::run),
        row(
            "journal-replaced",
            "journals replaced by other sound ones: what only the index has is kept",
            replaced::run,
        ),
        row("clock-scenarios", "clocks set, machines asleep or elsewhere, hosts restarted: each mark once", clock::run),
        row("hostile-text", "text that steers terminals, through the one function and the real program", hostile::run),
        row("planted-bugs", "the suite against a program with bugs in it, which it has to find", planted::run),
    ];
    faults.chain(others).collect()
}

/// A row that was run.
pub struct Done {
    pub name: &'static str,
    pub seed: u64,
    pub took: Duration,
    pub verdict: Verdict<Outcome>,
}

impl Done {
    /// Runs `row` from `seed`. Whatever panics is a violation.
    pub fn of(row: &Row, effort: Effort, seed: u64) -> Self {
        let begun = Instant::now();
        let run = AssertUnwindSafe(|| (row.run)(effort, &mut Dice::new(seed)));
        let verdict = catch_unwind(run).unwrap_or_else(|panic| Err(Violation::Panicked(words_of(&*panic))));
        Done { name: row.name, seed, took: begun.elapsed(), verdict }
    }

    /// Its line of the table.
    pub fn describe(&self) -> String {
        let (name, seed, took) = (self.name, self.seed, self.took.as_secs_f64());
        match &self.verdict {
            Ok(Outcome { counted, missed, figures, .. }) => {
                let figures = figures.describe();
                format!(
                    "{name:<22} held      {counted:>5} rounds {missed:>3} not counted {took:>7.1} s  seed {seed}  {figures}"
                )
            }
            Err(violation) => format!("{name:<22} VIOLATED  {took:>7.1} s  seed {seed}  {violation}"),
        }
    }
}

/// What a panic said.
pub fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words").to_owned()
}
