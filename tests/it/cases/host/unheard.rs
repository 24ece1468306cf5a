//! T7: whoever closes the last window, or stops the host, is told what nobody will be warned of.

use crate::hand::Hand;
use crate::world::World;

const REPORT: &str = "Report of 2026-001 is due 2026-11-24 13:05 CET: nobody will be warned";
const ACTION: &str = "Inventory of all certificates";

/// A world with a closed incident, whose report is due in three days, and with an action that is to keep it from happening again.
fn closed_world() -> World {
    let world = World::new();
    let room = world.open("Card payments down");
    // It names what is still open.
    let restored = world.klock(["restore"]);
    for key in restored.err.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next()) {
        world.klock(["waive", key, "--reason", "for a test"]).ok();
    }
    world.klock(["close"]).ok();
    world.klock(["action", "open", "--corrective", "-r", &room, "Inventory of all certificates by 15:30"]).ok();
    world
}

#[test]
fn a_host_that_is_stopped_says_what_nobody_will_be_warned_of() {
    let world = closed_world();
    let said = world.klock(["host", "stop"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    for part in [REPORT, ACTION, "2026-11-21 15:30 CET"] {
        assert!(said.err.contains(part), "“{part}” is not in: {}", said.err);
    }
    // The next host knows it without having read the room.
    world.klock(["rooms"]).ok();
    assert!(world.klock(["host", "stop"]).err.contains(ACTION));
    world.open("Another");
    let said = world.klock(["host", "stop"]).err;
    assert!(said.contains("First notice of 2026-002") && said.contains(REPORT), "{said}");
}

#[test]
fn the_last_window_that_closes_says_what_nobody_will_be_warned_of() {
    let world = closed_world();
    let mut olle = Hand::sit_down(&world, &["join", "2026-001"], (120, 40));
    let mut anna = Hand::sit_down(&world, &["join", "2026-001"], (120, 40));
    for hand in [&mut olle, &mut anna] {
        hand.terminal.wait_for("Card payments down");
    }
    olle.terminal.send("q");
    assert_eq!(olle.terminal.wait_for_end(), 0);
    assert!(!String::from_utf8_lossy(&olle.terminal.raw).contains("nobody will be warned"), "Anna is still there");
    anna.terminal.send("q");
    assert_eq!(anna.terminal.wait_for_end(), 0);
    let said = String::from_utf8_lossy(&anna.terminal.raw).into_owned();
    for part in [REPORT, ACTION] {
        assert!(said.contains(part), "“{part}” is not in the shell:\n{}", anna.terminal.text());
    }
}

#[test]
fn a_window_that_closes_while_an_incident_is_open_says_nothing_of_it() {
    let world = closed_world();
    world.open("Another");
    let mut anna = Hand::sit_down(&world, &["join", "2026-001"], (120, 40));
    anna.terminal.wait_for("Card payments down");
    anna.terminal.send("q");
    assert_eq!(anna.terminal.wait_for_end(), 0);
    assert!(!String::from_utf8_lossy(&anna.terminal.raw).contains("nobody will be warned"), "the host stays");
}
