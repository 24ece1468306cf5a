//! The host cannot save: what is done meanwhile is listed as unsent, and goes once, in order, by itself.

use super::{Screen, start};
use crate::tui::app::effect::Effect;
use crate::tui::app::msg::Msg;
use crate::tui::drafts::text;

fn full(columns: u16, rows: u16) -> Screen {
    let mut screen = Screen::in_room(columns, rows);
    screen.host.full = true;
    screen
}

/// There is room again.
fn make_room(screen: &mut Screen) {
    let told = screen.host.make_room();
    screen.send(told);
}

#[test]
fn what_a_full_disk_refuses_is_unsent_and_said_at_every_size() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 9)] {
        let mut screen = full(columns, rows);
        screen.keys("nfirst on a full disk<enter>second<enter>and a third");
        screen.check(&format!("full-{columns}x{rows}"), "");
    }
}

#[test]
fn it_goes_by_itself_once_and_in_order_with_the_time_of_its_first_key() {
    let mut screen = full(120, 40);
    screen.keys("nfirst<enter>");
    screen.pass(1).keys("second<enter>half").says("NOT SAVED").says("2 unsent");
    assert!(screen.host.notes().is_empty());
    screen.pass(1).pass(1);
    make_room(&mut screen);
    assert_eq!(screen.host.notes(), ["first", "second"]);
    assert_eq!(screen.host.rooms.values().next().expect("a room").1.iter().rev().nth(1).expect("two").at, start());
    screen.does_not_say("NOT SAVED").does_not_say("unsent").says("✓ saved");
    assert_eq!(screen.model.line.input.value(), "half", "what is typed meanwhile stays");
    make_room(&mut screen);
    screen.pass(1);
    assert_eq!(screen.host.notes().len(), 2, "once");
}

#[test]
fn nothing_overtakes_what_waits() {
    let mut screen = full(120, 40);
    screen.keys("nfirst<enter>");
    // The disk has room before the host says so.
    screen.host.full = false;
    screen.keys("second<enter>");
    assert!(screen.host.notes().is_empty());
    make_room(&mut screen);
    assert_eq!(screen.host.notes(), ["first", "second"]);
}

#[test]
fn it_is_asked_again_each_second_when_the_host_never_said_that_it_cannot_save() {
    let mut screen = full(120, 40);
    screen.keys("nfirst<enter>");
    screen.host.full = false;
    screen.model.environment.health.cannot_save = None;
    screen.pass(0);
    assert_eq!(screen.host.notes(), ["first"]);
}

#[test]
fn a_new_host_that_can_save_is_asked_again() {
    let mut screen = full(120, 40);
    screen.keys("nfirst<enter>");
    screen.host.full = false;
    screen.connect();
    assert_eq!(screen.host.notes(), ["first"]);
}

#[test]
fn a_form_waits_too_and_may_be_closed_meanwhile() {
    for closes in [false, true] {
        let mut screen = full(120, 40);
        screen.keys("1aThe certificate expired<c-s>").says("goes by itself");
        screen.keys("<c-s>").says("1 unsent");
        if closes {
            screen.keys("<esc>").says("1 unsent");
        }
        make_room(&mut screen);
        screen.says("The certificate expired").does_not_say("goes by itself").says("✓ saved");
        assert!(screen.model.overlays.is_empty());
        assert!(screen.host.drafts.iter().all(|draft| draft.text.is_empty()), "{:?}", screen.host.drafts);
    }
}

#[test]
fn an_incident_declared_on_a_full_disk_opens_by_itself() {
    let mut screen = Screen::new(120, 40);
    screen.host.full = true;
    screen.keys("DCard payments down<enter><enter><enter>").says("goes by itself");
    make_room(&mut screen);
    assert_eq!(screen.host.rooms.len(), 1);
    assert!(screen.model.room_view().is_some());
}

#[test]
fn it_is_for_its_own_room_wherever_the_person_went_meanwhile() {
    let mut screen = full(120, 40);
    screen.keys("nfirst<enter><esc>L");
    make_room(&mut screen);
    assert_eq!(screen.host.notes(), ["first"]);
}

#[test]
fn leaving_says_what_is_unsent_and_its_text_is_not_lost() {
    let mut screen = full(120, 40);
    screen.keys("nfirst<enter>half<esc>q").says("one thing is unsent");
    assert!(!screen.effects.contains(&Effect::Quit));
    assert_eq!(text::unsaved(&screen.model), ["first", "half"]);
}

#[test]
fn what_waits_carries_the_name_of_who_wrote_it() {
    let mut screen = full(120, 40);
    screen.keys("nfirst<enter><esc>:who types<enter>").says("wait until it is saved");
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn a_room_that_refuses_it_in_the_end_gives_the_text_back() {
    let mut screen = full(120, 40);
    screen.keys("nfirst<enter>");
    assert_eq!(screen.model.pending.resume(), Some(Effect::Resume), "nothing waited");
    let (tag, _) = screen.parked.remove(0);
    let refusal = crate::domain::intent::Refusal(crate::domain::phrase::Phrase::new("refuse-room-empty"));
    let answer = Err(crate::wire::message::Failure::Refused(refusal));
    screen.send(Msg::Answered { tag, answer: Box::new(answer) });
    assert_eq!(screen.model.line.input.value(), "first");
}
