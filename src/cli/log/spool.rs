//! What was read and is not acknowledged, on disk: it outlives this process, and the next one sends it. By hand, because the queues on
//! disk that there are as crates are written to by one process and know nothing of one that was killed.
//!
//! Everything that is read goes through files here, so that a producer waits for no host, and there is one way for what is
//! sent at once and for what has to wait. A file is written without a sync: it has to outlive a killed process, not a
//! power cut (what is acknowledged is in the journal). Each is locked by the process that uses it, and removed when all
//! of it is acknowledged.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::intent::Request;
use crate::regular::{self, Links};

/// The version of the files.
const VERSION: u32 = 1;

/// The name of a file ends like this; while it is made, like that.
const EXTENSION: &str = "spool";
const MAKING: &str = "new";

/// A file in which something is damaged is kept under this name, and looked at no more.
const DAMAGED: &str = "damaged";

/// How much is read at once; one line more than that is read whole.
const CHUNK: usize = 256 << 10;

/// A line that waits to be recorded, with all that is needed to send it, the same today and tomorrow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaitingLine {
    /// Its number in what was read.
    pub line: u64,
    pub request: Request,
    /// The line as it was read, when the request does not say it all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
}

/// The first line of a file: whose it is, and where it is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpoolAddress {
    v: u32,
    /// The host that is meant.
    pub to: String,
    /// The name of the writer.
    pub name: String,
}

impl SpoolAddress {
    pub fn new(to: impl Into<String>, name: impl Into<String>) -> Self {
        SpoolAddress { v: VERSION, to: to.into(), name: name.into() }
    }
}

/// A file being written.
#[derive(Debug)]
pub struct Segment {
    path: PathBuf,
    file: File,
    start: u64,
    end: u64,
}

impl Segment {
    /// Makes the file `stem` in `dir`, which is made when it is not there.
    ///
    /// # Errors
    /// What the file system says.
    pub fn create(dir: &Path, stem: &str, address: &SpoolAddress) -> io::Result<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        let making = dir.join(stem).with_extension(MAKING);
        let mut file = OpenOptions::new().read(true).append(true).create_new(true).mode(0o600).open(&making)?;
        let mut header = serde_json::to_vec(address)?;
        header.push(b'\n');
        let path = making.with_extension(EXTENSION);
        // It gets its name when it is locked: nobody may take it for something left behind.
        let made = file.lock().and_then(|()| file.write_all(&header)).and_then(|()| fs::rename(&making, &path));
        if let Err(error) = made {
            // Nothing is in it.
            let _ = fs::remove_file(&making);
            return Err(error);
        }
        let start = header.len() as u64;
        Ok(Segment { path, file, start, end: start })
    }

    /// Adds `lines`: all of them, or none.
    ///
    /// # Errors
    /// What the file system says.
    pub fn append(&mut self, lines: &[WaitingLine]) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(lines.len() * 256);
        for line in lines {
            serde_json::to_writer(&mut bytes, line)?;
            bytes.push(b'\n');
        }
        if let Err(error) = self.file.write_all(&bytes) {
            self.file.set_len(self.end)?;
            return Err(error);
        }
        self.end += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes of lines it holds.
    pub fn len(&self) -> u64 {
        self.end - self.start
    }

    /// Where it ends.
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Another handle, for reading what is written so far and later.
    ///
    /// # Errors
    /// When the system has no handle left.
    pub fn contents(&self) -> io::Result<Contents> {
        Ok(Contents { path: self.path.clone(), file: self.file.try_clone()?, at: self.start, torn: None, damaged: 0 })
    }
}

/// What a file holds, being read.
#[derive(Debug)]
pub struct Contents {
    path: PathBuf,
    /// Holds the lock.
    file: File,
    at: u64,
    /// Why reading stopped before the end.
    torn: Option<io::Error>,
    /// How many lines in it are none.
    damaged: u64,
}

/// A file with something in it that cannot be read any more. All the rest of it is dealt with.
#[derive(Debug, PartialEq, Eq)]
pub struct Damaged {
    /// Where it is kept.
    pub path: PathBuf,
    /// How many lines of it are lost.
    pub lines: u64,
}

impl Contents {
    /// The next lines before `end`, each with its length; `None` if all were read, or the rest cannot be.
    pub fn next(&mut self, end: u64) -> Vec<(WaitingLine, usize)> {
        let mut size = CHUNK as u64;
        while self.torn.is_none() && self.at < end {
            let mut bytes = vec![0; usize::try_from((end - self.at).min(size)).unwrap_or(CHUNK)];
            if let Err(error) = self.file.read_exact_at(&mut bytes, self.at) {
                self.torn = Some(error);
                break;
            }
            let Some(last) = bytes.iter().rposition(|byte| *byte == b'\n') else {
                if bytes.len() as u64 == end - self.at {
                    // It was being written when its writer was killed.
                    self.at = end;
                }
                size *= 2;
                continue;
            };
            let mut lines = Vec::new();
            for line in bytes[..=last].split_inclusive(|byte| *byte == b'\n') {
                match serde_json::from_slice(line) {
                    Ok(waiting) => lines.push((waiting, line.len())),
                    // Those after it are whole.
                    Err(_) => self.damaged += 1,
                }
                self.at += line.len() as u64;
            }
            if !lines.is_empty() {
                return lines;
            }
        }
        Vec::new()
    }

    /// Whether everything before `end` was read.
    pub fn is_at(&self, end: u64) -> bool {
        self.at >= end
    }

    /// Why reading stopped before the end, if it did.
    pub fn torn(&self) -> Option<&io::Error> {
        self.torn.as_ref()
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Everything in it is acknowledged: the file goes, or is kept aside when something in it could not be read.
    pub fn finish(self) -> Option<Damaged> {
        if self.damaged > 0 {
            return Some(set_aside(self.path, self.damaged));
        }
        // Should it stay, the next process sends it again, and nothing comes of that: the ids are known.
        let _ = fs::remove_file(&self.path);
        None
    }
}

/// Keeps a file where no later process looks at it again.
fn set_aside(path: PathBuf, lines: u64) -> Damaged {
    let aside = path.with_extension(DAMAGED);
    // Should it stay, the next process says the same.
    let path = if fs::rename(&path, &aside).is_ok() { aside } else { path };
    Damaged { path, lines }
}

/// A file whose writer is gone.
#[derive(Debug)]
pub struct Leftover {
    pub address: SpoolAddress,
    pub contents: Contents,
    pub end: u64,
}

/// What writers of `to` left behind in `dir`, the oldest first. It is this process's from now on. And the files of which
/// cannot be known any more whose they are.
pub fn leftovers(dir: &Path, to: &str) -> (Vec<Leftover>, Vec<Damaged>) {
    let Ok(entries) = fs::read_dir(dir) else { return Default::default() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == EXTENSION));
    paths.sort();
    let (mut left, mut damaged) = (Vec::new(), Vec::new());
    for opened in paths.into_iter().filter_map(open) {
        match opened {
            Ok(found) if found.address.to == to && found.address.v == VERSION => left.push(found),
            Ok(_) => {}
            Err(found) => damaged.push(found),
        }
    }
    (left, damaged)
}

/// Returns `None` if somebody uses it, or it cannot be read now.
fn open(path: PathBuf) -> Option<Result<Leftover, Damaged>> {
    let file = regular::open_to_read(&path, Links::Refuse).ok()?;
    file.try_lock().ok()?;
    let end = file.metadata().ok()?.len();
    let mut head = vec![0; usize::try_from(end.min(64 << 10)).ok()?];
    file.read_exact_at(&mut head, 0).ok()?;
    let length = head.iter().position(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
    let Ok(address) = serde_json::from_slice(&head[..length]) else {
        return Some(Err(set_aside(path, count_lines(&file, end).saturating_sub(1))));
    };
    let contents = Contents { path, file, at: length as u64, torn: None, damaged: 0 };
    Some(Ok(Leftover { address, contents, end }))
}

fn count_lines(file: &File, end: u64) -> u64 {
    let mut bytes = vec![0; CHUNK];
    let mut count = 0;
    let mut at = 0;
    while at < end {
        let Ok(read @ 1..) = file.read_at(&mut bytes, at) else { break };
        count += bytes[..read].iter().filter(|byte| **byte == b'\n').count() as u64;
        at += read as u64;
    }
    count
}
