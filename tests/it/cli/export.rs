//! `klock export` and `klock verify`.

use std::fs;

use serde_json::Value;

use crate::world::World;

fn incident() -> World {
    let world = World::new();
    world
        .klock(["open", "Card payments down", "--customer", "Nordbank", "--began", "12:58", "--lead", "Anna Lind"])
        .ok();
    world.advance(10);
    world.klock(["log", "=HYPERLINK(\"http://evil\") # not a heading | <script>"]).ok();
    world.klock(["answer", "why", "a disk", "--certainty", "assumed"]).ok();
    world.advance(10);
    world.klock(["answer", "why", "a certificate on lb-2"]).ok();
    world.klock(["check", "notes", "--note", "in klock"]).ok();
    world.klock(["action", "open", "Renew it @olle by 14:00 #A"]).ok();
    world.klock(["meeting", "start", "--with", "Olle"]).ok();
    world.klock(["meeting", "point", "briefing", "one picture"]).ok();
    world.klock(["meeting", "end", "we fail over"]).ok();
    world.klock(["supplier", "engage", "Paygate", "--case", "SE-4711"]).ok();
    world.klock(["obstacle", "raise", "too many calls"]).ok();
    world.advance(100);
    world.klock(["restore", "it works"]).ok();
    world
}

#[test]
fn the_report_says_it_all() {
    let world = incident();
    let report = world.klock(["export"]).ok();
    insta::assert_snapshot!("report", report);
    for line in report.lines() {
        assert!(!line.contains("<script>"), "{line}");
    }
}

#[test]
fn the_report_speaks_swedish() {
    let world = incident();
    let report = world.klock(["--lang", "sv", "export", "--format", "md"]).ok();
    for heading in ["Sammanfattning", "Händelseförlopp", "De sju frågorna", "Fortfarande öppet"] {
        assert!(report.contains(heading), "{heading} is missing from:\n{report}");
    }
    assert!(!report.contains("report-"), "a key without words in:\n{report}");
}

#[test]
fn json_is_the_status_and_more() {
    let world = incident();
    let status = world.status();
    let report = world.klock(["export", "--format", "json"]).json();
    for (key, value) in status.as_object().expect("an object") {
        assert_eq!(&report[key], value, "{key}");
    }
    let entries = report["timeline"].as_array().expect("a list").len() as u64;
    assert_eq!(Some(entries), status["entries"].as_u64());
    assert_eq!(report["answers"][1]["history"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["suppliers"][0]["case"], "SE-4711");
}

#[test]
fn csv_runs_nothing() {
    let world = incident();
    let csv = world.klock(["export", "--format", "csv"]).ok();
    let mut lines = csv.split("\r\n");
    assert_eq!(lines.next(), Some("seq,at,rec,by,kind,text,was,struck,people,tags,due,track,sure,uid,was_at"));
    assert!(csv.contains(",\"'=HYPERLINK(\"\"http://evil\"\") # not a heading | <script>\","), "{csv}");
}

#[test]
fn jsonl_is_the_journal_itself() {
    let world = incident();
    let lines = world.klock(["export", "--format", "jsonl"]).ok();
    let journal = fs::read_to_string(world.data_dir().join("rooms/2026-001.jsonl")).expect("the journal");
    assert_eq!(lines, journal);
    let mut prev = None;
    for (index, line) in lines.lines().enumerate() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(record["seq"], index as u64 + 1);
        if let Some(prev) = prev {
            assert_eq!(record["prev"], prev);
        }
        prev = Some(record["hash"].clone());
    }
}

#[test]
fn a_changed_journal_is_told() {
    let world = incident();
    assert!(world.klock(["verify", "--json"]).json()[0]["faults"].as_array().is_some_and(Vec::is_empty));
    let path = world.data_dir().join("rooms/2026-001.jsonl");
    let journal = fs::read_to_string(&path).expect("the journal");
    fs::write(&path, journal.replace("one picture", "two pictures")).expect("the journal");
    let run = world.klock(["verify"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.out.contains("fault"), "{}", run.out);
}
