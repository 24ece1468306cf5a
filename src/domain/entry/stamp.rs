//! The time at the start of a line, as people, chats and programs write it there: `14:05`, `[14:05:12]`, `- 14:05:`, `(2:05 PM) -`.

use chrono::Duration;

use super::time::{FURTHEST, OLDEST, Past, Read, Said, Scan, TimePlace, Unclear, read};
use super::vocabulary::{Vocabulary, is_word};
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// What encloses a time, and what closes it again.
const ENCLOSED: [(&str, &str); 10] = [
    ("[", "]"),
    ("(", ")"),
    ("<", ">"),
    ("{", "}"),
    ("**", "**"),
    ("__", "__"),
    ("*", "*"),
    ("_", "_"),
    ("`", "`"),
    ("|", "|"),
];
/// Marks of a list, of a heading and of what was quoted.
const BULLETS: [&str; 18] = ["-", "*", "•", "·", "–", "—", "+", ">", "◦", "‣", "▪", "●", "○", "☐", "☑", "✓", "✔", "→"];
/// The boxes of a task list.
const BOXES: [&str; 3] = ["[ ]", "[x]", "[X]"];
/// What may stand between a time and the words.
const SEPARATORS: [char; 10] = [':', ',', ';', '-', '–', '—', '|', '>', '→', '.'];
/// Those of them that also stand between two times.
const DASHES: [char; 3] = ['-', '–', '—'];

/// What is not seen at the start of a line.
const INVISIBLE: [char; 5] = ['\u{200b}', '\u{200e}', '\u{200f}', '\u{2068}', '\u{feff}'];

/// Words at the start of a line that say a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Where its words end, with what encloses them and what stands between them and the text.
    pub end: usize,
    /// The bracket in which the text goes on: `[2026-11-29T14:05:12Z INFO pool] up`.
    pub open: &'static str,
    pub time: Result<Read, Unclear>,
}

/// Why a time at the start of a line is not when the entry happened. The line is then stored as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It has not come yet.
    Ahead(Moment),
    /// It is more than a year back.
    Old(Moment),
    /// It is more than two years ahead.
    Far(Moment),
    /// Its zone cannot be known: `IST`.
    Zone(String),
    /// It is no time of day: `13:04 AM`.
    Clock(String),
}

impl Unread {
    /// What is said of it. `now` is the first key.
    pub fn phrase(&self, now: Moment) -> Phrase {
        match self {
            // A day that is named has no yesterday to be written instead.
            Unread::Ahead(at) if at.date() == now.date() => Phrase::new("stamp-ahead").with("time", *at),
            Unread::Ahead(at) => Phrase::new("stamp-ahead-day").with("time", *at),
            Unread::Old(at) => Phrase::new("stamp-old").with("day", at.date().to_string()),
            Unread::Far(at) => Phrase::new("stamp-far").with("day", at.date().to_string()),
            Unread::Zone(zone) => Phrase::new("stamp-zone").with("zone", zone.as_str()),
            Unread::Clock(text) => Phrase::new("stamp-clock").with("text", text.as_str()),
        }
    }
}

impl Stamp {
    /// Reads the stamp that `line` begins with.
    pub fn read(line: &str, lang: Lang) -> Option<Self> {
        let mut scan = Scan::new(line);
        // Chats set direction marks before a line, files a byte order mark.
        scan.run(|c| c.is_whitespace() || INVISIBLE.contains(&c));
        if let Some(stamp) = scan.attempt(|scan| syslog(scan, lang)) {
            return Some(stamp);
        }
        // A mark of a list is one only before a time.
        scan.attempt(|scan| marked(scan, lang)).or_else(|| scan.attempt(|scan| bare(scan, lang)))
    }

    /// When the entry happened, begun at `began_at`; none when it says nothing of that.
    pub fn happened(&self, began_at: Moment, zone: &Zone, last_night: Duration) -> Option<Result<Past, Unread>> {
        let found = match &self.time {
            Ok(found) => found,
            Err(Unclear::Zone(name)) => return Some(Err(Unread::Zone(name.clone()))),
            Err(Unclear::Clock(text)) => return Some(Err(Unread::Clock(text.clone()))),
        };
        match found.said.past(began_at, zone, last_night)? {
            Past::Passed(at) if began_at.since(at).num_minutes() > OLDEST => Some(Err(Unread::Old(at))),
            passed @ (Past::Passed(_) | Past::LastNight(_)) => Some(Ok(passed)),
            // What may as well be an amount plans nothing.
            Past::Ahead(_) if found.is_dotted => None,
            Past::Ahead(at) if at.since(began_at).num_minutes() > FURTHEST => Some(Err(Unread::Far(at))),
            Past::Ahead(at) => Some(Err(Unread::Ahead(at))),
        }
    }
}

/// The time behind a syslog message's priority, `<34>`, and the version of its form, `<34>1 `.
fn syslog(scan: &mut Scan<'_>, lang: Lang) -> Option<Stamp> {
    scan.eat("<").then_some(())?;
    scan.digits(1..=3)?;
    scan.eat(">").then_some(())?;
    let _ = scan.attempt(|scan| scan.digits(1..=2).filter(|_| scan.blanks()));
    bare(scan, lang)
}

fn marked(scan: &mut Scan<'_>, lang: Lang) -> Option<Stamp> {
    let is_bullet = BULLETS.iter().any(|bullet| scan.eat(bullet)) || !scan.run(|c| c == '#').is_empty();
    if !is_bullet {
        scan.digits(1..=3)?;
        scan.eat_one_of(&['.', ')'])?;
    }
    scan.blanks().then_some(())?;
    let _ = scan.attempt(|scan| (BOXES.iter().any(|mark| scan.eat(mark)) && scan.blanks()).then_some(()));
    bare(scan, lang)
}

/// A time with what encloses it, and what stands after it.
fn bare(scan: &mut Scan<'_>, lang: Lang) -> Option<Stamp> {
    for (open, close) in ENCLOSED {
        if let Some(stamp) = scan.attempt(|scan| enclosed(scan, lang, open, close)) {
            return Some(stamp);
        }
    }
    let time = read(scan, lang, TimePlace::Line)?;
    let is_span = matches!(time, Ok(Read { said: Said::Ago(_), .. }));
    if !is_span && goes_on_to_another(*scan, lang) {
        return None;
    }
    separated(scan).then(|| Stamp { end: scan.at(), open: "", time })
}

fn enclosed(scan: &mut Scan<'_>, lang: Lang, open: &'static str, close: &str) -> Option<Stamp> {
    if !scan.eat(open) {
        return None;
    }
    scan.blanks();
    let time = read(scan, lang, TimePlace::Line)?;
    let mut inside = *scan;
    inside.blanks();
    if inside.eat(close) {
        *scan = inside;
        // `[14:05]eva: text` too: the bracket ends the time.
        separated(scan);
        return Some(Stamp { end: scan.at(), open: "", time });
    }
    // `**14:05:** text`
    if inside.eat_one_of(&SEPARATORS).is_some() && inside.eat(close) {
        *scan = inside;
        separated(scan);
        return Some(Stamp { end: scan.at(), open: "", time });
    }
    // The bracket of a program's line holds more than the time.
    let goes_on = open == "[" && scan.blanks() && scan.rest().contains(close);
    goes_on.then(|| Stamp { end: scan.at(), open, time })
}

/// Passes over what stands between a time and the words after it. False when those begin right away, as in a longer word.
fn separated(scan: &mut Scan<'_>) -> bool {
    let begins_word = |scan: &Scan<'_>| scan.peek().is_some_and(char::is_alphabetic);
    let is_alone = scan.is_done();
    // `14:05: text`, `14:05,text`
    let glued = scan.attempt(|scan| {
        let mark = scan.eat_one_of(&SEPARATORS)?;
        let may_touch = matches!(mark, ':' | ',' | ';' | '–' | '—' | '|');
        (scan.peek().is_none_or(char::is_whitespace) || (may_touch && begins_word(scan))).then_some(())
    });
    let has_blank = scan.blanks();
    // `14:05 - text`
    let _ = scan.attempt(|scan| {
        scan.eat_one_of(&SEPARATORS)?;
        (scan.blanks() || scan.is_done()).then_some(())
    });
    // `[14:05]<eva> text`
    let opens = scan.peek().is_some_and(|c| matches!(c, '<' | '[' | '('));
    is_alone || glued.is_some() || has_blank || opens
}

/// Whether it is only the first of two: `14:05 - 14:20`, `14:05 to 14:20`.
fn goes_on_to_another(mut scan: Scan<'_>, lang: Lang) -> bool {
    scan.blanks();
    if scan.eat_one_of(&DASHES).is_none() {
        let word = scan.letters();
        if !Vocabulary::understood(lang).iter().any(|v| v.to.iter().any(|to| is_word(to, word))) {
            return false;
        }
    }
    scan.blanks();
    read(&mut scan, lang, TimePlace::Line).is_some()
}
