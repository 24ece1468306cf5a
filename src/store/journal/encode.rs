//! Writing a record as a line: its words go behind seals, its hash covers the rest.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use super::format::{
    EVENT, HASH, HiddenText, LineHead, PREV, SEAL_CLOSES, SEAL_OPENS, SEALED_NAMES, TEXT_OPENS, TEXTS, string_len,
};
use super::hash::{HEX, Hash, hex};
use super::salt::Salts;
use crate::domain::event::{Event, Facets};
use crate::domain::record::Record;

/// A line ready to be appended, without its newline.
#[derive(Debug)]
pub(in crate::store) struct EncodedLine {
    pub bytes: Vec<u8>,
    pub hash: Hash,
}

/// Why a record could not be made a line.
#[derive(Debug, thiserror::Error)]
pub(in crate::store) enum EncodeError {
    #[error("{0}")]
    Shape(#[from] serde_json::Error),
    #[error("this version only reads events of the kind {0}")]
    Unknown(String),
    #[error("no salt for its words: {0}")]
    Salt(#[from] io::Error),
}

/// Writes `record` as the line after the one whose hash is `prev`; `left` more follow in the same append.
pub(in crate::store) fn encode(
    record: &Record,
    left: u32,
    prev: Hash,
    salts: &mut dyn Salts,
) -> Result<EncodedLine, EncodeError> {
    let Record { seq, id, at, rec, by, event } = record;
    if let Event::Unknown { name } = event {
        return Err(EncodeError::Unknown(name.clone()));
    }
    let v = version_of(event);
    let head = LineHead { v, seq: *seq, left, was: None, id: *id, at: *at, rec: *rec, by: by.clone() };
    let mut texts = BTreeMap::new();
    let event = seal(&serde_json::to_string(event)?, &mut texts, salts)?;
    Ok(assemble(&head, &event, prev, &texts)?)
}

/// Returns the oldest version that can say `event`.
fn version_of(event: &Event) -> u32 {
    let names = |facets: &Facets| !facets.people.is_empty() || !facets.tags.is_empty();
    let is_sealed = match event {
        Event::NoteTaken { facets, .. }
        | Event::ActionOpened { facets, .. }
        | Event::CorrectiveActionOpened { facets, .. } => names(facets),
        Event::ActionUpdated { owner, .. } => owner.is_some(),
        _ => false,
    };
    if is_sealed { SEALED_NAMES } else { 1 }
}

/// Returns the line of an event whose words are sealed.
pub(super) fn assemble(
    head: &LineHead,
    event: &str,
    prev: Hash,
    texts: &BTreeMap<String, HiddenText<'_>>,
) -> Result<EncodedLine, serde_json::Error> {
    let mut bytes = serde_json::to_vec(head)?;
    bytes.pop();
    bytes.extend_from_slice(EVENT.as_bytes());
    bytes.extend_from_slice(event.as_bytes());
    bytes.extend_from_slice(PREV.as_bytes());
    bytes.extend_from_slice(prev.to_string().as_bytes());
    bytes.push(b'"');
    let hash = Hash::of(&[&bytes]);
    close(&mut bytes, hash, texts)?;
    Ok(EncodedLine { bytes, hash })
}

fn close(bytes: &mut Vec<u8>, hash: Hash, texts: &BTreeMap<String, HiddenText<'_>>) -> Result<(), serde_json::Error> {
    bytes.extend_from_slice(HASH.as_bytes());
    bytes.extend_from_slice(hash.to_string().as_bytes());
    bytes.push(b'"');
    if !texts.is_empty() {
        bytes.extend_from_slice(TEXTS.as_bytes());
        serde_json::to_writer(&mut *bytes, texts)?;
    }
    bytes.push(b'}');
    Ok(())
}

/// Replaces every `{"text":"…"}` of `event` by its seal. Working on the written form is safe: inside a JSON string a
/// quotation mark is escaped, so these bytes can only be an object whose first key is `text`.
fn seal(
    event: &str,
    texts: &mut BTreeMap<String, HiddenText<'static>>,
    salts: &mut dyn Salts,
) -> Result<String, EncodeError> {
    let mut sealed = String::with_capacity(event.len() + HEX);
    let mut rest = event;
    while let Some(start) = rest.find(TEXT_OPENS) {
        let quoted = start + TEXT_OPENS.len() - 1;
        let end = quoted + string_len(&rest[quoted..]);
        if !rest[end..].starts_with('}') {
            sealed.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let hidden = HiddenText {
            salt: Cow::Owned(hex(&salts.salt()?)),
            text: Cow::Owned(serde_json::from_str::<String>(&rest[quoted..end])?),
        };
        let name = hidden.seal().to_string();
        sealed.push_str(&rest[..start]);
        sealed.push_str(SEAL_OPENS);
        sealed.push_str(&name);
        sealed.push_str(SEAL_CLOSES);
        texts.insert(name, hidden);
        rest = &rest[end + 1..];
    }
    sealed.push_str(rest);
    Ok(sealed)
}
