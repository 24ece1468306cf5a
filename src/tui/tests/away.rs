//! The host is silent or gone: it is said, what is typed is kept and listed as unsent, and sent once when it is back.

use super::{Screen, start};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::tui::app::effect::{Effect, Tag};
use crate::tui::app::msg::Msg;
use crate::tui::drafts::text;
use crate::wire::message::{Ask, Health, HostMsg};

fn silent(columns: u16, rows: u16) -> Screen {
    let mut screen = Screen::in_room(columns, rows);
    screen.host.away = true;
    let since = screen.now;
    screen.send(Msg::Silent { since });
    screen
}

#[test]
fn a_silent_host_is_said_and_what_is_typed_meanwhile_is_unsent() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 9)] {
        let mut screen = silent(columns, rows);
        screen.keys("nfirst while it sleeps<enter>second<enter>and a third");
        screen.check(&format!("silent-{columns}x{rows}"), "");
    }
}

#[test]
fn what_was_unsent_is_saved_once_when_the_host_wakes() {
    let mut screen = silent(120, 40);
    let before = screen.host.room().seq;
    screen.keys("nfirst<enter>second<enter>half").says("2 unsent");
    let now = screen.now;
    screen.send(Msg::Heard);
    for msg in screen.host.come_back(now) {
        screen.send(msg);
    }
    assert_eq!(screen.host.room().seq, before + 2);
    assert_eq!(screen.model.line.input.value(), "half");
    screen.does_not_say("unsent").does_not_say("does not answer").says("✓ saved");
}

#[test]
fn a_host_that_is_gone_is_said_too_and_silence_does_not_hide_it() {
    let mut screen = Screen::in_room(120, 40);
    screen.send(Msg::Lost { why: Phrase::new("connection-lost") });
    let since = screen.now;
    screen.send(Msg::Silent { since });
    screen.says("no host since 14:47:02").does_not_say("does not answer");
    screen.send(Msg::Heard);
    screen.says("no host since");
    screen.connect();
    screen.says("✓ saved");
}

#[test]
fn of_two_rooms_that_were_asked_for_while_the_host_was_silent_only_the_last_is_kept() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("LDMail is slow<enter><enter><enter>").says("Mail is slow");
    screen.keys("L");
    screen.host.away = true;
    screen.keys("g<enter>G<enter>");
    let wanted: Vec<RoomId> = screen
        .host
        .waiting
        .iter()
        .filter_map(|(_, what)| if let Ask::Attach { room, .. } = what { Some(room.clone()) } else { None })
        .collect();
    assert!(wanted.len() == 2 && wanted[0] != wanted[1], "{wanted:?}");
    screen.host.left.clear();
    let now = screen.now;
    for msg in screen.host.come_back(now) {
        screen.send(msg);
    }
    assert_eq!(screen.model.room_view().map(|view| &view.room.id), Some(&wanted[1]));
    assert_eq!(screen.host.left, [wanted[0].clone()], "else the person is seen there for ever");
}

#[test]
fn leaving_while_the_host_is_silent_asks_and_says_where_the_text_goes() {
    let mut screen = silent(120, 40);
    screen.keys("nfirst<enter>half<esc>q").says("2 texts are not saved");
    assert!(!screen.effects.contains(&Effect::Quit));
    assert_eq!(text::unsaved(&screen.model), ["first", "half"]);
    screen.keys("y");
    assert!(screen.effects.contains(&Effect::Quit));
}

#[test]
fn the_lobby_says_when_what_it_shows_may_not_be_so() {
    for size in [(120, 40), (80, 24), (40, 9)] {
        let mut screen = Screen::in_room(size.0, size.1);
        screen.keys("L");
        screen.send(Msg::Silent { since: start() });
        screen.says("no answer since 14:47:02");
        screen.send(Msg::Heard);
        screen.does_not_say("no answer");
        screen.send(Msg::Lost { why: Phrase::new("connection-lost") });
        screen.says("no host since 14:47:02");
        screen.connect();
        screen.does_not_say("no host");
        let cannot_save = Some(Phrase::new("store-full").with("path", "/data"));
        screen.send(Msg::Host(HostMsg::Health(Health { cannot_save, ..Health::default() })));
        screen.says("NOT SAVED");
    }
}

#[test]
fn after_a_long_absence_one_stands_where_one_stood() {
    for keys in ["3kk", "3kkk", "/second<enter>", "/note<enter>kk", "3g"] {
        let mut screen = Screen::in_room(120, 40);
        screen.keys("nfirst note<enter>second note<enter>third note<enter><esc>").keys(keys);
        let stands = |screen: &Screen| {
            let window = &screen.model.view.as_ref().expect("a room").window;
            (window.cursor, window.filter.clone())
        };
        let before = stands(&screen);
        screen.send(Msg::Lost { why: Phrase::new("connection-lost") });
        let now = screen.now;
        screen.host.note("fourth note", now);
        screen.connect();
        // More has come than the host resends: the room comes whole.
        let room = screen.host.room().id.clone();
        let what = Ask::Attach { room: room.clone(), after: None, entries: 200 };
        for msg in screen.host.ask(Tag::Attach(room), what, now) {
            screen.send(msg);
        }
        assert_eq!(stands(&screen), before, "after {keys:?}:\n{}", screen.text());
        if keys == "/second<enter>" {
            screen.keys("3z").does_not_say("fourth note");
        } else {
            screen.says("fourth note");
        }
    }
}
