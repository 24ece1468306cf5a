//! What is written can be read again, exactly.

use proptest::prelude::*;

use super::*;
use crate::domain::fixture::event::any_event;
use crate::domain::fixture::intent::any_intent;
use crate::domain::fixture::{any_moment, minute, record};
use crate::domain::intent::Intent;

#[test]
fn late_from_a_minute_on() {
    let late = |minutes| {
        let event = Event::Joined { name: "Eva".into() };
        Record { rec: minute(minutes), ..record(1, minute(0), event) }.is_late()
    };
    assert!(!late(0));
    assert!(late(1));
}

#[test]
fn an_event_of_a_newer_version_travels_to_clients() {
    let event = Event::Unknown { name: "Sung".to_owned() };
    let sent = serde_json::to_string(&event).expect("it is JSON");
    assert_eq!(serde_json::from_str::<Event>(&sent).expect("and back"), event);
}

proptest! {
    #[test]
    fn a_record_survives_its_line(event in any_event(), at in any_moment(), seq in 1u64..u64::MAX) {
        let written = record(seq, at, event);
        let line = serde_json::to_string(&written).expect("a record is JSON");
        prop_assert!(!line.contains('\n'));
        prop_assert_eq!(serde_json::from_str::<Record>(&line).expect("and back"), written);
    }

    #[test]
    fn an_intent_survives_the_wire(intent in any_intent()) {
        let sent = serde_json::to_vec(&intent).expect("an intent is JSON");
        prop_assert_eq!(serde_json::from_slice::<Intent>(&sent).expect("and back"), intent);
    }
}

#[test]
fn a_name_is_shown_behind_how_sure_it_is() {
    let author = |name: &str, sure| Author { uid: 1000, name: name.to_owned(), sure };
    assert_eq!(author("Anna Lind", Assurance::Verified).signed(), "Anna Lind");
    assert_eq!(author("Olle", Assurance::Claimed).signed(), "~Olle");
    assert_eq!(author("backup", Assurance::Script).signed(), "$backup");
    assert_eq!(Author::klock(1000).signed(), "klock");
    assert_eq!(author("klock", Assurance::Claimed).signed(), "~klock", "nobody is taken for the program");
}
