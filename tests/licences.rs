//! Every crate that goes into the program has a licence that a program under MIT may carry.

use std::process::Command;

/// Licences we accept. One of a crate's alternatives (`OR`) must consist of these alone.
const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "WTFPL",
    "Zlib",
    "CDLA-Permissive-2.0",
];

#[test]
fn every_dependency_has_an_accepted_licence() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "the whole tree is checked, not a part of it: {}", packages.len());
    let faults: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_accepted))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(faults.is_empty(), "licences to look at:\n{}", faults.join("\n"));
}

/// Whether a licence expression can be met with accepted licences. Good enough for what crates write: `/` and `OR`
/// separate alternatives, `AND` joins; parentheses hold alternatives of one part.
fn is_accepted(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    split(&expression, " OR ").iter().any(|alternative| {
        split(alternative, " AND ").iter().all(|part| {
            let part = part.trim();
            match part.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
                Some(inner) => is_accepted(inner),
                None => ACCEPTED.contains(&part),
            }
        })
    })
}

/// Splits at `separator` outside parentheses.
fn split(expression: &str, separator: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    let mut rest = expression;
    while let Some(letter) = rest.chars().next() {
        if depth == 0 && rest.starts_with(separator) {
            parts.push(String::new());
            rest = &rest[separator.len()..];
            continue;
        }
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    parts
}

#[test]
fn an_unacceptable_licence_is_seen() {
    assert!(is_accepted("MIT OR Apache-2.0"));
    assert!(is_accepted("(MIT OR GPL-3.0) AND Unicode-3.0"));
    assert!(is_accepted("Apache-2.0 WITH LLVM-exception OR GPL-2.0"));
    assert!(!is_accepted("GPL-3.0"));
    assert!(!is_accepted("MIT AND GPL-3.0"));
}
