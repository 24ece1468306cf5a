//! What is printed: zones, days, links, and nothing that steers a terminal.

use serde_json::Value;

use crate::world::World;

/// The times that `text` has as RFC 3339, each with its offset.
fn offsets(text: &str) -> Vec<&str> {
    let is_stamp = |word: &&str| chrono::DateTime::parse_from_rfc3339(word).is_ok();
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | ':' | '.')));
    words.filter(is_stamp).map(|stamp| &stamp[23..]).collect()
}

/// The lines of `text` that hold `what`.
fn lines<'a>(text: &'a str, what: &str) -> Vec<&'a str> {
    text.lines().filter(|line| line.contains(what)).collect()
}

/// Three people in three zones write within three seconds, and one of them answers (case 03).
fn three_zones() -> World {
    let mut world = World::new();
    world.set_clock("2026-11-29T20:45:00Z");
    world.open("Case");
    for (nth, (zone, text)) in
        [("Europe/Stockholm", "anna writes"), ("America/New_York", "bob writes"), ("UTC", "the server writes")]
            .into_iter()
            .enumerate()
    {
        world.set("TZ", zone);
        world.set_clock(&format!("2026-11-29T20:45:0{}Z", nth + 1));
        world.klock(["log", text]).ok();
        world.klock(["log", "--at", "-5m", &format!("{text} of before")]).ok();
    }
    world.klock(["action", "open", "@eva order a disk by 23:30"]).ok();
    world.klock(["check", "cim-in-place"]).ok();
    world.klock(["answer", "eta", "23:15"]).ok();
    world
}

#[test]
fn every_list_gives_its_times_in_the_zone_of_the_reader_and_names_it() {
    let mut world = three_zones();
    for (zone, time, due, long, short) in [
        ("Europe/Stockholm", "21:45", "30 Nov 00:30", "CET (UTC+01:00)", "CET"),
        ("America/New_York", "15:45", "18:30", "EST (UTC-05:00)", "EST"),
        ("Asia/Kolkata", "02:15", "05:00", "IST (UTC+05:30)", "UTC+05:30"),
    ] {
        world.set("TZ", zone);
        let timeline = world.klock(["timeline"]).ok();
        assert!(timeline.lines().next().is_some_and(|rule| rule.ends_with(&format!("── {long} ──"))), "{timeline}");
        let writes = lines(&timeline, "writes");
        let times: Vec<&str> = writes.iter().map(|line| &line[7..15]).collect();
        assert_eq!(times.len(), 6, "{timeline}");
        assert!(times.is_sorted(), "in the order printed: {times:?}");
        assert!(times[3..].iter().all(|at| at.starts_with(time)), "{times:?}");

        let report = world.klock(["export"]).ok();
        assert!(
            report.lines().nth(2).is_some_and(|line| line.replace("\\", "").contains(&format!("{zone}, {long}"))),
            "{report}"
        );
        assert_eq!(lines(&report, "** anna writes (")[0][2..10], *times[3], "{report}");

        let status = world.klock(["status"]).ok();
        assert!(lines(&status, "declared")[0].ends_with(long), "{status}");
        assert!(lines(&status, "CIM in place").is_empty(), "{status}");
        let actions = world.klock(["action", "list"]).ok();
        assert!(actions.starts_with(&format!("Times in {long}\n")), "{actions}");
        // New York's 23:30 was said by the server in UTC.
        assert!(actions.contains(&format!("due {due}")), "{actions}");
        let items = world.klock(["item", "list"]).ok();
        assert!(items.starts_with(&format!("Times in {long}\n")), "{items}");
        let rooms = world.klock(["rooms"]).ok();
        assert!(rooms.contains(&format!("{time} {short}  P1")), "{rooms}");
        let host = world.klock(["host", "status"]).ok();
        assert!(host.lines().next().is_some_and(|line| line.ends_with(&format!("{time} {short}"))), "{host}");
    }
}

#[test]
fn what_programs_read_has_one_offset_too() {
    let mut world = three_zones();
    for (zone, offset) in [("Europe/Stockholm", "+01:00"), ("America/New_York", "-05:00"), ("Asia/Kolkata", "+05:30")] {
        world.set("TZ", zone);
        for arguments in [
            &["timeline", "--json"][..],
            &["status", "--json"],
            &["rooms", "--json"],
            &["action", "list", "--json"],
            &["item", "list", "--json"],
            &["host", "status", "--json"],
            &["export", "--format", "json"],
            &["export", "--format", "csv"],
            &["log", "--json", "a receipt"],
            &["log", "a receipt"],
        ] {
            let printed = world.klock(arguments).ok();
            let found = offsets(&printed);
            assert!(!found.is_empty(), "{arguments:?}: {printed}");
            assert!(found.iter().all(|found| *found == offset), "{arguments:?}: {printed}");
        }
        assert_eq!(world.status()["zone"], zone);
    }
}

/// A record that spans the change of clocks: both hours that show 02:30 are told apart.
#[test]
fn over_a_change_of_clocks_each_time_says_its_zone() {
    let world = World::new();
    world.set_clock("2026-10-25T00:20:00Z");
    world.open("Case");
    world.set_clock("2026-10-25T00:30:00Z");
    world.klock(["log", "in summer"]).ok();
    world.set_clock("2026-10-25T01:30:00Z");
    world.klock(["log", "in winter"]).ok();
    let timeline = world.klock(["timeline"]).ok();
    let rules: Vec<&str> = lines(&timeline, "── ");
    assert_eq!(
        rules,
        ["── Sunday 25 October 2026 ── CEST (UTC+02:00) ──", "── Sunday 25 October 2026 ── CET (UTC+01:00) ──"]
    );
    let place = |what: &str| timeline.find(what).expect("there");
    assert!(place("in summer") < place(rules[1]) && place(rules[1]) < place("in winter"), "{timeline}");
    let report = world.klock(["export"]).ok();
    assert!(report.contains("- 02:30:00 **note** in summer"), "{report}");
    assert!(report.contains("- 02:30:00 CET **note** in winter"), "{report}");
    let head = report.lines().nth(2).unwrap_or_default();
    assert!(head.contains("CEST (UTC+02:00)") && head.contains("CET (UTC+01:00)"), "{head}");
    let status = world.klock(["status"]).ok();
    assert!(status.contains("declared 02:20 CEST · CET (UTC+01:00)"), "{status}");
}

/// What is expected, called and due tomorrow says so everywhere (case 15 and T11).
#[test]
fn a_time_of_another_day_says_which() {
    for (lang, day) in [("en", "30 Nov"), ("sv", "30 nov")] {
        let mut world = World::new();
        world.set("KLOCK_LANG", lang);
        world.set_clock("2026-11-29T21:45:00+01:00");
        let room = world.open("Case");
        world.klock(["answer", "eta", "tomorrow 08:00"]).ok();
        world.klock(["meeting", "call", "tomorrow 08:00"]).ok();
        world.klock(["shift", "tomorrow 08:00", "Eva"]).ok();
        world.klock(["clock", "snooze", "first-meeting", "600", "--reason", "asleep"]).ok();
        world.klock(["action", "open", "order a disk"]).ok();
        world.klock(["action", "update", "1", "--due", "tomorrow 08:00"]).ok();
        let eight = format!("{day} 08:00");
        let timeline = world.klock(["timeline"]).ok();
        let report = world.klock(["export"]).ok();
        let csv = world.klock(["export", "--format", "csv"]).ok();
        let json = world.klock(["export", "--format", "json"]).ok();
        let status = world.klock(["status"]).ok();
        let actions = world.klock(["action", "list"]).ok();
        for printed in [&timeline, &report, &csv, &json, &status, &actions] {
            for (at, _) in printed.match_indices("08:00") {
                let is_stamp = printed[..at].ends_with('T');
                let is_offset = printed[..at].ends_with("UTC+") || printed[..at].ends_with('+');
                assert!(is_stamp || is_offset || printed[..at + 5].ends_with(&eight), "{printed}");
            }
        }
        assert!(lines(&timeline, &eight).len() >= 4, "{timeline}");
        assert!(lines(&csv, &eight).len() >= 3, "{csv}");
        assert!(status.contains(&format!("({day} 08:45)")), "the snoozed clock: {status}");
        // The next morning the evening before is the other day.
        world.set_clock("2026-11-30T07:00:00+01:00");
        let status = world.klock(["status", "-r", &room]).ok();
        assert!(status.contains(&format!("29 {} 21:45", &day[3..])), "{status}");
        assert!(status.contains("      08:00 · 1:00:00"), "{status}");
        let actions = world.klock(["action", "list"]).ok();
        assert!(actions.contains(" 08:00") && !actions.contains(&eight), "{actions}");
    }
}

#[test]
fn another_year_is_said_as_well() {
    let world = World::new();
    world.set_clock("2026-12-31T23:00:00+01:00");
    world.open("Case");
    world.klock(["answer", "eta", "tomorrow 08:00"]).ok();
    assert!(world.klock(["timeline"]).ok().contains("ETA: 1 Jan 2027 08:00"));
    let answer: Value = world.status()["questions"][4]["answer"].clone();
    assert_eq!(answer, "1 Jan 2027 08:00");
}
