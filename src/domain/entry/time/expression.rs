//! A whole time: day, time of day and zone in the order in which people and programs write them.

use super::clock::{self, ClockTime, Freedom};
use super::day::{self, Day};
use super::offset::{self, Before, Named};
use super::said::{DayOrTime, Said};
use super::scan::Scan;
use super::span::{self, Bare};
use crate::domain::entry::vocabulary::{Vocabulary, is_word};
use crate::domain::phrase::Lang;

/// Why words that say a time are not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// A zone that cannot be known: `IST`.
    Zone(String),
    /// A time of day that cannot be: `13:04 AM`.
    Clock(String),
}

/// Where a time stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimePlace {
    /// At the start of a line of prose: it must have a time of day, and a weekday alone is prose.
    Line,
    /// After a word that says when something is due.
    Due,
    /// It is all there is.
    Alone,
}

impl TimePlace {
    fn freedom(self) -> Freedom {
        match self {
            TimePlace::Line => Freedom::Prose,
            TimePlace::Due => Freedom::Asked,
            TimePlace::Alone => Freedom::Alone,
        }
    }
}

/// A time as it was read, and what it was written like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub said: Said,
    /// Hour and minute stand apart by a dot, as the parts of an amount do.
    pub is_dotted: bool,
}

/// Reads the time that comes next. What follows it is no part of a longer word or number.
pub fn read(scan: &mut Scan<'_>, lang: Lang, place: TimePlace) -> Option<Result<Read, Unclear>> {
    scan.attempt(|scan| {
        let read = signed_span(scan, place)
            .or_else(|| now(scan, place))
            .or_else(|| scan.attempt(|scan| with_day(scan, lang, place)))
            .or_else(|| scan.attempt(|scan| with_clock(scan, lang, place)))?;
        ends(*scan).then_some(read)
    })
}

/// Whether what was read before `scan` is whole there, and goes on in no number or word.
fn ends(scan: Scan<'_>) -> bool {
    match scan.peek() {
        None => true,
        Some(c) if c.is_alphanumeric() || matches!(c, '%' | '@') => false,
        Some(':' | '.' | ',' | '-' | '–' | '/' | '+') => !scan.peek_second().is_some_and(|c| c.is_ascii_digit()),
        Some(_) => true,
    }
}

/// `-12m`; alone or when due also `+20m`.
fn signed_span(scan: &mut Scan<'_>, place: TimePlace) -> Option<Result<Read, Unclear>> {
    let said = scan.attempt(|scan| {
        // A keyboard that sets dashes right makes another one of it.
        let sign = scan.eat_one_of(&['-', '−', '–', '+'])?;
        let minutes = scan.attempt(glued_span).or_else(|| scan.attempt(apart_span))?;
        match (sign, place) {
            ('+', TimePlace::Due | TimePlace::Alone) => Some(Said::In(minutes)),
            ('-' | '−' | '–', TimePlace::Line | TimePlace::Alone) => Some(Said::Ago(minutes)),
            _ => None,
        }
    })?;
    Some(Ok(Read { said, is_dotted: false }))
}

/// `12m`, `1h30m`
fn glued_span(scan: &mut Scan<'_>) -> Option<i64> {
    span::minutes(scan.run(|c| c.is_ascii_alphanumeric()), Bare::Refused)
}

/// `12 min`, `2 tim`: of the units only those that are no words.
fn apart_span(scan: &mut Scan<'_>) -> Option<i64> {
    let number = scan.digits(1..=4)?;
    scan.blanks().then_some(())?;
    let unit = scan.letters().to_lowercase();
    ["min", "tim", "h"].contains(&unit.as_str()).then(|| span::minutes(&format!("{number}{unit}"), Bare::Refused))?
}

fn now(scan: &mut Scan<'_>, place: TimePlace) -> Option<Result<Read, Unclear>> {
    let is_now = |scan: &mut Scan<'_>| {
        let word = scan.letters();
        (place == TimePlace::Alone && ["now", "nu"].iter().any(|now| is_word(now, word))).then_some(())
    };
    scan.attempt(is_now).map(|()| Ok(Read { said: Said::Now, is_dotted: false }))
}

/// A day, and the time of day after it.
fn with_day(scan: &mut Scan<'_>, lang: Lang, place: TimePlace) -> Option<Result<Read, Unclear>> {
    if place != TimePlace::Line {
        let _ = scan.attempt(|scan| before_day(scan, lang));
    }
    let day = day::read(scan, lang)?;
    let is_at_home_in_line = matches!(day, Day::Relative(_) | Day::Date(_) | Day::Yearly { .. });
    if place == TimePlace::Line && !is_at_home_in_line {
        return None;
    }
    let mut says_hour = false;
    let clock = scan.attempt(|scan| {
        let stands_apart = match scan.peek()? {
            // `2026-11-29T14:05`, `29/Nov/2026:14:05`
            'T' | 't' | ':' if matches!(day, Day::Date(_)) => scan.eat_one_of(&['T', 't', ':']).is_some(),
            _ => {
                scan.eat(",");
                let has_blank = scan.blanks();
                // `friday at 15:00`
                says_hour = scan.attempt(at_word).is_some() && place != TimePlace::Line;
                has_blank
            }
        };
        stands_apart.then_some(())?;
        let time = timed(scan, lang, Freedom::Asked.max(place.freedom()), Before::Stamp);
        time.or_else(|| scan.attempt(hour).filter(|_| says_hour).map(|clock| Ok((clock, None))))
    });
    let (clock, zone) = match clock {
        Some(Ok((clock, zone))) => (Some(clock), zone),
        Some(Err(unclear)) => return Some(Err(unclear)),
        // `friday 8` and `friday at 8 sharp` are no day alone.
        None if place == TimePlace::Line || is_number_next(*scan) => return None,
        None => (None, None),
    };
    // `Sun Nov 29 14:05:12 2026`
    let day = match (day, &clock) {
        (Day::Yearly { month, day }, Some(ClockTime { has_seconds: true, .. })) => {
            let date = |year| chrono::NaiveDate::from_ymd_opt(year, month, day);
            scan.attempt(day::year).and_then(date).map_or(Day::Yearly { month, day }, Day::Date)
        }
        (day, _) => day,
    };
    let at = DayOrTime { day: Some(day), time: clock.map(|clock| clock.time), zone };
    Some(Ok(Read { said: Said::At(at), is_dotted: false }))
}

fn is_number_next(mut scan: Scan<'_>) -> bool {
    let has_blank = scan.blanks();
    let _ = scan.attempt(at_word);
    has_blank && scan.peek().is_some_and(|c| c.is_ascii_digit())
}

/// The hour in `friday at 8`, when no word says of what there are so many.
fn hour(scan: &mut Scan<'_>) -> Option<ClockTime> {
    let hour = scan.digits(1..=2)?.parse().ok()?;
    let mut behind = *scan;
    behind.blanks();
    let is_counted = behind.peek().is_some_and(char::is_alphanumeric);
    let time = chrono::NaiveTime::from_hms_opt(hour, 0, 0)?;
    (!is_counted).then_some(ClockTime { time, is_dotted: false, has_seconds: false, half: None })
}

/// A time of day; where it stands alone, also with the day after it.
fn with_clock(scan: &mut Scan<'_>, lang: Lang, place: TimePlace) -> Option<Result<Read, Unclear>> {
    if place == TimePlace::Alone {
        let _ = scan.attempt(at_word);
    }
    let (clock, zone) = match timed(scan, lang, place.freedom(), Before::Minutes)? {
        Ok(timed) => timed,
        Err(unclear) => return Some(Err(unclear)),
    };
    let day = scan.attempt(|scan| {
        scan.eat(",");
        (place != TimePlace::Line && scan.blanks()).then_some(())?;
        let _ = scan.attempt(|scan| before_day(scan, lang));
        day::read(scan, lang).filter(|_| ends(*scan))
    });
    let said = Said::At(DayOrTime { day, time: Some(clock.time), zone });
    Some(Ok(Read { said, is_dotted: clock.is_dotted && clock.half.is_none() }))
}

/// A time of day and its zone.
#[allow(clippy::type_complexity, reason = "the two parts of one thing")]
fn timed(
    scan: &mut Scan<'_>,
    lang: Lang,
    freedom: Freedom,
    before: Before,
) -> Option<Result<(ClockTime, Option<crate::domain::zone::Zone>), Unclear>> {
    let clock = match clock::read(scan, lang, freedom)? {
        Ok(clock) => clock,
        Err(words) => return Some(Err(Unclear::Clock(words))),
    };
    let before = if clock.has_seconds { Before::Stamp } else { before };
    match offset::read(scan, &clock, before) {
        Some(Named::Unclear(name)) => Some(Err(Unclear::Zone(name))),
        Some(Named::Known(zone)) => Some(Ok((clock, Some(zone)))),
        None => Some(Ok((clock, None))),
    }
}

/// The word between a day and a time of day.
fn at_word(scan: &mut Scan<'_>) -> Option<()> {
    (scan.letters().eq_ignore_ascii_case("at") && scan.blanks()).then_some(())
}

/// The word before a day: `on friday`, `på fredag`.
fn before_day(scan: &mut Scan<'_>, lang: Lang) -> Option<()> {
    let word = scan.letters();
    let is_one = Vocabulary::understood(lang).iter().any(|v| is_word(v.on, word));
    (is_one && scan.blanks()).then_some(())
}
