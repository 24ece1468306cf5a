//! A link that outlives its host: it queues what is asked, reconnects, resends and catches up. Nothing here blocks the asker.

use std::io::Write;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use super::Options;
use super::connection::Connection;
use super::memory::{Asked, Heard, Memory};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::wire::frame;
use crate::wire::message::{Answer, Ask, ClientMsg, Failure, HostMsg, Welcome};

/// How long to wait before trying again when a try failed at once.
const PAUSE: Duration = Duration::from_secs(1);

/// What a link reports.
#[derive(Debug)]
pub enum Update {
    /// Connected, for the first time or again. What was asked and not answered is on its way (again).
    Connected(Welcome),
    /// The host is gone; the link goes on trying. `why` when a whole round of trying failed.
    Lost { why: Option<Phrase> },
    /// The answer to [`Link::ask`] of that number; it comes once, whatever happened in between.
    Answer { ask: u64, answer: Box<Result<Answer, Failure>> },
    /// What the host said of its own accord. Records come without gaps and once, also over a reconnection, and before
    /// the answer to the `Do` that caused them.
    Said(HostMsg),
    /// The link was away too long to be sent only what followed: an [`Answer::Attached`] that replaces what is held.
    Resynced { room: RoomId, answer: Box<Result<Answer, Failure>> },
    /// The host does not want this client, and trying again will not help. The link has ended.
    Dismissed { why: Phrase },
}

/// A link to the host. Dropping it ends it.
pub struct Link {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// Told when the last question was answered, and when the link is to end.
    changed: Condvar,
}

struct State {
    memory: Memory,
    outgoing: Sender<Outgoing>,
    /// The connection in use, to be able to end it.
    stream: Option<UnixStream>,
    ending: bool,
}

/// What the writing thread is told, in order.
enum Outgoing {
    /// Write here from now on.
    Use(UnixStream),
    Ask(Box<Asked>),
}

impl Link {
    /// Starts the link: its threads connect, and start a host when need be. `on_update` is called on one of them, one
    /// update at a time; it should pass them on and return.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(options: Options, on_update: impl Fn(Update) + Send + 'static) -> std::io::Result<Self> {
        Self::start_as(options, true, on_update)
    }

    /// As [`Link::start`], for a verb that sends much: nobody looks at a screen, so nobody counts as here.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_unseen(options: Options, on_update: impl Fn(Update) + Send + 'static) -> std::io::Result<Self> {
        Self::start_as(options, false, on_update)
    }

    fn start_as(options: Options, screen: bool, on_update: impl Fn(Update) + Send + 'static) -> std::io::Result<Self> {
        let (outgoing, to_write) = channel();
        let state = State { memory: Memory::default(), outgoing, stream: None, ending: false };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
        spawn("klock-link-write", move || write(&to_write))?;
        let link = Arc::clone(&shared);
        spawn("klock-link", move || run(&options, screen, &link, &on_update))?;
        Ok(Link { shared })
    }

    /// Asks; the answer comes as [`Update::Answer`] with the number returned. Never blocks. While the host is away the
    /// question waits.
    pub fn ask(&self, what: Ask) -> u64 {
        let mut state = self.shared.lock();
        let ask = state.memory.ask(what.clone());
        state.send((ask, what));
        ask
    }

    /// Ends the link once everything asked is answered, at the latest after `patience`. True when all was answered.
    pub fn finish(self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        let mut state = self.shared.lock();
        while !state.memory.is_settled() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || state.ending {
                return false;
            }
            state = self.shared.wait(state, left);
        }
        true
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.ending = true;
        if let Some(stream) = state.stream.take() {
            // Best effort: the peer may have closed it already.
            let _ = stream.shutdown(Shutdown::Both);
        }
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, at_most: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, at_most).unwrap_or_else(std::sync::PoisonError::into_inner).0
    }
}

impl State {
    fn send(&self, asked: Asked) {
        // The writer lives as long as this sender.
        let _ = self.outgoing.send(Outgoing::Ask(Box::new(asked)));
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    std::thread::Builder::new().name(name.into()).stack_size(512 << 10).spawn(work).map(drop)
}

fn run(options: &Options, screen: bool, shared: &Shared, on_update: &impl Fn(Update)) {
    loop {
        match Connection::open(options, screen) {
            Ok(connection) => {
                let why = stay(connection, shared, on_update);
                if shared.lock().ending {
                    return;
                }
                match why {
                    Some(why) => {
                        shared.lock().ending = true;
                        return on_update(Update::Dismissed { why });
                    }
                    None => on_update(Update::Lost { why: None }),
                }
            }
            Err(error) if error.may_pass() => {
                on_update(Update::Lost { why: Some(error.phrase()) });
                let state = shared.lock();
                if state.ending || shared.wait(state, PAUSE).ending {
                    return;
                }
            }
            Err(error) => {
                shared.lock().ending = true;
                shared.changed.notify_all();
                return on_update(Update::Dismissed { why: error.phrase() });
            }
        }
    }
}

/// Serves one connection to its end. Some: the host dismissed us for good.
fn stay(connection: Connection, shared: &Shared, on_update: &impl Fn(Update)) -> Option<Phrase> {
    let Connection { stream, mut reader, welcome } = connection;
    let for_writing = stream.try_clone().ok()?;
    {
        let mut state = shared.lock();
        if state.ending {
            return None;
        }
        state.stream = Some(stream);
        // All under one lock: what is asked meanwhile comes after, and is not sent twice.
        let _ = state.outgoing.send(Outgoing::Use(for_writing));
        for asked in state.memory.resend() {
            state.send(asked);
        }
    }
    on_update(Update::Connected(welcome));
    let mut dismissed = None;
    while let Ok(Some(said)) = frame::read::<HostMsg>(&mut reader) {
        if let HostMsg::Goodbye { why, again } = said {
            dismissed = (!again).then_some(why);
            break;
        }
        let Heard { update, also, send } = {
            let mut state = shared.lock();
            let heard = state.memory.hear(said);
            if state.memory.is_settled() {
                shared.changed.notify_all();
            }
            heard
        };
        if let Some(asked) = send {
            shared.lock().send(asked);
        }
        update.into_iter().chain(also).for_each(on_update);
    }
    if let Some(stream) = shared.lock().stream.take() {
        // Best effort: the peer may have closed it already. It wakes a writer that waits for a host that does not read.
        let _ = stream.shutdown(Shutdown::Both);
    }
    dismissed
}

/// Writes what is asked. What cannot be written stays in the memory and is sent on the next connection.
fn write(to_write: &Receiver<Outgoing>) {
    let mut stream: Option<UnixStream> = None;
    for outgoing in to_write {
        match outgoing {
            Outgoing::Use(new) => stream = Some(new),
            Outgoing::Ask(asked) => {
                let Some(open) = &mut stream else { continue };
                let (ask, what) = *asked;
                if frame::write(open, &ClientMsg::Ask { ask, what }).and_then(|()| open.flush()).is_err() {
                    stream = None;
                }
            }
        }
    }
}
