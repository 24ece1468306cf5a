//! What the index lacks of a room's journal is taken into it.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use super::layout::BATCH;
use super::{Index, IndexFault, JournalExtent, LineReader, doubt};
use crate::domain::id::{RoomId, Seq};
use crate::store::journal::hash::Hash;
use crate::store::journal::line::{self, SoundLine, StoredLine};
use crate::store::journal::scan::{CancelFlag, READ_WHOLE, ScanStart, link, scan};
use crate::store::journal::walk::{self, JournalEnd};

/// How many batches may wait while the index takes one in. A guess: a scan is faster than the index, and memory is bounded.
const WAITING: usize = 4;

/// The lines of a journal on their way into an index that has nothing of the room, in a thread of its own: the thread that looks
/// through the journal to see whether it is sound need not look through it again.
pub(in crate::store) struct IndexFeed {
    room: RoomId,
    batches: SyncSender<Vec<StoredLine>>,
    taker: JoinHandle<Result<Seq, IndexFault>>,
    waiting: Vec<StoredLine>,
    /// The last line, and the hash that the next one has to name.
    last: (Seq, Hash),
    /// Nothing more is taken: what came does not follow from the line before it.
    is_broken: bool,
}

impl IndexFeed {
    /// None when there can be no more threads.
    pub fn begin(index: Arc<Index>, room: &RoomId) -> Option<Self> {
        let (batches, to_take) = sync_channel::<Vec<StoredLine>>(WAITING);
        let of = room.clone();
        let taking = move || {
            let mut last = 0;
            for lines in to_take {
                index.ask(|index| index.put(&of, &lines))?;
                last = lines.last().map_or(last, |line| line.seq);
            }
            Ok(last)
        };
        let taker = thread::Builder::new().name("klock-index".to_owned()).spawn(taking).ok()?;
        let last = (0, Hash::NONE);
        Some(IndexFeed { room: room.clone(), batches, taker, waiting: Vec::new(), last, is_broken: false })
    }

    /// Adds a line. Batches end where an append ends, so that the index never has a part of one.
    pub fn add(&mut self, line: &SoundLine<'_>, bytes: &[u8]) {
        self.is_broken |= (line.seq(), line.prev) != (self.last.0.saturating_add(1), self.last.1);
        if self.is_broken {
            return;
        }
        self.last = (line.seq(), link(line));
        self.waiting.push(indexed(line, bytes));
        if self.waiting.len() >= BATCH && line.left() == 0 {
            self.send();
        }
    }

    /// Waits until everything up to `last` is in the index, and says whether it is.
    pub fn end(mut self, last: Seq) -> Result<bool, IndexFault> {
        self.waiting.retain(|line| line.seq <= last);
        self.send();
        let IndexFeed { room, batches, taker, .. } = self;
        drop(batches);
        match taker.join() {
            Ok(taken) => Ok(taken? == last),
            Err(_) => doubt(format!("{room}: its lines were not taken")),
        }
    }

    fn send(&mut self) {
        // The other end is gone when the index failed, and says so at the end.
        self.is_broken |= self.batches.send(std::mem::take(&mut self.waiting)).is_err();
    }
}

fn indexed(line: &SoundLine<'_>, bytes: &[u8]) -> StoredLine {
    StoredLine { seq: line.seq(), id: line.id(), at: line.at(), bytes: bytes.to_vec() }
}

/// Takes into the index what it lacks of the journal at `path`, which goes as far as `upto`; for a short journal all of it
/// is then compared.
pub(in crate::store) fn bring_up(
    index: &Index,
    room: &RoomId,
    path: &Path,
    upto: &JournalExtent,
    cancel: &CancelFlag,
) -> Result<(), IndexFault> {
    let is_short = upto.end.len <= READ_WHOLE;
    let known = index.known(room)?;
    if !is_short && known.as_ref() == Some(upto) {
        return ends_with(index, room, upto.end.seq);
    }
    let from = known.as_ref().map_or(JournalEnd::NOTHING, |known| known.end);
    if from.seq > upto.end.seq {
        return doubt(format!("{room}: it has entries that the journal has not"));
    }
    let mut start = ScanStart::WHOLE;
    if !is_short && from.seq > 0 {
        let bytes = walk::last_line(path, from.len).ok().flatten().unwrap_or_default();
        match line::parse(&bytes) {
            Some(line) if link(&line) == from.head => start = ScanStart { end: from, link: link(&line) },
            _ => return doubt(format!("{room}: it goes on where the journal does not")),
        }
    }
    let mut waiting: Vec<StoredLine> = Vec::new();
    let mut lines = index.reading(room);
    let mut result = Ok(());
    let mut head = start.end.head;
    let mut seen = start.end.seq;
    let found = scan(path, start, cancel, &mut |line, bytes| {
        if result.is_err() || line.seq() > upto.end.seq {
            return;
        }
        if line.seq() <= from.seq {
            result = compare(index, room, &mut lines, line, bytes);
            if line.seq() == from.seq {
                head = link(line);
            }
        } else {
            if line.seq() == from.seq + 1 && head != from.head {
                result = doubt(format!("{room}: its last entry is not the journal's"));
            }
            waiting.push(indexed(line, bytes));
            if waiting.len() == BATCH {
                result = index.check_kept().and_then(|()| index.put(room, &waiting));
                waiting.clear();
            }
        }
        seen = line.seq();
    });
    result?;
    if found.is_err() || seen != upto.end.seq {
        return doubt(format!("{room}: the journal cannot be read to its end"));
    }
    index.put(room, &waiting)?;
    index.put_known(room, upto)?;
    if is_short { index.count(room, upto.end.seq, false, cancel) } else { ends_with(index, room, upto.end.seq) }
}

/// Returns a fault unless the last line that the index holds of the room is `last`.
fn ends_with(index: &Index, room: &RoomId, last: Seq) -> Result<(), IndexFault> {
    if index.last_seq(room)? == Some(last) {
        Ok(())
    } else {
        doubt(format!("{room}: it ends where the journal does not"))
    }
}

/// Returns a fault unless the index, whose `lines` are read in order, has the line `line` as the journal has it.
fn compare(
    index: &Index,
    room: &RoomId,
    lines: &mut LineReader<'_>,
    line: &SoundLine<'_>,
    bytes: &[u8],
) -> Result<(), IndexFault> {
    let seq = line.seq();
    let alike = lines.line(seq)? == Some(bytes)
        && index.has_place(room, line.at(), seq)?
        && index.find(room, line.id())?.is_some();
    if alike { Ok(()) } else { doubt(format!("{room}: entry {seq} is not the journal's")) }
}
