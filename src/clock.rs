//! The only reader of the wall clock: the real one, and one that a test moves by hand.

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;

use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// The variable that names a file holding the time, as RFC 3339. While it is set, that file *is* the clock.
/// Tests move hours by writing to it; every process of the run reads the same file. A second line holds the seconds of
/// [`Clock::reading`]'s steady time; without it time passes as the first line says.
pub const CLOCK_FILE: &str = "KLOCK_CLOCK_FILE";

/// How far apart two readings may lie to count as one.
const AT_ONCE: Duration = Duration::from_millis(20);
/// How often two readings are tried to be had at once, on a machine that is busy.
const TRIES: usize = 10;

/// The wall clock, and beside it a time that nobody sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// What the wall clock says.
    pub now: Moment,
    /// How long ago a moment was that stays the same while the machine runs. It counts while the machine sleeps, and setting
    /// the wall clock does not move it.
    pub steady: Duration,
}

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock, in the machine's time zone.
    Real { zone: Zone },
    /// The time written in a file. Unreadable or malformed: the time it last held, or the epoch.
    File { path: PathBuf, zone: Zone },
}

impl Clock {
    /// The clock this process should use: the file named by `KLOCK_CLOCK_FILE`, or the machine's.
    /// The zone is what `TZ` says, else the machine's own, else UTC.
    pub fn from_env() -> Self {
        let zone = local_zone().unwrap_or(Zone::UTC);
        match std::env::var_os(CLOCK_FILE) {
            Some(path) => Clock::File { path: path.into(), zone },
            None => Clock::Real { zone },
        }
    }

    /// The present moment, with the offset in force here.
    pub fn now(&self) -> Moment {
        match self {
            Clock::Real { zone } => zone.at(Utc::now()),
            Clock::File { path, zone } => std::fs::read_to_string(path)
                .ok()
                .and_then(|text| DateTime::parse_from_rfc3339(text.lines().next()?.trim()).ok())
                .map_or_else(|| Moment::new(DateTime::UNIX_EPOCH.fixed_offset()), |at| zone.at(at)),
        }
    }

    /// The present moment and the steady time, read at once: whoever compares two readings learns whether the wall clock was
    /// set in between. None: they could not be had at once.
    pub fn reading(&self) -> Option<Reading> {
        match self {
            Clock::Real { .. } => (0..TRIES).find_map(|_| {
                let before = steady();
                let now = self.now();
                let steady = steady();
                (steady.saturating_sub(before) < AT_ONCE).then_some(Reading { now, steady })
            }),
            Clock::File { path, zone } => {
                let text = std::fs::read_to_string(path).ok()?;
                let mut lines = text.lines();
                let at = DateTime::parse_from_rfc3339(lines.next()?.trim()).ok()?;
                let now = zone.at(at);
                let steady = match lines.next() {
                    Some(seconds) => Duration::from_secs(seconds.trim().parse().ok()?),
                    None => Duration::from_millis(u64::try_from(now.millis()).ok()?),
                };
                Some(Reading { now, steady })
            }
        }
    }

    /// The time zone in force. Needed to read "02:30" as a person means it.
    pub fn zone(&self) -> &Zone {
        match self {
            Clock::Real { zone } | Clock::File { zone, .. } => zone,
        }
    }
}

/// The machine's own time since it was started.
fn steady() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    // Elsewhere than on Linux the monotonic clock is the one that counts while the machine sleeps.
    #[cfg(target_os = "linux")]
    let clock = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    let clock = ClockId::Monotonic;
    let time = clock_gettime(clock);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The zone that `TZ` or the machine's settings say, by name or by rules; none: they say nothing that is understood.
pub fn local_zone() -> Option<Zone> {
    TimeZone::try_system().ok().map(Zone::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_by_hand_passes_with_the_wall_clock_unless_it_says_otherwise() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("clock");
        let clock = Clock::File { path: path.clone(), zone: Zone::named("Europe/Stockholm").unwrap() };
        assert_eq!(clock.reading(), None, "there is no time");
        std::fs::write(&path, "1970-01-01T01:00:07+01:00").unwrap();
        assert_eq!(clock.reading().map(|reading| reading.steady), Some(Duration::from_secs(7)));
        std::fs::write(&path, "2026-11-21T12:00:00+01:00\n90\n").unwrap();
        let reading = clock.reading().unwrap();
        assert_eq!((reading.now, reading.steady), (clock.now(), Duration::from_secs(90)));
        assert_eq!(reading.now.hms(), "12:00:00");
    }

    #[test]
    fn the_machines_steady_time_goes_on() {
        let clock = Clock::Real { zone: Zone::UTC };
        let (first, second) = (clock.reading().unwrap(), clock.reading().unwrap());
        assert!(second.steady >= first.steady && first.steady > Duration::ZERO);
    }
}
