//! A link that outlives its host: it queues what is asked, reconnects, resends and catches up. Nothing here blocks the asker.

mod liveness_watch;
mod receive_limit;
mod reconnect;
mod replica;
mod send_buffer;
mod update;

use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use self::replica::{Heard, Memory};
use self::send_buffer::Outgoing;
pub use self::update::Update;
use crate::client::Options;
use crate::client::connect::ssh_attempt::Dial;
use crate::client::connection::{Connection, Occasion};
use crate::client::liveness::Pulse;
use crate::client::ssh_tunnel::Tunnel;
use crate::domain::record::Assurance;
use crate::wire::message::{Ask, HostMsg};

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
        spawn("klock-link-write", move || send_buffer::write(&to_write, &link))?;
        let link = Arc::clone(&shared);
        spawn("klock-link-watch", move || liveness_watch::watch(&link))?;
        let link = Arc::clone(&shared);
        spawn("klock-link", move || reconnect::run(connection, occasion, &link))?;
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
        let ask = state.memory.ask(what);
        state.send(ask);
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

    /// Takes in what the host said, and what follows from it for whoever asked.
    fn hear(&self, state: &mut State, said: HostMsg) -> Vec<Update> {
        let Heard { update, also, send } = state.memory.hear(said);
        if let Some((ask, _)) = send {
            state.send(ask);
        }
        if state.memory.is_settled() {
            self.changed.notify_all();
        }
        let is_quiet = state.memory.is_quiet();
        let was_silent = state.pulse.as_mut().is_some_and(|pulse| pulse.heard(is_quiet, Instant::now()));
        was_silent.then_some(Update::Heard).into_iter().chain(update).chain(also).collect()
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
    fn send(&self, ask: u64) {
        // The writer lives as long as this sender.
        let _ = self.outgoing.send(Outgoing::Ask(ask));
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
