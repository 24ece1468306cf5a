//! `klock log`: the entry grammar, stdin, kinds and times.

use crate::world::World;

#[test]
fn an_entry_is_read_as_on_the_screen() {
    let world = World::new();
    world.open("Card payments down");
    world.klock(["log", "12:50 t: 502 from lb-2 only #gateway @olle"]).ok();
    let line = world.klock(["timeline", "--json", "--kind", "test"]).json();
    assert_eq!(line["at"], "2026-11-21T12:50:00.000+01:00");
    assert_eq!(line["rec"], "2026-11-21T13:05:00.000+01:00");
    assert_eq!(line["by"], "Anna");
    assert_eq!(line["tags"][0], "gateway");
    assert_eq!(line["people"][0], "olle");
    assert_eq!(line["late"], true);
}

#[test]
fn a_flag_stands_above_the_line() {
    let world = World::new();
    world.open("Card payments down");
    let run = world.klock(["log", "--kind", "decision", "--at", "13:01", "12:50 fail over", "--json"]);
    assert_eq!(run.json()["at"], "2026-11-21T13:01:00.000+01:00");
    let line = world.klock(["timeline", "--json", "--kind", "decision"]).json();
    assert!(line["text"].as_str().is_some_and(|text| text.contains("fail over")), "{line}");
    let err = world.klock(["log", "--kind", "poem", "x"]).fails(2);
    assert!(err.contains("poem") && err.contains("decision"), "{err}");
}

#[test]
fn what_begins_with_a_dash_is_text_after_two_dashes() {
    let world = World::new();
    world.open("Card payments down");
    assert!(world.klock(["log", "-12m lb-2 is back"]).fails(2).contains("--"));
    world.klock(["log", "--", "-12m lb-2 is back"]).ok();
    let line = world.klock(["timeline", "--json", "--kind", "note"]).json();
    assert_eq!(
        (line["at"].as_str(), line["text"].as_str()),
        (Some("2026-11-21T12:53:00.000+01:00"), Some("lb-2 is back"))
    );
}

#[test]
fn every_line_of_stdin_is_an_entry() {
    let world = World::new();
    world.open("Card payments down");
    let printed = world.klock_reading(["log", "-"], "one\n\nd: two\n  three  \nfyra å ä ö").ok();
    let seqs: Vec<u64> =
        printed.lines().map(|line| line.split(' ').next().and_then(|n| n.parse().ok()).expect("a number")).collect();
    assert_eq!(seqs.len(), 4);
    assert!(seqs.windows(2).all(|two| two[1] == two[0] + 1), "{seqs:?}");
    let texts: Vec<String> = world
        .klock(["timeline", "--json", "--kind", "note,decision"])
        .ok()
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["text"].as_str().expect("a text").to_owned()
        })
        .collect();
    assert_eq!(texts, ["one", "two", "three", "fyra å ä ö"]);
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
