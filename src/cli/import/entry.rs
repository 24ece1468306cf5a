//! What an alert asks of a room: one entry, in one line of bounded length.

use sha2::{Digest, Sha256};

use super::alert::Alert;
use super::history::Telling;
use super::time::Told;
use crate::cli::call::Call;
use crate::domain::decide::FUTURE_TOLERANCE;
use crate::domain::event::{Facets, NoteKind};
use crate::domain::intent::Intent;
use crate::domain::phrase::{Lexicon, Phrase};
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// The longest that each part of the text may be, in characters; a longer one is cut.
const LONGEST_NAME: usize = 100;
const LONGEST_SUMMARY: usize = 300;
const LONGEST_DESCRIPTION: usize = 600;
/// Of one label, and of all of them together.
const LONGEST_LABEL: usize = 80;
const LONGEST_LABELS: usize = 400;

/// A longer address is left out: half of one leads nowhere.
const LONGEST_ADDRESS: usize = 600;

/// Nothing that goes on in an incident began longer ago, in days; the entry line does not take such times either.
const MOST_DAYS_BACK: i64 = 365;

/// The tag of every entry that is an alert.
const TAG: &str = "alert";

/// When what is told happened, as the room is to have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    /// When the entry stands.
    pub at: Moment,
    pub telling: Telling,
    /// Why it stands at the time of the import, and not at the time that was told.
    pub moved: Option<Phrase>,
}

/// The times of `alert`, at `now` in `zone`.
pub fn timing(alert: &Alert, zone: &Zone, now: Moment) -> Timing {
    let read = |told: &Told| told.moment(zone, now);
    let why = |told: &Told, at: Option<Moment>| match (told, at) {
        (Told::Unreadable(text), _) => {
            Some(Phrase::new("cli-import-time-unread").with("time", clip(text, LONGEST_NAME)))
        }
        (_, None) => Some(Phrase::new("cli-import-time-missing")),
        (_, Some(at)) if at.since(now).num_seconds() > FUTURE_TOLERANCE => {
            Some(Phrase::new("cli-import-time-ahead").with("time", at.to_string()))
        }
        (_, Some(at)) if now.since(at).num_days() > MOST_DAYS_BACK => {
            Some(Phrase::new("cli-import-time-old").with("time", at.to_string()))
        }
        _ => None,
    };
    let since = read(&alert.since);
    let moved = why(&alert.since, since);
    // The same instants, with the offset that was in force here.
    let here = |at: Moment| zone.at(at.datetime());
    let at = since.filter(|_| moved.is_none()).map(here);
    let began = read(&alert.began).filter(|began| why(&alert.began, Some(*began)).is_none()).map(here);
    Timing { at: at.unwrap_or(now), telling: Telling { state: alert.state, at, began }, moved }
}

/// What `alert` asks of the room.
pub fn intent(call: &Call, alert: &Alert, timing: &Timing) -> Intent {
    let facets = Facets { tags: tags(alert), ..Facets::default() };
    let text = text(alert, timing, &call.words);
    Intent::TakeNote { kind: NoteKind::Observation, text: text.into(), facets }
}

fn text(alert: &Alert, timing: &Timing, words: &impl Lexicon) -> String {
    let mut text = words.say(&alert.state.word());
    for part in alert.severity.iter().chain([&alert.title]) {
        text.push(' ');
        text.push_str(&clip(part, LONGEST_NAME));
    }
    let details = details(alert, words);
    if !details.is_empty() {
        text.push_str(&format!(" ({})", details.join(", ")));
    }
    let is_said = |part: &String| *part != alert.title;
    let summary = alert.summary.as_ref().filter(|part| is_said(part)).map(|part| clip(part, LONGEST_SUMMARY));
    let description =
        alert.description.as_ref().filter(|part| is_said(part)).map(|part| clip(part, LONGEST_DESCRIPTION));
    let description = description.filter(|description| Some(description) != summary.as_ref());
    let mut links: Vec<String> =
        alert.links.iter().filter(|link| is_short(link)).map(|link| clip(link, LONGEST_ADDRESS)).collect();
    links.dedup();
    // A time that was told and is not the entry's is not lost.
    let told = timing.moved.as_ref().filter(|why| !why.args.is_empty()).map(|why| words.say(why));
    let parts = summary.into_iter().chain(description).chain(links).chain(told);
    for (part, joint) in parts.zip(std::iter::once(": ").chain(std::iter::repeat(" · "))) {
        text.push_str(joint);
        text.push_str(&part);
    }
    text
}

fn is_short(address: &str) -> bool {
    address.chars().count() <= LONGEST_ADDRESS
}

/// What tells the alert from others of its name: what it is about, and its labels as far as there is room. What is cut or left out
/// may be what tells, so a mark of the whole identity stands for it.
fn details(alert: &Alert, words: &impl Lexicon) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut is_cut = alert.title.chars().count() > LONGEST_NAME;
    if let Some(subject) = &alert.subject {
        let (part, subject_is_cut) = clip_middle(subject, LONGEST_NAME);
        is_cut |= subject_is_cut;
        parts.push(part);
    }
    let mut left = LONGEST_LABELS;
    let mut left_out = 0_usize;
    for (name, value) in &alert.labels {
        let (value, value_is_cut) = clip_middle(value, LONGEST_LABEL);
        let part = format!("{}={value}", clip(name, LONGEST_LABEL));
        match left.checked_sub(part.chars().count()) {
            Some(rest) => {
                left = rest;
                is_cut |= value_is_cut;
                parts.push(part);
            }
            None => left_out += 1,
        }
    }
    let id = || {
        let digest: [u8; 32] = Sha256::digest(alert.identity.as_bytes()).into();
        format!("{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3])
    };
    if left_out > 0 {
        let count = u32::try_from(left_out).unwrap_or(u32::MAX);
        parts.push(words.say(&Phrase::new("cli-import-more-labels").with("count", count).with("id", id())));
    } else if is_cut {
        parts.push(words.say(&Phrase::new("cli-import-id").with("id", id())));
    }
    parts
}

/// `text` in one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` in one line, of at most `most` characters.
fn clip(text: &str, most: usize) -> String {
    let line = one_line(text);
    match line.char_indices().nth(most) {
        Some(_) => line.chars().take(most - 1).chain(['…']).collect(),
        None => line,
    }
}

/// As [`clip`], cut in the middle, for names differ at their ends as well. And whether it was cut.
fn clip_middle(text: &str, most: usize) -> (String, bool) {
    let line = one_line(text);
    let count = line.chars().count();
    if count <= most {
        return (line, false);
    }
    let (head, tail) = (most / 2, most - most / 2 - 1);
    (line.chars().take(head).chain(['…']).chain(line.chars().skip(count - tail)).collect(), true)
}

fn tags(alert: &Alert) -> Vec<String> {
    let mut tags = vec![TAG.to_owned()];
    for tag in alert.severity.iter().chain([&alert.title]).filter_map(|text| tag(text)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// `text` as a tag can be written after a `#`, when it begins as one does.
fn tag(text: &str) -> Option<String> {
    let tag: String =
        text.chars().take(LONGEST_NAME).map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let tag = tag.trim_matches(['-', '_']).to_owned();
    tag.starts_with(char::is_alphabetic).then_some(tag)
}

#[cfg(test)]
mod tests;
