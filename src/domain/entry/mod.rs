//! The entry line: `[time] [kind:] text` with `@person`, `+20m` or `by 15:30`, `#A`, `#tag`. It never fails.
//!
//! What cannot be understood stays text. Only the prefix (time and kind) is taken out of the text; all other words stay as
//! typed, and what is understood of them is stored beside it: people and tags wherever they stand, a due time and a plan
//! only where they are asked for (see `facets`). `\` before the text takes the rest literally.

mod chat;
mod complete;
mod facets;
mod part;
mod people;
mod preview;
mod stamp;
mod tally;
mod time;
mod vocabulary;

use std::ops::Range;

use chrono::Duration;

pub use chat::{Chat, ChatLine, Header, Manner};
pub use complete::{EntryCompletion, complete};
pub use part::EntryPart;
pub use preview::{preview, remarks, undue};
pub use stamp::Unread;
pub use tally::EntryTally;
pub use time::{Purpose, parse_minutes_until, parse_span_minutes, parse_time};
pub use vocabulary::{Kind, Vocabulary};

use super::event::{Facets, NoteKind};
use super::intent::Intent;
use super::phrase::Lang;
use super::text::Text;
use super::time::Moment;
use crate::domain::zone::Zone;
use facets::FacetReading;
use stamp::Stamp;
use time::{LAST_NIGHT, LAST_NIGHT_IN_LOG, Past};

/// An entry line as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The first key.
    pub began_at: Moment,
    /// When it happened, when the line says so; else it is `began_at`.
    pub at: Option<Moment>,
    /// Whether that is yesterday's, though the line does not say so.
    pub is_last_night: bool,
    /// Why the time at the start of the line is not when it happened, when there is one.
    pub unread: Option<Unread>,
    /// What looks like a time at the start of the line and is read as none.
    pub odd: Option<String>,
    /// What looks as if it said when it is due, and sets no due time.
    pub undue: Option<String>,
    pub kind: Kind,
    /// Whether the line names the kind.
    pub explicit_kind: bool,
    /// What is stored as the words.
    pub text: String,
    pub facets: Facets,
    /// What is what in the line: byte ranges, in order, never overlapping.
    pub spans: Vec<(Range<usize>, EntryPart)>,
}

impl Parsed {
    /// When it happened: what the line says, else the first key.
    pub fn happened_at(&self) -> Moment {
        self.at.unwrap_or(self.began_at)
    }

    /// The same as somebody wrote it under `header` in a chat, whose name becomes a part of the words.
    #[must_use]
    pub fn under(mut self, header: &Header) -> Self {
        self.at = Some(header.at);
        self.is_last_night = header.is_last_night;
        self.odd = None;
        self.text = format!("[{}] {}", header.name, self.text);
        self
    }

    /// Whether the time at the start of the line has not come yet, and is when the entry is due.
    pub fn is_plan(&self) -> bool {
        matches!(self.unread, Some(Unread::Ahead(at)) if self.facets.due == Some(at))
    }

    /// What it asks of the room.
    pub fn into_intent(self) -> Intent {
        let text = Text::from(self.text);
        match self.kind {
            Kind::Note(kind) => Intent::TakeNote { kind, text, facets: self.facets },
            Kind::Action => Intent::OpenAction { text, facets: self.facets },
            Kind::Obstacle => Intent::RaiseObstacle { text },
            Kind::Resource => Intent::AskResource { what: text },
            Kind::Supplier => Intent::EngageSupplier {
                no: None,
                name: text,
                case: Text::default(),
                critical: None,
                staff: Text::default(),
            },
        }
    }
}

/// Reads `line`, whose first key was typed at `began_at`, as a person in `zone` means it. `people` are the names known so far.
///
/// A bare time of day is today's, or last night's. One that has not come yet is a plan: the line is stored as it is, as a note
/// of now that is due then. More than a year back it stays text. In an hour that the clocks repeat the latest that has been
/// is meant; one that they leave out is read as if they had not.
pub fn parse(line: &str, began_at: Moment, zone: &Zone, lang: Lang, people: &[String]) -> Parsed {
    read(line, Head::of(line, began_at, zone, lang, LAST_NIGHT), began_at, zone, lang, people)
}

/// Reads `line` as [`parse`] does, as one of many that tell of what has been: a log, a chat, the minutes of a meeting.
///
/// A bare time of day that has not come yet is yesterday's when that is nearer. Otherwise it stays text and plans nothing: of
/// a log that is read afterwards, every line would.
pub fn parse_one_of_many(line: &str, read_at: Moment, zone: &Zone, lang: Lang, people: &[String]) -> Parsed {
    let head = Head::of(line, read_at, zone, lang, LAST_NIGHT_IN_LOG);
    let mut parsed = read(line, head, read_at, zone, lang, people);
    if parsed.is_plan() {
        parsed.facets.due = None;
    }
    parsed
}

fn read(line: &str, head: Head, began_at: Moment, zone: &Zone, lang: Lang, people: &[String]) -> Parsed {
    let mut parsed = Parsed {
        began_at,
        at: head.at,
        is_last_night: head.is_last_night,
        unread: head.unread,
        odd: None,
        undue: None,
        kind: head.kind.unwrap_or(Kind::Note(NoteKind::Note)),
        explicit_kind: head.kind.is_some(),
        text: String::new(),
        facets: Facets::default(),
        spans: head.spans,
    };
    let body = &line[head.body..];
    let words = match body.strip_prefix('\\') {
        Some(literal) => {
            parsed.spans.push((head.body..head.body + 1, EntryPart::Escape));
            literal.trim()
        }
        None => {
            let reading = FacetReading { from: parsed.happened_at(), zone, lang, people };
            let (facets, spans) = reading.read(body, parsed.kind);
            parsed.undue = reading.undue(body, parsed.kind, &facets);
            parsed.facets = facets;
            let shifted = |range: Range<usize>| range.start + head.body..range.end + head.body;
            parsed.spans.extend(spans.into_iter().map(|(range, part)| (shifted(range), part)));
            body.trim()
        }
    };
    parsed.text = match (line[..head.time_end].trim(), parsed.at) {
        // A time that is no stamp is a part of the words, and so is a time alone.
        (time, at) if !time.is_empty() && (at.is_none() || (words.is_empty() && head.kind.is_none())) => {
            let is_as_typed = head.kind.is_none() && (words.is_empty() || !body.starts_with('\\'));
            if is_as_typed { line.trim().to_owned() } else { format!("{time} {words}").trim_end().to_owned() }
        }
        _ => format!("{}{words}", head.open),
    };
    if parsed.at.is_none() && parsed.unread.is_none() && !parsed.explicit_kind {
        parsed.odd = stamp::odd(line);
    }
    if let Some(Unread::Ahead(at)) = parsed.unread
        && parsed.kind.takes_facets()
        && !words.is_empty()
    {
        parsed.facets.due.get_or_insert(at);
        parsed.undue = None;
    }
    parsed
}

/// Reads `text` of which kind and time are known otherwise: it is stored as it is, from its first character on.
pub fn parse_whole(text: &str, kind: Kind, at: Moment, zone: &Zone, lang: Lang, people: &[String]) -> Parsed {
    let reading = FacetReading { from: at, zone, lang, people };
    let (facets, spans) = reading.read(text, kind);
    Parsed {
        began_at: at,
        at: None,
        is_last_night: false,
        unread: None,
        odd: None,
        undue: reading.undue(text, kind, &facets),
        kind,
        explicit_kind: false,
        text: text.trim().to_owned(),
        facets,
        spans,
    }
}

/// The line with the kind before or after the one it has, in the order of [`Kind::ALL`], written in `lang`. A plain note
/// needs no prefix and gets one only when its text would read as another kind.
pub fn cycle_kind(line: &str, began_at: Moment, zone: &Zone, lang: Lang, forward: bool) -> String {
    let head = Head::of(line, began_at, zone, lang, LAST_NIGHT);
    let kind = head.kind.unwrap_or(Kind::ALL[0]);
    let place = Kind::ALL.iter().position(|known| *known == kind).unwrap_or(0);
    let step = if forward { 1 } else { Kind::ALL.len() - 1 };
    let next = Kind::ALL[(place + step) % Kind::ALL.len()];
    let body = &line[head.body..];
    let time = line[..head.time_end].trim();
    let gap = if time.is_empty() { "" } else { " " };
    let bare = format!("{time}{gap}{body}");
    let reads_as_note = || {
        let head = Head::of(&bare, began_at, zone, lang, LAST_NIGHT);
        head.kind.is_none() && bare[head.body..] == *body
    };
    if next == Kind::ALL[0] && reads_as_note() {
        return bare;
    }
    format!("{time}{gap}{}: {body}", Vocabulary::of(lang).name(next))
}

/// Time and kind at the start of a line.
struct Head {
    at: Option<Moment>,
    is_last_night: bool,
    unread: Option<Unread>,
    kind: Option<Kind>,
    spans: Vec<(Range<usize>, EntryPart)>,
    /// The bracket in which the text goes on after the time.
    open: &'static str,
    /// Where the time ends; 0 without one, and when it stays text.
    time_end: usize,
    /// Where the text begins.
    body: usize,
}

impl Head {
    fn of(line: &str, began_at: Moment, zone: &Zone, lang: Lang, last_night: Duration) -> Self {
        let start = blank(line);
        let mut head = Head {
            at: None,
            is_last_night: false,
            unread: None,
            kind: None,
            spans: Vec::new(),
            open: "",
            time_end: 0,
            body: start,
        };
        if let Some(stamp) = Stamp::read(line, lang) {
            let words = start..line[..stamp.end].trim_end().len();
            match stamp.happened(began_at, zone, last_night) {
                Some(Ok(past)) => {
                    head.at = Some(past.moment());
                    head.is_last_night = matches!(past, Past::LastNight(_));
                    head.open = stamp.open;
                    head.time_end = stamp.end;
                    head.spans.push((words, EntryPart::Time));
                }
                Some(Err(unread @ Unread::Ahead(_))) => {
                    head.unread = Some(unread);
                    head.time_end = stamp.end;
                    head.spans.push((words, EntryPart::Due));
                }
                Some(Err(unread)) => head.unread = Some(unread),
                None => {}
            }
            head.body = head.time_end.max(start);
            head.body += blank(&line[head.body..]);
        } else if let Some((words, stamp)) = Stamp::inside(line, lang) {
            // The time stands in the middle of the line, which stays whole.
            match stamp.happened(began_at, zone, last_night) {
                Some(Ok(past)) => {
                    head.at = Some(past.moment());
                    head.spans.push((words, EntryPart::Time));
                }
                Some(Err(unread)) => head.unread = Some(unread),
                None => {}
            }
        }
        // A line whose time is not understood stays whole.
        if matches!(head.unread, None | Some(Unread::Ahead(_)))
            && let Some((length, kind)) = kind_at_start(&line[head.body..], lang)
        {
            head.kind = Some(kind);
            head.spans.push((head.body..head.body + length, EntryPart::Kind));
            head.body += length;
            head.body += blank(&line[head.body..]);
        }
        head
    }
}

/// Whether `line` is so short that it can be a name and a time.
fn is_short_line(line: &str) -> bool {
    line.len() <= 200
}

/// How many bytes of white space `text` begins with.
fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The kind that `text` begins with, and how many bytes that takes, the colon included.
///
/// After the colon comes a space, a token or nothing, so that abbreviations (`s:t`, `d:o`) and addresses (`test:8080`) stay text.
fn kind_at_start(text: &str, lang: Lang) -> Option<(usize, Kind)> {
    let (word, rest) = text.split_once(':')?;
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '@' | '#' | '+' | '\\'));
    let kind = Kind::of_word(word, lang).filter(|_| ends)?;
    Some((word.len() + 1, kind))
}

#[cfg(any(test, fuzzing))]
pub mod property;

#[cfg(test)]
mod tests;
