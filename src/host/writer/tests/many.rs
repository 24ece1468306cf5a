//! D19: many rooms. A host that takes over reads a few of them before it serves, and the rest beside what is asked.

use super::*;

const ROOMS: usize = READ_AT_START + 20;

fn rooms(answers: &[(u64, Result<Answer, Failure>)]) -> usize {
    match answers {
        [(_, Ok(Answer::Rooms(rooms)))] => rooms.len(),
        other => panic!("not the rooms: {other:?}"),
    }
}

/// Returns a house with many open rooms; `leave` is done by its writer at the end.
fn with_many_rooms(leave: impl FnOnce(&mut Writer)) -> House {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    (0..ROOMS).for_each(|_| drop(house.open(&mut anna)));
    leave(&mut house.writer);
    let ids = house.ids;
    House { ids, ..house.again(|_| ()) }
}

fn read_all(house: &mut House) -> usize {
    let mut count = 0;
    while house.writer.processor.ledger.rooms.has_next_unread() {
        house.writer.processor.read_ahead();
        count += 1;
    }
    count
}

#[test]
fn what_is_kept_of_each_room_answers_for_all_before_they_are_read() {
    let mut house =
        with_many_rooms(|writer| writer.processor.ledger.rooms.keep_cards(&mut *writer.processor.ledger.store));
    assert_eq!(house.writer.processor.ledger.rooms.in_memory().count(), READ_AT_START);
    assert_eq!(house.writer.processor.ledger.rooms.open_incidents(), ROOMS);
    let mut anna = house.guest(1, "Anna");
    for what in [Ask::Rooms, Ask::OpenRooms] {
        house.ask(&mut anna, what);
        house.round();
        assert_eq!(rooms(&anna.answers()), ROOMS);
    }
    // Any of them can be used at once, whether it was read yet or not.
    for number in [1, ROOMS] {
        let room = RoomId::of_year(2026, u32::try_from(number).expect("a number"));
        house.note(&mut anna, &room, "goes on");
        house.round();
        assert_eq!(recorded(&anna.answers()).len(), 1);
    }
    read_all(&mut house);
    assert_eq!(house.writer.processor.ledger.rooms.in_memory().count(), ROOMS);
    house.ask(&mut anna, Ask::OpenRooms);
    house.round();
    assert_eq!(rooms(&anna.answers()), ROOMS);
}

#[test]
fn of_rooms_of_which_nothing_is_kept_the_list_waits_and_nothing_else() {
    let mut house = with_many_rooms(|_| ());
    let (mut anna, mut olle) = (house.guest(1, "Anna"), house.guest(2, "Olle"));
    house.ask(&mut olle, Ask::Rooms);
    house.note(&mut anna, &RoomId::of_year(2026, 1), "goes on");
    house.round();
    assert_eq!(recorded(&anna.answers()).len(), 1);
    assert!(olle.answers().is_empty());
    assert!(read_all(&mut house) >= ROOMS - READ_AT_START);
    (0..ROOMS).for_each(|_| house.round());
    assert_eq!(rooms(&olle.answers()), ROOMS);
}

#[test]
fn a_card_that_is_older_than_its_journal_is_not_believed() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    (0..ROOMS).for_each(|_| drop(house.open(&mut anna)));
    house.writer.processor.ledger.rooms.keep_cards(&mut *house.writer.processor.ledger.store);
    let room = RoomId::of_year(2026, 7);
    house.note(&mut anna, &room, "after its card was kept");
    house.round();
    let entries = house.writer.processor.ledger.rooms.get(&room).expect("in memory").room.entries;
    let mut house = house.again(|_| ());
    let mut anna = house.guest(1, "Anna");
    house.ask(&mut anna, Ask::Rooms);
    house.round();
    let [(_, Ok(Answer::Rooms(rooms)))] = &anna.answers()[..] else { panic!("no rooms") };
    assert_eq!(rooms.iter().find(|summary| summary.id == room).expect("there").entries, entries);
}

#[test]
fn rooms_in_which_nothing_falls_due_are_not_kept_in_memory_for_having_been_read() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    for _ in 0..ROOMS {
        let id = house.id();
        house.ask(&mut anna, Ask::OpenDemo { id });
        house.round();
    }
    let mut house = house.again(|data| std::fs::remove_dir_all(data.join("index.sled")).expect("an index"));
    read_all(&mut house);
    assert_eq!(house.writer.processor.ledger.rooms.in_memory().count(), 0);
    let mut anna = house.guest(1, "Anna");
    house.ask(&mut anna, Ask::Rooms);
    house.round();
    assert_eq!(rooms(&anna.answers()), ROOMS);
}

/// D9: a room goes on that has lost its first line, however late it is read.
#[test]
fn a_room_that_lost_its_opening_has_one_when_it_is_read_late() {
    let house = with_many_rooms(|_| ());
    let room = RoomId::of_year(2026, 1);
    let mut house = house.again(|data| {
        std::fs::remove_dir_all(data.join("index.sled")).expect("an index");
        let journal = data.join(format!("rooms/{room}.jsonl"));
        let mut bytes = std::fs::read(&journal).expect("a journal");
        bytes[200] ^= 1;
        std::fs::write(&journal, bytes).expect("written");
    });
    assert!(house.writer.processor.ledger.rooms.is_unread(&room), "it is not among the first");
    let is_told = |house: &House| {
        house
            .writer
            .processor
            .ledger
            .health
            .current()
            .remarks
            .iter()
            .any(|remark| remark.key == "store-opening-recovered")
    };
    assert!(!is_told(&house));
    read_all(&mut house);
    assert!(is_told(&house));
    assert!(house.writer.processor.ledger.rooms.get(&room).expect("in memory").room.routine.is_some());
    let mut anna = house.guest(1, "Anna");
    house.note(&mut anna, &room, "goes on");
    house.round();
    assert_eq!(recorded(&anna.answers()).len(), 1);
}
