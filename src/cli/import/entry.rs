//! What an alert asks of a room: one entry, with an id of its own that is the same however often the alert is told.

use sha2::{Digest, Sha256};

use super::alert::{Alert, Status};
use crate::cli::call::Call;
use crate::domain::decide::FUTURE_TOLERANCE;
use crate::domain::event::{Facets, NoteKind};
use crate::domain::id::{IntentId, RoomId};
use crate::domain::intent::{Intent, Request};
use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;

/// The longest that each part of the text may be, in characters; a longer one is cut.
const LONGEST_NAME: usize = 100;
const LONGEST_SUMMARY: usize = 300;
const LONGEST_DESCRIPTION: usize = 600;

/// A longer address is left out: half of one leads nowhere.
const LONGEST_ADDRESS: usize = 600;

/// No monitoring tells of times before this year.
const FIRST_YEAR: i32 = 2000;

/// The tag of every entry that is an alert.
const TAG: &str = "alert";

/// What `alert` asks of `room`, and whether its time had to be replaced by now.
pub fn request(call: &Call, room: &RoomId, alert: &Alert) -> (Request, bool) {
    let now = call.now();
    let said = happened_at(alert);
    let at = said.filter(|at| is_plausible(*at, now)).map(|at| here(call, at));
    let facets = Facets { tags: tags(alert), ..Facets::default() };
    let intent = Intent::TakeNote { kind: NoteKind::Observation, text: text(call, alert).into(), facets };
    let request = Request { id: id(room, alert), room: room.clone(), at: Some(at.unwrap_or(now)), intent };
    (request, at.is_none())
}

/// When it began, or when it ended.
fn happened_at(alert: &Alert) -> Option<Moment> {
    match alert.status {
        Status::Firing => Some(alert.starts_at),
        Status::Resolved => alert.ends_at,
    }
}

fn is_plausible(at: Moment, now: Moment) -> bool {
    chrono::Datelike::year(&at.date()) >= FIRST_YEAR && at.since(now).num_seconds() <= FUTURE_TOLERANCE
}

/// The same instant, with the offset that was in force here.
fn here(call: &Call, at: Moment) -> Moment {
    call.zone().at(at.datetime())
}

/// The same for the same alert in the same state, in one room: what monitoring repeats is recorded once. It depends on
/// nothing that is only told about the alert, so a description that changes makes no new entry.
fn id(room: &RoomId, alert: &Alert) -> IntentId {
    let starts_at = alert.starts_at.millis().to_string();
    let ends_at = alert.ends_at.map_or_else(String::new, |at| at.millis().to_string());
    let mut digest = Sha256::new();
    for part in ["alert", room.as_str(), &alert.fingerprint, &starts_at, alert.status.name(), &ends_at] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let digest: [u8; 32] = digest.finalize().into();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    IntentId(ulid::Ulid::from_bytes(id))
}

fn text(call: &Call, alert: &Alert) -> String {
    let status = match alert.status {
        Status::Firing => Phrase::new("cli-import-firing"),
        Status::Resolved => Phrase::new("cli-import-resolved"),
    };
    let mut text = call.say(&status);
    let name = alert.label("alertname").unwrap_or(&alert.fingerprint);
    for part in alert.label("severity").into_iter().chain([name]) {
        text.push(' ');
        text.push_str(&clip(part, LONGEST_NAME));
    }
    if let Some(instance) = alert.label("instance") {
        text.push_str(&format!(" ({})", clip(instance, LONGEST_NAME)));
    }
    let summary = alert.annotation("summary").or_else(|| alert.annotation("message"));
    let summary = summary.map(|summary| clip(summary, LONGEST_SUMMARY));
    let description = alert.annotation("description").map(|description| clip(description, LONGEST_DESCRIPTION));
    let description = description.filter(|description| Some(description) != summary.as_ref());
    let address = |address: &&str| address.chars().count() <= LONGEST_ADDRESS;
    let runbook = alert.annotation("runbook_url").filter(address).map(|url| clip(url, LONGEST_ADDRESS));
    let link = alert.link.as_deref().filter(address).map(|url| clip(url, LONGEST_ADDRESS));
    let parts = [summary, description, runbook, link];
    for (part, joint) in parts.into_iter().flatten().zip(std::iter::once(": ").chain(std::iter::repeat(" · "))) {
        text.push_str(joint);
        text.push_str(&part);
    }
    text
}

/// `text` in one line, of at most `most` characters.
fn clip(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some(_) => line.chars().take(most - 1).chain(['…']).collect(),
        None => line,
    }
}

fn tags(alert: &Alert) -> Vec<String> {
    let told = ["severity", "alertname"].into_iter().filter_map(|name| alert.label(name)).filter_map(tag);
    let mut tags = vec![TAG.to_owned()];
    for tag in told {
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
