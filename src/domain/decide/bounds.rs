//! How long what a person types may be. Everything but the text of a note is sent to every screen that enters the room, so it is
//! held to what people read.

use serde::Serialize;
use serde_json::Value;

use super::context::LONGEST_TEXT;
use crate::domain::intent::{Declaration, Intent, Refusal};
use crate::domain::phrase::Phrase;
use crate::domain::record::written_length;

/// The longest text that stands in a list of the room: an action, an answer, a plan, a message; in bytes. Some eight pages (a
/// guess at what nobody exceeds by hand).
pub const LONGEST_LIST_TEXT: usize = 16 * 1024;

/// The longest title, in characters: some four lines of a wide screen.
pub const LONGEST_TITLE: usize = 300;

/// The longest name of a person, an owner, a customer or a supplier, and the longest tag, in characters.
pub const LONGEST_NAME: usize = 200;

/// The longest of what is written in one line: who was told, who agreed, how somebody was called; in characters.
pub const LONGEST_LINE: usize = 1000;

/// How many people, and how many tags, one entry may name.
pub const MOST_NAMES: usize = 100;

/// The longest routine, in bytes: ten times the longest of those that come with the program.
pub const LONGEST_ROUTINE: usize = 512 * 1024;

/// A note so short, in bytes, is looked at no further.
const SHORT_NOTE: usize = 4 * 1024;

/// What is shorter as a whole, in bytes, has nothing in it that could be too long.
const ALWAYS_FITS: usize = LONGEST_NAME;

/// Every text of an intent is within its bound. Looks at the written form, so that no field is forgotten.
pub(super) fn intent_fits(intent: &Intent) -> Result<(), Refusal> {
    // Nearly everything that is recorded.
    if let Intent::TakeNote { text, facets, .. } = intent
        && text.raw().len() <= SHORT_NOTE
        && facets.people.is_empty()
        && facets.tags.is_empty()
    {
        return Ok(());
    }
    let Some(length) = written_length(intent) else { return Err(text_long(LONGEST_TEXT)) };
    if length <= ALWAYS_FITS {
        return Ok(());
    }
    // Control characters are written longer than they are.
    if length > 2 * LONGEST_TEXT {
        return Err(text_long(LONGEST_TEXT));
    }
    let text = match intent {
        // It stands in the timeline alone, unless it is an action as well.
        Intent::TakeNote { facets, .. } if facets.due.is_none() => LONGEST_TEXT,
        Intent::AmendEntry { .. } => LONGEST_TEXT,
        _ => LONGEST_LIST_TEXT,
    };
    fits(intent, text)
}

/// Every text of a declaration is within its bound, and so is its routine.
pub(super) fn declaration_fits(declaration: &Declaration) -> Result<(), Refusal> {
    let Declaration { title, customer, agreed_with, classified_by, activation_reason: reason, lead, routine, .. } =
        declaration;
    if written_length(routine).is_none_or(|length| length > LONGEST_ROUTINE) {
        return Err(Refusal(Phrase::new("refuse-routine-long").with("kib", LONGEST_ROUTINE / 1024)));
    }
    let who = classified_by.as_ref().map(|(_, who)| who);
    let texts = serde_json::json!({ "title": title, "customer": customer, "agreed_with": agreed_with, "who": who,
        "reason": reason, "lead": lead });
    fits(&texts, LONGEST_LIST_TEXT)
}

fn fits(value: &impl Serialize, text: usize) -> Result<(), Refusal> {
    let value = serde_json::to_value(value).map_err(|_| text_long(text))?;
    walk("", &value, text)
}

/// Looks at every text below `value`, which is the field `field`; `text`: the bound of a field that has none of its own.
fn walk(field: &str, value: &Value, text: usize) -> Result<(), Refusal> {
    match value {
        Value::String(words) => check(field, words, text),
        Value::Array(all) => {
            if all.len() > MOST_NAMES && is_name(field) {
                return Err(Refusal(
                    Phrase::new("refuse-many-names").with("most", MOST_NAMES).with("count", all.len()),
                ));
            }
            all.iter().try_for_each(|value| walk(field, value, text))
        }
        // A person's words are an object with one field: they belong to the field above.
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("text") && !field.is_empty() => {
            fields.values().try_for_each(|words| walk(field, words, text))
        }
        Value::Object(fields) => fields.iter().try_for_each(|(field, value)| walk(field, value, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn check(field: &str, words: &str, text: usize) -> Result<(), Refusal> {
    let most = match field {
        "title" => LONGEST_TITLE,
        "agreed_with" | "audience" | "case" | "how" | "reference" | "staff" | "to" | "who" => LONGEST_LINE,
        _ if is_name(field) => LONGEST_NAME,
        _ if words.len() > text => return Err(text_long(text)),
        _ => return Ok(()),
    };
    // A character takes a byte at least.
    if words.len() <= most {
        return Ok(());
    }
    match words.chars().count() {
        length if length > most => {
            let what = if is_name(field) { "name" } else { field };
            let phrase = Phrase::new("refuse-name-long").with("what", what).with("most", most).with("length", length);
            Err(Refusal(phrase))
        }
        _ => Ok(()),
    }
}

/// Whether a field holds a name or a key.
fn is_name(field: &str) -> bool {
    matches!(
        field,
        "clock"
            | "customer"
            | "entitled"
            | "item"
            | "lead"
            | "name"
            | "notice"
            | "owner"
            | "people"
            | "person"
            | "phase"
            | "point"
            | "question"
            | "role"
            | "tags"
            | "takes"
    )
}

fn text_long(most: usize) -> Refusal {
    Refusal(Phrase::new("refuse-text-long").with("kib", most / 1024))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Facets, NoteKind};
    use crate::domain::phrase::Arg;
    use crate::domain::time::Moment;

    fn long(characters: usize) -> String {
        "å".repeat(characters)
    }

    fn note(bytes: usize, facets: Facets) -> Intent {
        Intent::TakeNote { kind: NoteKind::Decision, text: "x".repeat(bytes).into(), facets }
    }

    /// Returns the number that a refusal says; `None` if it fits.
    fn most(fits: Result<(), Refusal>) -> Option<(String, i64)> {
        let Err(Refusal(Phrase { key, args })) = fits else { return None };
        let number = args.iter().find_map(|(name, arg)| match arg {
            Arg::Number(number) if name == "most" || name == "kib" => Some(*number),
            _ => None,
        });
        Some((key.into_owned(), number.expect("a number")))
    }

    fn refused(key: &str, number: i64) -> Option<(String, i64)> {
        Some((key.to_owned(), number))
    }

    /// D6: what one entry, name and title may hold.
    #[test]
    fn every_field_has_a_bound_that_is_said() {
        let due = Moment::parse("2026-11-21T15:00:00+01:00").ok();
        let with = |people: Vec<String>, tags: Vec<String>| Facets { people, tags, ..Facets::default() };
        let text = LONGEST_LIST_TEXT;
        let action = |bytes: usize| Intent::OpenAction { text: "x".repeat(bytes).into(), facets: Facets::default() };
        let assign = |characters| Intent::AssignRole { role: "cim".into(), person: long(characters).into() };
        let owner = |characters| Intent::UpdateAction {
            no: 1,
            owner: Some(long(characters)),
            due: None,
            track: None,
            note: "".into(),
        };
        let hand_over = |characters| Intent::HandOver { to: long(characters).into(), note: "".into() };
        for (intent, expected) in [
            (note(LONGEST_TEXT, Facets::default()), None),
            (note(LONGEST_TEXT + 1, Facets::default()), refused("refuse-text-long", 256)),
            (note(text, Facets { due, ..Facets::default() }), None),
            (note(text + 1, Facets { due, ..Facets::default() }), refused("refuse-text-long", 16)),
            (Intent::AmendEntry { target: 7, text: "x".repeat(LONGEST_TEXT).into(), at: None }, None),
            (action(text), None),
            (action(text + 1), refused("refuse-text-long", 16)),
            (Intent::AskResource { what: "x".repeat(text + 1).into() }, refused("refuse-text-long", 16)),
            (note(9, with(vec![long(LONGEST_NAME)], Vec::new())), None),
            (note(9, with(vec![long(LONGEST_NAME + 1)], Vec::new())), refused("refuse-name-long", 200)),
            (note(9, with(Vec::new(), vec![long(LONGEST_NAME + 1)])), refused("refuse-name-long", 200)),
            (note(9, with(vec!["x".into(); MOST_NAMES], Vec::new())), None),
            (note(9, with(Vec::new(), vec!["x".into(); MOST_NAMES + 1])), refused("refuse-many-names", 100)),
            (assign(LONGEST_NAME), None),
            (assign(LONGEST_NAME + 1), refused("refuse-name-long", 200)),
            (owner(LONGEST_NAME + 1), refused("refuse-name-long", 200)),
            (hand_over(LONGEST_LINE), None),
            (hand_over(LONGEST_LINE + 1), refused("refuse-name-long", 1000)),
        ] {
            assert_eq!(most(intent_fits(&intent)), expected, "{}", &format!("{intent:?}")[..80]);
        }
    }

    #[test]
    fn a_declaration_is_bounded_in_every_field() {
        let sound = super::super::tests::declaration(1, 1);
        let fits = |change: fn(&mut Declaration)| {
            let mut declaration = sound.clone();
            change(&mut declaration);
            most(declaration_fits(&declaration))
        };
        assert_eq!(fits(|_| {}), None);
        assert_eq!(fits(|d| d.title = long(LONGEST_TITLE).into()), None);
        assert_eq!(fits(|d| d.title = long(LONGEST_TITLE + 1).into()), refused("refuse-name-long", 300));
        assert_eq!(fits(|d| d.customer = long(LONGEST_NAME + 1).into()), refused("refuse-name-long", 200));
        assert_eq!(fits(|d| d.lead = long(LONGEST_NAME + 1).into()), refused("refuse-name-long", 200));
        assert_eq!(fits(|d| d.agreed_with = long(LONGEST_LINE + 1).into()), refused("refuse-name-long", 1000));
        assert_eq!(
            fits(|d| d.activation_reason = long(LONGEST_LIST_TEXT).into()),
            refused("refuse-text-long", 16),
            "bytes count"
        );
        assert_eq!(fits(|d| d.routine.id = "x".repeat(LONGEST_ROUTINE)), refused("refuse-routine-long", 512));
    }
}
