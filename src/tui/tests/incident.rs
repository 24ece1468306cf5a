//! A whole incident by keys: declared, noted, answered, checked, met about, restored, closed.

use super::Screen;
use crate::config::contact::Contact;
use crate::domain::event::Event;
use crate::domain::item_state::Settlement;
use crate::domain::room::State;
use crate::tui::app::effect::Effect;
use crate::tui::overlay::state::Overlay;

#[test]
fn the_first_screen_shows_two_ways_on() {
    let mut screen = Screen::new(80, 24);
    screen.check("lobby-first-use", "");
    assert!(screen.styles().contains("brand"));
}

#[test]
fn an_incident_is_declared_with_a_title_alone() {
    let mut screen = Screen::new(120, 40);
    screen.check("declare", "DCard payments down");
    screen.keys("<enter><enter><enter>").says("Card payments down").says("P1 CRITICAL");
    assert!(screen.host.room().active);
}

#[test]
fn a_form_without_its_title_says_so() {
    Screen::new(80, 24).keys("D<c-s>").says("Title is needed");
}

#[test]
fn urgency_and_impact_show_the_priority_as_they_are_chosen() {
    let mut screen = Screen::new(120, 40);
    screen.keys("DSlow<enter>3<enter>3").says("does not call for").keys("1").does_not_say("does not call for");
}

#[test]
fn a_call_from_the_contact_list_leaves_the_lead_alone_and_a_role_is_given_only_when_chosen() {
    let mut screen = Screen::in_room(120, 40);
    let olle = Contact { name: "Olle Berg".into(), role: "Network on call".into(), ..Contact::default() };
    screen.model.contacts = vec![olle];
    screen.keys("r<enter>Anna<enter><esc>").says("CIM Anna");
    let calls = |screen: &Screen| screen.host.room().attempts.clone();
    let lead = |screen: &Screen| screen.host.room().lead().map(|lead| lead.person.raw().to_owned());
    // As it comes: whatever is accepted, Anna leads.
    screen
        .keys("C<enter>")
        .says("Anna stays CIM.")
        .keys("<c-s><esc>")
        .says("Olle Berg, called for a decision: answered");
    screen.keys("C<enter><tab><tab><tab><tab><tab>a<c-s><esc>").says("Olle Berg, called for a decision: accepted");
    assert_eq!((calls(&screen).len(), lead(&screen)), (2, Some("Anna".to_owned())));
    // A role is refused to a call for a decision, and said before it changes hands.
    screen.keys("C<enter><tab><tab><tab><tab><tab><tab>2").says("Olle Berg becomes CIM; Anna no longer is.");
    screen.keys("<c-s>").says("Only a call to staff a role gives one.");
    screen.keys("<tab>3<c-s><esc>").says("Olle Berg, called to take a role: takes").says("CIM Olle Berg");
    assert_eq!(lead(&screen).as_deref(), Some("Olle Berg"));
    screen.keys("U").says("CIM Anna");
    assert_eq!(lead(&screen).as_deref(), Some("Anna"));
    assert_eq!((calls(&screen).len(), screen.host.room().standing_attempts().count()), (3, 2));
}

/// Whether the routine is in force after these keys in the declaration's form, saved; none: the form is still open.
fn declared(keys: &str) -> (Screen, Option<bool>) {
    let mut screen = Screen::new(120, 40);
    screen.keys(keys).keys("<c-s>");
    let active = screen.model.room_view().map(|view| view.room.active);
    (screen, active)
}

#[test]
fn whether_the_routine_applies_is_asked_only_where_there_is_a_choice() {
    // Priority 1: no question.
    let (mut screen, active) = declared("DDown");
    assert_eq!(active, Some(true));
    screen.says("The routine is in force");
    let mut screen = Screen::new(120, 40);
    screen.keys("DDown").does_not_say("Activate").says("Priority 1 makes “Critical incident” mandatory");
    screen.says("First notice: within 15 m.");
    // Priority 2: no, unless one says so.
    for grades in ["<enter>1<enter>3", "<enter>2<enter>2", "<enter>3<enter>1"] {
        let (_, active) = declared(&format!("DSlow{grades}"));
        assert_eq!(active, Some(false), "{grades}");
        let (_, active) = declared(&format!("DSlow{grades}<tab>y"));
        assert_eq!(active, Some(true), "{grades}");
    }
    // Priority 4: no; yes demands a reason, and a blank one is none.
    let (_, active) = declared("DSlow<enter>3<enter>3");
    assert_eq!(active, Some(false));
    let (mut screen, active) = declared("DSlow<enter>3<enter>3<tab>y");
    assert_eq!(active, None);
    screen.says("Why is needed");
    screen.keys("  <c-s>");
    assert!(screen.model.room_view().is_none());
    screen.keys("payday<c-s>");
    assert!(screen.model.room_view().expect("a room").room.active);
}

#[test]
fn what_was_written_for_a_priority_is_there_again_when_it_comes_back() {
    let mut screen = Screen::new(120, 40);
    screen.keys("DSlow<enter>3<enter>3<tab>y<tab>payday<backtab><backtab>").says("payday");
    screen.keys("<backtab>1<tab>1").does_not_say("payday").does_not_say("Activate");
    screen.keys("3<backtab>3").says("payday").says("Activate the routine   ‹ yes ›");
}

#[test]
fn a_declaration_by_another_routine_asks_with_its_words() {
    let mut screen = Screen::new(120, 40);
    screen.keys("DRansomware<enter><enter><enter>");
    let mut screen = Screen::new(120, 40);
    screen.keys("DRansomware<tab><tab><tab><tab>").says("Classified by");
    // Chosen by the first routine, and unknown to the second.
    screen.keys("5").says("The customer's CEO or CIO");
    screen.keys("<backtab><backtab><backtab><backtab><backtab>").says("‹ Critical incident ›").keys("3");
    screen.says("‹ Healthcare disruption ›").says("Likelihood");
    screen.does_not_say("The business is standing still").does_not_say("‹ The customer's CEO or CIO");
    screen.says("“The customer's CEO or CIO” may not classify by “Healthcare disruption”: choose again.");
    screen.says("First notice to staff: within 15 m.");
    screen.keys("<tab><tab><tab><tab><tab>2").does_not_say("choose again").says("Care staff in charge");
    screen.keys("<c-s>").says("Ransomware").says("Classified");
    assert_eq!(screen.host.room().routine.as_deref().map(|routine| routine.id.as_str()), Some("healthcare-disruption"));
    assert_eq!(screen.host.room().classified.as_ref().map(|(key, _)| key.as_str()), Some("care-staff"));
}

#[test]
fn putting_the_routine_in_force_later_demands_a_reason_where_nothing_calls_for_it() {
    let mut screen = Screen::new(120, 40);
    screen
        .keys("DSlow<enter>3<enter>3<c-s>")
        .keys(":routine in force<enter>")
        .says("Priority 4 does not call for it: say why.");
    screen.keys("<c-s>").says("Reason is needed").keys("payday<c-s>");
    assert!(screen.host.room().active);
}

#[test]
fn a_form_that_was_left_lying_is_recorded_with_the_time_of_saving_and_says_so() {
    let at = |screen: &Screen| screen.host.rooms.values().next().expect("a room").1.last().expect("a record").at;
    let mut screen = Screen::in_room(120, 40);
    screen.keys("acard terminals").does_not_say("Recorded with");
    screen.pass(2).says("Recorded with the time of 14:47, when you began.").keys("<c-s>");
    assert_eq!(at(&screen), super::start(), "a call came in between");
    screen.keys("acard terminals, all").pass(38).says("Begun 14:49; recorded with the time at which you save.");
    screen.keys("<c-s>");
    assert_eq!(at(&screen), super::start().plus_minutes(40));
    // So for a declaration.
    let mut screen = Screen::new(120, 40);
    screen.keys("DDown").pass(38).says("recorded with the time at which you save").keys("<c-s>");
    assert_eq!(screen.host.room().declared_at, Some(super::start().plus_minutes(38)));
}

#[test]
fn closing_says_before_what_stays_open() {
    let mut screen = Screen::new(120, 40);
    screen.keys("DSlow<enter>3<enter>3<c-s>").keys("Arenew it<enter><c-s>8ano badge<c-s><esc>R<c-s>");
    screen.keys(":close the incident<enter>").says("Still open:").says("· 1 action").says("· 1 obstacle");
    screen.says("· 5 questions of the debrief").keys("<c-s>").says("Incident closed");
}

#[test]
fn space_finishes_an_action_and_opens_it_again() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("Arenew it<enter><c-s>4<space>renewed<c-s>").says("Action 1 done: renew it");
    screen.keys("<space>").says("Action 1 is open again").keys("it came back<c-s>");
    screen.says("Action 1 open again: renew it");
    assert!(screen.host.room().action(1).is_some_and(|action| action.is_open()));
    screen.keys("<space>").says("Action 1 is done");
}

#[test]
fn a_question_is_answered_and_its_history_shown() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("1aTerminals get 502<enter><enter>").says("Terminals get 502");
    screen.keys("aThe gateway is down<enter><enter>");
    assert_eq!(screen.host.room().answers["what"].len(), 2);
    screen.keys("h").says("Terminals get 502").says("The gateway is down");
}

#[test]
fn the_history_shows_what_was_struck_and_what_was_corrected() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("1aTerminals get 502<enter><enter>aThe wrong room<enter><enter>U");
    screen.keys("3kkke, all of them<c-s>");
    assert_eq!(screen.host.room().answer("what").expect("answered").text.raw(), "Terminals get 502, all of them");
    screen.keys("1h").check("history-struck", "");
}

#[test]
fn the_selected_version_of_an_answer_is_shown_whole() {
    for (columns, rows) in [(120, 40), (40, 9)] {
        let mut screen = Screen::in_room(columns, rows);
        let long = "terminals get 502 from the gateway ".repeat(3);
        screen.keys(&format!("1a{long}and so it ends<c-s>ashort<c-s>h")).does_not_say("so it ends");
        screen.keys("j").says("so it ends");
    }
}

#[test]
fn space_checks_only_where_the_point_is_selected() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("1<space>");
    assert_eq!(screen.host.room().tally().done, 0);
    screen.keys("2<space>");
    assert_eq!(screen.host.room().tally().done, 1);
}

#[test]
fn a_point_is_waived_with_a_reason_only() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("2w<c-s>").says("Reason is needed").keys("nobody abroad<enter>");
    let room = screen.host.room();
    let waived = room.checklist.values().find_map(|state| state.settled.as_ref()).expect("a settled point");
    assert_eq!((waived.how, waived.text.raw()), (Settlement::Waived, "nobody abroad"));
}

#[test]
fn a_meeting_goes_through_its_seven_points() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("m").says("Critical-incident meeting");
    assert!(screen.host.room().running_meeting().is_some());
    screen.keys("tolle<enter>").says("Take part: olle");
    screen.keys("nd: stay on plan A<enter><esc>");
    for _ in 0..7 {
        screen.keys("<enter>agreed<enter>j");
    }
    let meeting = screen.host.room().running_meeting().expect("it goes on");
    assert_eq!((meeting.points.len(), meeting.notes), (7, 1), "every point is dealt with, the note belongs to it");
    screen.keys("Eall is said<enter>");
    assert_eq!(screen.host.room().meetings_held(), 1);
    assert!(screen.model.overlays.is_empty(), "the meeting's list goes with it");
}

#[test]
fn a_clock_warns_and_is_put_off_with_a_reason() {
    let mut screen = Screen::in_room(120, 40);
    screen.pass(61);
    assert!(screen.effects.contains(&Effect::Bell));
    assert!(!screen.model.environment.alarms.is_empty());
    screen.keys("S<c-s>").says("Reason is needed").keys("bridge is full<enter>");
    let room = screen.host.room();
    assert!(room.clocks.values().any(|memory| memory.snooze.is_some()), "a clock is put off");
    let warns: Vec<&str> = screen.model.environment.alarms.iter().map(|alarm| alarm.clock.as_str()).collect();
    assert_eq!(warns, ["first-meeting"], "the clock that was put off warns no more, the other still does");
}

#[test]
fn restoring_shows_what_is_neither_done_nor_waived() {
    let mut screen = Screen::in_room(120, 40);
    screen.pass(30).keys("Rcertificate renewed<enter>").says("Neither done nor waived");
    let room = screen.host.room();
    assert_eq!(room.state, State::Restored);
}

#[test]
fn restored_may_be_said_back_in_time() {
    let mut screen = Screen::in_room(120, 40);
    let declared = screen.now;
    screen.pass(30).keys("R<tab>-10m<enter>");
    assert_eq!(screen.host.room().restored_at, Some(declared.plus_minutes(20)));
}

#[test]
fn the_palette_finds_by_a_part_and_runs() {
    let mut screen = Screen::in_room(120, 40);
    screen.check("palette", ":obstac").keys("<esc>:raise an obs<enter>");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::Form(_))));
    screen.keys("too many calls<enter>");
    assert_eq!(screen.host.room().obstacles.len(), 1);
}

#[test]
fn help_is_for_where_one_is() {
    let mut screen = Screen::in_room(80, 24);
    screen.keys("2?").says("In the checklist").keys("<esc>3?").says("In the timeline");
}

#[test]
fn a_form_that_was_filled_in_is_not_lost_by_one_key() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("1ahalf an answer<esc>").says("Throw it away?").keys("<esc>").says("half an answer");
    screen.keys("<esc>y").does_not_say("half an answer");
}

#[test]
fn a_plan_is_written_chosen_and_shown() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("p<enter>renew the certificate<enter>").says("Plan A: renew the certificate");
    screen.keys("afail twice<enter>").says("We switch when: fail twice");
}

#[test]
fn a_supplier_is_open_until_squared_up() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("7aGatelink<enter>").says("Gatelink");
    assert!(screen.host.room().suppliers[0].is_open());
    screen.keys("<enter><tab>GL-4711<tab><right><tab>two engineers<enter>");
    let supplier = &screen.host.room().suppliers[0];
    assert!(!supplier.is_open(), "{supplier:?}");
}

#[test]
fn the_language_is_switched_while_it_runs() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys(":language<enter>").says("Checklista");
}

#[test]
fn leaving_is_for_this_client_alone() {
    let mut screen = Screen::in_room(80, 24);
    screen.keys("q");
    assert!(screen.effects.contains(&Effect::Quit));
    let (_, records) = screen.host.rooms.values().next().expect("a room");
    assert!(!records.iter().any(|record| matches!(record.event, Event::Closed { .. })));
}
