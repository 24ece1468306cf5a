//! The clocks ring for everyone, each mark once, whatever slept, restarted or was set back.

use klockslag::domain::event::Event;
use klockslag::domain::id::RoomId;
use klockslag::domain::record::Record;
use klockslag::domain::time::Moment;

use super::world::{NOON, World, notes};

const FIRST_MEETING: &str = "first-meeting";

fn noon() -> Moment {
    Moment::parse(NOON).expect("a time")
}

fn offsets(records: &[Record]) -> Vec<i64> {
    let offset = |record: &Record| match &record.event {
        Event::ClockRang { clock, offset, .. } if clock == FIRST_MEETING => Some(*offset),
        _ => None,
    };
    records.iter().filter_map(offset).collect()
}

/// Says something twice, so that the host has looked at the clocks in between, and gives back what rang by then.
fn rang_by_now(world: &World, room: &RoomId) -> Vec<i64> {
    let mut client = world.verb("Anna");
    for n in 0..2 {
        client.ask(world.note(room, &format!("{n}"))).expect("noted");
    }
    offsets(&world.records(room))
}

#[test]
fn the_first_meeting_is_warned_of_before_at_and_after_its_hour_each_once() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.screen("Anna");
    anna.enter(&room);
    let mut lobby = world.screen("Olle");
    lobby.wait_until("the host", |screen| screen.connected == 1);
    for (minute, offset) in [(50, -10), (60, 0), (70, 10)] {
        world.set_clock(noon().plus_minutes(minute));
        anna.wait_until("the mark", |screen| offsets(&screen.records).last() == Some(&offset));
        lobby.wait_until("the bell", |screen| {
            let rang: Vec<Record> = screen.rang.iter().map(|(_, record)| record.clone()).collect();
            offsets(&rang).last() == Some(&offset)
        });
    }
    assert_eq!(rang_by_now(&world, &room), [-10, 0, 10]);
    host.stop();
    let host = world.host();
    assert_eq!(rang_by_now(&world, &room), [-10, 0, 10], "a restart rings nothing again");
    world.set_clock(noon().plus_minutes(80));
    anna.wait_until("the mark after the restart", |screen| offsets(&screen.records) == [-10, 0, 10, 20]);
    host.stop();
}

#[test]
fn marks_that_were_slept_through_ring_as_one() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    host.stop();
    world.set_clock(noon().plus_minutes(95));
    let host = world.host();
    let mut anna = world.screen("Anna");
    anna.enter(&room);
    anna.wait_until("the mark", |screen| !offsets(&screen.records).is_empty());
    assert_eq!(rang_by_now(&world, &room), [30]);
    host.stop();
}

#[test]
fn a_clock_that_is_set_back_is_recorded_once_and_before_what_comes_next() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    world.set_clock(noon().plus_minutes(-60));
    let mut client = world.verb("Anna");
    for n in ["first", "second"] {
        client.ask(world.note(&room, n)).expect("noted");
    }
    let records = world.records(&room);
    let moved: Vec<usize> =
        (0..records.len()).filter(|n| matches!(records[*n].event, Event::ClockMoved { seconds: 3600 })).collect();
    assert_eq!(moved.len(), 1, "{records:?}");
    assert_eq!(notes(&records[moved[0]..]), ["first", "second"]);
    host.stop();
}
