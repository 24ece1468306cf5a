//! `docs/promises.md` lists every row of the fault suite, with its rounds.

use crate::{document, root};

#[test]
fn every_row_of_the_fault_suite_is_listed_with_its_rounds() {
    let page = document("docs/promises.md").text;
    let read = |name: &str| std::fs::read_to_string(root().join("tests/fault").join(name)).expect("the suite's source");
    let faults = read("fault.rs");
    let mut count = 0;
    for row in faults.split("    Fault {\n").skip(1) {
        let name = between(row, "name: \"", "\"");
        let (short, full) = between(row, "rounds: (", ")").split_once(", ").expect("two numbers");
        let listed = page.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let listed = listed.unwrap_or_else(|| panic!("docs/promises.md does not list {name}"));
        assert!(listed.contains(&format!("| {short} | {full} |")), "{name} has {short} and {full} rounds: {listed}");
        count += 1;
    }
    let suite = read("suite.rs");
    for row in suite.split("        row(").skip(1) {
        let name = between(row, "\"", "\"");
        assert!(page.contains(&format!("| `{name}` |")), "docs/promises.md does not list {name}");
        count += 1;
    }
    assert!(count >= 30, "only {count} rows were found");
    assert_eq!(page.lines().filter(|line| line.starts_with("| `")).count(), count, "rows that do not exist are listed");
}

/// Returns what stands between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).expect("it begins").1;
    rest.split_once(after).expect("it ends").0
}
