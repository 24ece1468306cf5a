//! Sending many intents without waiting for each: they go in order, each is answered for by its own id, and a host may die in the middle.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use super::failure::CommandFailure;
use crate::client::ClientOptions;
use crate::client::reconnecting::{ReconnectingClient, Update};
use crate::domain::intent::Request;
use crate::domain::phrase::Phrase;
use crate::domain::record::Record;
use crate::wire::message::{self, Answer, Ask, HostMsg};

/// How many intents, and about how many bytes of them, may be on their way. Well below what the host keeps for a client
/// that is slow to read.
const MOST_ON_WAY: usize = 256;
const MOST_BYTES_ON_WAY: usize = 2 << 20;

/// How long to wait before what could not be saved is asked for again, unless the host says earlier that it can save.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// What came of something that was sent. `T` is what the sender knows it by.
#[derive(Debug)]
pub enum SendOutcome<T> {
    /// It is on disk.
    Recorded { what: T, records: Vec<Record> },
    /// It was refused, and asking again would not help.
    Refused { what: T, request: Box<Request>, failure: message::Failure },
    /// Nothing goes through at the moment, and why; it is tried again without end.
    Stuck(Phrase),
    /// The host does not want this client; nothing will be answered any more.
    Dismissed(Phrase),
}

/// One sender's way to the host. What it sends is recorded in the order sent, save what the disk did not take at first.
pub struct Pipeline<T> {
    link: ReconnectingClient,
    on_way: BTreeMap<u64, OnWay<T>>,
    bytes: usize,
    /// What the host could not save, in order, and when to ask again.
    unsaved: VecDeque<OnWay<T>>,
    again_at: Option<Instant>,
    is_stuck: bool,
}

struct OnWay<T> {
    what: T,
    request: Box<Request>,
    bytes: usize,
}

impl<T> Pipeline<T> {
    /// Connects in the background. The caller hands everything that `tell` is given to [`Pipeline::take`], in order.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(options: ClientOptions, tell: impl Fn(Update) + Send + 'static) -> Result<Self, CommandFailure> {
        let link = ReconnectingClient::start_for_verb(options, tell)?;
        Ok(Pipeline {
            link,
            on_way: BTreeMap::new(),
            bytes: 0,
            unsaved: VecDeque::new(),
            again_at: None,
            is_stuck: false,
        })
    }

    /// Whether more may be sent now.
    pub fn has_room(&self) -> bool {
        self.unsaved.is_empty() && self.on_way.len() < MOST_ON_WAY && self.bytes < MOST_BYTES_ON_WAY
    }

    /// Whether everything sent was answered.
    pub fn is_empty(&self) -> bool {
        self.on_way.is_empty() && self.unsaved.is_empty()
    }

    /// Sends `request`, of about `bytes`.
    pub fn send(&mut self, what: T, request: Request, bytes: usize) {
        self.bytes += bytes;
        self.put_on_way(OnWay { what, request: Box::new(request), bytes });
    }

    /// Returns until when to wait for an update before calling [`Pipeline::ask_again`]; `None` for as long as it takes.
    pub fn deadline(&self) -> Option<Instant> {
        self.again_at.filter(|_| self.on_way.is_empty())
    }

    /// Asks again for what could not be saved, when it is time.
    pub fn ask_again(&mut self) {
        // Not before the last of them was answered: what was sent first is recorded first.
        if self.on_way.is_empty() && self.again_at.is_some_and(|at| at <= Instant::now()) {
            self.again_at = None;
            for unsaved in std::mem::take(&mut self.unsaved) {
                self.put_on_way(unsaved);
            }
        }
    }

    /// Takes in what the link reports.
    pub fn take(&mut self, update: Update) -> Option<SendOutcome<T>> {
        match update {
            Update::Answer { ask, answer, .. } => self.answered(ask, *answer),
            Update::Lost { why: Some(why) } => self.stuck(why),
            Update::Dismissed { why } => Some(SendOutcome::Dismissed(why)),
            Update::Said(HostMsg::Health(health)) if health.cannot_save.is_none() => {
                self.again_at = self.again_at.map(|_| Instant::now());
                None
            }
            Update::Silent { .. } => self.stuck(Phrase::new("connection-silent")),
            Update::Connected(_)
            | Update::Parked { .. }
            | Update::Lost { why: None }
            | Update::Heard
            | Update::Said(_)
            | Update::Resynced { .. } => None,
        }
    }

    /// What was sent and has no answer, in the order sent.
    pub fn unanswered(self) -> impl Iterator<Item = (T, Request)> {
        let Pipeline { unsaved, on_way, .. } = self;
        unsaved.into_iter().chain(on_way.into_values()).map(|on_way| (on_way.what, *on_way.request))
    }

    fn answered(&mut self, ask: u64, answer: Result<Answer, message::Failure>) -> Option<SendOutcome<T>> {
        let on_way = self.on_way.remove(&ask)?;
        if let Err(message::Failure::CannotSave(why)) = answer {
            self.unsaved.push_back(on_way);
            self.again_at = Some(Instant::now() + ASK_AGAIN_AFTER);
            return self.stuck(why);
        }
        self.bytes -= on_way.bytes;
        self.is_stuck = false;
        let OnWay { what, request, .. } = on_way;
        Some(match answer {
            Ok(Answer::Recorded { records }) => SendOutcome::Recorded { what, records },
            Ok(_) => {
                let failure = message::Failure::Broken(Phrase::new("cli-unexpected-answer"));
                SendOutcome::Refused { what, request, failure }
            }
            Err(failure) => SendOutcome::Refused { what, request, failure },
        })
    }

    /// Says once that nothing goes through.
    fn stuck(&mut self, why: Phrase) -> Option<SendOutcome<T>> {
        let was_stuck = std::mem::replace(&mut self.is_stuck, true);
        (!was_stuck).then_some(SendOutcome::Stuck(why))
    }

    fn put_on_way(&mut self, on_way: OnWay<T>) {
        let ask = self.link.ask(Ask::Do(on_way.request.clone()));
        self.on_way.insert(ask, on_way);
    }
}
