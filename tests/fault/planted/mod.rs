//! Whether the suite finds bugs: it is run against a program that has them, and has to fail, each time for the right reason.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::dice::Dice;
use super::suite::{Effort, Outcome};
use super::violation::{Verdict, Violation};

/// A bug, a row that has to find it, and what it has to call it.
struct Bug {
    name: &'static str,
    row: &'static str,
    rounds: u32,
    /// The names of the violation, any of which is right.
    violations: &'static [&'static str],
}

const BUGS: &[Bug] = &[
    Bug { name: "ack-before-write", row: "power-lost", rounds: 60, violations: &["acknowledged-not-present"] },
    Bug { name: "skipped-sync", row: "power-lost", rounds: 60, violations: &["acknowledged-not-present"] },
    Bug { name: "resend-applied-twice", row: "host-killed", rounds: 40, violations: &["twice", "out-of-order"] },
    Bug { name: "used-id-acknowledged", row: "client-killed", rounds: 4, violations: &["silent"] },
];

/// The rows that have to hold when the program is built in the same way and has no bug.
const SOUND: &[(&str, u32)] = &[("power-lost", 30), ("host-killed", 4)];

/// Builds the program with the bugs, and runs the suite against each of them.
///
/// # Errors
/// When a bug is not found, or one is found where there is none.
pub fn run(_: Effort, dice: &mut Dice) -> Verdict<Outcome> {
    let program = build()?;
    let mut outcome = Outcome::default();
    for bug in BUGS {
        let (held, said) = run_suite(&program, bug.name, bug.row, bug.rounds, dice)?;
        let violation = said.split("  ").find(|part| bug.violations.iter().any(|name| part.trim().starts_with(name)));
        if held || violation.is_none() {
            return Err(Violation::Silent(format!("{} was not found by {}:\n{said}", bug.name, bug.row)));
        }
        outcome.figures.count("planted bugs found", 1);
        outcome.counted += 1;
    }
    for (row, rounds) in SOUND {
        let (held, said) = run_suite(&program, "none", row, *rounds, dice)?;
        if !held {
            return Err(Violation::Wrong(format!("{row} finds a bug where none is planted:\n{said}")));
        }
        outcome.counted += 1;
    }
    Ok(outcome)
}

/// Runs one row of this very program against `program`; whether it held, and all that was printed.
fn run_suite(program: &Path, bug: &str, row: &str, rounds: u32, dice: &mut Dice) -> Verdict<(bool, String)> {
    let suite = std::env::current_exe().map_err(|error| Violation::GaveUp(format!("who am I? {error}")))?;
    let output = Command::new(suite)
        .args(["--only", row, "--rounds", &rounds.to_string(), "--seed", &dice.roll(1 << 32).to_string()])
        .env("KLOCK_UNDER_TEST", program)
        .env("KLOCK_PLANTED", bug)
        .output()
        .map_err(|error| Violation::GaveUp(format!("the suite does not start: {error}")))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Ok((output.status.success(), said))
}

/// Builds the program with the feature, beside the one that is under test otherwise.
fn build() -> Verdict<PathBuf> {
    let suite = std::env::current_exe().map_err(|error| Violation::GaveUp(format!("who am I? {error}")))?;
    // TARGET/PROFILE/deps/fault-…
    let target = suite.ancestors().nth(3).ok_or_else(|| Violation::GaveUp("the suite lies nowhere".into()))?;
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--locked", "--quiet", "--example", "klock-planted", "--features", "planted-bugs"])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .map_err(|error| Violation::GaveUp(format!("cargo does not start: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Violation::GaveUp(format!("the program with the bugs cannot be built:\n{said}")));
    }
    Ok(target.join("debug/examples/klock-planted"))
}
