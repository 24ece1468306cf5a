//! Long answers: pages, stretches, searches and checks are read on threads of their own, so that writing never waits for them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use tokio::sync::OwnedSemaphorePermit;

use super::order::Order;
use super::outbox::Outbox;
use super::read::{self, MOST_RECORDS, Progress, Search};
use super::roster::{ClientId, answer_frame};
use super::turn::Turns;
use crate::config::lang::Words;
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Lang;
use crate::domain::room::Room;
use crate::store::{Doubt, Examination, Findings, Misread, StoreError, View};
use crate::wire::message::{Answer, Failure};

/// Something one client waits for.
pub struct Job {
    pub client: ClientId,
    pub ask: u64,
    pub room: RoomId,
    pub what: Reading,
    /// Where the answer goes.
    pub outbox: Outbox,
    /// Bounds how much one client may ask for at a time.
    pub permit: OwnedSemaphorePermit,
}

/// What is to be read.
pub enum Reading {
    /// The room as it stands.
    Fold(Arc<Room>),
    Records { view: View, from: Seq, limit: usize },
    Lines { view: View, from: Seq, limit: usize },
    /// A page, sought in slices.
    Page { view: View, fold: Arc<Room>, search: Search },
    /// A check from end to end.
    Check(Examination),
}

/// A job that only the keeper can go on with.
pub enum Returned {
    /// The index cannot be trusted: the job needs another view.
    Doubted(Job, Doubt),
    /// A check has come to its end: the keeper concludes from it.
    Examined(Job, Box<Findings>),
}

impl std::fmt::Debug for Returned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Returned::Doubted(job, _) | Returned::Examined(job, _)) = self;
        write!(f, "Returned({}, {})", job.client, job.room)
    }
}

/// One thread that reads, begun when there is first something to read.
pub struct Reader {
    name: &'static str,
    orders: Sender<Order>,
    jobs: Option<Sender<Job>>,
}

impl Reader {
    /// A reader that returns to `orders` what only the keeper can do.
    pub fn new(name: &'static str, orders: Sender<Order>) -> Self {
        Reader { name, orders, jobs: None }
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
        match std::thread::Builder::new().name(self.name.to_owned()).spawn(move || work(&to_do, &orders)) {
            Ok(_) => {
                // Its other end is the thread that was just begun.
                let _ = jobs.send(job);
                self.jobs = Some(jobs);
            }
            Err(error) => {
                tracing::error!(%error, "nothing can be read");
                job.answer(Err(Failure::Broken(StoreError::thread(error).phrase())));
            }
        }
    }
}

/// Reads until the keeper is gone, a slice of each client's jobs in turn.
fn work(jobs: &Receiver<Job>, orders: &Sender<Order>) {
    let mut turns = Turns::default();
    let mut words = BTreeMap::new();
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
        for job in turns.take(1, 1) {
            match job.go_on(&mut words) {
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

/// What came of a slice.
enum Step {
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

    fn go_on(mut self, words: &mut BTreeMap<Lang, Words>) -> Step {
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
            Reading::Page { view, fold, search } => {
                let lang = search.lang();
                match search.go_on(view, fold, words.entry(lang).or_insert_with(|| Words::new(lang))) {
                    Ok(Progress::Going) => return Step::Going(self),
                    Ok(Progress::Found { records, more }) => Ok(Answer::Page { records, more }),
                    Err(misread) => Err(misread),
                }
            }
            Reading::Check(examination) => match examination.run() {
                Ok(findings) => return Step::Return(Returned::Examined(self, Box::new(findings))),
                Err(error) => Err(Misread::Failed(error)),
            },
        };
        match read {
            Ok(answer) => self.answer(Ok(answer)),
            Err(Misread::Doubted(doubt)) => return Step::Return(Returned::Doubted(self, doubt)),
            Err(Misread::Failed(error)) => self.answer(Err(super::keeper::unreadable(&error))),
        }
        Step::Done
    }
}
