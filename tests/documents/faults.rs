//! `docs/faults.md` has a row for every fault that was reported, and every test it names exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::{document, root};

/// How many faults the keys of the two series count.
const CASES: u32 = 27;
const FINDINGS: u32 = 22;

#[test]
fn every_fault_has_a_row_and_every_test_of_it_exists() {
    let page = document("docs/faults.md");
    let rows: Vec<&str> =
        page.text.lines().filter(|line| line.starts_with("| case ") || line.starts_with("| D")).collect();
    let keys: BTreeSet<&str> = rows.iter().filter_map(|row| row.split('|').nth(1)).map(str::trim).collect();
    let expected = (1..=CASES).map(|n| format!("case {n:02}")).chain((1..=FINDINGS).map(|n| format!("D{n}")));
    let missing: Vec<String> = expected.filter(|key| !keys.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "docs/faults.md has no row for {missing:?}");
    let mut source = String::new();
    for dir in ["src", "tests"] {
        read_rust(&root().join(dir), &mut source);
    }
    let mut unknown = Vec::new();
    for row in rows {
        let tests = row.rsplit('|').nth(1).expect("the last column");
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test keeps {row}");
        let is_there = |name: &str| source.contains(&format!("fn {name}(")) || source.contains(&format!("\"{name}\""));
        unknown.extend(names.into_iter().filter(|name| !is_there(name)).map(str::to_owned));
    }
    assert!(unknown.is_empty(), "docs/faults.md names tests that do not exist: {unknown:#?}");
}

/// Appends every Rust file below `dir` to `source`.
fn read_rust(dir: &Path, source: &mut String) {
    for entry in fs::read_dir(dir).expect("a directory").map(|entry| entry.expect("an entry")) {
        let path = entry.path();
        if path.is_dir() {
            read_rust(&path, source);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            source.push_str(&fs::read_to_string(&path).expect("UTF-8"));
        }
    }
}
