//! What is refused and why, and what each wish causes.

mod call;

use proptest::prelude::*;

use super::*;
use crate::domain::event::{Facets, NoteKind};
use crate::domain::fixture::event::any_event;
use crate::domain::fixture::intent::any_intent;
use crate::domain::fixture::{any_moment, author, minute, opened, record, room_after, room_id, routine};
use crate::domain::intent::Declaration;
use crate::domain::priority::Grade;
use crate::domain::question::Certainty;
use crate::domain::record::Record;
use crate::domain::zone::Zone;

fn key(refusal: &Refusal) -> &str {
    &refusal.0.key
}

fn wish(room: &Room, intent: &Intent) -> Result<Vec<Event>, String> {
    wish_at(room, intent, 600, None)
}

fn wish_at(room: &Room, intent: &Intent, at: i64, target: Option<&Record>) -> Result<Vec<Event>, String> {
    let by = author();
    let context = Context { now: minute(600), at: minute(at), zone: &Zone::UTC, by: &by, target };
    decide(room, intent, context).map_err(|refusal| key(&refusal).to_owned())
}

fn refused(key: &str) -> Result<Vec<Event>, String> {
    Err(key.to_owned())
}

pub(super) fn declaration(urgency: u8, impact: u8) -> Declaration {
    Declaration {
        title: "Card payments down".into(),
        customer: Text::default(),
        urgency: Grade::new(urgency).expect("a grade"),
        impact: Grade::new(impact).expect("a grade"),
        agreed_with: Text::default(),
        classified_by: None,
        began_at: None,
        declared_at: None,
        routine: Box::new(routine::small()),
        activate: None,
        activation_reason: Text::default(),
        lead: Text::default(),
        demo: false,
    }
}

fn is_active(declaration: &Declaration) -> bool {
    let (_, events) = open(declaration, minute(0)).expect("an opening");
    events.iter().any(|event| matches!(event, Event::ActivationChosen { active: true, .. }))
}

#[test]
fn priority_decides_whether_the_routine_is_in_force() {
    assert!(is_active(&declaration(1, 1)));
    assert!(is_active(&Declaration { activate: Some(false), ..declaration(1, 1) }), "mandatory is mandatory");
    assert!(!is_active(&declaration(1, 3)));
    assert!(is_active(&Declaration { activate: Some(true), ..declaration(1, 3) }));
    assert!(!is_active(&declaration(3, 3)));
    let unneeded = Declaration { activate: Some(true), ..declaration(3, 3) };
    assert_eq!(open(&unneeded, minute(0)).map_err(|r| key(&r).to_owned()), Err("refuse-activation-reason".to_owned()));
    assert!(is_active(&Declaration { activation_reason: "drill".into(), ..unneeded }));
}

#[test]
fn an_opening_makes_sense_in_time_and_place() {
    let fault =
        |declaration: &Declaration| open(declaration, minute(0)).map_err(|refusal| key(&refusal).to_owned()).err();
    let sound = declaration(1, 1);
    assert_eq!(fault(&sound), None);
    for (declaration, expected) in [
        (Declaration { title: " \n".into(), ..sound.clone() }, "refuse-title-blank"),
        (Declaration { title: "x".repeat(LONGEST_TEXT + 1).into(), ..sound.clone() }, "refuse-name-long"),
        (Declaration { declared_at: Some(minute(2)), ..sound.clone() }, "refuse-ahead"),
        (Declaration { began_at: Some(minute(1)), ..sound.clone() }, "refuse-began-after-declared"),
        (
            Declaration { classified_by: Some(("passer-by".to_owned(), "Eva".into())), ..sound.clone() },
            "refuse-no-classifier",
        ),
    ] {
        assert_eq!(fault(&declaration).as_deref(), Some(expected));
    }
    let earlier = Declaration { declared_at: Some(minute(-30)), lead: "Anna Lind".into(), ..sound };
    let (at, events) = open(&earlier, minute(0)).expect("an opening");
    assert_eq!(at, minute(-30));
    let room = Room::fold(room_id(), &(1..).zip(events).map(|(seq, e)| record(seq, at, e)).collect::<Vec<_>>());
    assert_eq!(room.lead().map(|lead| lead.person.raw()), Some("Anna Lind"));
    assert_eq!(room.began_at, Some(minute(-30)));
}

#[test]
fn a_note_with_a_due_time_opens_an_action() {
    let facets = Facets { due: Some(minute(620)), ..Facets::default() };
    let note = Intent::TakeNote { kind: NoteKind::Decision, text: "go".into(), facets };
    let events = wish(&room_after([]), &note);
    assert!(matches!(events.as_deref(), Ok([Event::NoteTaken { action: Some(1), meeting: None, .. }])), "{events:?}");
}

#[test]
fn a_note_belongs_to_the_meeting_at_its_time() {
    let end = Event::MeetingEnded { no: 1, held: true, summary: Text::default() };
    let room = room_after([(40, Event::MeetingStarted { no: 1 }), (70, end)]);
    let note = Intent::TakeNote { kind: NoteKind::Note, text: "x".into(), facets: Facets::default() };
    for (at, expected) in [(39, None), (40, Some(1)), (70, Some(1)), (71, None)] {
        let events = wish_at(&room, &note, at, None).expect("a note");
        assert!(matches!(events[..], [Event::NoteTaken { meeting, .. }] if meeting == expected), "at {at}");
    }
}

/// The room after `intents`, each decided in the room that those before it made; and the records.
fn after(intents: &[(i64, Intent)]) -> (Room, Vec<Record>) {
    let mut records = crate::domain::fixture::records([
        (0, opened()),
        (0, Event::ActivationChosen { active: true, reason: Text::default() }),
    ]);
    let mut room = Room::fold(room_id(), &records);
    for (at, intent) in intents {
        let target = intent.target().and_then(|seq| records.iter().find(|record| record.seq == seq)).cloned();
        for event in wish_at(&room, intent, *at, target.as_ref()).unwrap_or_else(|why| panic!("{why}: {intent:?}")) {
            let next = record(room.seq + 1, minute(*at), event);
            room.apply(&next);
            records.push(next);
        }
    }
    assert_eq!(Room::fold(room_id(), &records), room, "replayed it is the same");
    (room, records)
}

#[test]
fn what_is_refused() {
    let open_room = room_after([]);
    let reason = || Text::from("because");
    let item = |key: &str| key.to_owned();
    for (intent, expected) in [
        (Intent::AskResource { what: " ".into() }, "refuse-text-blank"),
        (Intent::AskResource { what: "x".repeat(LONGEST_TEXT + 1).into() }, "refuse-text-long"),
        (Intent::ActivateRoutine { reason: reason() }, "refuse-already-active"),
        (Intent::AssignRole { role: item("king"), person: "Eva".into() }, "refuse-no-role"),
        (Intent::ReleaseRole { role: item("cim") }, "refuse-role-vacant"),
        (Intent::CheckItem { item: item("nonsense"), note: Text::default() }, "refuse-no-item"),
        (Intent::WaiveItem { item: item("notes"), reason: Text::default() }, "refuse-waive-reason"),
        (Intent::ReopenItem { item: item("notes"), reason: reason() }, "refuse-item-open"),
        (Intent::EnterPhase { phase: item("nonsense") }, "refuse-no-phase"),
        (Intent::EndMeeting { held: true, summary: Text::default() }, "refuse-no-meeting"),
        (Intent::FinishAgendaPoint { point: item("briefing"), outcome: Text::default() }, "refuse-no-meeting"),
        (Intent::SetCadence { minutes: 121, reason: reason() }, "refuse-cadence-range"),
        (Intent::SetCadence { minutes: 60, reason: Text::default() }, "refuse-cadence-reason"),
        (
            Intent::SnoozeClock { clock: item("first-meeting"), minutes: 10, reason: Text::default() },
            "refuse-snooze-reason",
        ),
        (
            Intent::SnoozeClock { clock: item("first-meeting"), minutes: i64::MAX, reason: reason() },
            "refuse-snooze-range",
        ),
        (Intent::SnoozeClock { clock: item("report"), minutes: 10, reason: reason() }, "refuse-clock-not-running"),
        (Intent::SnoozeClock { clock: item("nonsense"), minutes: 10, reason: reason() }, "refuse-no-clock"),
        (Intent::FinishAction { no: 1, outcome: Text::default() }, "refuse-no-action"),
        (Intent::ChooseTrack { track: crate::domain::action::Track::A, reason: reason() }, "refuse-no-track"),
        (Intent::ClearObstacle { no: 1, how: Text::default() }, "refuse-no-obstacle"),
        (Intent::AllocateResource { no: 1, who: "Eva".into() }, "refuse-no-resource"),
        (Intent::AcceptHandover, "refuse-no-handover"),
        (Intent::Reopen { reason: reason() }, "refuse-already-open"),
        (Intent::Close { note: Text::default() }, "refuse-close-before-restored"),
        (Intent::DeliverReport { to: "CIO".into() }, "refuse-report-before-close"),
        (Intent::RecordDebrief { question: item("nonsense"), answer: reason() }, "refuse-no-debrief-question"),
        (Intent::StrikeEntry { target: 99, reason: Text::default() }, "refuse-no-entry-here"),
    ] {
        assert_eq!(wish(&open_room, &intent), refused(expected), "{intent:?}");
    }
    let nothing = Room::new(room_id());
    assert_eq!(wish(&nothing, &Intent::StartMeeting), refused("refuse-room-empty"));
    assert_eq!(wish_at(&open_room, &Intent::StartMeeting, 602, None), refused("refuse-ahead"));
    assert_eq!(
        wish_at(&open_room, &Intent::Restore { note: Text::default() }, -1, None),
        refused("refuse-restored-before-declared")
    );
}

#[test]
fn meetings_do_not_overlap() {
    let room = room_after([(40, Event::MeetingStarted { no: 1 })]);
    assert_eq!(wish(&room, &Intent::StartMeeting), refused("refuse-meeting-running"));
    let end = Intent::EndMeeting { held: true, summary: Text::default() };
    assert_eq!(wish_at(&room, &end, 39, None), refused("refuse-end-before-start"));
    assert_eq!(
        wish(&room, &Intent::EndMeeting { held: false, summary: Text::default() }),
        refused("refuse-call-off-reason")
    );
    let over = Event::MeetingEnded { no: 1, held: true, summary: Text::default() };
    let room = room_after([(40, Event::MeetingStarted { no: 1 }), (70, over)]);
    assert_eq!(wish_at(&room, &Intent::StartMeeting, 60, None), refused("refuse-meeting-overlap"));
    assert_eq!(wish(&room, &Intent::StartMeeting), Ok(vec![Event::MeetingStarted { no: 2 }]));
}

#[test]
fn a_clock_that_was_set_back_locks_nobody_in() {
    // Begun at 640 by a clock that was then set back to 600, which is now.
    let running = room_after([(640, Event::MeetingStarted { no: 1 })]);
    let end = Intent::EndMeeting { held: true, summary: Text::default() };
    assert!(wish(&running, &end).is_ok());
    let over = Event::MeetingEnded { no: 1, held: true, summary: Text::default() };
    let room = room_after([(630, Event::MeetingStarted { no: 1 }), (640, over)]);
    assert!(wish(&room, &Intent::StartMeeting).is_ok());
    let early = Record { at: minute(640), ..record(1, minute(640), opened()) };
    let room = Room::fold(room_id(), [&early]);
    assert!(wish(&room, &Intent::Restore { note: Text::default() }).is_ok());
    assert_eq!(
        wish_at(&room, &Intent::Restore { note: Text::default() }, 500, None),
        refused("refuse-restored-before-declared")
    );
}

#[test]
fn the_number_of_what_was_struck_is_never_given_again() {
    let raised = |no| Event::ObstacleRaised { no, text: "no badge".into() };
    let asked = |no| Event::ResourceAsked { no, what: "a network person".into() };
    let engaged = |no| Event::SupplierEngaged {
        no,
        name: "Acme".into(),
        case: Text::default(),
        critical: None,
        staff: Text::default(),
    };
    let engage = Intent::EngageSupplier {
        no: None,
        name: "Acme".into(),
        case: Text::default(),
        critical: None,
        staff: Text::default(),
    };
    let struck = Event::EntryStruck { target: 4, reason: Text::default() };
    for (first, second, intent, third) in [
        (raised(1), raised(2), Intent::RaiseObstacle { text: "no badge".into() }, raised(3)),
        (asked(1), asked(2), Intent::AskResource { what: "a network person".into() }, asked(3)),
        (engaged(1), engaged(2), engage, engaged(3)),
    ] {
        let room = room_after([(1, first), (2, second), (3, struck.clone())]);
        assert_eq!(wish(&room, &intent), Ok(vec![third]));
    }
}

#[test]
fn a_recorded_notice_checks_its_step_and_a_person_may_confirm_it() {
    let Event::Opened { title, customer, began_at, mut routine, demo } = opened() else { unreachable!("an opening") };
    let step = &mut routine.checklist[0].items[0];
    (step.due, step.clock) = (None, Some("first-notice".to_owned()));
    let opening = Event::Opened { title, customer, began_at, routine, demo };
    let message = |notice: Option<&str>| Intent::RecordMessage {
        notice: notice.map(str::to_owned),
        channel: crate::domain::routine::Channel::Sms,
        audience: "leadership".into(),
        text: "CIM in place".into(),
    };
    let checked = Event::ItemChecked { item: "notes".to_owned(), note: Text::default() };
    let check = Intent::CheckItem { item: "notes".to_owned(), note: Text::default() };
    let room = room_after([(0, opening.clone())]);
    assert_eq!(wish(&room, &message(None)).map(|events| events.len()), Ok(1), "a free message checks nothing");
    let sent = wish(&room, &message(Some("sms"))).expect("a message");
    assert_eq!(sent[1..], std::slice::from_ref(&checked)[..]);
    // Checked by its notice; then by a person, once.
    let told = room_after([(0, opening.clone()), (5, sent[0].clone()), (5, checked.clone())]);
    assert_eq!(wish(&told, &check), Ok(vec![checked.clone()]));
    let confirmed =
        room_after([(0, opening.clone()), (5, sent[0].clone()), (5, checked.clone()), (7, checked.clone())]);
    assert_eq!(wish(&confirmed, &check), refused("refuse-item-settled"));
    // Checked first by a person: the notice leaves that alone.
    let ticked = room_after([(0, opening.clone()), (4, checked)]);
    assert_eq!(wish(&ticked, &message(Some("sms"))).map(|events| events.len()), Ok(1));
    let waived = Event::ItemWaived { item: "notes".to_owned(), reason: "all were in the room".into() };
    let waived = room_after([(0, opening), (4, waived)]);
    assert_eq!(wish(&waived, &message(Some("sms"))).map(|events| events.len()), Ok(1), "what was waived stays waived");
}

#[test]
fn an_action_that_ended_can_be_opened_again() {
    let open = |corrective| match corrective {
        false => Intent::OpenAction { text: "renew".into(), facets: Facets::default() },
        true => Intent::OpenCorrectiveAction { text: "renew".into(), facets: Facets::default() },
    };
    let done = || Intent::FinishAction { no: 1, outcome: "renewed".into() };
    let dropped = || Intent::DropAction { no: 1, reason: "no need".into() };
    let again = || Intent::ReopenAction { no: 1, reason: Text::default() };
    for (corrective, end) in [(false, done()), (false, dropped()), (true, done())] {
        let (room, _) = after(&[(1, open(corrective)), (2, end.clone()), (3, again())]);
        assert!(room.actions[0].is_open());
        let (room, _) = after(&[(1, open(corrective)), (2, end), (3, again()), (4, done())]);
        assert!(!room.actions[0].is_open());
    }
    let (room, _) = after(&[(1, open(false))]);
    assert_eq!(wish(&room, &again()), refused("refuse-no-ended-action"));
    assert_eq!(
        wish(&room, &Intent::ReopenAction { no: 9, reason: Text::default() }),
        refused("refuse-no-ended-action")
    );
    // What was struck was a mistake from the start.
    let (room, _) = after(&[(1, open(false)), (2, Intent::StrikeEntry { target: 3, reason: Text::default() })]);
    assert_eq!(wish(&room, &again()), refused("refuse-no-ended-action"));
}

#[test]
fn every_point_is_dealt_with_before_the_close() {
    let restored = (100, Event::Restored { note: Text::default() });
    let checked = Event::ItemChecked { item: "notes".to_owned(), note: Text::default() };
    let waived = Event::ItemWaived { item: "supplier".to_owned(), reason: "in-house".into() };
    let close = Intent::Close { note: Text::default() };
    let room = room_after([restored.clone(), (101, checked.clone())]);
    assert_eq!(wish(&room, &close), refused("refuse-close-unsettled"));
    let room = room_after([restored, (101, checked), (102, waived)]);
    assert_eq!(wish(&room, &close), Ok(vec![Event::Closed { note: Text::default() }]));
}

#[test]
fn an_entry_is_amended_in_words_in_time_or_in_both() {
    // Case 23.
    let said = record(3, minute(5), Event::ObstacleRaised { no: 1, text: "no badge".into() });
    let room = room_after([(5, said.event.clone())]);
    let amend = |text: &str, at| Intent::AmendEntry { target: 3, text: text.into(), at };
    let wish = |intent: &Intent| wish_at(&room, intent, 600, Some(&said));
    let amended = Event::EntryAmended { target: 3, text: "no key".into() };
    let moved = Event::EntryMoved { target: 3, at: minute(-20) };
    assert_eq!(wish(&amend("no key", None)), Ok(vec![amended.clone()]));
    assert_eq!(wish(&amend("no key", Some(minute(-20)))), Ok(vec![amended.clone(), moved.clone()]));
    assert_eq!(wish(&amend("", Some(minute(-20)))), Ok(vec![moved.clone()]));
    assert_eq!(wish(&amend("no badge", Some(minute(-20)))), Ok(vec![moved.clone()]));
    assert_eq!(wish(&amend("no key", Some(minute(5)))), Ok(vec![amended.clone()]));
    assert_eq!(wish(&amend("no badge", Some(minute(5)))), refused("refuse-unchanged"));
    assert_eq!(wish(&amend("", None)), refused("refuse-text-blank"));
    assert_eq!(wish(&amend("no key", Some(minute(602)))), refused("refuse-ahead"));
    // Once corrected, the corrected ones are what stands.
    let room = room_after([(5, said.event.clone()), (6, amended), (7, moved)]);
    assert_eq!(wish_at(&room, &amend("no key", Some(minute(-20))), 600, Some(&said)), refused("refuse-unchanged"));
    let back = Event::EntryMoved { target: 3, at: minute(5) };
    assert_eq!(wish_at(&room, &amend("", Some(minute(5))), 600, Some(&said)), Ok(vec![back]));
    let step = record(3, minute(5), Event::MeetingStarted { no: 1 });
    assert_eq!(wish_at(&room, &amend("", Some(minute(1))), 600, Some(&step)), refused("refuse-not-correctable"));
}

#[test]
fn only_what_a_person_said_can_be_struck_and_only_once() {
    let strike = Intent::StrikeEntry { target: 3, reason: Text::default() };
    let said = record(3, minute(5), Event::ObstacleRaised { no: 1, text: "no badge".into() });
    let room = room_after([(5, said.event.clone())]);
    assert!(wish_at(&room, &strike, 600, Some(&said)).is_ok());
    let struck = room_after([(5, said.event.clone()), (6, Event::EntryStruck { target: 3, reason: Text::default() })]);
    assert_eq!(wish_at(&struck, &strike, 600, Some(&said)), refused("refuse-already-struck"));
    let step = record(3, minute(5), Event::MeetingStarted { no: 1 });
    assert_eq!(wish_at(&room, &strike, 600, Some(&step)), refused("refuse-not-correctable"));
}

#[test]
fn redacting_an_entry_redacts_its_later_wordings() {
    let said = record(3, minute(5), Event::ObstacleRaised { no: 1, text: "patient 4711 waits".into() });
    let amended = Event::EntryAmended { target: 3, text: "patient 4712 waits".into() };
    let room = room_after([(5, said.event.clone()), (6, amended)]);
    let redact = Intent::RedactEntry { target: 3, reason: "personal data".into() };
    let redacted = |target| Event::EntryRedacted { target, reason: "personal data".into() };
    assert_eq!(wish_at(&room, &redact, 600, Some(&said)), Ok(vec![redacted(3), redacted(4)]));
}

#[test]
fn what_is_not_said_of_a_supplier_stays() {
    let engaged = Event::SupplierEngaged {
        no: 1,
        name: "Acme".into(),
        case: "4711".into(),
        critical: Some(true),
        staff: Text::default(),
    };
    let room = room_after([(5, engaged)]);
    let update = Intent::EngageSupplier {
        no: Some(1),
        name: Text::default(),
        case: Text::default(),
        critical: None,
        staff: "two on site".into(),
    };
    let expected = Event::SupplierEngaged {
        no: 1,
        name: "Acme".into(),
        case: "4711".into(),
        critical: Some(true),
        staff: "two on site".into(),
    };
    assert_eq!(wish(&room, &update), Ok(vec![expected]));
}

#[test]
fn an_answer_needs_words_or_the_time_it_asks_for() {
    let answer = |question: &str, text: &str, time| Intent::AnswerQuestion {
        question: question.to_owned(),
        text: text.into(),
        certainty: Certainty::Assumed,
        time,
    };
    let room = room_after([]);
    assert_eq!(wish(&room, &answer("what", "", Some(minute(700)))), refused("refuse-text-blank"));
    assert!(wish(&room, &answer("eta", "", Some(minute(700)))).is_ok());
    let events = wish(&room, &answer("what", "cards", Some(minute(700)))).expect("an answer");
    assert!(matches!(events[..], [Event::QuestionAnswered { time: None, .. }]), "no time where none is asked for");
}

proptest! {
    #[test]
    fn deciding_never_fails_otherwise_than_by_refusal(
        events in prop::collection::vec((any_event(), any_moment()), 0..25),
        intent in any_intent(),
        at in any_moment(),
        now in any_moment(),
        lone: bool,
    ) {
        let opening = record(1, minute(0), opened());
        let records: Vec<Record> = std::iter::once(opening)
            .chain((2..).zip(events).map(|(seq, (event, at))| record(seq, at, event)))
            .collect();
        let mut room = Room::fold(room_id(), &records);
        let target = intent.target().and_then(|seq| records.iter().find(|record| record.seq == seq)).filter(|_| !lone);
        let by = author();
        let context = Context { now, at, zone: &Zone::UTC, by: &by, target };
        let first = decide(&room, &intent, context);
        prop_assert_eq!(&first, &decide(&room, &intent, context), "the same room and wish decide the same");
        if let Ok(events) = first {
            prop_assert!(!events.is_empty());
            for event in events {
                room.apply(&record(room.seq + 1, at, event));
            }
        }
    }
}
