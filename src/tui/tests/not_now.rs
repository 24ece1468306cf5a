//! What cannot be done now says why, and what was not pointed at is not acted on.

use super::{Screen, start};
use crate::config::lang::Words;
use crate::domain::event::{Event, NoteKind};
use crate::domain::intent::Intent;
use crate::domain::phrase::Lang;
use crate::tui::command::COMMANDS;
use crate::tui::key;
use crate::tui::overlays::Overlay;

#[test]
fn a_command_that_does_not_apply_is_found_and_says_why() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys(":acknowledge").says("no warning waits to be acknowledged").does_not_say("No command like that");
    screen.keys("<enter>").says("Not now, no warning waits to be acknowledged.");
}

#[test]
fn what_applies_comes_first() {
    let mut screen = Screen::in_room(120, 40);
    screen.check("palette-not-now", ":incident");
}

#[test]
fn in_the_lobby_a_rooms_commands_say_that_one_goes_into_a_room_first() {
    let mut screen = Screen::new(120, 40);
    screen.keys(":critical-incident meeting").says("go into a room first");
}

#[test]
fn every_command_that_does_not_apply_has_a_reason_in_words() {
    let mut reasons = 0;
    for mut screen in [Screen::new(120, 40), Screen::in_room(120, 40)] {
        for command in COMMANDS {
            let Err(why) = command.verdict(&screen.model) else { continue };
            reasons += 1;
            for lang in Lang::ALL {
                let said = Words::new(lang).tell(why).into_owned();
                assert!(said.contains(' '), "{} says {said:?}", command.id);
            }
            assert!(key::run(&mut screen.model, command.id).is_empty());
            let why = screen.model.words.tell(why).into_owned();
            screen.says(&why);
        }
    }
    assert!(reasons > COMMANDS.len() / 2, "{reasons}");
}

#[test]
fn an_entry_that_nobody_pointed_at_is_not_acted_on() {
    for acts in ["s", "x", "e"] {
        let mut screen = Screen::in_room(120, 40);
        screen.keys("nthe one that is meant<enter><esc>3");
        let before = screen.host.room().seq;
        screen.keys(acts).says("the same key again acts on it");
        assert_eq!(screen.host.room().seq, before);
        let now = screen.now;
        let note =
            Intent::TakeNote { kind: NoteKind::Note, text: "comes in between".into(), facets: Default::default() };
        let told = screen.host.other("eva", &note, now);
        screen.send(told);
        screen.keys(acts);
        let target = match screen.model.overlays.first() {
            Some(Overlay::Form(form)) => form.entry(),
            _ => match screen.host.rooms.values().next().expect("a room").1.last().map(|record| &record.event) {
                Some(Event::EntryStarred { target, .. }) => *target,
                other => panic!("{acts}: {other:?}"),
            },
        };
        assert_eq!(target, before, "{acts}");
    }
}

#[test]
fn the_cursor_comes_in_from_below_and_goes_out_there() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("none<enter>two<enter><esc>3");
    let cursor = |screen: &Screen| screen.model.view.as_ref().and_then(|view| view.stretch.cursor);
    let last = screen.host.room().seq;
    assert_eq!(cursor(&screen), None, "it follows");
    screen.keys("k");
    assert_eq!(cursor(&screen).map(|place| place.seq), Some(last));
    screen.keys("k");
    assert_eq!(cursor(&screen).map(|place| place.seq), Some(last - 1));
    screen.keys("j");
    assert_eq!(cursor(&screen).map(|place| place.seq), Some(last));
    screen.keys("j");
    assert_eq!(cursor(&screen), None, "it follows again");
    assert_eq!(screen.now, start());
}
