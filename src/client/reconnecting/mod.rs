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

use self::replica::{Consequences, Replica};
use self::send_buffer::Outgoing;
pub use self::update::Update;
use crate::client::ClientOptions;
use crate::client::connect::ssh_attempt::SshAttempt;
use crate::client::connection::{HostConnection, Occasion};
use crate::client::liveness::Liveness;
use crate::client::ssh_tunnel::SshTunnel;
use crate::domain::record::Assurance;
use crate::wire::message::{Ask, HostMsg};

/// A link to the host. Dropping it ends it.
pub struct ReconnectingClient {
    shared: Arc<ClientShared>,
}

struct ClientShared {
    state: Mutex<ClientState>,
    /// The call to a far host that is being made.
    ssh_attempt: SshAttempt,
    /// Told when the last question was answered, and when the link is to end.
    changed: Condvar,
    /// Told when the watch may have to look again sooner than it meant to.
    watch_woken: Condvar,
    /// Who is told of updates, one at a time. Taken before `state`, so that updates are told in the order they came about.
    reporter: Mutex<Box<dyn Fn(Update) + Send>>,
}

struct ClientState {
    options: ClientOptions,
    memory: Replica,
    /// Of the connection in use.
    liveness: Option<Liveness>,
    /// The host's process, when it is on this machine and can be looked at.
    host: Option<u32>,
    outgoing: Sender<Outgoing>,
    /// The connection in use, to be able to end it.
    stream: Option<UnixStream>,
    /// What carries it, when the host is far.
    tunnel: Option<SshTunnel>,
    /// How often the watch was given a reason to look again.
    watch_wakes: u64,
    ending: bool,
}

impl ReconnectingClient {
    /// Starts the link: its threads connect, and start a host when need be. `on_update` is called on one of them, one
    /// update at a time; it should pass them on and return.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(options: ClientOptions, on_update: impl Fn(Update) + Send + 'static) -> std::io::Result<Self> {
        ReconnectingClient::start_as(None, Occasion::ScreenAgain, options, on_update)
    }

    /// As [`ReconnectingClient::start`], beginning with a connection that stands already.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_connected(
        connection: HostConnection,
        options: ClientOptions,
        on_update: impl Fn(Update) + Send + 'static,
    ) -> std::io::Result<Self> {
        ReconnectingClient::start_as(Some(connection), Occasion::ScreenAgain, options, on_update)
    }

    /// As [`ReconnectingClient::start`], for a verb that sends much: nobody looks at a screen, so nobody counts as here.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_for_verb(
        options: ClientOptions,
        on_update: impl Fn(Update) + Send + 'static,
    ) -> std::io::Result<Self> {
        ReconnectingClient::start_as(None, Occasion::Verb, options, on_update)
    }

    fn start_as(
        connection: Option<HostConnection>,
        occasion: Occasion,
        options: ClientOptions,
        on_update: impl Fn(Update) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (outgoing, to_write) = channel();
        let state = ClientState {
            options,
            memory: Replica::default(),
            liveness: None,
            host: None,
            outgoing,
            stream: None,
            tunnel: None,
            watch_wakes: 0,
            ending: false,
        };
        let shared = Arc::new(ClientShared {
            state: Mutex::new(state),
            ssh_attempt: SshAttempt::default(),
            changed: Condvar::new(),
            watch_woken: Condvar::new(),
            reporter: Mutex::new(Box::new(on_update)),
        });
        let link = Arc::clone(&shared);
        spawn("klock-link-write", move || send_buffer::write(&to_write, &link))?;
        let link = Arc::clone(&shared);
        spawn("klock-link-watch", move || liveness_watch::watch_liveness(&link))?;
        let link = Arc::clone(&shared);
        spawn("klock-link", move || reconnect::run(connection, occasion, &link))?;
        Ok(ReconnectingClient { shared })
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
            self.shared.wake_watch(&mut state);
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

impl Drop for ReconnectingClient {
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
        self.shared.ssh_attempt.cancel();
    }
}

impl ClientShared {
    fn lock(&self) -> MutexGuard<'_, ClientState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, ClientState>, at_most: Duration) -> MutexGuard<'a, ClientState> {
        self.changed.wait_timeout(state, at_most).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Looks at the state, and tells what follows from it, so that nobody else's update comes between.
    fn report_updates(&self, check_host_process: impl FnOnce(&mut ClientState) -> Vec<Update>) {
        let reporter = self.reporter.lock().unwrap_or_else(PoisonError::into_inner);
        let updates = check_host_process(&mut self.lock());
        updates.into_iter().for_each(&**reporter);
    }

    fn report(&self, update: Update) {
        self.report_updates(|_| vec![update]);
    }

    /// Takes in what the host said, and what follows from it for whoever asked.
    fn accept_message(&self, state: &mut ClientState, said: HostMsg) -> Vec<Update> {
        let Consequences { update, also, send } = state.memory.accept_message(said);
        if let Some((ask, _)) = send {
            state.send(ask);
        }
        if state.memory.is_settled() {
            self.changed.notify_all();
        }
        let is_quiet = state.memory.is_quiet();
        let was_silent = state.liveness.as_mut().is_some_and(|liveness| liveness.note_heard(is_quiet, Instant::now()));
        was_silent.then_some(Update::Heard).into_iter().chain(update).chain(also).collect()
    }

    /// The watch is to look again.
    fn wake_watch(&self, state: &mut ClientState) {
        state.watch_wakes += 1;
        self.watch_woken.notify_all();
    }

    fn end(&self, state: &mut ClientState) {
        state.ending = true;
        // The writer may have ended.
        let _ = state.outgoing.send(Outgoing::End);
        self.changed.notify_all();
        self.wake_watch(state);
    }
}

impl ClientState {
    fn send(&self, ask: u64) {
        // The writer lives as long as this sender.
        let _ = self.outgoing.send(Outgoing::Ask(ask));
    }

    /// Something was asked. True when the watch, which waits for something later, must look again.
    fn note_asked(&mut self) -> bool {
        let Some(liveness) = &mut self.liveness else { return false };
        let was_quiet = liveness.is_quiet();
        liveness.note_asked(Instant::now());
        was_quiet
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    std::thread::Builder::new().name(name.into()).stack_size(512 << 10).spawn(work).map(drop)
}
