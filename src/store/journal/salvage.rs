//! What can be read of a file that is kept beside a journal, entry by entry, without a host.

use std::ops::ControlFlow;
use std::path::Path;
use std::{fs, io};

use super::kept_file::{KeptFile, KeptReason};
use super::scan::salvage;
use super::{line, walk};
use crate::domain::record::Record;

/// A part of a kept file.
#[derive(Debug)]
pub enum SalvagedPiece {
    /// A whole entry.
    Entry(Box<Record>),
    /// Words that stand in bytes which are no entry.
    Words(String),
    /// So many bytes in which nothing can be read.
    Unreadable(u64),
}

/// Returns what is kept beside the journals in the data directory `data`, by name.
///
/// # Errors
/// When the directory of the rooms cannot be read; one that is not there has nothing.
pub fn kept_in(data: &Path) -> io::Result<Vec<KeptFile>> {
    let entries = match fs::read_dir(data.join("rooms")) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut kept: Vec<KeptFile> =
        names.filter_map(|name| KeptReason::parse(&name).map(|(room, why)| KeptFile { room, why, name })).collect();
    kept.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(kept)
}

/// Shows `visit` what can be read in the file at `path`, in its order, until it says to stop.
///
/// # Errors
/// When it cannot be read.
pub fn read_kept(path: &Path, visit: &mut dyn FnMut(SalvagedPiece) -> ControlFlow<()>) -> io::Result<()> {
    walk::visit_raw_lines(path, 0, &mut |raw| {
        let sound = if line::parse(raw.bytes).is_some() { vec![raw.bytes] } else { salvage(raw.bytes) };
        let mut rest = raw.bytes;
        for line in sound {
            let at = line.as_ptr() as usize - rest.as_ptr() as usize;
            show_bytes(&rest[..at], visit)?;
            rest = &rest[at + line.len()..];
            if let Some(line) = line::parse(line) {
                visit(SalvagedPiece::Entry(Box::new(line.record())))?;
            }
        }
        show_bytes(rest, visit)
    })
}

/// Shows the texts that stand in bytes which are no entry.
fn show_bytes(bytes: &[u8], visit: &mut dyn FnMut(SalvagedPiece) -> ControlFlow<()>) -> ControlFlow<()> {
    const TEXT: &str = r#""text":"#;
    let text = String::from_utf8_lossy(bytes);
    let mut is_legible = false;
    for (at, _) in text.match_indices(TEXT) {
        let words = serde_json::Deserializer::from_str(&text[at + TEXT.len()..]).into_iter::<String>().next();
        if let Some(Ok(words)) = words.filter(|words| words.as_ref().is_ok_and(|words| !words.trim().is_empty())) {
            is_legible = true;
            visit(SalvagedPiece::Words(words))?;
        }
    }
    if is_legible || bytes.is_empty() {
        return ControlFlow::Continue(());
    }
    visit(SalvagedPiece::Unreadable(bytes.len() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_words_and_unreadable_bytes_are_told_apart() {
        let golden = include_str!("../../../tests/data/journal-v2.jsonl");
        let lines: Vec<&str> = golden.lines().collect();
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("2026-014.jsonl.cut-1");
        let half = lines[13].replace("\"seq\":14", "\"seq\":99");
        fs::write(&path, [lines[7], "\n", &half, lines[8], "\n", "\0\0\0"].concat()).expect("written");
        let mut seen = Vec::new();
        read_kept(&path, &mut |piece| {
            seen.push(match piece {
                SalvagedPiece::Entry(record) => format!("entry {}", record.seq),
                SalvagedPiece::Words(words) => format!("words {words}"),
                SalvagedPiece::Unreadable(bytes) => format!("{bytes} bytes"),
            });
            ControlFlow::Continue(())
        })
        .expect("read");
        assert_eq!(seen.first().map(String::as_str), Some("entry 8"));
        assert_eq!(seen[seen.len() - 2..], ["entry 9", "3 bytes"]);
        assert!(seen[1].starts_with("words "), "{seen:?}");
    }
}
