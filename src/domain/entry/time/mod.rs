//! Times and spans as people type them, read against a moment and a time zone. One grammar for every place that takes a time.

mod clock;
mod day;
mod expression;
mod offset;
mod said;
mod scan;
mod span;

use super::vocabulary::{Vocabulary, is_word};
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

pub(super) use expression::{Read, TimePlace, Unclear, read};
pub(super) use said::{LAST_NIGHT, LAST_NIGHT_IN_LOG, Past, Said};
pub(super) use scan::Scan;

/// How far back a time reaches without being asked for, in minutes: a year. Beyond it the year is more often a slip.
pub(super) const OLDEST: i64 = 366 * 24 * 60;
/// How far ahead anything is planned, in minutes: two years. A guess; a slip in the decade lies beyond it.
pub(super) const FURTHEST: i64 = 2 * OLDEST;

/// What a time is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// When something happened.
    Happened,
    /// When something happened, however long ago.
    HappenedLongAgo,
    /// When something is due or expected. A day alone means the end of its working day.
    Due,
    /// When something starts that people come to: it needs a time of day.
    Start,
    /// The beginning of a period.
    Since,
    /// The end of a period.
    Until,
}

/// The moment that `text` means here and now, in either language.
///
/// A bare time of day is today's or last night's where it should have passed, and the next one where it is still to come.
///
/// # Errors
/// A phrase that repeats the text, and says what is wrong or what is understood: it is no time, its zone can be several, it
/// has not come yet, has passed or lies too far away for what it is for, or it lacks a time of day.
pub fn parse_time(text: &str, purpose: Purpose, now: Moment, zone: &Zone) -> Result<Moment, Phrase> {
    let said = understand(text, purpose)?;
    // Only the calendar's end is in the way by now.
    let too_far = || Phrase::new("time-too-far").with("time", text.trim());
    match purpose {
        Purpose::Happened | Purpose::HappenedLongAgo => {
            if said.lacks_time() {
                return Err(Phrase::new("time-lacks-clock").with("text", text.trim()));
            }
            match said.past(now, zone, LAST_NIGHT).ok_or_else(too_far)? {
                Past::Passed(at) | Past::LastNight(at) => within(at, purpose, now, zone),
                Past::Ahead(_) if said.lacks_day() => {
                    Err(Phrase::new("time-not-yet").with("text", text.trim()).with("now", now))
                }
                Past::Ahead(at) => Err(Phrase::new("time-not-yet-day").with("time", at).with("now", now)),
            }
        }
        Purpose::Due | Purpose::Start => {
            if purpose == Purpose::Start && said.lacks_time() {
                return Err(Phrase::new("time-lacks-clock").with("text", text.trim()));
            }
            if matches!(said, Said::Ago(_)) {
                return Err(not_understood(text, purpose));
            }
            within(said.ahead(now, zone).ok_or_else(too_far)?, purpose, now, zone)
        }
        Purpose::Since => within(said.edge(said::Edge::Start, now, zone).ok_or_else(too_far)?, purpose, now, zone),
        Purpose::Until => within(said.edge(said::Edge::End, now, zone).ok_or_else(too_far)?, purpose, now, zone),
    }
}

fn understand(text: &str, purpose: Purpose) -> Result<Said, Phrase> {
    // As it is copied from a log or a chat: `[14:05:12]`.
    let inside = |(open, close)| text.trim().strip_prefix::<char>(open)?.strip_suffix::<char>(close);
    let trimmed = [('[', ']'), ('(', ')')].into_iter().find_map(inside).unwrap_or(text).trim();
    let mut scan = Scan::new(trimmed);
    match read(&mut scan, Lang::Sv, TimePlace::Alone) {
        Some(Ok(found)) if scan.is_done() && !trimmed.contains('\n') => return Ok(found.said),
        Some(Err(Unclear::Zone(name))) => {
            return Err(Phrase::new("time-zone-unclear").with("text", trimmed).with("zone", name));
        }
        _ => {}
    }
    // A span without a sign lies ahead where only that can be meant.
    let is_ahead = matches!(purpose, Purpose::Due | Purpose::Start);
    let compact: String = trimmed.split_whitespace().collect();
    // `12 min ago`, `för 12 min sedan`
    let passed =
        compact.strip_suffix("ago").or_else(|| compact.strip_prefix("för").unwrap_or(&compact).strip_suffix("sedan"));
    if let Some(minutes) = passed.and_then(|span| span::minutes(span, span::Bare::Refused)) {
        return Ok(Said::Ago(minutes));
    }
    // `+20m`, `in 20 min`, `om 20 min`
    let span = ["+", "in", "om"].iter().find_map(|sign| compact.strip_prefix(sign)).unwrap_or(&compact);
    let minutes = span::minutes(span, span::Bare::Refused);
    minutes.filter(|_| is_ahead).map(Said::In).ok_or_else(|| not_understood(text, purpose))
}

fn not_understood(text: &str, purpose: Purpose) -> Phrase {
    let key = match purpose {
        Purpose::Due | Purpose::Start => "time-ahead-not-understood",
        _ => "time-not-understood",
    };
    Phrase::new(key).with("text", text)
}

/// `at`, unless it lies too far away for what it is for.
fn within(at: Moment, purpose: Purpose, now: Moment, zone: &Zone) -> Result<Moment, Phrase> {
    let (back, ahead) = (now.since(at).num_minutes(), at.since(now).num_minutes());
    let key = match purpose {
        _ if ahead > FURTHEST => "time-too-far",
        // A machine whose clock stands before 1970 still records what happens.
        _ if at.millis() < 0 && back > OLDEST => "time-too-old",
        Purpose::Happened | Purpose::Due | Purpose::Start if back > OLDEST => "time-too-old",
        // A day that was named is taken at its word: nothing is due on one that has passed.
        Purpose::Due | Purpose::Start if back > 0 => {
            return Err(Phrase::new("time-passed").with("time", at).with("now", now));
        }
        _ => return Ok(zone.local(at)),
    };
    Err(Phrase::new(key).with("time", at))
}

/// A span in minutes: `1h30m`, `1 h 30 m`, `20m`, `1d`, or a bare number of minutes. At most a year.
///
/// # Errors
/// A phrase that repeats the text and shows what is understood.
pub fn parse_span_minutes(text: &str) -> Result<i64, Phrase> {
    let compact: String = text.split_whitespace().collect();
    let minutes = span::minutes(&compact, span::Bare::Minutes);
    minutes.ok_or_else(|| Phrase::new("time-span-not-understood").with("text", text))
}

/// For how many minutes from `from`: a span as in [`parse_span_minutes`], or the time until which, as for [`Purpose::Start`].
/// None or fewer when that is not after `from`.
///
/// # Errors
/// A phrase that repeats the text and shows what is understood.
pub fn parse_minutes_until(text: &str, from: Moment, now: Moment, zone: &Zone) -> Result<i64, Phrase> {
    let compact: String = text.split_whitespace().collect();
    if let Some(minutes) = span::minutes(compact.strip_prefix('+').unwrap_or(&compact), span::Bare::Minutes) {
        return Ok(minutes);
    }
    let until = parse_time(text, Purpose::Start, now, zone).map_err(|why| match &*why.key {
        "time-ahead-not-understood" => Phrase::new("time-span-or-time-not-understood").with("text", text),
        _ => why,
    })?;
    // The minute that has begun counts.
    Ok((until.since(from).num_seconds() + 59).div_euclid(60))
}

/// The words at the start of `text` that say when something is due, and how many bytes they take.
pub(super) fn due_at_start(text: &str, lang: Lang) -> Option<(usize, Said)> {
    let mut scan = Scan::new(text);
    if let Some(Ok(found)) =
        scan.attempt(|scan| if scan.peek() == Some('+') { read(scan, lang, TimePlace::Due) } else { None })
    {
        return Some((scan.at(), found.said));
    }
    let word = scan.letters();
    let says_due = |v: &&Vocabulary| v.due.iter().any(|known| is_word(known, word));
    if !Vocabulary::understood(lang).iter().any(says_due) || !scan.blanks() {
        return None;
    }
    match read(&mut scan, lang, TimePlace::Due)? {
        Ok(found) => Some((scan.at(), found.said)),
        Err(_) => None,
    }
}
