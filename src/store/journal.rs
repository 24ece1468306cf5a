//! A room's journal as a file: read line by line, whatever is in it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use super::hash::Hash;
use crate::domain::id::Seq;

/// How far a journal goes: its length in bytes, its last record and that record's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub len: u64,
    pub seq: Seq,
    pub head: Hash,
}

impl End {
    /// The end of a journal without a line.
    pub const NOTHING: End = End { len: 0, seq: 0, head: Hash::NONE };
}

/// A stretch of a journal up to a newline, or up to the end of the file.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    /// Where in the file it begins.
    pub offset: u64,
    /// Without its newline.
    pub bytes: &'a [u8],
    /// Whether a newline ended it.
    pub ended: bool,
}

/// Shows `visit` every stretch of the journal from byte `from` on, until it breaks.
pub(super) fn walk(path: &Path, from: u64, visit: &mut dyn FnMut(Stretch<'_>) -> ControlFlow<()>) -> io::Result<()> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut reader = BufReader::with_capacity(1 << 18, file);
    let mut offset = from;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        let ended = line.last() == Some(&b'\n');
        let bytes = if ended { &line[..read - 1] } else { &line[..] };
        if visit(Stretch { offset, bytes, ended }).is_break() {
            return Ok(());
        }
        offset += read as u64;
    }
}

/// The last line of a journal of `len` bytes, without its newline; none when it does not end in one.
pub(super) fn last_line(path: &Path, len: u64) -> io::Result<Option<Vec<u8>>> {
    const STEP: u64 = 1 << 13;
    let mut file = File::open(path)?;
    let mut tail: Vec<u8> = Vec::new();
    let mut start = len;
    while start > 0 {
        let step = STEP.min(start);
        start -= step;
        file.seek(SeekFrom::Start(start))?;
        let mut block = vec![0; usize::try_from(step).unwrap_or_default()];
        file.read_exact(&mut block)?;
        block.extend_from_slice(&tail);
        tail = block;
        let Some((b'\n', line)) = tail.split_last() else { return Ok(None) };
        if let Some(newline) = line.iter().rposition(|byte| *byte == b'\n') {
            return Ok(Some(line[newline + 1..].to_vec()));
        }
        if start == 0 {
            return Ok(Some(line.to_vec()));
        }
    }
    Ok(None)
}
