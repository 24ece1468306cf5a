//! Whether the host still answers: the thread that waits for what is due, and gives up one that does not.

use std::net::Shutdown;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use super::shared::ClientShared;
use super::update::Update;
use crate::client::liveness::LivenessStep;

/// A wait that took so much longer than it should means that this process was stopped, or the machine slept.
const OVERSLEPT: Duration = Duration::from_secs(1);

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
                        // The reader sees the end, and connects again.
                        let _ = stream.shutdown(Shutdown::Both);
                    }
                }
            }
            Vec::new()
        });
        let mut state = shared.lock();
        // What happened between the two locks is seen by looking again.
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
