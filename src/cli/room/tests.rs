//! Which room is meant by silence, in every state that the rooms can be in.

use super::*;
use crate::domain::time::Moment;

fn minute(minutes: i64) -> Moment {
    Moment::parse("2026-11-28T13:05:00+01:00").expect("a moment").plus_minutes(minutes)
}

fn room(number: u32, state: State, closed_at: Option<i64>) -> RoomSummary {
    RoomSummary {
        id: RoomId::of_year(2026, number),
        title: format!("Incident {number}").into(),
        customer: "".into(),
        demo: false,
        state,
        priority: Some(1),
        declared_at: minute(0),
        restored_at: None,
        outages: Vec::new(),
        closed_at: closed_at.map(minute),
        entries: 3,
        lead: None,
        next_clock: None,
        here: 0,
        due: Vec::new(),
        trouble: None,
    }
}

fn open(number: u32) -> RoomSummary {
    room(number, State::Open, None)
}

fn restored(number: u32) -> RoomSummary {
    room(number, State::Restored, None)
}

fn closed(number: u32, at: i64) -> RoomSummary {
    room(number, State::Closed, Some(at))
}

fn demo(room: RoomSummary) -> RoomSummary {
    RoomSummary { demo: true, ..room }
}

fn numbers(found: Found<'_>) -> Vec<u32> {
    match found {
        Found::None => Vec::new(),
        Found::One(room) => vec![room.id.number()],
        Found::Several(rooms) => rooms.iter().map(|room| room.id.number()).collect(),
    }
}

#[test]
fn what_silence_means() {
    for (rooms, expected_open, expected_closed) in [
        (vec![], vec![], vec![]),
        (vec![open(1)], vec![1], vec![]),
        (vec![open(1), restored(2), closed(3, 5)], vec![1], vec![3]),
        (vec![open(1), open(2)], vec![1, 2], vec![]),
        (vec![restored(2), closed(3, 5)], vec![2], vec![3]),
        (vec![restored(2), restored(3)], vec![2, 3], vec![]),
        (vec![closed(3, 5)], vec![], vec![3]),
        (vec![closed(3, 9), closed(4, 5)], vec![], vec![3]),
        (vec![closed(3, 5), closed(4, 5), closed(5, 1)], vec![], vec![3, 4]),
        // A demo is never meant, however it stands.
        (vec![demo(open(1)), demo(restored(2)), demo(closed(3, 9)), closed(4, 5)], vec![], vec![4]),
        (vec![demo(open(1)), demo(closed(3, 9))], vec![], vec![]),
    ] {
        let told =
            format!("{:?}", rooms.iter().map(|room| (room.id.number(), room.state, room.demo)).collect::<Vec<_>>());
        assert_eq!(numbers(going_on(&rooms)), expected_open, "going on: {told}");
        assert_eq!(numbers(closed_last(&rooms)), expected_closed, "closed last: {told}");
    }
}
