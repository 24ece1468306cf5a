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
    let mut anna = world.screen_in("Anna", &room);
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
    let mut anna = world.screen_in("Anna", &room);
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

/// By how many seconds the clock was set, as often as that is recorded.
fn moves(records: &[Record]) -> Vec<i64> {
    let seconds = |record: &Record| match record.event {
        Event::ClockMoved { seconds } => Some(seconds),
        _ => None,
    };
    records.iter().filter_map(seconds).collect()
}

#[test]
fn a_clock_set_back_over_a_mark_and_forward_over_two_is_recorded_at_once_and_no_mark_rings_twice() {
    let world = World::new();
    world.set_clock_and_steady(noon(), 1000);
    let host = world.host();
    let (room, other) = (world.open("Anna"), world.open("Anna"));
    let mut anna = world.screen_in("Anna", &room);
    world.set_clock_and_steady(noon().plus_minutes(51), 1000 + 51 * 60);
    anna.wait_until("the warning", |screen| offsets(&screen.records) == [-10]);
    world.set_clock_and_steady(noon().plus_minutes(21), 1000 + 51 * 60);
    anna.wait_until("the clock set back", |screen| moves(&screen.records) == [30 * 60]);
    assert_eq!(rang_by_now(&world, &room), [-10], "nothing rings because the clock went back over it");
    world.set_clock_and_steady(noon().plus_minutes(71), 1000 + 51 * 60);
    anna.wait_until("the clock set forward", |screen| moves(&screen.records) == [30 * 60, -50 * 60]);
    anna.wait_until("the mark", |screen| offsets(&screen.records) == [-10, 10]);
    let place = |wanted: &dyn Fn(&Event) -> bool| anna.records.iter().position(|record| wanted(&record.event));
    let moved = place(&|event| matches!(event, Event::ClockMoved { seconds: ..0 }));
    let rang = place(&|event| matches!(event, Event::ClockRang { offset: 10, .. }));
    assert!(moved < rang, "that it was set stands before what it made ring");
    assert_eq!(rang_by_now(&world, &room), [-10, 10]);
    assert_eq!(moves(&world.records(&other)), [30 * 60, -50 * 60], "in every open room, once");
    host.stop();
}

#[test]
fn a_machine_that_slept_over_marks_was_not_set() {
    let world = World::new();
    world.set_clock_and_steady(noon(), 1000);
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.screen_in("Anna", &room);
    world.set_clock_and_steady(noon().plus_minutes(95), 1000 + 95 * 60);
    anna.wait_until("the mark", |screen| offsets(&screen.records) == [30]);
    assert_eq!(rang_by_now(&world, &room), [30]);
    assert!(moves(&world.records(&room)).is_empty());
    host.stop();
}

#[test]
fn the_hour_that_summer_time_takes_or_gives_rings_each_mark_once_and_moves_nothing() {
    for begins in ["2026-10-25T02:20:00+02:00", "2026-03-29T01:20:00+01:00"] {
        let begins = Moment::parse(begins).expect("a time");
        let world = World::new();
        world.set_clock_and_steady(begins, 1000);
        let host = world.host();
        let room = world.open("Anna");
        let mut anna = world.screen_in("Anna", &room);
        let mut marks = Vec::new();
        for (minute, offset) in [(50, -10), (60, 0), (70, 10), (80, 20)] {
            world.set_clock_and_steady(begins.plus_minutes(minute), 1000 + 60 * u64::try_from(minute).expect("small"));
            marks.push(offset);
            anna.wait_until("the mark", |screen| offsets(&screen.records) == marks);
        }
        assert_eq!(rang_by_now(&world, &room), marks);
        let records = world.records(&room);
        assert!(moves(&records).is_empty());
        assert_ne!(
            records[0].at.datetime().offset(),
            records[records.len() - 1].at.datetime().offset(),
            "the offset changed on the way"
        );
        host.stop();
    }
}
