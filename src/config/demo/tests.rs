//! The demo room is a whole incident, and the same one at any moment.

use std::collections::BTreeSet;

use super::*;
use crate::config::routine;
use crate::domain::action::Track;
use crate::domain::clocks::ClockState;
use crate::domain::priority::Grade;
use crate::domain::room::State;

/// An ordinary afternoon; both nights on which Stockholm's clocks change; a year's end.
const NOWS: [&str; 6] = [
    "2026-11-21T14:47:10.412+01:00",
    "2026-03-29T03:10:00+02:00",
    "2026-10-25T02:30:00+02:00",
    "2026-10-25T02:30:00+01:00",
    "2027-01-01T00:40:00+01:00",
    "2026-06-01T09:00:00Z",
];

fn played(now: &str) -> (Moment, Vec<Record>, Room) {
    let now = Moment::parse(now).expect("a moment");
    let routine = routine::builtin().iter().find(|routine| routine.id == routine::DEFAULT).expect("built in");
    let records = records(now, routine, IntentId(ulid::Ulid(7)), 1000).expect("the script plays");
    let room = Room::fold(RoomId::demo(1), &records);
    (now, records, room)
}

#[test]
fn it_is_a_live_priority_one_with_a_meeting_held_at_any_moment() {
    for at in NOWS {
        let (now, records, room) = played(at);
        assert!(room.demo && room.active && room.state == State::Open, "{at}");
        let priority = room.priority.as_ref().expect("set");
        assert_eq!((priority.urgency, priority.level), (Grade::HIGHEST, 1), "{at}");
        assert!((55..=75).contains(&room.entries), "{at}: {} entries", room.entries);
        assert_eq!(room.lead().expect("a CIM").person.raw(), "Anna Lind", "{at}");
        assert_eq!(room.elapsed_seconds(now), 102 * 60 + 10, "{at}");
        assert_eq!(room.meetings_held(), 1, "{at}");
        assert_eq!(room.meetings[0].points.len(), 7, "{at}");
        assert!(room.meetings[0].attendees.len() >= 3 && room.meetings[0].notes > 0, "{at}");
        assert!(records.iter().all(|record| record.at <= record.rec && record.rec <= now), "{at}: from the future");
        assert!(records.windows(2).all(|pair| pair[0].rec <= pair[1].rec), "{at}: recorded out of order");
    }
}

#[test]
fn its_next_meeting_is_due_in_eighteen_minutes_and_nothing_rings_on_opening() {
    for at in NOWS {
        let (now, _, room) = played(at);
        let next = room.next_clock(now).expect("a running clock");
        assert_eq!(next.rule.key, "next-meeting", "{at}");
        let left = next.due_at.expect("due").since(now).num_seconds();
        assert_eq!(left, 17 * 60 + 50, "{at}");
        assert!(matches!(next.state, ClockState::Calm | ClockState::Soon), "{at}");
        assert_eq!(room.marks_to_ring(now), [], "{at}");
        assert!(room.clock_views(now).iter().all(|view| view.state != ClockState::Overdue), "{at}");
        assert!(room.first_notice_at().is_some(), "{at}");
    }
}

#[test]
fn every_question_has_a_history_and_one_has_gone_stale() {
    let (now, _, room) = played(NOWS[0]);
    let routine = room.routine.as_deref().expect("a routine");
    for question in &routine.questions {
        assert!(room.answers[&question.key].len() >= 2, "{}", question.key);
    }
    let stale = routine.questions.iter().filter(|q| room.answer(&q.key).expect("answered").is_stale(q, now)).count();
    assert_eq!(stale, 1);
    assert!(room.answer("eta").and_then(|answer| answer.time).expect("a time") > now);
}

#[test]
fn everything_that_the_screen_shows_is_there() {
    let (now, records, room) = played(NOWS[0]);
    let tally = room.tally();
    assert!(tally.done >= 7 && tally.waived == 1 && tally.done + tally.waived < tally.total, "{tally:?}");
    let open = room.open_counts(now);
    assert!(open.actions >= 2 && open.late_actions >= 1 && open.resources == 1 && open.suppliers == 1, "{open:?}");
    assert!(room.actions.iter().any(|action| action.end.is_some() && action.track == Some(Track::B)));
    assert!(room.tracks.a.is_some() && room.tracks.b.is_some() && room.tracks.switch_condition.is_some());
    assert_eq!(room.suppliers[0].case.raw(), "GL-48213");
    assert!(!room.obstacles.is_empty() && room.obstacles.iter().all(|obstacle| !obstacle.is_open()));
    assert!(room.attempts.len() >= 2);
    assert!(records.iter().any(Record::is_late));
    let marks: Vec<_> = room.marks.values().collect();
    assert_eq!(marks.iter().filter(|mark| mark.amended.is_some()).count(), 1);
    assert_eq!(marks.iter().filter(|mark| mark.struck.is_some()).count(), 1);
    assert_eq!(marks.iter().filter(|mark| mark.starred).count(), 1);
    assert!(records.iter().any(|record| matches!(record.event, Event::ClockRang { .. })));
}

#[test]
fn corrections_are_about_what_they_say() {
    let (_, records, room) = played(NOWS[0]);
    let words = |seq: &Seq| match &records.iter().find(|record| record.seq == *seq).expect("there").event {
        Event::NoteTaken { text, .. } => text.raw().to_owned(),
        other => panic!("a note, not {other:?}"),
    };
    for (seq, mark) in &room.marks {
        let expected = match mark {
            mark if mark.amended.is_some() => "11,000",
            mark if mark.struck.is_some() => "ready for the switch",
            _ => "Fail over to site B",
        };
        assert!(words(seq).contains(expected), "{}", words(seq));
    }
}

#[test]
fn times_in_the_texts_follow_the_clock() {
    let told = |now| {
        let (_, records, _) = played(now);
        serde_json::to_string(&records).expect("serialises")
    };
    for at in NOWS {
        assert!(!told(at).contains("{T") && !told(at).contains("{M"), "{at}");
    }
    assert!(told(NOWS[0]).contains("since 12:58"));
    assert!(told(NOWS[4]).contains("since 22:51"));
}

#[test]
fn ids_and_numbers_are_without_gaps() {
    let (_, records, _) = played(NOWS[0]);
    assert!(records.iter().zip(1..).all(|(record, seq)| record.seq == seq));
    assert_eq!(records.iter().map(|record| record.id).collect::<BTreeSet<_>>().len(), records.len());
}

#[test]
fn a_placeholder_that_is_none_is_a_fault() {
    let now = Moment::parse(NOWS[0]).expect("a moment");
    let play = Play {
        now,
        id: IntentId(ulid::Ulid(1)),
        uid: 0,
        room: Room::new(RoomId::demo(1)),
        records: Vec::new(),
        names: Vec::new(),
    };
    assert_eq!(play.filled("{T-1} and {T+1}", 1).expect("fills"), "14:46 and 14:48");
    for wrong in ["{", "{}", "{T}", "{X-1}", "{å-1}", "{T-1"] {
        assert!(play.filled(wrong, 1).is_err(), "{wrong}");
    }
}
