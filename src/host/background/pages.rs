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
use crate::host::background::search::{PageSearch, SearchProgress};
use crate::host::clients::{ClientId, answer_frame};
use crate::host::failure::read_failure;
use crate::host::fair_queue::FairQueue;
use crate::host::portions::{self, MOST_RECORDS};
use crate::host::send_queue::SendQueue;
use crate::store::{IndexDoubt, ReadError, ReadView, Verifier, VerifierFindings};
use crate::wire::message::{Answer, Failure, Found};

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

/// What a job reads.
pub enum ReadTask {
    /// The room as it stands.
    Fold(Arc<Room>),
    Records {
        view: Box<dyn ReadView>,
        from: Seq,
        limit: usize,
    },
    Lines {
        view: Box<dyn ReadView>,
        from: Seq,
        limit: usize,
    },
    Spans {
        view: Box<dyn ReadView>,
        spans: Vec<(EventId, EventId)>,
    },
    /// A page, sought in slices.
    Page {
        view: Box<dyn ReadView>,
        fold: Arc<Room>,
        search: Box<PageSearch>,
    },
    /// A check from end to end.
    Check(Box<dyn Verifier>),
}

/// A job that only the writer can go on with.
pub enum ReturnedJob {
    /// The index cannot be trusted: the job needs another view.
    Doubted(ReadJob, IndexDoubt),
    /// A check has come to its end: the writer concludes from it.
    Examined(ReadJob, Box<VerifierFindings>),
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
pub struct PageReader<Message> {
    name: &'static str,
    zone: Zone,
    messages: Sender<Message>,
    jobs: Option<Sender<ReadJob>>,
}

impl<Message: From<ReturnedJob> + Send + 'static> PageReader<Message> {
    /// Returns a reader that returns to `messages` what it cannot finish. Searches read times as they are in `zone`.
    pub fn new(name: &'static str, zone: Zone, messages: Sender<Message>) -> Self {
        PageReader { name, zone, messages, jobs: None }
    }

    /// Returns a reader whose jobs a test does itself.
    #[cfg(test)]
    pub fn by_hand(messages: Sender<Message>) -> (Self, Receiver<ReadJob>) {
        let (jobs, to_do) = channel();
        (PageReader { name: "by hand", zone: Zone::UTC, messages, jobs: Some(jobs) }, to_do)
    }

    /// Has the job done. Its answer goes to the client by itself.
    pub fn start(&mut self, job: ReadJob) {
        let job = match &self.jobs {
            Some(jobs) => match jobs.send(job) {
                Ok(()) => return,
                // The thread ended in a panic; there will be another.
                Err(lost) => lost.0,
            },
            None => job,
        };
        let (jobs, to_do) = channel();
        let messages = self.messages.clone();
        let mut words = Languages::new(self.zone.clone());
        let work = move || work(&to_do, &messages, &mut words);
        match std::thread::Builder::new().name(self.name.to_owned()).spawn(work) {
            Ok(_) => {
                // Its other end is the thread that was just begun.
                let _ = jobs.send(job);
                self.jobs = Some(jobs);
            }
            Err(error) => {
                tracing::error!(%error, "nothing can be read");
                let why = Phrase::new("failure-no-thread").with("why", error.to_string());
                job.send_answer(Err(Failure::Broken(why)));
            }
        }
    }
}

/// Reads until the writer is gone, a slice of each client's jobs in turn.
fn work<Message: From<ReturnedJob>>(jobs: &Receiver<ReadJob>, messages: &Sender<Message>, words: &mut Languages) {
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
        for job in queue.take_turns(1, 1, |_| 1) {
            match job.read_slice(words) {
                ReadStep::Done => {}
                ReadStep::Going(job) => queue.put_back(job.client, job),
                ReadStep::Return(returned) => {
                    if messages.send(returned.into()).is_err() {
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
    pub fn send_answer(self, answer: Result<Answer, Failure>) {
        if let Some(frame) = answer_frame(self.ask, answer) {
            self.send_queue.send(frame);
        }
    }

    /// Returns the next slice.
    pub fn read_slice(mut self, words: &mut Languages) -> ReadStep {
        if self.send_queue.is_closed() {
            return ReadStep::Done;
        }
        let read = match &mut self.what {
            ReadTask::Fold(fold) => Ok(Answer::Fold(Box::new(Room::clone(fold)))),
            ReadTask::Records { view, from, limit } => {
                let records = view.records(*from, (*limit).min(MOST_RECORDS));
                records.map(|records| Answer::Records(portions::portion(records)))
            }
            ReadTask::Lines { view, from, limit } => {
                let lines = view.lines(*from, (*limit).min(MOST_RECORDS));
                lines.map(|lines| Answer::Lines(portions::portion_of_lines(lines)))
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
                match search.search_slice(&**view, fold, words.of(lang)) {
                    Ok(SearchProgress::Going) => return ReadStep::Going(self),
                    Ok(SearchProgress::Found { records, more }) => Ok(Answer::Page { records, more }),
                    Err(misread) => Err(misread),
                }
            }
            ReadTask::Check(examination) => match examination.verify_next() {
                Ok(None) => return ReadStep::Going(self),
                Ok(Some(findings)) => return ReadStep::Return(ReturnedJob::Examined(self, Box::new(findings))),
                Err(error) => Err(ReadError::Failed(error)),
            },
        };
        match read {
            Ok(answer) => self.send_answer(Ok(answer)),
            Err(ReadError::Doubted(doubt)) => return ReadStep::Return(ReturnedJob::Doubted(self, doubt)),
            Err(ReadError::Failed(error)) => self.send_answer(Err(read_failure(&error))),
        }
        ReadStep::Done
    }
}

fn found(record: &Record) -> Found {
    let Record { id, seq, at, rec, .. } = record;
    Found { id: *id, seq: *seq, at: *at, rec: *rec }
}
