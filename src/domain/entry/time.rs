//! Times and spans as people type them, read against a moment and a time zone.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::vocabulary::{Vocabulary, is_word};
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// A time of day this far ahead still means now, not yesterday; this far behind still means now, not tomorrow.
const TOLERANCE: Duration = Duration::minutes(1);
/// The longest span anybody means.
const LONGEST_SPAN: i64 = 366 * 24 * 60;

/// A time as it was said, before it is known which moment that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// So many minutes before.
    Ago(i64),
    /// A time of day.
    Clock(NaiveTime),
    /// A time of day, so many days from today.
    OnDay(i64, NaiveTime),
    /// A day and a time of day.
    OnDate(NaiveDate, NaiveTime),
}

impl Said {
    /// The latest moment not ahead of `now` that this can mean. A day is taken at its word, ahead of `now` or not.
    pub(super) fn before(self, now: Moment, zone: &Zone) -> Option<Moment> {
        let today = zone.at(now.datetime()).date();
        let latest = now.plus(TOLERANCE);
        match self {
            Said::Ago(minutes) => Some(now.plus_minutes(-minutes)),
            Said::Clock(time) => (0..=2).find_map(|days| {
                zone.moments(days_from(today, -days)?.and_time(time)).into_iter().rfind(|at| *at <= latest)
            }),
            Said::OnDay(days, time) => pick_before(days_from(today, days)?, time, zone, latest),
            Said::OnDate(date, time) => pick_before(date, time, zone, latest),
        }
    }

    /// The earliest moment not behind `now` that this can mean. A day is taken at its word.
    pub(super) fn after(self, now: Moment, zone: &Zone) -> Option<Moment> {
        let today = zone.at(now.datetime()).date();
        let earliest = now.plus(-TOLERANCE);
        match self {
            Said::Ago(minutes) => Some(now.plus_minutes(-minutes)),
            Said::Clock(time) => (0..=2).find_map(|days| {
                zone.moments(days_from(today, days)?.and_time(time)).into_iter().find(|at| *at >= earliest)
            }),
            Said::OnDay(days, time) => zone.moments(days_from(today, days)?.and_time(time)).into_iter().next(),
            Said::OnDate(date, time) => zone.moments(date.and_time(time)).into_iter().next(),
        }
    }
}

fn days_from(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    day.checked_add_signed(Duration::days(days))
}

/// The last of the moments not ahead of `latest`, or the first when all are.
fn pick_before(date: NaiveDate, time: NaiveTime, zone: &Zone, latest: Moment) -> Option<Moment> {
    let all = zone.moments(date.and_time(time));
    all.iter().rfind(|at| **at <= latest).or(all.first()).copied()
}

/// The words at the start of `text` that say a time an entry happened, and how many bytes they take.
pub(super) fn at_start(text: &str, lang: Lang) -> Option<(usize, Said)> {
    let words = Words::of(text);
    let first = words.get(0)?;
    if let Some(minutes) = first.strip_prefix('-').and_then(|span| span_minutes(span, true)) {
        return Some((words.end(0), Said::Ago(minutes)));
    }
    if let Some(time) = time_of_day(first) {
        return Some((words.end(0), Said::Clock(time)));
    }
    if let Some((count, said)) = on_date(&words, 0) {
        return Some((words.end(count - 1), said));
    }
    let (count, time) = Vocabulary::understood(lang).iter().find_map(|v| day_and_time(&words, v.yesterday))?;
    Some((words.end(count - 1), Said::OnDay(-1, time)))
}

/// The words at the start of `text` that say when something is due, and how many bytes they take.
pub(super) fn due_at_start(text: &str, lang: Lang) -> Option<(usize, Due)> {
    let words = Words::of(text);
    let first = words.get(0)?;
    if let Some(minutes) = first.strip_prefix('+').and_then(|span| span_minutes(span, true)) {
        return Some((words.end(0), Due::In(minutes)));
    }
    let says_due = |v: &&Vocabulary| v.due.iter().any(|word| is_word(word, first));
    if !Vocabulary::understood(lang).iter().any(says_due) {
        return None;
    }
    if let Some(time) = words.get(1).and_then(time_of_day) {
        return Some((words.end(1), Due::At(Said::Clock(time))));
    }
    on_date(&words, 1).map(|(count, said)| (words.end(count), Due::At(said)))
}

/// When something is due, as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// In so many minutes.
    In(i64),
    At(Said),
}

impl Due {
    /// The moment meant, counted from `from`.
    pub(super) fn after(self, from: Moment, zone: &Zone) -> Option<Moment> {
        match self {
            Due::In(minutes) => Some(from.plus_minutes(minutes)),
            Due::At(said) => said.after(from, zone),
        }
    }
}

/// The first few words of a line.
struct Words<'a>(Vec<(usize, &'a str)>);

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let line = text.lines().next().unwrap_or("");
        let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        Words(line.split_whitespace().take(4).map(|word| (start(word), word)).collect())
    }

    fn get(&self, nth: usize) -> Option<&'a str> {
        self.0.get(nth).map(|(_, word)| *word)
    }

    /// Where the `nth` word ends; 0 without such a word.
    fn end(&self, nth: usize) -> usize {
        self.0.get(nth).map_or(0, |(start, word)| start + word.len())
    }
}

/// `2026-11-20 23:50` or `2026-11-20T23:50` from the `nth` word on, and how many words that is.
fn on_date(words: &Words<'_>, nth: usize) -> Option<(usize, Said)> {
    let first = words.get(nth)?;
    if let Some((date, time)) = first.split_once('T') {
        return Some((1, Said::OnDate(day(date)?, time_of_day(time)?)));
    }
    Some((2, Said::OnDate(day(first)?, time_of_day(words.get(nth + 1)?)?)))
}

/// One of `names` (of one or two words) and a time of day, and how many words that is.
fn day_and_time(words: &Words<'_>, names: &[&str]) -> Option<(usize, NaiveTime)> {
    names.iter().find_map(|name| {
        let count = name.split(' ').count();
        let same =
            name.split(' ').enumerate().all(|(nth, part)| words.get(nth).is_some_and(|word| is_word(part, word)));
        let time = words.get(count).filter(|_| same).and_then(time_of_day)?;
        Some((count + 1, time))
    })
}

fn day(text: &str) -> Option<NaiveDate> {
    let right = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    right.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// `14:05`, `9:05` or `13:05:30`.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let mut parts = text.split(':');
    let hour = digits(parts.next()?, 1)?;
    let minute = digits(parts.next()?, 2)?;
    let second = match parts.next() {
        Some(part) => digits(part, 2)?,
        None => 0,
    };
    NaiveTime::from_hms_opt(hour, minute, second).filter(|_| parts.next().is_none())
}

/// A number of two digits, or of at least `least`.
fn digits(text: &str, least: usize) -> Option<u32> {
    let right = (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    right.then(|| text.parse().ok()).flatten()
}

/// `14:05`, and in dialogs also `1405` and `14.05`, where it cannot be anything else.
fn time_in_dialog(text: &str) -> Option<NaiveTime> {
    if let Some(time) = time_of_day(text) {
        return Some(time);
    }
    let (hour, minute) = match text.split_once('.') {
        Some((hour, minute)) => (hour, minute),
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => return None,
    };
    NaiveTime::from_hms_opt(digits(hour, 1)?, digits(minute, 2)?, 0)
}

/// Minutes of `1h30m`, `20m`, `2h`, `1d`, `90min`; with `unit` false also of a bare number.
fn span_minutes(text: &str, unit: bool) -> Option<i64> {
    if !unit && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().filter(|minutes| *minutes <= LONGEST_SPAN);
    }
    let mut total: i64 = 0;
    let mut smallest = i64::MAX;
    let mut rest = text;
    while !rest.is_empty() {
        let number = rest.bytes().take_while(u8::is_ascii_digit).count();
        let letters = rest[number..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let size = match rest[number..number + letters].to_ascii_lowercase().as_str() {
            "d" => 24 * 60,
            "h" | "t" | "tim" => 60,
            "m" | "min" => 1,
            _ => return None,
        };
        if size >= smallest {
            return None;
        }
        smallest = size;
        let count: i64 = rest[..number].parse().ok()?;
        total = total.checked_add(count.checked_mul(size)?).filter(|total| *total <= LONGEST_SPAN)?;
        rest = &rest[number + letters..];
    }
    (smallest < i64::MAX).then_some(total)
}

/// A span in minutes: `1h30m`, `1 h 30 m`, `20m`, `1d`, or a bare number of minutes. At most a year.
///
/// # Errors
/// A phrase that repeats the text and shows what is understood.
pub fn parse_span_minutes(text: &str) -> Result<i64, Phrase> {
    let compact: String = text.split_whitespace().collect();
    span_minutes(&compact, false).ok_or_else(|| Phrase::new("time-span-not-understood").with("text", text))
}

/// When something happened, for dialogs and `--at`: everything an entry line takes in either language, and `now`, `1430`,
/// `14.30` and RFC 3339. A bare time of day is the latest such moment not ahead of `now`.
///
/// # Errors
/// A phrase that repeats the text and shows what is understood.
pub fn parse_time(text: &str, now: Moment, zone: &Zone) -> Result<Moment, Phrase> {
    let trimmed = text.trim();
    let understood = || {
        if ["now", "nu"].iter().any(|word| is_word(word, trimmed)) {
            return Some(now);
        }
        if let Ok(at) = Moment::parse(trimmed) {
            return Some(at);
        }
        let said = match at_start(trimmed, Lang::Sv) {
            Some((end, said)) if end == trimmed.len() => said,
            _ => Said::Clock(time_in_dialog(trimmed)?),
        };
        said.before(now, zone)
    };
    understood().ok_or_else(|| Phrase::new("time-not-understood").with("text", text))
}

/// When something is to happen, for dialogs: `+20m` or `20m`, `16:00`, `1600`, `16.00`, `tomorrow 08:00`, a date and a time, or
/// RFC 3339. A bare time of day is the next such moment.
///
/// # Errors
/// A phrase that repeats the text and shows what is understood.
pub fn parse_future_time(text: &str, now: Moment, zone: &Zone) -> Result<Moment, Phrase> {
    let trimmed = text.trim();
    let understood = || {
        if let Ok(at) = Moment::parse(trimmed) {
            return Some(at);
        }
        let compact: String = trimmed.split_whitespace().collect();
        if let Some(minutes) = span_minutes(compact.strip_prefix('+').unwrap_or(&compact), true) {
            return Some(now.plus_minutes(minutes));
        }
        let words = Words::of(trimmed);
        let whole = |count: usize| words.end(count - 1) == trimmed.len();
        let tomorrow = Vocabulary::understood(Lang::Sv).iter().find_map(|v| day_and_time(&words, v.tomorrow));
        let said = match (on_date(&words, 0), tomorrow) {
            (Some((count, said)), _) if whole(count) => said,
            (_, Some((count, time))) if whole(count) => Said::OnDay(1, time),
            _ => Said::Clock(time_in_dialog(trimmed)?),
        };
        said.after(now, zone)
    };
    understood().ok_or_else(|| Phrase::new("time-ahead-not-understood").with("text", text))
}
