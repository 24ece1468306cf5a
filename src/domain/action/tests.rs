//! What is late, and what is still open.

use super::*;
use crate::domain::event::{Event, Facets};
use crate::domain::fixture::{minute, room_after};

#[test]
fn late_while_open_and_past_due() {
    let facets = Facets { due: Some(minute(30)), ..Facets::default() };
    let opened = (1, Event::ActionOpened { no: 1, text: "renew".into(), facets });
    let room = room_after([opened.clone()]);
    assert_eq!(room.actions[0].late_minutes(minute(30)), None);
    assert_eq!(room.actions[0].late_minutes(minute(32)), Some(2));
    let later = Event::ActionUpdated { no: 1, owner: None, due: Some(minute(60)), track: None, note: Text::default() };
    assert_eq!(room_after([opened.clone(), (31, later)]).actions[0].late_minutes(minute(32)), None);
    let done = (31, Event::ActionDone { no: 1, outcome: Text::default() });
    assert_eq!(room_after([opened, done]).actions[0].late_minutes(minute(90)), None);
}

#[test]
fn a_supplier_is_open_until_case_class_and_staff_are_known() {
    let engaged = |case: &str, critical, staff: &str| Event::SupplierEngaged {
        no: 1,
        name: "Acme".into(),
        case: case.into(),
        critical,
        staff: staff.into(),
    };
    let is_open = |event| room_after([(1, event)]).suppliers[0].is_open();
    assert!(is_open(engaged("", Some(true), "two")));
    assert!(is_open(engaged("4711", None, "two")));
    assert!(is_open(engaged("4711", Some(false), "two")));
    assert!(is_open(engaged("4711", Some(true), "")));
    assert!(!is_open(engaged("4711", Some(true), "two")));
}

#[test]
fn a_plan_is_opened_dropped_and_chosen() {
    let opened = (1, Event::TrackOpened { track: Track::B, plan: "site B".into() });
    let room = room_after([opened.clone(), (2, Event::TrackDropped { track: Track::B, reason: "no power".into() })]);
    assert!(room.tracks.plan(Track::B).is_some_and(|plan| plan.dropped.is_some()));
    assert!(room.tracks.plan(Track::B.other()).is_none());
    let room = room_after([opened, (2, Event::TrackChosen { track: Track::B, reason: Text::default() })]);
    assert!(matches!(room.tracks.chosen, Some((Track::B, _, at)) if at == minute(2)));
}
