//! The reader that `docs/journal.md` shows reads the journals of every released version, and the page names every event.

use std::process::Command;

use crate::{document, root};

#[test]
fn the_reader_on_the_page_reads_every_golden_journal() {
    let page = document("docs/journal.md");
    let world = tempfile::tempdir().expect("a directory");
    let reader = world.path().join("reader.py");
    std::fs::write(&reader, page.block("python")).expect("written");
    let read = |journal: &std::path::Path| {
        let output = Command::new("python3").arg(&reader).arg(journal).output().expect("python3 is installed");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    for version in ["v1", "v2"] {
        let path = root().join("tests/data").join(format!("journal-{version}.jsonl"));
        let text = std::fs::read_to_string(&path).expect("a golden journal");
        let (is_sound, said) = read(&path);
        assert!(is_sound, "{version}: {said}");
        assert_eq!(said.lines().count(), text.lines().count(), "{version}: one line for each record");
        assert!(said.contains("Card payments down") && said.contains("EntryLost"), "{version}: {said}");
        let damaged = world.path().join("damaged.jsonl");
        std::fs::write(&damaged, text.replacen("Olle", "Eva!", 1)).expect("written");
        assert!(!read(&damaged).0, "{version}: other words behind a seal are told");
    }
}

#[test]
fn the_page_of_the_journal_names_every_event() {
    let page = document("docs/journal.md").text;
    let golden = std::fs::read_to_string(root().join("tests/data/journal-v2.jsonl")).expect("the golden journal");
    for line in golden.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let event = line["event"].as_object().expect("an object");
        let name = event.keys().next().expect("its kind");
        assert!(page.contains(&format!("`{name}`")), "docs/journal.md does not name {name}");
    }
}
