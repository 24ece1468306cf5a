//! Whether the host still answers: the thread that waits for what is due, and a look for which nobody is woken.

use std::net::Shutdown;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use super::{ClientShared, ClientState, ReconnectingClient, Update};
use crate::client::liveness::{Liveness, LivenessStep};
use crate::client::process;

/// A wait that took so much longer than it should means that this process was stopped, or the machine slept.
const OVERSLEPT: Duration = Duration::from_secs(1);

impl<C: Clone> ReconnectingClient<C> {
    /// Looks at the host's process, which wakes nobody: when it is stopped it is asked at once whether it is there, and not
    /// only when that is due. For who wakes every now and then as it is, and has nothing to ask.
    pub fn check_host_process(&self) {
        let mut state = self.shared.lock();
        let quiet = state.liveness.as_ref().is_some_and(Liveness::is_quiet);
        if quiet && state.host.and_then(process::is_stopped) == Some(true) {
            state.ping();
            self.shared.wake_watch(&mut state);
        }
    }
}

impl<C: Clone> ClientState<C> {
    /// Asks whether the host is there.
    fn ping(&mut self) {
        let request = self.session.ping();
        self.send_buffer.send(&request);
        self.note_asked();
    }
}

/// Looks whether the host still answers, until the client ends.
pub(super) fn watch_liveness<C: Clone>(shared: &ClientShared<C>) {
    loop {
        let mut next = None;
        let mut seen = 0;
        shared.report_updates(|state| {
            seen = state.watch_wakes;
            let next_step =
                state.liveness.as_mut().map_or(LivenessStep::Nothing, |liveness| liveness.next_step(Instant::now()));
            match next_step {
                LivenessStep::At(moment) => next = Some(moment),
                LivenessStep::Nothing => {}
                LivenessStep::Ping => {
                    state.ping();
                    state.watch_wakes += 1;
                }
                LivenessStep::Silent(since) => {
                    state.watch_wakes += 1;
                    return vec![Update::Silent { since }];
                }
                LivenessStep::GiveUp => {
                    if let Some(stream) = &state.stream {
                        // The reader sees the end, and connects anew.
                        let _ = stream.shutdown(Shutdown::Both);
                    }
                }
            }
            Vec::new()
        });
        let mut state = shared.lock();
        // Whatever happened between the two locks is seen by looking again.
        while state.watch_wakes == seen && next.is_none_or(|moment| Instant::now() < moment) {
            state = match next {
                None => shared.watch_woken.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(moment) => {
                    let left = moment.saturating_duration_since(Instant::now());
                    shared.watch_woken.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        if state.ending {
            return;
        }
        if next.is_some_and(|moment| Instant::now() > moment + OVERSLEPT)
            && let Some(liveness) = &mut state.liveness
        {
            liveness.note_oversleep(Instant::now());
        }
    }
}
