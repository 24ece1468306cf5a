//! Times to come: what they are seen from, and that they have not passed.

use serde_json::json;

use super::{entries, room_at};

#[test]
fn what_was_to_come_is_seen_from_when_it_was_said() {
    let world = room_at("2026-11-29T13:00:00+01:00");
    world.klock(["action", "open", "@eva order a disk"]).ok();
    world.set_clock("2026-11-29T21:46:00+01:00");
    let told = |words: &[&str]| {
        let run = world.klock(words);
        assert_eq!(run.err, "", "{words:?}");
        run.ok();
        entries(&world).as_array().expect("a list").clone()
    };
    let at = json!("2026-11-29T14:05:00.000+01:00");
    for (words, text, due) in [
        (&["answer", "eta", "14:30", "--at", "14:05"][..], "ETA: 14:30", None),
        (&["answer", "eta", "+20m", "--at", "14:05"], "ETA: 14:25", None),
        (&["answer", "eta", "after it", "--eta", "14:30", "--at", "14:05"], "ETA: 14:30, after it", None),
        (&["meeting", "call", "14:30", "--at", "14:05"], "Critical incident meeting called for 14:30", None),
        (&["shift", "14:30", "Olle", "--at", "14:05"], "Next shift starts 14:30: Olle", None),
        (
            &["action", "update", "1", "--due", "14:30", "--at", "14:05"],
            "Action 1 changed: @eva order a disk",
            Some("2026-11-29T14:30:00.000+01:00"),
        ),
    ] {
        let lines = told(words);
        let found = lines.iter().any(|line| line[0] == at && line[2] == text && line[3] == json!(due));
        assert!(found, "{words:?}: {lines:?}");
    }
}

#[test]
fn nothing_is_due_at_a_time_that_has_passed() {
    let mut world = room_at("2026-11-29T21:46:00+01:00");
    world.klock(["action", "open", "@eva order a disk"]).ok();
    let before = entries(&world);
    for time in ["y 14:05", "2025-12-01 15:00", "today 14:05"] {
        for verb in [
            &["answer", "eta", time][..],
            &["answer", "eta", "x", "--eta", time],
            &["meeting", "call", time],
            &["shift", time, "Olle"],
            &["action", "update", "1", "--due", time],
            &["clock", "snooze", "first-meeting", time, "--reason", "x"],
        ] {
            let err = world.klock(verb).fails(1);
            assert!(err.contains("has passed: it is ") && err.contains("still to come"), "{verb:?}: {err}");
        }
    }
    assert_eq!(entries(&world), before);
    world.set("KLOCK_LANG", "sv");
    let err = world.klock(["meeting", "call", "i går 14:05"]).fails(1);
    assert!(err.contains("28 nov 14:05 har passerat: det är 21:46."), "{err}");
}
