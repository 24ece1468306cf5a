//! The written form of a line: its versions, its parts and the words between them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::hash::Hash;
use crate::domain::id::{EventId, Seq};
use crate::domain::record::Author;
use crate::domain::time::Moment;

/// The newest version of a line that this program understands.
pub const VERSION: u32 = 2;
/// The version that seals names and tags, and that can be written again.
pub(super) const SEALED_NAMES: u32 = 2;

pub(super) const TEXT_OPENS: &str = r#"{"text":""#;
pub(super) const SEAL_OPENS: &str = r#"{"seal":""#;
pub(super) const SEAL_CLOSES: &str = r#""}"#;
pub(super) const EVENT: &str = r#","event":"#;
pub(super) const PREV: &str = r#","prev":""#;
pub(super) const HASH: &str = r#","hash":""#;
pub(super) const TEXTS: &str = r#","texts":"#;

/// The start of a line, up to its event.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LineHead {
    pub(super) v: u32,
    pub(super) seq: Seq,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) left: u32,
    /// The hash that the line had before words were taken out of its hashed part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) was: Option<String>,
    pub(super) id: EventId,
    pub(super) at: Moment,
    pub(super) rec: Moment,
    pub(super) by: Author,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// What stands behind a seal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HiddenText<'a> {
    #[serde(borrow)]
    pub(super) salt: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) text: Cow<'a, str>,
}

impl HiddenText<'_> {
    pub(super) fn seal(&self) -> Hash {
        Hash::of(&[self.salt.as_bytes(), self.text.as_bytes()])
    }
}

/// Returns how long the JSON string is that `text` begins with, both quotation marks counted.
pub(super) fn string_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
