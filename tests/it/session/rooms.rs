//! Several people in one room.

use klockslag::domain::event::Event;
use klockslag::wire::message::{Answer, Ask};

use super::world::World;

#[test]
fn two_people_see_each_others_notes_and_each_other() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let (mut anna, mut olle) = (world.screen("Anna"), world.screen("Olle"));
    anna.enter(&room);
    olle.enter(&room);
    let ask = anna.ask(world.note(&room, "gateway restarted"));
    assert!(matches!(anna.answer(ask), Ok(Answer::Recorded { records }) if records.len() == 1));
    assert_eq!(anna.notes(), ["gateway restarted"], "what is answered has been told before");
    olle.ask(world.note(&room, "502 gone"));
    for screen in [&mut anna, &mut olle] {
        screen.wait_until("both notes", |screen| screen.notes() == ["gateway restarted", "502 gone"]);
        screen.wait_until("both people", |screen| screen.people == ["Anna", "Olle"]);
    }
    assert_eq!(anna.room, olle.room);
    let joined = |records: &[klockslag::domain::record::Record]| {
        records.iter().filter(|record| matches!(record.event, Event::Joined { .. })).count()
    };
    assert_eq!(joined(&world.records(&room)), 1, "Olle joined; Anna opened it");
    drop(olle);
    anna.wait_until("Olle's absence", |screen| screen.people == ["Anna"]);
    host.stop();
}

#[test]
fn the_lobby_lists_rooms_with_the_latest_first() {
    let world = World::new();
    let host = world.host();
    let first = world.open("Anna");
    let second = world.open("Anna");
    let rooms = match world.verb("Olle").ask(Ask::Rooms) {
        Ok(Answer::Rooms(rooms)) => rooms,
        other => panic!("{other:?}"),
    };
    assert_eq!(rooms.iter().map(|room| &room.id).collect::<Vec<_>>(), [&second, &first]);
    assert_eq!((first.as_str(), second.as_str()), ("2026-001", "2026-002"));
    assert!(rooms[0].next_clock.is_some());
    host.stop();
}
