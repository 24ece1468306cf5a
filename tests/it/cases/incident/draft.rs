//! Words that are typed on top of a draft are recorded, whatever became of the draft.

use klockslag::client::AskError;
use klockslag::client::blocking::BlockingClient;
use klockslag::domain::event::{Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::intent::{Declaration, Intent, Request};
use klockslag::domain::priority::Grade;
use klockslag::domain::question::Certainty;
use klockslag::domain::text::Text;
use klockslag::domain::time::Moment;
use klockslag::wire::message::{Answer, Ask, Draft, Failure};

use crate::hand::Hand;
use crate::world::{BEGINNING, World};

const SIZE: (u16, u16) = (100, 30);

fn began_at() -> Moment {
    Moment::parse(BEGINNING).expect("a moment")
}

/// Anna's client, as a screen talks to the host.
fn anna(world: &World) -> BlockingClient {
    BlockingClient::connect(world.options("Anna")).expect("a host")
}

fn keep(room: &RoomId, slot: &str, text: &str) -> Ask {
    let draft = Draft { room: room.clone(), slot: slot.to_owned(), began_at: began_at(), text: text.to_owned() };
    Ask::KeepDraft { draft }
}

fn note(room: &RoomId, id: IntentId, text: &str) -> Ask {
    let intent = Intent::TakeNote { kind: NoteKind::Note, text: text.into(), facets: Facets::default() };
    Ask::Do(Box::new(Request { id, room: room.clone(), at: Some(began_at()), intent }))
}

#[test]
fn a_client_that_dies_after_the_record_leaves_no_draft_that_swallows_words() {
    let world = World::new();
    let room: RoomId = world.open("Card payments down").parse().expect("a room");
    let id = IntentId(ulid::Ulid::new());
    let mut dying = anna(&world);
    assert_eq!(dying.ask(keep(&room, &format!("entry:{}", id.0), "gateway answers 502")).ok(), Some(Answer::Done));
    assert!(dying.ask(note(&room, id, "gateway answers 502")).is_ok());
    // It is killed before it says that the draft can go.
    drop(dying);
    let mut anna = Hand::sit_down(&world, &[], SIZE);
    anna.sees(&["Card payments down", "gateway answers 502", "press n and write"]);
    anna.press("n", "Enter save");
    anna.note("since 12:58", "since 12:58");
    assert_eq!(notes(&world), ["gateway answers 502", "since 12:58"]);
}

#[test]
fn words_kept_under_the_id_of_a_recorded_entry_become_an_entry_of_their_own() {
    let world = World::new();
    let room: RoomId = world.open("Card payments down").parse().expect("a room");
    let id = IntentId(ulid::Ulid::new());
    let slot = format!("entry:{}", id.0);
    let mut dying = anna(&world);
    assert!(dying.ask(note(&room, id, "gateway answers 502")).is_ok());
    assert_eq!(dying.ask(keep(&room, &slot, "gateway answers 502 since 12:58")).ok(), Some(Answer::Done));
    drop(dying);
    let mut anna = Hand::sit_down(&world, &[], SIZE);
    anna.sees(&["A draft of 13:05 is in the entry line again", "gateway answers 502 since 12:58"]);
    // The message gives way to the hints, which say when the line has the keys.
    world.advance(1);
    anna.press("n", "Enter save");
    anna.note(", says Olle", "12:58, says Olle");
    assert_eq!(notes(&world), ["gateway answers 502", "gateway answers 502 since 12:58, says Olle"]);
}

#[test]
fn what_the_record_says_already_is_not_offered_whatever_a_crash_left_behind() {
    let world = World::new();
    let room: RoomId = world.open("Card payments down").parse().expect("a room");
    let ids: Vec<IntentId> = (0..3).map(|_| IntentId(ulid::Ulid::new())).collect();
    let mut dying = anna(&world);
    let decision = Intent::TakeNote { kind: NoteKind::Decision, text: "fail over".into(), facets: Facets::default() };
    let answer = Intent::AnswerQuestion {
        question: "what".to_owned(),
        text: "terminals get 502".into(),
        certainty: Certainty::Assumed,
        time: None,
    };
    for (id, slot, typed, intent) in [
        (ids[0], format!("entry:{}", ids[0].0), "d: fail over", decision),
        (ids[1], format!("answer:what#{}", ids[1].0), "terminals get 502", answer),
        (ids[2], format!("restore#{}", ids[2].0), "a cable", Intent::Restore { note: "a cable".into() }),
    ] {
        let request = Request { id, room: room.clone(), at: Some(began_at()), intent };
        dying.ask(Ask::Do(Box::new(request))).expect("recorded");
        // As a host leaves it that dies between the record and the draft's end.
        assert_eq!(dying.ask(keep(&room, &slot, typed)).ok(), Some(Answer::Done));
    }
    drop(dying);
    let mut anna = Hand::sit_down(&world, &["join", room.as_str()], SIZE);
    anna.sees(&["Card payments down", "press n and write"]);
    assert!(!anna.terminal.text().contains("draft"), "{}", anna.terminal.text());
}

#[test]
fn the_same_id_with_other_words_is_refused_and_names_what_is_on_record() {
    let world = World::new();
    let room: RoomId = world.open("Card payments down").parse().expect("a room");
    let id = IntentId(ulid::Ulid::new());
    let mut anna = anna(&world);
    let first = anna.ask(note(&room, id, "gateway answers 502")).expect("recorded");
    assert_eq!(anna.ask(note(&room, id, "gateway answers 502")).expect("the same again"), first);
    let Answer::Recorded { records: first } = first else { panic!("{first:?}") };
    for other in [note(&room, id, "gateway answers 503"), {
        let intent = Intent::RaiseObstacle { text: "gateway answers 502".into() };
        Ask::Do(Box::new(Request { id, room: room.clone(), at: None, intent }))
    }] {
        match anna.ask(other) {
            Err(AskError::Failed(Failure::RecordedOtherwise { records })) => assert_eq!(records, first),
            answer => panic!("{answer:?}"),
        }
    }
    assert_eq!(notes(&world), ["gateway answers 502"]);
}

#[test]
fn the_same_id_with_another_declaration_opens_no_room_and_finds_none() {
    let world = World::new();
    let id = IntentId(ulid::Ulid::new());
    let mut anna = anna(&world);
    let opened = anna.ask(open(id, "Card payments down")).expect("a room");
    assert_eq!(anna.ask(open(id, "Card payments down")).expect("the same room"), opened);
    let other = anna.ask(open(id, "Mail down"));
    assert!(matches!(&other, Err(AskError::Failed(Failure::RecordedOtherwise { .. }))), "{other:?}");
    let rooms = world.klock(["rooms", "--json"]).json();
    assert_eq!(rooms.as_array().map(Vec::len), Some(1), "{rooms}");
}

fn open(id: IntentId, title: &str) -> Ask {
    let routine = klockslag::config::routine::builtin().first().expect("a routine").clone();
    let declaration = Declaration {
        title: title.into(),
        customer: Text::default(),
        urgency: Grade::HIGHEST,
        impact: Grade::HIGHEST,
        agreed_with: Text::default(),
        classified_by: None,
        began_at: None,
        declared_at: None,
        routine: Box::new(routine),
        activate: None,
        activation_reason: Text::default(),
        lead: Text::default(),
        demo: false,
    };
    Ask::Open { id, declaration: Box::new(declaration) }
}

/// The texts of the notes in the only room, as recorded.
fn notes(world: &World) -> Vec<String> {
    let lines = world.klock(["timeline", "--kind", "note", "--json"]).ok();
    let text = |line: &str| {
        let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
        entry["text"].as_str().expect("a text").to_owned()
    };
    lines.lines().map(text).collect()
}
