//! Stores and journals that were damaged while nobody looked: recovered, and told of.

use std::path::PathBuf;

use super::world::World;

/// A world with a room of some notes, and no host running.
fn world_with_notes() -> (World, PathBuf) {
    let world = World::new();
    let room = world.open("Card payments down");
    let lines: String = (1..=40).map(|number| format!("note number {number}\n")).collect();
    world.klock_reading(["log", "-"], &lines).ok();
    world.klock(["host", "stop"]).ok();
    let journal = world.data_dir().join("rooms").join(format!("{room}.jsonl"));
    assert!(journal.is_file(), "the journal is where docs/configuration.md says");
    (world, journal)
}

fn remarks(world: &World) -> String {
    world.host()["health"]["remarks"].to_string()
}

fn assert_all_there(world: &World) {
    let timeline = world.klock(["timeline"]).ok();
    for number in 1..=40 {
        assert!(timeline.contains(&format!("note number {number}")), "note {number} is there:\n{timeline}");
    }
}

#[test]
fn an_index_full_of_garbage_is_set_aside_and_rebuilt() {
    let (world, _) = world_with_notes();
    let index = world.data_dir().join("index.sled");
    for file in std::fs::read_dir(&index).expect("the index").map(|entry| entry.expect("entry").path()) {
        if file.is_file() {
            let length = std::fs::metadata(&file).expect("its length").len();
            std::fs::write(&file, vec![0xA5; usize::try_from(length).expect("small")]).expect("damaged");
        }
    }
    assert_all_there(&world);
    assert!(remarks(&world).contains("store-"), "the person is told: {}", remarks(&world));
    assert!(world.klock(["verify"]).code == Some(0));
    let kept = std::fs::read_dir(world.data_dir()).expect("the data directory");
    let set_aside = kept.filter(|entry| {
        entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("index.sled.set-aside"))
    });
    assert_eq!(set_aside.count(), 1, "the damaged index is kept under a dated name");
}

#[test]
fn a_damaged_line_is_filled_from_the_index_and_told_of() {
    let (world, journal) = world_with_notes();
    let text = std::fs::read_to_string(&journal).expect("the journal");
    std::fs::write(&journal, text.replacen("note number 17", "note numBer 17", 1)).expect("damaged");
    assert_all_there(&world);
    assert!(remarks(&world).contains("store-"), "the person is told: {}", remarks(&world));
    assert!(world.klock(["verify"]).code == Some(0));
}

#[test]
fn a_lost_tail_is_witnessed_by_the_index() {
    let (world, journal) = world_with_notes();
    let text = std::fs::read_to_string(&journal).expect("the journal");
    let kept: Vec<&str> = text.lines().take(30).collect();
    std::fs::write(&journal, format!("{}\n", kept.join("\n"))).expect("cut");
    assert_all_there(&world);
    assert!(remarks(&world).contains("store-"), "the person is told: {}", remarks(&world));
}

#[test]
fn what_both_copies_lost_is_named() {
    let (world, journal) = world_with_notes();
    let text = std::fs::read_to_string(&journal).expect("the journal");
    std::fs::write(&journal, text.replacen("note number 17", "note numBer 17", 1)).expect("damaged");
    std::fs::remove_dir_all(world.data_dir().join("index.sled")).expect("the index goes too");
    let timeline = world.klock(["timeline"]).ok();
    assert!(timeline.contains("note number 16") && timeline.contains("note number 18"), "{timeline}");
    assert!(!timeline.contains("note number 17"), "it cannot be had");
    assert!(remarks(&world).contains("store-"), "the person is told: {}", remarks(&world));
    assert!(
        world.klock(["export", "--format", "md"]).ok().contains("21"),
        "the report names the entry that is missing"
    );
}

#[test]
fn an_unfinished_last_line_was_never_acknowledged() {
    let (world, journal) = world_with_notes();
    let mut text = std::fs::read(&journal).expect("the journal");
    text.extend_from_slice(br#"{"v":1,"seq":45,"id":"01J"#);
    std::fs::write(&journal, text).expect("damaged");
    assert_all_there(&world);
    world.klock(["log", "and on it goes"]).ok();
    assert!(world.klock(["verify"]).code == Some(0));
}

#[test]
fn a_journal_can_be_checked_with_a_hash_program_alone() {
    use sha2::{Digest, Sha256};
    let (_world, journal) = world_with_notes();
    let text = std::fs::read_to_string(&journal).expect("the journal");
    let mut previous: Option<String> = None;
    for line in text.lines() {
        let (hashed, _) = line.split_once(r#","hash":"#).expect("a hash in every line");
        let record: serde_json::Value = serde_json::from_str(line).expect("plain JSON");
        let digest: String = Sha256::digest(hashed.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(record["hash"], digest);
        if let Some(previous) = previous {
            assert_eq!(record["prev"], previous, "chained");
        }
        previous = Some(digest);
    }
}
