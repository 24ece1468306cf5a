//! A room's first use: its journal against itself and against the index, and each put right from the other.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::codec;
use super::error::StoreError;
use super::feed::{Feed, bring_up};
use super::file::{cut, renew, replace};
use super::index::{Fault, Index, Known, doubt};
use super::journal::{self, End};
use super::medium::Medium;
use super::mend::{Mended, Witness, mend};
use super::survey::{Flaw, Halt, Start, Survey, link, survey};
use super::view::Doubt;
use super::{Chamber, Remark, Store};
use crate::domain::id::{RoomId, Seq};
use crate::domain::time::Moment;

/// A journal up to this size is read whole at first use and compared with the index line by line, which takes a few
/// milliseconds. Of a longer one the end is compared; [`Store::verify`] reads it all.
pub(super) const READ_WHOLE: u64 = 1 << 20;

/// How often a check begins anew with another index before it does without one.
const MOST_DOUBTS: u32 = 2;

/// Everything that checking a journal takes, so that it can be done on any thread. Nobody else may touch that journal meanwhile.
pub(super) struct Check {
    pub room: RoomId,
    pub path: PathBuf,
    pub now: Moment,
    pub medium: Arc<dyn Medium>,
    pub index: Option<Arc<Index>>,
    /// Whether damage was seen in it: then its end is not trusted, however long it is.
    pub is_suspect: bool,
    pub halt: Halt,
    pub remarks: Vec<Remark>,
}

/// A room whose journal is right, or cannot be put right now.
pub(super) struct Checked {
    pub chamber: Chamber,
    pub remarks: Vec<Remark>,
    /// What made the index distrusted after the journal was looked at. The chamber is right all the same.
    pub fault: Option<Fault>,
}

/// Why a check came to no end.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The index cannot be trusted: the same again with another one.
    Doubted(Fault),
    /// The journal cannot be read.
    Failed(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Stopped::Failed(error)
    }
}

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
        if let Some(unsettled) = self.take_back_again(room) {
            return Ok(unsettled);
        }
        let mut doubts = 0;
        loop {
            let mut check = self.checking(room);
            if doubts >= MOST_DOUBTS {
                check.index = None;
            }
            match check.run() {
                Ok(checked) => return Ok(self.take_checked(room, checked, self.generation)),
                Err(Stopped::Failed(error)) => return Err(error),
                Err(Stopped::Doubted(fault)) => {
                    self.distrust(fault);
                    doubts += 1;
                }
            }
        }
    }

    pub(super) fn checking(&self, room: &RoomId) -> Check {
        Check {
            room: room.clone(),
            path: self.journal_path(room),
            now: self.now,
            medium: Arc::clone(&self.medium),
            index: self.index.clone(),
            is_suspect: self.suspects.contains(room),
            halt: self.halt.clone(),
            remarks: Vec::new(),
        }
    }

    /// Takes note of what a check found that was begun with the index of that `generation`.
    pub(super) fn take_checked(&mut self, room: &RoomId, checked: Checked, generation: u64) -> Chamber {
        let Checked { mut chamber, remarks, fault } = checked;
        self.remarks.extend(remarks);
        if chamber.unsettled.is_none() {
            self.suspects.remove(room);
        }
        if let Some(fault) = fault {
            self.doubt(Doubt { fault, generation });
        }
        chamber.indexed &= generation == self.generation;
        chamber
    }
}

impl Check {
    /// See [`Store::check`].
    pub fn run(mut self) -> Result<Checked, Stopped> {
        let file_len = match fs::metadata(&self.path) {
            Ok(meta) => meta.len(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => 0,
            Err(e) => return Err(StoreError::io("reading the journal", &self.path, e).into()),
        };
        let known = self.ask(|index, room| index.known(room))?.flatten();
        let is_long = file_len > READ_WHOLE;
        let confirmed = known.as_ref().map_or(0, |known| known.end.len);
        let renewed = if file_len > confirmed { renew(&*self.medium, &self.path, file_len, confirmed) } else { Ok(()) };
        let mut start = Start::WHOLE;
        if is_long && let Some(trusted) = known.as_ref().map(|known| self.trust(file_len, known)).transpose()?.flatten()
        {
            start = trusted;
        }
        let mut lost = known.as_ref().filter(|_| start.end.seq > 0).map_or(Vec::new(), |known| known.lost.clone());
        // Lines go into the index before it is noted how far they go: after a crash it may hold more than it knows of.
        let held = self.ask(|index, room| index.last_seq(room))?.flatten();
        let witness_last = known.as_ref().map_or(0, |known| known.end.seq).max(held.unwrap_or(0));
        // What it has nothing of it is given while the journal is looked through.
        let is_news = is_long && known.is_none() && held.is_none();
        let mut feed = self.index.clone().filter(|_| is_news).and_then(|index| Feed::begin(index, &self.room));
        let mut survey = self.look(file_len, start, &mut |line, bytes| {
            if let Some(feed) = &mut feed {
                feed.add(line, bytes);
            }
        })?;
        let (is_fed, mut fault) = match feed.map(|feed| feed.end(survey.end.seq)) {
            Some(Ok(is_fed)) => (is_fed && survey.faults.is_empty(), None),
            Some(Err(fault)) => (false, Some(fault)),
            None => (false, None),
        };
        let mut chamber = Chamber::at(survey.end);
        if !survey.faults.is_empty() || witness_last > survey.end.seq {
            if let Err(failure) = self.put_right(witness_last) {
                chamber.unsettled = Some(failure);
            }
            lost.clear();
            let len = fs::metadata(&self.path).map_or(0, |meta| meta.len());
            survey = self.look(len, Start::WHOLE, &mut |_, _| {})?;
        }
        if survey.torn > 0 && chamber.unsettled.is_none() {
            match cut(&*self.medium, &self.path, survey.end.len) {
                Ok(()) => self.remarks.push(Remark::TailCut { room: self.room.clone(), bytes: survey.torn }),
                Err(failure) => chamber.unsettled = Some(failure),
            }
        }
        let unlinked: Vec<Seq> = survey.faults.iter().filter_map(Flaw::unlinked).collect();
        if !unlinked.is_empty() && chamber.unsettled.is_none() {
            self.remarks.push(Remark::Unlinked { room: self.room.clone(), entries: unlinked });
        }
        if chamber.unsettled.is_none() {
            chamber.unsettled = renewed.err();
        }
        if survey.newer > 0 {
            self.remarks.push(Remark::Newer { room: self.room.clone(), entries: survey.newer });
        }
        lost.extend(&survey.lost);
        chamber.end = survey.end;
        chamber.lost = lost;
        if chamber.unsettled.is_none()
            && fault.is_none()
            && let Some(index) = &self.index
        {
            let known = Known { end: chamber.end, lost: chamber.lost.clone() };
            let brought_up = index.ask(|index| {
                if is_fed {
                    index.put_known(&self.room, &known)?;
                }
                bring_up(index, &self.room, &self.path, &known, &self.halt)
            });
            chamber.indexed = brought_up.is_ok();
            fault = brought_up.err();
        }
        Ok(Checked { chamber, remarks: self.remarks, fault })
    }

    /// Asks the index about the room. None when there is no index.
    fn ask<T>(&self, work: impl FnOnce(&Index, &RoomId) -> Result<T, Fault>) -> Result<Option<T>, Stopped> {
        let Some(index) = &self.index else { return Ok(None) };
        index.ask(|index| work(index, &self.room)).map(Some).map_err(Stopped::Doubted)
    }

    fn look(
        &self,
        file_len: u64,
        start: Start,
        visit: &mut dyn FnMut(&codec::Sound<'_>, &[u8]),
    ) -> Result<Survey, StoreError> {
        if file_len == 0 {
            return Ok(Survey { end: End::NOTHING, torn: 0, faults: Vec::new(), lost: Vec::new(), newer: 0 });
        }
        survey(&self.path, start, &self.halt, visit).map_err(|e| StoreError::io("reading the journal", &self.path, e))
    }

    /// Where to begin in a long journal: after the last line that the index knows, when both have that line alike.
    pub fn trust(&self, file_len: u64, known: &Known) -> Result<Option<Start>, Stopped> {
        if self.is_suspect || known.end.len > file_len {
            return Ok(None);
        }
        let Some(bytes) = journal::last_line(&self.path, known.end.len).ok().flatten() else { return Ok(None) };
        let Some(line) = codec::read(&bytes) else { return Ok(None) };
        if (line.seq(), line.hash, line.left()) != (known.end.seq, known.end.head, 0) {
            return Ok(None);
        }
        self.ask(|index, room| {
            let seq = line.seq();
            let alike = index.line(room, seq)?.as_deref() == Some(&bytes[..])
                && index.last_seq(room)? >= Some(seq)
                && index.has_place(room, line.at(), seq)?
                && index.find(room, line.id())?.is_some();
            if alike { Ok(()) } else { doubt(format!("{room}: its last entry is not the journal's")) }
        })?;
        Ok(Some(Start { end: known.end, link: link(&line) }))
    }

    /// Replaces a damaged journal by a mended one; the damaged one is kept beside it.
    fn put_right(&mut self, last: Seq) -> Result<(), StoreError> {
        let Check { room, path, .. } = self;
        let path = path.as_path();
        let fail = |what| move |e| StoreError::io(what, path, e);
        if !path.exists() {
            self.medium.open(path).map_err(fail("making the journal"))?;
        }
        let before = fs::metadata(path).map_err(fail("reading the journal"))?.len();
        let witness = IndexWitness { index: self.index.as_deref(), room, last };
        let uid = rustix::process::getuid().as_raw();
        let mended = mend(path, &witness, self.now, uid).map_err(fail("reading the damaged journal"))?;
        let Mended { bytes, filled, lost } = mended;
        let was = fs::read(path).map_err(fail("reading the journal"))?;
        if was == bytes {
            return Ok(());
        }
        let only_the_end = bytes.starts_with(&was);
        let kept = if only_the_end || before == 0 { None } else { Some(keep_damaged(room, path, self.now)?) };
        replace(&*self.medium, path, &bytes)?;
        let room = room.clone();
        self.remarks.push(match kept {
            Some(kept) => Remark::Mended { room: room.clone(), filled, kept },
            None => Remark::TailRestored { room: room.clone(), entries: filled },
        });
        if !lost.is_empty() {
            self.remarks.push(Remark::Lost { room, entries: lost });
        }
        Ok(())
    }
}

/// Gives the damaged journal a second name, dated, that stays when the first is replaced.
fn keep_damaged(room: &RoomId, path: &Path, now: Moment) -> Result<String, StoreError> {
    let wanted = format!("{room}.jsonl.damaged-{}", stamp(now));
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

/// A moment as part of a file's name: `20261121T144710`.
pub(super) fn stamp(now: Moment) -> String {
    now.datetime().format("%Y%m%dT%H%M%S").to_string()
}
