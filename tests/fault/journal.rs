//! A journal read with nothing of the program's own: JSON, SHA-256 and the rules that the design states.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::violation::{Verdict, Violation};

/// A journal whose every line and chain was found right.
#[derive(Debug, Default)]
pub struct Journal {
    pub lines: Vec<Line>,
}

/// One line of it.
#[derive(Debug)]
pub struct Line {
    pub seq: u64,
    pub id: String,
    pub rec: String,
    /// The kind of the event, `NoteTaken`.
    pub kind: String,
    /// What the event holds.
    pub event: Value,
    /// The note's words, when it is a note that was not redacted.
    pub note: Option<String>,
}

impl Journal {
    /// Reads the journal at `path`. It must be whole: nobody may be writing.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn read(path: &Path) -> Verdict<Self> {
        let bytes = std::fs::read(path)
            .map_err(|error| Violation::Silent(format!("{} cannot be read: {error}", path.display())))?;
        Journal::of(&bytes)
    }

    /// Checks the bytes of a journal.
    ///
    /// # Errors
    /// As [`Journal::read`].
    pub fn of(bytes: &[u8]) -> Verdict<Self> {
        if bytes.last().is_some_and(|last| *last != b'\n') {
            return Err(Violation::Chain("the last line has no end".to_owned()));
        }
        let mut journal = Journal::default();
        let mut prev = "0".repeat(64);
        let mut ids = HashSet::new();
        for (bytes, expected) in bytes.split(|byte| *byte == b'\n').zip(1_u64..) {
            if bytes.is_empty() {
                continue;
            }
            let (line, hash) = check(bytes, expected, &prev)?;
            if line.seq != expected {
                return Err(Violation::Gap(format!("line {expected} has seq {}", line.seq)));
            }
            if !ids.insert(line.id.clone()) {
                return Err(Violation::Twice(format!("the id {} is there twice, again as {expected}", line.id)));
            }
            prev = hash;
            journal.lines.push(line);
        }
        Ok(journal)
    }

    /// The notes, each with its place.
    pub fn notes(&self) -> impl Iterator<Item = (u64, &str)> {
        self.lines.iter().filter_map(|line| Some((line.seq, line.note.as_deref()?)))
    }

    /// The place of the last record.
    pub fn last(&self) -> u64 {
        self.lines.last().map_or(0, |line| line.seq)
    }
}

fn check(bytes: &[u8], nth: u64, prev: &str) -> Verdict<(Line, String)> {
    let wrong = |what: &str| Violation::Chain(format!("line {nth}: {what}"));
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("not UTF-8"))?;
    let value: Value = serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
    let (hashed, _) = text.split_once(r#","hash":"#).ok_or_else(|| wrong("no hash"))?;
    let hash = hex(&Sha256::digest(hashed.as_bytes()));
    if value["hash"] != hash {
        return Err(wrong("the hash is not that of the line"));
    }
    if value["prev"] != prev {
        return Err(wrong("does not follow from the line before"));
    }
    let texts: BTreeMap<String, Value> = match value.get("texts") {
        Some(texts) => serde_json::from_value(texts.clone()).map_err(|error| wrong(&error.to_string()))?,
        None => BTreeMap::new(),
    };
    for (seal, hidden) in &texts {
        let (salt, words) = (hidden["salt"].as_str().unwrap_or_default(), hidden["text"].as_str().unwrap_or_default());
        if *seal != hex(&Sha256::new().chain_update(salt).chain_update(words).finalize()) {
            return Err(wrong("a text is not the one that was sealed"));
        }
    }
    let event = value["event"].clone();
    let note = event["NoteTaken"]["text"]["seal"].as_str().and_then(|seal| texts.get(seal));
    let line = Line {
        seq: value["seq"].as_u64().ok_or_else(|| wrong("no seq"))?,
        id: value["id"].as_str().ok_or_else(|| wrong("no id"))?.to_owned(),
        rec: value["rec"].as_str().ok_or_else(|| wrong("no time"))?.to_owned(),
        kind: event.as_object().and_then(|event| event.keys().next().cloned()).unwrap_or_default(),
        note: note.and_then(|hidden| hidden["text"].as_str().map(str::to_owned)),
        event,
    };
    Ok((line, hash))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
