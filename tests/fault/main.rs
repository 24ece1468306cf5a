//! The fault suite: faults under load against the real program, and what must hold whatever dies.

mod board;
mod clock;
mod damage;
mod declaration;
mod dice;
#[path = "../it/disk.rs"]
mod disk;
mod fault;
mod figure;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../it/freeze.rs"]
mod freeze;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../it/hand.rs"]
mod hand;
mod hostile;
mod intruder;
mod journal;
mod ledger;
mod member;
mod planted;
mod power;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../it/pty.rs"]
mod pty;
mod redaction;
mod replaced;
mod scene;
mod script;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../it/session/world.rs"]
mod session;
mod shelf;
mod strike;
mod suite;
mod violation;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../it/world.rs"]
mod world;

use std::process::ExitCode;

use suite::{Done, Effort, Row, rows};

const HELP: &str = "\
Faults under load against the real program. Without arguments: the short selection.

  cargo test --test fault                                      the short selection
  cargo test --test fault --release -- --full                  everything, with the rounds that are promised
  cargo test --test fault -- --only host-killed --rounds 50 --seed 7

  --full          the full number of rounds
  --only A,B      these rows only (a part of a name will do)
  --rounds N      so many rounds of each
  --seed N        the same dice again; the table says which were used
  --list          the rows and what they do

KLOCK_UNDER_TEST names another program than the one that was built with the suite.";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == intruder::ARGUMENT).is_some() {
        intruder::run(arguments);
    }
    let asked = match Asked::read(arguments) {
        Ok(asked) => asked,
        Err(why) => {
            eprintln!("{why}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    if asked.help {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let rows: Vec<Row> = rows().into_iter().filter(|row| asked.wants(row)).collect();
    if let Some(part) = asked.only.iter().find(|part| !rows.iter().any(|row| row.name.contains(part.as_str()))) {
        eprintln!("--only {part}: there is no such row; --list lists them");
        return ExitCode::from(2);
    }
    if asked.list {
        rows.iter().for_each(|row| println!("{:<22} {}", row.name, row.says));
        return ExitCode::SUCCESS;
    }
    let mut done = Vec::new();
    for row in &rows {
        println!("running {:<22} {}", row.name, row.says);
        let ran = Done::of(row, asked.effort, asked.seed);
        println!("{}", ran.describe());
        done.push(ran);
    }
    println!("\n{} rows, seed {}", done.len(), asked.seed);
    done.iter().for_each(|ran| println!("{}", ran.describe()));
    if done.iter().any(|ran| ran.verdict.is_err()) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What was asked for on the command line.
#[derive(Debug, Default)]
struct Asked {
    effort: Effort,
    only: Vec<String>,
    /// What cargo was told to run: names of tests, which need not be of this suite.
    tests: Vec<String>,
    seed: u64,
    list: bool,
    help: bool,
}

impl Asked {
    fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut asked = Asked { seed: fresh_seed(), ..Asked::default() };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--full" => asked.effort.full = true,
                "--list" => asked.list = true,
                "--help" | "-h" => asked.help = true,
                "--only" => asked.only.extend(value()?.split(',').map(str::to_owned)),
                "--rounds" => asked.effort.rounds = Some(value()?.parse().map_err(|_| "--rounds needs a number")?),
                "--seed" => asked.seed = value()?.parse().map_err(|_| "--seed needs a number")?,
                // What cargo hands to every test program.
                "--nocapture" | "--quiet" | "-q" => {}
                name if !name.starts_with('-') => asked.tests.push(name.to_owned()),
                _ => return Err(format!("{argument} is not known")),
            }
        }
        Ok(asked)
    }

    fn wants(&self, row: &Row) -> bool {
        let mut parts = self.only.iter().chain(&self.tests).peekable();
        parts.peek().is_none() || parts.any(|part| row.name.contains(part.as_str()))
    }
}

/// Other dice each time, unless a seed is given; the table says which.
fn fresh_seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(1, |now| u64::from(now.subsec_nanos()) ^ now.as_secs() << 20) & 0xffff_ffff
}
