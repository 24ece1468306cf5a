//! Times of day as people type them: `14:05`, `14.05`, `13:05:30,250`, `1:04 PM`, `kl 14`, `1405`.

use chrono::NaiveTime;

use super::scan::Scan;
use crate::domain::entry::vocabulary::{Vocabulary, is_word};
use crate::domain::phrase::Lang;

/// How freely a time of day may be written where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Freedom {
    /// In a line of prose: what could be a number is none.
    Prose,
    /// Where a time is asked for: `9.05` too.
    Asked,
    /// Where there is nothing but a time: `1405` too.
    Alone,
}

/// A time of day as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockTime {
    pub time: NaiveTime,
    /// Its minutes stand after a dot, as those of an amount may.
    pub is_dotted: bool,
    pub has_seconds: bool,
    pub half: Option<Half>,
}

/// The half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Morning,
    Afternoon,
}

/// What follows an amount and no time of day: `14.05 percent`, `20.04 LTS`.
const UNITS: &[&str] = &[
    "percent", "procent", "kr", "kronor", "sek", "eur", "euro", "usd", "mkr", "kb", "mb", "gb", "tb", "kib", "mib",
    "gib", "tib", "ms", "lts", "million", "millions", "miljon", "miljoner", "times", "gånger", "kwh",
];

/// Reads a time of day; what comes after it is not looked at. An error repeats one that cannot be: `13:04 AM`.
pub fn read(scan: &mut Scan<'_>, lang: Lang, freedom: Freedom) -> Option<Result<ClockTime, String>> {
    scan.attempt(|scan| {
        // `kl 14` is an hour, `kl 9.05` a time.
        let says_hour = eat_word_of_clock(scan, lang);
        let freedom = if says_hour { freedom.max(Freedom::Asked) } else { freedom };
        let from = scan.at();
        if freedom == Freedom::Alone
            && let Some(time) = scan.attempt(four_digits)
        {
            return Some(Ok(ClockTime { time, is_dotted: false, has_seconds: false, half: None }));
        }
        let hour = scan.digits(1..=2)?;
        let may_be_dotted = hour.len() == 2 || freedom != Freedom::Prose;
        let (minute, is_dotted) = match scan.peek() {
            Some(':') => (Some(after(scan, ":")?), false),
            Some('.') => match scan.attempt(|scan| dotted(scan, lang, may_be_dotted)) {
                Some(minute) => (Some(minute), true),
                None => (None, false),
            },
            _ => (None, false),
        };
        let second = minute.filter(|_| !is_dotted).and_then(|_| scan.attempt(|scan| after(scan, ":")));
        let nanos = second.and_then(|_| scan.attempt(fraction)).unwrap_or(0);
        let half = scan.attempt(|scan| half(scan, lang));
        // A number alone is no hour.
        if minute.is_none() && half.is_none() && !says_hour {
            return None;
        }
        if is_dotted && half.is_none() && is_amount(*scan) {
            return None;
        }
        let Some(hour) = hour_of_day(hour.parse().ok()?, half) else {
            return Some(Err(scan.since(from).to_owned()));
        };
        let time = NaiveTime::from_hms_nano_opt(hour, minute.unwrap_or(0), second.unwrap_or(0), nanos)?;
        Some(Ok(ClockTime { time, is_dotted, has_seconds: second.is_some(), half }))
    })
}

/// Reads the word that stands before a time of day: `kl`, `kl.`, `klockan`.
fn eat_word_of_clock(scan: &mut Scan<'_>, lang: Lang) -> bool {
    let read = |scan: &mut Scan<'_>| {
        let word = scan.letters();
        Vocabulary::understood(lang).iter().find(|v| v.clock.iter().any(|known| is_word(known, word)))?;
        scan.eat(".");
        scan.blanks().then_some(())
    };
    scan.attempt(read).is_some()
}

/// Two digits after `mark`.
fn after(scan: &mut Scan<'_>, mark: &str) -> Option<u32> {
    if !scan.eat(mark) {
        return None;
    }
    scan.digits(2..=2)?.parse().ok()
}

/// The minute after a dot: `9.05` may be an amount, `9.05 PM` is a time.
fn dotted(scan: &mut Scan<'_>, lang: Lang, may_be_dotted: bool) -> Option<u32> {
    let minute = after(scan, ".")?;
    let mut behind = *scan;
    (may_be_dotted || half(&mut behind, lang).is_some()).then_some(minute)
}

fn four_digits(scan: &mut Scan<'_>) -> Option<NaiveTime> {
    let digits = scan.digits(4..=4)?;
    NaiveTime::from_hms_opt(digits[..2].parse().ok()?, digits[2..].parse().ok()?, 0)
}

/// The part of a second after a comma or a dot, in nanoseconds. What is finer than those is left out.
fn fraction(scan: &mut Scan<'_>) -> Option<u32> {
    scan.eat_one_of(&[',', '.'])?;
    let digits = scan.digits(1..=18)?;
    let kept = &digits[..digits.len().min(9)];
    let value: u32 = kept.parse().ok()?;
    Some(value * 10_u32.pow(9 - kept.len() as u32))
}

/// The half of the day, glued to the time or after a blank.
fn half(scan: &mut Scan<'_>, lang: Lang) -> Option<Half> {
    scan.blanks();
    let mut word = scan.letters().to_lowercase();
    // `a.m.`, `p.m`
    if word.len() == 1 && scan.peek() == Some('.') && scan.peek_second().is_some_and(char::is_alphabetic) {
        scan.eat(".");
        word.push_str(&scan.letters().to_lowercase());
        scan.eat(".");
    }
    if scan.peek().is_some_and(char::is_alphanumeric) {
        return None;
    }
    Vocabulary::understood(lang).iter().find_map(|v| match word.as_str() {
        word if word == v.morning => Some(Half::Morning),
        word if word == v.afternoon => Some(Half::Afternoon),
        _ => None,
    })
}

/// The hour counted from midnight; none when the two contradict each other.
fn hour_of_day(hour: u32, half: Option<Half>) -> Option<u32> {
    match (half, hour) {
        (None, hour) => Some(hour),
        (Some(Half::Morning), 0 | 12) => Some(0),
        (Some(Half::Morning), 1..=11) => Some(hour),
        (Some(Half::Afternoon), 12..=23) => Some(hour),
        (Some(Half::Afternoon), 1..=11) => Some(hour + 12),
        _ => None,
    }
}

fn is_amount(scan: Scan<'_>) -> bool {
    let mut next = scan;
    next.blanks();
    let is_sign = next.peek().is_some_and(|c| matches!(c, '%' | '‰' | '€' | '$' | '£' | '°'));
    let word = next.letters().to_lowercase();
    is_sign || UNITS.contains(&word.as_str())
}
