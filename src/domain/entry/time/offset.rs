//! Zones after a time: `Z`, `UTC`, `CEST`, `+02:00`, `UTC+2`, `Europe/Stockholm`.
//!
//! An abbreviation stands for the offset it names in every season: 13:04 CET is 12:04 UTC in July too. One that stands
//! for several zones is not guessed.

use super::clock::{ClockTime, Half};
use super::scan::Scan;
use crate::domain::zone::Zone;

/// What stands after a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Known(Zone),
    /// It means a zone, and it cannot be known which.
    Unclear(String),
}

/// Abbreviations with one meaning that is far more common than any other, and how many minutes they are ahead of UTC.
const KNOWN: &[(&str, i32)] = &[
    ("UTC", 0),
    ("GMT", 0),
    ("UT", 0),
    ("Z", 0),
    ("WET", 0),
    ("CET", 60),
    ("MET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("SAST", 120),
    ("NST", -210),
    ("NDT", -150),
    ("BRT", -180),
    ("EST", -300),
    ("EDT", -240),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
    ("PKT", 300),
    ("NPT", 345),
    ("ICT", 420),
    ("WIB", 420),
    ("HKT", 480),
    ("SGT", 480),
    ("PHT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("ACDT", 630),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
];

/// Abbreviations that stand for zones far apart: IST is India, Ireland and Israel, CST Chicago and China, BST Britain and
/// Bangladesh. WEST may be a word as well.
const UNCLEAR: &[&str] =
    &["IST", "CST", "BST", "AST", "ADT", "AMT", "CAT", "EAT", "ECT", "GST", "SST", "WAT", "WEST", "WST"];

/// Zones of the United States by the names that are used all the year.
const ALL_YEAR: &[(&str, &str)] =
    &[("ET", "America/New_York"), ("PT", "America/Los_Angeles"), ("CT", "America/Chicago"), ("MT", "America/Denver")];

/// The first parts of the names in the IANA database.
const REGIONS: &[&str] = &[
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Brazil",
    "Canada",
    "Chile",
    "Etc",
    "Europe",
    "Indian",
    "Mexico",
    "Pacific",
    "US",
];

/// Offsets go to fourteen hours, by quarters of an hour.
const LARGEST: i32 = 14 * 60;
const STEP: i32 = 15;

/// How much of a time stands before the zone. A bare `14:05` may be followed by a range or a number of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Hour and minute.
    Minutes,
    /// Seconds or a date too, as programs write it.
    Stamp,
}

/// Reads a zone after `clock`.
pub fn read(scan: &mut Scan<'_>, clock: &ClockTime, before: Before) -> Option<Named> {
    scan.attempt(|scan| glued(scan, before)).or_else(|| scan.attempt(|scan| apart(scan, clock, before)))
}

/// `Z`, `+02:00`, `-0800` right behind the time.
fn glued(scan: &mut Scan<'_>, before: Before) -> Option<Named> {
    if let Some(named) = scan.attempt(glued_name) {
        return Some(named);
    }
    if scan.eat_one_of(&['Z', 'z']).is_some() {
        return (!scan.peek().is_some_and(char::is_alphanumeric)).then_some(Named::Known(Zone::UTC));
    }
    // `14:05-08:00` is from one time to another.
    let is_range = before == Before::Minutes && scan.peek() == Some('-');
    let from = scan.at();
    let minutes = signed_offset(scan)?;
    let is_clear = match scan.since(from).len() {
        3 => before == Before::Stamp,
        length => length > 3,
    };
    (!is_range && is_clear).then(|| Named::Known(Zone::fixed(minutes)))
}

/// `13:04UTC`, `13:04CET`
fn glued_name(scan: &mut Scan<'_>) -> Option<Named> {
    let letters = scan.run(|c| c.is_ascii_alphabetic());
    let (_, minutes) = KNOWN.iter().find(|(known, _)| *known == letters && known.len() >= 3)?;
    (!scan.peek().is_some_and(char::is_alphanumeric)).then(|| Named::Known(Zone::fixed(*minutes)))
}

/// A zone after a blank, in brackets or not.
fn apart(scan: &mut Scan<'_>, clock: &ClockTime, before: Before) -> Option<Named> {
    // `1:04 PM, EST`
    scan.eat(",");
    if !scan.blanks() {
        return None;
    }
    let closing = match scan.eat_one_of(&['(', '[']) {
        Some('(') => Some(")"),
        Some(_) => Some("]"),
        None => None,
    };
    let named = match scan.peek()? {
        '+' | '-' | '−' => {
            let from = scan.at();
            let minutes = signed_offset(scan)?;
            // `+0100` may be a number of things after `14:05`.
            let is_clear = scan.since(from).contains(':') || (before == Before::Stamp && scan.since(from).len() == 5);
            is_clear.then(|| Named::Known(Zone::fixed(minutes)))?
        }
        _ => named(scan, clock.half)?,
    };
    if closing.is_some_and(|closing| !scan.eat(closing)) {
        return None;
    }
    (!scan.peek().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '/'))).then_some(named)
}

fn named(scan: &mut Scan<'_>, half: Option<Half>) -> Option<Named> {
    let from = scan.at();
    let letters = scan.run(|c| c.is_ascii_alphabetic());
    if scan.peek() == Some('/') && REGIONS.contains(&letters) {
        scan.run(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+'));
        let name = scan.since(from).trim_end_matches(['-', '+', '/']);
        return Some(Zone::named(name).map_or_else(|| Named::Unclear(name.to_owned()), Named::Known));
    }
    // Programs write UTC and CET in small letters; any other would be a word.
    let upper = letters.to_ascii_uppercase();
    let is_written_so = letters == upper || matches!(upper.as_str(), "UTC" | "GMT" | "CET" | "CEST");
    if !is_written_so {
        return None;
    }
    if UNCLEAR.contains(&upper.as_str()) {
        return Some(Named::Unclear(upper));
    }
    if let Some((_, minutes)) = KNOWN.iter().find(|(known, _)| *known == upper) {
        // `UTC+2`, `GMT-03:30`
        let further = (*minutes == 0 && letters.len() == 3).then(|| scan.attempt(signed_offset)).flatten();
        return Some(Named::Known(Zone::fixed(further.unwrap_or(*minutes))));
    }
    // CT and MT are more often something else, unless the time is written as it is there.
    let (known, zone) = ALL_YEAR.iter().find(|(known, _)| *known == upper)?;
    if half.is_none() && matches!(*known, "CT" | "MT") {
        return None;
    }
    Zone::named(zone).map(Named::Known)
}

/// `+02:00`, `+0200`, `+02` or `+2`, in minutes.
fn signed_offset(scan: &mut Scan<'_>) -> Option<i32> {
    let sign = match scan.eat_one_of(&['+', '-', '−'])? {
        '+' => 1,
        _ => -1,
    };
    let digits = scan.digits(1..=4).filter(|digits| digits.len() != 3)?;
    let (hours, minutes): (i32, i32) = match digits.len() {
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => {
            let minutes = scan.attempt(|scan| if scan.eat(":") { scan.digits(2..=2) } else { None });
            (digits.parse().ok()?, minutes.map_or(Some(0), |minutes| minutes.parse().ok())?)
        }
    };
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= LARGEST && total % STEP == 0).then_some(sign * total)
}
