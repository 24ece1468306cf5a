//! What the asker and the threads of a reconnecting client share, and the order in which its updates are reported.

use std::os::unix::net::UnixStream;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::pending::ToSend;
use super::send_buffer::SendBuffer;
use super::session::{Consequences, ResumableSession};
use super::update::Update;
use crate::client::connect::ssh_attempt::SshAttempt;
use crate::client::liveness::Liveness;
use crate::client::ssh_tunnel::SshTunnel;
use crate::client::{ClientOptions, process};
use crate::domain::phrase::Phrase;
use crate::wire::message::{Failure, HostMsg};

/// What the threads share.
pub struct ClientShared<C> {
    pub state: Mutex<ClientState<C>>,
    /// The call to a far host that is being made.
    pub ssh_attempt: SshAttempt,
    /// Told when the last question was answered, and when the link is to end.
    pub changed: Condvar,
    /// Told when the watch may have to look again sooner than it meant to.
    pub watch_woken: Condvar,
    /// Who is told of updates, one at a time. Taken before `state`, so that updates are told in the order they came about.
    pub reporter: Mutex<Box<dyn Fn(Update<C>) + Send>>,
}

pub struct ClientState<C> {
    pub options: ClientOptions,
    pub session: ResumableSession<C>,
    /// Of the connection in use.
    pub liveness: Option<Liveness>,
    /// The host's process, when it is on this machine and can be looked at.
    pub host: Option<u32>,
    pub send_buffer: SendBuffer<UnixStream>,
    /// The connection in use, to be able to end it.
    pub stream: Option<UnixStream>,
    /// What carries it, when the host is far.
    pub tunnel: Option<SshTunnel>,
    /// How often the watch was given a reason to look again.
    pub watch_wakes: u64,
    pub ending: bool,
}

impl<C> ClientShared<C> {
    pub fn lock(&self) -> MutexGuard<'_, ClientState<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn wait<'a>(&self, state: MutexGuard<'a, ClientState<C>>, at_most: Duration) -> MutexGuard<'a, ClientState<C>> {
        self.changed.wait_timeout(state, at_most).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Looks at the state and reports what follows from it, so that nobody else's update comes between.
    pub fn report_updates(&self, look: impl FnOnce(&mut ClientState<C>) -> Vec<Update<C>>) {
        let reporter = self.reporter.lock().unwrap_or_else(PoisonError::into_inner);
        let updates = look(&mut self.lock());
        updates.into_iter().for_each(&**reporter);
    }

    pub fn report(&self, update: Update<C>) {
        self.report_updates(|_| vec![update]);
    }

    /// Hands a request to the writing thread.
    pub fn send(&self, state: &mut ClientState<C>, request: &ToSend) {
        state.send_buffer.send(request);
        if state.note_asked() {
            self.wake_watch(state);
        }
    }

    /// The watch is to look again.
    pub fn wake_watch(&self, state: &mut ClientState<C>) {
        state.watch_wakes += 1;
        self.watch_woken.notify_all();
    }

    pub fn end(&self, state: &mut ClientState<C>) {
        state.ending = true;
        state.send_buffer.end();
        self.changed.notify_all();
        self.wake_watch(state);
    }
}

impl<C: Clone> ClientShared<C> {
    /// Looks at the host's process, which wakes nobody. A host that is stopped is asked at once whether it is there, not only when
    /// that is due.
    pub fn check_host_process(&self) {
        let mut state = self.lock();
        let is_quiet = state.liveness.as_ref().is_some_and(Liveness::is_quiet);
        if is_quiet && state.host.and_then(process::is_stopped) == Some(true) {
            state.ping();
            self.wake_watch(&mut state);
        }
    }

    /// Takes in what the host said, and returns what follows from it for the asker.
    pub fn accept_message(&self, state: &mut ClientState<C>, said: HostMsg) -> Vec<Update<C>> {
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
    pub fn refuse_too_long(&self, number: u64) {
        let why = Failure::Broken(Phrase::new("failure-ask-too-long"));
        let answer = HostMsg::Answer { ask: number, answer: Box::new(Err(why)) };
        self.report_updates(|state| self.accept_message(state, answer));
    }
}

impl<C> ClientState<C> {
    /// Notes that something was asked. Returns whether the watch, which waits for something later, must look again.
    pub fn note_asked(&mut self) -> bool {
        let Some(liveness) = &mut self.liveness else { return false };
        let was_quiet = liveness.is_quiet();
        liveness.note_asked(Instant::now());
        was_quiet
    }
}

impl<C: Clone> ClientState<C> {
    /// Asks whether the host is there.
    pub fn ping(&mut self) {
        let request = self.session.ping();
        self.send_buffer.send(&request);
        self.note_asked();
    }
}
