//! A room's first use: its journal against itself and against the index, and each put right from the other.

use std::fs;
use std::io;
use std::path::Path;

use super::codec;
use super::error::StoreError;
use super::index::{BATCH, Fault, Index, Indexed, Known, Lines, doubt};
use super::journal::{self, End};
use super::mend::{Mended, Witness, mend};
use super::survey::{Flaw, Start, Survey, link, survey};
use super::{Chamber, Remark, Store};
use crate::domain::id::{RoomId, Seq};

/// A journal up to this size is read whole at first use and compared with the index line by line, which takes a few
/// milliseconds. Of a longer one the end is compared; [`Store::verify`] reads it all.
pub(super) const READ_WHOLE: u64 = 1 << 20;

/// The index as a second copy of a room's lines.
struct IndexWitness<'a> {
    index: Option<&'a Index>,
    room: &'a RoomId,
    last: Seq,
}

impl Witness for IndexWitness<'_> {
    fn line(&self, seq: Seq) -> Option<Vec<u8>> {
        self.index?.ask(|index| index.line(self.room, seq)).ok()?
    }

    fn last(&self) -> Seq {
        self.last
    }
}

impl Store {
    /// Checks the journal of a room that is used for the first time, puts it right if it must, and brings the index up
    /// to it. What cannot be written now, on a full disk, is put right before the next append.
    pub(super) fn check(&mut self, room: &RoomId) -> Result<Chamber, StoreError> {
        if let Err((end, failure)) = self.take_back_again(room) {
            let lost = self.query(|index| index.known(room)).flatten().map_or(Vec::new(), |known| known.lost);
            return Ok(Chamber { lost, unsettled: Some(failure), ..Chamber::at(end) });
        }
        let path = self.journal_path(room);
        let file_len = match fs::metadata(&path) {
            Ok(meta) => meta.len(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => 0,
            Err(e) => return Err(StoreError::io("reading the journal", &path, e)),
        };
        let known = self.query(|index| index.known(room)).flatten();
        let is_long = file_len > READ_WHOLE;
        let mut start = Start::WHOLE;
        if is_long
            && !self.suspects.contains(room)
            && let Some(known) = &known
            && let Some(trusted) = self.trust(room, &path, file_len, known)
        {
            start = trusted;
        }
        let mut lost = known.as_ref().filter(|_| start.end.seq > 0).map_or(Vec::new(), |known| known.lost.clone());
        // Lines go into the index before it is noted how far they go: after a crash it may hold more than it knows of.
        let held = self.query(|index| index.last_seq(room)).flatten();
        let witness_last = known.as_ref().map_or(0, |known| known.end.seq).max(held.unwrap_or(0));
        let mut survey = self.look(&path, file_len, start)?;
        let mut chamber = Chamber::at(survey.end);
        if !survey.faults.is_empty() || witness_last > survey.end.seq {
            match self.put_right(room, &path, witness_last) {
                Ok(()) => {}
                Err(failure) => chamber.unsettled = Some(failure),
            }
            lost.clear();
            survey = self.look(&path, fs::metadata(&path).map_or(0, |meta| meta.len()), Start::WHOLE)?;
        }
        if survey.torn > 0 && chamber.unsettled.is_none() {
            match self.cut(&path, survey.end.len) {
                Ok(()) => self.remarks.push(Remark::TailCut { room: room.clone(), bytes: survey.torn }),
                Err(failure) => chamber.unsettled = Some(failure),
            }
        }
        let unlinked: Vec<Seq> = survey.faults.iter().filter_map(Flaw::unlinked).collect();
        if !unlinked.is_empty() && chamber.unsettled.is_none() {
            self.remarks.push(Remark::Unlinked { room: room.clone(), entries: unlinked });
        }
        let is_ahead = known.as_ref().is_none_or(|known| known.end.len < survey.end.len);
        if is_ahead && survey.end.len > 0 && chamber.unsettled.is_none() {
            // Lines that a killed host wrote may not be on disk yet, and whoever sends them again is told that they are.
            chamber.unsettled = self.sync(&path).err();
        }
        if survey.newer > 0 {
            self.remarks.push(Remark::Newer { room: room.clone(), entries: survey.newer });
        }
        lost.extend(&survey.lost);
        chamber.end = survey.end;
        chamber.lost = lost;
        if chamber.unsettled.is_none() {
            self.suspects.remove(room);
            self.bring_up(room, &mut chamber);
        }
        Ok(chamber)
    }

    fn look(&self, path: &Path, file_len: u64, start: Start) -> Result<Survey, StoreError> {
        if file_len == 0 {
            return Ok(Survey { end: End::NOTHING, torn: 0, faults: Vec::new(), lost: Vec::new(), newer: 0 });
        }
        survey(path, start, &mut |_, _| {}).map_err(|e| StoreError::io("reading the journal", path, e))
    }

    /// Where to begin in a long journal: after the last line that the index knows, when both have that line alike.
    fn trust(&mut self, room: &RoomId, path: &Path, file_len: u64, known: &Known) -> Option<Start> {
        if known.end.len > file_len {
            return None;
        }
        let bytes = journal::last_line(path, known.end.len).ok()??;
        let line = codec::read(&bytes)?;
        if (line.seq(), line.hash, line.left()) != (known.end.seq, known.end.head, 0) {
            return None;
        }
        let agrees = self.query(|index| {
            let seq = line.seq();
            let alike = index.line(room, seq)?.as_deref() == Some(&bytes[..])
                && index.last_seq(room)? >= Some(seq)
                && index.has_place(room, line.at(), seq)?
                && index.find(room, line.id())?.is_some();
            if alike { Ok(()) } else { doubt(format!("{room}: its last entry is not the journal's")) }
        });
        agrees.map(|()| Start { end: known.end, link: link(&line) })
    }

    /// Replaces a damaged journal by a mended one; the damaged one is kept beside it.
    fn put_right(&mut self, room: &RoomId, path: &Path, last: Seq) -> Result<(), StoreError> {
        let fail = |what| move |e| StoreError::io(what, path, e);
        if !path.exists() {
            self.medium.open(path).map_err(fail("making the journal"))?;
        }
        let before = fs::metadata(path).map_err(fail("reading the journal"))?.len();
        let witness = IndexWitness { index: self.index.as_deref(), room, last };
        let uid = rustix::process::getuid().as_raw();
        let mended =
            mend(path, &witness, self.now, uid, &mut *self.salts).map_err(fail("reading the damaged journal"))?;
        let Mended { bytes, filled, lost } = mended;
        let was = fs::read(path).map_err(fail("reading the journal"))?;
        if was == bytes {
            return Ok(());
        }
        let only_the_end = bytes.starts_with(&was);
        let kept = if only_the_end || before == 0 { None } else { Some(self.keep_damaged(room, path)?) };
        self.replace(path, &bytes)?;
        if let Some(kept) = kept {
            self.remarks.push(Remark::Mended { room: room.clone(), filled, kept });
        } else {
            self.remarks.push(Remark::TailRestored { room: room.clone(), entries: filled });
        }
        if !lost.is_empty() {
            self.remarks.push(Remark::Lost { room: room.clone(), entries: lost });
        }
        Ok(())
    }

    /// Gives the damaged journal a second name, dated, that stays when the first is replaced.
    fn keep_damaged(&self, room: &RoomId, path: &Path) -> Result<String, StoreError> {
        let wanted = format!("{room}.jsonl.damaged-{}", self.stamp());
        for nth in 1.. {
            let name = if nth == 1 { wanted.clone() } else { format!("{wanted}-{nth}") };
            match fs::hard_link(path, path.with_file_name(&name)) {
                Ok(()) => return Ok(name),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(StoreError::io("keeping the damaged journal", path, e)),
            }
        }
        Ok(wanted)
    }

    /// Puts `bytes` in the place of the file `path`: beside it, synced, renamed, the directory synced.
    pub(super) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let beside = path.with_extension("jsonl.new");
        let _ = fs::remove_file(&beside);
        let fail = |what| move |e| StoreError::io(what, path, e);
        let write = || -> Result<(), StoreError> {
            let mut tape = self.medium.open(&beside).map_err(fail("writing the mended journal"))?;
            tape.append(bytes).map_err(fail("writing the mended journal"))?;
            tape.sync().map_err(|e| StoreError::sync(path, e))?;
            fs::rename(&beside, path).map_err(fail("renaming the mended journal"))?;
            self.medium.sync_dir(&self.dir.join("rooms")).map_err(|e| StoreError::sync(path, e))
        };
        let result = write();
        if result.is_err() {
            let _ = fs::remove_file(&beside);
        }
        result
    }

    fn sync(&self, path: &Path) -> Result<(), StoreError> {
        let fail = |e| StoreError::sync(path, e);
        self.medium.open(path).map_err(fail)?.sync().map_err(fail)?;
        self.medium.sync_dir(&self.dir.join("rooms")).map_err(fail)
    }

    pub(super) fn cut(&self, path: &Path, len: u64) -> Result<(), StoreError> {
        let mut tape = self.medium.open(path).map_err(|e| StoreError::io("opening the journal", path, e))?;
        tape.cut(len).map_err(|e| StoreError::io("cutting the journal", path, e))?;
        tape.sync().map_err(|e| StoreError::sync(path, e))
    }

    /// Brings the index up to a journal that is right. Twice at most: the second time on an index that was made anew.
    pub(super) fn bring_up(&mut self, room: &RoomId, chamber: &mut Chamber) {
        let path = self.journal_path(room);
        for _ in 0..2 {
            let end = chamber.end;
            let lost = chamber.lost.clone();
            let done = self.query(|index| bring_up(index, room, &path, &Known { end, lost }));
            chamber.indexed = done.is_some();
            if chamber.indexed || self.index.is_none() {
                return;
            }
        }
    }
}

/// Takes into the index what it lacks of the journal at `path`, which goes as far as `upto`; for a short journal all of it
/// is then compared.
fn bring_up(index: &Index, room: &RoomId, path: &Path, upto: &Known) -> Result<(), Fault> {
    let is_short = upto.end.len <= READ_WHOLE;
    let known = index.known(room)?;
    if !is_short && known.as_ref() == Some(upto) {
        return ends_with(index, room, upto.end.seq);
    }
    let from = known.as_ref().map_or(End::NOTHING, |known| known.end);
    if from.seq > upto.end.seq {
        return doubt(format!("{room}: it has entries that the journal has not"));
    }
    let mut start = Start::WHOLE;
    if !is_short && from.seq > 0 {
        let bytes = journal::last_line(path, from.len).ok().flatten().unwrap_or_default();
        match codec::read(&bytes) {
            Some(line) if line.hash == from.head => start = Start { end: from, link: link(&line) },
            _ => return doubt(format!("{room}: it goes on where the journal does not")),
        }
    }
    let mut waiting: Vec<Indexed> = Vec::new();
    let mut lines = index.reading(room);
    let mut result = Ok(());
    let mut head = start.end.head;
    let mut seen = start.end.seq;
    let found = survey(path, start, &mut |line, bytes| {
        if result.is_err() || line.seq() > upto.end.seq {
            return;
        }
        if line.seq() <= from.seq {
            result = compare(index, room, &mut lines, line, bytes);
            if line.seq() == from.seq {
                head = line.hash;
            }
        } else {
            if line.seq() == from.seq + 1 && head != from.head {
                result = doubt(format!("{room}: its last entry is not the journal's"));
            }
            waiting.push(Indexed { seq: line.seq(), id: line.id(), at: line.at(), bytes: bytes.to_vec() });
            if waiting.len() == BATCH {
                result = result.clone().and_then(|()| index.put(room, &waiting));
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
    if is_short { index.count(room, upto.end.seq, false) } else { ends_with(index, room, upto.end.seq) }
}

/// A fault unless the last line that the index holds of the room is `last`.
fn ends_with(index: &Index, room: &RoomId, last: Seq) -> Result<(), Fault> {
    if index.last_seq(room)? == Some(last) {
        Ok(())
    } else {
        doubt(format!("{room}: it ends where the journal does not"))
    }
}

/// A fault unless the index, whose `lines` are read in order, has the line `line` as the journal has it.
fn compare(
    index: &Index,
    room: &RoomId,
    lines: &mut Lines<'_>,
    line: &codec::Sound<'_>,
    bytes: &[u8],
) -> Result<(), Fault> {
    let seq = line.seq();
    let alike = lines.line(seq)? == Some(bytes)
        && index.has_place(room, line.at(), seq)?
        && index.find(room, line.id())?.is_some();
    if alike { Ok(()) } else { doubt(format!("{room}: entry {seq} is not the journal's")) }
}
