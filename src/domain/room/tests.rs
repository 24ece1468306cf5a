//! The fold is total, the same live and replayed, and does what each event says.

use proptest::prelude::*;

use super::*;
use crate::domain::event::NoteKind;
use crate::domain::event::{Event, Facets};
use crate::domain::fixture::event::any_event;
use crate::domain::fixture::{any_moment, minute, opened, record, room_after, room_id};
use crate::domain::outage::down_seconds;

fn any_records() -> impl Strategy<Value = Vec<Record>> {
    prop::collection::vec((any_event(), any_moment()), 0..40).prop_map(|events| {
        let opening = record(1, minute(0), opened());
        let later = (2..).zip(events).map(|(seq, (event, at))| record(seq, at, event));
        std::iter::once(opening).chain(later).collect()
    })
}

fn note(text: &str, facets: Facets) -> Event {
    Event::NoteTaken { kind: NoteKind::Decision, text: text.into(), facets, meeting: None, action: Some(1) }
}

#[test]
fn a_struck_note_takes_its_action_along() {
    let facets = Facets { people: vec!["Eva".to_owned()], due: Some(minute(30)), ..Facets::default() };
    let room = room_after([(1, note("renew", facets.clone()))]);
    assert_eq!(room.open_actions(None).count(), 1);
    assert_eq!(room.actions[0].owner.as_deref(), Some("Eva"));
    assert_eq!(room.open_counts(minute(31)).late_actions, 1);
    let struck = Event::EntryStruck { target: 3, reason: "wrong room".into() };
    let room = room_after([(1, note("renew", facets)), (2, struck)]);
    assert_eq!(room.open_actions(None).count(), 0);
    assert!(room.mark(3).is_some_and(|mark| mark.struck.is_some()));
}

#[test]
fn a_struck_answer_gives_way_to_the_one_before() {
    let answer = |text: &str| Event::QuestionAnswered {
        question: "what".to_owned(),
        text: text.into(),
        certainty: crate::domain::question::Certainty::Assumed,
        time: None,
    };
    let struck = Event::EntryStruck { target: 4, reason: Text::default() };
    let room = room_after([(1, answer("network")), (2, answer("certificate")), (3, struck)]);
    assert_eq!(room.answer("what").map(|answer| answer.text.raw()), Some("network"));
}

#[test]
fn a_corrected_time_holds_wherever_the_entry_stands() {
    // Case 23.
    let moved = |target| Event::EntryMoved { target, at: minute(-30) };
    let facets = Facets { due: Some(minute(30)), ..Facets::default() };
    let room = room_after([(1, note("renew", facets)), (2, moved(3)), (3, moved(99)), (4, moved(0))]);
    assert_eq!(room.moved, BTreeMap::from([(3, minute(-30))]), "what is not there yet is not moved");
    assert_eq!((room.actions[0].opened_at, room.actions[0].due), (minute(-30), Some(minute(30))));
    let obstacle = Event::ObstacleRaised { no: 1, text: "no badge".into() };
    let room = room_after([(1, obstacle), (2, moved(3))]);
    assert_eq!(room.obstacles[0].raised_at, minute(-30));
}

#[test]
fn an_amended_draft_reads_as_amended_and_a_struck_attempt_is_none() {
    let draft = Event::MessageDrafted {
        notice: None,
        channel: Channel::Email,
        audience: "leadership".into(),
        text: "we are down".into(),
    };
    let amended = Event::EntryAmended { target: 3, text: "cards are down".into() };
    let room = room_after([(1, draft), (2, amended)]);
    assert_eq!(room.messages[0].text.raw(), "cards are down");
    let tried = Event::EscalationTried {
        role: "cim".to_owned(),
        person: "Bo".into(),
        how: "phone".into(),
        outcome: crate::domain::role::EscalationOutcome::NoAnswer,
        purpose: None,
        about: Text::default(),
        takes: None,
    };
    let struck = Event::EntryStruck { target: 3, reason: "it was Eva".into() };
    let room = room_after([(1, tried), (2, struck)]);
    assert_eq!((room.standing_attempts().count(), room.attempts.len()), (0, 1), "the report still has it");
}

#[test]
fn a_plan_that_is_dropped_is_chosen_no_longer() {
    let opened = |track| Event::TrackOpened { track, plan: "renew".into() };
    let chosen = Event::TrackChosen { track: Track::B, reason: Text::default() };
    let dropped = |track| Event::TrackDropped { track, reason: "no badge".into() };
    let events = [(1, opened(Track::A)), (2, opened(Track::B)), (3, chosen)];
    let of_the_other = room_after(events.clone().into_iter().chain([(4, dropped(Track::A))]));
    assert!(of_the_other.tracks.chosen.is_some());
    let of_its_own = room_after(events.into_iter().chain([(4, dropped(Track::B))]));
    assert_eq!(of_its_own.tracks.chosen, None);
}

#[test]
fn a_struck_draft_is_no_draft() {
    let draft = Event::MessageDrafted {
        notice: None,
        channel: Channel::Email,
        audience: "leadership".into(),
        text: "we are down".into(),
    };
    let struck = Event::EntryStruck { target: 3, reason: Text::default() };
    assert_eq!(room_after([(1, draft), (2, struck)]).messages, []);
}

#[test]
fn amended_words_reach_the_lists() {
    let room = room_after([
        (1, Event::ObstacleRaised { no: 1, text: "no badge".into() }),
        (2, Event::EntryAmended { target: 3, text: "no badge for site B".into() }),
    ]);
    assert_eq!(room.obstacles[0].text.raw(), "no badge for site B");
}

#[test]
fn redacted_words_are_gone_from_the_fold() {
    let secret = || Text::from("secret-of-a-person");
    let sent = Event::MessageSent { notice: None, channel: Channel::Sms, audience: secret(), text: secret() };
    let engaged = Event::SupplierEngaged { no: 1, name: secret(), case: secret(), critical: None, staff: secret() };
    for event in [
        note("secret-of-a-person", Facets::default()),
        sent,
        engaged,
        Event::ItemWaived { item: "notes".to_owned(), reason: secret() },
        Event::ObstacleRaised { no: 1, text: secret() },
        Event::ResourceAsked { no: 1, what: secret() },
    ] {
        let gone = Event::EntryRedacted { target: 3, reason: "personal data".into() };
        let room = room_after([(1, event.clone()), (2, gone)]);
        let kept = serde_json::to_string(&room).expect("a room is JSON");
        assert!(!kept.contains("secret-of-a-person"), "{event:?}");
    }
}

#[test]
fn restored_stops_the_duration_and_reopened_lets_it_go_on() {
    let restored = (90, Event::Restored { note: Text::default() });
    let room = room_after([restored.clone()]);
    assert_eq!((room.state, room.elapsed_seconds(minute(500))), (State::Restored, 90 * 60));
    let room = room_after([restored, (100, Event::Reopened { reason: "back again".into() })]);
    assert_eq!((room.state, room.elapsed_seconds(minute(500))), (State::Open, 500 * 60));
}

/// Case 14: what was up in between is no outage.
#[test]
fn each_reopening_begins_an_outage_of_its_own() {
    // The incident of the fixture began seven minutes before it was declared.
    let restored = || Event::Restored { note: Text::default() };
    let reopened = || Event::Reopened { reason: "again".into() };
    let spans = |room: &Room, now: i64| room.outages().iter().map(|o| o.seconds(minute(now)) / 60).collect::<Vec<_>>();
    let once = room_after([(60, restored())]);
    assert_eq!((spans(&once, 500), once.elapsed_seconds(minute(500))), (vec![67], 60 * 60));
    let again = room_after([(60, restored()), (300, reopened())]);
    assert_eq!(spans(&again, 330), [67, 30]);
    assert_eq!(down_seconds(&again.outages(), minute(330)), 97 * 60);
    let twice =
        room_after([(60, restored()), (300, reopened()), (360, restored()), (400, reopened()), (401, restored())]);
    assert_eq!(spans(&twice, 9000), [67, 60, 1]);
    assert_eq!(twice.elapsed_seconds(minute(9000)), 401 * 60);
    let closed = Event::Closed { note: Text::default() };
    assert_eq!(spans(&room_after([(60, restored()), (70, closed), (300, reopened())]), 310), [67, 10]);
    // What the host refuses folds all the same.
    assert_eq!(spans(&room_after([(10, reopened()), (60, restored()), (61, restored())]), 500), [68]);
    // A fold of before outages were kept knows the present one.
    let old = Room { downtime: Vec::new(), ..once };
    assert_eq!(spans(&old, 500), [67]);
}

#[test]
fn only_a_first_notice_that_was_sent_counts() {
    let sent = |notice: Option<&str>| Event::MessageSent {
        notice: notice.map(str::to_owned),
        channel: Channel::Sms,
        audience: "leadership".into(),
        text: "CIM in place".into(),
    };
    let failed = Event::MessageFailed {
        notice: Some("sms".to_owned()),
        channel: Channel::Sms,
        audience: "leadership".into(),
        why: "no credit".into(),
    };
    assert_eq!(room_after([(5, failed), (6, sent(None))]).first_notice_at(), None);
    assert_eq!(room_after([(9, sent(Some("sms"))), (30, sent(Some("sms")))]).first_notice_at(), Some(minute(9)));
}

proptest! {
    #[test]
    fn any_sequence_folds_and_can_be_read(records in any_records(), now in any_moment()) {
        let room = Room::fold(room_id(), &records);
        prop_assert_eq!(room.seq, records.len() as Seq);
        let entries = records.iter().filter_map(|record| crate::domain::timeline::entry(record, &room)).count();
        prop_assert_eq!(entries as u64, room.entries);
        let tally = room.tally();
        prop_assert_eq!(tally.total - tally.done - tally.waived, room.unsettled().len());
        prop_assert_eq!(room.items_by_urgency(now).len(), room.items(now).len());
        prop_assert!(room.elapsed_seconds(now) >= 0);
        let _ = (room.clock_views(now), room.next_clock(now).is_some(), room.marks_to_ring(now));
        let _ = (room.open_counts(now), room.lead(), room.running_meeting(), room.meetings_held(), room.first_notice_at());
    }

    #[test]
    fn a_snapshot_on_the_way_changes_nothing(records in any_records(), at in 0usize..40) {
        let (before, after) = records.split_at(at.min(records.len()));
        let snapshot = serde_json::to_string(&Room::fold(room_id(), before)).expect("a room is JSON");
        let mut resumed: Room = serde_json::from_str(&snapshot).expect("and back");
        for record in after {
            resumed.apply(record);
        }
        prop_assert_eq!(resumed, Room::fold(room_id(), &records));
    }

    #[test]
    fn a_record_counts_once(records in any_records(), again in prop::collection::vec(0usize..40, 0..20)) {
        let mut room = Room::new(room_id());
        for (place, record) in records.iter().enumerate() {
            room.apply(record);
            // Whatever came before comes again, in any order.
            for nth in again.iter().filter(|nth| **nth <= place) {
                room.apply(&records[*nth]);
            }
        }
        prop_assert_eq!(room, Room::fold(room_id(), &records));
    }
}
