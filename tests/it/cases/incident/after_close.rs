//! Which room a verb means when none is named, in every state of the rooms (A11, T14).

use crate::world::World;

/// What is read, and what comes after the close: without a name it is about the incident closed last.
const AFTERWARDS: &[&[&str]] = &[
    &["export"],
    &["export", "--format", "json"],
    &["export", "--format", "csv"],
    &["export", "--format", "jsonl"],
    &["timeline"],
    &["timeline", "--json"],
    &["status"],
    &["status", "--brief"],
    &["status", "--json"],
    &["item", "list"],
    &["action", "list"],
    &["debrief", "origin", "a certificate"],
    &["problem", "PRB-17"],
    &["clock", "snooze", "report", "30", "--reason", "the board is away"],
    &["clock", "snooze", "report", "friday 10:00", "--reason", "the board is away"],
    &["deliver", "the board"],
    &["action", "open", "--corrective", "watch certificates @bo"],
    &["action", "update", "1", "--owner", "eva"],
    &["action", "done", "1", "it is watched"],
    &["entry", "star", "4"],
    &["entry", "amend", "4", "the switch was replaced", "--at", "00:05"],
    &["entry", "strike", "4"],
    &["entry", "redact", "4", "--reason", "a name in it"],
];

/// What is written while an incident goes on: it says what to do.
const MEANWHILE: &[&[&str]] = &[
    &["log", "a note"],
    &["answer", "what", "cards"],
    &["check", "notes"],
    &["waive", "notes", "--reason", "x"],
    &["item", "reopen", "notes"],
    &["meeting", "start"],
    &["action", "open", "restart the pool"],
    &["plan", "write", "A", "renew"],
    &["resource", "ask", "a network person"],
    &["supplier", "engage", "Gatelink"],
    &["obstacle", "raise", "no badge"],
    &["notice", "sent", "we are back"],
    &["role", "assign", "cim", "Anna"],
    &["handover", "offer", "Olle"],
    &["priority", "1", "1"],
    &["activate"],
    &["mitigate"],
    &["restore"],
    &["close"],
];

fn close(world: &World, room: &str, at: &str) {
    world.set_clock(at);
    world.klock(["restore", "-r", room]).ok();
    for item in world.klock(["item", "list", "--json", "-r", room]).json().as_array().expect("items") {
        let key = item["key"].as_str().expect("a key");
        world.klock(["waive", key, "--reason", "an exercise", "-r", room]).ok();
    }
    world.klock(["close", "-r", room]).ok();
}

#[test]
fn after_the_close_what_comes_then_is_about_the_incident_closed_last() {
    let world = World::new();
    let first = world.open("Card payments down");
    let second = world.open("Mail down");
    world.klock(["log", "-r", &first, "the switch was replaced by Bo"]).ok();
    close(&world, &second, "2026-11-21T14:00:00+01:00");
    close(&world, &first, "2026-11-21T15:00:00+01:00");
    world.set_clock("2026-11-22T09:00:00+01:00");
    let told = format!("No incident is open: using {first} “Card payments down”, closed 21 Nov 15:00.");
    for verb in AFTERWARDS {
        let run = world.klock(*verb);
        assert_eq!(run.err.trim_end(), told, "{verb:?}");
        run.ok();
    }
    assert!(world.klock(["export"]).ok().starts_with("# "), "stdout has the report alone");
    for verb in MEANWHILE {
        let said = world.klock(*verb).fails(3);
        assert!(said.contains("No incident is open.") && said.contains(&format!("-r {first}")), "{verb:?}: {said}");
        assert!(!said.contains(&second), "{verb:?}: {said}");
    }
    // Named, it is as it was, and nothing is said of it.
    let mut world = world;
    assert!(world.klock(["status", "-r", &second]).err.is_empty());
    world.set("KLOCK_ROOM", &second);
    let run = world.klock(["timeline"]);
    assert!(run.err.is_empty() && run.out.contains("Mail down"), "{run:?}");
    world.unset("KLOCK_ROOM");
    // Open again, it is the open one.
    let run = world.klock(["reopen", "--reason", "it is back"]);
    assert_eq!(run.err.trim_end(), told);
    run.ok();
    assert!(world.klock(["timeline"]).err.is_empty());
    assert_eq!(world.status()["id"], first.as_str());
}

#[test]
fn an_incident_that_goes_on_comes_before_one_that_is_closed() {
    let world = World::new();
    let over = world.open("Card payments down");
    close(&world, &over, "2026-11-21T14:00:00+01:00");
    let open = world.open("Mail down");
    assert_eq!(world.status()["id"], open.as_str());
    // A restored one is still worked on; restoring it is about it to the end, whatever else is restored.
    let other = world.open("Telephones down");
    world.klock(["restore", "-r", &other]).ok();
    let restored = world.klock(["restore"]);
    assert!(restored.err.contains("neither done nor waived"), "{}", restored.err);
    restored.ok();
    let said = world.klock(["status"]).fails(1);
    assert!(said.contains(&open) && said.contains(&other) && !said.contains(&over), "{said}");
}

#[test]
fn of_two_that_were_closed_at_the_same_moment_one_has_to_be_named() {
    let world = World::new();
    let rooms = [world.open("Card payments down"), world.open("Mail down")];
    for room in &rooms {
        close(&world, room, "2026-11-21T14:00:00+01:00");
    }
    let said = world.klock(["export"]).fails(1);
    assert!(said.contains("2 were closed at the same time"), "{said}");
    assert!(rooms.iter().all(|room| said.contains(room)), "{said}");
}

#[test]
fn a_demo_is_never_meant_and_where_there_is_nothing_that_is_said() {
    let mut world = World::new();
    let said = world.klock(["export"]).fails(3);
    assert!(said.contains("No incident is open."), "{said}");
    let mut anna = crate::hand::Hand::sit_down(&world, &[], (120, 40));
    anna.press("x", "DEMO");
    anna.leave();
    world.klock(["export"]).fails(3);
    world.klock(["log", "a note"]).fails(3);
    // In Swedish too.
    let room = world.open("Kortbetalningar nere");
    close(&world, &room, "2026-11-21T14:00:00+01:00");
    world.set("KLOCK_LANG", "sv");
    let run = world.klock(["status"]);
    assert!(run.err.contains(&format!("Ingen incident är öppen: det gäller {room}")), "{}", run.err);
    let said = world.klock(["log", "en anteckning"]).fails(3);
    assert!(said.contains(&format!("-r {room}")), "{said}");
}

#[test]
fn closing_is_not_refused_for_what_may_stay_open_and_says_what_does() {
    let world = World::new();
    let room = world.open("Card payments down");
    world.klock(["action", "open", "restart the pool"]).ok();
    world.klock(["obstacle", "raise", "no badge"]).ok();
    world.klock(["supplier", "engage", "Gatelink"]).ok();
    world.klock(["restore"]).ok();
    assert!(world.klock(["close"]).fails(1).contains("neither done nor waived"), "the routine is followed in full");
    for item in world.klock(["item", "list", "--json"]).json().as_array().expect("items") {
        world.klock(["waive", item["key"].as_str().expect("a key"), "--reason", "an exercise"]).ok();
    }
    let run = world.klock(["close"]);
    for open in ["Closed. Still open:", "restart the pool", "no badge", "Gatelink", "Debrief not answered"] {
        assert!(run.err.contains(open), "{open}: {}", run.err);
    }
    run.ok();
    assert_eq!(world.status_of(&room)["state"], "closed");
}
