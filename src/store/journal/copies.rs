//! The copies of a room's words that stand outside of its journal and of the index, and have to go with them.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::disk::Disk;
use super::file::Replacement;
use super::kept_file::KeptReason;
use super::redact::without_words;
use super::redacted_words::RedactedWords;
use super::salt::KernelSalts;
use super::{line, walk};
use crate::domain::id::RoomId;
use crate::regular::{self, Links};
use crate::store::error::StoreError;

/// A file longer than this is no spool: its writer begins another one long before.
const LONGEST_SPOOL: u64 = 64 << 20;

/// Where copies of a room's words may stand.
pub(in crate::store) struct WordCopies {
    room: RoomId,
    dir: PathBuf,
    spools: Vec<PathBuf>,
}

impl WordCopies {
    /// Those of `room` in the data directory `dir`, and in `spools`: directories in which pipes keep what they read.
    pub fn of(room: &RoomId, dir: &Path, spools: &[PathBuf]) -> Self {
        WordCopies { room: room.clone(), dir: dir.to_owned(), spools: spools.to_vec() }
    }

    /// Removes the words from all of them. When this returns, the disk does not have them either.
    ///
    /// Indexes that were set aside go, and so does what is kept of this room and cannot be read line by line. Entries of another
    /// history stay, without the words.
    pub fn remove(&self, disk: &dyn Disk, gone: &RedactedWords) -> Result<(), StoreError> {
        let rooms = self.dir.join("rooms");
        for path in files_in(&self.dir) {
            if name_of(&path).starts_with("index.sled.set-aside-") {
                removed(&path, fs::remove_dir_all(&path))?;
            }
        }
        let new = format!("{}.jsonl.new", self.room);
        for path in files_in(&rooms) {
            match KeptReason::parse(name_of(&path)).filter(|(room, _)| *room == self.room) {
                Some((_, KeptReason::Aside)) => rewrite_without_words(disk, &path, gone)?,
                Some(_) => removed(&path, fs::remove_file(&path))?,
                None if name_of(&path) == new => removed(&path, fs::remove_file(&path))?,
                None => {}
            }
        }
        for dir in [&self.dir, &rooms] {
            disk.sync_dir(dir).map_err(|e| StoreError::sync(dir, e))?;
        }
        for path in self.spools.iter().flat_map(|dir| files_in(dir)) {
            blank(&path, gone).map_err(|e| StoreError::io("taking words out", &path, e))?;
        }
        Ok(())
    }
}

fn files_in(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn removed(path: &Path, result: io::Result<()>) -> Result<(), StoreError> {
    match result {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::io("removing a copy", path, e)),
        _ => Ok(()),
    }
}

/// Writes a file of journal lines again, without the words of the entries that go.
fn rewrite_without_words(disk: &dyn Disk, path: &Path, gone: &RedactedWords) -> Result<(), StoreError> {
    let mut salts = KernelSalts::default();
    let mut replacement = Replacement::begin(disk, path)?;
    let mut result = Ok(());
    walk::visit_raw_lines(path, 0, &mut |raw| {
        // What is no line may hold anything.
        let Some(line) = line::parse(raw.bytes) else { return std::ops::ControlFlow::Continue(()) };
        result = if gone.has(line.id()) {
            match without_words(&line, &mut salts) {
                Ok(bytes) => replacement.add_line(&bytes),
                Err(e) => Err(StoreError::io("taking words out", path, io::Error::other(e))),
            }
        } else {
            replacement.add_line(raw.bytes)
        };
        if result.is_ok() { std::ops::ControlFlow::Continue(()) } else { std::ops::ControlFlow::Break(()) }
    })
    .map_err(|e| StoreError::io("reading what is kept", path, e))?;
    result?;
    replacement.commit().map(drop)
}

/// Overwrites, in a file of lines that a pipe keeps, the words of the lines with one of the ids. Each line stays as long as it was
/// and can still be sent: its pipe may be reading the file, and the host that gets it knows the id already.
fn blank(path: &Path, gone: &RedactedWords) -> io::Result<()> {
    let bytes = match regular::read(path, Links::Refuse, LONGEST_SPOOL) {
        Ok(bytes) => bytes,
        // No pipe wrote that.
        Err(error) if regular::Odd::of(&error).is_some() || error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let ids: Vec<String> = gone.ids().collect();
    let mut file = None;
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let is_meant = ids.iter().any(|id| memchr::memmem::find(line, id.as_bytes()).is_some());
        if is_meant && let Some(blanked) = blanked(line) {
            if file.is_none() {
                file = Some(regular::open(path, Links::Refuse, OpenOptions::new().write(true))?);
            }
            if let Some(file) = &file {
                file.write_all_at(&blanked, at)?;
            }
        }
        at += line.len() as u64;
    }
    file.map_or(Ok(()), |file| file.sync_all())
}

/// Returns the line with spaces for its words. A line that is no JSON is all words.
fn blanked(line: &[u8]) -> Option<Vec<u8>> {
    let body = line.strip_suffix(b"\n").unwrap_or(line);
    let mut blanked = match serde_json::from_slice::<Value>(body) {
        Ok(mut value) => {
            blank_words(&mut value);
            serde_json::to_vec(&value).ok().filter(|bytes| bytes.len() <= body.len()).unwrap_or_default()
        }
        Err(_) => Vec::new(),
    };
    blanked.resize(body.len(), b' ');
    blanked.extend_from_slice(&line[body.len()..]);
    (blanked != line).then_some(blanked)
}

/// Keys whose strings people wrote, and those under which all strings are.
const WORDS: [&str; 3] = ["text", "raw", "owner"];
const LISTS: [&str; 2] = ["people", "tags"];

fn blank_words(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(words) if WORDS.contains(&key.as_str()) => *words = " ".repeat(words.len()),
                    Value::Array(names) if LISTS.contains(&key.as_str()) => {
                        for name in names {
                            match name {
                                Value::String(name) => *name = " ".repeat(name.len()),
                                other => blank_words(other),
                            }
                        }
                    }
                    other => blank_words(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(blank_words),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::note;

    #[test]
    fn a_line_that_a_pipe_keeps_stays_as_long_as_it_was_and_says_nothing() {
        let (redacted, other) = (note(4, ""), note(5, ""));
        let line = |id: &dyn std::fmt::Display, words: &str| {
            format!(
                r#"{{"line":1,"request":{{"id":"{id}","room":"2026-014","at":null,"intent":{{"TakeNote":{{"kind":"note","text":{{"text":"{words}"}},"people":["Lotta"]}}}}}},"raw":"{words}"}}"#
            )
        };
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("a.spool");
        let before = [r#"{"v":1}"#.to_owned(), line(&redacted.id, "the \\\"secret\\\" word"), line(&other.id, "stays")];
        fs::write(&path, before.join("\n") + "\n").expect("written");
        let mut gone = RedactedWords::default();
        gone.add(&redacted);
        blank(&path, &gone).expect("blanked");
        let after = fs::read_to_string(&path).expect("read");
        assert_eq!(after.len(), before.join("\n").len() + 1);
        assert!(!after.contains("secret") && after.contains("stays"), "{after}");
        let lines: Vec<&str> = after.lines().collect();
        assert!(!lines[1].contains("Lotta") && lines[2] == before[2], "{after}");
        let sent: Value = serde_json::from_str(lines[1]).expect("it can still be sent");
        assert_eq!(sent["request"]["id"], redacted.id.to_string());
        assert_eq!(sent["request"]["intent"]["TakeNote"]["kind"], "note");
    }
}
