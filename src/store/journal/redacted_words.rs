//! The words that go with a redaction, to know them where they stand elsewhere.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::id::EventId;
use crate::domain::record::Record;

/// A wording this long, in characters, is not found in another text by chance. A guess.
const LONG: usize = 8;

/// Keys under which single names and tags stand. They are too common to know a text by.
const NAMES: [&str; 3] = ["people", "tags", "owner"];

/// See the module.
#[derive(Debug, Default)]
pub(in crate::store) struct RedactedWords {
    ids: BTreeSet<EventId>,
    wordings: BTreeSet<String>,
}

impl RedactedWords {
    /// Adds what a record says.
    pub fn add(&mut self, record: &Record) {
        self.ids.insert(record.id);
        if let Ok(event) = serde_json::to_value(&record.event) {
            collect(&event, &mut self.wordings);
        }
    }

    /// Returns whether this is the id of an entry whose words go.
    pub fn has(&self, id: EventId) -> bool {
        self.ids.contains(&id)
    }

    /// Returns whether `text` says what has to go, and is no text of its own that happens to have a short word in common.
    pub fn is_in(&self, text: &str) -> bool {
        let text = text.trim();
        self.wordings.iter().any(|gone| text == gone || (gone.chars().count() >= LONG && text.contains(gone.as_str())))
    }

    /// Returns the ids of the entries, as they are written.
    pub fn ids(&self) -> impl Iterator<Item = String> + '_ {
        self.ids.iter().map(EventId::to_string)
    }
}

/// Collects the texts of an event, wherever they stand.
fn collect(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(text)) = fields.get("text").filter(|_| fields.len() == 1) {
                into.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
                return;
            }
            fields.iter().filter(|(key, _)| !NAMES.contains(&key.as_str())).for_each(|(_, value)| collect(value, into));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::note;

    #[test]
    fn words_are_known_where_they_stand_elsewhere() {
        let mut gone = RedactedWords::default();
        gone.add(&note(4, "call the secret number"));
        gone.add(&note(5, "short"));
        assert!(gone.is_in(" call the secret number\n"));
        assert!(gone.is_in("I said: call the secret number, now"));
        assert!(gone.is_in("short"), "nothing else is said");
        assert!(!gone.is_in("a short note of its own"));
        assert!(gone.has(note(4, "").id) && !gone.has(note(6, "").id));
    }
}
