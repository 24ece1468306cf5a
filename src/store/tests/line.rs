//! The line of a record: whole, damaged, sealed, redacted, from a newer version.

use proptest::prelude::*;

use super::{note, options};
use crate::domain::event::Event;
use crate::domain::fixture::hostile;
use crate::domain::id::RoomId;
use crate::domain::record::Record;
use crate::domain::text::Text;
use crate::store::journal::encode::encode;
use crate::store::journal::hash::Hash;
use crate::store::journal::line::parse;
use crate::store::journal::redact::without_words;

fn line(record: &Record) -> Vec<u8> {
    encode(record, 0, Hash::NONE, &mut *options().salts).expect("it can be written").bytes
}

fn text_of(event: &Event) -> &Text {
    match event {
        Event::NoteTaken { text, .. } => text,
        other => panic!("not a note: {other:?}"),
    }
}

#[test]
fn a_person_can_check_the_hash_with_sha256sum() {
    let line = String::from_utf8(line(&note(1, "hi"))).expect("text");
    let (hashed, rest) = line.split_once(",\"hash\":\"").expect("a hash");
    assert_eq!(Hash::of(&[hashed.as_bytes()]).to_string(), rest[..64]);
    assert!(!hashed.contains("hi\""), "the words are behind their seal: {hashed}");
    let json: serde_json::Value = serde_json::from_str(&line).expect("plain JSON");
    assert_eq!(json["seq"], 1);
}

#[test]
fn any_flipped_bit_is_noticed() {
    let line = line(&note(7, "restart \"gateway\" {\"text\":\"x\"} åäö"));
    for at in 0..line.len() {
        for bit in 0..8 {
            let mut flipped = line.clone();
            flipped[at] ^= 1 << bit;
            assert!(parse(&flipped).is_none(), "byte {at} bit {bit}: {}", String::from_utf8_lossy(&flipped));
        }
    }
    for len in 0..line.len() {
        assert!(parse(&line[..len]).is_none(), "cut to {len}");
    }
}

#[test]
fn redacted_words_are_gone_and_the_hash_stays() {
    let line = line(&note(7, "the password is hunter2"));
    let whole = parse(&line).expect("sound");
    let redacted = without_words(&whole, &mut *options().salts).expect("redacted");
    assert!(!String::from_utf8_lossy(&redacted).contains("hunter2"));
    let after = parse(&redacted).expect("sound");
    assert_eq!(after.hash, whole.hash);
    assert!(after.is_redacted() && !whole.is_redacted());
    assert!(text_of(&after.event()).is_redacted());
}

#[test]
fn what_a_newer_version_wrote_is_kept_as_unknown() {
    let line = String::from_utf8(line(&note(1, "hi"))).expect("text");
    let resealed = |line: String| {
        let (hashed, rest) = line.split_once(",\"hash\":\"").expect("a hash");
        format!("{hashed},\"hash\":\"{}{}", Hash::of(&[hashed.as_bytes()]), &rest[64..])
    };
    let new_kind = resealed(line.replace("{\"NoteTaken\":", "{\"BridgeRecorded\":"));
    assert_eq!(
        parse(new_kind.as_bytes()).expect("sound").event(),
        Event::Unknown { name: "BridgeRecorded".to_owned() }
    );
    let new_line = resealed(line.replace("{\"v\":1,", "{\"v\":3,"));
    let new_line = parse(new_line.as_bytes()).expect("sound");
    assert!(new_line.is_newer());
    assert_eq!(new_line.event(), Event::Unknown { name: "NoteTaken".to_owned() });
}

#[test]
fn an_event_that_is_only_read_is_not_written() {
    let mut record = note(1, "");
    record.event = Event::Unknown { name: "Later".to_owned() };
    assert!(encode(&record, 0, Hash::NONE, &mut *options().salts).is_err());
}

proptest! {
    #[test]
    fn any_text_comes_back_as_it_was(text in hostile(), name in hostile()) {
        let mut record = note(3, &text);
        record.by.name = name;
        let line = line(&record);
        prop_assert!(!line.contains(&b'\n'));
        prop_assert_eq!(parse(&line).expect("sound").record(), record);
    }

    #[test]
    fn a_text_that_looks_like_a_seal_stays_a_text(
        text in r#"(\{"(text|seal|redacted)":"[0-9a-f"\\]{0,64}"\}|,"hash":"|,"event":|,"prev":"|\\|"){1,6}"#,
    ) {
        let record = note(3, &text);
        let line = line(&record);
        prop_assert_eq!(parse(&line).expect("sound").record(), record);
    }

    #[test]
    fn whatever_is_in_a_file_is_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes);
        let _ = crate::store::journal::scan::salvage(&bytes);
    }
}

#[test]
fn room_names_are_file_names() {
    assert_eq!(RoomId::of_year(2026, 14).as_str(), "2026-014");
}
