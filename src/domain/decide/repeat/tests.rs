//! The same intent is recognised when it comes again, and other words under its id are not taken for it.

use proptest::prelude::*;

use super::*;
use crate::domain::decide::{Context, decide};
use crate::domain::event::{Facets, NoteKind};
use crate::domain::fixture::event::any_event;
use crate::domain::fixture::intent::any_intent;
use crate::domain::fixture::{any_moment, author, minute, opened, record, room_after, room_id, routine};
use crate::domain::priority::Grade;
use crate::domain::question::Certainty;
use crate::domain::zone::Zone;

fn note(text: &str) -> Intent {
    Intent::TakeNote { kind: NoteKind::Note, text: text.into(), facets: Facets::default() }
}

fn noted(text: impl Into<Text>) -> Record {
    let facets = Facets::default();
    let event = Event::NoteTaken { kind: NoteKind::Note, text: text.into(), facets, meeting: None, action: None };
    record(3, minute(10), event)
}

#[test]
fn other_words_another_kind_or_another_time_are_no_repeat() {
    let room = room_after([]);
    let recorded = noted("gateway answers 502");
    let is = |intent: &Intent, at| is_repeat(&room, intent, at, std::slice::from_ref(&recorded), None);
    assert!(is(&note("gateway answers 502"), None));
    assert!(is(&note("gateway answers 502"), Some(minute(10))));
    assert!(!is(&note("gateway answers 502 since 12:58"), None));
    assert!(!is(&note("gateway answers 502"), Some(minute(8))), "the time is part of what was said");
    let decision =
        Intent::TakeNote { kind: NoteKind::Decision, text: "gateway answers 502".into(), facets: Facets::default() };
    assert!(!is(&decision, None));
    assert!(!is(&Intent::RaiseObstacle { text: "gateway answers 502".into() }, None));
}

#[test]
fn a_time_ahead_was_refused_and_the_intent_asked_again_without_it() {
    let recorded = [noted("gateway answers 502")];
    assert!(is_repeat(&room_after([]), &note("gateway answers 502"), Some(minute(12)), &recorded, None));
}

#[test]
fn an_amendment_is_compared_in_words_and_time() {
    let said = noted("gateway answers 502");
    let amend = |text: &str, at: Option<i64>| Intent::AmendEntry { target: 3, text: text.into(), at: at.map(minute) };
    let before = room_after([(10, said.event.clone())]);
    let asked = [
        amend("gateway answers 503", None),
        amend("gateway answers 503", Some(7)),
        amend("gateway answers 503", Some(10)),
        amend("gateway answers 502", Some(7)),
        amend("", Some(7)),
        amend("gateway answers 504", None),
        amend("", Some(8)),
    ];
    // The time that it had, and the words that it had, need not be said.
    let same = [[0, 2], [3, 4]];
    for (first, intent) in asked.iter().enumerate() {
        let by = author();
        let context = Context { now: minute(20), at: minute(20), zone: &Zone::UTC, by: &by, target: Some(&said) };
        let mut room = before.clone();
        let events = decide(&before, intent, context).expect("an amendment");
        let recorded: Vec<Record> = (4..).zip(events).map(|(seq, event)| record(seq, minute(20), event)).collect();
        recorded.iter().for_each(|record| room.apply(record));
        for (again, intent) in asked.iter().enumerate() {
            let expected = first == again || same.iter().any(|pair| pair.contains(&first) && pair.contains(&again));
            for room in [&before, &room] {
                assert_eq!(is_repeat(room, intent, None, &recorded, Some(&said)), expected, "{first} {again}");
            }
        }
        assert!(!is_repeat(&room, &note("gateway answers 503"), None, &recorded, None));
    }
}

#[test]
fn redacted_words_repeat_nothing() {
    let gone = [noted(Text::Redacted { redacted: "5f".to_owned() })];
    assert!(!is_repeat(&room_after([]), &note("patient 4711"), None, &gone, None));
}

#[test]
fn an_answer_is_compared_with_its_time_and_certainty() {
    let room = room_after([]);
    let answer = |question: &str, certainty, time| Intent::AnswerQuestion {
        question: question.to_owned(),
        text: "by noon".into(),
        certainty,
        time,
    };
    for (first, again, expected) in [
        (
            answer("eta", Certainty::Assumed, Some(minute(90))),
            answer("eta", Certainty::Assumed, Some(minute(90))),
            true,
        ),
        (
            answer("eta", Certainty::Assumed, Some(minute(90))),
            answer("eta", Certainty::Assumed, Some(minute(95))),
            false,
        ),
        (answer("eta", Certainty::Assumed, None), answer("eta", Certainty::Assumed, Some(minute(95))), false),
        (answer("eta", Certainty::Assumed, None), answer("eta", Certainty::Confirmed, None), false),
        // A question that takes no time keeps none.
        (
            answer("what", Certainty::Assumed, Some(minute(90))),
            answer("what", Certainty::Assumed, Some(minute(90))),
            true,
        ),
    ] {
        let by = author();
        let context = Context { now: minute(10), at: minute(10), zone: &Zone::UTC, by: &by, target: None };
        let event = decide(&room, &first, context).expect("an answer").remove(0);
        assert_eq!(
            is_repeat(&room, &again, None, &[record(3, minute(10), event)], None),
            expected,
            "{first:?} {again:?}"
        );
    }
}

#[test]
fn a_declaration_is_compared_with_the_room_that_it_opened() {
    let declaration = Declaration {
        title: "Card payments down".into(),
        customer: "Nordbank".into(),
        urgency: Grade::HIGHEST,
        impact: Grade::HIGHEST,
        agreed_with: Text::default(),
        classified_by: None,
        began_at: None,
        declared_at: None,
        routine: Box::new(routine::small()),
        activate: None,
        activation_reason: Text::default(),
        lead: "Anna Lind".into(),
        demo: false,
    };
    let (at, events) = crate::domain::decide::open(&declaration, minute(0)).expect("an opening");
    let recorded: Vec<Record> = (1..).zip(events).map(|(seq, event)| record(seq, at, event)).collect();
    assert!(is_repeated_opening(&declaration, &recorded));
    for other in [
        Declaration { title: "Mail down".into(), ..declaration.clone() },
        Declaration { customer: Text::default(), ..declaration.clone() },
        Declaration { impact: Grade::new(2).expect("a grade"), ..declaration.clone() },
        Declaration { lead: Text::default(), ..declaration.clone() },
        Declaration { lead: "Per Ek".into(), ..declaration.clone() },
        Declaration { began_at: Some(minute(-7)), ..declaration.clone() },
        Declaration { declared_at: Some(minute(-2)), ..declaration.clone() },
    ] {
        assert!(!is_repeated_opening(&other, &recorded), "{other:?}");
    }
}

proptest! {
    #[test]
    fn what_was_decided_is_recognised_when_it_comes_again(
        events in prop::collection::vec((any_event(), any_moment()), 0..25),
        intent in any_intent(),
        other in any_intent(),
        at in (-3_000_i64..9_000).prop_map(minute),
    ) {
        let opening = record(1, minute(0), opened());
        let records: Vec<Record> = std::iter::once(opening)
            .chain((2..).zip(events).map(|(seq, (event, at))| record(seq, at, event)))
            .collect();
        let room = Room::fold(room_id(), &records);
        let find = |intent: &Intent| intent.target().and_then(|seq| records.iter().find(|record| record.seq == seq));
        let by = author();
        let zone = Zone::UTC;
        let context = |intent| Context { now: at, at, zone: &zone, by: &by, target: find(intent) };
        if let Ok(decided) = decide(&room, &intent, context(&intent)) {
            let mut after = room.clone();
            for event in &decided {
                after.apply(&record(after.seq + 1, at, event.clone()));
            }
            let place = |seq| record(seq, at, decided[usize::try_from(seq - room.seq - 1).expect("small")].clone());
            let recorded: Vec<Record> = (room.seq + 1..=after.seq).map(place).collect();
            let is = |intent, at| is_repeat(&after, intent, Some(at), &recorded, find(intent));
            prop_assert!(is(&intent, at), "{:?} is not recognised in {:?}", intent, recorded);
            prop_assert!(!is(&intent, at.plus_minutes(-1)));
            if is(&other, at) {
                let again = decide(&room, &other, context(&other)).expect("what repeats is decided alike");
                prop_assert_eq!(again, decided);
            }
        }
    }
}
