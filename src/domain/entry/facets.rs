//! What is understood of the words of an entry: people, tags, a due time, a plan. The words stay as they are.
//!
//! `@person` and `#tag` are that wherever they stand. A due time (`+20m`, `by friday 15:00`) and a plan (`#A`) may as well be
//! prose: they count in a decision or an action, and in any other note only among the tokens at its beginning or end, when a
//! person stands among those too. Only the first line is read that way: a stack trace is nobody's to-do list.

use std::ops::Range;

use chrono::Duration;

use super::part::EntryPart;
use super::people::resolve;
use super::time::{self, FURTHEST, Said};
use super::vocabulary::Kind;
use crate::domain::action::Track;
use crate::domain::decide::{LONGEST_NAME, MOST_NAMES};
use crate::domain::event::{Facets, NoteKind};
use crate::domain::phrase::Lang;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// A bare time of day that has passed is due the next day only if that is so near: later than that, it is what has been. A guess.
const NEXT_DAY: Duration = Duration::hours(12);

/// What is needed to read the words of an entry.
pub(super) struct FacetReading<'a> {
    /// What a due time is counted from.
    pub from: Moment,
    pub zone: &'a Zone,
    pub lang: Lang,
    pub people: &'a [String],
}

/// A token and where it stands.
struct Token {
    range: Range<usize>,
    what: What,
}

enum What {
    Person(String),
    Due(Moment),
    Track(Track),
    Tag(String),
}

impl FacetReading<'_> {
    /// What `body` says beside its words, as an entry of that kind, and where.
    pub fn read(&self, body: &str, kind: Kind) -> (Facets, Vec<(Range<usize>, EntryPart)>) {
        let (mut facets, mut spans) = (Facets::default(), Vec::new());
        if !kind.takes_facets() {
            return (facets, spans);
        }
        let (tokens, prose) = self.tokens(body);
        // Tokens alone are the text.
        let Some(prose) = prose else { return (facets, spans) };
        let is_at_edge = |token: &&Token| token.range.end <= prose.start || token.range.start >= prose.end;
        let has_person = tokens.iter().filter(is_at_edge).any(|token| matches!(token.what, What::Person(_)));
        let asks = is_asking(kind);
        for token in &tokens {
            let counts = asks || (has_person && is_at_edge(&token));
            let part = match &token.what {
                What::Person(name) => {
                    if facets.people.len() < MOST_NAMES && !facets.people.contains(name) {
                        facets.people.push(name.clone());
                    }
                    EntryPart::Person
                }
                What::Tag(tag) => {
                    if facets.tags.len() < MOST_NAMES && !facets.tags.contains(tag) {
                        facets.tags.push(tag.clone());
                    }
                    EntryPart::Tag
                }
                What::Due(due) if counts && facets.due.is_none() => {
                    facets.due = Some(*due);
                    EntryPart::Due
                }
                What::Track(track) if counts && facets.track.is_none() => {
                    facets.track = Some(*track);
                    EntryPart::Track
                }
                What::Due(_) | What::Track(_) => continue,
            };
            spans.push((token.range.clone(), part));
        }
        (facets, spans)
    }

    /// The words of `body` that look as if they said when it is due, and set no due time.
    pub fn undue(&self, body: &str, kind: Kind, facets: &Facets) -> Option<String> {
        let asks = facets.due.is_none() && is_asking(kind);
        asks.then(|| time::resembles_due(body, self.lang)).flatten()
    }

    /// The tokens of the first line of `body`, and from where to where the other words go; none when there are no others.
    fn tokens(&self, body: &str) -> (Vec<Token>, Option<Range<usize>>) {
        let first = body.split('\n').next().unwrap_or("");
        let has_more = !body[first.len()..].trim().is_empty();
        let mut tokens = Vec::new();
        let mut prose: Option<Range<usize>> = None;
        let mut done = 0;
        for word in first.split_whitespace() {
            let at = word.as_ptr() as usize - first.as_ptr() as usize;
            if at < done {
                continue;
            }
            match self.token(&first[at..], word) {
                Some((length, what)) => {
                    done = at + length;
                    tokens.push(Token { range: at..done, what });
                    // What ends a clause after a token is no word: `by 15:30.`
                    done += first[done..].find(char::is_whitespace).unwrap_or(first.len() - done);
                }
                None => {
                    done = at + word.len();
                    prose = Some(prose.map_or(at, |prose| prose.start)..done);
                }
            }
        }
        // What follows in further lines is prose after all of it.
        let prose = match prose {
            None if has_more => Some(first.len()..first.len()),
            prose => prose,
        };
        (tokens, prose)
    }

    /// The token that `rest` begins with, and its length.
    fn token(&self, rest: &str, word: &str) -> Option<(usize, What)> {
        if let Some(typed) = word.strip_prefix('@').map(name_of).filter(|typed| !typed.is_empty()) {
            let name = resolve(typed, self.people).unwrap_or(typed).to_owned();
            return Some((1 + typed.len(), What::Person(name)));
        }
        if let Some((length, said)) = time::due_at_start(rest, self.lang)
            && let Some(due) = self.due(&said)
        {
            return Some((length, What::Due(due)));
        }
        let tag = word.strip_prefix('#').map(tag_of).filter(|tag| !tag.is_empty())?;
        let what = match track_of(tag) {
            Some(track) => What::Track(track),
            None => What::Tag(tag.to_owned()),
        };
        Some((1 + tag.len(), what))
    }

    /// When that is due; none when it has passed, or is too far away to be meant.
    fn due(&self, said: &Said) -> Option<Moment> {
        let due = said.ahead(self.from, self.zone)?;
        let left = due.since(self.from);
        let is_another_day = due.date() != self.zone.local(self.from).date();
        let is_passed =
            left < -Duration::minutes(1) || (said.lacks_day() && !said.ends_day() && is_another_day && left > NEXT_DAY);
        (!is_passed && left.num_minutes() <= FURTHEST).then_some(due)
    }
}

/// Whether a due time and a plan count wherever they stand in it.
fn is_asking(kind: Kind) -> bool {
    matches!(kind, Kind::Action | Kind::Note(NoteKind::Decision))
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
pub(super) fn tag_of(typed: &str) -> &str {
    let end = typed.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(typed.len());
    let tag = typed[..end].trim_end_matches(['-', '_']);
    if tag.starts_with(char::is_alphabetic) && is_short(tag) { tag } else { "" }
}

/// Whether it can be a name or a tag. What is longer stays text: a note is never refused for its form.
fn is_short(name: &str) -> bool {
    name.chars().nth(LONGEST_NAME).is_none()
}
