//! Times and words as people type them.

mod ahead;
mod forms;
mod unread;

use chrono::DateTime;
use serde_json::{Value, json};

use crate::hand::Hand;
use crate::world::World;

/// A world at `clock` with one room, whose own entries are the first three.
fn room_at(clock: &str) -> World {
    let world = World::new();
    world.set_clock(clock);
    world.open("Case");
    world
}

/// Time, kind, words and due time of every entry after the room's own, in the timeline's order.
fn entries(world: &World) -> Value {
    let lines = world.klock(["timeline", "--json"]).ok();
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let lines = lines.filter(|line| line["seq"].as_u64() > Some(3));
    lines.map(|line| json!([line["at"], line["kind"], line["text"], line["due"]])).collect()
}

/// The same of times and words only.
fn said(world: &World) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    entries(world).as_array().expect("a list").iter().map(|line| (text(&line[0]), text(&line[2]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(at, text)| ((*at).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn halves_of_the_day_and_zones_are_understood() {
    // Case 04.
    let world = room_at("2026-11-29T23:00:00+01:00");
    let run = world.klock_reading(["log", "-"], include_str!("../../data/cases/04-clock-words.txt"));
    assert_eq!(run.err, "");
    run.ok();
    let expected = pairs(&[
        ("2026-11-29T00:05:00.000+01:00", "failover begun"),
        ("2026-11-29T14:04:00.000+01:00", "the pager went off"),
        ("2026-11-29T22:04:00.000+01:00", "errors above five percent in the west"),
    ]);
    assert_eq!(said(&world), expected);
}

#[test]
fn a_zone_that_can_be_several_is_not_guessed() {
    // Case 04.
    let world = room_at("2026-11-29T23:00:00+01:00");
    let run = world.klock(["log", "13:04 IST d: the pager went off"]);
    assert!(run.err.contains("IST"), "{}", run.err);
    run.ok();
    assert_eq!(
        entries(&world),
        json!([["2026-11-29T23:00:00.000+01:00", "note", "13:04 IST d: the pager went off", null]])
    );
    let err = world.klock(["restore", "--at", "13:04 IST"]).fails(2);
    assert!(err.contains("--at: ") && err.contains("IST") && err.contains("+01:00"), "{err}");
}

#[test]
fn words_of_a_note_are_kept_as_written() {
    // Case 06.
    let world = room_at("2026-11-29T21:46:00+01:00");
    let text = include_str!("../../data/cases/06-prose.txt");
    let run = world.klock_reading(["log", "-"], text);
    assert_eq!(run.err, "", "none of them begins with a time");
    run.ok();
    let now = "2026-11-29T21:46:00.000+01:00";
    let expected: Vec<Value> = text.lines().map(|line| json!([now, "note", line, null])).collect();
    assert_eq!(entries(&world), json!(expected));
    assert_eq!(world.klock(["action", "list", "--all", "--json"]).json(), json!([]));
}

#[test]
fn a_condition_stays_in_the_words_and_stands_beside_them() {
    // Finding A16, and README's own example.
    let world = room_at("2026-11-29T13:46:00+01:00");
    world.klock(["log", "d: switch to plan B if not verified by 21:00"]).ok();
    world.klock(["log", "@olle restarts the pool +15m #A"]).ok();
    world.klock(["action", "open", "@eva order a spare disk by friday #storage"]).ok();
    world.klock(["log", "act: it was mitigated by 13:10"]).ok();
    let due = |day: &str| json!(format!("2026-{day}.000+01:00"));
    let now = due("11-29T13:46:00");
    assert_eq!(
        entries(&world),
        json!([
            [now, "decision", "switch to plan B if not verified by 21:00", due("11-29T21:00:00")],
            [now, "note", "@olle restarts the pool +15m #A", due("11-29T14:01:00")],
            [now, "action", "Action 3: @eva order a spare disk by friday #storage", due("12-04T17:00:00")],
            [now, "action", "Action 4: it was mitigated by 13:10", null],
        ])
    );
    let actions = world.klock(["action", "list", "--json"]).json();
    let owners: Vec<&Value> = actions.as_array().expect("a list").iter().map(|action| &action["owner"]).collect();
    assert_eq!(owners, [&Value::Null, &json!("olle"), &json!("eva"), &Value::Null]);
}

#[test]
fn what_a_flag_says_is_not_read_from_the_words() {
    // Case 07.
    let world = room_at("2026-11-29T21:46:00+01:00");
    let lines = "resource: disk.web will be created\nd: 5 GB left\n[14:05] x\n- 14:06 y\n\\z\n";
    let run = world.klock_reading(["log", "--kind", "test", "-"], lines);
    assert_eq!(run.err, "");
    run.ok();
    world.klock(["log", "--at", "00:10", "00:05 the batch began"]).ok();
    world.klock(["log", "--at", "00:11", "d: 5 GB left"]).ok();
    world.klock(["log", "--kind", "decision", "23:10 is when the batch begins"]).ok();
    world.klock(["action", "open", "resource: order disk.web"]).ok();
    let (early, later, now) =
        ("2026-11-29T00:10:00.000+01:00", "2026-11-29T00:11:00.000+01:00", "2026-11-29T21:46:00.000+01:00");
    assert_eq!(
        entries(&world),
        json!([
            [early, "note", "00:05 the batch began", null],
            [later, "note", "d: 5 GB left", null],
            [now, "test", "resource: disk.web will be created", null],
            [now, "test", "d: 5 GB left", null],
            [now, "test", "[14:05] x", null],
            [now, "test", "- 14:06 y", null],
            [now, "test", "\\z", null],
            [now, "decision", "23:10 is when the batch begins", null],
            [now, "action", "Action 1: resource: order disk.web", null],
        ])
    );
}

#[test]
fn times_of_logs_and_chats_are_read_and_the_others_are_counted() {
    // Case 08.
    let world = room_at("2026-11-29T21:46:00+01:00");
    let text = include_str!("../../data/cases/08-times-not-read.txt");
    let run = world.klock_reading(["log", "-"], &format!("{text}nothing here says when\n13:04 IST which\n"));
    assert_eq!(run.err, "klock: 2 of 6 lines have no time that was understood: they stand at 21:46.\n");
    run.ok();
    let expected = pairs(&[
        ("2026-11-29T04:04:05.000+01:00", "pool exhausted"),
        ("2026-11-29T14:05:00.000+01:00", "restarted the pool"),
        ("2026-11-29T14:05:12.000+01:00", "<eva> looking at lb-2"),
        ("2026-11-29T14:06:00.000+01:00", "restarted the pool again"),
        ("2026-11-29T21:46:00.000+01:00", "nothing here says when"),
        ("2026-11-29T21:46:00.000+01:00", "13:04 IST which"),
    ]);
    assert_eq!(said(&world), expected);
    // A pipe whose lines show no time at all has nothing to be told.
    let run = world.klock_reading(["log", "-"], "one\ntwo\n");
    assert_eq!(run.err, "");
    let mut world = world;
    world.set("KLOCK_LANG", "sv");
    let run = world.klock_reading(["log", "-"], "kl. 14.05: omstart\n- ingen tid\n");
    assert_eq!(run.err, "klock: 1 av 2 rader har ingen tid som gick att förstå: den står på 21:46.\n");
}

#[test]
fn a_log_of_last_evening_is_read_after_midnight() {
    // Finding A3, in a pipe.
    let world = room_at("2026-11-30T00:30:00+01:00");
    let run = world.klock_reading(["log", "-"], "[23:50:00] one\n14:05 two\n00:10 three\n");
    assert_eq!(run.err, "klock: 2 of 3 lines say a time of day that has not come today: they stand on 2026-11-29.\n");
    let expected = pairs(&[
        ("2026-11-29T14:05:00.000+01:00", "two"),
        ("2026-11-29T23:50:00.000+01:00", "one"),
        ("2026-11-30T00:10:00.000+01:00", "three"),
    ]);
    assert_eq!(said(&world), expected);
}

#[test]
fn a_time_ahead_is_a_plan_and_never_yesterday() {
    // Finding A3.
    let world = room_at("2026-11-29T20:39:00+01:00");
    let run = world.klock(["log", "21:04 vendor calls back"]);
    assert!(run.err.contains("due 21:04") && run.err.contains("y 21:04"), "{}", run.err);
    run.ok();
    world.klock(["log", "y 21:04 vendor called"]).ok();
    let run = world.klock_reading(["log", "-"], "21:05 vendor calls back\n20:01 x\n");
    assert!(
        run.err.starts_with("klock: 1 of 2 lines says a time that has not come yet: it stands at 20:39"),
        "{}",
        run.err
    );
    let now = "2026-11-29T20:39:00.000+01:00";
    assert_eq!(
        entries(&world),
        json!([
            ["2026-11-28T21:04:00.000+01:00", "note", "vendor called", null],
            ["2026-11-29T20:01:00.000+01:00", "note", "x", null],
            [now, "note", "21:04 vendor calls back", "2026-11-29T21:04:00.000+01:00"],
            [now, "note", "21:05 vendor calls back", null],
        ])
    );
    let err = world.klock(["restore", "--at", "21:04"]).fails(1);
    assert!(err.contains("--at: 21:04 has not come yet: it is 20:39") && err.contains("y 21:04"), "{err}");
    let mut world = world;
    world.set("KLOCK_LANG", "sv");
    assert!(world.klock(["restore", "--at", "21.04"]).fails(1).contains("i går 21.04"));
}

#[test]
fn minutes_over_a_change_of_clocks_are_minutes() {
    // Case 18, in spring: at two it became three.
    let world = room_at("2026-03-29T00:00:00+01:00");
    world.set_clock("2026-03-29T03:10:00+02:00");
    world.klock(["log", "-30m the first alarm"]).ok();
    world.klock(["log", "--at", "-30m", "the second alarm"]).ok();
    assert_eq!(
        said(&world).into_iter().filter(|(_, text)| text.ends_with("alarm")).collect::<Vec<_>>(),
        pairs(&[
            ("2026-03-29T01:40:00.000+01:00", "the first alarm"),
            ("2026-03-29T01:40:00.000+01:00", "the second alarm"),
        ])
    );
    assert!(world.klock(["timeline"]).ok().contains("01:40:00  note        the first alarm"));
    assert!(world.klock(["export"]).ok().contains("- 01:40:00 **note** the first alarm"));
}

#[test]
fn what_is_to_come_is_shown_as_the_clocks_will_show_it() {
    // Case 18: what is due, put off or expected on the other side of a change of clocks.
    for (begin, due, snoozed) in [
        ("2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00.000+02:00", "2026-03-29T03:40:00.000+02:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00.000+01:00", "2026-10-25T02:40:00.000+01:00"),
    ] {
        let world = room_at(begin);
        world.klock(["log", "act: renew the certificate +1h"]).ok();
        world.klock(["answer", "eta", "+1h"]).ok();
        assert_eq!(entries(&world)[0][3], due);
        let status = world.status();
        let of = |list: &str, key: &str| {
            let list = status[list].as_array().expect("a list").clone();
            list.into_iter().find(|one| one["id"] == key || one["key"] == key).expect("it is there")
        };
        assert_eq!(of("clocks", "first-meeting")["due_at"], due);
        assert_eq!(of("questions", "eta")["time"], due);
        let items = world.klock(["item", "list", "--json"]).json();
        let items = items.as_array().expect("a list").iter().filter_map(|item| item["due_at"].as_str());
        let moment = |text: &str| DateTime::parse_from_rfc3339(text).expect("a time");
        let wrong: Vec<&str> = items.filter(|at| moment(at) >= moment(due) && !at.ends_with(&due[23..])).collect();
        assert_eq!(wrong, [""; 0], "from {due} on");
        world.klock(["notice", "sent", "--notice", "first", "x"]).ok();
        assert_eq!(world.klock(["rooms", "--json"]).json()[0]["next_clock"]["due_at"], due);
        world.klock(["clock", "snooze", "first-meeting", "10m", "--reason", "travel"]).ok();
        let journal = world.klock(["export", "--format", "jsonl"]).ok();
        let snooze = journal.lines().find(|line| line.contains("ClockSnoozed")).expect("it is recorded");
        let snooze: Value = serde_json::from_str(snooze).expect("JSON");
        assert_eq!(snooze["event"]["ClockSnoozed"]["until"], snoozed);
    }
}

#[test]
fn the_time_of_an_entry_is_corrected() {
    // Case 23.
    let world = room_at("2026-11-29T21:46:00+01:00");
    world.klock(["log", "the switch was replaced"]).ok();
    world.klock(["log", "second"]).ok();
    world.klock(["entry", "amend", "4", "--at", "00:05", "the switch was replaced"]).ok();
    let line = |seq: u64| {
        let lines = world.klock(["timeline", "--json"]).ok();
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines.enumerate().find(|(_, line)| line["seq"] == seq).expect("the entry")
    };
    let (place, moved) = line(4);
    assert_eq!(place, 0, "it stands where it happened");
    assert_eq!(
        [&moved["at"], &moved["was_at"], &moved["text"], &moved["was"]],
        [
            &json!("2026-11-29T00:05:00.000+01:00"),
            &json!("2026-11-29T21:46:00.000+01:00"),
            &json!("the switch was replaced"),
            &Value::Null
        ]
    );
    let timeline = world.klock(["timeline"]).ok();
    assert!(timeline.contains("00:05:00  note        the switch was replaced"), "{timeline}");
    assert!(timeline.contains("[moved from 21:46:00]"), "{timeline}");
    // The correction itself stands at the time when it was made.
    assert_eq!(line(6).1["at"], "2026-11-29T21:46:00.000+01:00");
    // Words too, and a time of another day, and the filters follow.
    world.klock(["entry", "amend", "4", "--at", "y 23:50", "the switch was replaced by Eva"]).ok();
    let (_, moved) = line(4);
    assert_eq!(
        [&moved["at"], &moved["text"], &moved["was"]],
        [
            &json!("2026-11-28T23:50:00.000+01:00"),
            &json!("the switch was replaced by Eva"),
            &json!("the switch was replaced")
        ]
    );
    let found = world.klock(["timeline", "--since", "2026-11-28 23:00", "--until", "2026-11-28"]).ok();
    assert!(found.contains("replaced by Eva") && !found.contains("second"), "{found}");
    let found = world.klock(["timeline", "--since", "2026-11-29 21:00"]).ok();
    assert!(!found.contains("note        the switch"), "{found}");
    let report = world.klock(["export"]).ok();
    assert!(
        report.contains("- 23:50:00 **note** the switch was replaced by Eva ~~the switch was replaced~~"),
        "{report}"
    );
    assert!(world.klock(["export", "--format", "csv"]).ok().contains("2026-11-29T21:46:00.000+01:00\r\n"));
    // A host that starts again, with the fold that was kept or without the index, has it the same.
    world.klock(["host", "stop"]).ok();
    std::fs::remove_dir_all(world.data_dir().join("index.sled")).expect("the index");
    assert_eq!(line(4).0, 0);
    assert!(world.klock(["verify"]).ok().contains("sound"));
    // What cannot be meant is refused, and other corrections are made when they are made.
    assert!(world.klock(["entry", "amend", "4", "--at", "22:00"]).fails(1).contains("--at: 22:00 has not come yet"));
    assert!(world.klock(["entry", "amend", "4", "--at", "y 23:50"]).fails(1).contains("says that already"));
    assert!(world.klock(["entry", "amend", "1", "--at", "00:05"]).fails(1).contains("cannot be changed"));
    world.klock(["entry", "amend", "4"]).fails(2);
    for verb in ["strike", "star"] {
        let err = world.klock(["entry", verb, "5", "--at", "00:05"]).fails(2);
        assert!(err.contains("leave --at out"), "{err}");
    }
}

#[test]
fn zones_are_as_date_has_them() {
    // Case 25.
    let mut world = room_at("2026-11-29T21:46:00+01:00");
    for (zone, expected) in [
        ("CET-1CEST", "2026-11-29T21:46:00.000+01:00"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-11-29T21:46:00.000+01:00"),
        ("EST5EDT", "2026-11-29T15:46:00.000-05:00"),
        ("UTC0", "2026-11-29T20:46:00.000+00:00"),
        ("<+02>-2", "2026-11-29T22:46:00.000+02:00"),
        (":Europe/Stockholm", "2026-11-29T21:46:00.000+01:00"),
        ("/usr/share/zoneinfo/Europe/Stockholm", "2026-11-29T21:46:00.000+01:00"),
        ("", "2026-11-29T20:46:00.000+00:00"),
    ] {
        world.set("TZ", zone);
        let run = world.klock(["log", "x"]);
        assert_eq!(
            (run.out.trim().split_once(' ').map(|(_, at)| at), run.err.as_str()),
            (Some(expected), ""),
            "TZ={zone}"
        );
    }
    world.set_clock("2026-03-20T12:00:00Z");
    world.set("TZ", "CET-1CEST");
    assert!(world.klock(["log", "x"]).ok().contains("2026-03-20T14:00:00.000+02:00"), "the C library's own rules");
}

#[test]
fn a_zone_that_is_not_understood_is_said() {
    // Case 25.
    let mut world = room_at("2026-11-29T21:46:00+01:00");
    world.set("TZ", "Foo/Bar");
    for verb in [&["log", "x"][..], &["timeline"], &["status"], &["answer", "what", "x"], &["export"], &["rooms"]] {
        let run = world.klock(verb);
        assert!(run.err.contains("TZ=Foo/Bar is not understood: times are in UTC"), "{verb:?}: {}", run.err);
        run.ok();
    }
    assert_eq!(world.klock(["status", "--tmux"]).err, "");
    let mut anna = Hand::sit_down(&world, &[], (120, 40));
    anna.sees(&["TZ=Foo/Bar is not understood", "UTC"]);
}

#[test]
fn a_slip_in_the_year_is_refused_or_asked_for() {
    // Case 26.
    let world = room_at("2026-11-29T21:46:00+01:00");
    for year in ["0026", "2016", "1960"] {
        let err = world.klock(["log", "--at", &format!("{year}-11-29 10:00"), "the pump was started"]).fails(1);
        for said in [&format!("--at: 29 Nov {year} 10:00"), " is more than a year back. Check the year; --old"] {
            assert!(err.contains(said), "{err}");
        }
    }
    for at in ["20226-11-29 10:00", "9999-11-29 10:00", "2027-11-29 10:00"] {
        assert!(world.klock(["log", "--at", at, "x"]).fails(1).contains("--at: "), "{at}");
    }
    assert_eq!(entries(&world), json!([]));
    world.klock(["log", "--old", "--at", "2016-11-29 10:00", "the pump was stopped"]).ok();
    world.klock(["log", "--old", "--at", "0026-11-29 10:00", "x"]).fails(1);
    assert_eq!(said(&world), pairs(&[("2016-11-29T10:00:00.000+01:00", "the pump was stopped")]));
    world.klock(["open", "Old", "--at", "2016-11-29 10:00"]).fails(1);
    world.klock(["open", "Old", "--at", "2016-11-29 10:00", "--old"]).ok();
    let err = world.klock(["answer", "eta", "2036-11-29 10:00", "-r", "2026-001"]).fails(1);
    assert!(err.contains("TEXT: 29 Nov 2036 10:00 is more than two years ahead"), "{err}");
    let run = world.klock(["log", "-r", "2026-001", "0026-11-29 10:00 the pump was started"]);
    assert!(run.err.contains("more than a year back"), "{}", run.err);
}

#[test]
fn no_clock_is_too_early_or_too_late() {
    // Finding D22.
    for (clock, at) in [
        ("0001-01-01T00:00:00Z", "0000-12-31T23:55:00.000+00:00"),
        ("1900-01-01T12:00:00Z", "1900-01-01T11:55:00.000+00:00"),
        ("1960-06-01T12:00:00Z", "1960-06-01T11:55:00.000+00:00"),
        ("2106-02-07T06:28:16Z", "2106-02-07T06:23:16.000+00:00"),
        ("9999-12-31T23:50:00Z", "9999-12-31T23:45:00.000+00:00"),
    ] {
        let mut world = World::new();
        world.set("TZ", "UTC");
        world.set_clock(clock);
        let room = world.open("Case");
        assert_eq!(world.klock(["log", "-5m x"]).ok().trim(), format!("4 {at}"), "{clock}");
        world.klock(["action", "open", "@eva z +20m"]).ok();
        world.klock(["meeting", "start"]).ok();
        for verb in [&["timeline"][..], &["status"], &["status", "--json"], &["export"], &["verify"], &["item", "list"]]
        {
            world.klock(verb).ok();
        }
        world.klock(["host", "stop"]).ok();
        assert!(world.klock(["timeline", "-r", &room]).ok().contains("@eva z +20m"), "{clock}: read again");
    }
}
