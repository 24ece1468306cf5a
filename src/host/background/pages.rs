//! Long answers: pages, stretches, searches and checks are read on threads of their own, so that writing never waits for them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use tokio::sync::OwnedSemaphorePermit;

use crate::config::lang::Words;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::zone::Zone;
use crate::host::background::search::{self, MOST_RECORDS, PageSearch, SearchProgress};
use crate::host::clients::{ClientId, answer_frame};
use crate::host::command::WriterCommand;
use crate::host::fair_queue::FairQueue;
use crate::host::send_queue::SendQueue;
use crate::host::writer::{GIVE_BACK_AFTER, Writer, unreadable};
use crate::store::{Doubt, Examination, Findings, Misread, StoreError, View};
use crate::wire::message::{Answer, Ask, Failure, Found, MOST_SPANS, Verification};

/// Something one client waits for.
pub struct ReadJob {
    pub client: ClientId,
    pub ask: u64,
    pub room: RoomId,
    pub what: ReadTask,
    /// Where the answer goes.
    pub send_queue: SendQueue,
    /// How often the index could not be trusted on the way.
    pub doubts: u32,
    /// Bounds how much one client may ask for at a time.
    pub permit: OwnedSemaphorePermit,
}

/// What is to be read.
pub enum ReadTask {
    /// The room as it stands.
    Fold(Arc<Room>),
    Records {
        view: View,
        from: Seq,
        limit: usize,
    },
    Lines {
        view: View,
        from: Seq,
        limit: usize,
    },
    Spans {
        view: View,
        spans: Vec<(EventId, EventId)>,
    },
    /// A page, sought in slices.
    Page {
        view: View,
        fold: Arc<Room>,
        search: Box<PageSearch>,
    },
    /// A check from end to end.
    Check(Box<Examination>),
}

/// A job that only the writer can go on with.
pub enum ReturnedJob {
    /// The index cannot be trusted: the job needs another view.
    Doubted(ReadJob, Doubt),
    /// A check has come to its end: the writer concludes from it.
    Examined(ReadJob, Box<Findings>),
    /// The room had to be prepared before the job could go on.
    Unready(ReadJob),
}

impl std::fmt::Debug for ReturnedJob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (ReturnedJob::Doubted(job, _) | ReturnedJob::Examined(job, _) | ReturnedJob::Unready(job)) = self;
        write!(f, "Returned({}, {})", job.client, job.room)
    }
}

/// One thread that reads, begun when there is first something to read.
pub struct PageReader {
    name: &'static str,
    zone: Zone,
    commands: Sender<WriterCommand>,
    jobs: Option<Sender<ReadJob>>,
}

impl PageReader {
    /// A reader that returns to `orders` what only the writer can do. Searches read times as they are in `zone`.
    pub fn new(name: &'static str, zone: Zone, commands: Sender<WriterCommand>) -> Self {
        PageReader { name, zone, commands, jobs: None }
    }

    /// A reader whose jobs a test does itself.
    #[cfg(test)]
    pub fn waiting(commands: Sender<WriterCommand>) -> (Self, Receiver<ReadJob>) {
        let (jobs, waiting) = channel();
        (PageReader { name: "held", zone: Zone::UTC, commands, jobs: Some(jobs) }, waiting)
    }

    /// Has the job done. Its answer goes to the client by itself.
    pub fn give(&mut self, job: ReadJob) {
        let job = match &self.jobs {
            Some(jobs) => match jobs.send(job) {
                Ok(()) => return,
                // The thread ended in a panic; there will be another.
                Err(lost) => lost.0,
            },
            None => job,
        };
        let (jobs, to_do) = channel();
        let commands = self.commands.clone();
        let mut words = Languages::new(self.zone.clone());
        let work = move || work(&to_do, &commands, &mut words);
        match std::thread::Builder::new().name(self.name.to_owned()).spawn(work) {
            Ok(_) => {
                // Its other end is the thread that was just begun.
                let _ = jobs.send(job);
                self.jobs = Some(jobs);
            }
            Err(error) => {
                tracing::error!(%error, "nothing can be read");
                let why = Phrase::new("failure-no-thread").with("why", error.to_string());
                job.answer(Err(Failure::Broken(why)));
            }
        }
    }
}

/// Reads until the writer is gone, a slice of each client's jobs in turn.
fn work(jobs: &Receiver<ReadJob>, commands: &Sender<WriterCommand>, words: &mut Languages) {
    let mut queue = FairQueue::default();
    loop {
        if queue.is_empty() {
            let Ok(job) = jobs.recv() else { return };
            queue.push(job.client, job);
        }
        loop {
            match jobs.try_recv() {
                Ok(job) => queue.push(job.client, job),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        for job in queue.take(1, 1, |_| 1) {
            match job.go_on(words) {
                ReadStep::Done => {}
                ReadStep::Going(job) => queue.give_back(job.client, job),
                ReadStep::Return(returned) => {
                    if commands.send(WriterCommand::ReturnedJob(Box::new(returned))).is_err() {
                        return;
                    }
                }
            }
        }
    }
}

/// The words of the languages that were asked for so far.
pub struct Languages {
    zone: Zone,
    words: BTreeMap<Lang, Words>,
}

impl Languages {
    /// No words yet; times are those of `zone`.
    pub fn new(zone: Zone) -> Self {
        Languages { zone, words: BTreeMap::new() }
    }

    fn of(&mut self, lang: Lang) -> &Words {
        self.words.entry(lang).or_insert_with(|| Words::new(lang, self.zone.clone()))
    }
}

/// What came of a slice.
pub enum ReadStep {
    Done,
    Going(ReadJob),
    Return(ReturnedJob),
}

impl ReadJob {
    /// Sends the answer.
    pub fn answer(self, answer: Result<Answer, Failure>) {
        if let Some(frame) = answer_frame(self.ask, answer) {
            self.send_queue.send(frame);
        }
    }

    /// The next slice.
    pub fn go_on(mut self, words: &mut Languages) -> ReadStep {
        if self.send_queue.is_closed() {
            return ReadStep::Done;
        }
        let read = match &mut self.what {
            ReadTask::Fold(fold) => Ok(Answer::Fold(Box::new(Room::clone(fold)))),
            ReadTask::Records { view, from, limit } => {
                let records = view.records(*from, (*limit).min(MOST_RECORDS));
                records.map(|records| Answer::Records(search::portion(records)))
            }
            ReadTask::Lines { view, from, limit } => {
                let lines = view.lines(*from, (*limit).min(MOST_RECORDS));
                lines.map(|lines| Answer::Lines(search::portion_of_lines(lines)))
            }
            ReadTask::Spans { view, spans } => {
                // One more than is told, to know whether there are more.
                let records = view.within(spans, MOST_RECORDS + 1);
                records.map(|records| Answer::Found {
                    found: records.iter().take(MOST_RECORDS).map(found).collect(),
                    more: records.len() > MOST_RECORDS,
                })
            }
            ReadTask::Page { view, fold, search } => {
                let lang = search.lang();
                match search.go_on(view, fold, words.of(lang)) {
                    Ok(SearchProgress::Going) => return ReadStep::Going(self),
                    Ok(SearchProgress::Found { records, more }) => Ok(Answer::Page { records, more }),
                    Err(misread) => Err(misread),
                }
            }
            ReadTask::Check(examination) => match examination.go_on() {
                Ok(None) => return ReadStep::Going(self),
                Ok(Some(findings)) => return ReadStep::Return(ReturnedJob::Examined(self, Box::new(findings))),
                Err(error) => Err(Misread::Failed(error)),
            },
        };
        match read {
            Ok(answer) => self.answer(Ok(answer)),
            Err(Misread::Doubted(doubt)) => return ReadStep::Return(ReturnedJob::Doubted(self, doubt)),
            Err(Misread::Failed(error)) => self.answer(Err(unreadable(&error))),
        }
        ReadStep::Done
    }
}

fn found(record: &Record) -> Found {
    let Record { id, seq, at, rec, .. } = record;
    Found { id: *id, seq: *seq, at: *at, rec: *rec }
}

/// How many faults of a room are told one by one.
const MOST_FAULTS: usize = 1000;

/// After so many doubts a job is read from the journal alone.
const MOST_DOUBTS: u32 = 2;

impl Writer {
    /// What a question needs to be answered by a reader; none for one that the writer answers itself.
    pub(in crate::host) fn reading(&mut self, what: &Ask) -> Option<(RoomId, Result<ReadTask, StoreError>)> {
        let (store, now) = (&mut self.store, self.clock.now());
        Some(match what {
            Ask::Fold { room } => {
                (room.clone(), self.rooms.load(store, room, now).map(|live| ReadTask::Fold(Arc::clone(&live.room))))
            }
            Ask::Records { room, from, limit } => {
                (room.clone(), store.view(room).map(|view| ReadTask::Records { view, from: *from, limit: *limit }))
            }
            Ask::Lines { room, from, limit } => {
                (room.clone(), store.view(room).map(|view| ReadTask::Lines { view, from: *from, limit: *limit }))
            }
            Ask::Find { room, spans } => {
                // A longer question could keep the reader from everybody else.
                let spans = spans.iter().take(MOST_SPANS).copied().collect();
                (room.clone(), store.view(room).map(|view| ReadTask::Spans { view, spans }))
            }
            Ask::Page { room, page } => {
                let fold = self.rooms.load(store, room, now).map(|live| Arc::clone(&live.room));
                let search = Box::new(PageSearch::new(page.clone()));
                let reading = fold.and_then(|fold| store.view(room).map(|view| ReadTask::Page { view, fold, search }));
                (room.clone(), reading)
            }
            Ask::Verify { room } => (room.clone(), store.examination(room).map(Box::new).map(ReadTask::Check)),
            _ => return None,
        })
    }

    /// Has one answer read elsewhere.
    pub(in crate::host) fn lend(
        &mut self,
        client: ClientId,
        ask: u64,
        (room, reading): (RoomId, Result<ReadTask, StoreError>),
        permit: OwnedSemaphorePermit,
    ) {
        let Some(send_queue) = self.clients.send_queue(client) else { return };
        match reading {
            Ok(what) => self.give(ReadJob { client, ask, room, what, send_queue, doubts: 0, permit }),
            Err(error) => self.clients.answer(client, ask, Err(unreadable(&error))),
        }
    }

    /// Goes on with what a reader could not finish.
    pub(in crate::host) fn take_back(&mut self, returned: ReturnedJob) {
        let (mut job, verification) = match returned {
            ReturnedJob::Doubted(mut job, doubt) => {
                self.store.doubt(doubt);
                job.doubts += 1;
                (job, None)
            }
            ReturnedJob::Examined(job, findings) => {
                let verification = self.store.conclude(&job.room, *findings);
                (job, verification)
            }
            ReturnedJob::Unready(job) => (job, None),
        };
        if let Some(crate::store::Verification { records, head, mut faults }) = verification {
            let more = faults.len().saturating_sub(MOST_FAULTS);
            faults.truncate(MOST_FAULTS);
            faults.extend((more > 0).then(|| Phrase::new("verify-more-faults").with("count", more)));
            return job.answer(Ok(Answer::Verified(Verification { records, head, faults })));
        }
        if !self.is_ready(&job.room) {
            let room = job.room.clone();
            return self.hold(&room, WriterCommand::ReturnedJob(Box::new(ReturnedJob::Unready(job))));
        }
        let renewed = match &mut job.what {
            ReadTask::Fold(_) => Ok(()),
            ReadTask::Records { view, .. }
            | ReadTask::Lines { view, .. }
            | ReadTask::Spans { view, .. }
            | ReadTask::Page { view, .. } => {
                let is_hopeless = job.doubts > MOST_DOUBTS;
                let other = self.store.view(&job.room);
                other.map(|other| *view = if is_hopeless { other.without_index() } else { other })
            }
            ReadTask::Check(examination) => self.store.examination(&job.room).map(|other| **examination = other),
        };
        match renewed {
            Ok(()) => self.give(job),
            Err(error) => job.answer(Err(unreadable(&error))),
        }
    }

    fn give(&mut self, job: ReadJob) {
        self.give_back_in = Some(GIVE_BACK_AFTER);
        match &job.what {
            // A check reads for seconds in one go: others' pages do not wait for it either.
            ReadTask::Check(_) => self.checks.give(job),
            _ => self.pages.give(job),
        }
    }
}
