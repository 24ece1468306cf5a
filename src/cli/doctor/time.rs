//! The clock: which time zone it is read in, and whether it has gone back behind what was written already.

use std::path::Path;
use std::time::UNIX_EPOCH;

use super::Patient;
use super::finding::{Finding, Topic, fail, ok, warn};
use crate::clock::{CLOCK_FILE, local_zone};
use crate::domain::phrase::Phrase;

/// So many seconds a file may be ahead of the clock: file systems round.
const AHEAD: i64 = 60;

const MILLIS: i64 = 1000;

/// Looks at the time zone and at the times of our own files.
pub fn check(patient: &Patient) -> Vec<Finding> {
    let now = patient.clock.now();
    let zone = patient.clock.zone().name().map_or_else(|| now.datetime().offset().to_string(), str::to_owned);
    let said = Phrase::new("cli-doctor-time").with("zone", zone);
    let said = said.with("date", now.date().to_string()).with("time", now.hms());
    let mut findings = vec![if local_zone().is_ok() {
        ok(Topic::Time, said)
    } else {
        warn(Topic::Time, said, Phrase::new("cli-doctor-time-remedy"))
    }];
    // With a clock from a file, that is the time on purpose.
    if std::env::var_os(CLOCK_FILE).is_none() {
        findings.extend(judge_age(now.millis() / MILLIS, newest(&patient.places.data.join("rooms"))));
    }
    findings
}

/// When a journal was written to last, in seconds since 1970.
fn newest(dir: &Path) -> Option<i64> {
    let written = |entry: std::fs::DirEntry| entry.metadata().ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok();
    let newest = std::fs::read_dir(dir).ok()?.flatten().filter_map(written).max()?;
    i64::try_from(newest.as_secs()).ok()
}

fn judge_age(now: i64, newest: Option<i64>) -> Option<Finding> {
    let behind = newest?.checked_sub(now).filter(|behind| *behind > AHEAD)?;
    let said = Phrase::new("cli-doctor-time-behind").with("seconds", behind.to_string());
    Some(fail(Topic::Time, said, Phrase::new("cli-doctor-time-behind-remedy")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_behind_its_own_files_fails() {
        assert!(judge_age(1000, None).is_none());
        assert!(judge_age(1000, Some(1030)).is_none());
        assert!(judge_age(1000, Some(900)).is_none());
        assert!(judge_age(1000, Some(5000)).is_some());
    }
}
