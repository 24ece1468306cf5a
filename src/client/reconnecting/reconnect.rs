//! The reading end of a link: connects, hears the host until it is gone, and connects again.

use std::net::Shutdown;
use std::time::{Duration, Instant};

use super::receive_limit::ReceiveLimit;
use super::shared::ClientShared;
use super::update::Update;
use crate::client::connect::connect_cancellable;
use crate::client::connection::{HostConnection, Occasion};
use crate::client::liveness::Liveness;
use crate::client::{ClientOptions, HostTarget, process};
use crate::domain::phrase::Phrase;
use crate::wire::frame;
use crate::wire::message::HostMsg;

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

/// Connects again and again, and serves each connection.
pub(super) fn run<C: Clone>(mut first: Option<HostConnection>, occasion: Occasion, shared: &ClientShared<C>) {
    let mut failures = 0_u32;
    let mut short = 0;
    loop {
        let options = shared.lock().options.clone();
        let opened = match first.take() {
            Some(connection) => Ok(connection),
            None => connect_cancellable(&options, occasion, &shared.ssh_attempt),
        };
        if opened.is_err() && shared.lock().ending {
            return;
        }
        let pause = match opened {
            Ok(connection) => {
                failures = 0;
                let since = Instant::now();
                let why = serve_connection(connection, shared);
                if shared.lock().ending {
                    return;
                }
                if let Some(why) = why {
                    shared.end(&mut shared.lock());
                    return shared.report(Update::Dismissed { why });
                }
                shared.report(Update::Lost { why: None });
                short = if since.elapsed() < SOON { short + 1 } else { 0 };
                match (short, is_far(&options)) {
                    (0 | 1, _) => Duration::ZERO,
                    (_, false) => SOON_PAUSE,
                    (_, true) => SOON_FAR_PAUSE,
                }
            }
            Err(error) if error.may_pass() => {
                shared.report(Update::Lost { why: Some(error.phrase()) });
                failures += 1;
                let longest = if is_far(&options) { LONGEST_FAR_PAUSE } else { LONGEST_PAUSE };
                PAUSE.saturating_mul(1 << (failures - 1).min(MOST_DOUBLINGS)).min(longest)
            }
            Err(error) => {
                shared.end(&mut shared.lock());
                return shared.report(Update::Dismissed { why: error.phrase() });
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

fn is_far(options: &ClientOptions) -> bool {
    matches!(options.target, HostTarget::Ssh { .. })
}

/// Serves one connection to its end. Some: the host dismissed us for good.
fn serve_connection<C: Clone>(connection: HostConnection, shared: &ClientShared<C>) -> Option<Phrase> {
    let HostConnection { stream, mut reader, welcome, tunnel } = connection;
    let for_writing = stream.try_clone().ok()?;
    shared.report_updates(|state| {
        if state.ending {
            return Vec::new();
        }
        state.stream = Some(stream);
        state.tunnel = tunnel;
        let far = is_far(&state.options);
        state.host = Some(welcome.pid).filter(|pid| !far && process::is_stopped(*pid).is_some());
        let mut liveness = Liveness::new(far, state.host.is_some(), Instant::now());
        // All under one lock: what is asked meanwhile comes after, and is not sent twice.
        state.send_buffer.use_connection(for_writing);
        for request in state.session.resend() {
            state.send_buffer.send(&request);
            liveness.note_asked(Instant::now());
        }
        state.liveness = Some(liveness);
        shared.wake_watch(state);
        vec![Update::Connected(welcome)]
    });
    let mut dismissed = None;
    let mut flow = ReceiveLimit::new(Instant::now());
    while let Ok(Some((said, length))) = frame::read_sized::<HostMsg>(&mut reader) {
        let said = said.bounded();
        std::thread::sleep(flow.take(length, Instant::now()));
        if let HostMsg::Goodbye { why, again } = said {
            dismissed = (!again).then_some(why);
            break;
        }
        shared.report_updates(|state| shared.accept_message(state, said));
    }
    let mut state = shared.lock();
    state.liveness = None;
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
