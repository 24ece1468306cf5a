//! Times as monitoring tools write them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::Value;

use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// A time as it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// None was told, or one that says that there is none.
    Nothing,
    /// What was told is no time that is understood.
    Unreadable(String),
    At(Moment),
    /// What the clock showed where the tool runs. Which offset was in force there was not told.
    Clock(NaiveDateTime),
}

impl Told {
    /// Reads a time: RFC 3339 and its relatives, RFC 2822, and seconds, milliseconds, microseconds or nanoseconds since 1970 as a
    /// number or a text.
    pub fn read(value: Option<&Value>) -> Self {
        match value {
            Some(Value::Number(number)) => Told::parse(&number.to_string()),
            Some(Value::String(text)) => Told::parse(text),
            _ => Told::Nothing,
        }
    }

    /// As [`Told::read`], of a text.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Told::Nothing;
        }
        if let Ok(number) = text.parse::<f64>() {
            return since_1970(number).unwrap_or_else(|| Told::Unreadable(text.to_owned()));
        }
        let told = match DateTime::parse_from_rfc2822(text) {
            Ok(at) => Some(Told::At(Moment::new(at))),
            Err(_) => date_and_time(text).or_else(|| as_c_prints(text)),
        };
        match told {
            Some(told) if told.is_zero() => Told::Nothing,
            Some(told) => told,
            None => Told::Unreadable(text.to_owned()),
        }
    }

    /// This, or `other` when nothing was told.
    #[must_use]
    pub fn or(self, other: Told) -> Self {
        if self == Told::Nothing { other } else { self }
    }

    /// The moment meant, where the clocks of `zone` show what was told without an offset: in an hour that comes twice the
    /// later one that is not ahead of `now`.
    pub fn moment(&self, zone: &Zone, now: Moment) -> Option<Moment> {
        match self {
            Told::Nothing | Told::Unreadable(_) => None,
            Told::At(at) => Some(*at),
            Told::Clock(said) => {
                let moments = zone.moments(*said);
                moments.iter().rfind(|at| **at <= now).or(moments.first()).copied()
            }
        }
    }

    /// The year 1, with which programs in Go say that there is no time.
    fn is_zero(&self) -> bool {
        let year = match self {
            Told::At(at) => chrono::Datelike::year(&at.date()),
            Told::Clock(said) => chrono::Datelike::year(said),
            Told::Nothing | Told::Unreadable(_) => return false,
        };
        year <= 1
    }
}

impl From<Moment> for Told {
    fn from(at: Moment) -> Self {
        Told::At(at)
    }
}

/// A number counts what puts it nearest to our time: a number of seconds is in the year 5138 when it has twelve digits.
fn since_1970(number: f64) -> Option<Told> {
    let seconds = match number.abs() {
        0.0 => return Some(Told::Nothing),
        size if size < 1e11 => number,
        size if size < 1e14 => number / 1e3,
        size if size < 1e17 => number / 1e6,
        size if size < 1e20 => number / 1e9,
        _ => return None,
    };
    // Rounded, for most decimal fractions have no exact binary one.
    let at = DateTime::from_timestamp_millis((seconds * 1e3).round() as i64)?;
    Some(Told::At(Moment::new(at.fixed_offset())))
}

/// A date, year first, and a time, with or without an offset and the name of a zone: ISO 8601, and what programs in Go and Java
/// and the macros of Zabbix make of it.
fn date_and_time(text: &str) -> Option<Told> {
    // Java and RFC 9557 put the name of the zone behind the offset.
    let text = text.split_once('[').filter(|(_, name)| name.ends_with(']')).map_or(text, |(text, _)| text);
    if let Some((said, rest)) = text.split_at_checked(15)
        && let Ok(said) = NaiveDateTime::parse_from_str(said, "%Y%m%dT%H%M%S")
    {
        return in_zone(said, rest);
    }
    let (date, rest) = text.split_at_checked(10)?;
    let date =
        ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"].iter().find_map(|form| NaiveDate::parse_from_str(date, form).ok())?;
    let rest = rest.strip_prefix(['T', 't', ' ', '_'])?.trim_start();
    let is_of_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
    let (time, zone) = rest.split_at(rest.find(|c| !is_of_time(c)).unwrap_or(rest.len()));
    in_zone(date.and_time(time_of_day(time)?), zone)
}

/// What the clocks showed, where `zone` is what was told of the zone.
fn in_zone(said: NaiveDateTime, zone: &str) -> Option<Told> {
    Some(match offset(zone.trim())? {
        None => Told::Clock(said),
        Some(offset) => Told::At(Moment::new(said.and_local_timezone(offset).single()?)),
    })
}

/// `14:05`, `14:05:07`, `14:05:07.123` with a full stop or a comma.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let text = text.replace(',', ".");
    ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|form| NaiveTime::parse_from_str(&text, form).ok())
}

/// The offset that stands behind a time; `Some(None)`: there is none. Go prints the zone's name behind its offset, and its
/// monotonic clock.
fn offset(text: &str) -> Option<Option<FixedOffset>> {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let is_name =
        |word: &str| word.starts_with("m=") || word.chars().all(|c| c.is_ascii_alphanumeric() || "+-".contains(c));
    if !rest.split_whitespace().all(is_name) {
        return None;
    }
    if first.is_empty() {
        return Some(None);
    }
    if ["Z", "UTC", "GMT"].iter().any(|name| first.eq_ignore_ascii_case(name)) {
        return Some(FixedOffset::east_opt(0));
    }
    let (sign, digits) = match first.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-" | "\u{2212}", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Some(Some(FixedOffset::east_opt(sign * seconds)?))
}

/// `Sat Nov 21 13:03:45 2026` or `Sat Nov 21 13:03:45 UTC 2026`: what `ctime` and `date` print, and Nagios with them. The name
/// of another zone than UTC is passed over: it is the one where the tool runs.
fn as_c_prints(text: &str) -> Option<Told> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (month, day, time, zone, year) = match words.as_slice() {
        [_, month, day, time, year] => (month, day, time, None, year),
        [_, month, day, time, zone, year] => (month, day, time, Some(*zone), year),
        _ => return None,
    };
    let date = NaiveDate::parse_from_str(&format!("{day} {month} {year}"), "%d %b %Y").ok()?;
    let said = date.and_time(time_of_day(time)?);
    match zone {
        Some("UTC" | "GMT") => Some(Told::At(Moment::new(said.and_utc().fixed_offset()))),
        _ => Some(Told::Clock(said)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(text: &str) -> Told {
        Told::At(Moment::parse(text).expect("a moment"))
    }

    fn clock(text: &str) -> Told {
        Told::Clock(text.parse().expect("a time"))
    }

    #[test]
    fn times_are_read_as_tools_write_them() {
        let cases = [
            (json!("2026-11-21T12:03:45Z"), at("2026-11-21T12:03:45Z")),
            (json!("2026-11-21T12:03:45.828123456+01:00"), at("2026-11-21T12:03:45.828+01:00")),
            (json!("2026-11-21T12:03:45.828+0000"), at("2026-11-21T12:03:45.828Z")),
            (json!("2026-11-21T12:03:45-08"), at("2026-11-21T12:03:45-08:00")),
            (json!("2026-11-21T12:03:45+05:45"), at("2026-11-21T12:03:45+05:45")),
            (json!("2026-11-21 12:03:45 UTC"), at("2026-11-21T12:03:45Z")),
            (json!("2026-11-21T12:03:45+01:00[Europe/Stockholm]"), at("2026-11-21T12:03:45+01:00")),
            (json!("20261121T120345Z"), at("2026-11-21T12:03:45Z")),
            (json!("20261121T120345"), clock("2026-11-21T12:03:45")),
            (json!("2026-11-21 12:03:45.5 +0100 CET m=+12.3"), at("2026-11-21T12:03:45.5+01:00")),
            (json!("2026-11-21 12:03:45,250"), clock("2026-11-21T12:03:45.250")),
            (json!("2026.11.21 12:03:45"), clock("2026-11-21T12:03:45")),
            (json!("2026/11/21 12:03"), clock("2026-11-21T12:03:00")),
            (json!("Sat, 21 Nov 2026 12:03:45 GMT"), at("2026-11-21T12:03:45Z")),
            (json!("Sat, 21 Nov 2026 12:03:45 +0100"), at("2026-11-21T12:03:45+01:00")),
            (json!("Sat Nov 21 12:03:45 2026"), clock("2026-11-21T12:03:45")),
            (json!("Sat Nov 21 12:03:45 UTC 2026"), at("2026-11-21T12:03:45Z")),
            (json!("Sat Nov 21 12:03:45 CET 2026"), clock("2026-11-21T12:03:45")),
            (json!(1_795_262_625), at("2026-11-21T12:03:45Z")),
            (json!(1_795_262_625.828), at("2026-11-21T12:03:45.828Z")),
            (json!("1795262625"), at("2026-11-21T12:03:45Z")),
            (json!(1_795_262_625_828_i64), at("2026-11-21T12:03:45.828Z")),
            (json!(1_795_262_625_828_001_i64), at("2026-11-21T12:03:45.828Z")),
            (json!(1_795_262_625_828_000_123_i64), at("2026-11-21T12:03:45.828Z")),
        ];
        for (told, expected) in cases {
            assert_eq!(Told::read(Some(&told)), expected, "{told}");
        }
    }

    #[test]
    fn what_says_that_there_is_no_time_is_none() {
        let values = [json!("0001-01-01T00:00:00Z"), json!("0001-01-01 00:00:00 +0000 UTC"), json!(0), json!("0")];
        for value in values.into_iter().chain([json!(""), json!("  "), json!(null), json!({}), json!(true)]) {
            assert_eq!(Told::read(Some(&value)), Told::Nothing, "{value}");
        }
        assert_eq!(Told::read(None), Told::Nothing);
    }

    #[test]
    fn what_is_no_time_is_kept_to_be_told() {
        for text in [
            "yesterday",
            "2026-13-21T12:00:00Z",
            "2026-11-21",
            "2026-11-21T12:00:00+99:99",
            "2026-11-21T12:00:00 Mars/Olympus",
            "2026-11-21T25:00:00Z",
            "å026-11-21T12:00:00Z",
            "1e300",
            "NaN",
            "-",
        ] {
            assert_eq!(Told::parse(text), Told::Unreadable(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_time_without_an_offset_is_that_of_the_clocks_here() {
        let zone = Zone::named("Europe/Stockholm").expect("a zone");
        let moment = |told: &str, now: &str| {
            let now = Moment::parse(now).expect("a moment");
            Told::parse(told).moment(&zone, now).map(|at| at.to_string())
        };
        let noon = "2026-11-21T12:00:00+01:00";
        assert_eq!(moment("2026-11-21 11:03:45", noon).as_deref(), Some("2026-11-21T11:03:45.000+01:00"));
        assert_eq!(moment("2026-10-25 02:30", noon).as_deref(), Some("2026-10-25T02:30:00.000+01:00"));
        let before = "2026-10-25T02:40:00+02:00";
        assert_eq!(moment("2026-10-25 02:30", before).as_deref(), Some("2026-10-25T02:30:00.000+02:00"));
        assert_eq!(moment("soon", noon), None);
    }
}
