//! What the timeline lets through, and what it says of each event.

use proptest::prelude::*;

use super::*;
use crate::domain::action::Track;
use crate::domain::event::NoteKind;
use crate::domain::fixture::event::any_event;
use crate::domain::fixture::{minute, record, room_after};

fn note(text: &str) -> Event {
    let facets = Facets {
        people: vec!["Olle Berg".to_owned()],
        tags: vec!["db".to_owned()],
        track: Some(Track::B),
        ..Facets::default()
    };
    Event::NoteTaken { kind: NoteKind::Test, text: text.into(), facets, meeting: None, action: None }
}

#[test]
fn a_tag_is_found_however_its_letters_are_written() {
    let facets = Facets { tags: vec!["Överföring".to_owned()], ..Facets::default() };
    let tagged = Event::NoteTaken { kind: NoteKind::Note, text: "x".into(), facets, meeting: None, action: None };
    let entry = entry(&record(3, minute(1), tagged), &room_after([])).expect("an entry");
    for (tag, found) in [("överföring", true), ("ÖVERFÖRING", true), ("överför", false)] {
        let filter = Filter { tag: Some(tag.to_owned()), ..Filter::default() };
        assert_eq!(filter.admits(&entry, "x"), found, "{tag}");
    }
}

#[test]
fn names_of_kinds_are_their_serialised_names() {
    for kind in EntryKind::ALL {
        assert_eq!(serde_json::to_string(&kind).expect("a kind is JSON"), format!("\"{}\"", kind.name()));
        assert_eq!(EntryKind::from_name(kind.name()), Some(kind));
    }
    assert_eq!(EntryKind::from_name("nonsense"), None);
}

#[test]
fn a_star_is_no_line_but_marks_one() {
    let star = Event::EntryStarred { target: 3, starred: true };
    let room = room_after([(5, note("x")), (6, star.clone())]);
    assert_eq!(entry(&record(4, minute(6), star), &room), None);
    assert!(entry(&record(3, minute(5), note("x")), &room).is_some_and(|entry| entry.mark.starred));
}

#[test]
fn the_filter() {
    let room = room_after([(5, note("fail over"))]);
    let line = entry(&record(3, minute(5), note("fail over")), &room).expect("a line");
    let admits = |filter: Filter| filter.admits(&line, "Fail over to site B");
    assert!(admits(Filter::default()));
    assert!(Filter::default().is_empty());
    let with = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
    assert!(admits(with("SITE fail")));
    assert!(!admits(with("site c")));
    assert!(admits(Filter { kinds: vec![EntryKind::Test], ..Filter::default() }));
    assert!(!admits(Filter { kinds: vec![EntryKind::Note], ..Filter::default() }));
    assert!(admits(Filter { person: Some("olle".to_owned()), ..Filter::default() }));
    assert!(admits(Filter { person: Some("lind".to_owned()), ..Filter::default() }), "the one who wrote it");
    assert!(!admits(Filter { person: Some("eva".to_owned()), ..Filter::default() }));
    assert!(admits(Filter { tag: Some("DB".to_owned()), ..Filter::default() }));
    assert!(!admits(Filter { track: Some(Track::A), ..Filter::default() }));
    assert!(!admits(Filter { starred: true, ..Filter::default() }));
    assert!(admits(Filter { since: Some(minute(5)), until: Some(minute(5)), ..Filter::default() }));
    assert!(!admits(Filter { since: Some(minute(6)), ..Filter::default() }));
    assert!(!admits(Filter { until: Some(minute(4)), ..Filter::default() }));
}

proptest! {
    #[test]
    fn every_event_but_a_star_has_words(event in any_event()) {
        let room = room_after([]);
        let line = entry(&record(9, minute(5), event.clone()), &room);
        prop_assert_eq!(line.is_some(), is_entry(&event));
        if let Some(line) = line {
            prop_assert!(line.phrase.key.starts_with("entry-"), "{}", line.phrase.key);
        }
    }
}
