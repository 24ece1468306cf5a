//! A record as one line of the journal and back. The only place that knows the line, its hash and its seals.
//!
//! `{"v":1,"seq":57,"id":"…","at":"…","rec":"…","by":{…},"event":{…},"prev":"<hash>","hash":"<hash>","texts":{…}}`
//!
//! - `hash` is the SHA-256 of the bytes before `,"hash":`, so `sed 's/,"hash":.*//'` and `sha256sum` can check it.
//! - A person's words stand in `texts`, behind `{"seal":"<hash of salt and words>"}` in the event. Redacting takes the
//!   entry out of `texts`; the hashed part, and so the chain, stays as it was.
//! - `left` (absent: 0) counts the lines that follow in the same append. A journal that ends before they came was cut
//!   off in the middle of an append that nobody was told of.
//!
//! Version 1 kept the names and tags of an entry in the hashed part, where nothing can be taken out. Version 2 seals them as well.
//! A line is written as the oldest version that can say it, so that an older program reads as much as it can. When words are
//! taken out of a line whose hashed part has some, the line is written again, with a hash of its own, and `was` says which hash it
//! had: the line after it goes on naming that one, and the chain holds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::bare_names::has_bare_names;
use super::format::{EVENT, HASH, HiddenText, LineHead, PREV, SEAL_CLOSES, SEAL_OPENS, TEXT_OPENS, TEXTS, VERSION};
use super::hash::{HEX, Hash};
use crate::domain::event::Event;
use crate::domain::id::{EventId, Seq};
use crate::domain::record::Record;
use crate::domain::time::Moment;

// Every line of a journal is read when its index is rebuilt: the standard library's search took a tenth of that.
static EVENT_FINDER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(EVENT));
static HASH_FINDER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(HASH));
static SEAL_FINDER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(SEAL_OPENS));

/// A line whose hash and seals are right.
#[derive(Debug)]
pub(in crate::store) struct SoundLine<'a> {
    pub(super) head: LineHead,
    pub prev: Hash,
    pub hash: Hash,
    /// The hash that it had before it was written again without some of its words.
    pub was: Option<Hash>,
    pub(super) event: &'a str,
    /// The hashed part.
    pub(super) prefix: &'a str,
    texts: BTreeMap<&'a str, HiddenText<'a>>,
}

/// A line by its place, its event's id and the time of the event: what the index needs to know of it.
#[derive(Debug)]
pub(in crate::store) struct StoredLine {
    pub seq: Seq,
    pub id: EventId,
    pub at: Moment,
    /// Without its newline.
    pub bytes: Vec<u8>,
}

/// Reads a line (without its newline) and checks it: none when a single byte of it is not as it was written, except that
/// words may have been redacted.
pub(in crate::store) fn parse(line: &[u8]) -> Option<SoundLine<'_>> {
    let line = std::str::from_utf8(line).ok()?;
    let cut = HASH_FINDER.find(line.as_bytes())?;
    let (prefix, tail) = line.split_at(cut);
    let hash = Hash::parse(tail.as_bytes().get(HASH.len()..HASH.len() + HEX)?)?;
    let tail = tail.get(HASH.len() + HEX..)?.strip_prefix('"')?.strip_suffix('}')?;
    if Hash::of(&[prefix.as_bytes()]) != hash {
        return None;
    }
    let prev_at = prefix.len().checked_sub(PREV.len() + HEX + 1)?;
    let prev_hex = prefix.get(prev_at..)?.strip_prefix(PREV)?.strip_suffix('"')?;
    let prev = Hash::parse(prev_hex.as_bytes())?;
    let event_at = EVENT_FINDER.find(prefix.as_bytes())?;
    let event = prefix.get(event_at + EVENT.len()..prev_at)?;
    let head: LineHead = serde_json::from_str(&[&prefix[..event_at], "}"].concat()).ok()?;
    let was = match &head.was {
        Some(hex) => Some(Hash::parse(hex.as_bytes())?),
        None => None,
    };
    let texts: BTreeMap<&str, HiddenText<'_>> = match tail.strip_prefix(TEXTS) {
        Some(json) => serde_json::from_str(json).ok()?,
        None if tail.is_empty() => BTreeMap::new(),
        None => return None,
    };
    let seals_hold = texts
        .iter()
        .all(|(name, hidden)| Hash::parse(name.as_bytes()) == Some(hidden.seal()) && is_sealed(event, name));
    seals_hold.then_some(SoundLine { head, prev, hash, was, event, prefix, texts })
}

/// Returns the place that a line claims, without a look at whether it is sound; none when it does not begin as a line does.
pub(in crate::store) fn seq_of(line: &[u8]) -> Option<Seq> {
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = line.strip_prefix(br#"{"v":"#)?;
    let rest = rest[digits(rest)..].strip_prefix(br#","seq":"#)?;
    std::str::from_utf8(&rest[..digits(rest)]).ok()?.parse().ok()
}

/// Returns whether a text of this name stands in the event.
fn is_sealed(event: &str, name: &str) -> bool {
    let closes = |rest: &str| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with(SEAL_CLOSES));
    SEAL_FINDER.find_iter(event.as_bytes()).any(|at| closes(&event[at + SEAL_OPENS.len()..]))
}

impl SoundLine<'_> {
    /// Its place in the room.
    pub fn seq(&self) -> Seq {
        self.head.seq
    }

    /// Returns how many lines follow in the same append.
    pub fn left(&self) -> u32 {
        self.head.left
    }

    /// Its event's id.
    pub fn id(&self) -> EventId {
        self.head.id
    }

    /// When it happened.
    pub fn at(&self) -> Moment {
        self.head.at
    }

    /// Returns whether a newer program wrote it.
    pub fn is_newer(&self) -> bool {
        self.head.v > VERSION
    }

    /// Returns whether words of it were taken out.
    pub fn is_redacted(&self) -> bool {
        self.event.matches(SEAL_OPENS).count() > self.texts.len()
    }

    /// Returns the tag of its event.
    pub fn tag(&self) -> &str {
        let from = self.event.find('"').map_or(0, |at| at + 1);
        let rest = &self.event[from..];
        &rest[..rest.find('"').unwrap_or(rest.len())]
    }

    /// Returns the record.
    pub fn record(&self) -> Record {
        let LineHead { seq, id, at, rec, ref by, .. } = self.head;
        Record { seq, id, at, rec, by: by.clone(), event: self.event() }
    }

    /// Returns the event; [`Event::Unknown`] when a newer program wrote it.
    pub fn event(&self) -> Event {
        let unknown = || Event::Unknown { name: self.tag().to_owned() };
        if self.is_newer() {
            return unknown();
        }
        serde_json::from_str(&upcast(self.head.v, self.unsealed())).unwrap_or_else(|_| unknown())
    }

    /// Returns whether there are words of it that can be taken out.
    pub fn has_words(&self) -> bool {
        !self.texts.is_empty() || has_bare_names(self.event)
    }

    /// Returns what the line after this one names as the hash before it.
    pub fn link(&self) -> Hash {
        self.was.unwrap_or(self.hash)
    }

    /// Returns the event as it was before its words were sealed.
    fn unsealed(&self) -> String {
        let mut event = String::with_capacity(self.prefix.len());
        let mut rest = self.event;
        while let Some(start) = rest.find(SEAL_OPENS) {
            let name_at = start + SEAL_OPENS.len();
            let Some(name) = rest.get(name_at..name_at + HEX) else { break };
            event.push_str(&rest[..start]);
            match self.texts.get(name) {
                Some(hidden) => {
                    event.push_str(&TEXT_OPENS[..TEXT_OPENS.len() - 1]);
                    event.push_str(&serde_json::Value::from(hidden.text.as_ref()).to_string());
                    event.push('}');
                }
                None => event.push_str(&[r#"{"redacted":""#, name, SEAL_CLOSES].concat()),
            }
            rest = rest.get(name_at + HEX + SEAL_CLOSES.len()..).unwrap_or_default();
        }
        event.push_str(rest);
        event
    }
}

/// Turns an event as version `v` wrote it into what [`Event`] reads today. A released line is never reinterpreted: each
/// later version adds its step here, and a golden file under `tests/data/`.
fn upcast(v: u32, event: String) -> String {
    debug_assert!(v <= VERSION);
    event
}
