//! What the documents say, checked against the program, the tree and one another.

mod commands;
mod faults;
mod journal;
mod keys;
mod links;
mod promises;
mod wire;

use std::fs;
use std::path::{Path, PathBuf};

/// A Markdown file of the repository.
struct Document {
    /// Its path from the root of the repository.
    path: PathBuf,
    text: String,
}

/// Returns the root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the document at `path`, which is relative to the root.
fn document(path: &str) -> Document {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Document { path: path.into(), text }
}

/// Returns the documents at the root and in `docs/`.
fn documents() -> Vec<Document> {
    let names = |dir: &str| {
        let entries = fs::read_dir(root().join(dir)).expect("the directory is there");
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
        names.filter(|name| name.ends_with(".md")).map(|name| format!("{dir}{name}")).collect::<Vec<_>>()
    };
    let mut paths = [names(""), names("docs/")].concat();
    paths.sort();
    paths.iter().map(|path| document(path)).collect()
}

impl Document {
    /// Returns the text outside and inside of fenced blocks: each line with whether it stands in a block.
    fn lines(&self) -> impl Iterator<Item = (&str, bool)> {
        let mut is_fenced = false;
        self.text.lines().map(move |line| {
            let is_fence = line.trim_start().starts_with("```");
            let stands_in_block = is_fenced && !is_fence;
            is_fenced ^= is_fence;
            (if is_fence { "" } else { line }, stands_in_block)
        })
    }

    /// Returns the lines of all fenced blocks.
    fn block_lines(&self) -> Vec<&str> {
        self.lines().filter(|(_, is_fenced)| *is_fenced).map(|(line, _)| line).collect()
    }

    /// Returns the text outside of fenced blocks, its lines joined.
    fn prose(&self) -> String {
        self.lines().filter(|(_, is_fenced)| !is_fenced).map(|(line, _)| format!("{line}\n")).collect()
    }

    /// Returns what stands between single backticks.
    fn code_spans(&self) -> Vec<String> {
        let prose = self.prose();
        let spans = prose.split('`').skip(1).step_by(2);
        spans.map(|span| span.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    /// Returns the first fenced block of `language`.
    fn block(&self, language: &str) -> &str {
        let fence = format!("```{language}\n");
        let after = self.text.split_once(&fence).unwrap_or_else(|| panic!("{}: no {language}", self.path.display())).1;
        after.split_once("```").expect("the block ends").0
    }
}
