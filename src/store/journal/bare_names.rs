//! Names and tags that the first version of the journal wrote as bare strings into the hashed part of a line.
//!
//! The search works on the written form, as sealing does: within a JSON string a quotation mark is escaped, so these bytes can
//! only be a key with its value.

use std::io;

use super::format::{SEAL_CLOSES, SEAL_OPENS, string_len};
use super::hash::Hash;
use super::salt::Salts;

/// What stands before names: a list of them, or one.
const LISTS: [&str; 2] = [r#""people":["#, r#""tags":["#];
const SINGLE: &str = r#""owner":"#;

/// The events that have such names. An organisation's routine has an owner as well, who is no person of the incident.
const KINDS: [&str; 4] =
    [r#"{"NoteTaken":"#, r#"{"ActionOpened":"#, r#"{"CorrectiveActionOpened":"#, r#"{"ActionUpdated":"#];

/// Returns whether `event` has names that are not sealed.
pub(super) fn has_bare_names(event: &str) -> bool {
    next_bare_name(event, 0).is_some()
}

/// Returns the event with a seal in the place of every bare name. What the seal was made of is forgotten at once.
pub(super) fn without_bare_names(event: &str, salts: &mut dyn Salts) -> io::Result<String> {
    let mut sealed = String::with_capacity(event.len());
    let mut from = 0;
    while let Some((start, end)) = next_bare_name(event, from) {
        sealed.push_str(&event[from..start]);
        sealed.push_str(SEAL_OPENS);
        sealed.push_str(&Hash::of(&[&salts.salt()?, &event.as_bytes()[start..end]]).to_string());
        sealed.push_str(SEAL_CLOSES);
        from = end;
    }
    sealed.push_str(&event[from..]);
    Ok(sealed)
}

/// Returns where the first bare name at or after `from` begins and ends, its quotation marks included.
fn next_bare_name(event: &str, from: usize) -> Option<(usize, usize)> {
    if !KINDS.iter().any(|kind| event.starts_with(kind)) {
        return None;
    }
    let within = |(start, len): (usize, usize)| (start >= from).then_some((start, start + len));
    let single = event.find(SINGLE).and_then(|at| {
        let start = at + SINGLE.len();
        event[start..].starts_with('"').then(|| (start, string_len(&event[start..])))
    });
    let lists = LISTS.iter().filter_map(|key| event.find(key).map(|at| at + key.len()));
    let listed = lists.flat_map(|at| names_of_list(event, at));
    single.into_iter().chain(listed).filter_map(within).min()
}

/// Returns the bare names of the list whose first element begins at `at`: where each begins, and how long it is.
fn names_of_list(event: &str, mut at: usize) -> Vec<(usize, usize)> {
    let mut names = Vec::new();
    loop {
        let rest = &event[at..];
        let len = match rest.as_bytes().first() {
            Some(b'"') => {
                let len = string_len(rest);
                names.push((at, len));
                len
            }
            // A sealed name: an object without another one in it.
            Some(b'{') => rest.find('}').map_or(rest.len(), |end| end + 1),
            _ => return names,
        };
        at += len;
        if !event[at..].starts_with(',') {
            return names;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_are_sealed_and_each_of_them() {
        let mut salts = || [7; 16];
        let note =
            r#"{"NoteTaken":{"kind":"note","text":{"seal":"ab"},"people":["Åsa \"X\"","b"],"tags":["t"],"track":"A"}}"#;
        assert!(has_bare_names(note));
        let sealed = without_bare_names(note, &mut salts).expect("sealed");
        assert!(!has_bare_names(&sealed), "{sealed}");
        assert!(!sealed.contains("Åsa") && !sealed.contains(r#""b""#) && !sealed.contains(r#""t""#), "{sealed}");
        assert_eq!(sealed.matches(SEAL_OPENS).count(), 4);
        serde_json::from_str::<serde_json::Value>(&sealed).expect("JSON");
        let owner = r#"{"ActionUpdated":{"no":1,"owner":"Eva","note":{"seal":"ab"}}}"#;
        assert!(!without_bare_names(owner, &mut salts).expect("sealed").contains("Eva"));
    }

    #[test]
    fn what_is_no_name_stays() {
        for event in [
            r#"{"Opened":{"title":{"seal":"ab"},"routine":{"owner":"Operations"},"demo":false}}"#,
            r#"{"ActionUpdated":{"no":1,"owner":null,"note":{"seal":"ab"}}}"#,
            r#"{"NoteTaken":{"kind":"note","text":{"seal":"ab"},"people":[],"tags":[{"seal":"ab"}]}}"#,
            r#"{"PhaseEntered":{"phase":"\"people\":[\"x\"]"}}"#,
        ] {
            assert!(!has_bare_names(event), "{event}");
        }
    }
}
