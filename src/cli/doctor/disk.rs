//! The disk under the rooms: how much is free, whether it takes what is written, and how long a sync takes.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::{Access, access};

use super::Patient;
use super::finding::{Finding, Topic, fail, ok, skipped, warn};
use crate::domain::phrase::Phrase;
use crate::store;

/// How many lines are written and synced, one after the other.
const ROUNDS: usize = 50;

/// About as long as a note's line in the journal.
const LINE: [u8; 512] = [b'\n'; 512];

/// A disk so slow is not measured to the end.
const AT_MOST: Duration = Duration::from_secs(3);

/// Above this, a person who presses Enter waits.
const SLOW: Duration = Duration::from_millis(100);

/// What is acknowledged takes at most so many times a bare append and sync (half of it more, p50).
const PROMISED: f64 = 1.5;

const MEGABYTE: u64 = 1 << 20;
const SCARCE: u64 = 1024 * MEGABYTE;
const TOO_SCARCE: u64 = 100 * MEGABYTE;

/// Measures with a probe file in the data directory, which is gone afterwards.
pub fn check(patient: &Patient) -> Vec<Finding> {
    let dir = &patient.places.data;
    let mut findings: Vec<Finding> = check_log(&patient.places.log).into_iter().collect();
    match fs::metadata(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            findings.push(check_place(dir));
            return findings;
        }
        Err(error) => {
            findings.push(unusable(dir, &error));
            return findings;
        }
        // Of what kind and whose it is, the rights tell.
        Ok(found) if !found.is_dir() => return findings,
        Ok(_) => {}
    }
    if let Ok(disk) = rustix::fs::statvfs(dir) {
        findings.push(judge_free(disk.f_bavail.saturating_mul(disk.f_frsize)));
    }
    findings.push(match measure(&dir.join(format!(".doctor-{}", std::process::id()))) {
        Ok(times) => judge_sync(times),
        Err(error) => {
            let said = Phrase::new("cli-doctor-cannot-write").with("path", dir.display().to_string());
            fail(Topic::Disk, said.with("why", error.to_string()), Phrase::new("cli-doctor-cannot-write-remedy"))
        }
    });
    findings
}

/// Whether the first host can make `dir`, which is not there.
fn check_place(dir: &Path) -> Finding {
    match can_make(dir) {
        Ok(()) => {
            let said = Phrase::new("cli-doctor-no-data").with("path", dir.display().to_string());
            skipped(Topic::Disk, said)
        }
        Err(error) => unusable(dir, &error),
    }
}

/// Returns `None` if a host can keep its log in `dir`.
fn check_log(dir: &Path) -> Option<Finding> {
    let found: io::Result<()> = match fs::metadata(dir) {
        Ok(found) if !found.is_dir() => Err(io::ErrorKind::NotADirectory.into()),
        Ok(_) => access(dir, Access::WRITE_OK | Access::EXEC_OK).map_err(io::Error::from),
        Err(_) => can_make(dir),
    };
    let why = store::reason(&found.err()?);
    let said = Phrase::new("host-no-log").with("path", dir.display().to_string()).with("why", why);
    Some(warn(Topic::Host, said, Phrase::new("cli-doctor-no-log-remedy")))
}

/// Whether `dir` could be made: the first directory above it that is there may be written in.
fn can_make(dir: &Path) -> io::Result<()> {
    for above in dir.ancestors().skip(1) {
        match fs::metadata(above) {
            Ok(found) if found.is_dir() => return Ok(access(above, Access::WRITE_OK | Access::EXEC_OK)?),
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

fn unusable(path: &Path, error: &io::Error) -> Finding {
    let said = Phrase::new("store-unusable").with("path", path.display().to_string()).with("why", store::reason(error));
    fail(Topic::Disk, said, Phrase::new("cli-doctor-cannot-write-remedy"))
}

fn judge_free(bytes: u64) -> Finding {
    let said = Phrase::new("cli-doctor-free").with("megabytes", (bytes / MEGABYTE).to_string());
    let remedy = || Phrase::new("cli-doctor-free-remedy");
    match bytes {
        0..TOO_SCARCE => fail(Topic::Disk, said, remedy()),
        TOO_SCARCE..SCARCE => warn(Topic::Disk, said, remedy()),
        _ => ok(Topic::Disk, said),
    }
}

/// `times`: at least one.
fn judge_sync(mut times: Vec<Duration>) -> Finding {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    let (middle, late) = (at(50), at(99));
    let shown = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
    let said = Phrase::new("cli-doctor-sync").with("p50", shown(middle)).with("p99", shown(late));
    let said = said.with("promised", shown(middle.mul_f64(PROMISED)));
    if late > SLOW { warn(Topic::Disk, said, Phrase::new("cli-doctor-sync-remedy")) } else { ok(Topic::Disk, said) }
}

/// How long each append with its sync took.
fn measure(path: &Path) -> io::Result<Vec<Duration>> {
    let measured = append(path);
    match fs::remove_file(path) {
        Err(error) if measured.is_ok() => Err(error),
        _ => measured,
    }
}

fn append(path: &Path) -> io::Result<Vec<Duration>> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let began = Instant::now();
    let mut times = Vec::with_capacity(ROUNDS);
    while times.len() < ROUNDS && began.elapsed() < AT_MOST {
        let start = Instant::now();
        file.write_all(&LINE)?;
        file.sync_data()?;
        times.push(start.elapsed());
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::super::finding::FindingState;
    use super::*;

    #[test]
    fn little_space_warns_and_hardly_any_fails() {
        assert_eq!(judge_free(50 * MEGABYTE).state, FindingState::Fail);
        assert_eq!(judge_free(500 * MEGABYTE).state, FindingState::Warn);
        assert_eq!(judge_free(5000 * MEGABYTE).state, FindingState::Ok);
    }

    #[test]
    fn a_slow_sync_warns() {
        let quick = vec![Duration::from_millis(1); 50];
        assert_eq!(judge_sync(quick.clone()).state, FindingState::Ok);
        let slow = [quick, vec![Duration::from_millis(400)]].concat();
        assert_eq!(judge_sync(slow).state, FindingState::Warn);
    }

    #[test]
    fn a_probe_measures_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().expect("a directory");
        assert_eq!(measure(&dir.path().join("probe")).expect("measured").len(), ROUNDS);
        assert_eq!(fs::read_dir(dir.path()).expect("it is there").count(), 0);
        assert!(measure(&dir.path().join("not/there")).is_err());
    }
}
