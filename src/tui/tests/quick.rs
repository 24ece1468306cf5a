//! The quick note: one line in a popup, from the first key to the last, with a host, without one, and with hardly any rows.

use super::{Screen, start};
use crate::domain::event::Event;
use crate::domain::phrase::Phrase;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::Connection;
use crate::tui::app::msg::Msg;
use crate::tui::drafts::text;
use crate::tui::log_screen;

/// A popup over a world with one open room, before the host has answered.
fn popup(columns: u16, rows: u16) -> Screen {
    over(Screen::in_room(80, 24), columns, rows)
}

fn over(room: Screen, columns: u16, rows: u16) -> Screen {
    let mut popup = Screen::before(columns, rows);
    popup.host = room.host;
    log_screen::actions::begin(&mut popup.model);
    popup
}

fn left(screen: &Screen) -> bool {
    screen.effects.contains(&Effect::Quit)
}

#[test]
fn a_note_is_recorded_with_the_time_of_its_first_key_and_the_popup_closes() {
    let mut popup = popup(60, 6);
    popup.connect();
    popup.says("Card payments down").says("anna");
    popup.keys("d: fail").pass(2).keys(" over #A").says("decision").says("plan A");
    assert!(!left(&popup));
    popup.keys("<enter>");
    assert!(left(&popup));
    assert_eq!(popup.host.notes(), ["fail over #A"]);
    let records = &popup.host.rooms.values().next().expect("a room").1;
    assert_eq!(records.last().expect("a record").at, start());
}

#[test]
fn what_is_typed_before_the_host_has_answered_is_not_lost_and_not_taken_for_commands() {
    let mut popup = popup(60, 6);
    popup.keys("Dq quite fast<enter>").says("Dq quite fast").says("no room yet");
    assert!(!left(&popup));
    popup.connect();
    assert!(left(&popup));
    assert_eq!(popup.host.notes(), ["Dq quite fast"]);
}

#[test]
fn left_without_enter_the_text_is_a_draft_and_offered_again() {
    let mut first = popup(60, 6);
    first.connect();
    first.keys("half a thought<esc>");
    assert!(left(&first) && first.host.notes().is_empty());
    let mut again = over(first, 60, 6);
    again.connect();
    again.says("half a thought");
    again.keys("<enter>");
    assert_eq!(again.host.notes(), ["half a thought"]);
}

#[test]
fn an_empty_popup_closes_with_escape_and_leaves_nothing_behind() {
    let mut popup = popup(60, 6);
    popup.connect();
    let records = popup.host.room().seq;
    popup.keys("<esc>");
    assert!(left(&popup));
    assert_eq!(popup.host.room().seq, records);
    let seen = |effect: &Effect| format!("{effect:?}").contains("Seen");
    assert!(!popup.effects.iter().any(seen), "nobody looked at the timeline");
}

#[test]
fn while_the_host_is_away_it_says_so_and_leaving_asks_twice() {
    let mut popup = popup(60, 6);
    popup.connect();
    popup.host.away = true;
    popup.send(Msg::Lost { why: Phrase::new("connection-lost") });
    popup.keys("typed all the same").says("keep typing");
    popup.keys("<enter>").says("keep typing");
    assert!(!left(&popup), "it was not saved");
    popup.keys("<esc>").says("would be lost");
    assert!(!left(&popup));
    popup.model.environment.connection = Connection::Up;
    let now = popup.now;
    for msg in popup.host.come_back(now) {
        popup.send(msg);
    }
    assert!(left(&popup));
    assert_eq!(popup.host.notes(), ["typed all the same"]);
}

#[test]
fn one_who_insists_can_leave_without_a_host() {
    let mut popup = popup(60, 6);
    popup.keys("never mind<esc>").says("would be lost");
    popup.keys("!<esc>").says("would be lost");
    assert!(!left(&popup), "typing on takes the first answer back");
    popup.keys("<esc>");
    assert!(left(&popup));
}

#[test]
fn who_left_before_the_room_was_there_has_left_as_soon_as_the_text_can_be_kept() {
    let mut popup = popup(60, 6);
    popup.keys("a thought<esc>");
    assert!(!left(&popup));
    popup.connect();
    assert!(left(&popup) && popup.host.notes().is_empty());
    let mut again = over(popup, 60, 6);
    again.connect();
    again.says("a thought");
}

#[test]
fn an_entry_that_cannot_be_saved_keeps_the_popup_until_it_is() {
    let mut popup = popup(60, 6);
    popup.connect();
    popup.host.full = true;
    popup.keys("no room on the disk<enter>").says("1 unsent").says("NOT SAVED");
    assert!(!left(&popup));
    popup.keys("<esc>");
    assert!(!left(&popup), "one is told first");
    assert_eq!(text::unsaved(&popup.model), ["no room on the disk"]);
    let told = popup.host.make_room();
    popup.send(told);
    assert!(left(&popup));
    assert_eq!(popup.host.notes(), ["no room on the disk"]);
}

#[test]
fn with_several_rooms_it_asks_which_and_keeps_what_is_typed() {
    let mut room = Screen::in_room(80, 24);
    room.keys("LDLogins are slow<enter><enter><enter>");
    assert_eq!(room.host.rooms.len(), 2, "{}", room.text());
    let mut popup = over(room, 60, 6);
    popup.keys("for the first");
    popup.connect();
    popup.says("for the first");
    popup.keys("<enter>").says("2026-001").says("2026-002").says("which room");
    popup.keys("<enter>");
    assert!(left(&popup));
    let all: usize = popup.host.rooms.values().map(|room| room.1.len()).sum();
    assert!(all > 0);
    let noted = popup
        .host
        .rooms
        .values()
        .flat_map(|room| &room.1)
        .filter(|record| matches!(&record.event, Event::NoteTaken { text, .. } if text.raw() == "for the first"));
    assert_eq!(noted.count(), 1);
}

#[test]
fn every_size_shows_the_line_and_none_breaks() {
    for rows in 0..9 {
        for columns in [0, 1, 2, 5, 20, 38, 60, 200] {
            let mut popup = popup(columns, rows);
            popup.connect();
            popup.text();
            popup.keys("@an").text();
            popup.keys(" d: \u{202e}漢字 +15m #A").text();
            popup.send(Msg::Lost { why: Phrase::new("connection-lost") });
            let text = popup.text();
            assert!(rows == 0 || columns < 20 || text.contains("#A"), "{columns}×{rows}:\n{text}");
        }
    }
}

#[test]
fn the_popup_looks_like_this() {
    let mut popup = popup(60, 6);
    popup.connect();
    popup.check("quick-blank", "");
    popup.check("quick-typed", "act: @olle restart gateway pool +15m #A");
    popup.resize(38, 1);
    popup.check("quick-one-row", "");
}
