//! Days as people and programs write them: `y`, `friday`, `15 dec`, `2026-12-15`, `29/Nov/2026`, `Sun Nov 29`.

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::scan::TextScan;
use crate::domain::entry::vocabulary::{Vocabulary, begins, is_word};
use crate::domain::phrase::Lang;

/// A day as it was said, before it is known which day that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// So many days from today.
    Relative(i64),
    Weekday(Weekday),
    /// A day of some year.
    Yearly {
        month: u32,
        day: u32,
    },
    Date(NaiveDate),
}

const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// A year that has every day there is.
const LEAP_YEAR: i32 = 2028;

/// What a year of two digits belongs to.
const CENTURY: i32 = 2000;

/// How few letters a weekday or a month is known by.
const SHORTEST_NAME: usize = 3;

/// Reads a day.
pub fn read(scan: &mut TextScan<'_>, lang: Lang) -> Option<Day> {
    if let Some(day) = scan.attempt(numeric).map(Day::Date).or_else(|| scan.attempt(day_and_month)) {
        return Some(day);
    }
    if let Some(days) = scan.attempt(|scan| relative(scan, lang)) {
        return Some(Day::Relative(days));
    }
    if let Some(day) = scan.attempt(|scan| with_month(scan, lang)) {
        return Some(day);
    }
    let weekday = scan.attempt(|scan| weekday(scan, lang))?;
    // `Sun Nov 29`, `fredag den 4 december`: the date says it all.
    let date = scan.attempt(|scan| {
        scan.eat(",");
        if !scan.blanks() {
            return None;
        }
        scan.attempt(numeric).map(Day::Date).or_else(|| scan.attempt(|scan| with_month(scan, lang)))
    });
    Some(date.unwrap_or(Day::Weekday(weekday)))
}

/// `29/11`, `11/29`: where only one of the two can be the month.
fn day_and_month(scan: &mut TextScan<'_>) -> Option<Day> {
    let first: u32 = scan.digits(1..=2)?.parse().ok()?;
    scan.eat("/").then_some(())?;
    let second: u32 = scan.digits(1..=2)?.parse().ok()?;
    if scan.peek().is_some_and(|c| c.is_alphanumeric() || c == '/') {
        return None;
    }
    let (month, day) = if first > 12 { (second, first) } else { (first, second) };
    (day > 12 && NaiveDate::from_ymd_opt(LEAP_YEAR, month, day).is_some()).then_some(Day::Yearly { month, day })
}

/// `2026-12-15`, `2026/12/15`, `15.12.2026`, `29/Nov/2026`; `29/11/2026` and `11/29/26` where only one of the two can be the month.
fn numeric(scan: &mut TextScan<'_>) -> Option<NaiveDate> {
    let first = scan.digits(1..=6)?;
    let separator = scan.eat_one_of(&['-', '/', '.'])?;
    let second = match scan.attempt(|scan| scan.digits(1..=2)) {
        Some(digits) => digits.parse().ok()?,
        None => month(scan.letters(), Lang::En)?,
    };
    scan.eat_one_of(&[separator])?;
    let third = scan.digits(1..=6)?;
    let (year, month, day): (i32, u32, u32) = match (first.len(), third.len(), separator) {
        // A slip of the finger in the year is still a year, to be refused as one.
        (3..=6, 1 | 2, _) => (first.parse().ok()?, second, third.parse().ok()?),
        (1 | 2, 2..=6, _) if third.len() > 2 || separator != '-' => {
            let (first, year): (u32, i32) = (first.parse().ok()?, third.parse().ok()?);
            let year = if third.len() == 2 { CENTURY + year } else { year };
            match (separator, first > 12, second > 12) {
                ('.', ..) | (_, true, false) => (year, second, first),
                (_, false, true) => (year, first, second),
                _ if first == second => (year, first, second),
                _ => return None,
            }
        }
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// `yesterday`, `i går`, `today`, `tomorrow`.
fn relative(scan: &mut TextScan<'_>, lang: Lang) -> Option<i64> {
    let days = |v: &&'static Vocabulary| [(v.yesterday, -1), (v.today, 0), (v.tomorrow, 1)];
    let known = Vocabulary::understood(lang).iter().flat_map(days);
    let names = known.flat_map(|(names, days)| names.iter().map(move |name| (*name, days)));
    { names }.find_map(|(name, days)| scan.attempt(|scan| phrase(scan, name)).map(|()| days))
}

/// Reads the words of `name`, one after the other.
pub(super) fn phrase(scan: &mut TextScan<'_>, name: &str) -> Option<()> {
    for (nth, part) in name.split(' ').enumerate() {
        if nth > 0 && !scan.blanks() {
            return None;
        }
        if !is_word(part, scan.letters()) {
            return None;
        }
    }
    (!scan.peek().is_some_and(char::is_alphanumeric)).then_some(())
}

fn weekday(scan: &mut TextScan<'_>, lang: Lang) -> Option<Weekday> {
    let word = scan.letters();
    scan.eat(".");
    let known = |v: &&'static Vocabulary| v.weekdays.iter().position(|name| is_name(name, word));
    Vocabulary::understood(lang).iter().find_map(known).map(|at| WEEKDAYS[at])
}

/// `15 dec`, `Dec 15`, `den 15:e december 2026`, `December 15th, 2026`.
fn with_month(scan: &mut TextScan<'_>, lang: Lang) -> Option<Day> {
    let _ = scan.attempt(|scan| {
        ["den", "the"].contains(&scan.letters().to_lowercase().as_str()).then(|| scan.blanks()).filter(|blank| *blank)
    });
    let (month, day) = if scan.peek()?.is_ascii_digit() {
        let day = day_of_month(scan)?;
        (scan.blanks() || scan.eat("-")).then_some(())?;
        let _ = scan.attempt(|scan| (scan.letters() == "of" && scan.blanks()).then_some(()));
        (month(scan.letters(), lang)?, day)
    } else {
        let month = month(scan.letters(), lang)?;
        scan.eat(".");
        scan.blanks().then_some(())?;
        (month, day_of_month(scan)?)
    };
    scan.eat(".");
    if let Some(year) = scan.attempt(year) {
        return NaiveDate::from_ymd_opt(year, month, day).map(Day::Date);
    }
    // 29 February is one in some years.
    NaiveDate::from_ymd_opt(LEAP_YEAR, month, day).map(|_| Day::Yearly { month, day })
}

/// A year after a day: four digits that are no time of day.
pub(super) fn year(scan: &mut TextScan<'_>) -> Option<i32> {
    scan.eat(",");
    if !scan.blanks() {
        return None;
    }
    let year = scan.digits(4..=4)?;
    let goes_on = scan.peek().is_some_and(|c| c.is_alphanumeric() || c == ':');
    (!goes_on && (year.starts_with("19") || year.starts_with("20"))).then(|| year.parse().ok()).flatten()
}

/// `15`, `15th`, `15:e`.
fn day_of_month(scan: &mut TextScan<'_>) -> Option<u32> {
    let day = scan.digits(1..=2)?.parse().ok()?;
    let _ = scan.attempt(|scan| {
        scan.eat(":");
        let ending = scan.letters().to_lowercase();
        ["st", "nd", "rd", "th", "e", "a"].contains(&ending.as_str()).then_some(())
    });
    // `15:30` is a time.
    let goes_on = scan.peek().is_some_and(|c| c.is_alphanumeric() || c == ':');
    (!goes_on).then_some(day)
}

pub(super) fn month(word: &str, lang: Lang) -> Option<u32> {
    let known = |v: &&'static Vocabulary| v.months.iter().position(|name| is_name(name, word));
    let at = Vocabulary::understood(lang).iter().find_map(known)?;
    u32::try_from(at).ok().map(|at| at + 1)
}

/// Whether `word` is `name` or a beginning of it long enough to be one.
fn is_name(name: &str, word: &str) -> bool {
    let length = word.chars().count();
    length >= SHORTEST_NAME && begins(name, word)
}

/// The day of `year` that is `month` and `day`; 28 February for the 29th in a year without one.
pub(super) fn in_year(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, month, day.checked_sub(1)?))
}

/// How many days after `from` the weekday `wanted` comes: from 0 to 6.
pub(super) fn days_until(wanted: Weekday, from: NaiveDate) -> i64 {
    i64::from((7 + wanted.num_days_from_monday() - from.weekday().num_days_from_monday()) % 7)
}
