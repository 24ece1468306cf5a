//! Times as programs alone write them: `20261129T140512Z`, `I1129 14:05:12.123456`, seconds since 1970.

use chrono::{DateTime, NaiveDate, NaiveTime};

use super::clock::{self, ClockTime, Freedom};
use super::day::Day;
use super::offset::{self, Before, Named};
use super::said::{DayOrTime, Read, Said, Unclear};
use super::scan::TextScan;
use crate::domain::phrase::Lang;
use crate::domain::zone::Zone;

/// How serious a line of klog is, and how the text goes on after its time.
const LEVELS: [(char, &str); 5] = [('I', "I "), ('W', "W "), ('E', "E "), ('F', "F "), ('D', "D ")];

/// A year that has every day there is.
const LEAP_YEAR: i32 = 2028;

/// `20261129T140512Z`: date and time of day without marks between their parts.
pub fn compact(scan: &mut TextScan<'_>) -> Option<Result<Read, Unclear>> {
    let date = scan.digits(8..=8)?;
    let date = NaiveDate::from_ymd_opt(date[..4].parse().ok()?, date[4..6].parse().ok()?, date[6..].parse().ok()?)?;
    scan.eat_one_of(&['T', 't'])?;
    let time = scan.digits(4..=6).filter(|time| time.len() != 5)?;
    let second = if time.len() == 6 { time[4..].parse().ok()? } else { 0 };
    let nanos = scan.attempt(clock::fraction).unwrap_or(0);
    let time = NaiveTime::from_hms_nano_opt(time[..2].parse().ok()?, time[2..4].parse().ok()?, second, nanos)?;
    let zone = match offset::read(scan, &ClockTime::bare(time), Before::Stamp) {
        Some(Named::Unclear(name)) => return Some(Err(Unclear::Zone(name))),
        Some(Named::Known(zone)) => Some(zone),
        None => None,
    };
    Some(Ok(Read::plainly(Said::At(DayOrTime { day: Some(Day::Date(date)), time: Some(time), ends_day: false, zone }))))
}

/// Seconds since 1970, with or without parts of one; or milliseconds.
pub fn counted(scan: &mut TextScan<'_>) -> Option<Read> {
    let digits = scan.digits(10..=13)?;
    let number: i64 = digits.parse().ok()?;
    let (seconds, nanos) = match digits.len() {
        10 => (number, scan.attempt(clock::fraction).unwrap_or(0)),
        13 => (number / 1000, u32::try_from(number % 1000).ok()? * 1_000_000),
        _ => return None,
    };
    let at = DateTime::from_timestamp(seconds, nanos)?.naive_utc();
    let at =
        DayOrTime { day: Some(Day::Date(at.date())), time: Some(at.time()), ends_day: false, zone: Some(Zone::UTC) };
    Some(Read { is_counted: true, ..Read::plainly(Said::At(at)) })
}

/// `I1129 14:05:12.123456`: how serious it is, month and day, time of day. Returns how the text goes on.
pub fn klog(scan: &mut TextScan<'_>, lang: Lang) -> Option<(&'static str, Read)> {
    let level = scan.eat_one_of(&LEVELS.map(|(level, _)| level))?;
    let (_, open) = LEVELS.into_iter().find(|(known, _)| *known == level)?;
    let date = scan.digits(4..=4)?;
    let (month, day) = (date[..2].parse().ok()?, date[2..].parse().ok()?);
    NaiveDate::from_ymd_opt(LEAP_YEAR, month, day)?;
    scan.blanks().then_some(())?;
    let clock = clock::read(scan, lang, Freedom::Prose)?.ok().filter(|clock| clock.has_seconds)?;
    let at = DayOrTime {
        day: Some(Day::Yearly { month, day }),
        time: Some(clock.time),
        ends_day: clock.ends_day,
        zone: None,
    };
    Some((open, Read::plainly(Said::At(at))))
}
