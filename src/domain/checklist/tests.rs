//! Where each point stands, and which are due now.

use super::*;
use crate::domain::event::Event;
use crate::domain::fixture::{minute, room_after};
use crate::domain::text::Text;

fn stands(room: &Room, now: i64) -> Vec<(String, Urgency)> {
    room.items_by_urgency(minute(now)).iter().map(|view| (view.item.key.clone(), view.urgency)).collect()
}

fn with(key: &str, urgency: Urgency) -> (String, Urgency) {
    (key.to_owned(), urgency)
}

#[test]
fn a_point_becomes_due_when_its_time_has_come() {
    let room = room_after([]);
    assert_eq!(stands(&room, 500), [with("notes", Urgency::DueNow), with("supplier", Urgency::Later)]);
    let met = room_after([(40, Event::MeetingStarted { no: 1 })]);
    assert_eq!(stands(&met, 54)[1], with("supplier", Urgency::Later));
    assert_eq!(stands(&met, 55)[1], with("supplier", Urgency::DueNow));
}

#[test]
fn done_waived_and_open_again() {
    let checked = (1, Event::ItemChecked { item: "notes".to_owned(), note: Text::default() });
    let waived = (2, Event::ItemWaived { item: "supplier".to_owned(), reason: "in-house".into() });
    let room = room_after([checked.clone(), waived.clone()]);
    assert_eq!(room.tally(), ChecklistTally { done: 1, waived: 1, total: 2 });
    assert!(room.unsettled().is_empty());
    let again = (3, Event::ItemReopened { item: "notes".to_owned(), reason: Text::default() });
    let room = room_after([checked, waived, again]);
    assert_eq!(room.tally(), ChecklistTally { done: 0, waived: 1, total: 2 });
    assert_eq!(stands(&room, 500), [with("notes", Urgency::DueNow), with("supplier", Urgency::Settled)]);
}
