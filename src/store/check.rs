//! A room's first use: its journal against itself and against the index, and each put right from the other.

use std::path::PathBuf;
use std::sync::Arc;
use std::{fs, io};

use super::error::StoreError;
use super::index::sync::{IndexFeed, bring_up};
use super::index::{Index, IndexFault, JournalExtent, doubt};
use super::journal::disk::Disk;
use super::journal::file::{Replacement, cut, renew};
use super::journal::hash::Hash;
use super::journal::kept_file::{KeptFile, KeptReason, keep_damaged, keep_tail};
use super::journal::line::{self, SoundLine};
use super::journal::redact::Redactions;
use super::journal::repair::{RepairChange, RepairPlan, SecondCopy};
use super::journal::scan::{CancelFlag, Flaw, READ_WHOLE, ScanResult, ScanStart, link, scan};
use super::journal::spans::Spans;
use super::journal::tail::{is_blank, is_unfinished_save};
use super::journal::walk::{self, JournalEnd};
use super::notice::StoreNotice;
use super::room_state::RoomState;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::time::Moment;
use crate::regular;

/// Everything that checking a journal takes, so that it can be done on any thread. Nobody else may touch that journal meanwhile.
pub(super) struct Check {
    pub room: RoomId,
    pub path: PathBuf,
    pub now: Moment,
    pub disk: Arc<dyn Disk>,
    pub index: Option<Arc<Index>>,
    /// Whether damage was seen in it: then its end is not trusted, however long it is.
    pub is_suspect: bool,
    pub cancel: CancelFlag,
    pub notices: Vec<StoreNotice>,
    /// What was kept beside the journal.
    pub kept: Vec<KeptFile>,
}

/// A room whose journal is right, or cannot be put right now.
pub(super) struct Checked {
    pub room_state: RoomState,
    pub notices: Vec<StoreNotice>,
    pub kept: Vec<KeptFile>,
    /// What the lines that were read say about redactions.
    pub redactions: Redactions,
    /// What made the index distrusted after the journal was looked at. The room state is right nevertheless.
    pub fault: Option<IndexFault>,
}

/// Why a check came to no end.
#[derive(Debug)]
pub(super) enum CheckStopped {
    /// The index cannot be trusted: the same again with another one.
    Doubted(IndexFault),
    /// The journal cannot be read.
    Failed(StoreError),
}

impl From<StoreError> for CheckStopped {
    fn from(error: StoreError) -> Self {
        CheckStopped::Failed(error)
    }
}

/// The index as a second copy of a room's lines.
struct IndexCopy<'a> {
    index: Option<&'a Index>,
    room: &'a RoomId,
    last: Seq,
}

impl SecondCopy for IndexCopy<'_> {
    fn line(&self, seq: Seq) -> Option<Vec<u8>> {
        self.index?.ask(|index| index.line(self.room, seq)).ok()?
    }

    fn last(&self) -> Seq {
        self.last
    }
}

/// What was seen on the way through a journal.
#[derive(Default)]
pub(super) struct SeenLines {
    /// The id of the first event.
    pub first: Option<EventId>,
    /// What follows from the line that stands where the index ends.
    pub at_held: Option<Hash>,
    redactions: Redactions,
}

impl SeenLines {
    fn note_line(&mut self, line: &SoundLine<'_>, held: Option<Seq>) {
        if line.seq() == 1 {
            self.first = Some(line.id());
        }
        if Some(line.seq()) == held {
            self.at_held = Some(link(line));
        }
        self.redactions.note_line(line);
    }
}

impl Check {
    /// Does the work, however long it takes.
    pub fn run(mut self) -> Result<Checked, CheckStopped> {
        let file_len = self.length()?;
        let known = self.ask(|index, room| index.known(room))?.flatten();
        let is_long = file_len > READ_WHOLE;
        let confirmed = known.as_ref().map_or(0, |known| known.end.len);
        let renewed = if file_len > confirmed { renew(&*self.disk, &self.path, file_len, confirmed) } else { Ok(()) };
        let mut start = ScanStart::WHOLE;
        if is_long && let Some(trusted) = known.as_ref().map(|known| self.trust(file_len, known)).transpose()?.flatten()
        {
            start = trusted;
        }
        let known_lost = known.as_ref().filter(|_| start.end.seq > 0).map(|known| known.lost.clone());
        let mut lost = known_lost.unwrap_or_default();
        // Lines go into the index before it is noted how far they go: after a crash it may hold more than it knows of.
        let held = self.ask(|index, room| index.last_seq(room))?.flatten();
        let second_copy_last = known.as_ref().map_or(0, |known| known.end.seq).max(held.unwrap_or(0));
        // What it has nothing of it is given while the journal is looked through.
        let is_news = is_long && known.is_none() && held.is_none();
        let mut feed = self.index.clone().filter(|_| is_news).and_then(|index| IndexFeed::begin(index, &self.room));
        let mut seen = SeenLines::default();
        let mut scan = self.look(file_len, start, &mut |line, bytes| {
            seen.note_line(line, held);
            if let Some(feed) = &mut feed {
                feed.add(line, bytes);
            }
        })?;
        let (is_fed, mut fault) = match feed.map(|feed| feed.end(scan.end.seq)) {
            Some(Ok(is_fed)) => (is_fed && scan.faults.is_empty(), None),
            Some(Err(fault)) => (false, Some(fault)),
            None => (false, None),
        };
        let mut unsettled = None;
        if !scan.faults.is_empty() || second_copy_last > scan.end.seq {
            unsettled = self.put_right(&scan, second_copy_last, known.is_some()).err();
            start = ScanStart::WHOLE;
            (lost, seen) = (Spans::default(), SeenLines::default());
            scan = self.look(self.length()?, start, &mut |line, _| seen.note_line(line, held))?;
        }
        if scan.torn > 0 && unsettled.is_none() {
            unsettled = self.cut_tail(&scan, known.is_some()).err();
        }
        let unlinked: Spans = scan.faults.iter().filter_map(Flaw::unlinked).collect();
        if !unlinked.is_empty() && unsettled.is_none() {
            self.notices.push(StoreNotice::Unlinked { room: self.room.clone(), entries: unlinked });
        }
        unsettled = unsettled.or(renewed.err());
        if scan.newer > 0 {
            self.notices.push(StoreNotice::Newer { room: self.room.clone(), entries: scan.newer });
        }
        if unsettled.is_none()
            && let Some(held) = self.forked(held, start, &seen, scan.end)?
        {
            unsettled = self.keep_aside(held, scan.end, seen.first)?.err();
        }
        if is_news && let Some(first) = seen.first {
            self.tell_of_twin(first)?;
        }
        for (first, last) in scan.lost.ranges() {
            lost.push_range(*first, *last);
        }
        let mut room_state = RoomState { lost, unsettled, ..RoomState::at(scan.end) };
        if room_state.unsettled.is_none()
            && fault.is_none()
            && let Some(index) = &self.index
        {
            let known = JournalExtent { end: room_state.end, lost: room_state.lost.clone() };
            let brought_up = index.ask(|index| {
                if is_fed {
                    index.put_known(&self.room, &known)?;
                }
                bring_up(index, &self.room, &self.path, &known, &self.cancel)
            });
            room_state.indexed = brought_up.is_ok();
            fault = brought_up.err();
        }
        Ok(Checked { room_state, notices: self.notices, kept: self.kept, redactions: seen.redactions, fault })
    }

    /// Returns how long the journal is, in bytes; 0 when there is none.
    fn length(&self) -> Result<u64, StoreError> {
        let failed = |e| StoreError::io("reading the journal", &self.path, e);
        match fs::symlink_metadata(&self.path) {
            Ok(meta) => match regular::oddity(&meta) {
                Some(odd) => Err(failed(odd.into())),
                None => Ok(meta.len()),
            },
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(e) => Err(failed(e)),
        }
    }

    /// Asks the index about the room. None when there is no index.
    pub(super) fn ask<T>(
        &self,
        work: impl FnOnce(&Index, &RoomId) -> Result<T, IndexFault>,
    ) -> Result<Option<T>, CheckStopped> {
        let Some(index) = &self.index else { return Ok(None) };
        index.ask(|index| work(index, &self.room)).map(Some).map_err(CheckStopped::Doubted)
    }

    fn look(
        &self,
        file_len: u64,
        start: ScanStart,
        visit: &mut dyn FnMut(&line::SoundLine<'_>, &[u8]),
    ) -> Result<ScanResult, StoreError> {
        if file_len == 0 {
            return Ok(ScanResult::nothing_after(JournalEnd::NOTHING));
        }
        scan(&self.path, start, &self.cancel, visit).map_err(|e| StoreError::io("reading the journal", &self.path, e))
    }

    /// Returns where to begin in a long journal: after the last line that the index knows, when both have that line alike.
    pub fn trust(&self, file_len: u64, known: &JournalExtent) -> Result<Option<ScanStart>, CheckStopped> {
        if self.is_suspect || known.end.len > file_len {
            return Ok(None);
        }
        let Some(bytes) = walk::last_line(&self.path, known.end.len).ok().flatten() else { return Ok(None) };
        let Some(line) = line::parse(&bytes) else { return Ok(None) };
        if (line.seq(), link(&line), line.left()) != (known.end.seq, known.end.head, 0) {
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
        Ok(Some(ScanStart { end: known.end, link: link(&line) }))
    }

    /// Replaces a damaged journal by a mended one; the damaged one is kept beside it. The index goes as far as `last`.
    fn put_right(&mut self, found: &ScanResult, last: Seq, is_known: bool) -> Result<(), StoreError> {
        let (room, path, index) = (self.room.clone(), self.path.clone(), self.index.clone());
        let failed = |what, e| StoreError::io(what, &path, e);
        let before = self.length()?;
        if before == 0 {
            self.disk.open(&path).map_err(|e| failed("making the journal", e))?;
        }
        let second_copy = IndexCopy { index: index.as_deref(), room: &room, last };
        let plan = RepairPlan::of(&path, &second_copy).map_err(|e| failed("reading the damaged journal", e))?;
        let change = plan.change();
        if change == RepairChange::Nothing {
            return Ok(());
        }
        if !plan.accounts_for(found.torn, found.end.seq) {
            self.keep_tail(found, is_known)?;
        }
        let kept = match change {
            RepairChange::Rewrites if before > 0 => Some(keep_damaged(&room, &path, self.now)?),
            _ => None,
        };
        let uid = rustix::process::getuid().as_raw();
        let disk = Arc::clone(&self.disk);
        let mut replacement = Replacement::begin(&*disk, &path)?;
        plan.write(&path, &second_copy, (self.now, uid), &mut replacement)?;
        replacement.commit()?;
        self.notices.push(match &kept {
            Some(kept) => StoreNotice::Mended { room: room.clone(), filled: plan.filled, kept: kept.name.clone() },
            None => StoreNotice::TailRestored { room: room.clone(), entries: plan.filled },
        });
        if let Some(kept) = kept {
            if plan.left_out > 0 {
                let (room, kept) = (room.clone(), kept.name.clone());
                self.notices.push(StoreNotice::LeftOut { room, lines: plan.left_out, kept });
            }
            self.kept.push(kept);
        }
        if !plan.lost.is_empty() {
            self.notices.push(StoreNotice::Lost { room, entries: plan.lost });
        }
        Ok(())
    }

    /// Cuts off what no entry is at the end of the journal.
    fn cut_tail(&mut self, found: &ScanResult, is_known: bool) -> Result<(), StoreError> {
        self.keep_tail(found, is_known)?;
        cut(&*self.disk, &self.path, found.end.len)
    }

    /// Keeps what no entry is at the end of the journal, and tells of it.
    fn keep_tail(&mut self, found: &ScanResult, is_known: bool) -> Result<(), StoreError> {
        let (room, from) = (self.room.clone(), found.end.len);
        let failed = |e| StoreError::io("reading the journal", &self.path, e);
        if is_blank(&self.path, from).map_err(failed)? {
            return Ok(());
        }
        // A journal that was cut in the middle of a line looks like a save that was cut short. The index can tell one from the
        // other, when it knows the room; the first save of all has no second copy, and needs none.
        let has_witness = is_known || found.end.seq == 0;
        let is_unfinished = has_witness && is_unfinished_save(&self.path, from, found.end.seq).map_err(failed)?;
        let why = if is_unfinished { KeptReason::Unfinished } else { KeptReason::Cut };
        let kept = keep_tail(&*self.disk, &room, &self.path, from, why, self.now)?;
        self.notices.push(StoreNotice::TailCut { room, bytes: found.torn, kept: kept.name.clone(), is_unfinished });
        self.kept.push(kept);
        Ok(())
    }
}
