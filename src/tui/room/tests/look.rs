//! The room as pictures: every breadth, both languages, every state of the clocks, with and without colour.

use super::*;
use crate::domain::event::{Event, Facets, NoteKind};
use crate::domain::phrase::Phrase;
use crate::domain::question::Certainty;
use crate::domain::text::Text;
use crate::domain::timeline::{EntryKind, Filter};
use crate::tui::alarms::state::Alarm;
use crate::tui::app::environment::{Connection, Toast, Tone};
use crate::tui::room::tests::fixture::{answered, at, busy, declared, environment, person};
use crate::tui::theme::Role;
use crate::wire::message::Place;

const CALM: &str = "14:47:10";
const SOON: &str = "15:55:30";
const DUE: &str = "16:02:20";
const OVERDUE: &str = "16:06:12";

macro_rules! look {
    ($name:literal, $text:expr) => {
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($name, $text)
        })
    };
}

fn with_style(view: &RoomView, environment: &Environment, lang: Lang, theme: &Theme) -> String {
    let buf = painted(view, environment, &EntryLineView::default(), lang, theme);
    format!("{}\n\n{}", text(&buf), style::grid(&buf, theme))
}

#[test]
fn every_breadth_in_english() {
    let view = busy().view();
    look!("120x40-calm-en", shown(&view, (120, 40), at(CALM), Lang::En));
    look!("100x30-calm-en", shown(&view, (100, 30), at(CALM), Lang::En));
    look!("80x24-calm-en", shown(&view, (80, 24), at(CALM), Lang::En));
    look!("40x9-calm-en", shown(&view, (40, 9), at(CALM), Lang::En));
    look!("20x5-calm-en", shown(&view, (20, 5), at(CALM), Lang::En));
}

#[test]
fn every_breadth_in_swedish() {
    let view = busy().view();
    look!("120x40-soon-sv", shown(&view, (120, 40), at(SOON), Lang::Sv));
    look!("100x30-due-sv", shown(&view, (100, 30), at(DUE), Lang::Sv));
    look!("80x24-overdue-sv", shown(&view, (80, 24), at(OVERDUE), Lang::Sv));
    look!("40x9-overdue-sv", shown(&view, (40, 9), at(OVERDUE), Lang::Sv));
}

#[test]
fn an_overdue_clock_covers_its_row_in_colour_and_without() {
    let view = busy().view();
    let environment = environment(80, 24, at(OVERDUE));
    look!("80x24-overdue-dark-styles", with_style(&view, &environment, Lang::En, &dark()));
    let mono = Theme::new(Choice::Mono, Background::Dark, Depth::None, None).0;
    look!("80x24-overdue-mono-styles", with_style(&view, &environment, Lang::En, &mono));
    for theme in [dark(), mono] {
        let buf = painted(&view, &environment, &EntryLineView::default(), Lang::En, &theme);
        let alarm = theme.style(Role::Critical);
        for x in 0..80 {
            let cell = &buf[(x, 1)];
            assert!(cell.modifier.contains(alarm.add_modifier), "column {x} is not part of the alarm");
            assert_eq!(cell.bg, alarm.bg.unwrap_or_default(), "column {x}");
        }
    }
}

#[test]
fn a_room_just_declared_says_what_to_do() {
    look!("120x40-declared-en", shown(&declared().view(), (120, 40), at("13:06:10"), Lang::En));
    let mut empty = declared().view();
    empty.window.entries.clear();
    empty.focus = Pane::Timeline;
    look!("40x9-empty-timeline-sv", shown(&empty, (40, 9), at("13:06:10"), Lang::Sv));
}

#[test]
fn a_running_meeting_is_seen() {
    let mut log = busy();
    log.note("14:46:00", "Anna Lind", Event::MeetingStarted { no: 2 });
    let point = Event::AgendaPointDone { no: 2, point: "briefing".into(), outcome: Text::default() };
    log.note("14:47:00", "Anna Lind", point);
    let view = log.view();
    look!("100x30-meeting-en", shown(&view, (100, 30), at(CALM), Lang::En));
    look!("40x9-meeting-sv", shown(&view, (40, 9), at(CALM), Lang::Sv));
}

#[test]
fn a_restored_room_says_so_and_its_duration_stands_still() {
    let mut log = busy();
    log.note(
        "15:30:00",
        "Anna Lind",
        Event::TrackChosen { track: crate::domain::action::Track::B, reason: "no certificate".into() },
    );
    log.note("15:31:00", "Anna Lind", Event::ActionDone { no: 2, outcome: "site B serves".into() });
    log.note("15:32:00", "Anna Lind", Event::Restored { note: "cards work from site B".into() });
    let view = log.view();
    look!("120x40-restored-en", shown(&view, (120, 40), at("15:45:00"), Lang::En));
    look!("80x24-restored-sv", shown(&view, (80, 24), at("15:45:00"), Lang::Sv));
    assert!(shown(&view, (120, 40), at("18:00:00"), Lang::En).contains("T+02:27:00"));
}

/// Case 14: the figure says that it is how long the service was down, and of how much.
#[test]
fn a_reopened_room_tells_how_long_it_was_down() {
    let mut log = busy();
    log.note("15:05:00", "Anna Lind", Event::Restored { note: "works".into() });
    log.note("19:05:00", "Anna Lind", Event::Reopened { reason: "again".into() });
    let header = |view: &RoomView, size, time, lang| {
        shown(view, size, at(time), lang).lines().next().unwrap_or_default().to_owned()
    };
    let view = log.view();
    let wide = header(&view, (120, 40), "19:35:00", Lang::En);
    assert!(wide.contains("down 2:37:00 of T+06:30:00"), "{wide}");
    assert!(header(&view, (120, 40), "19:35:00", Lang::Sv).contains("nere 2:37:00 av T+06:30:00"));
    assert!(header(&view, (40, 9), "19:35:00", Lang::En).contains("down 2:37:00"));
    log.note("20:05:00", "Anna Lind", Event::Restored { note: "works again".into() });
    let wide = header(&log.view(), (120, 40), "23:00:00", Lang::En);
    assert!(wide.contains("■ down 3:07:00 of T+07:00:00 restored 20:05"), "{wide}");
}

#[test]
fn a_snoozed_clock_and_a_routine_not_in_force_are_said() {
    let mut log = busy();
    let snoozed = Event::ClockSnoozed {
        clock: "next-meeting".into(),
        until: at("16:30:00"),
        reason: "the certificate is being installed".into(),
    };
    log.note("15:58:00", "Anna Lind", snoozed);
    let top =
        |view: &RoomView, now| shown(view, (120, 40), now, Lang::En).lines().take(3).collect::<Vec<_>>().join("\n");
    look!("top-snoozed-en", top(&log.view(), at("16:05:00")));
    let mut log = declared();
    log.note("13:06:00", "Anna Lind", Event::ActivationChosen { active: false, reason: "one shop only".into() });
    look!("top-not-in-force-en", top(&log.view(), at("13:10:00")));
}

/// The bottom two rows.
fn bottom(pending: &PendingIntents, view: &RoomView, environment: &Environment, entry: &EntryLineView<'_>) -> String {
    let drawn = text(&painted_with(pending, view, environment, entry, Lang::En, &dark()));
    drawn.lines().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n")
}

#[test]
fn the_bottom_says_whether_it_is_saved() {
    let view = busy().view();
    let mut environment = environment(100, 30, at(CALM));
    let mut pending = PendingIntents::default();
    let preview = ["decision".to_owned(), "owner Olle".to_owned(), "due 15:02".to_owned(), "plan A".to_owned()];
    let understood = [(0..2, Role::Decision), (3..8, Role::Person), (30..34, Role::Due), (35..37, Role::TrackA)];
    let entry = EntryLineView {
        text: "d: @olle restart gateway pool +15m #A",
        cursor: Some(37),
        understood: &understood,
        preview: &preview,
        ..EntryLineView::default()
    };
    let mut seen = vec![bottom(&pending, &view, &environment, &entry)];
    pending.request(note(&view, "site B answers"), None);
    seen.push(bottom(&pending, &view, &environment, &entry));
    environment.connection = Connection::Lost { since: at("14:46:58"), why: Phrase::new("connect-silent") };
    seen.push(bottom(&pending, &view, &environment, &entry));
    environment.health.cannot_save = Some(Phrase::new("entry-text").with("text", "the disk is full"));
    seen.push(bottom(&pending, &view, &environment, &entry));
    environment.health.cannot_save = None;
    environment.connection = Connection::Up;
    environment.alarms.push(Alarm {
        room: "2026-015".parse().expect("a room's name"),
        title: "Mail is slow".into(),
        clock: "Next meeting".into(),
        due_at: at("14:45:00"),
        offset: 0,
    });
    seen.push(bottom(&pending, &view, &environment, &EntryLineView::default()));
    let phrase = Phrase::new("entry-text").with("text", "Meeting 1 has ended. The next one is due 16:02.");
    environment.alarms.clear();
    environment.toast = Some(Toast { phrase, tone: Tone::Good, until: at("14:48:00") });
    seen.push(bottom(
        &pending,
        &view,
        &environment,
        &EntryLineView { invitation: "n to note", ..EntryLineView::default() },
    ));
    look!("bottom-states-en", seen.join("\n---\n"));
}

#[test]
fn completions_stand_above_the_entry_line() {
    let rows: Vec<(String, String)> =
        ["Olle Ek", "Olof Palm", "Ola Sten"].map(|name| (name.to_owned(), "here".to_owned())).to_vec();
    let entry =
        EntryLineView { text: "d: @ol", cursor: Some(6), completions: &rows, chosen: 1, ..EntryLineView::default() };
    let buf = painted(&busy().view(), &environment(80, 24, at(CALM)), &entry, Lang::En, &dark());
    let drawn: Vec<String> = text(&buf).lines().skip(18).map(str::to_owned).collect();
    look!("completions-en", drawn.join("\n"));
}

#[test]
fn the_cursor_is_kept_in_sight_in_a_long_text() {
    let typed = format!("{}end", "word ".repeat(60));
    for columns in [1, 2, 5, 20, 60, 120] {
        for cursor in [0, 4, 150, typed.len()] {
            let entry = EntryLineView { text: &typed, cursor: Some(cursor), ..EntryLineView::default() };
            painted(&busy().view(), &environment(columns, 24, at(CALM)), &entry, Lang::En, &dark());
        }
    }
    let entry = EntryLineView { text: &typed, cursor: Some(typed.len()), ..EntryLineView::default() };
    let buf = painted(&busy().view(), &environment(60, 24, at(CALM)), &entry, Lang::En, &dark());
    assert!(text(&buf).lines().nth(22).is_some_and(|line| line.ends_with("word end")), "{}", text(&buf));
}

/// A room with more entries than fit, of which the last ones are new.
fn long() -> RoomView {
    let mut log = busy();
    for minute in 0..40 {
        let text = format!("Attempt {minute} to load the certificate failed");
        let kind = NoteKind::Test;
        let note = Event::NoteTaken { kind, text: text.into(), facets: Facets::default(), meeting: None, action: None };
        log.note(&format!("15:{minute:02}:00"), "Olle Ek", note);
    }
    let mut view = log.view();
    view.focus = Pane::Timeline;
    view
}

#[test]
fn the_timeline_follows_the_latest_until_the_cursor_is_elsewhere() {
    let mut view = long();
    view.window.seen = view.room.seq - 3;
    look!("timeline-latest-en", shown(&view, (80, 24), at("15:45:00"), Lang::En));
    let entry = view.window.entries.iter().find(|entry| entry.mark.starred).expect("the starred decision");
    view.window.cursor = Some(Place { at: entry.at, seq: entry.seq });
    look!("timeline-cursor-en", shown(&view, (120, 40), at("15:45:00"), Lang::En));
    view.zoomed = true;
    look!("timeline-zoomed-en", shown(&view, (100, 30), at("15:45:00"), Lang::En));
}

#[test]
fn the_cursor_is_in_sight_wherever_it_is() {
    let mut view = long();
    let theme = dark();
    for (columns, rows) in [(120, 40), (80, 24), (40, 9), (30, 6)] {
        for nth in 0..view.window.entries.len() {
            let entry = &view.window.entries[nth];
            view.window.cursor = Some(Place { at: entry.at, seq: entry.seq });
            let buf = painted(
                &view,
                &environment(columns, rows, at("15:45:00")),
                &EntryLineView::default(),
                Lang::En,
                &theme,
            );
            let selection = theme.style(Role::Selection).bg.expect("a ground");
            let rows = (3..rows).any(|y| buf[(columns - 3, y)].bg == selection);
            assert!(rows, "entry {nth} is not in sight at {columns} columns");
        }
    }
}

#[test]
fn a_filter_is_said_and_what_it_found_is_marked() {
    let mut view = busy().view();
    view.focus = Pane::Timeline;
    let filter = Filter {
        text: "certificate".into(),
        kinds: vec![EntryKind::Decision, EntryKind::Hypothesis],
        ..Filter::default()
    };
    view.window.entries.retain(|entry| filter.kinds.contains(&entry.kind));
    view.window.filter = filter;
    look!("timeline-filter-sv", with_style(&view, &environment(80, 16, at(CALM)), Lang::Sv, &dark()));
    view.window.entries.clear();
    look!("timeline-no-match-en", shown(&view, (80, 16), at(CALM), Lang::En));
}

#[test]
fn times_are_the_readers_and_an_unsure_name_is_told() {
    let mut log = busy();
    let moscow = Moment::parse("2026-11-21T16:44:00+03:00").expect("a moment");
    let by = crate::domain::record::Author { sure: crate::domain::record::Assurance::Script, ..person("deploy-bot") };
    let text = "Pool restarted".into();
    let note = Event::NoteTaken { kind: NoteKind::Note, text, facets: Facets::default(), meeting: None, action: None };
    log.note_late("14:44:00", "14:44:00", by, note);
    if let Some(last) = log.records.last_mut() {
        (last.at, last.rec) = (moscow, moscow);
    }
    let drawn = shown(&log.view(), (120, 40), at(CALM), Lang::En);
    assert!(drawn.contains("14:44   note       Pool restarted"), "{drawn}");
    assert!(!drawn.contains("16:44"), "{drawn}");
    assert!(drawn.contains("$deploy"), "{drawn}");
    assert!(drawn.contains("~Eva"), "{drawn}");
    // Before the change of clocks the same zone had another offset: it stands beside the time.
    if let Some(last) = log.records.last_mut() {
        let summer = Moment::parse("2026-10-25T00:30:00Z").expect("a moment");
        (last.at, last.rec) = (summer, summer);
    }
    let mut view = log.view();
    view.window.point(view.window.entries.first().map(crate::tui::timeline::window::place_of));
    let drawn = shown(&view, (120, 40), at(CALM), Lang::En);
    assert!(drawn.contains("── Sunday 25 October 2026"), "{drawn}");
    assert!(drawn.contains("02:30   note       CEST Pool restarted"), "{drawn}");
}

#[test]
fn nobody_leading_is_a_warning_and_a_demo_is_marked() {
    let mut view = declared().view();
    view.room.demo = true;
    let drawn = shown(&view, (120, 40), at("13:06:10"), Lang::En);
    let header = drawn.lines().next().unwrap_or_default().to_owned();
    assert!(header.contains("! no CIM yet"), "{header}");
    assert!(header.contains("DEMO"), "{header}");
    let narrow = shown(&view, (60, 12), at("13:06:10"), Lang::Sv);
    assert!(
        narrow.lines().next().is_some_and(|header| header.contains("DEMO") && header.contains("T+00:01:10")),
        "{narrow}"
    );
}

#[test]
fn an_answer_that_was_redacted_says_so_however_little_room_there_is() {
    let mut log = busy();
    let target = log.note("14:46:00", "Anna Lind", answered("what", "a name that has to go", Certainty::Confirmed));
    log.note("14:46:30", "Anna Lind", Event::EntryRedacted { target, reason: "a person's name".into() });
    for size in [(120, 40), (100, 20), (60, 12)] {
        let screen = shown(&log.view(), size, at(CALM), Lang::En);
        assert!(screen.contains("redacted") && !screen.contains("has to go"), "{size:?}\n{screen}");
    }
}
