//! A whole incident by verbs alone: everything on the screen can be scripted.

use serde_json::json;

use crate::world::World;

/// The number and the time of a line that a recording verb printed.
#[track_caller]
fn receipt(line: &str) -> (u64, String) {
    let (seq, at) = line.trim_end().split_once(' ').unwrap_or_else(|| panic!("no `SEQ TIME`: {line:?}"));
    (seq.parse().expect("a number"), at.to_owned())
}

#[test]
fn from_the_first_call_to_the_report() {
    let world = World::new();
    let room = world.open("Card payments down");
    assert_eq!(room, "2026-001");
    let (first, at) = receipt(&world.klock(["role", "assign", "cim", "Anna Lind"]).ok());
    assert_eq!(at, "2026-11-21T13:05:00.000+01:00");
    world.advance(5);
    let (second, at) = receipt(&world.klock(["log", "--at", "-2m", "d:", "fail", "over", "to", "site", "B"]).ok());
    assert_eq!((second, at.as_str()), (first + 1, "2026-11-21T13:08:00.000+01:00"));
    world.klock(["answer", "what", "502 from the gateway", "--certainty", "assumed"]).ok();
    world.klock(["answer", "eta", "16:00"]).ok();
    world.klock(["notice", "sent", "--notice", "first", "--to", "Leadership", "CIM in place"]).ok();
    world.klock(["action", "open", "Renew the certificate @olle +20m #A"]).ok();
    world.klock(["plan", "write", "A", "Renew the certificate"]).ok();
    world.klock(["plan", "write", "B", "Fail over to site B"]).ok();
    world.klock(["plan", "switch-when", "not renewed by 14:30"]).ok();
    world.klock(["plan", "choose", "B", "--reason", "it was not"]).ok();
    world.klock(["supplier", "engage", "Paygate"]).ok();
    world.klock(["supplier", "update", "1", "--case", "SE-4711", "--critical", "yes", "--staff", "two"]).ok();
    world.klock(["resource", "ask", "a network engineer"]).ok();
    world.klock(["resource", "allocate", "1", "Olle"]).ok();
    world.klock(["obstacle", "raise", "too many calls"]).ok();
    world.klock(["obstacle", "clear", "1", "calls go to Bo"]).ok();
    world.klock(["shift", "20:00", "Eva"]).ok();
    world.advance(30);
    world.klock(["meeting", "start", "--with", "Olle"]).ok();
    world.klock(["meeting", "point", "briefing", "one picture"]).ok();
    world.advance(15);
    world.klock(["meeting", "end", "fail over"]).ok();

    let status = world.status();
    for (key, expected) in [
        ("id", json!("2026-001")),
        ("title", json!("Card payments down")),
        ("state", json!("open")),
        ("priority", json!(1)),
        ("declared_at", json!("2026-11-21T13:05:00.000+01:00")),
        ("restored_at", json!(null)),
        ("elapsed_s", json!(50 * 60)),
        ("cim", json!("Anna Lind")),
        ("meetings_held", json!(1)),
    ] {
        assert_eq!(status[key], expected, "{key} in {status:#}");
    }
    let question = |key: &str| {
        let questions = status["questions"].as_array().expect("a list");
        questions.iter().find(|question| question["key"] == key).unwrap_or_else(|| panic!("no {key}")).clone()
    };
    assert_eq!(question("what")["answer"], "502 from the gateway");
    assert_eq!(question("what")["certainty"], "assumed");
    assert_eq!(question("what")["by"], "Anna");
    assert_eq!(question("what")["at"], "2026-11-21T13:10:00.000+01:00");
    assert_eq!(question("eta")["time"], "2026-11-21T16:00:00.000+01:00");
    assert_eq!(question("why")["answer"], json!(null));
    let clock = |id: &str| {
        let clocks = status["clocks"].as_array().expect("a list");
        clocks.iter().find(|clock| clock["id"] == id).unwrap_or_else(|| panic!("no {id}")).clone()
    };
    assert_eq!(clock("first-notice")["state"], "met");
    assert_eq!(clock("first-meeting")["state"], "met");
    assert_eq!(clock("next-meeting")["state"], "calm");
    assert_eq!(clock("next-meeting")["due_at"], "2026-11-21T15:40:00.000+01:00");

    world.advance(60);
    world.klock(["mitigate", "traffic on site B"]).ok();
    world.klock(["restore", "--at", "-5m", "all terminals answer"]).ok();
    let refused = world.klock(["close"]).fails(1);
    assert!(refused.contains("neither done nor waived"), "{refused}");
    let items = world.klock(["item", "list", "--json"]).json();
    for item in items.as_array().expect("a list") {
        let key = item["key"].as_str().expect("a key");
        let run = if key == "notes" {
            world.klock(["check", key, "--note", "all along"])
        } else {
            world.klock(["waive", key, "--reason", "an exercise"])
        };
        run.ok();
    }
    world.klock(["action", "done", "1", "renewed"]).ok();
    world.klock(["action", "open", "--corrective", "Watch certificates @bo"]).ok();
    world.klock(["close", "done"]).ok();
    let status = world.klock(["status", "-r", &room, "--json"]).json();
    assert_eq!(status["state"], "closed");
    assert_eq!(status["restored_at"], "2026-11-21T14:50:00.000+01:00");
    assert_eq!(status["elapsed_s"], 105 * 60);
    let total = status["checklist"]["total"].as_u64().expect("a count");
    assert_eq!(status["checklist"], json!({ "done": 1, "waived": total - 1, "total": total }));
    world.klock(["deliver", "-r", &room, "the board"]).ok();
    world.klock(["problem", "-r", &room, "PRB-17"]).ok();
    assert!(world.klock(["verify"]).ok().contains("every one sound"));
    world.klock(["reopen", "-r", &room, "--reason", "it is back"]).ok();
    assert_eq!(world.status()["state"], "open");
}

#[test]
fn the_routine_decides_when_it_is_in_force() {
    let world = World::new();
    let low = world.klock(["open", "Slow logins", "--urgency", "3", "--impact", "3", "--activate"]).fails(1);
    assert!(low.contains("reason"), "{low}");
    let room = world.klock(["open", "Slow logins", "--urgency", "3", "--impact", "3"]).ok();
    let status = world.klock(["status", "-r", room.trim(), "--json"]).json();
    assert_eq!(status["routine_active"], false);
    assert!(status["priority"].as_u64().expect("a number") > 2);
    world.klock(["priority", "1", "1", "--agreed-with", "Eva at Nordbank"]).ok();
    assert_eq!(world.status()["routine_active"], true);
}

#[test]
fn people_change_their_minds() {
    let world = World::new();
    world.open("Card payments down");
    let (seq, _) = receipt(&world.klock(["log", "lb-1 is out"]).ok());
    let seq = seq.to_string();
    world.klock(["entry", "amend", &seq, "lb-2 is out"]).ok();
    world.klock(["entry", "star", &seq]).ok();
    let starred = world.klock(["timeline", "--starred", "--json"]).json();
    assert_eq!((starred["text"].as_str(), starred["was"].as_str()), (Some("lb-2 is out"), Some("lb-1 is out")));
    world.klock(["entry", "strike", &seq, "--reason", "a mistake"]).ok();
    assert!(world.klock(["entry", "amend", &seq, "again"]).fails(1).contains("struck"));
    world.klock(["check", "notes"]).ok();
    world.klock(["item", "reopen", "notes"]).ok();
    world.klock(["item", "assign", "notes", "Bo"]).ok();
    assert_eq!(world.status()["checklist"]["done"], 0);
    world.klock(["clock", "snooze", "first-notice", "10", "--reason", "no coverage"]).ok();
    world.klock(["clock", "cadence", "60", "--reason", "it moves fast"]).ok();
    world.klock(["handover", "offer", "Eva", "--note", "I go home"]).ok();
    world.klock(["handover", "accept"]).ok();
    assert_eq!(world.status()["cim"], "Eva");
}

#[test]
fn a_priority_that_does_not_demand_the_routine_says_so_and_how_to_activate_it() {
    let world = World::new();
    let optional = world.klock(["open", "Slow logins", "--urgency", "2", "--impact", "2"]);
    assert!(optional.err.contains("klock activate -r 2026-001"), "{}", optional.err);
    assert_eq!(optional.ok(), "2026-001\n");
    let unneeded = world.klock(["open", "Slow printer", "--urgency", "3", "--impact", "3"]);
    assert!(unneeded.err.contains("only priority 1 does"), "{}", unneeded.err);
    let mandatory = world.klock(["open", "Card payments down"]);
    assert_eq!(mandatory.err, "");
}

#[test]
fn a_restored_incident_names_the_points_neither_done_nor_waived() {
    let world = World::new();
    world.open("Card payments down");
    world.klock(["check", "notes"]).ok();
    world.klock(["waive", "spare-equipment", "--reason", "none is of use"]).ok();
    let restored = world.klock(["restore", "terminals work"]);
    assert!(restored.err.contains("22 points are neither done nor waived"), "{}", restored.err);
    assert!(restored.err.contains("cim-in-place"), "{}", restored.err);
    assert!(!restored.err.contains("notes  ") && !restored.err.contains("spare-equipment"), "{}", restored.err);
}
