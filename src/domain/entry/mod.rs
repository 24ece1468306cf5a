//! The entry line: `[time] [kind:] text` with `@person`, `+20m` or `by 15:30`, `#A`, `#tag`. It never fails.
//!
//! What cannot be understood stays text. The prefix (time and kind) and the tokens for due time and track are taken out of
//! the text, for they are stored beside it; a tag stays as typed, and `@olle` becomes the name it stands for. Only the
//! first line of a pasted text is read that way: a stack trace is nobody's to-do list. Where nothing would be left of the
//! text, or the kind stores no facets, the tokens stay in it as typed. `\` before the text takes the rest literally.

mod complete;
mod preview;
mod time;
mod vocabulary;

use std::ops::Range;

pub use complete::{Completion, complete};
pub use preview::preview;
pub use time::{parse_future_time, parse_span_minutes, parse_time};
pub use vocabulary::{Kind, Vocabulary};

use super::action::Track;
use super::decide::{LONGEST_NAME, MOST_NAMES};
use super::event::{Facets, NoteKind};
use super::intent::Intent;
use super::phrase::Lang;
use super::text::Text;
use super::time::Moment;
use crate::domain::zone::Zone;

/// How far back an entry line reaches, in minutes; an older date stays text.
const OLDEST: i64 = 366 * 24 * 60;
/// How far ahead of the first key a time may be and still be when it happened, in seconds.
const AHEAD: i64 = 60;

/// What a stretch of the entry line is, for colouring it as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Time,
    Kind,
    Person,
    Due,
    Track,
    Tag,
    /// The `\` that takes the rest literally.
    Escape,
}

/// An entry line as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The first key.
    pub began_at: Moment,
    /// When it happened, when the line says so; else it is `began_at`.
    pub at: Option<Moment>,
    pub kind: Kind,
    /// Whether the line names the kind.
    pub explicit_kind: bool,
    /// What is stored as the words.
    pub text: String,
    pub facets: Facets,
    /// What is what in the line: byte ranges, in order, never overlapping.
    pub spans: Vec<(Range<usize>, Part)>,
}

impl Parsed {
    /// When it happened: what the line says, else the first key.
    pub fn happened_at(&self) -> Moment {
        self.at.unwrap_or(self.began_at)
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
/// A bare time of day is the latest such moment not ahead of `began_at`; a due time is the next such moment after the
/// entry. A time ahead, or more than a year back, stays text. In an hour that the clocks repeat the nearest of the two
/// is meant; one that they leave out is read as if they had not.
pub fn parse(line: &str, began_at: Moment, zone: &Zone, lang: Lang, people: &[String]) -> Parsed {
    let head = Head::of(line, began_at, zone, lang);
    let mut parsed = Parsed {
        began_at,
        at: head.at,
        kind: head.kind.unwrap_or(Kind::Note(NoteKind::Note)),
        explicit_kind: head.kind.is_some(),
        text: String::new(),
        facets: Facets::default(),
        spans: head.spans,
    };
    let body = &line[head.body..];
    if let Some(literal) = body.strip_prefix('\\') {
        parsed.spans.push((head.body..head.body + 1, Part::Escape));
        literal.trim().clone_into(&mut parsed.text);
        return parsed;
    }
    let reading = Reading { from: parsed.happened_at(), zone, lang, people, facets: parsed.kind.takes_facets() };
    let read = reading.body(body);
    if read.text.is_empty() {
        body.trim().clone_into(&mut parsed.text);
        return parsed;
    }
    parsed.text = read.text;
    parsed.facets = read.facets;
    let shift = |(range, part): (Range<usize>, Part)| (range.start + head.body..range.end + head.body, part);
    parsed.spans.extend(read.spans.into_iter().map(shift));
    parsed
}

/// The line with the kind before or after the one it has, in the order of [`Kind::ALL`], written in `lang`. A plain note
/// needs no prefix and gets one only when its text would read as another kind.
pub fn cycle_kind(line: &str, began_at: Moment, zone: &Zone, lang: Lang, forward: bool) -> String {
    let head = Head::of(line, began_at, zone, lang);
    let kind = head.kind.unwrap_or(Kind::ALL[0]);
    let place = Kind::ALL.iter().position(|known| *known == kind).unwrap_or(0);
    let step = if forward { 1 } else { Kind::ALL.len() - 1 };
    let next = Kind::ALL[(place + step) % Kind::ALL.len()];
    let body = &line[head.body..];
    let time = line[..head.time_end].trim();
    let gap = if time.is_empty() { "" } else { " " };
    let bare = format!("{time}{gap}{body}");
    let reads_as_note = || {
        let head = Head::of(&bare, began_at, zone, lang);
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
    kind: Option<Kind>,
    spans: Vec<(Range<usize>, Part)>,
    /// Where the time ends; 0 without one.
    time_end: usize,
    /// Where the text begins.
    body: usize,
}

impl Head {
    fn of(line: &str, began_at: Moment, zone: &Zone, lang: Lang) -> Self {
        let mut head = Head { at: None, kind: None, spans: Vec::new(), time_end: 0, body: blank(line) };
        if let Some((length, said)) = time::at_start(&line[head.body..], lang)
            && let Some(at) = said.before(began_at, zone)
            && at.since(began_at).num_seconds() <= AHEAD
            && began_at.since(at).num_minutes() <= OLDEST
        {
            head.at = Some(at);
            head.time_end = head.body + length;
            head.spans.push((head.body..head.time_end, Part::Time));
            head.body = head.time_end + blank(&line[head.time_end..]);
        }
        if let Some((length, kind)) = kind_at_start(&line[head.body..], lang) {
            head.kind = Some(kind);
            head.spans.push((head.body..head.body + length, Part::Kind));
            head.body += length;
            head.body += blank(&line[head.body..]);
        }
        head
    }
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

/// What is needed to read the text of an entry.
struct Reading<'a> {
    /// What a due time is counted from.
    from: Moment,
    zone: &'a Zone,
    lang: Lang,
    people: &'a [String],
    facets: bool,
}

/// The text of an entry as it was read.
#[derive(Default)]
struct Read {
    text: String,
    facets: Facets,
    spans: Vec<(Range<usize>, Part)>,
}

impl Reading<'_> {
    fn body(&self, body: &str) -> Read {
        let mut read = Read::default();
        let first = body.split('\n').next().unwrap_or("");
        // Up to where the line has been copied, and up to where it has been read: a token may be several words.
        let (mut kept, mut done) = (0, 0);
        for word in first.split_whitespace() {
            let at = word.as_ptr() as usize - first.as_ptr() as usize;
            if at < done {
                continue;
            }
            let Some((length, part, stands_for)) = self.token(&first[at..], word, &mut read.facets) else { continue };
            done = at + length;
            read.spans.push((at..done, part));
            read.text.push_str(&first[kept..at]);
            kept = done;
            match stands_for {
                Some(words) => read.text.push_str(&words),
                None => kept += blank(&first[kept..]),
            }
        }
        read.text.push_str(&first[kept..]);
        read.text.truncate(read.text.trim_end().len());
        read.text.push_str(&body[first.len()..]);
        read.text = read.text.trim().to_owned();
        read
    }

    /// The token that `rest` begins with: its length, what it is, and the words that take its place in the text.
    fn token(&self, rest: &str, word: &str, facets: &mut Facets) -> Option<(usize, Part, Option<String>)> {
        if let Some(typed) = word.strip_prefix('@').map(name_of).filter(|typed| !typed.is_empty()) {
            let name = resolve(typed, self.people).unwrap_or(typed).to_owned();
            if self.facets && facets.people.len() < MOST_NAMES && !facets.people.contains(&name) {
                facets.people.push(name.clone());
            }
            return Some((1 + typed.len(), Part::Person, Some(name)));
        }
        if !self.facets {
            return None;
        }
        if facets.due.is_none()
            && let Some((length, due)) = time::due_at_start(rest, self.lang)
            && let Some(due) = due.after(self.from, self.zone)
        {
            facets.due = Some(due);
            return Some((length, Part::Due, None));
        }
        let tag = word.strip_prefix('#').map(tag_of).filter(|tag| !tag.is_empty())?;
        if let Some(track) = track_of(tag).filter(|_| facets.track.is_none() && word.len() == 2) {
            facets.track = Some(track);
            return Some((word.len(), Part::Track, None));
        }
        if facets.tags.len() < MOST_NAMES && !facets.tags.iter().any(|known| known == tag) {
            facets.tags.push(tag.to_owned());
        }
        Some((1 + tag.len(), Part::Tag, Some(format!("#{tag}"))))
    }
}

fn track_of(tag: &str) -> Option<Track> {
    Track::ALL.into_iter().find(|track| track.to_string().eq_ignore_ascii_case(tag))
}

/// The name in what follows an `@`: without the punctuation that ends a clause; nothing when it does not begin as a name does,
/// or is too long for one.
fn name_of(typed: &str) -> &str {
    let name = typed.trim_end_matches(|c: char| !c.is_alphanumeric());
    if name.starts_with(char::is_alphanumeric) && is_short(name) { name } else { "" }
}

/// The tag in what follows a `#`: letters, digits, `-` and `_`, beginning with a letter (`#4711` is a number, not a tag).
fn tag_of(typed: &str) -> &str {
    let end = typed.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(typed.len());
    let tag = typed[..end].trim_end_matches(['-', '_']);
    if tag.starts_with(char::is_alphabetic) && is_short(tag) { tag } else { "" }
}

/// Whether it can be a name or a tag. What is longer stays text: a note is never refused for its form.
fn is_short(name: &str) -> bool {
    name.chars().nth(LONGEST_NAME).is_none()
}

/// The one of `people` that `typed` (after `@`) means: the whole name, else the beginning of any part of one name alone.
/// Case does not matter; a dot, a dash or an underscore stands for a space.
fn resolve<'a>(typed: &str, people: &'a [String]) -> Option<&'a str> {
    let wanted = folded(typed);
    if let Some(same) = people.iter().find(|name| folded(name) == wanted) {
        return Some(same);
    }
    let first_name: Vec<&String> = people
        .iter()
        .filter(|name| name.split_whitespace().next().is_some_and(|first| folded(first) == wanted))
        .collect();
    if let [only] = first_name.as_slice() {
        return Some(only);
    }
    let mut fitting = people.iter().filter(|name| fits(name, typed));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Whether `typed` begins any part of `name`.
fn fits(name: &str, typed: &str) -> bool {
    let (name, wanted) = (folded(name), folded(typed));
    name.match_indices(' ').map(|(at, _)| at + 1).chain([0]).any(|at| vocabulary::begins(&name[at..], &wanted))
}

fn folded(name: &str) -> String {
    let spaced = name.replace(['.', '-', '_'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(any(test, fuzzing))]
pub mod property;

#[cfg(test)]
mod tests;
