//! The only reader of the wall clock: the real one, and one that a test moves by hand.

use std::path::PathBuf;

use chrono::{DateTime, Local, Utc};
use chrono_tz::Tz;

use crate::domain::time::Moment;

/// The variable that names a file holding the time, as RFC 3339. While it is set, that file *is* the clock.
/// Tests move hours by writing to it; every process of the run reads the same file.
pub const CLOCK_FILE: &str = "KLOCK_CLOCK_FILE";

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock, in the machine's time zone.
    Real { zone: Option<Tz> },
    /// The time written in a file. Unreadable or malformed: the time it last held, or the epoch.
    File { path: PathBuf, zone: Option<Tz> },
}

impl Clock {
    /// The clock this process should use: the file named by `KLOCK_CLOCK_FILE`, or the machine's.
    /// The zone is `TZ` when it names one, else the machine's own.
    pub fn from_env() -> Self {
        let zone = local_zone();
        match std::env::var_os(CLOCK_FILE) {
            Some(path) => Clock::File { path: path.into(), zone },
            None => Clock::Real { zone },
        }
    }

    /// The present moment, with the offset in force here.
    pub fn now(&self) -> Moment {
        match self {
            Clock::Real { zone } => in_zone(Utc::now(), *zone),
            Clock::File { path, zone } => std::fs::read_to_string(path)
                .ok()
                .and_then(|text| DateTime::parse_from_rfc3339(text.trim()).ok())
                .map_or_else(
                    || Moment::new(DateTime::UNIX_EPOCH.fixed_offset()),
                    |at| in_zone(at.with_timezone(&Utc), *zone),
                ),
        }
    }

    /// The time zone in force, when it has a name. Needed to read "02:30" as a person means it.
    pub fn zone(&self) -> Tz {
        match self {
            Clock::Real { zone } | Clock::File { zone, .. } => zone.unwrap_or(Tz::UTC),
        }
    }
}

fn in_zone(at: DateTime<Utc>, zone: Option<Tz>) -> Moment {
    match zone {
        Some(zone) => Moment::new(at.with_timezone(&zone).fixed_offset()),
        None => Moment::new(at.with_timezone(&Local).fixed_offset()),
    }
}

fn local_zone() -> Option<Tz> {
    std::env::var("TZ")
        .ok()
        .and_then(|name| name.trim_start_matches(':').parse().ok())
        .or_else(|| iana_time_zone::get_timezone().ok()?.parse().ok())
}
