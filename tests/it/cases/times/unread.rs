//! What is said of words that look like a time, and of copies of a chat.

use serde_json::json;

use super::{entries, pairs, room_at, said};

#[test]
fn words_may_begin_with_the_mark_of_a_list() {
    let world = room_at("2026-11-29T14:47:00+01:00");
    for text in ["- 14:05 the pool is up", "-- 14:06 x", "* 14:07 y", "-12m z"] {
        world.klock(["log", text]).ok();
    }
    world.klock(["action", "open", "- order a disk"]).ok();
    let expected = pairs(&[
        ("2026-11-29T14:05:00.000+01:00", "the pool is up"),
        ("2026-11-29T14:07:00.000+01:00", "y"),
        ("2026-11-29T14:35:00.000+01:00", "z"),
        ("2026-11-29T14:47:00.000+01:00", "-- 14:06 x"),
        ("2026-11-29T14:47:00.000+01:00", "Action 1: - order a disk"),
    ]);
    assert_eq!(said(&world), expected);
}

#[test]
fn that_no_clock_is_set_is_said() {
    let mut world = room_at("2026-11-29T14:47:00+01:00");
    for text in ["31 Nov 10:00", "[22:04]x", "soon"] {
        let run = world.klock(["answer", "eta", text]);
        assert_eq!(run.err.trim_end(), format!("klock: “{text}” is not a time to come: no clock is set."));
        run.ok();
    }
    let run = world.klock(["answer", "eta", "friday noon"]);
    assert!(!run.err.contains("no clock"), "{}", run.err);
    run.ok();
    for words in
        [&["log", "act: order a disk by friday morning"][..], &["action", "open", "order a disk by friday morning"]]
    {
        let run = world.klock(words);
        assert_eq!(run.err.trim_end(), "klock: “by friday morning” sets no due time");
        run.ok();
    }
    let run = world.klock(["log", "25:61 the pool is up"]);
    assert_eq!(run.err.trim_end(), "klock: “25:61” is not read as a time");
    run.ok();
    let err = world.klock(["answer", "eta", "24 nov"]).fails(1);
    assert!(err.contains("has passed"), "{err}");
    world.set("KLOCK_LANG", "sv");
    let run = world.klock(["answer", "eta", "31 nov 10:00"]);
    assert_eq!(run.err.trim_end(), "klock: ”31 nov 10:00” är ingen kommande tid: ingen klocka ställs.");
    run.ok();
}

#[test]
fn a_chat_is_read_with_the_name_and_the_time_above() {
    let world = room_at("2026-11-29T14:47:00+01:00");
    let text = "Eva Larsson  [2:05 PM]\nlb-2 is down\nagain\n\nOlle Berg\n  2:06 PM\nd: fail over\n\n\
                29/11/2026, 14:07 - Eva: done\n192.0.2.7 - - [29/Nov/2026:14:08:12 +0100] \"GET /\" 200\n";
    let run = world.klock_reading(["log", "-"], text);
    assert_eq!(run.err, "");
    run.ok();
    assert_eq!(
        entries(&world),
        json!([
            ["2026-11-29T14:05:00.000+01:00", "note", "[Eva Larsson] lb-2 is down", null],
            ["2026-11-29T14:05:00.000+01:00", "note", "[Eva Larsson] again", null],
            ["2026-11-29T14:06:00.000+01:00", "decision", "[Olle Berg] fail over", null],
            ["2026-11-29T14:07:00.000+01:00", "note", "Eva: done", null],
            ["2026-11-29T14:08:12.000+01:00", "note", "192.0.2.7 - - [29/Nov/2026:14:08:12 +0100] \"GET /\" 200", null],
        ])
    );
}

#[test]
fn nothing_that_can_be_seen_is_no_reason() {
    let world = room_at("2026-11-29T14:47:00+01:00");
    for text in ["\u{200b}", "\u{2060} \u{feff}"] {
        world.klock(["log", text]).fails(1);
        world.klock(["activate", "--reason", text]).fails(1);
    }
    assert_eq!(entries(&world), json!([]));
}

#[test]
fn an_hour_that_never_was_is_said_to_be_none() {
    let world = room_at("2026-03-29T00:00:00+01:00");
    world.set_clock("2026-03-29T14:00:00+02:00");
    let err = world.klock(["log", "--at", "02:30", "x"]).fails(1);
    assert!(err.contains("--at: “02:30” did not exist on that day"), "{err}");
}

#[test]
fn an_offset_of_a_day_is_no_zone() {
    let mut world = room_at("2026-11-29T14:47:00+01:00");
    world.set("TZ", "AAA+24");
    let run = world.klock(["timeline"]);
    assert!(run.err.contains("TZ=AAA+24 is not understood: times are in UTC."), "{}", run.err);
    run.ok();
}
