//! Warnings: shown until somebody here says that they saw it or it is met, also to a screen that came later; rung once a mark.

use super::Screen;
use crate::domain::event::Event;
use crate::domain::id::{IntentId, RoomId};
use crate::domain::phrase::Phrase;
use crate::domain::record::{Author, Record};
use crate::tui::app::effect::Effect;
use crate::tui::app::msg::Msg;
use crate::wire::message::{Health, HostMsg};

fn bells(screen: &Screen) -> usize {
    screen.effects.iter().filter(|effect| **effect == Effect::Bell).count()
}

/// Another screen at the same host, begun now.
fn another(screen: Screen) -> Screen {
    let mut next = Screen::before(120, 40);
    next.now = screen.now;
    next.model.environment.now = screen.now;
    next.host = screen.host;
    next.connect();
    next
}

#[test]
fn a_warning_stays_until_it_is_seen() {
    let mut screen = Screen::in_room(120, 40);
    screen.pass(61);
    assert!(bells(&screen) > 0);
    screen.says("I saw it").keys("2jj").says("I saw it").keys(".").does_not_say("I saw it");
    let rung = bells(&screen);
    screen.pass(1).does_not_say("I saw it");
    assert_eq!(bells(&screen), rung, "a mark rings once");
    screen.pass(10).says("I saw it");
}

#[test]
fn a_screen_that_comes_later_shows_the_warning_again() {
    let mut screen = Screen::in_room(120, 40);
    screen.pass(61).keys(".");
    let mut again = another(screen);
    again.says("I saw it");
    assert_eq!(bells(&again), 1);
    again.keys(".Lj<enter>").does_not_say("I saw it");
    assert_eq!(bells(&again), 1, "what was seen here stays seen");
}

#[test]
fn a_warning_that_is_met_is_over_everywhere() {
    let mut screen = Screen::in_room(120, 40);
    screen.pass(61).says("I saw it").keys("m<esc>");
    let first_meeting = screen.model.environment.alarms.iter().any(|alarm| alarm.clock.contains("meeting"));
    assert!(!first_meeting, "{:?}", screen.model.environment.alarms);
    let again = another(screen);
    assert!(!again.model.environment.alarms.iter().any(|alarm| alarm.clock.contains("meeting")));
}

#[test]
fn a_mark_told_twice_rings_once() {
    let mut screen = Screen::in_room(120, 40);
    let room = screen.host.room().id.clone();
    rings(&mut screen, &room);
    rings(&mut screen, &room);
    assert_eq!(bells(&screen), 1, "unsaved and then saved, or told by two ways");
    let other = RoomId::of_year(2026, 9);
    rings(&mut screen, &other);
    assert_eq!(bells(&screen), 2);
}

fn rings(screen: &mut Screen, room: &RoomId) {
    let now = screen.now;
    let event = Event::ClockRang { clock: "first-meeting".into(), due_at: now, offset: 0 };
    let id = IntentId(ulid::Ulid(9)).event(0);
    let record = Record { seq: 900, id, at: now, rec: now, by: Author::klock(1000), event };
    let rang = HostMsg::Rang { room: room.clone(), title: "Another".into(), record: Box::new(record) };
    screen.send(Msg::Host(rang));
}

#[test]
fn no_message_covers_a_warning_or_what_to_press_at_it() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 9)] {
        let mut screen = Screen::in_room(columns, rows);
        screen.pass(61).says("I saw it").says("‼");
        let why = Phrase::new("entry-text").with("text", "no session bus");
        let remarks = vec![Phrase::new("host-no-desktop").with("why", why)];
        screen.send(Msg::Host(HostMsg::Health(Health { cannot_save: None, remarks })));
        screen.says("I saw it").says("‼");
        if columns > 40 {
            screen.says("· No");
        }
    }
}

#[test]
fn of_several_warnings_elsewhere_one_is_shown_gone_to_and_put_away_at_a_time() {
    let mut screen = Screen::in_room(120, 40);
    for number in [7, 8, 9] {
        rings(&mut screen, &RoomId::of_year(2026, number));
    }
    screen.says("2026-009").does_not_say("2026-008");
    screen.keys(".").says("2026-008").does_not_say("2026-009");
    screen.keys("!");
    let asked = screen.model.environment.alarms.iter().map(|alarm| alarm.room.to_string()).collect::<Vec<_>>();
    assert_eq!(asked, ["2026-007"], "it went where the banner says");
}
