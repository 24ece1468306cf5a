//! The golden journal: every kind of event as version 1 wrote it. Released lines are read for ever, byte by byte.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::codec;
use super::super::hash::Hash;
use super::super::survey::{Halt, Start, link, survey};
use super::{noon, options};
use crate::domain::event::Event;
use crate::domain::id::{IntentId, Seq};
use crate::domain::record::{Assurance, Author, Record};

const GOLDEN: &str = include_str!("../../../tests/data/journal-v1.jsonl");
const EVENTS: &str = include_str!("../../../tests/data/events-v1.jsonl");

fn golden_path() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/journal-v1.jsonl"))
}

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
        let line = codec::encode(&record, 0, prev, &mut *salts).expect("it can be written");
        journal.push_str(std::str::from_utf8(&line.bytes).expect("text"));
        journal.push('\n');
        // The line after a lost record names the hash that the lost one had.
        prev = codec::read(&line.bytes).map_or(line.hash, |line| link(&line));
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
        GOLDEN.lines().map(|line| codec::read(line.as_bytes()).expect("sound").tag().to_owned()).collect();
    let missing: Vec<_> = kinds.iter().filter(|kind| !golden.contains(**kind)).collect();
    assert!(missing.is_empty(), "add to tests/data/events-v1.jsonl: {missing:?}");
}

#[test]
fn the_golden_journal_is_read_as_it_was_written() {
    for (line, record) in GOLDEN.lines().zip(records()) {
        assert_eq!(codec::read(line.as_bytes()).expect("sound").record(), record);
    }
    assert_eq!(GOLDEN.lines().count(), records().len());
    let found = survey(golden_path(), Start::WHOLE, &Halt::default(), &mut |_, _| {}).expect("readable");
    assert_eq!((found.faults, found.torn), (vec![], 0));
}

/// After adding an event kind: `KLOCK_BLESS=1 cargo test golden` writes the lines of the new ones.
#[test]
fn this_version_still_writes_the_golden_journal() {
    let written = written();
    if std::env::var_os("KLOCK_BLESS").is_some() {
        std::fs::write(golden_path(), &written).expect("written");
        return;
    }
    for (ours, golden) in written.lines().zip(GOLDEN.lines()) {
        assert_eq!(ours, golden);
    }
}
