//! Long answers: pages, stretches, searches and checks are read on threads of their own, so that writing never waits for them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use tokio::sync::OwnedSemaphorePermit;

use super::keeper::{GIVE_BACK_AFTER, Keeper, unreadable};
use super::order::Order;
use super::outbox::Outbox;
use super::read::{self, MOST_RECORDS, Progress, Search};
use super::roster::{ClientId, answer_frame};
use super::turn::Turns;
use crate::config::lang::Words;
use crate::domain::id::{EventId, RoomId, Seq};
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::zone::Zone;
use crate::store::{IndexDoubt, ReadError, ReadView, StoreError, Verifier, VerifierFindings};
use crate::wire::message::{Answer, Ask, Failure, FoundEvent, MOST_SPANS, RoomVerification};

/// Something one client waits for.
pub struct Job {
    pub client: ClientId,
    pub ask: u64,
    pub room: RoomId,
    pub what: Reading,
    /// Where the answer goes.
    pub outbox: Outbox,
    /// How often the index could not be trusted on the way.
    pub doubts: u32,
    /// Bounds how much one client may ask for at a time.
    pub permit: OwnedSemaphorePermit,
}

/// What is to be read.
pub enum Reading {
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
        search: Box<Search>,
    },
    /// A check from end to end.
    Check(Box<dyn Verifier>),
}

/// A job that only the keeper can go on with.
pub enum Returned {
    /// The index cannot be trusted: the job needs another view.
    Doubted(Job, IndexDoubt),
    /// A check has come to its end: the keeper concludes from it.
    Examined(Job, Box<VerifierFindings>),
    /// The room had to be prepared before the job could go on.
    Unready(Job),
}

impl std::fmt::Debug for Returned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Returned::Doubted(job, _) | Returned::Examined(job, _) | Returned::Unready(job)) = self;
        write!(f, "Returned({}, {})", job.client, job.room)
    }
}

/// One thread that reads, begun when there is first something to read.
pub struct Reader {
    name: &'static str,
    zone: Zone,
    orders: Sender<Order>,
    jobs: Option<Sender<Job>>,
}

impl Reader {
    /// A reader that returns to `orders` what only the keeper can do. Searches read times as they are in `zone`.
    pub fn new(name: &'static str, zone: Zone, orders: Sender<Order>) -> Self {
        Reader { name, zone, orders, jobs: None }
    }

    /// A reader whose jobs a test does itself.
    #[cfg(test)]
    pub fn held(orders: Sender<Order>) -> (Self, Receiver<Job>) {
        let (jobs, held) = channel();
        (Reader { name: "held", zone: Zone::UTC, orders, jobs: Some(jobs) }, held)
    }

    /// Has the job done. Its answer goes to the client by itself.
    pub fn give(&mut self, job: Job) {
        let job = match &self.jobs {
            Some(jobs) => match jobs.send(job) {
                Ok(()) => return,
                // The thread ended in a panic; there will be another.
                Err(lost) => lost.0,
            },
            None => job,
        };
        let (jobs, to_do) = channel();
        let orders = self.orders.clone();
        let mut words = Languages::new(self.zone.clone());
        let work = move || work(&to_do, &orders, &mut words);
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

/// Reads until the keeper is gone, a slice of each client's jobs in turn.
fn work(jobs: &Receiver<Job>, orders: &Sender<Order>, words: &mut Languages) {
    let mut turns = Turns::default();
    loop {
        if turns.is_empty() {
            let Ok(job) = jobs.recv() else { return };
            turns.push(job.client, job);
        }
        loop {
            match jobs.try_recv() {
                Ok(job) => turns.push(job.client, job),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        for job in turns.take(1, 1, |_| 1) {
            match job.go_on(words) {
                Step::Done => {}
                Step::Going(job) => turns.give_back(job.client, job),
                Step::Return(returned) => {
                    if orders.send(Order::Returned(Box::new(returned))).is_err() {
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
pub enum Step {
    Done,
    Going(Job),
    Return(Returned),
}

impl Job {
    /// Sends the answer.
    pub fn answer(self, answer: Result<Answer, Failure>) {
        if let Some(frame) = answer_frame(self.ask, answer) {
            self.outbox.send(frame);
        }
    }

    /// The next slice.
    pub fn go_on(mut self, words: &mut Languages) -> Step {
        if self.outbox.is_closed() {
            return Step::Done;
        }
        let read = match &mut self.what {
            Reading::Fold(fold) => Ok(Answer::Fold(Box::new(Room::clone(fold)))),
            Reading::Records { view, from, limit } => {
                let records = view.records(*from, (*limit).min(MOST_RECORDS));
                records.map(|records| Answer::Records(read::portion(records)))
            }
            Reading::Lines { view, from, limit } => {
                let lines = view.lines(*from, (*limit).min(MOST_RECORDS));
                lines.map(|lines| Answer::Lines(read::portion_of_lines(lines)))
            }
            Reading::Spans { view, spans } => {
                // One more than is told, to know whether there are more.
                let records = view.within(spans, MOST_RECORDS + 1);
                records.map(|records| Answer::Found {
                    found: records.iter().take(MOST_RECORDS).map(found).collect(),
                    more: records.len() > MOST_RECORDS,
                })
            }
            Reading::Page { view, fold, search } => {
                let lang = search.lang();
                match search.go_on(&**view, fold, words.of(lang)) {
                    Ok(Progress::Going) => return Step::Going(self),
                    Ok(Progress::Found { records, more }) => Ok(Answer::Page { records, more }),
                    Err(misread) => Err(misread),
                }
            }
            Reading::Check(examination) => match examination.verify_next() {
                Ok(None) => return Step::Going(self),
                Ok(Some(findings)) => return Step::Return(Returned::Examined(self, Box::new(findings))),
                Err(error) => Err(ReadError::Failed(error)),
            },
        };
        match read {
            Ok(answer) => self.answer(Ok(answer)),
            Err(ReadError::Doubted(doubt)) => return Step::Return(Returned::Doubted(self, doubt)),
            Err(ReadError::Failed(error)) => self.answer(Err(unreadable(&error))),
        }
        Step::Done
    }
}

fn found(record: &Record) -> FoundEvent {
    let Record { id, seq, at, rec, .. } = record;
    FoundEvent { id: *id, seq: *seq, at: *at, rec: *rec }
}

/// How many faults of a room are told one by one.
const MOST_FAULTS: usize = 1000;

/// After so many doubts a job is read from the journal alone.
const MOST_DOUBTS: u32 = 2;

impl Keeper {
    /// What a question needs to be answered by a reader; none for one that the keeper answers itself.
    pub(super) fn reading(&mut self, what: &Ask) -> Option<(RoomId, Result<Reading, StoreError>)> {
        let (store, now) = (&mut *self.store, self.clock.now());
        Some(match what {
            Ask::Fold { room } => {
                (room.clone(), self.shelf.load(store, room, now).map(|live| Reading::Fold(Arc::clone(&live.room))))
            }
            Ask::Records { room, from, limit } => {
                (room.clone(), store.read_view(room).map(|view| Reading::Records { view, from: *from, limit: *limit }))
            }
            Ask::Lines { room, from, limit } => {
                (room.clone(), store.read_view(room).map(|view| Reading::Lines { view, from: *from, limit: *limit }))
            }
            Ask::Find { room, spans } => {
                // A longer question could keep the reader from everybody else.
                let spans = spans.iter().take(MOST_SPANS).copied().collect();
                (room.clone(), store.read_view(room).map(|view| Reading::Spans { view, spans }))
            }
            Ask::Page { room, page } => {
                let fold = self.shelf.load(store, room, now).map(|live| Arc::clone(&live.room));
                let search = Box::new(Search::new(page.clone()));
                let reading =
                    fold.and_then(|fold| store.read_view(room).map(|view| Reading::Page { view, fold, search }));
                (room.clone(), reading)
            }
            Ask::Verify { room } => (room.clone(), store.start_verification(room).map(Reading::Check)),
            _ => return None,
        })
    }

    /// Has one answer read elsewhere.
    pub(super) fn lend(
        &mut self,
        client: ClientId,
        ask: u64,
        (room, reading): (RoomId, Result<Reading, StoreError>),
        permit: OwnedSemaphorePermit,
    ) {
        let Some(outbox) = self.roster.outbox(client) else { return };
        match reading {
            Ok(what) => self.give(Job { client, ask, room, what, outbox, doubts: 0, permit }),
            Err(error) => self.roster.answer(client, ask, Err(unreadable(&error))),
        }
    }

    /// Goes on with what a reader could not finish.
    pub(super) fn take_back(&mut self, returned: Returned) {
        let (mut job, verification) = match returned {
            Returned::Doubted(mut job, doubt) => {
                self.store.report_doubt(doubt);
                job.doubts += 1;
                (job, None)
            }
            Returned::Examined(job, findings) => {
                let verification = self.store.finish_verification(&job.room, *findings);
                (job, verification)
            }
            Returned::Unready(job) => (job, None),
        };
        if let Some(crate::store::Verification { records, head, mut faults }) = verification {
            let more = faults.len().saturating_sub(MOST_FAULTS);
            faults.truncate(MOST_FAULTS);
            faults.extend((more > 0).then(|| Phrase::new("verify-more-faults").with("count", more)));
            return job.answer(Ok(Answer::Verified(RoomVerification { records, head, faults })));
        }
        if !self.is_ready(&job.room) {
            let room = job.room.clone();
            return self.hold(&room, Order::Returned(Box::new(Returned::Unready(job))));
        }
        let renewed = match &mut job.what {
            Reading::Fold(_) => Ok(()),
            Reading::Records { view, .. }
            | Reading::Lines { view, .. }
            | Reading::Spans { view, .. }
            | Reading::Page { view, .. } => {
                let is_hopeless = job.doubts > MOST_DOUBTS;
                let other = self.store.read_view(&job.room);
                other.map(|other| *view = if is_hopeless { other.without_index() } else { other })
            }
            Reading::Check(examination) => self.store.start_verification(&job.room).map(|other| *examination = other),
        };
        match renewed {
            Ok(()) => self.give(job),
            Err(error) => job.answer(Err(unreadable(&error))),
        }
    }

    fn give(&mut self, job: Job) {
        self.give_back_in = Some(GIVE_BACK_AFTER);
        match &job.what {
            // A check reads for seconds in one go: others' pages do not wait for it either.
            Reading::Check(_) => self.checks.give(job),
            _ => self.reads.give(job),
        }
    }
}
