//! Completion in the entry line: names after `@`, plans and tags after `#`, kinds where a kind can stand.

use std::ops::Range;

use super::blank;
use super::facets::tag_of;
use super::part::EntryPart;
use super::people::{fits, resolve};
use super::stamp::Stamp;
use super::vocabulary::{Kind, Vocabulary, begins};
use crate::domain::action::Track;
use crate::domain::phrase::Lang;

/// One way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryCompletion {
    /// The bytes of the line that it takes the place of.
    pub replace: Range<usize>,
    /// What is written there, a space after it included. Names and tags are hostile until shown.
    pub with: String,
    /// What it is, for its colour in the list.
    pub part: EntryPart,
}

/// The ways in which the word at `cursor` (a byte offset; beyond the end or inside a character, the nearest before) can
/// go on. Nothing when the cursor stands on no such word.
pub fn complete(line: &str, cursor: usize, lang: Lang, people: &[String], tags: &[String]) -> Vec<EntryCompletion> {
    let cursor = (0..=cursor.min(line.len())).rfind(|at| line.is_char_boundary(*at)).unwrap_or(0);
    let start = line[..cursor]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
    let end = line[cursor..].find(char::is_whitespace).map_or(line.len(), |at| cursor + at);
    let typed = &line[start..cursor];
    let offer = |with: String, part| EntryCompletion { replace: start..end, with, part };
    if let Some(name) = typed.strip_prefix('@') {
        let fitting = people.iter().filter(|known| fits(known, name));
        return fitting.map(|known| offer(format!("@{} ", spelled(known, people)), EntryPart::Person)).collect();
    }
    if let Some(tag) = typed.strip_prefix('#') {
        let tracks = Track::ALL.iter().map(|track| (track.to_string(), EntryPart::Track));
        let known =
            tags.iter().filter(|known| tag_of(known) == known.as_str()).map(|known| (known.clone(), EntryPart::Tag));
        let fitting = tracks.chain(known).filter(|(name, _)| begins(&name.to_lowercase(), tag));
        return fitting.map(|(name, part)| offer(format!("#{name} "), part)).collect();
    }
    if typed.is_empty() || !is_place_of_kind(&line[..start], lang) {
        return Vec::new();
    }
    let named = |vocabulary: &'static Vocabulary| {
        Kind::ALL.iter().map(move |kind| vocabulary.name(*kind)).filter(|name| begins(name, typed))
    };
    let mut names: Vec<&str> = named(Vocabulary::of(lang)).collect();
    if names.is_empty() {
        names = named(Vocabulary::of(Lang::En)).collect();
    }
    names.into_iter().map(|name| offer(format!("{name}: "), EntryPart::Kind)).collect()
}

/// Whether a kind can stand after `before`: at the start, or after a time.
fn is_place_of_kind(before: &str, lang: Lang) -> bool {
    let trimmed = before.trim();
    trimmed.is_empty()
        || Stamp::read(before, lang).is_some_and(|stamp| before.len() == stamp.end + blank(&before[stamp.end..]))
}

/// How `name` is typed after `@`: its first part when that means nobody else, else all of it.
fn spelled(name: &str, people: &[String]) -> String {
    let dotted = name.split_whitespace().collect::<Vec<_>>().join(".");
    let first = name.split_whitespace().next().unwrap_or(name);
    if resolve(first, people) == Some(name) { first.to_owned() } else { dotted }
}
