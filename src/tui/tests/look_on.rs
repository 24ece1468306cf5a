//! Somebody who only looks on: everything can be read, nothing can be written.

use super::Screen;
use crate::tui::command::run;
use crate::tui::command::table::COMMANDS;
use crate::tui::overlay::state::Overlay;

fn looking_on(columns: u16, rows: u16) -> Screen {
    let mut before = Screen::in_room(columns, rows);
    before.keys("nfirst note<enter>needle<enter><esc>");
    let mut screen = Screen::before(columns, rows);
    screen.host = before.host;
    screen.welcome(true);
    assert!(screen.model.room_view().is_some(), "the only open room is entered:\n{}", screen.text());
    screen
}

#[test]
fn the_screen_says_that_one_looks_on() {
    looking_on(120, 40).check("looks-on-120x40", "");
    looking_on(80, 24).check("looks-on-80x24", "");
    looking_on(40, 9).check("looks-on-40x9", "");
}

#[test]
fn at_a_door_for_reading_nobody_is_told_to_come_in_and_write() {
    let mut screen = looking_on(120, 40);
    screen.says("to write: klock join");
    screen.welcome_at(true, true);
    screen.does_not_say("to write: klock join").says("at this socket nobody can write");
}

#[test]
fn no_command_writes_anything() {
    for command in COMMANDS {
        let mut screen = looking_on(120, 40);
        let before = screen.host.room().seq;
        let rooms = screen.host.rooms.len();
        screen.host.told.clear();
        let effects = run::run(&mut screen.model, command.id);
        assert!(!screen.model.line.focused, "{} gives the line to the keys", command.id);
        let form = matches!(screen.model.overlays.last(), Some(Overlay::Form(form)) if form.writes.is_some());
        assert!(!form, "{} opens a form", command.id);
        for effect in effects {
            if let crate::tui::app::effect::Effect::Ask { tag, what } = effect {
                let now = screen.now;
                screen.host.ask(tag, what, now);
            }
        }
        screen.keys("<enter>x<enter>1<enter>");
        assert_eq!((screen.host.room().seq, screen.host.rooms.len()), (before, rooms), "{} writes", command.id);
        assert!(screen.host.drafts.is_empty() && screen.host.told.is_empty(), "{} leaves a trace", command.id);
    }
}

#[test]
fn reading_goes_on_as_for_everyone() {
    let mut screen = looking_on(120, 40);
    screen.keys("/needle<enter>").says("needle").does_not_say("first note");
    screen.keys("<esc>3z").says("first note");
    screen.keys("<esc>3ky");
    assert!(screen.effects.iter().any(|effect| matches!(effect, crate::tui::app::effect::Effect::Copy(_))));
    screen.keys("n").says("You are looking on");
    screen.paste("some text").says("You are looking on");
    screen.keys("?").does_not_say("Strike").does_not_say("Save the entry");
}
