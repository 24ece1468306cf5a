//! What can still be read of a room's first line when it was damaged and no copy of it was left.
//!
//! The line is too long, and holds too much that a room cannot do without, to be given up for one wrong byte: each part is read by
//! itself, and what is read is only ever said to be legible, never to be right.

use std::path::PathBuf;

use serde::Deserialize;

use super::hash::HEX;
use super::scan::salvage;
use super::{line, walk};
use crate::domain::routine::Routine;
use crate::domain::time::Moment;

/// What is legible of an opening.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpeningRemains {
    pub title: Option<String>,
    pub customer: Option<String>,
    pub began_at: Option<Moment>,
    /// The whole routine, as far as it still is one.
    pub routine: Option<Box<Routine>>,
    /// Its name and version: what is whole elsewhere is better than what is legible here.
    pub routine_id: Option<String>,
    pub routine_version: Option<String>,
}

/// More bytes than this are not looked through. A guess: the longest routine that is taken is far shorter.
const MOST: usize = 4 << 20;

/// In how many digits the name of a text may differ from what the event calls it. A guess: a few flipped bits.
const MOST_WRONG_DIGITS: usize = 4;

/// Returns what is legible of an opening in the damaged journals at `paths`, the first of which is nearest to what was written.
pub(in crate::store) fn read_remains(paths: impl Iterator<Item = PathBuf>) -> OpeningRemains {
    paths.map(beginning).map(|bytes| read(&bytes)).fold(OpeningRemains::default(), OpeningRemains::or)
}

impl OpeningRemains {
    fn or(self, other: OpeningRemains) -> OpeningRemains {
        OpeningRemains {
            title: self.title.or(other.title),
            customer: self.customer.or(other.customer),
            began_at: self.began_at.or(other.began_at),
            routine: self.routine.or(other.routine),
            routine_id: self.routine_id.or(other.routine_id),
            routine_version: self.routine_version.or(other.routine_version),
        }
    }
}

/// Returns what stands before the first sound line.
fn beginning(path: PathBuf) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What cannot be read is not legible.
    let _ = walk::visit_raw_lines(&path, 0, &mut |raw| {
        let is_over = line::parse(raw.bytes).is_some() || bytes.len() > MOST;
        if is_over {
            return std::ops::ControlFlow::Break(());
        }
        let sound = salvage(raw.bytes);
        let until = sound.first().map_or(raw.bytes.len(), |line| line.as_ptr() as usize - raw.bytes.as_ptr() as usize);
        bytes.extend_from_slice(&raw.bytes[..until.min(MOST)]);
        if sound.is_empty() { std::ops::ControlFlow::Continue(()) } else { std::ops::ControlFlow::Break(()) }
    });
    bytes
}

fn read(bytes: &[u8]) -> OpeningRemains {
    let text = legible(bytes);
    let texts = texts_of(&text);
    let words = |key: &str| {
        let seal = after(&text, &format!("\"{key}\":{{\"seal\":\""))?;
        nearest(&texts, seal.get(..HEX)?)
    };
    let routine_at = after(&text, r#""routine":"#);
    let string_in = |from: Option<&str>, key: &str| string_at(after(from?, &format!("\"{key}\":"))?);
    // When nothing says which of the words are the title, all of them are: nobody knows the room by its number alone.
    let all = || texts.iter().map(|(_, words)| words.trim()).filter(|words| !words.is_empty()).collect::<Vec<_>>();
    let title = words("title").or_else(|| Some(all().join(" · ")));
    OpeningRemains {
        title: title.filter(|title| !title.trim().is_empty()),
        customer: words("title").and(words("customer")).filter(|customer| !customer.trim().is_empty()),
        began_at: string_in(Some(&text), "began_at").and_then(|at| Moment::parse(&at).ok()),
        routine: routine_at.and_then(value_at).map(Box::new),
        routine_id: string_in(routine_at, "id"),
        routine_version: string_in(routine_at, "version"),
    }
}

/// Returns the bytes as text, each that is none as a question mark: what stands at a distance is still found there.
fn legible(bytes: &[u8]) -> String {
    let chunks = bytes.utf8_chunks();
    chunks.map(|chunk| [chunk.valid(), &"?".repeat(chunk.invalid().len())].concat()).collect()
}

/// Returns what comes after the first `key`.
fn after<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.find(key).and_then(|at| text.get(at + key.len()..))
}

/// Returns the JSON value that `text` begins with.
fn value_at<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::Deserializer::from_str(text).into_iter().next()?.ok()
}

fn string_at(text: &str) -> Option<String> {
    value_at(text)
}

/// Returns the texts behind the seals, each with its name.
fn texts_of(text: &str) -> Vec<(String, String)> {
    const SALT: &str = r#"":{"salt":""#;
    let mut found = Vec::new();
    for (at, _) in text.match_indices(SALT) {
        let name = at.checked_sub(HEX).and_then(|from| text.get(from..at));
        let words = after(&text[at..], r#""text":"#).and_then(string_at);
        if let (Some(name), Some(words)) = (name, words) {
            found.push((name.to_owned(), words));
        }
    }
    found
}

/// Returns the words whose name is `seal`, but for a few digits.
fn nearest(texts: &[(String, String)], seal: &str) -> Option<String> {
    let wrong = |name: &str| name.bytes().zip(seal.bytes()).filter(|(a, b)| a != b).count();
    let (name, words) = texts.iter().min_by_key(|(name, _)| wrong(name))?;
    (wrong(name) <= MOST_WRONG_DIGITS).then(|| words.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLDEN: &str = include_str!("../../../tests/data/journal-v2.jsonl");

    fn first_line() -> Vec<u8> {
        GOLDEN.lines().next().expect("a line").as_bytes().to_vec()
    }

    fn with(change: impl FnOnce(&mut Vec<u8>)) -> OpeningRemains {
        let mut line = first_line();
        change(&mut line);
        read(&line)
    }

    fn at(words: &str) -> usize {
        memchr::memmem::find(&first_line(), words.as_bytes()).expect("there")
    }

    #[test]
    fn whatever_byte_is_wrong_the_rest_is_read() {
        let whole = with(|_| {});
        assert_eq!(whole.title.as_deref(), Some("Card payments down"));
        assert_eq!(whole.customer.as_deref(), Some("Nordbank"));
        assert_eq!(
            (whole.routine_id.as_deref(), whole.routine_version.as_deref()),
            (Some("critical-incident"), Some("1.0"))
        );
        assert!(whole.began_at.is_some() && whole.routine.is_some());
        let (mut titles, mut routines) = (0, 0);
        let len = first_line().len();
        for at in 0..len {
            let found = with(|line| line[at] ^= 0x80);
            titles += usize::from(found.title == whole.title);
            routines += usize::from(found.routine.is_some() || found.routine_id == whole.routine_id);
        }
        // All but the bytes of the title itself, and of what leads to it.
        assert!(len - titles < 120, "{} of {len} without the title", len - titles);
        assert!(len - routines < 20, "{} of {len} without a routine", len - routines);
    }

    #[test]
    fn a_seal_with_a_wrong_digit_leads_to_its_words_and_no_other() {
        let seal = at("\"title\":{\"seal\":\"") + "\"title\":{\"seal\":\"".len();
        assert_eq!(with(|line| line[seal + 3] = b'x').title.as_deref(), Some("Card payments down"));
        let title = with(|line| line[seal..seal + 40].fill(b'x')).title.expect("words");
        assert!(title.contains("Card payments down") && title.contains("Nordbank"), "{title}");
    }

    #[test]
    fn nothing_is_read_where_nothing_is() {
        assert_eq!(read(b""), OpeningRemains::default());
        assert_eq!(read(&[0; 1000]), OpeningRemains::default());
        assert_eq!(read("{\"seal\":\"å".as_bytes()), OpeningRemains::default());
    }
}
