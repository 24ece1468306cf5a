//! What is kept beside a journal when something is wrong with it: nothing that may hold an entry is thrown away.
//!
//! | name | what is in it |
//! |---|---|
//! | `2026-014.jsonl.damaged-TIME` | a journal before it was mended |
//! | `2026-014.jsonl.cut-TIME` | bytes at the end of a journal that could not be read, and may hold confirmed entries |
//! | `2026-014.jsonl.unfinished-TIME` | a save that was not finished |
//! | `2026-014.jsonl.aside-TIME` | entries that only the index had, when the journal is of another history |
//!
//! What was cut off and what was set aside may be the only copy of an entry: it is told of until somebody has dealt with it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use crate::domain::id::RoomId;
use crate::domain::time::Moment;
use crate::regular::{self, Links};
use crate::store::error::StoreError;

/// Why something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeptReason {
    Damaged,
    Cut,
    Unfinished,
    Aside,
}

/// How many unfinished saves of a room are kept. Each killed host can leave one. A guess.
const MOST_UNFINISHED: usize = 2;

/// How much is copied at a time, in bytes. A guess: enough that the number of calls does not matter.
const BLOCK: usize = 1 << 20;

impl KeptReason {
    const ALL: [KeptReason; 4] = [KeptReason::Damaged, KeptReason::Cut, KeptReason::Unfinished, KeptReason::Aside];

    fn word(self) -> &'static str {
        match self {
            KeptReason::Damaged => "damaged",
            KeptReason::Cut => "cut",
            KeptReason::Unfinished => "unfinished",
            KeptReason::Aside => "aside",
        }
    }

    /// Its stable name: `aside`, `cut`.
    pub fn name(self) -> &'static str {
        self.word()
    }

    /// Returns whether it may be the only copy of an entry.
    pub fn is_to_be_dealt_with(self) -> bool {
        matches!(self, KeptReason::Cut | KeptReason::Aside)
    }

    /// Returns the room and the reason that the name of a kept file says.
    pub fn parse(name: &str) -> Option<(RoomId, KeptReason)> {
        let (room, rest) = name.split_once(".jsonl.")?;
        let keeping = KeptReason::ALL.into_iter().find(|keeping| {
            rest.strip_prefix(keeping.word()).is_some_and(|time| time.starts_with('-') && time.len() > 1)
        })?;
        Some((room.parse().ok()?, keeping))
    }
}

/// A file that is kept beside a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    pub room: RoomId,
    pub why: KeptReason,
    /// Its name in the directory of the rooms.
    pub name: String,
}

/// The files that are kept in a directory of rooms.
#[derive(Debug, Default)]
pub(in crate::store) struct KeptFiles {
    dir: PathBuf,
    files: Vec<KeptFile>,
}

impl KeptFiles {
    /// Returns `files`, which are in `dir`.
    pub fn new(dir: &Path, files: Vec<KeptFile>) -> Self {
        KeptFiles { dir: dir.to_owned(), files }
    }

    /// Adds files that were kept just now.
    pub fn add(&mut self, files: Vec<KeptFile>) {
        self.files.extend(files);
    }

    /// Returns those that may hold the only copy of entries, until a person removes them or moves them away.
    pub fn to_be_dealt_with(&self) -> impl Iterator<Item = &KeptFile> {
        self.files
            .iter()
            .filter(|kept| kept.why.is_to_be_dealt_with() && fs::symlink_metadata(self.dir.join(&kept.name)).is_ok())
    }

    /// Returns the damaged journals of `room`, the first that was kept first.
    pub fn damaged(&self, room: &RoomId) -> impl Iterator<Item = PathBuf> + use<'_> {
        let kept = self.files.iter().filter(|kept| kept.room == *room && kept.why == KeptReason::Damaged);
        let mut names: Vec<&str> = kept.map(|kept| kept.name.as_str()).collect();
        names.sort_unstable();
        names.into_iter().map(|name| self.dir.join(name))
    }
}

/// Returns a name that nothing has yet beside the journal at `path`.
fn free_name(room: &RoomId, path: &Path, why: KeptReason, now: Moment) -> String {
    let wanted = format!("{room}.jsonl.{}-{}", why.word(), stamp(now));
    let mut name = wanted.clone();
    let mut nth = 1;
    while fs::symlink_metadata(path.with_file_name(&name)).is_ok() {
        nth += 1;
        name = format!("{wanted}-{nth}");
    }
    name
}

/// Returns a moment as part of a file's name: `20261121T144710`.
pub(in crate::store) fn stamp(now: Moment) -> String {
    now.datetime().format("%Y%m%dT%H%M%S").to_string()
}

/// Gives the damaged journal at `path` a second name, dated, that stays when the first is replaced.
pub(in crate::store) fn keep_damaged(room: &RoomId, path: &Path, now: Moment) -> Result<KeptFile, StoreError> {
    loop {
        let name = free_name(room, path, KeptReason::Damaged, now);
        match fs::hard_link(path, path.with_file_name(&name)) {
            Ok(()) => return Ok(KeptFile { room: room.clone(), why: KeptReason::Damaged, name }),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(StoreError::io("keeping the damaged journal", path, e)),
        }
    }
}

/// WordCopies what the journal at `path` holds from byte `from` on into a file of its own, which is on disk when this returns.
pub(in crate::store) fn keep_tail(
    disk: &dyn Disk,
    room: &RoomId,
    path: &Path,
    from: u64,
    why: KeptReason,
    now: Moment,
) -> Result<KeptFile, StoreError> {
    if why == KeptReason::Unfinished {
        forget_earlier(room, path);
    }
    let name = free_name(room, path, why, now);
    let target = path.with_file_name(&name);
    let failed = |e| StoreError::io("keeping the end of the journal", &target, e);
    let copied = copy_tail(path, from, &target).map_err(failed);
    if copied.is_err() {
        let _ = fs::remove_file(&target);
    }
    copied?;
    super::file::sync_name(disk, &target)?;
    Ok(KeptFile { room: room.clone(), why, name })
}

fn copy_tail(path: &Path, from: u64, target: &Path) -> io::Result<()> {
    let mut source = regular::open_to_read(path, Links::Refuse)?;
    source.seek(SeekFrom::Start(from))?;
    let mut file: File = OpenOptions::new().write(true).create_new(true).mode(0o600).open(target)?;
    let mut block = vec![0; BLOCK];
    let mut len = 0;
    loop {
        let read = match source.read(&mut block) {
            Ok(0) => break,
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        // Zeros take no room: a tail can be as long as a disk.
        if block[..read].iter().all(|byte| *byte == 0) {
            file.seek(SeekFrom::Current(read as i64))?;
        } else {
            file.write_all(&block[..read])?;
        }
        len += read as u64;
    }
    file.set_len(len)?;
    file.sync_all()
}

/// Of the unfinished saves of a room only the latest stay.
fn forget_earlier(room: &RoomId, path: &Path) {
    let start = format!("{room}.jsonl.{}-", KeptReason::Unfinished.word());
    let names = path.parent().and_then(|dir| fs::read_dir(dir).ok()).into_iter().flatten().flatten();
    let mut names: Vec<_> =
        names.map(|entry| entry.file_name()).filter(|name| name.to_string_lossy().starts_with(&start)).collect();
    names.sort();
    for old in names.iter().rev().skip(MOST_UNFINISHED - 1) {
        let _ = fs::remove_file(path.with_file_name(old));
    }
}

/// Returns where entries that only the index has of `room` are to be kept.
pub(in crate::store) fn aside(room: &RoomId, path: &Path, now: Moment) -> KeptFile {
    KeptFile { room: room.clone(), why: KeptReason::Aside, name: free_name(room, path, KeptReason::Aside, now) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_kept_file_says_what_it_is() {
        let room = RoomId::of_year(2026, 14);
        for (name, why) in [
            ("2026-014.jsonl.damaged-20261121T120000", Some(KeptReason::Damaged)),
            ("2026-014.jsonl.cut-20261121T120000-2", Some(KeptReason::Cut)),
            ("2026-014.jsonl.aside-20261121T120000", Some(KeptReason::Aside)),
            ("2026-014.jsonl", None),
            ("2026-014.jsonl.new", None),
            ("2026-014.jsonl.cut", None),
            ("x.jsonl.cut-1", None),
        ] {
            assert_eq!(KeptReason::parse(name), why.map(|why| (room.clone(), why)), "{name}");
        }
    }

    #[test]
    fn what_was_moved_away_is_dealt_with() {
        let dir = tempfile::tempdir().unwrap();
        let room = RoomId::of_year(2026, 14);
        let file = |why, name: &str| KeptFile { room: room.clone(), why, name: name.to_owned() };
        let damaged = ["2026-014.jsonl.damaged-2", "2026-014.jsonl.damaged-1"];
        let mut files = KeptFiles::new(dir.path(), damaged.map(|name| file(KeptReason::Damaged, name)).to_vec());
        files.add(vec![
            file(KeptReason::Cut, "2026-014.jsonl.cut-1"),
            file(KeptReason::Aside, "2026-014.jsonl.aside-1"),
        ]);
        fs::write(dir.path().join("2026-014.jsonl.cut-1"), "x").unwrap();
        let left: Vec<&str> = files.to_be_dealt_with().map(|kept| kept.name.as_str()).collect();
        assert_eq!(left, ["2026-014.jsonl.cut-1"]);
        let first = files.damaged(&room).next().unwrap();
        assert_eq!(first, dir.path().join("2026-014.jsonl.damaged-1"));
    }
}
