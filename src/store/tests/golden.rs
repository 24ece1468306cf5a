//! The golden journals: every kind of event as each version wrote it. Released lines are read for ever, byte by byte.

use std::collections::BTreeSet;
use std::path::Path;

use super::{noon, options};
use crate::domain::event::Event;
use crate::domain::id::{IntentId, Seq};
use crate::domain::record::{Assurance, Author, Record};
use crate::store::journal::encode::encode;
use crate::store::journal::hash::Hash;
use crate::store::journal::line;
use crate::store::journal::scan::{CancelFlag, ScanStart, link, scan};

/// As version 1 wrote it. Nothing is ever added to it.
const FIRST: &str = include_str!("../../../tests/data/journal-v1.jsonl");
/// As this version writes it.
const GOLDEN: &str = include_str!("../../../tests/data/journal-v2.jsonl");
const EVENTS: &str = include_str!("../../../tests/data/events-v1.jsonl");

const FIRST_PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/journal-v1.jsonl");
const GOLDEN_PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/journal-v2.jsonl");

fn records() -> Vec<Record> {
    let event = |line: &str| serde_json::from_str::<Event>(line).unwrap_or_else(|e| panic!("{e} in {line}"));
    let record = |(nth, line): (usize, &str)| {
        let seq = nth as Seq + 1;
        let at = noon().plus_minutes(nth as i64);
        Record {
            seq,
            id: IntentId(ulid::Ulid::from_parts(1_763_722_800_000, 1)).event(nth),
            at,
            rec: at.plus_minutes(2),
            by: Author { uid: 1000, name: "Åsa \"CIM\" Öberg".into(), sure: Assurance::Claimed },
            event: event(line),
        }
    };
    EVENTS.lines().enumerate().map(record).collect()
}

/// The journal of [`records`] as this version writes it.
fn written() -> String {
    let mut salts = options().salts;
    let mut prev = Hash::NONE;
    let mut journal = String::new();
    for record in records() {
        let line = encode(&record, 0, prev, &mut *salts).expect("it can be written");
        journal.push_str(std::str::from_utf8(&line.bytes).expect("text"));
        journal.push('\n');
        // After an entry that was lost, the chain goes on from the hash that it had.
        prev = link(&line::parse(&line.bytes).expect("sound"));
    }
    journal
}

#[test]
fn every_kind_of_event_is_in_the_golden_journal() {
    let source = include_str!("../../domain/event.rs");
    let body = source.split("pub enum Event {").nth(1).expect("the enum");
    let kinds: BTreeSet<&str> = body
        .lines()
        .take_while(|line| *line != "}")
        .filter_map(|line| line.strip_prefix("    ")?.split_once([' ', ',', '(']).map(|(name, _)| name))
        .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
        .filter(|name| *name != "Unknown")
        .collect();
    assert!(kinds.len() > 50, "the list was not found: {kinds:?}");
    let golden: BTreeSet<String> =
        GOLDEN.lines().map(|line| line::parse(line.as_bytes()).expect("sound").tag().to_owned()).collect();
    let missing: Vec<_> = kinds.iter().filter(|kind| !golden.contains(**kind)).collect();
    assert!(missing.is_empty(), "add to tests/data/events-v1.jsonl: {missing:?}");
}

#[test]
fn the_golden_journals_are_read_as_they_were_written() {
    assert_eq!(GOLDEN.lines().count(), records().len());
    assert!(FIRST.lines().count() >= 57, "released lines stay");
    for (golden, path) in [(FIRST, FIRST_PATH), (GOLDEN, GOLDEN_PATH)] {
        for (line, record) in golden.lines().zip(records()) {
            assert_eq!(line::parse(line.as_bytes()).expect("sound").record(), record);
        }
        let found = scan(Path::new(path), ScanStart::WHOLE, &CancelFlag::default(), &mut |_, _| {}).expect("readable");
        assert_eq!((found.faults, found.torn), (vec![], 0));
    }
}

/// After adding an event kind: `KLOCK_BLESS=1 cargo test golden` writes the lines of the new ones.
#[test]
fn this_version_still_writes_the_golden_journal() {
    let written = written();
    if std::env::var_os("KLOCK_BLESS").is_some() {
        std::fs::write(GOLDEN_PATH, &written).expect("written");
        return;
    }
    for (ours, golden) in written.lines().zip(GOLDEN.lines()) {
        assert_eq!(ours, golden);
    }
}

/// An older program reads what it can: only lines that it could not say are of the newer version.
#[test]
fn a_line_is_written_as_the_oldest_version_that_can_say_it() {
    let mut second = 0;
    for (line, earlier) in GOLDEN.lines().zip(FIRST.lines()) {
        let owner = r#""owner":""#;
        let has_names = [r#""people":["#, r#""tags":["#].iter().any(|names| earlier.contains(names))
            || (earlier.contains("ActionUpdated") && earlier.contains(owner));
        assert_eq!(line.starts_with(r#"{"v":2,"#), has_names, "{line}");
        second += u32::from(has_names);
    }
    assert!(second >= 4, "{second} of version 2");
}
