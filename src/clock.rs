//! The only reader of the wall clock: the real one, and one that a test moves by hand.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;

use crate::domain::phrase::Phrase;
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
        Clock::with_fault().0
    }

    /// As [`Clock::from_env`], and why it goes by UTC when the zone is not known.
    pub fn with_fault() -> (Self, Option<ZoneFault>) {
        let (zone, fault) = local_zone().map_or_else(|fault| (Zone::UTC, Some(fault)), |zone| (zone, None));
        let clock = match std::env::var_os(CLOCK_FILE) {
            Some(path) => Clock::File { path: path.into(), zone },
            None => Clock::Real { zone },
        };
        (clock, fault)
    }

    /// The present moment, with the offset in force here.
    pub fn now(&self) -> Moment {
        match self {
            Clock::Real { zone } => zone.at(machine_time()),
            Clock::File { path, zone } => std::fs::read_to_string(path)
                .ok()
                .and_then(|text| DateTime::parse_from_rfc3339(text.lines().next()?.trim()).ok())
                .map_or_else(|| Moment::new(DateTime::UNIX_EPOCH.fixed_offset()), |at| zone.at(at)),
        }
    }

    /// The present moment and the steady time, read at once: two readings tell whether the wall clock was set in
    /// between. `None` if they could not be read at once.
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

/// What the machine's clock says, on which side of 1970 it may stand. Beyond the calendar it is the epoch.
fn machine_time() -> DateTime<Utc> {
    let now = SystemTime::now();
    let since = match now.duration_since(UNIX_EPOCH) {
        Ok(after) => chrono::Duration::from_std(after).ok(),
        Err(before) => chrono::Duration::from_std(before.duration()).ok().map(|span| -span),
    };
    since.and_then(|span| DateTime::UNIX_EPOCH.checked_add_signed(span)).unwrap_or(DateTime::UNIX_EPOCH)
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

/// Where the descriptions of zones are kept, unless `TZDIR` says another.
const ZONE_DIR: &str = "/usr/share/zoneinfo";
/// The longest description of a zone, in bytes. The longest there is has 4 KB.
const LONGEST_ZONE: u64 = 256 << 10;
/// When summer time begins and ends where a string names it without saying so: as in the United States, which is what the C
/// library takes (`TZDEFRULES`), and so `date`.
const DEFAULT_RULES: &str = ",M3.2.0,M11.1.0";

/// Why the zone is not known, so that UTC is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZoneFault {
    /// `TZ` says this, which is not understood.
    NotUnderstood(String),
    /// The machine does not say.
    Unknown,
}

impl ZoneFault {
    /// What is said of it wherever a time is stamped or shown; none when nobody said anything wrong.
    pub fn phrase(&self) -> Option<Phrase> {
        match self {
            ZoneFault::NotUnderstood(said) => Some(Phrase::new("zone-not-understood").with("zone", said.as_str())),
            ZoneFault::Unknown => None,
        }
    }
}

/// The zone that `TZ` or the machine's settings say, by name or by rules, as the C library understands it.
///
/// # Errors
/// When they say nothing that is understood.
pub fn local_zone() -> Result<Zone, ZoneFault> {
    match std::env::var_os("TZ") {
        Some(said) => {
            let said = said.to_string_lossy();
            zone_of(&said).ok_or_else(|| ZoneFault::NotUnderstood(said.into_owned()))
        }
        None => TimeZone::try_system().map(Zone::new).map_err(|_| ZoneFault::Unknown),
    }
}

/// The zone that a value of `TZ` means: a name, a file, or a POSIX string, with rules or without.
fn zone_of(said: &str) -> Option<Zone> {
    let said = said.strip_prefix(':').unwrap_or(said);
    if said.is_empty() {
        return Some(Zone::UTC);
    }
    // Names are as they are written, on most disks and in the C library.
    let named = |name: &str| Zone::named(name).filter(|zone| zone.name() == Some(name));
    named(said).or_else(|| zone_in_file(Path::new(said), named)).or_else(|| posix(said))
}

/// The zone that a file describes. One that lies where the C library has its zones is known by its name.
fn zone_in_file(path: &Path, named: impl Fn(&str) -> Option<Zone>) -> Option<Zone> {
    let dir = std::env::var_os("TZDIR").filter(|dir| !dir.is_empty()).map_or_else(|| ZONE_DIR.into(), PathBuf::from);
    let path = dir.join(path);
    if let Some(zone) = path.strip_prefix(ZONE_DIR).ok().and_then(Path::to_str).and_then(named) {
        return Some(zone);
    }
    // A directory, a pipe and an endless device are no descriptions.
    if !std::fs::metadata(&path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    std::fs::File::open(&path).ok()?.take(LONGEST_ZONE).read_to_end(&mut bytes).ok()?;
    TimeZone::tzif("", &bytes).ok().map(Zone::new)
}

fn posix(said: &str) -> Option<Zone> {
    let with_default_rules = || TimeZone::posix(&format!("{said}{DEFAULT_RULES}")).ok();
    let rules = TimeZone::posix(said).ok();
    rules.or_else(|| (!said.contains(',')).then(with_default_rules).flatten()).map(Zone::new)
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
    fn a_zone_is_what_the_c_library_takes_it_for() {
        // Case 25. What `date` prints on 15 January, 20 March and 1 July, at noon UTC.
        let offsets = |said: &str| {
            let zone = zone_of(said)?;
            let at = |text| zone.local(Moment::parse(text).unwrap()).to_string()[23..].to_owned();
            Some(["2026-01-15T12:00:00Z", "2026-03-20T12:00:00Z", "2026-07-01T12:00:00Z"].map(at).join(" "))
        };
        for (said, expected) in [
            ("CET-1CEST", "+01:00 +02:00 +02:00"),
            ("MEZ-1MESZ", "+01:00 +02:00 +02:00"),
            ("<CET>-1<CEST>", "+01:00 +02:00 +02:00"),
            ("GMT0BST", "+00:00 +01:00 +01:00"),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "+01:00 +01:00 +02:00"),
            ("CET-1CEST,J60/0,J300/0", "+01:00 +02:00 +02:00"),
            ("EST5EDT", "-05:00 -04:00 -04:00"),
            ("UTC0", "+00:00 +00:00 +00:00"),
            ("UTC+3", "-03:00 -03:00 -03:00"),
            ("IST-5:30", "+05:30 +05:30 +05:30"),
            ("<+02>-2", "+02:00 +02:00 +02:00"),
            ("Europe/Stockholm", "+01:00 +01:00 +02:00"),
            (":Europe/Stockholm", "+01:00 +01:00 +02:00"),
            ("/usr/share/zoneinfo/Europe/Stockholm", "+01:00 +01:00 +02:00"),
            (":/usr/share/zoneinfo/America/New_York", "-05:00 -04:00 -04:00"),
            ("", "+00:00 +00:00 +00:00"),
            (":", "+00:00 +00:00 +00:00"),
        ] {
            assert_eq!(offsets(said).as_deref(), Some(expected), "TZ={said}");
        }
        for said in [
            "Foo/Bar",
            "XXX",
            "AB1",
            "/nonexistent",
            "/",
            "/dev/zero",
            "Europe",
            "europe/stockholm",
            "CET-99",
            "\u{1b}[31m",
        ] {
            assert_eq!(offsets(said), None, "TZ={said}");
        }
        assert_eq!(
            zone_of("/usr/share/zoneinfo/Europe/Stockholm").and_then(|zone| zone.name().map(str::to_owned)).as_deref(),
            Some("Europe/Stockholm")
        );
    }

    #[test]
    fn a_zone_in_a_file_of_ones_own_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("zone");
        // The description of a zone that is always two hours ahead: nothing but its footer counts.
        let header = |version| {
            [b"TZif".as_slice(), version, &[0; 15], &[0; 4 * 3], &[0; 4], &[0, 0, 0, 1], &[0, 0, 0, 4]].concat()
        };
        let body = [&[0, 0, 28, 32, 0, 0][..], b"SAS\0"].concat();
        let bytes = [header(b"2"), body.clone(), header(b"2"), body, b"\n<+02>-2\n".to_vec()].concat();
        std::fs::write(&path, bytes).unwrap();
        let zone = zone_of(path.to_str().unwrap()).expect("a zone");
        let at = zone.local(Moment::parse("2026-01-15T12:00:00Z").unwrap());
        assert_eq!(at.to_string(), "2026-01-15T14:00:00.000+02:00");
    }

    #[test]
    fn the_machines_steady_time_goes_on() {
        let clock = Clock::Real { zone: Zone::UTC };
        let (first, second) = (clock.reading().unwrap(), clock.reading().unwrap());
        assert!(second.steady >= first.steady && first.steady > Duration::ZERO);
    }
}
