//! Several people in one room: nobody's work is touched by another's, everyone sees what the others do, and both find their
//! text.

use super::Screen;
use crate::domain::event::{Facets, NoteKind};
use crate::domain::intent::Intent;
use crate::domain::question::Certainty;
use crate::domain::record::{Assurance, Author};
use crate::tui::app::model::Model;
use crate::tui::app::msg::Msg;
use crate::tui::entry_line::state::EntryLine;
use crate::tui::overlay::state::Overlay;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RowId;
use crate::wire::message::{HostMsg, Presence, Writing};

fn note(text: &str) -> Intent {
    Intent::TakeNote { kind: NoteKind::Note, text: text.into(), facets: Facets::default() }
}

fn answer(question: &str, text: &str) -> Intent {
    Intent::AnswerQuestion { question: question.into(), text: text.into(), certainty: Certainty::Confirmed, time: None }
}

fn here(screen: &mut Screen, people: &[(&str, Option<Writing>, bool)]) {
    let person = |(name, writing, read_only): &(&str, Option<Writing>, bool)| {
        let sure = if *name == "anna" { Assurance::Verified } else { Assurance::Claimed };
        let who = Author { uid: 1000, name: (*name).to_owned(), sure };
        Presence { who, writing: writing.clone(), read_only: *read_only }
    };
    let room = screen.host.room().id.clone();
    let people = people.iter().map(person).collect();
    screen.send(Msg::Host(HostMsg::Here { room, people }));
}

fn answering(key: &str) -> Option<Writing> {
    Some(Writing::Answer { question: key.to_owned() })
}

fn does(screen: &mut Screen, who: &str, intent: &Intent) {
    let now = screen.now;
    let msg = screen.host.other(who, intent, now);
    screen.send(msg);
}

/// Where the person is, in words: everything on the screen that is theirs and not the room's.
fn own(model: &Model) -> String {
    let view = model.view.as_ref().expect("a room");
    let EntryLine { input, focused, began_at, id, completion, recalled, .. } = &model.line;
    let now = model.environment.now;
    let selected: Vec<Option<RowId>> =
        [Pane::Questions, Pane::Checklist, Pane::Actions].map(|pane| view.selected_id(pane, now)).into();
    let overlays: Vec<String> = model.overlays.iter().map(overlay).collect();
    let line = (input.value(), input.cursor(), focused, began_at, id, completion, recalled);
    let place = (view.focus, view.tab, view.zoomed, &view.window.cursor, &view.window.filter, &model.pending_keys);
    format!("{line:#?}\n{place:#?}\n{selected:#?}\n{overlays:#?}")
}

/// An overlay but for what others did meanwhile.
fn overlay(overlay: &Overlay) -> String {
    match overlay {
        Overlay::Form(form) => {
            let mut form = form.clone();
            form.news.clear();
            form.rivals.clear();
            format!("{form:#?}")
        }
        // That the first row counts as chosen and that it was chosen is the same to the person.
        Overlay::List(list) => format!("{:?}", list.kind),
        other => format!("{other:#?}"),
    }
}

/// Keys that lead to every place where a person can be at work.
const PLACES: [&str; 24] = [
    "",
    "nhalf a thought<left><left>",
    "nd: ask @a",
    "nunfinished<esc>2j",
    "n<up>",
    "1ja the gateway is",
    "1ja the<tab><right>",
    "2j",
    "2jjwno time",
    "3kkk",
    "3kkkz",
    "/first<enter>k",
    "f",
    "4z",
    "4A renew",
    ":resto",
    "?j",
    "rj",
    "8j",
    "mnin the meeting",
    "nlong<c-o>and longer",
    "Wka",
    "H",
    "g",
];

#[test]
fn nobodys_work_touches_anothers() {
    for keys in PLACES {
        let mut screen = Screen::in_room(120, 40);
        screen.keys("nfirst<enter>second<enter>third<enter><esc>");
        for text in ["Too many calls", "No certificate"] {
            does(&mut screen, "olle", &Intent::RaiseObstacle { text: text.into() });
        }
        screen.keys(keys);
        let before = own(&screen.model);
        let now = screen.now;
        let checked = screen.host.room().items_by_urgency(now)[0].item.key.clone();
        let others = [
            note("from the others"),
            answer("what", "terminals get 502"),
            answer("why", "expired certificate"),
            Intent::CheckItem { item: checked, note: Default::default() },
            Intent::RaiseObstacle { text: "the newest of all".into() },
            Intent::AssignRole { role: "cim".into(), person: "Olle".into() },
            Intent::StrikeEntry { target: screen.host.room().seq, reason: "twice".into() },
        ];
        for intent in &others {
            if !matches!(intent, Intent::StrikeEntry { .. }) {
                does(&mut screen, "olle", intent);
            }
            here(&mut screen, &[("anna", None, false), ("olle", Some(Writing::Entry), false)]);
            screen.text();
        }
        screen.send(Msg::Lost { why: crate::domain::phrase::Phrase::new("connection-lost") });
        screen.connect();
        assert_eq!(own(&screen.model), before, "after {keys:?}:\n{}", screen.text());
    }
}

#[test]
fn what_is_typed_beside_others_is_saved_as_it_was_typed() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("n");
    for letter in "fail over".chars() {
        screen.keys(&letter.to_string());
        does(&mut screen, "olle", &note("chatter"));
    }
    screen.keys("<enter>");
    let records = &screen.host.rooms.values().next().expect("a room").1;
    let last = records.last().expect("a record");
    assert!(
        matches!(&last.event, crate::domain::event::Event::NoteTaken { text, .. } if text.raw() == "fail over"),
        "{last:?}"
    );
}

#[test]
fn whoever_answers_is_told_of_the_others_answer_and_both_are_kept() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("1ja our own words").does_not_say("Yours becomes").does_not_say("answering it too");
    here(&mut screen, &[("anna", answering("why"), false), ("olle", answering("why"), false)]);
    screen.says("~olle is answering it too");
    does(&mut screen, "olle", &answer("why", "expired certificate"));
    screen
        .says("~olle answered at")
        .says("expired certificate")
        .says("Yours becomes the newer version")
        .says("our own words");
    screen.keys("<enter><enter>").says("answered “Why did it happen?” too").says("our own words");
    let texts: Vec<&str> = screen.host.room().answers["why"].iter().map(|answer| answer.text.raw()).collect();
    assert_eq!(texts, ["expired certificate", "our own words"]);
    screen.keys("<enter>").check("history-of-two", "");
}

#[test]
fn whoever_answered_first_is_told_when_another_answers_at_once() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("1ja our own words<enter><enter>");
    does(&mut screen, "olle", &answer("why", "expired certificate"));
    screen.says("~olle answered “Why did it happen?” after you").says("Your answer is in the history");
    screen.pass(10);
    does(&mut screen, "eva", &answer("why", "a new one"));
    screen.does_not_say("after you");
}

#[test]
fn who_is_here_is_seen_with_what_they_write() {
    let people: Vec<(&str, Option<Writing>, bool)> = vec![
        ("anna", None, false),
        ("Olle Ek", answering("why"), false),
        ("Eva Berg", Some(Writing::Entry), false),
        ("Kim Sand", None, false),
        ("Maria Falk", None, true),
        ("Board", None, true),
    ];
    let mut screen = Screen::in_room(120, 40);
    here(&mut screen, &people);
    screen.check("here-120x40", "");
    screen.says("~Olle is answering");
    screen.resize(80, 24).check("here-80x24", "");
    screen.resize(40, 9).check("here-40x9", "");
    screen.resize(120, 40).check("here-list", "H");
}

#[test]
fn the_host_is_told_what_is_written_only_when_it_changes() {
    let mut screen = Screen::in_room(120, 40);
    screen.host.told.clear();
    screen.keys("nhalf a thought");
    assert_eq!(screen.host.told, [Some(Writing::Entry)], "not for every key");
    screen.keys("<enter>");
    assert_eq!(screen.host.told.pop(), Some(None));
    screen.host.told.clear();
    screen.keys("<esc>1ja because<esc>y").keys("/x<esc>y");
    assert_eq!(screen.host.told, [answering("why"), None], "a search is no writing");
    screen.host.told.clear();
    screen.keys("nagain");
    screen.connect();
    assert_eq!(screen.host.told, [Some(Writing::Entry), Some(Writing::Entry)], "a new connection is told anew");
    screen.host.told.clear();
    screen.pass(6);
    assert_eq!(screen.host.told, [None], "who has pressed no key for minutes writes nothing");
}

#[test]
fn who_types_is_changed_with_a_key_and_told_in_the_line() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nhalf a thought").pass(0);
    screen.does_not_say("~").keys("<a-w>").check("who-types", "ol");
    screen.keys("<enter>").says("~ol ›").says("half a thought");
    assert_eq!(screen.model.line.input.value(), "half a thought", "what is half typed stays");
    assert_eq!(screen.host.drafts.len(), 1, "and is kept as a draft of whoever types now");
    screen.keys("<enter>");
    let records = &screen.host.rooms.values().next().expect("a room").1;
    assert_eq!(records.last().expect("a record").by.name, "ol");
    assert!(screen.model.view.as_ref().expect("a room").last_own.is_some());
    screen.keys("<esc>W<c-u>anna lind<enter>");
    assert!(screen.model.view.as_ref().expect("a room").last_own.is_none(), "nobody undoes another's entry");
}

#[test]
fn whoever_types_is_told_that_another_ended_the_incident() {
    for keys in ["nhalf a sentence", "a", "3gg"] {
        let mut screen = Screen::in_room(120, 40);
        screen.keys(keys);
        does(&mut screen, "olle", &Intent::Restore { note: Default::default() });
        screen.says("~olle recorded that service is restored.");
        does(&mut screen, "olle", &Intent::Reopen { reason: "it came back".into() });
        screen.says("~olle opened the incident again.");
    }
}

#[test]
fn what_is_cut_has_a_sign() {
    let mut screen = Screen::in_room(40, 9);
    screen.says("not answered▼").keys("m").says("▼");
    screen.keys("<esc>:").says("▼");
    screen.keys("<esc>?").says("▼").keys("G").says("▲");
    screen.keys("<esc>D").says("▼");
    let mut screen = Screen::in_room(120, 40);
    screen.keys("2jjjjjjjjjjwdrill<enter><c-s>");
    let cut = screen.text().lines().find(|line| line.contains("│ – ")).expect("a waived point").to_owned();
    assert!(cut.contains("· drill") || cut.contains("…"), "{cut}");
}

#[test]
fn what_one_reads_stays_where_it_is_while_others_write() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 9)] {
        for keys in ["k", "kkk", "kkkkkkkkkkkkkkk", "gjj"] {
            let mut screen = Screen::in_room(columns, rows);
            let now = screen.now;
            for number in 0..60 {
                does(&mut screen, "olle", &note(&format!("note number {number}")));
            }
            screen.keys("3").keys(keys);
            let entries = |screen: &mut Screen| {
                let text = screen.text();
                text.lines().filter(|line| line.contains("note number")).map(str::to_owned).collect::<Vec<_>>()
            };
            let before = entries(&mut screen);
            for number in 0..12 {
                does(
                    &mut screen,
                    "eva",
                    &note(&format!("later {number}, which takes more than a line of a narrow screen")),
                );
            }
            assert_eq!(entries(&mut screen), before, "{columns}x{rows} after {keys}:\n{}", screen.text());
            assert_eq!(screen.now, now);
        }
    }
}

#[test]
fn the_end_of_the_latest_entry_is_in_sight() {
    let mut screen = Screen::in_room(40, 9);
    screen.keys("3");
    does(&mut screen, "olle", &note(&format!("{}theend", "word ".repeat(26))));
    screen.says("theend");
}
