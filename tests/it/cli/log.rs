//! `klock log`: the entry grammar, kinds and times.

use crate::world::World;

/// A world with one room.
pub fn with_room() -> World {
    let world = World::new();
    world.open("Card payments down");
    world
}

/// The only entry of a kind.
fn only(world: &World, kind: &str) -> serde_json::Value {
    world.klock(["timeline", "--json", "--kind", kind]).json()
}

#[test]
fn an_entry_is_read_as_on_the_screen() {
    let world = with_room();
    world.klock(["log", "12:50 t: 502 from lb-2 only #gateway @olle"]).ok();
    let line = only(&world, "test");
    assert_eq!(line["at"], "2026-11-21T12:50:00.000+01:00");
    assert_eq!(line["rec"], "2026-11-21T13:05:00.000+01:00");
    assert_eq!(line["by"], "Anna");
    assert_eq!(line["tags"][0], "gateway");
    assert_eq!(line["people"][0], "olle");
    assert_eq!(line["late"], true);
}

#[test]
fn a_flag_stands_above_the_line() {
    let world = with_room();
    let run = world.klock(["log", "--kind", "decision", "--at", "13:01", "12:50 fail over", "--json"]);
    assert_eq!(run.json()["at"], "2026-11-21T13:01:00.000+01:00");
    let line = only(&world, "decision");
    assert!(line["text"].as_str().is_some_and(|text| text.contains("fail over")), "{line}");
    let err = world.klock(["log", "--kind", "poem", "x"]).fails(2);
    assert!(err.contains("poem") && err.contains("decision"), "{err}");
}

#[test]
fn an_entry_may_begin_with_a_span_and_what_is_misspelt_is_no_text() {
    let world = with_room();
    assert!(world.klock(["log", "--rom", "lb-2 is back"]).fails(2).contains("--room"));
    world.klock(["log", "-12m lb-2 is back"]).ok();
    let line = only(&world, "note");
    assert_eq!(
        (line["at"].as_str(), line["text"].as_str()),
        (Some("2026-11-21T12:53:00.000+01:00"), Some("lb-2 is back"))
    );
    world.klock(["log", "--", "-x was the option"]).ok();
    assert!(world.klock(["timeline"]).ok().contains("-x was the option"));
}

#[test]
fn in_swedish_the_words_are_swedish() {
    let mut world = World::new();
    world.open("Kortbetalningar nere");
    world.set("KLOCK_LANG", "sv");
    world.klock(["log", "beslut: växla till B"]).ok();
    assert!(world.klock(["timeline"]).ok().contains("beslut      växla till B"));
    assert!(world.klock(["meeting", "end"]).fails(1).contains("Inget möte"));
    assert!(world.klock(["--lang", "en", "meeting", "end"]).fails(1).contains("No meeting"));
}
