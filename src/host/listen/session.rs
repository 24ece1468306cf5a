//! Between one client and the writer: passes on what it asks, as much at a time as is fair to the others.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use futures_util::StreamExt;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::codec::{FramedRead, LengthDelimitedCodec};

use crate::domain::intent::Refusal;
use crate::domain::phrase::Phrase;
use crate::host::clients::{Access, ClientId};
use crate::host::command::WriterCommand;
use crate::host::listen::rate_limit::{CHEAP, cost};
use crate::host::listen::refusal::RefusalReason;
use crate::host::send_queue::SendQueue;
use crate::wire::frame::{self, MOST_UNANSWERED, MOST_UNANSWERED_BYTES};
use crate::wire::message::{Ask, ClientMsg, Failure, HostMsg};
use crate::wire::right;

pub type Asks = FramedRead<OwnedReadHalf, LengthDelimitedCodec>;

/// How many questions of one client the writer has at a time (a guess): eight cycles of them.
const MOST_WAITING: usize = 64;

/// How many questions may wait when the client's allowance is not enough for the last of them. A client that
/// waits for answers has far fewer on their way; what is saved in a journal never waits for an allowance.
const MOST_BEHIND: usize = 128;

/// How long a farewell, and what was on its way before it, may take to be read (a guess).
const FAREWELL_WITHIN: Duration = Duration::from_secs(5);

/// What a client may do.
#[derive(Debug, Clone, Default)]
pub struct Rights {
    pub access: Access,
    /// It is of the user who started the host.
    pub is_owner: bool,
    /// It may say what this host does not know: why it is refused then; `None` for a client that may not.
    pub newer: Option<RefusalReason>,
    /// It asks this host to finish only to start a newer one: set when it does.
    pub successor: Option<Arc<AtomicBool>>,
}

impl Rights {
    /// Returns why `ask` is refused; `None` when it is not.
    fn refuse(&self, ask: &Ask) -> Option<Failure> {
        let key = match self {
            Rights { access: Access::ReadingEndpoint, .. } if !right::only_reads(ask) => "refuse-reading-door",
            Rights { access: Access::ReadOnly, .. } if !right::only_reads(ask) => "refuse-read-only",
            Rights { is_owner: false, .. } if right::is_for_owner(ask) => "refuse-not-owner",
            _ => return None,
        };
        Some(Failure::Refused(Refusal(Phrase::new(key))))
    }
}

/// See the module.
pub struct Session<'a, Charge> {
    client: ClientId,
    rights: Rights,
    send_queue: &'a SendQueue,
    commands: &'a Sender<WriterCommand>,
    /// Takes what a question costs from the client's allowance; how long it has to wait for that.
    charge: Charge,
    /// What the writer has of this client and has not dealt with.
    waiting: Arc<Semaphore>,
    backlog: Backlog,
}

/// What a client asks next.
struct NextAsk {
    ask: u64,
    /// Or why it may not ask that.
    what: Result<Ask, Failure>,
    /// When its allowance is enough for it; `None` when it is already.
    at: Option<Instant>,
}

/// Why nothing more is passed on.
enum SessionEnd {
    /// The client, or the writer, is gone.
    Gone,
    Refused(RefusalReason),
}

impl<'a, Charge: Fn(u32) -> Duration> Session<'a, Charge> {
    /// Returns a way for what `client` asks to `commands`; what needs no writer is answered through `send_queue`. `charge` takes the cost of a
    /// question from the client's allowance, and says how long it has to wait for that.
    pub fn new(
        client: ClientId,
        rights: Rights,
        send_queue: &'a SendQueue,
        commands: &'a Sender<WriterCommand>,
        charge: Charge,
    ) -> Self {
        let waiting = Arc::new(Semaphore::new(MOST_WAITING));
        Session { client, rights, send_queue, commands, charge, waiting, backlog: Backlog::default() }
    }

    /// Passes on what the client asks until it leaves. Returns why it has to, if it does not leave by itself.
    pub async fn pass_on_asks(&mut self, asks: &mut Asks) -> Option<RefusalReason> {
        match self.pass_all(asks).await {
            Err(SessionEnd::Refused(reason)) => Some(reason),
            Ok(()) | Err(SessionEnd::Gone) => None,
        }
    }

    async fn pass_all(&mut self, asks: &mut Asks) -> Result<(), SessionEnd> {
        let mut next: Option<NextAsk> = None;
        let mut is_open = true;
        loop {
            next = next.or_else(|| self.backlog.pop());
            if next.is_none() && !is_open {
                return Ok(());
            }
            let (waiting, at) = (Arc::clone(&self.waiting), next.as_ref().and_then(|next| next.at));
            let its_turn = async {
                if let Some(at) = at {
                    sleep_until(at).await;
                }
                waiting.acquire_owned().await
            };
            // What can be passed on is, before more is read: who asks no faster than is answered never has a backlog.
            tokio::select! {
                biased;
                permit = its_turn, if next.is_some() => {
                    let (Ok(permit), Some(NextAsk { ask, what, .. })) = (permit, next.take()) else { return Err(SessionEnd::Gone) };
                    match what {
                        Ok(what) => {
                            let command = WriterCommand::Asked { client: self.client, ask, what, permit };
                            self.commands.send(command).map_err(|_| SessionEnd::Gone)?;
                        }
                        Err(failure) => self.answer(ask, failure),
                    }
                }
                said = asks.next(), if is_open => match said {
                    Some(Ok(frame)) => {
                        let asked = self.decode_ask(&frame)?;
                        self.backlog.push(asked, frame.len()).map_err(SessionEnd::Refused)?;
                    }
                    Some(Err(error)) if error.kind() == io::ErrorKind::InvalidData => {
                        return Err(SessionEnd::Refused(RefusalReason::TooLong));
                    }
                    // Cut off in the middle of a message: gone.
                    Some(Err(_)) => return Err(SessionEnd::Gone),
                    None => is_open = false,
                }
            }
        }
    }

    /// Returns what a frame asks.
    fn decode_ask(&self, frame: &[u8]) -> Result<NextAsk, SessionEnd> {
        match frame::decode(frame) {
            Ok(ClientMsg::Ask { ask, what }) => {
                let failure = self.rights.refuse(&what);
                if let (Ask::StopHost, None, Some(comes)) = (&what, &failure, &self.rights.successor) {
                    comes.store(true, Ordering::Release);
                }
                let cost = if failure.is_some() { CHEAP } else { cost(&what, frame.len()) };
                let wait = (self.charge)(cost);
                let at = (!wait.is_zero()).then(|| Instant::now() + wait);
                Ok(NextAsk { ask, what: failure.map_or(Ok(what), Err), at })
            }
            Ok(ClientMsg::Hello(_)) => Err(SessionEnd::Refused(RefusalReason::garbage(&"Hello"))),
            Err(error) => {
                Err(SessionEnd::Refused(self.rights.newer.clone().unwrap_or_else(|| RefusalReason::garbage(&error))))
            }
        }
    }

    fn answer(&self, ask: u64, failure: Failure) {
        let answer = HostMsg::Answer { ask, answer: Box::new(Err(failure)) };
        if let Ok(frame) = frame::whole(&answer) {
            self.send_queue.send(frame);
        }
    }
}

/// What a client asked and the writer has not been given yet, each with its length in bytes.
#[derive(Default)]
struct Backlog {
    asked: VecDeque<(NextAsk, usize)>,
    bytes: usize,
}

impl Backlog {
    fn push(&mut self, next: NextAsk, bytes: usize) -> Result<(), RefusalReason> {
        let most = if next.at.is_some() { MOST_BEHIND } else { MOST_UNANSWERED };
        self.bytes += bytes;
        self.asked.push_back((next, bytes));
        let is_flood = self.asked.len() > most || self.bytes > MOST_UNANSWERED_BYTES;
        if is_flood { Err(RefusalReason::Flood { most }) } else { Ok(()) }
    }

    fn pop(&mut self) -> Option<NextAsk> {
        let (next, bytes) = self.asked.pop_front()?;
        self.bytes -= bytes;
        Some(next)
    }
}

/// Tells a client why its connection ends, if it reads that.
pub async fn farewell(send_queue: &SendQueue, socket: &OwnedWriteHalf, reason: &RefusalReason) {
    if let Ok(frame) = frame::whole(&reason.goodbye()) {
        send_queue.close_with(frame);
        // Best effort: a client that does not read it within that time does not learn why.
        let _ = timeout(FAREWELL_WITHIN, send_queue.write_all(socket)).await;
    }
}
