//! D6: nobody can make a room, or the lobby, unreadable for everybody; and what an earlier version let in can still be read.

use std::time::Duration;

use klockslag::domain::event::{Event, Facets};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::record::{Author, Record};
use klockslag::domain::time::Moment;
use klockslag::store::{Append, FileStore, KernelSalts, StoreOptions};

use crate::hand::Hand;
use crate::world::{BEGINNING, World};

const ACTIONS: u32 = 70;
const ACTION: usize = 250_000;
const ROOMS: u32 = 140;
const TITLE: usize = 125_000;

fn record(seq: u64, event: Event) -> Record {
    let at = Moment::parse(BEGINNING).expect("a time");
    let id = IntentId(ulid::Ulid(u128::from(seq) << 16)).event(0);
    Record { seq, id, at, rec: at, by: Author::klock(1), event }
}

/// A world with a room of seventy long actions and 140 rooms with long titles, as an earlier version let them in; its host is
/// not there.
fn long_world() -> World {
    let world = World::new();
    let room: RoomId = world.open("Card payments down").parse().expect("an id");
    world.klock(["host", "stop"]).ok();
    let options = StoreOptions {
        now: Moment::parse(BEGINNING).expect("a time"),
        patience: Duration::ZERO,
        salts: Box::new(KernelSalts::default()),
        spools: Vec::new(),
    };
    let mut store = FileStore::open(&world.data_dir(), options).expect("a store").store;
    let last = store.load_room(&room).expect("a room").seq;
    let opening = store.record(&room, 1).expect("read").expect("there").event;
    let action = |no: u32| Event::ActionOpened { no, text: "a".repeat(ACTION).into(), facets: Facets::default() };
    let records = (1..=ACTIONS).map(|no| record(last + u64::from(no), action(no))).collect();
    store.append_batch(&[Append { room, expected: last, records }]).expect("saved");
    for number in 2..2 + ROOMS {
        let mut event = opening.clone();
        if let Event::Opened { title, .. } = &mut event {
            *title = format!("{number} {}", "t".repeat(TITLE)).into();
        }
        let room = RoomId::of_year(2026, number);
        store.append_batch(&[Append { room, expected: 0, records: vec![record(1, event)] }]).expect("saved");
    }
    world
}

#[test]
fn a_room_and_a_lobby_of_an_earlier_version_are_read_however_long_they_are() {
    let world = long_world();
    let rooms = world.klock(["rooms", "--json"]).json();
    let titles: Vec<usize> = rooms
        .as_array()
        .expect("rooms")
        .iter()
        .map(|room| room["title"].as_str().expect("a title").chars().count())
        .collect();
    assert_eq!(titles.len(), 1 + ROOMS as usize);
    assert_eq!(
        titles.iter().filter(|length| **length == 301).count(),
        ROOMS as usize,
        "cut, with a sign that they are"
    );
    world.klock(["rooms"]).ok();
    let room = ["-r", "2026-001"];
    assert_eq!(world.status_of("2026-001")["title"], "Card payments down");
    for (verb, least) in [
        (&["export", "--format", "md"][..], ACTIONS as usize * ACTION),
        (&["log", "still"], 1),
        (&["action", "done", "1"], 1),
        (&["entry", "strike", "5", "--reason", "too long"], 1),
    ] {
        let printed = world.klock([verb, &room].concat()).ok();
        assert!(printed.len() >= least, "{verb:?} printed {} bytes", printed.len());
    }
    let mut hand = Hand::sit_down(&world, &["join", "2026-001"], (120, 40));
    hand.terminal.wait_for("Card payments down");
    world.klock(["log", "-r", "2026-001", "seen on the screen"]).ok();
    hand.terminal.wait_for("seen on the screen");
}

#[test]
fn what_an_entry_a_title_and_a_name_may_hold_is_said_with_the_number() {
    let world = World::new();
    world.open("Card payments down");
    let (title, text, name) = ("t".repeat(301), "x".repeat(17 << 10), "å".repeat(201));
    let action = format!("act: {text}");
    for (verb, says) in [
        (&["open", &title][..], "300 characters, and this one has 301"),
        (&["open", "x", "--customer", &name], "200 characters, and this one has 201"),
        (&["log", &action], "16 KiB"),
        (&["action", "open", &text], "16 KiB"),
        (&["role", "assign", "cim", &name], "200 characters, and this one has 201"),
        (&["answer", "what", &text], "16 KiB"),
        (&["resource", "ask", &text], "16 KiB"),
        (&["obstacle", "raise", &text], "16 KiB"),
    ] {
        let said = world.klock(verb).fails(1);
        assert!(said.contains(says), "{:?}: {said}", &verb[..2]);
    }
    let refused = world.klock_reading(["log", "-"], &format!("{action}\n{text}\n@{name} said so\n"));
    assert_eq!(refused.code, Some(1), "{}", refused.err);
    assert!(refused.err.contains("Line 1") && refused.err.contains("16 KiB") && refused.err.contains("kept in"));
    assert_eq!(refused.out.lines().count(), 2, "a note is long as it is, and what is too long for a name is text");
}
