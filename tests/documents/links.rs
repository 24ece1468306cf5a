//! Every link leads somewhere, every path that is named exists, and the README stays short.

use std::path::Path;

use crate::{Document, document, documents, root};

/// The README is read in a minute.
const LONGEST_README: usize = 150;

/// Where a path that is named in backticks begins, when it is one of the repository.
const PLACES: [&str; 8] = ["assets/", "benches/", "config/", "docs/", "src/", "tests/", ".ci/", "./"];

#[test]
fn the_readme_is_short() {
    let lines = document("README.md").text.lines().count();
    assert!(lines <= LONGEST_README, "README.md has {lines} lines");
}

#[test]
fn every_relative_link_leads_to_a_file_and_a_heading() {
    let mut broken = Vec::new();
    for document in documents() {
        for target in targets(&document) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = target.split_once('#').map_or((target.as_str(), None), |(f, a)| (f, Some(a)));
            let dir = document.path.parent().unwrap_or(Path::new(""));
            let path = if file.is_empty() { document.path.clone() } else { dir.join(file) };
            let is_there = root().join(&path).exists();
            let has_heading = |anchor: &str| {
                let text = std::fs::read_to_string(root().join(&path)).unwrap_or_default();
                headings(&Document { path: path.clone(), text }).iter().any(|heading| heading == anchor)
            };
            if !is_there || anchor.is_some_and(|anchor| !has_heading(anchor)) {
                broken.push(format!("{}: {target}", document.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn every_path_that_is_named_exists() {
    let mut missing = Vec::new();
    for document in documents() {
        for span in document.code_spans() {
            let path = span.split(' ').next().unwrap_or_default();
            let is_path = PLACES.iter().any(|place| path.starts_with(place));
            let is_pattern = path.contains(['*', '<', '…', '{']);
            if is_path && !is_pattern && !root().join(path).exists() {
                missing.push(format!("{}: {path}", document.path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "paths that do not exist:\n{}", missing.join("\n"));
}

/// Returns where the links and pictures of `document` lead.
fn targets(document: &Document) -> Vec<String> {
    let prose = document.prose();
    // What stands in backticks is an example.
    let outside: String = prose.split('`').step_by(2).collect();
    let links = outside.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    links.map(|(target, _)| target.split(' ').next().unwrap_or_default().to_owned()).collect()
}

/// Returns the anchors that GitHub and GitLab give the headings of `document`.
fn headings(document: &Document) -> Vec<String> {
    let lines = document.lines().filter(|(line, is_fenced)| !is_fenced && line.starts_with('#'));
    let slug = |line: &str| {
        let text = line.trim_start_matches('#').trim().to_lowercase();
        let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    lines.map(|(line, _)| slug(line)).collect()
}
