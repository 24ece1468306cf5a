//! A room's journal as a file: read line by line, sound or not.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use super::hash::Hash;
use crate::domain::id::Seq;
use crate::regular::{self, Links};

/// How far a journal goes: its length in bytes, its last record and what the record after it names as the hash before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct JournalEnd {
    pub len: u64,
    pub seq: Seq,
    pub head: Hash,
}

impl JournalEnd {
    /// The end of a journal without a line.
    pub const NOTHING: JournalEnd = JournalEnd { len: 0, seq: 0, head: Hash::NONE };
}

/// Nothing longer than this is a line: the longest entry that is taken is far shorter, even with all of it escaped. What is
/// longer is shown in parts, so that no file can fill the memory.
const LONGEST_LINE: usize = 16 << 20;

/// A stretch of a journal up to a newline, or up to the end of the file.
#[derive(Debug)]
pub(in crate::store) struct RawLine<'a> {
    /// Where in the file it begins.
    pub offset: u64,
    /// Without its newline.
    pub bytes: &'a [u8],
    /// Whether it is over: a newline ended it, or it is longer than a line can be.
    pub ended: bool,
    /// How many bytes of the file end it: a newline, or none.
    ending: u64,
}

impl RawLine<'_> {
    /// Returns where in the file the next one begins.
    pub fn end(&self) -> u64 {
        self.offset + self.bytes.len() as u64 + self.ending
    }
}

/// Shows `visit` every stretch of the journal from byte `from` on, until it breaks.
pub(in crate::store) fn visit_raw_lines(
    path: &Path,
    from: u64,
    visit: &mut dyn FnMut(RawLine<'_>) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut file = regular::open_to_read(path, Links::Refuse)?;
    file.seek(SeekFrom::Start(from))?;
    let mut reader = BufReader::with_capacity(1 << 18, file);
    let mut offset = from;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        let ending = u64::from(line.last() == Some(&b'\n'));
        let bytes = &line[..read - ending as usize];
        let raw = RawLine { offset, bytes, ended: ending > 0 || read == LONGEST_LINE, ending };
        offset = raw.end();
        if visit(raw).is_break() {
            return Ok(());
        }
    }
}

/// Returns the last line of a journal of `len` bytes, without its newline; none when it does not end in one.
pub(in crate::store) fn last_line(path: &Path, len: u64) -> io::Result<Option<Vec<u8>>> {
    const STEP: u64 = 1 << 13;
    let mut file = regular::open_to_read(path, Links::Refuse)?;
    let mut tail: Vec<u8> = Vec::new();
    let mut start = len;
    while start > 0 && tail.len() <= LONGEST_LINE {
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
