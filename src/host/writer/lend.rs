//! Long answers are lent to threads that read: pages, stretches and searches to one, checks from end to end to another.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::zone::Zone;
use crate::host::background::pages::{PageReader, ReadJob, ReadTask, ReturnedJob};
use crate::host::background::search::PageSearch;
use crate::host::command::WriterCommand;
use crate::host::failure::read_failure;
use crate::host::writer::ledger::Ledger;
use crate::store::{StoreError, Verification};
use crate::wire::message::{self, Answer, Ask, MOST_SPANS};

/// How many faults of a room are told one by one (a guess): nobody reads more.
const MOST_FAULTS: usize = 1000;

/// After so many doubts a job is read from the journal alone (a guess): an index that is wrong twice will be wrong again.
const MOST_DOUBTS: u32 = 2;

/// The threads that read.
pub struct Lending {
    /// Reads pages and stretches.
    pages: PageReader<WriterCommand>,
    /// Checks rooms from end to end, for seconds in one go: pages do not wait for it.
    checks: PageReader<WriterCommand>,
}

impl Lending {
    /// Returns readers that return to `commands` what they cannot finish. Searches read times as they are in `zone`.
    pub fn new(zone: Zone, commands: Sender<WriterCommand>) -> Self {
        Lending {
            pages: PageReader::new("klock-reader", zone.clone(), commands.clone()),
            checks: PageReader::new("klock-check", zone, commands),
        }
    }

    /// Returns readers whose jobs a test does itself.
    #[cfg(test)]
    pub fn by_hand(pages: PageReader<WriterCommand>, checks: PageReader<WriterCommand>) -> Self {
        Lending { pages, checks }
    }

    /// Has the job done. Its answer goes to the client by itself.
    pub fn start(&mut self, job: ReadJob) {
        match &job.what {
            ReadTask::Check(_) => self.checks.start(job),
            _ => self.pages.start(job),
        }
    }
}

/// Returns what a question needs to be answered by a reader; `None` for one that is answered from what is at hand.
pub fn read_task(ledger: &mut Ledger, what: &Ask) -> Option<(RoomId, Result<ReadTask, StoreError>)> {
    let now = ledger.now();
    let (store, rooms) = (&mut *ledger.store, &mut ledger.rooms);
    Some(match what {
        Ask::Fold { room } => {
            (room.clone(), rooms.load(store, room, now).map(|live| ReadTask::Fold(Arc::clone(&live.room))))
        }
        Ask::Records { room, from, limit } => {
            (room.clone(), store.read_view(room).map(|view| ReadTask::Records { view, from: *from, limit: *limit }))
        }
        Ask::Lines { room, from, limit } => {
            (room.clone(), store.read_view(room).map(|view| ReadTask::Lines { view, from: *from, limit: *limit }))
        }
        Ask::Find { room, spans } => {
            // A longer question could keep the reader from everybody else.
            let spans = spans.iter().take(MOST_SPANS).copied().collect();
            (room.clone(), store.read_view(room).map(|view| ReadTask::Spans { view, spans }))
        }
        Ask::Page { room, page } => {
            let fold = rooms.load(store, room, now).map(|live| Arc::clone(&live.room));
            let search = Box::new(PageSearch::new(page.clone()));
            let task = fold.and_then(|fold| store.read_view(room).map(|view| ReadTask::Page { view, fold, search }));
            (room.clone(), task)
        }
        Ask::Verify { room } => (room.clone(), store.start_verification(room).map(ReadTask::Check)),
        _ => return None,
    })
}

/// Accepts what a reader could not finish. Returns the job, if it has to be read on; one that came to its end is answered.
pub fn accept_returned(ledger: &mut Ledger, returned: ReturnedJob) -> Option<ReadJob> {
    match returned {
        ReturnedJob::Doubted(mut job, doubt) => {
            ledger.store.report_doubt(doubt);
            job.doubts += 1;
            Some(job)
        }
        ReturnedJob::Examined(job, findings) => match ledger.store.finish_verification(&job.room, *findings) {
            Some(verification) => {
                job.send_answer(Ok(Answer::Verified(verified(verification))));
                None
            }
            // What was checked was replaced meanwhile: it is checked once more.
            None => Some(job),
        },
        ReturnedJob::Unready(job) => Some(job),
    }
}

fn verified(verification: Verification) -> message::Verification {
    let Verification { records, head, mut faults } = verification;
    let more = faults.len().saturating_sub(MOST_FAULTS);
    faults.truncate(MOST_FAULTS);
    faults.extend((more > 0).then(|| Phrase::new("verify-more-faults").with("count", more)));
    message::Verification { records, head, faults }
}

/// Returns the job with a new view of its room, which is ready. One that cannot be had is answered with why.
pub fn renew(ledger: &mut Ledger, mut job: ReadJob) -> Option<ReadJob> {
    let renewed = match &mut job.what {
        ReadTask::Fold(_) => Ok(()),
        ReadTask::Records { view, .. }
        | ReadTask::Lines { view, .. }
        | ReadTask::Spans { view, .. }
        | ReadTask::Page { view, .. } => {
            let is_hopeless = job.doubts > MOST_DOUBTS;
            let other = ledger.store.read_view(&job.room);
            other.map(|other| *view = if is_hopeless { other.without_index() } else { other })
        }
        ReadTask::Check(examination) => ledger.store.start_verification(&job.room).map(|other| *examination = other),
    };
    match renewed {
        Ok(()) => Some(job),
        Err(error) => {
            job.send_answer(Err(read_failure(&error)));
            None
        }
    }
}
