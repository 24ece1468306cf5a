//! What is printed: zones, days, links, and nothing that steers a terminal.

mod hostile;

use serde_json::Value;

use crate::pty::Terminal;
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

/// Down for an hour, up for four, down for an hour (case 14).
#[test]
fn a_reopened_incident_names_each_outage() {
    for (lang, down, state) in
        [("en", "down 1 h + 1 h within 6 h", "restored"), ("sv", "nere 1 h + 1 h inom 6 h", "återställd")]
    {
        let mut world = World::new();
        world.set("KLOCK_LANG", lang);
        world.set_clock("2026-11-29T11:00:00+01:00");
        world.open("Case");
        world.set_clock("2026-11-29T12:00:00+01:00");
        world.klock(["restore", "works"]).ok();
        assert!(!world.klock(["export"]).ok().contains(" + "), "one outage needs no sum");
        world.set_clock("2026-11-29T16:00:00+01:00");
        world.klock(["reopen", "--reason", "again"]).ok();
        world.set_clock("2026-11-29T17:00:00+01:00");
        world.klock(["restore", "works again"]).ok();
        // What is asked later changes nothing.
        world.set_clock("2026-11-30T08:00:00+01:00");

        let report = world.klock(["export"]).ok();
        let summary = lines(&report, down);
        assert_eq!(summary.len(), 1, "{report}");
        assert!(summary[0].contains("2026-11-29 12:00:00") && summary[0].contains("2026-11-29 17:00:00"), "{report}");
        assert!(report.contains("| 11:00–12:00, 16:00–17:00: 1 h + 1 h = 2 h |"), "{report}");
        let figures = report.find("| 2026-11-29 12:00:00 |").zip(report.find("| 2026-11-29 16:00:00 |"));
        assert!(figures.is_some_and(|(first, then)| first < then), "{report}");

        let status = world.klock(["status"]).ok();
        let figure = status.lines().nth(1).unwrap_or_default();
        assert!(figure.contains(state) && figure.contains("2:00:00") && figure.ends_with("T+06:00:00"), "{status}");
        let times = status.lines().nth(2).unwrap_or_default();
        assert_eq!(times.matches("29 ").count(), 4, "{status}");
        for json in [world.status(), world.klock(["export", "--format", "json"]).json()] {
            assert_eq!((&json["elapsed_s"], &json["down_s"]), (&(6 * 3600).into(), &(2 * 3600).into()));
            assert_eq!(json["outages"].as_array().map(Vec::len), Some(2));
            assert_eq!(json["outages"][0]["restored_at"], "2026-11-29T12:00:00.000+01:00");
            assert_eq!(json["outages"][1]["began_at"], "2026-11-29T16:00:00.000+01:00");
            assert_eq!(json["outages"][1]["seconds"], 3600);
        }
        let kinds = world.klock(["export", "--format", "csv"]).ok();
        assert_eq!(lines(&kinds, ",restored,").len(), 2, "{kinds}");
    }
}

/// The same while it is down again; and no restoration lies outside of its outage.
#[test]
fn an_incident_that_is_open_again_says_so() {
    let world = World::new();
    world.set_clock("2026-11-29T11:00:00+01:00");
    world.open("Case");
    world.set_clock("2026-11-29T12:00:00+01:00");
    world.klock(["restore", "works"]).ok();
    world.set_clock("2026-11-29T16:00:00+01:00");
    let told = world.klock(["reopen", "--at", "11:30", "--reason", "again"]).fails(1);
    assert!(told.contains("restored at 12:00"), "{told}");
    world.klock(["reopen", "--reason", "again"]).ok();
    world.set_clock("2026-11-29T16:30:00+01:00");
    let report = world.klock(["export"]).ok();
    assert!(report.contains("down 1 h + 30 m within 5 h 30 m so far"), "{report}");
    assert!(report.contains("| Open for | 5 h 30 m |"), "{report}");
    assert!(!report.contains("declared to restored"), "{report}");
    assert!(world.klock(["status"]).ok().contains("down 1:30:00 of T+05:30:00"));
    assert!(world.klock(["status", "--brief"]).ok().contains("down 1:30:00 of T+05:30:00"));
    let told = world.klock(["restore", "--at", "13:00"]).fails(1);
    assert!(told.contains("reopened at 16:00"), "{told}");
}

/// An incident that goes on has not been restored.
#[test]
fn an_open_incident_has_no_span_until_restored() {
    for (lang, open, so_far) in [
        ("en", "| Open for | 2 h |", "| Outage so far (from start) | 2 h 10 m |"),
        ("sv", "| Öppen i | 2 h |", "| Avbrott hittills (från start) | 2 h 10 min |"),
    ] {
        let mut world = World::new();
        world.set("KLOCK_LANG", lang);
        world.klock(["open", "Case", "--began", "12:55"]).ok();
        world.advance(120);
        let report = world.klock(["export"]).ok();
        assert!(report.contains(open) && report.contains(so_far), "{report}");
        world.klock(["restore"]).ok();
        let report = world.klock(["export"]).ok();
        assert!(!report.contains(open) && !report.contains(so_far), "{report}");
    }
}

/// Addresses in a note, a title, an answer and an alert (case 19).
#[test]
fn an_address_stands_in_the_report_as_it_is() {
    let world = World::new();
    world.open("Payments, see https://wiki.example/card_gateway_502");
    world.klock(["log", "see https://runbooks.example/card_gateway_502#step_2, then www.e.example/a_b"]).ok();
    world.klock(["log", "[click](javascript:alert(1)) *now*"]).ok();
    world.klock(["open", "other", "--customer", "x"]).ok();
    let alert = r#"{"version":"4","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"X"},"annotations":{"runbook_url":"https://runbooks.example/x_y_z"},"startsAt":"2026-11-21T12:00:00Z","fingerprint":"u"}]}"#;
    world.klock_reading(["import", "-r", "2026-001"], alert).ok();
    world.klock(["answer", "-r", "2026-001", "what", "as in https://tickets.example/INC_4711?a_b=1&c=2"]).ok();
    let report = world.klock(["export", "-r", "2026-001"]).ok();
    for link in [
        "# 2026-001: Payments, see <https://wiki.example/card_gateway_502>\n",
        "see <https://runbooks.example/card_gateway_502#step_2>, then [www.e.example/a\\_b](<http://www.e.example/a_b>) (",
        "<https://runbooks.example/x_y_z>",
        "as in <https://tickets.example/INC_4711?a_b=1&c=2>",
        "\\[click\\](javascript:alert(1)) \\*now\\*",
    ] {
        assert!(report.contains(link), "{link} in {report}");
    }
}

/// An assumption does not reach the reader of the summary as a fact.
#[test]
fn the_summary_says_how_sure_an_answer_is() {
    for (lang, assumed, unknown) in [("en", "(assumed)", "(unknown)"), ("sv", "(antaget)", "(okänt)")] {
        let mut world = World::new();
        world.set("KLOCK_LANG", lang);
        world.open("Case");
        world.klock(["answer", "what", "Card terminals get 502"]).ok();
        world.klock(["answer", "why", "Expired certificate", "--certainty", "assumed"]).ok();
        let report = world.klock(["export"]).ok();
        assert!(report.contains(&format!("** Expired certificate *{assumed}*\n")), "{report}");
        assert!(report.contains("** Card terminals get 502\n"), "{report}");
        world.klock(["answer", "why", "No idea yet", "--certainty", "unknown"]).ok();
        assert!(world.klock(["export"]).ok().contains(&format!("** No idea yet *{unknown}*\n")));
    }
}

/// The report shows a struck call as struck, beside who holds the role since.
#[test]
fn a_struck_call_stays_in_the_report() {
    let world = World::new();
    world.open("Case");
    world.klock(["role", "assign", "cim", "Anna Lind"]).ok();
    let call = ["role", "call", "cim", "Olle Berg", "--how", "phone", "--takes-role"];
    let receipt = world.klock(call).ok();
    let seq = receipt.split_whitespace().next().expect("a number").to_owned();
    let said = "Olle Berg (CIM), called to take a role (phone): takes the role CIM";
    let report = world.klock(["export"]).ok();
    assert!(report.contains(&format!("- 13:05 {said}\n")) && report.contains("**CIM** Olle Berg"), "{report}");
    world.klock(["entry", "strike", &seq, "--reason", "wrong room"]).ok();
    let report = world.klock(["export"]).ok();
    assert!(report.contains(&format!("- 13:05 ~~{said}~~ (wrong room)\n")), "{report}");
    assert!(report.contains("**CIM** Anna Lind"), "{report}");
    let json = world.klock(["export", "--format", "json"]).json();
    assert_eq!(json["escalations"][0]["struck"], "wrong room");
}

/// Once service is back nobody waits for the expected end or for a newer answer.
#[test]
fn a_restored_incident_has_no_stale_answers_and_no_expected_end() {
    let world = World::new();
    let room = world.open("Case");
    world.klock(["answer", "eta", "--eta", "13:35", "when the certificate is there"]).ok();
    world.klock(["answer", "what", "502"]).ok();
    world.advance(60);
    let status = world.klock(["status"]).ok();
    assert!(status.contains("· 13:35 · +30:00") && status.contains("stale"), "{status}");
    assert_eq!(world.status()["questions"][0]["stale"], true);
    world.klock(["restore"]).ok();
    world.advance(20 * 60);
    let status = world.klock(["status"]).ok();
    assert!(status.contains("when the certificate is there · 21 Nov 13:35  (sure"), "{status}");
    assert!(!status.contains("stale"), "{status}");
    let questions = world.status_of(&room)["questions"].clone();
    assert!(
        questions.as_array().is_some_and(|all| all.iter().all(|question| question["stale"] == false)),
        "{questions}"
    );
    let mut terminal = Terminal::start(World::program(), &["join", &room], world.environment(), (120, 40));
    terminal.wait_for("21 Nov 13:35 · when the certificate");
    assert!(!terminal.text().contains("passed") && !terminal.text().contains("stale"), "{}", terminal.text());
}
