//! Each clock falls due when the routine says, and each mark rings once, whatever the time does.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::fixture::{minute, moment, opened, record, room_after, room_id, routine};
use crate::domain::record::Record;
use crate::domain::routine::Channel;
use crate::domain::text::Text;

fn started(no: u32) -> Event {
    Event::MeetingStarted { no }
}

fn ended(no: u32, held: bool) -> Event {
    Event::MeetingEnded { no, held, summary: "done".into() }
}

fn restored() -> Event {
    Event::Restored { note: Text::default() }
}

fn closed() -> Event {
    Event::Closed { note: Text::default() }
}

fn reopened() -> Event {
    Event::Reopened { reason: "back".into() }
}

fn cadence(minutes: i64) -> Event {
    Event::CadenceSet { minutes, reason: "calm".into() }
}

fn snoozed(clock: &str, until: i64) -> Event {
    Event::ClockSnoozed { clock: clock.to_owned(), until: minute(until), reason: "on the bridge".into() }
}

fn notice_sent() -> Event {
    Event::MessageSent {
        notice: Some("sms".to_owned()),
        channel: Channel::Sms,
        audience: "leadership".into(),
        text: "CIM in place".into(),
    }
}

/// Due minute (after the declaration) and state of `clock` at `now`, after `events`.
fn stands(events: &[(i64, Event)], clock: &str, now: i64) -> (Option<i64>, ClockState) {
    let room = room_after(events.iter().cloned());
    let views = room.clock_views(minute(now));
    let view = views.iter().find(|view| view.rule.key == clock).expect("a clock of the routine");
    (view.due_at.map(|due| due.since(minute(0)).num_minutes()), view.state)
}

#[test]
fn the_first_meeting_within_the_hour() {
    use ClockState::{Calm, Due, Met, Overdue, Soon};
    for (now, state) in [(0, Calm), (49, Calm), (50, Soon), (59, Soon), (60, Due), (61, Overdue), (600, Overdue)] {
        assert_eq!(stands(&[], "first-meeting", now), (Some(60), state), "at {now}");
    }
    assert_eq!(stands(&[(40, started(1))], "first-meeting", 41).1, Met);
    assert_eq!(stands(&[(40, started(1)), (70, ended(1, true))], "first-meeting", 500).1, Met);
    // One that was called off was not held.
    assert_eq!(stands(&[(40, started(1)), (45, ended(1, false))], "first-meeting", 61).1, Overdue);
}

#[test]
fn then_at_least_every_second_hour_counted_from_meetings_held() {
    use ClockState::{Calm, Due, Met, Soon, Stopped};
    let one = [(40, started(1)), (70, ended(1, true))];
    assert_eq!(stands(&[], "next-meeting", 30), (None, Calm));
    assert_eq!(stands(&one, "next-meeting", 149), (Some(160), Calm));
    assert_eq!(stands(&one, "next-meeting", 150), (Some(160), Soon));
    assert_eq!(stands(&one, "next-meeting", 160), (Some(160), Due));
    let called_off = [one.to_vec(), vec![(150, started(2)), (155, ended(2, false))]].concat();
    assert_eq!(stands(&called_off, "next-meeting", 160), (Some(160), Due));
    let held = [one.to_vec(), vec![(150, started(2)), (155, ended(2, true))]].concat();
    assert_eq!(stands(&held, "next-meeting", 160), (Some(270), Calm));
    // The work ended before the next one was due, or after.
    assert_eq!(stands(&[one.to_vec(), vec![(150, restored())]].concat(), "next-meeting", 400).1, Met);
    assert_eq!(stands(&[one.to_vec(), vec![(200, restored())]].concat(), "next-meeting", 400).1, Stopped);
    let again = [one.to_vec(), vec![(150, restored()), (300, reopened()), (400, restored())]].concat();
    assert_eq!(stands(&again, "next-meeting", 500), (Some(420), Met), "counted from the reopening");
}

#[test]
fn the_lead_sets_the_cadence() {
    let events = [(40, started(1)), (70, ended(1, true)), (80, cadence(30))];
    assert_eq!(stands(&events, "next-meeting", 69), (Some(70), ClockState::Soon));
    // It holds for the clock that may be adjusted and for no other.
    assert_eq!(stands(&[(10, cadence(30))], "first-meeting", 20).0, Some(60));
}

#[test]
fn a_snooze_lasts_until_it_ends_or_the_meeting_is_held() {
    let asleep = [(55, snoozed("first-meeting", 90))];
    assert_eq!(stands(&asleep, "first-meeting", 60), (Some(90), ClockState::Snoozed));
    assert_eq!(stands(&asleep, "first-meeting", 89), (Some(90), ClockState::Snoozed));
    assert_eq!(stands(&asleep, "first-meeting", 90), (Some(90), ClockState::Due));
    let room = room_after(asleep);
    assert!(room.marks_to_ring(minute(89)).iter().all(|mark| !rings(mark, "first-meeting")));
    // A snooze of the next meeting is over once a meeting has been held.
    let events = [(40, started(1)), (50, ended(1, true)), (150, snoozed("next-meeting", 300)), (170, started(2))];
    assert_eq!(stands(&events, "next-meeting", 171).0, Some(290));
}

#[test]
fn reopening_starts_the_meetings_anew() {
    let events = [(200, restored()), (300, reopened())];
    assert_eq!(stands(&events, "first-meeting", 301), (Some(360), ClockState::Calm));
    let events = [(40, started(1)), (70, ended(1, true)), (200, restored()), (300, reopened())];
    // It was held within its hour, and is not asked for again.
    assert_eq!(stands(&events, "first-meeting", 301), (Some(60), ClockState::Met));
    assert_eq!(stands(&events, "next-meeting", 301), (Some(420), ClockState::Calm));
}

#[test]
fn the_first_notice() {
    assert_eq!(stands(&[], "first-notice", 16), (Some(15), ClockState::Overdue));
    assert_eq!(stands(&[(14, notice_sent())], "first-notice", 16).1, ClockState::Met);
}

/// What happened, from a name for it to the minutes and events.
type Story = (&'static str, Vec<(i64, Event)>);

fn stories() -> [Story; 6] {
    let mitigated = || Event::Mitigated { note: Text::default() };
    [
        ("open", vec![]),
        ("mitigated", vec![(3, mitigated())]),
        ("restored", vec![(5, restored())]),
        ("reopened", vec![(5, restored()), (100, reopened())]),
        ("mitigated again", vec![(5, restored()), (100, reopened()), (101, mitigated())]),
        ("closed", vec![(5, restored()), (10, closed())]),
    ]
}

#[test]
fn which_clocks_run_in_which_stage() {
    use ClockState::{Calm, Overdue, Stopped};
    // At minute 400, when nothing was done: first notice, first meeting, next meeting, debrief, report.
    for ((stage, story), expected) in stories().into_iter().zip([
        [(Some(15), Overdue), (Some(60), Overdue), (None, Calm), (None, Calm), (None, Calm)],
        [(Some(15), Overdue), (Some(60), Overdue), (None, Calm), (None, Calm), (None, Calm)],
        [(Some(15), Stopped), (Some(60), Stopped), (None, Stopped), (Some(1_445), Calm), (None, Calm)],
        [(Some(115), Overdue), (Some(160), Overdue), (None, Calm), (None, Calm), (None, Calm)],
        [(Some(115), Overdue), (Some(160), Overdue), (None, Calm), (None, Calm), (None, Calm)],
        [(Some(15), Stopped), (Some(60), Stopped), (None, Stopped), (Some(1_445), Calm), (Some(5_770), Calm)],
    ]) {
        let clocks = ["first-notice", "first-meeting", "next-meeting", "debrief", "report"];
        let found = clocks.map(|clock| stands(&story, clock, 400));
        assert_eq!(found, expected, "{stage}");
    }
}

/// The minutes at which a clock rings that rings no more.
const NEVER: [i64; 0] = [];

/// The minutes at which `clock` rings while nothing more happens, looked at each minute until `until`.
fn rings_until(events: &[(i64, Event)], clock: &str, until: i64) -> Vec<i64> {
    let mut room = room_after(events.iter().cloned());
    let from = events.last().map_or(0, |(at, _)| *at);
    let mut rung = Vec::new();
    for now in from..=until {
        for mark in room.marks_to_ring(minute(now)) {
            if rings(&mark, clock) {
                rung.push(now);
            }
            let next = record(room.seq + 1, minute(now), mark);
            room.apply(&next);
        }
    }
    rung
}

#[test]
fn what_belongs_to_the_work_rings_no_more_once_it_is_over() {
    // Case 11: restored after five minutes, without a first notice; looked at for two days.
    let over = [(5, restored())];
    for clock in ["first-notice", "first-meeting", "next-meeting"] {
        assert_eq!(rings_until(&over, clock, 2 * 1_440), NEVER, "{clock} in a restored room");
        assert_eq!(
            rings_until(&[(5, restored()), (10, closed())], clock, 2 * 1_440),
            NEVER,
            "{clock} in a closed room"
        );
        // Restored when it was late already.
        assert_eq!(rings_until(&[(90, restored())], clock, 2 * 1_440), NEVER, "{clock} that was late");
    }
    // Open again, it has its time once more.
    let again = [(5, restored()), (100, reopened())];
    assert_eq!(rings_until(&again, "first-notice", 130), [105, 115, 125]);
    assert_eq!(rings_until(&again, "first-meeting", 175), [150, 160, 170]);
    let told = [(3, notice_sent()), (5, restored()), (100, reopened())];
    assert_eq!(rings_until(&told, "first-notice", 400), NEVER, "it went out");
}

#[test]
fn what_comes_after_reminds_once_a_day_for_a_week() {
    let day = 1_440;
    let over = [(5, restored()), (10, closed())];
    let daily = |due: i64| (0..=7).map(move |days| due + days * day);
    let debrief: Vec<i64> = [1_435].into_iter().chain(daily(1_445)).collect();
    assert_eq!(rings_until(&over, "debrief", 20 * day), debrief, "from ten minutes before, then daily");
    // Closed on Saturday: three working days, warned a day and ten minutes before.
    let report: Vec<i64> = [4_330, 5_760].into_iter().chain(daily(5_770)).collect();
    assert_eq!(rings_until(&over, "report", 20 * day), report);
    let recorded = Event::DebriefRecorded { question: "origin".to_owned(), answer: "a cable".into() };
    assert_eq!(rings_until(&[over.to_vec(), vec![(20, recorded)]].concat(), "debrief", 20 * day), NEVER);
}

#[test]
fn a_short_span_is_reminded_of_in_its_own_measure() {
    let mut small = routine::small();
    for rule in small.clocks.iter_mut().filter(|rule| rule.key == "debrief") {
        (rule.minutes, rule.repeat) = (120, 30);
    }
    let Event::Opened { title, customer, began_at, demo, .. } = opened() else { unreachable!("an opening") };
    let opening = Event::Opened { title, customer, began_at, routine: Box::new(small), demo };
    assert_eq!(rings_until(&[(0, opening), (0, restored())], "debrief", 500), [110, 120, 240, 360, 480]);
}

/// A routine whose first notice is a step of the checklist too.
fn tied() -> Event {
    let mut small = routine::small();
    let mut step = small.checklist[0].items[0].clone();
    (step.key, step.due, step.clock) = ("told".to_owned(), None, Some("first-notice".to_owned()));
    small.checklist[0].items.push(step);
    let Event::Opened { title, customer, began_at, demo, .. } = opened() else { unreachable!("an opening") };
    Event::Opened { title, customer, began_at, routine: Box::new(small), demo }
}

#[test]
fn a_clock_and_its_step_have_one_time_and_are_settled_together() {
    let step = |event: fn(String) -> Event| event("told".to_owned());
    let checked = || step(|item| Event::ItemChecked { item, note: Text::default() });
    let waived = || step(|item| Event::ItemWaived { item, reason: "everybody was in the room".into() });
    let again = || step(|item| Event::ItemReopened { item, reason: Text::default() });
    let due = |room: &Room| room.items(minute(0)).iter().find(|view| view.item.key == "told").expect("it").due_at;
    use ClockState::{Calm, Met, Overdue, Soon, Stopped};
    for (what, events, at, state, due_minute) in [
        ("nothing", vec![], 5, Soon, 15),
        ("late", vec![], 16, Overdue, 15),
        ("ticked", vec![(8, checked())], 16, Met, 15),
        ("waived", vec![(8, waived())], 16, Stopped, 15),
        ("open again", vec![(8, checked()), (9, again())], 16, Overdue, 15),
        ("put off", vec![(8, snoozed("first-notice", 40))], 41, Overdue, 40),
        ("told", vec![(8, notice_sent())], 16, Met, 15),
        ("reopened", vec![(8, restored()), (100, reopened())], 101, Calm, 115),
    ] {
        let all = [vec![(0, tied())], events].concat();
        assert_eq!(stands(&all, "first-notice", at), (Some(due_minute), state), "{what}");
        let room = room_after(all);
        assert_eq!(due(&room), Some(minute(due_minute)), "{what}: the step's time is the clock's");
    }
    let room = room_after([(0, tied()), (8, checked())]);
    let rule = room.routine.as_deref().expect("a routine").clock("first-notice").expect("a clock");
    assert_eq!(room.met_at(rule), Some(minute(8)), "with the time of the tick");
    assert_eq!(rings_until(&[(0, tied()), (8, waived())], "first-notice", 600), NEVER);
}

#[test]
fn debrief_after_restoration_and_report_after_close() {
    assert_eq!(stands(&[], "debrief", 5_000), (None, ClockState::Calm));
    assert_eq!(stands(&[(100, restored())], "debrief", 101).0, Some(1_540));
    let recorded = Event::DebriefRecorded { question: "origin".to_owned(), answer: "a certificate".into() };
    assert_eq!(stands(&[(100, restored()), (200, recorded)], "debrief", 2_000).1, ClockState::Met);
    let delivered = Event::ReportDelivered { to: "CIO".into() };
    let done = [(100, restored()), (200, closed()), (300, delivered)];
    assert_eq!(stands(&done, "report", 9_000).1, ClockState::Met);
}

#[test]
fn working_days_leave_the_weekend_out() {
    for (closed_at, due) in [
        ("2026-11-21T13:05:00+01:00", "2026-11-25T13:05:00+01:00"), // Saturday: Monday, Tuesday, Wednesday
        ("2026-11-20T17:00:00+01:00", "2026-11-25T17:00:00+01:00"), // Friday
        ("2026-11-23T09:00:00+01:00", "2026-11-26T09:00:00+01:00"), // Monday
    ] {
        let rule = routine::small().clocks.pop().expect("the report clock");
        assert_eq!(due_time(&rule, moment(closed_at), rule.minutes), moment(due), "{closed_at}");
    }
}

#[test]
fn an_hour_is_an_hour_when_the_clocks_change() {
    for (declared, due) in [
        ("2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
    ] {
        let active = Event::ActivationChosen { active: true, reason: Text::default() };
        let records = [record(1, moment(declared), opened()), record(2, moment(declared), active)];
        let room = Room::fold(room_id(), &records);
        let views = room.clock_views(moment(declared));
        assert_eq!(views[1].due_at, Some(moment(due)));
    }
}

#[test]
fn no_clock_runs_while_the_routine_is_not_in_force() {
    let room = Room::fold(room_id(), &[record(1, minute(0), opened())]);
    assert!(room.next_clock(minute(600)).is_none());
    assert_eq!(room.marks_to_ring(minute(600)), []);
}

#[test]
fn what_was_slept_through_rings_once() {
    let room = room_after([(5, notice_sent())]);
    let rung = |now| room.marks_to_ring(minute(now));
    let mark = |offset| vec![Event::ClockRang { clock: "first-meeting".to_owned(), due_at: minute(60), offset }];
    assert_eq!(rung(49), []);
    assert_eq!(rung(50), mark(-10));
    assert_eq!(rung(60), mark(0));
    assert_eq!(rung(69), mark(0));
    assert_eq!(rung(70), mark(10));
    assert_eq!(rung(245), mark(180));
}

#[test]
fn a_due_time_that_comes_back_does_not_ring_again() {
    let rang = |due, offset| Event::ClockRang { clock: "next-meeting".to_owned(), due_at: minute(due), offset };
    let held = [(5, notice_sent()), (10, started(1)), (11, ended(1, true))];
    let warned = [(120, rang(130, -10)), (121, cadence(30)), (121, rang(40, 80)), (122, cadence(120))];
    let room = room_after(held.into_iter().chain(warned));
    assert_eq!(room.marks_to_ring(minute(123)), []);
    assert_eq!(room.marks_to_ring(minute(130)), [rang(130, 0)]);
}

#[test]
fn a_clock_of_any_figures_can_be_read() {
    let mut small = routine::small();
    for rule in &mut small.clocks {
        (rule.minutes, rule.repeat, rule.warn_before) = (i64::MAX, i64::MIN, vec![i64::MIN, i64::MAX]);
    }
    let Event::Opened { title, customer, began_at, demo, .. } = opened() else { unreachable!("an opening") };
    let opening = Event::Opened { title, customer, began_at, routine: Box::new(small), demo };
    let room = room_after([(0, opening), (1, started(1)), (2, restored()), (3, closed())]);
    assert_eq!(room.clock_views(minute(60)).len(), 5);
    let _ = room.marks_to_ring(minute(60));
}

fn rings(mark: &Event, key: &str) -> bool {
    matches!(mark, Event::ClockRang { clock, .. } if clock == key)
}

/// What the world does between two looks at the clocks.
#[derive(Debug, Clone)]
enum Step {
    Pass(i64),
    Do(Event),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let happens = prop::sample::select(vec![
        started(1),
        ended(1, true),
        ended(1, false),
        cadence(30),
        cadence(120),
        snoozed("next-meeting", 200),
        snoozed("first-meeting", 90),
        restored(),
        reopened(),
        closed(),
        notice_sent(),
    ]);
    let step = prop_oneof![
        6 => (0_i64..45).prop_map(Step::Pass),
        1 => (0_i64..3_000).prop_map(Step::Pass),
        1 => (-400_i64..0).prop_map(Step::Pass),
        3 => happens.prop_map(Step::Do),
    ];
    prop::collection::vec(step, 1..80)
}

proptest! {
    #[test]
    fn each_mark_rings_once_whatever_time_does(steps in steps()) {
        let mut room = room_after([]);
        let mut now = 0;
        let mut rung = BTreeSet::new();
        let fold = |room: &mut Room, now: i64, event: Event| {
            let next: Record = record(room.seq + 1, minute(now), event);
            room.apply(&next);
        };
        for step in steps {
            match step {
                Step::Pass(minutes) => now += minutes,
                Step::Do(event) => fold(&mut room, now, event),
            }
            for mark in room.marks_to_ring(minute(now)) {
                let Event::ClockRang { clock, due_at, offset } = &mark else { panic!("{mark:?} is no ring") };
                prop_assert!(rung.insert((clock.clone(), *due_at, *offset)), "{mark:?} rang twice");
                prop_assert!(due_at.plus_minutes(*offset) <= minute(now), "{mark:?} rang early");
                fold(&mut room, now, mark);
            }
            prop_assert_eq!(room.marks_to_ring(minute(now)), [], "nothing is left to ring");
            // Whatever runs and is due has been told of.
            for view in room.clock_views(minute(now)) {
                if let Some(due) = view.due_at.filter(|due| view.is_running() && *due <= minute(now)) {
                    let told = rung.iter().any(|(clock, at, offset)| *clock == view.rule.key && *at == due && *offset >= 0);
                    prop_assert!(told, "{} is due and silent", view.rule.key);
                }
            }
        }
    }
}
