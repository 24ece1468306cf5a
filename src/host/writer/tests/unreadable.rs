//! Case 16: rooms that cannot be read, among many that are read late or not at all.

use std::os::unix::fs::{PermissionsExt, chown};

use super::*;
use crate::wire::message::RoomSummary;

const ROOMS: usize = READ_AT_START + 20;

/// Makes a file unreadable, or readable again, and leaves its length as it is.
fn set_readable(path: &Path, is_readable: bool) {
    let (user, mode) = if is_readable { (0, 0o600) } else { (65_529, 0o000) };
    if rustix::process::geteuid().is_root() {
        chown(path, Some(user), None).expect("its owner");
    } else {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("its mode");
    }
}

fn all_rooms(house: &mut House, guest: &mut Guest) -> Vec<RoomSummary> {
    house.ask(guest, Ask::Rooms);
    (0..ROOMS).for_each(|_| house.round());
    match guest.answers().pop() {
        Some((_, Ok(Answer::Rooms(rooms)))) => rooms,
        other => panic!("not the rooms: {other:?}"),
    }
}

fn troubled(rooms: &[RoomSummary]) -> Vec<RoomId> {
    rooms.iter().filter(|room| room.trouble.is_some()).map(|room| room.id.clone()).collect()
}

#[test]
fn they_are_named_at_once_though_what_is_kept_of_them_is_right_and_come_back() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let mut rooms: Vec<RoomId> = (0..ROOMS).map(|_| house.open(&mut anna)).collect();
    // Nothing falls due in a demo: it is not read without need.
    let id = house.id();
    house.ask(&mut anna, Ask::OpenDemo { id });
    house.round();
    rooms.push(RoomId::demo(1));
    house.writer.processor.ledger.rooms.keep_cards(&mut *house.writer.processor.ledger.store);
    let hidden = [&rooms[0], &rooms[ROOMS / 2], &rooms[ROOMS - 1], &rooms[ROOMS]].map(Clone::clone);
    let dir = house.dir.path().join("data/rooms");
    let set_all = |is_readable| {
        hidden.iter().for_each(|room| set_readable(&dir.join(format!("{room}.jsonl")), is_readable));
    };
    let mut house = house.again(|_| set_all(false));
    let mut anna = house.guest(1, "Anna");
    let listed = all_rooms(&mut house, &mut anna);
    assert_eq!(listed.len(), ROOMS + 1);
    let (mut named, mut expected) = (troubled(&listed), hidden.to_vec());
    named.sort();
    expected.sort();
    assert_eq!(named, expected);
    house.note(&mut anna, &rooms[1], "goes on");
    house.note(&mut anna, &hidden[0], "cannot be recorded");
    house.round();
    let answers = anna.answers();
    assert_eq!(recorded(&answers).len(), 1);
    assert!(answers.iter().any(|(_, answer)| answer.is_err()));
    set_all(true);
    house.tick();
    let listed = all_rooms(&mut house, &mut anna);
    assert_eq!((troubled(&listed), listed.len()), (Vec::new(), ROOMS + 1));
    assert_eq!(house.writer.processor.ledger.rooms.open_incidents(), ROOMS);
    house.note(&mut anna, &hidden[0], "is recorded");
    house.round();
    assert_eq!(recorded(&anna.answers()).len(), 1);
}

#[test]
fn each_of_very_many_is_looked_at_again_in_turn() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let count = 3 * MOST_READ_AGAIN;
    let rooms: Vec<RoomId> = (0..count).map(|_| house.open(&mut anna)).collect();
    let dir = house.dir.path().join("data/rooms");
    let journal = |room: &RoomId| dir.join(format!("{room}.jsonl"));
    let mut house = house.again(|_| rooms.iter().for_each(|room| set_readable(&journal(room), false)));
    while house.writer.processor.ledger.rooms.has_next_unread() {
        house.writer.processor.read_ahead();
    }
    let mut anna = house.guest(1, "Anna");
    assert_eq!(troubled(&all_rooms(&mut house, &mut anna)).len(), count);
    let last = rooms.last().expect("a room");
    set_readable(&journal(last), true);
    (0..3).for_each(|_| house.tick());
    let listed = all_rooms(&mut house, &mut anna);
    assert_eq!(troubled(&listed).len(), count - 1);
    assert!(listed.iter().any(|room| room.id == *last && room.trouble.is_none()));
}
