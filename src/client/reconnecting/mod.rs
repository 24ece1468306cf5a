//! A client that outlives its host: it queues what is asked, reconnects, resends and catches up. Nothing here blocks the asker.
//!
//! `pending` is the register of requests, `replica` knows the rooms, `session` says what follows for both from what is asked and
//! heard. Three threads serve them: `reconnect` connects and reads, `send_buffer` writes, `liveness_watch` sees a host that is silent.

mod liveness_watch;
mod pending;
mod receive_limit;
mod reconnect;
mod replica;
mod send_buffer;
mod session;
mod shared;
mod update;

use std::net::Shutdown;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use self::pending::Parking;
use self::send_buffer::SendBuffer;
use self::session::ResumableSession;
use self::shared::{ClientShared, ClientState};
pub use self::update::Update;
use crate::client::ClientOptions;
use crate::client::connect::ssh_attempt::SshAttempt;
use crate::client::connection::{HostConnection, Occasion};
use crate::domain::record::Assurance;
use crate::wire::message::Ask;

/// A client that stays. Dropping it ends it. `C` is what an asker gives with a request and gets back with the answer.
pub struct ReconnectingClient<C = ()> {
    shared: Arc<ClientShared<C>>,
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
            session: ResumableSession::default(),
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

    /// Has the person go by `name` on the connections made from now on. The present one learns it by [`Ask::TypeAs`].
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

    /// Looks at the host's process and asks a stopped one whether it is there: for a caller that wakes now and then as it is, and has
    /// nothing to ask.
    pub fn check_host_process(&self) {
        self.shared.check_host_process();
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

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    std::thread::Builder::new().name(name.into()).stack_size(512 << 10).spawn(work).map(drop)
}
