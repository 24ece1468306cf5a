//! A link that outlives its host: it queues what is asked, reconnects, resends and catches up. Nothing here blocks the asker.

mod watch;

use std::io::ErrorKind;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::connection::{Connection, Occasion};
use super::dial::Dial;
use super::memory::{Asked, Heard, Memory};
use super::process;
use super::pulse::Pulse;
use super::tunnel::Tunnel;
use super::{Options, Reach};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::record::Assurance;
use crate::wire::frame;
use crate::wire::message::{Answer, Ask, ClientMsg, Failure, HostMsg, Welcome};

/// How long to wait before trying again after a whole round of trying failed: at first, and doubled each time at most. A far
/// machine is asked less often: too many failed logins in a row look like an attack.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(4);
const LONGEST_FAR_PAUSE: Duration = Duration::from_secs(30);
const MOST_DOUBLINGS: u32 = 16;

/// When one connection after the other is lost so soon, the next try waits a little. A host of one's own takes its time to
/// start as it is; each call to a far machine is a login there.
const SOON: Duration = Duration::from_secs(1);
const SOON_PAUSE: Duration = Duration::from_millis(50);
const SOON_FAR_PAUSE: Duration = Duration::from_secs(2);

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
    /// The host is there and says nothing, since the moment given; what is asked waits for it. It may be stopped.
    Silent { since: Instant },
    /// The host that was silent answers again.
    Heard,
    /// The host does not want this client, and trying again will not help. The link has ended.
    Dismissed { why: Phrase },
}

/// A link to the host. Dropping it ends it.
pub struct Link {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// The call to a far host that is being made.
    dial: Dial,
    /// Told when the last question was answered, and when the link is to end.
    changed: Condvar,
    /// Told when the watch may have to look again sooner than it meant to.
    stirred: Condvar,
    /// Who is told of updates, one at a time. Taken before `state`, so that updates are told in the order they came about.
    teller: Mutex<Box<dyn Fn(Update) + Send>>,
}

struct State {
    options: Options,
    memory: Memory,
    /// Of the connection in use.
    pulse: Option<Pulse>,
    /// The host's process, when it is on this machine and can be looked at.
    host: Option<u32>,
    outgoing: Sender<Outgoing>,
    /// The connection in use, to be able to end it.
    stream: Option<UnixStream>,
    /// What carries it, when the host is far.
    tunnel: Option<Tunnel>,
    /// How often the watch was given a reason to look again.
    stirs: u64,
    ending: bool,
}

/// What the writing thread is told, in order.
enum Outgoing {
    /// Write here from now on.
    Use(UnixStream),
    Ask(Box<Asked>),
    End,
}

impl Link {
    /// Starts the link: its threads connect, and start a host when need be. `on_update` is called on one of them, one
    /// update at a time; it should pass them on and return.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(options: Options, on_update: impl Fn(Update) + Send + 'static) -> std::io::Result<Self> {
        Link::start_as(None, Occasion::ScreenAgain, options, on_update)
    }

    /// As [`Link::start`], beginning with a connection that stands already.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_on(
        connection: Connection,
        options: Options,
        on_update: impl Fn(Update) + Send + 'static,
    ) -> std::io::Result<Self> {
        Link::start_as(Some(connection), Occasion::ScreenAgain, options, on_update)
    }

    /// As [`Link::start`], for a verb that sends much: nobody looks at a screen, so nobody counts as here.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_unseen(options: Options, on_update: impl Fn(Update) + Send + 'static) -> std::io::Result<Self> {
        Link::start_as(None, Occasion::Verb, options, on_update)
    }

    fn start_as(
        connection: Option<Connection>,
        occasion: Occasion,
        options: Options,
        on_update: impl Fn(Update) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (outgoing, to_write) = channel();
        let state = State {
            options,
            memory: Memory::default(),
            pulse: None,
            host: None,
            outgoing,
            stream: None,
            tunnel: None,
            stirs: 0,
            ending: false,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            dial: Dial::default(),
            changed: Condvar::new(),
            stirred: Condvar::new(),
            teller: Mutex::new(Box::new(on_update)),
        });
        let link = Arc::clone(&shared);
        spawn("klock-link-write", move || write(&to_write, &link))?;
        let link = Arc::clone(&shared);
        spawn("klock-link-watch", move || watch::watch(&link))?;
        let link = Arc::clone(&shared);
        spawn("klock-link", move || run(connection, occasion, &link))?;
        Ok(Link { shared })
    }

    /// From now on the person goes by `name`: a connection that is made anew introduces itself so. The present one learns it
    /// by [`Ask::TypeAs`].
    pub fn rename(&self, name: &str, sure: Assurance) {
        let mut state = self.shared.lock();
        name.clone_into(&mut state.options.name);
        state.options.sure = sure;
    }

    /// Asks; the answer comes as [`Update::Answer`] with the number returned. Never blocks. While the host is away the
    /// question waits.
    pub fn ask(&self, what: Ask) -> u64 {
        let mut state = self.shared.lock();
        let ask = state.memory.ask(what.clone());
        state.send((ask, what));
        if state.note_asked() {
            self.shared.stir(&mut state);
        }
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
        if let Some(stream) = state.stream.take() {
            // Best effort: the peer may have closed it already.
            let _ = stream.shutdown(Shutdown::Both);
        }
        self.shared.end(&mut state);
        let tunnel = state.tunnel.take();
        drop(state);
        // The process may end right after this; no ssh outlives it.
        drop(tunnel);
        self.shared.dial.call_off();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, at_most: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, at_most).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Looks at the state, and tells what follows from it, so that nobody else's update comes between.
    fn tell(&self, look: impl FnOnce(&mut State) -> Vec<Update>) {
        let teller = self.teller.lock().unwrap_or_else(PoisonError::into_inner);
        let updates = look(&mut self.lock());
        updates.into_iter().for_each(&**teller);
    }

    fn tell_one(&self, update: Update) {
        self.tell(|_| vec![update]);
    }

    /// The watch is to look again.
    fn stir(&self, state: &mut State) {
        state.stirs += 1;
        self.stirred.notify_all();
    }

    fn end(&self, state: &mut State) {
        state.ending = true;
        // The writer may have ended.
        let _ = state.outgoing.send(Outgoing::End);
        self.changed.notify_all();
        self.stir(state);
    }
}

impl State {
    fn send(&self, asked: Asked) {
        // The writer lives as long as this sender.
        let _ = self.outgoing.send(Outgoing::Ask(Box::new(asked)));
    }

    /// Something was asked. True when the watch, which waits for something later, must look again.
    fn note_asked(&mut self) -> bool {
        let Some(pulse) = &mut self.pulse else { return false };
        let was_quiet = pulse.is_quiet();
        pulse.asked(Instant::now());
        was_quiet
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    std::thread::Builder::new().name(name.into()).stack_size(512 << 10).spawn(work).map(drop)
}

/// Connects again and again, and serves each connection.
fn run(mut first: Option<Connection>, occasion: Occasion, shared: &Shared) {
    let mut failures = 0_u32;
    let mut short = 0;
    loop {
        let options = shared.lock().options.clone();
        let opened = match first.take() {
            Some(connection) => Ok(connection),
            None => Connection::dial(&options, occasion, &shared.dial),
        };
        if opened.is_err() && shared.lock().ending {
            return;
        }
        let pause = match opened {
            Ok(connection) => {
                failures = 0;
                let since = Instant::now();
                let why = stay(connection, shared);
                if shared.lock().ending {
                    return;
                }
                if let Some(why) = why {
                    shared.end(&mut shared.lock());
                    return shared.tell_one(Update::Dismissed { why });
                }
                shared.tell_one(Update::Lost { why: None });
                short = if since.elapsed() < SOON { short + 1 } else { 0 };
                match (short, is_far(&options)) {
                    (0 | 1, _) => Duration::ZERO,
                    (_, false) => SOON_PAUSE,
                    (_, true) => SOON_FAR_PAUSE,
                }
            }
            Err(error) if error.may_pass() => {
                shared.tell_one(Update::Lost { why: Some(error.phrase()) });
                failures += 1;
                let longest = if is_far(&options) { LONGEST_FAR_PAUSE } else { LONGEST_PAUSE };
                PAUSE.saturating_mul(1 << (failures - 1).min(MOST_DOUBLINGS)).min(longest)
            }
            Err(error) => {
                shared.end(&mut shared.lock());
                return shared.tell_one(Update::Dismissed { why: error.phrase() });
            }
        };
        let until = Instant::now() + pause;
        let mut state = shared.lock();
        while !state.ending && Instant::now() < until {
            state = shared.wait(state, until.saturating_duration_since(Instant::now()));
        }
        if state.ending {
            return;
        }
    }
}

fn is_far(options: &Options) -> bool {
    matches!(options.reach, Reach::Ssh { .. })
}

/// Serves one connection to its end. Some: the host dismissed us for good.
fn stay(connection: Connection, shared: &Shared) -> Option<Phrase> {
    let Connection { stream, mut reader, welcome, tunnel } = connection;
    let for_writing = stream.try_clone().ok()?;
    shared.tell(|state| {
        if state.ending {
            return Vec::new();
        }
        state.stream = Some(stream);
        state.tunnel = tunnel;
        let far = is_far(&state.options);
        state.host = Some(welcome.pid).filter(|pid| !far && process::is_stopped(*pid).is_some());
        let mut pulse = Pulse::new(far, state.host.is_some(), Instant::now());
        // All under one lock: what is asked meanwhile comes after, and is not sent twice.
        let _ = state.outgoing.send(Outgoing::Use(for_writing));
        for asked in state.memory.resend() {
            state.send(asked);
            pulse.asked(Instant::now());
        }
        state.pulse = Some(pulse);
        shared.stir(state);
        vec![Update::Connected(welcome)]
    });
    let mut dismissed = None;
    while let Ok(Some(said)) = frame::read::<HostMsg>(&mut reader) {
        if let HostMsg::Goodbye { why, again } = said {
            dismissed = (!again).then_some(why);
            break;
        }
        shared.tell(|state| hear(shared, state, said));
    }
    let mut state = shared.lock();
    state.pulse = None;
    state.host = None;
    if let Some(stream) = state.stream.take() {
        // Best effort: the peer may have closed it already. It wakes a writer that waits for a host that does not read.
        let _ = stream.shutdown(Shutdown::Both);
    }
    let tunnel = state.tunnel.take();
    drop(state);
    // This takes a moment, in which nobody needs to wait for the state.
    drop(tunnel);
    dismissed
}

fn hear(shared: &Shared, state: &mut State, said: HostMsg) -> Vec<Update> {
    let Heard { update, also, send } = state.memory.hear(said);
    if let Some(asked) = send {
        state.send(asked);
    }
    if state.memory.is_settled() {
        shared.changed.notify_all();
    }
    let is_quiet = state.memory.is_quiet();
    let was_silent = state.pulse.as_mut().is_some_and(|pulse| pulse.heard(is_quiet, Instant::now()));
    was_silent.then_some(Update::Heard).into_iter().chain(update).chain(also).collect()
}

/// Writes what is asked. What cannot be written stays in the memory and is sent on the next connection.
fn write(to_write: &Receiver<Outgoing>, shared: &Shared) {
    let mut stream: Option<UnixStream> = None;
    for outgoing in to_write {
        match outgoing {
            Outgoing::Use(new) => stream = Some(new),
            Outgoing::Ask(asked) => {
                let Some(open) = &mut stream else { continue };
                let (ask, what) = *asked;
                match frame::write(open, &ClientMsg::Ask { ask, what }) {
                    Ok(()) => {}
                    // Nothing of it was written, and nothing ever will be.
                    Err(error) if error.kind() == ErrorKind::InvalidInput => {
                        let why = Failure::Broken(Phrase::new("failure-ask-too-long"));
                        let answer = HostMsg::Answer { ask, answer: Box::new(Err(why)) };
                        shared.tell(|state| hear(shared, state, answer));
                    }
                    Err(_) => stream = None,
                }
            }
            Outgoing::End => return,
        }
    }
}
