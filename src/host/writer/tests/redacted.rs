//! A redaction that was cut short is finished before anybody reads the room, however late that is.

use super::*;

/// What is to go.
const SECRET: &str = "hunter2";

/// More than a host reads before it serves.
const ROOMS: usize = READ_AT_START + 8;

/// Returns a house with rooms in which it is recorded that a note is to go, and it is there still.
fn with_redactions_begun() -> (House, Vec<RoomId>) {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let rooms: Vec<RoomId> = (0..ROOMS).map(|_| house.open(&mut anna)).collect();
    for room in &rooms {
        house.note(&mut anna, room, SECRET);
        house.round();
        let target = recorded(&anna.answers())[0].seq;
        let intent = Intent::RedactEntry { target, reason: "a password".into() };
        let request = Request { id: house.id(), room: room.clone(), at: None, intent };
        house.ask(&mut anna, Ask::Do(Box::new(request)));
        house.round();
    }
    house.writer.processor.ledger.rooms.keep_cards(&mut *house.writer.processor.ledger.store);
    (house, rooms)
}

fn journal_has_it(house: &House, room: &RoomId) -> bool {
    let journal = house.dir.path().join(format!("data/rooms/{room}.jsonl"));
    std::fs::read_to_string(journal).expect("a journal").contains(SECRET)
}

/// Returns what the guest was told has no trace of it.
fn told_nothing_of_it(guest: &mut Guest) -> usize {
    let heard = guest.heard();
    assert!(!format!("{heard:?}").contains(SECRET));
    heard.iter().filter(|said| matches!(said, HostMsg::Answer { answer, .. } if answer.is_ok())).count()
}

fn ask_for_all(house: &mut House, guest: &mut Guest, rooms: &[RoomId]) -> usize {
    house.ask(guest, Ask::Rooms);
    for room in rooms {
        house.ask(guest, Ask::Attach { room: room.clone(), after: None, entries: 40 });
        house.ask(guest, Ask::Head { room: room.clone() });
    }
    (0..rooms.len()).for_each(|_| house.round());
    1 + 2 * rooms.len()
}

fn finish(house: &mut House) {
    while house.writer.processor.ledger.rooms.has_next_unread() {
        house.writer.processor.read_ahead();
    }
    while house.prepare() > 0 {}
    (0..ROOMS).for_each(|_| house.round());
}

#[test]
fn whoever_asks_waits_until_it_is_finished() {
    let (house, rooms) = with_redactions_begun();
    assert!(rooms.iter().all(|room| journal_has_it(&house, room)));
    let mut house = house.again(|_| ());
    let mut anna = house.guest(1, "Anna");
    let asked = ask_for_all(&mut house, &mut anna, &rooms);
    assert_eq!(told_nothing_of_it(&mut anna), 0);
    finish(&mut house);
    assert_eq!(told_nothing_of_it(&mut anna), asked);
    assert!(!rooms.iter().any(|room| journal_has_it(&house, room)));
}

/// As an earlier version left it, which made no marker, and as a copy has it that somebody put back.
#[test]
fn what_no_marker_tells_of_is_seen_when_the_room_is_first_read() {
    let (house, rooms) = with_redactions_begun();
    let mut house = house.again(|data| {
        std::fs::remove_dir_all(data.join("index.sled")).expect("an index");
        for room in &rooms {
            std::fs::remove_file(data.join(format!("rooms/{room}.redacting"))).expect("a marker");
        }
    });
    let mut anna = house.guest(1, "Anna");
    let asked = ask_for_all(&mut house, &mut anna, &rooms);
    assert_eq!(told_nothing_of_it(&mut anna), 0);
    finish(&mut house);
    assert_eq!(told_nothing_of_it(&mut anna), asked);
    assert!(!rooms.iter().any(|room| journal_has_it(&house, room)));
}

#[test]
fn the_same_holds_for_a_long_room() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let long = house.open_long(&mut anna);
    house.note(&mut anna, &long, SECRET);
    house.round();
    let target = recorded(&anna.answers())[0].seq;
    let intent = Intent::RedactEntry { target, reason: "a password".into() };
    let request = Request { id: house.id(), room: long.clone(), at: None, intent };
    house.ask(&mut anna, Ask::Do(Box::new(request)));
    house.round();
    let mut house = house.again(|data| {
        std::fs::remove_dir_all(data.join("index.sled")).expect("an index");
        std::fs::remove_file(data.join(format!("rooms/{long}.redacting"))).expect("a marker");
    });
    let mut anna = house.guest(1, "Anna");
    let rooms = [long];
    let asked = 1 + ask_for_all(&mut house, &mut anna, &rooms);
    assert_eq!(house.prepare(), 1, "it is looked through");
    house.ask(&mut anna, Ask::Rooms);
    house.round();
    assert_eq!(told_nothing_of_it(&mut anna), 0);
    assert_eq!(house.prepare(), 1, "the words go");
    house.round();
    assert_eq!(told_nothing_of_it(&mut anna), asked);
    assert!(!journal_has_it(&house, &rooms[0]));
}
