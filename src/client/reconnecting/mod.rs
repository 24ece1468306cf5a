//! A client that outlives its host: it queues what is asked, reconnects, resends and catches up. Nothing here blocks the asker.
//!
//! [`pending`] is the register of requests, [`replica`] knows the rooms, [`session`] says what follows for both from what is asked and
//! heard. Three threads serve them: [`reconnect`] connects and reads, [`send_buffer`] writes, [`liveness_watch`] sees a host that is silent.

mod liveness_watch;
mod pending;
mod receive_limit;
mod reconnect;
mod replica;
mod send_buffer;
mod session;
mod update;

use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use self::pending::{Parking, ToSend};
use self::send_buffer::SendBuffer;
use self::session::{ClientSession, Consequences};
pub use self::update::Update;
use crate::client::ClientOptions;
use crate::client::connect::ssh_attempt::SshAttempt;
use crate::client::connection::{HostConnection, Occasion};
use crate::client::liveness::Liveness;
use crate::client::ssh_tunnel::SshTunnel;
use crate::domain::phrase::Phrase;
use crate::domain::record::Assurance;
use crate::wire::message::{Ask, Failure, HostMsg};

/// A client that stays. Dropping it ends it. `C` is what an asker gives with a request and gets back with the answer.
pub struct ReconnectingClient<C = ()> {
    shared: Arc<ClientShared<C>>,
}

/// What the threads share.
struct ClientShared<C> {
    state: Mutex<ClientState<C>>,
    /// The call to a far host that is being made.
    ssh_attempt: SshAttempt,
    /// Told when the last question was answered, and when the link is to end.
    changed: Condvar,
    /// Told when the watch may have to look again sooner than it meant to.
    watch_woken: Condvar,
    /// Who is told of updates, one at a time. Taken before `state`, so that updates are told in the order they came about.
    reporter: Mutex<Box<dyn Fn(Update<C>) + Send>>,
}

struct ClientState<C> {
    options: ClientOptions,
    session: ClientSession<C>,
    /// Of the connection in use.
    liveness: Option<Liveness>,
    /// The host's process, when it is on this machine and can be looked at.
    host: Option<u32>,
    send_buffer: SendBuffer<UnixStream>,
    /// The connection in use, to be able to end it.
    stream: Option<UnixStream>,
    /// What carries it, when the host is far.
    tunnel: Option<SshTunnel>,
    /// How often the watch was given a reason to look again.
    watch_wakes: u64,
    ending: bool,
}

impl<C: Clone + Send + 'static> ReconnectingClient<C> {
    /// Starts the link: its threads connect, and start a host when need be. `on_update` is called on one of them, one
    /// update at a time; it should pass them on and return.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(options: ClientOptions, on_update: impl Fn(Update<C>) + Send + 'static) -> std::io::Result<Self> {
        ReconnectingClient::start_as(None, Occasion::ScreenAgain, options, on_update)
    }

    /// As [`ReconnectingClient::start`], beginning with a connection that stands already.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_connected(
        connection: HostConnection,
        options: ClientOptions,
        on_update: impl Fn(Update<C>) + Send + 'static,
    ) -> std::io::Result<Self> {
        ReconnectingClient::start_as(Some(connection), Occasion::ScreenAgain, options, on_update)
    }

    /// As [`ReconnectingClient::start`], for a verb that sends much: nobody looks at a screen, so nobody counts as here.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_for_verb(
        options: ClientOptions,
        on_update: impl Fn(Update<C>) + Send + 'static,
    ) -> std::io::Result<Self> {
        ReconnectingClient::start_as(None, Occasion::Verb, options, on_update)
    }

    fn start_as(
        connection: Option<HostConnection>,
        occasion: Occasion,
        options: ClientOptions,
        on_update: impl Fn(Update<C>) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (send_buffer, drain) = SendBuffer::new();
        let state = ClientState {
            options,
            session: ClientSession::default(),
            liveness: None,
            host: None,
            send_buffer,
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
        let client = Arc::clone(&shared);
        spawn("klock-link-write", move || drain.write_out(|number| client.refuse_too_long(number)))?;
        let client = Arc::clone(&shared);
        spawn("klock-link-watch", move || liveness_watch::watch_liveness(&client))?;
        let client = Arc::clone(&shared);
        spawn("klock-link", move || reconnect::run(connection, occasion, &client))?;
        Ok(ReconnectingClient { shared })
    }

    /// From now on the person goes by `name`: a connection that is made anew introduces itself so. The present one learns it
    /// by [`Ask::TypeAs`].
    pub fn rename(&self, name: &str, sure: Assurance) {
        let mut state = self.shared.lock();
        name.clone_into(&mut state.options.name);
        state.options.sure = sure;
    }

    /// Asks for someone who knows the request by its number alone; see [`ReconnectingClient::ask_as`].
    pub fn ask(&self, what: Ask) -> u64
    where
        C: Default,
    {
        self.ask_as(what, C::default())
    }

    /// Asks, and returns the request's number. The answer comes as [`Update::Answer`] with that number and `context`. Never
    /// blocks. While the host is away the request waits.
    pub fn ask_as(&self, what: Ask, context: C) -> u64 {
        self.register(what, context, Parking::Never)
    }

    /// As [`ReconnectingClient::ask_as`], for what changes something. While the host cannot save, the request and every later one
    /// that is asked by this function are parked, told as [`Update::Parked`] if they were sent: nothing overtakes what it may rest on.
    pub fn ask_in_order(&self, what: Ask, context: C) -> u64 {
        self.register(what, context, Parking::WhileHostCannotSave)
    }

    /// Sends what is parked, in the order it was asked.
    pub fn resume(&self) {
        let mut state = self.shared.lock();
        for request in state.session.resume() {
            self.shared.send(&mut state, &request);
        }
    }

    fn register(&self, what: Ask, context: C, parking: Parking) -> u64 {
        let mut state = self.shared.lock();
        let (number, to_send) = state.session.ask(what, context, parking);
        if let Some(request) = to_send {
            self.shared.send(&mut state, &request);
        }
        number
    }

    /// Ends the client once everything asked is answered or parked, at the latest after `patience`. Returns whether it was.
    pub fn finish(self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        let mut state = self.shared.lock();
        while !state.session.is_settled() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || state.ending {
                return false;
            }
            state = self.shared.wait(state, left);
        }
        true
    }
}

impl<C> Drop for ReconnectingClient<C> {
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

impl<C> ClientShared<C> {
    fn lock(&self) -> MutexGuard<'_, ClientState<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, ClientState<C>>, at_most: Duration) -> MutexGuard<'a, ClientState<C>> {
        self.changed.wait_timeout(state, at_most).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Looks at the state and reports what follows from it, so that nobody else's update comes between.
    fn report_updates(&self, look: impl FnOnce(&mut ClientState<C>) -> Vec<Update<C>>) {
        let reporter = self.reporter.lock().unwrap_or_else(PoisonError::into_inner);
        let updates = look(&mut self.lock());
        updates.into_iter().for_each(&**reporter);
    }

    fn report(&self, update: Update<C>) {
        self.report_updates(|_| vec![update]);
    }

    /// Hands a request to the writing thread.
    fn send(&self, state: &mut ClientState<C>, request: &ToSend) {
        state.send_buffer.send(request);
        if state.note_asked() {
            self.wake_watch(state);
        }
    }

    /// The watch is to look again.
    fn wake_watch(&self, state: &mut ClientState<C>) {
        state.watch_wakes += 1;
        self.watch_woken.notify_all();
    }

    fn end(&self, state: &mut ClientState<C>) {
        state.ending = true;
        state.send_buffer.end();
        self.changed.notify_all();
        self.wake_watch(state);
    }
}

impl<C: Clone> ClientShared<C> {
    /// Takes in what the host said, and returns what follows from it for the asker.
    fn accept_message(&self, state: &mut ClientState<C>, said: HostMsg) -> Vec<Update<C>> {
        let Consequences { update, also, send } = state.session.accept_message(said);
        if let Some(request) = send {
            // No reason to wake the watch: the host speaks.
            state.send_buffer.send(&request);
        }
        if state.session.is_settled() {
            self.changed.notify_all();
        }
        let is_quiet = state.session.is_quiet();
        let was_silent = state.liveness.as_mut().is_some_and(|liveness| liveness.note_heard(is_quiet, Instant::now()));
        was_silent.then_some(Update::Heard).into_iter().chain(update).chain(also).collect()
    }

    /// Answers request `number`, which is longer than the host takes: it never gets it.
    fn refuse_too_long(&self, number: u64) {
        let why = Failure::Broken(Phrase::new("failure-ask-too-long"));
        let answer = HostMsg::Answer { ask: number, answer: Box::new(Err(why)) };
        self.report_updates(|state| self.accept_message(state, answer));
    }
}

impl<C> ClientState<C> {
    /// Notes that something was asked. Returns whether the watch, which waits for something later, must look again.
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
