//! What cannot be done now says why, and what was not pointed at is not acted on.

use super::{Screen, start};
use crate::config::lang::Words;
use crate::domain::event::{Event, NoteKind};
use crate::domain::intent::Intent;
use crate::domain::phrase::Lang;
use crate::domain::zone::Zone;
use crate::tui::command::run;
use crate::tui::command::table::COMMANDS;
use crate::tui::overlay::state::Overlay;

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
                let said = Words::new(lang, Zone::UTC).tell(why).into_owned();
                assert!(said.contains(' '), "{} says {said:?}", command.id);
            }
            assert!(run::run(&mut screen.model, command.id).is_empty());
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
    let cursor = |screen: &Screen| screen.model.view.as_ref().and_then(|view| view.window.cursor);
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

/// A room with three notes, the cursor on the second.
fn pointing() -> (Screen, u64) {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nfirst<enter>the secret word<enter>third<enter><esc>3kk");
    let second = screen.model.view.as_ref().and_then(|view| view.window.cursor).expect("a cursor").seq;
    (screen, second)
}

fn other(screen: &mut Screen, intent: &Intent) {
    let now = screen.now;
    let told = screen.host.other("eva", intent, now);
    screen.send(told);
}

#[test]
fn what_cannot_be_done_to_an_entry_is_said_before_a_form_opens() {
    let (mut screen, target) = pointing();
    other(&mut screen, &Intent::StrikeEntry { target, reason: "wrong".into() });
    for key in ["e", "x"] {
        screen.keys(key).says("this entry is struck already");
        assert!(screen.model.overlays.is_empty());
    }
    screen.keys("s").says("★");
    other(&mut screen, &Intent::RedactEntry { target, reason: "a password".into() });
    for key in ["e", "x", "y"] {
        screen.keys(key).says("the words of this entry were taken out for good");
        assert!(screen.model.overlays.is_empty());
    }
    screen.keys("g");
    for key in ["e", "x"] {
        screen.keys(key).says("this entry is a step of the incident");
        assert!(screen.model.overlays.is_empty());
    }
}

#[test]
fn what_was_redacted_is_nowhere_on_the_screen() {
    for keys in ["", "<enter>", "x", "e", "z", "e amended"] {
        let (mut screen, target) = pointing();
        screen.keys(keys).says("the secret word");
        other(&mut screen, &Intent::RedactEntry { target, reason: "a password".into() });
        match keys {
            // What a person has begun to type is theirs until they leave it.
            "e amended" => screen.says("the secret word amended").says("took the words of this entry out for good"),
            _ => screen.does_not_say("the secret word").says("redacted"),
        };
        screen.keys("<esc>y<esc>3<enter>").does_not_say("secret word was");
    }
}

#[test]
fn what_was_redacted_is_not_called_back_into_the_line() {
    let (mut screen, target) = pointing();
    screen.model.line.history = vec!["another".to_owned(), "d: the secret word".to_owned()];
    other(&mut screen, &Intent::RedactEntry { target, reason: "a password".into() });
    assert_eq!(screen.model.line.history, ["another"]);
}

#[test]
fn a_form_about_an_entry_says_what_others_did_to_it() {
    let (mut screen, target) = pointing();
    screen.keys("e");
    other(&mut screen, &Intent::AmendEntry { target, text: "another word".into(), at: None });
    screen.says("~eva amended this entry").says("another word");
    other(&mut screen, &Intent::StrikeEntry { target, reason: Default::default() });
    screen.says("~eva struck this entry").says("the secret word");
    screen.keys("<enter>").says("struck or redacted already");
}

#[test]
fn no_key_is_without_an_effect_that_is_seen() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("Q").says("Q means nothing here. ? shows the keys.");
    screen.keys("4<enter>").says("no open action is selected");
    for keys in ["H<enter>", "ca", "cx", "6<enter>", "7x"] {
        screen.keys(keys).says("That key does nothing to this row.").keys("<esc>");
    }
    screen.keys("Aact<esc>").paste("one\ntwo").says("Nothing here takes text");
    screen.keys("y<esc>L").paste("one").says("Nothing here takes text");
}

#[test]
fn another_of_the_names_that_a_form_offers_can_be_taken() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nwith @Anna and @Anders<enter><esc>A");
    screen.keys("renew it<tab>An").says(" Anders ").keys("<down><tab>");
    let taken = match screen.model.overlays.last() {
        Some(Overlay::Form(form)) => form.typed("owner").to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(taken, "anna", "the second of them");
}
