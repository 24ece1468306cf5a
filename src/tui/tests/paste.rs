//! Pastes, marked or not: they run nothing, lose nothing, and touch no words that stand there.

use super::Screen;
use crate::tui::app::effect::Effect;
use crate::tui::app::msg::Msg;
use crate::tui::app::press::{PastePart, Press};
use crate::tui::overlay::state::Overlay;

impl Screen {
    fn paste_part(&mut self, text: &str, part: PastePart) -> &mut Self {
        let at = self.now;
        self.send(Msg::Press { press: Press::Paste { text: text.into(), part }, at });
        self
    }

    fn letters(&mut self, text: &str) -> &mut Self {
        let at = self.now;
        self.send(Msg::Press { press: Press::Letters(text.into()), at });
        self
    }

    fn line(&self) -> &str {
        self.model.line.input.value()
    }

    fn offered(&self) -> &str {
        match self.model.overlays.last() {
            Some(Overlay::Paste(paste)) => &paste.text,
            other => panic!("no paste is offered: {other:?}"),
        }
    }
}

/// Finding 40.
#[test]
fn a_paste_as_one_entry_does_not_touch_the_draft() {
    for (typed, expected) in [
        ("nkilled", "killed\none\ntwo"),
        ("nkilled ", "killed one\ntwo"),
        ("nkilled<a-enter>", "killed\none\ntwo"),
        ("nkilled<left><left><left>", "kil\none\ntwo\nled"),
        ("nkilled<esc>", "killed\none\ntwo"),
        ("n", "one\ntwo"),
    ] {
        let mut screen = Screen::in_room(120, 40);
        screen.keys(typed).paste("one\ntwo\n").keys("1");
        assert_eq!(screen.line(), expected, "{typed:?}");
        assert!(screen.model.line.focused);
    }
    // A word into a sentence that is being written.
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nkilled by <left><left><left>").paste("line").keys("<c-e>").paste("Eva");
    assert_eq!(screen.line(), "killed lineby Eva");
    // Blank lines around one make no more lines of it.
    screen.keys("<c-a>").paste("\n  \nWho \n\n");
    assert_eq!(screen.line(), "Who killed lineby Eva");
    screen.keys("<c-e><c-u>").paste("killed lineby Eva");
    // One that was left, and is not being written.
    screen.keys("<esc>").paste("line");
    assert_eq!(screen.line(), "killed lineby Eva line");
}

/// Case 01, and D5: the rest of a paste that came in parts.
#[test]
fn a_paste_that_goes_on_is_one() {
    let mut screen = Screen::in_room(120, 40);
    let before = screen.host.room().seq;
    screen.paste("one\ntw").paste_part("o\rthree", PastePart::Next).paste_part("\rR", PastePart::Next);
    assert_eq!(screen.offered(), "one\ntwo\nthree\nR");
    screen.paste("another");
    assert_eq!(screen.offered(), "one\ntwo\nthree\nR\nanother");
    screen.keys("<esc>").paste("half a li").paste_part("ne\rand more", PastePart::Next).keys("1");
    assert_eq!(screen.line(), "half a line\nand more", "the first part is in the line already");
    screen.keys("<c-u>").paste("one").paste_part("\rtwo", PastePart::Next).keys("1");
    assert_eq!(screen.line(), "one\ntwo");
    assert_eq!(screen.host.room().seq, before);
}

#[test]
fn a_paste_over_a_list_or_help_is_offered_and_chooses_nothing() {
    for opens in ["c", "r", "p", "C", "H", "6", "7", "8", "5", "?", "3k<enter>", ":phases<enter>", "r?"] {
        let mut screen = Screen::in_room(120, 40);
        screen.keys(opens);
        assert!(!screen.model.overlays.is_empty(), "{opens:?} opens something");
        let before = screen.host.room().seq;
        screen.paste("1 line\n");
        assert_eq!((screen.line(), screen.model.overlays.len()), ("1 line", 0), "{opens:?}");
        screen.keys("<enter>");
        assert_eq!(screen.host.room().seq, before + 1, "{opens:?}");
        assert_eq!(screen.host.notes(), ["1 line"], "{opens:?}");
        screen.keys("<esc>").keys(opens).paste("one\ntwo");
        assert_eq!(screen.offered(), "one\ntwo", "{opens:?}");
    }
}

#[test]
fn a_paste_during_a_meeting_leaves_its_agenda_open() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("m").paste("said in it");
    assert_eq!(screen.line(), "said in it");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::List(_))));
    screen.keys("<enter>");
    assert_eq!(screen.host.notes(), ["said in it"]);
}

#[test]
fn a_paste_at_a_question_answers_nothing() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("Arenew it<esc>");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::Confirm(_))));
    screen.paste("y\r").says("Nothing here takes text");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::Confirm(_))), "it is still asked");
}

#[test]
fn a_paste_in_a_form_or_the_palette_sends_nothing() {
    let mut screen = Screen::in_room(120, 40);
    let before = screen.host.room().seq;
    screen.keys("a").paste("Terminals get 502\r");
    match screen.model.overlays.last() {
        Some(Overlay::Form(form)) => assert_eq!(form.main_text(), "Terminals get 502"),
        other => panic!("{other:?}"),
    }
    screen.keys("<esc>y:").paste("\rrestore the service\r");
    assert!(
        matches!(screen.model.overlays.last(), Some(Overlay::Palette(open)) if open.input.value() == "restore the service")
    );
    assert_eq!(screen.host.room().seq, before);
}

#[test]
fn letters_that_came_at_once_are_typed_where_the_text_is() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("n").letters("d: @olle restart ").letters("the pool");
    assert_eq!(screen.line(), "d: @olle restart the pool");
    screen.says("decision").keys("<c-o>").letters(" now").keys("<c-s>");
    assert_eq!(screen.line(), "d: @olle restart the pool now");
    screen.keys("<c-u>").letters("one").keys("<c-7>");
    assert_eq!(screen.line(), "", "undone at once");
    screen.keys("<esc>:").letters("which role").says("Who holds which role").keys("<esc>/").letters("needle<");
    match screen.model.overlays.last() {
        Some(Overlay::Form(form)) => assert_eq!(form.main_text(), "needle<"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_long_paste_finds_no_command() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys(":").letters(&"which role ".repeat(100)).says("No command like that here.");
    screen.keys("<c-u>").letters("which role").says("Who holds which role");
}

#[test]
fn letters_at_once_choose_nothing_in_a_choice() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("a<tab>");
    let chosen = |screen: &Screen| match screen.model.overlays.last() {
        Some(Overlay::Form(form)) => {
            form.fields.iter().map(|field| form.chosen(field.name).to_owned()).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let before = chosen(&screen);
    screen.letters("assumed").says("Nothing here takes text");
    assert_eq!(chosen(&screen), before);
}

/// Finding D20.
#[test]
fn the_choices_of_a_paste_are_seen_at_every_size() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 9), (40, 7), (30, 6), (20, 5)] {
        for lines in [2, 3, 8, 20] {
            let mut screen = Screen::in_room(columns, rows);
            screen.paste(&"a line of it\n".repeat(lines));
            screen.says("1  as one").says("2  each").says("Esc  not");
        }
    }
    Screen::in_room(40, 9).paste("one\ntwo\nthree\nfour").check("paste-small", "");
    Screen::in_room(20, 5).paste("one\ntwo").check("paste-tiny", "");
}

/// Finding D20.
#[test]
fn everything_is_drawn_again_with_every_overlay_open() {
    for opens in ["", "n", "a", "n<c-o>", ":", "?", "c", "m", "W", "Aact<esc>", "L", "3k<enter>"] {
        let mut screen = Screen::in_room(40, 9);
        screen.keys(opens);
        let open = screen.model.overlays.len();
        screen.effects.clear();
        screen.keys("<c-l>");
        assert!(screen.effects.contains(&Effect::Redraw), "{opens:?}");
        assert_eq!(screen.model.overlays.len(), open, "{opens:?}");
    }
    let mut screen = Screen::in_room(40, 9);
    screen.paste("one\ntwo").keys("<c-l>");
    assert!(screen.effects.contains(&Effect::Redraw));
    assert_eq!(screen.offered(), "one\ntwo");
}

/// Finding D4.
#[test]
fn a_copied_entry_is_one_line_that_can_be_shown() {
    let mut screen = Screen::in_room(120, 40);
    screen.paste("stack\u{1b}[201~:\rrm -rf ~\n").keys("1<enter><esc>3k");
    screen.effects.clear();
    screen.keys("y");
    let copied = |screen: &Screen| match screen.effects.as_slice() {
        [Effect::Copy(clip)] => clip.as_str().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(copied(&screen), "14:47 stack^[[201~:⏎rm -rf ~");
    screen.effects.clear();
    screen.keys("Y");
    assert_eq!(copied(&screen), "14:47 stack^[[201~:\nrm -rf ~");
}

/// Case 10.
#[test]
fn option_and_an_arrow_move_by_a_word_in_every_text() {
    for key in ["<a-left>", "<c-left>", "<a-b>"] {
        let mut screen = Screen::in_room(120, 40);
        screen.keys("nrestart team").keys(key).keys("m");
        assert_eq!(screen.line(), "restart mteam", "{key}");
        screen.keys("<c-o>").keys(key).keys("x<c-s>");
        assert_eq!(screen.line(), "restart xmteam", "{key} in the editor");
        screen.keys("<esc>/two words").keys(key).keys("m");
        let form = |screen: &Screen| match screen.model.overlays.last() {
            Some(Overlay::Form(form)) => form.main_text().to_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!(form(&screen), "two mwords", "{key} in the search");
        screen.keys("<esc><esc>ytwo words");
        screen.model.overlays.clear();
        screen.keys(":two words").keys(key).keys("m");
        assert!(
            matches!(screen.model.overlays.last(), Some(Overlay::Palette(open)) if open.input.value() == "two mwords"),
            "{key} in the palette"
        );
    }
    let mut screen = Screen::in_room(120, 40);
    screen.keys("none two three<a-bs>").keys("<c-a><a-f>!");
    assert_eq!(screen.line(), "one !two ");
}
