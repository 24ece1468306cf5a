//! A room's first use: its journal against itself and against the index, and each put right from the other.

use std::fs;
use std::io;
use std::path::Path;

use super::codec;
use super::error::StoreError;
use super::feed::Feed;
use super::index::{Index, Known, doubt};
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
        let confirmed = known.as_ref().map_or(0, |known| known.end.len);
        let renewed = if file_len > confirmed { self.renew(&path, confirmed) } else { Ok(()) };
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
        // What it has nothing of it is given while the journal is looked through.
        let is_news = is_long && known.is_none() && held.is_none();
        let mut feed = self.index.clone().filter(|_| is_news).and_then(|index| Feed::begin(index, room));
        let mut survey = self.look(&path, file_len, start, &mut |line, bytes| {
            if let Some(feed) = &mut feed {
                feed.add(line, bytes);
            }
        })?;
        let is_fed = match feed.map(|feed| feed.end(survey.end.seq)) {
            Some(Ok(is_fed)) => is_fed && survey.faults.is_empty(),
            Some(Err(fault)) => {
                self.distrust(fault);
                false
            }
            None => false,
        };
        let mut chamber = Chamber::at(survey.end);
        if !survey.faults.is_empty() || witness_last > survey.end.seq {
            match self.put_right(room, &path, witness_last) {
                Ok(()) => {}
                Err(failure) => chamber.unsettled = Some(failure),
            }
            lost.clear();
            let len = fs::metadata(&path).map_or(0, |meta| meta.len());
            survey = self.look(&path, len, Start::WHOLE, &mut |_, _| {})?;
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
        if chamber.unsettled.is_none() {
            chamber.unsettled = renewed.err();
        }
        if survey.newer > 0 {
            self.remarks.push(Remark::Newer { room: room.clone(), entries: survey.newer });
        }
        lost.extend(&survey.lost);
        chamber.end = survey.end;
        chamber.lost = lost;
        if chamber.unsettled.is_none() {
            self.suspects.remove(room);
            if is_fed {
                let known = Known { end: chamber.end, lost: chamber.lost.clone() };
                self.query(|index| index.put_known(room, &known));
            }
            self.bring_up(room, &mut chamber);
        }
        Ok(chamber)
    }

    fn look(
        &self,
        path: &Path,
        file_len: u64,
        start: Start,
        visit: &mut dyn FnMut(&codec::Sound<'_>, &[u8]),
    ) -> Result<Survey, StoreError> {
        if file_len == 0 {
            return Ok(Survey { end: End::NOTHING, torn: 0, faults: Vec::new(), lost: Vec::new(), newer: 0 });
        }
        survey(path, start, visit).map_err(|e| StoreError::io("reading the journal", path, e))
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

    /// Makes sure of what a journal holds beyond what its index was told of. A host that was killed may have written it without
    /// a sync, or after one that failed, and told nobody; whoever sends it again is told that it is there.
    fn renew(&self, path: &Path, from: u64) -> Result<(), StoreError> {
        let fail = |e| StoreError::sync(path, e);
        self.medium.renew(path, from).map_err(fail)?;
        self.medium.sync_dir(&self.dir.join("rooms")).map_err(fail)
    }

    pub(super) fn cut(&self, path: &Path, len: u64) -> Result<(), StoreError> {
        let mut tape = self.medium.open(path).map_err(|e| StoreError::io("opening the journal", path, e))?;
        tape.cut(len).map_err(|e| StoreError::io("cutting the journal", path, e))?;
        tape.sync().map_err(|e| StoreError::sync(path, e))
    }
}
