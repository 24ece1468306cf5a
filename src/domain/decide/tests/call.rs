//! What a call gives and does not give away, and what taking it back restores.

use super::*;
use crate::domain::id::Seq;
use crate::domain::role::{CallPurpose, EscalationOutcome};
use crate::domain::time::Moment;

fn call(purpose: CallPurpose, outcome: EscalationOutcome, takes: Option<&str>) -> Intent {
    Intent::TryEscalation {
        role: "driftchef".to_owned(),
        person: "Eva".into(),
        how: "phone".into(),
        outcome,
        purpose,
        about: "may we fail over?".into(),
        takes: takes.map(str::to_owned),
    }
}

#[test]
fn only_a_call_to_staff_a_role_that_says_so_gives_one() {
    use EscalationOutcome::{Accepted, Answered, Declined, LeftMessage, NoAnswer};
    let room = room_after([]);
    for purpose in CallPurpose::ALL {
        for outcome in [Accepted, Answered, Declined, LeftMessage, NoAnswer] {
            let events = wish(&room, &call(purpose, outcome, None)).expect("a call");
            assert!(matches!(events[..], [Event::EscalationTried { .. }]), "{purpose:?} {outcome:?}: {events:?}");
            let takes = wish(&room, &call(purpose, outcome, Some("cim")));
            match (purpose, outcome) {
                (CallPurpose::Role, Accepted) => {
                    let assigned = Event::RoleAssigned { role: "cim".to_owned(), person: "Eva".into() };
                    assert_eq!(takes.map(|events| events[1..].to_vec()), Ok(vec![assigned]));
                }
                (CallPurpose::Role, _) => assert_eq!(takes, refused("refuse-call-not-accepted")),
                _ => assert_eq!(takes, refused("refuse-call-purpose")),
            }
        }
    }
    assert_eq!(wish(&room, &call(CallPurpose::Role, Accepted, Some("king"))), refused("refuse-no-role"));
}

fn assign(person: &str) -> Intent {
    Intent::AssignRole { role: "cim".to_owned(), person: person.into() }
}

fn take(person: &str) -> Intent {
    Intent::TryEscalation {
        role: String::new(),
        person: person.into(),
        how: Text::default(),
        outcome: EscalationOutcome::Accepted,
        purpose: CallPurpose::Role,
        about: Text::default(),
        takes: Some("cim".to_owned()),
    }
}

fn strike(target: Seq) -> Intent {
    Intent::StrikeEntry { target, reason: "wrong person".into() }
}

fn lead(room: &Room) -> Option<(String, Moment)> {
    room.lead().map(|lead| (lead.person.raw().to_owned(), lead.since))
}

#[test]
fn a_struck_call_takes_back_the_role_that_it_gave() {
    let anna = Some(("Anna".to_owned(), minute(1)));
    // Records: 1 opened, 2 activated, 3 Anna leads, 4 the call, 5 Bo leads.
    let (room, _) = after(&[(1, assign("Anna")), (5, take("Bo"))]);
    assert_eq!(lead(&room), Some(("Bo".to_owned(), minute(5))));
    let (room, records) = after(&[(1, assign("Anna")), (5, take("Bo")), (6, strike(4))]);
    assert_eq!(lead(&room), anna, "as before, and since when");
    assert!(room.is_struck(4) && room.is_struck(5), "both entries");
    assert_eq!(records.len(), 7);
    let (room, _) = after(&[(5, take("Bo")), (6, strike(3))]);
    assert_eq!(lead(&room), None, "nobody led before");
    // Somebody took over since: they keep it.
    let (room, _) = after(&[(1, assign("Anna")), (5, take("Bo")), (6, assign("Eva")), (7, strike(4))]);
    assert_eq!(lead(&room), Some(("Eva".to_owned(), minute(6))));
    // Two calls, struck in either order.
    let both = [(1, assign("Anna")), (5, take("Bo")), (6, take("Eva"))];
    for order in [[4, 6], [6, 4]] {
        let strikes = order.map(|target| (10, strike(target)));
        let (room, _) = after(&[&both[..], &strikes[..]].concat());
        assert_eq!(lead(&room), anna, "struck in the order {order:?}");
    }
    // A call for a decision never gave it.
    let (room, _) = after(&[
        (1, assign("Anna")),
        (5, call(CallPurpose::Decision, EscalationOutcome::Accepted, None)),
        (6, strike(4)),
    ]);
    assert_eq!(lead(&room), anna);
}

#[test]
fn a_call_whose_time_is_corrected_gave_its_role_at_that_time() {
    let moved = |target| Intent::AmendEntry { target, text: Text::default(), at: Some(minute(3)) };
    let (anna, bo) = (Some(("Anna".to_owned(), minute(1))), Some(("Bo".to_owned(), minute(3))));
    let (room, records) = after(&[(1, assign("Anna")), (5, take("Bo")), (8, moved(4))]);
    assert_eq!(lead(&room), bo);
    assert_eq!((room.happened_at(&records[3]), room.happened_at(&records[4])), (minute(3), minute(3)), "both entries");
    let (room, _) = after(&[(1, assign("Anna")), (5, take("Bo")), (8, moved(4)), (9, strike(4))]);
    assert_eq!(lead(&room), anna);
    // Somebody else took the role in a later call.
    let both = [(1, assign("Anna")), (5, take("Bo")), (6, take("Eva")), (8, moved(4))];
    let (room, _) = after(&[&both[..], &[(9, strike(6))]].concat());
    assert_eq!(lead(&room), bo);
    for order in [[4, 6], [6, 4]] {
        let strikes = order.map(|target| (10, strike(target)));
        let (room, _) = after(&[&both[..], &strikes[..]].concat());
        assert_eq!(lead(&room), anna, "struck in the order {order:?}");
    }
}

#[test]
fn what_version_0_1_0_recorded_of_a_call_reads_as_it_did() {
    let line = r#"{"EscalationTried": {"role": "driftchef", "person": {"text": "Bo"}, "how": {"text": ""}, "outcome": "accepted"}}"#;
    let tried: Event = serde_json::from_str(line).expect("an event");
    let assigned = Event::RoleAssigned { role: "cim".to_owned(), person: "Bo".into() };
    let room = room_after([(5, tried.clone()), (5, assigned)]);
    assert_eq!(room.lead().map(|lead| lead.person.raw()), Some("Bo"));
    assert_eq!(
        serde_json::to_value(&tried).expect("JSON"),
        serde_json::from_str::<serde_json::Value>(line).expect("JSON")
    );
    // Its call could be struck without the role that came with it.
    let said = record(3, minute(5), tried);
    let strike = Intent::StrikeEntry { target: 3, reason: Text::default() };
    assert_eq!(wish_at(&room, &strike, 600, Some(&said)).map(|events| events.len()), Ok(1));
}
