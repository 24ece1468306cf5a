//! Carries bytes between the host of this machine and two streams, without a look at them: the far end of a client's ssh.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::client::connect::local;
use crate::client::connection::{BUSY_AT_MOST, WELCOME_WITHIN};
use crate::client::error::ConnectError;
use crate::client::process;
use crate::client::{ClientOptions, HostTarget};
use crate::peer::Peer;

/// How much is carried at a time; no more is ever held, in each direction.
const PORTION: usize = 64 << 10;

/// How often it is looked whether both ends are still there.
const LOOK_UP: Duration = Duration::from_secs(1);

/// How long the host may take to answer a client that has left, and to close.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A client that lives says something every few seconds. One that says nothing for so long has lost its network without a
/// word; it comes back on another connection, and should not be seen in the room twice meanwhile.
const LONGEST_SILENCE: Duration = Duration::from_secs(120);

/// Connects to the host and carries bytes both ways until either end is done. A host of one's own is started when need be.
///
/// # Errors
/// When the host cannot be reached, or is there and says nothing.
pub fn run(
    options: &ClientOptions,
    from_client: impl Read + Send + 'static,
    to_client: impl Write + Send + 'static,
) -> Result<(), ConnectError> {
    let reached = |stream: UnixStream, peer: Peer| Ok((stream, peer));
    let (host, peer) = match &options.target {
        HostTarget::Local(own) => local::connect_or_start(own, options.patience, reached)?,
        HostTarget::Socket(socket) => local::connect_shared(socket, options.patience, reached)?,
        HostTarget::Ssh { .. } => return Err(ConnectError::RelayToRelay),
    };
    let failed = |source| ConnectError::Relay { source };
    let (for_reading, for_end) = (host.try_clone().map_err(failed)?, host.try_clone().map_err(failed)?);
    let (asked, answered) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let (ended, has_ended) = channel();
    carry(RelayEnd::Client, from_client, host, Arc::clone(&asked), ended.clone()).map_err(failed)?;
    carry(RelayEnd::Host, for_reading, to_client, Arc::clone(&answered), ended).map_err(failed)?;
    let (mut last_asked, mut asked_at) = (0, Instant::now());
    loop {
        match has_ended.recv_timeout(LOOK_UP) {
            Ok(RelayEnd::Client) => {
                // What the host still has to say to that is carried, too. It closes at once, if it can.
                let _ = for_end.shutdown(Shutdown::Write);
                let _ = has_ended.recv_timeout(LAST_WORDS);
                break;
            }
            Ok(RelayEnd::Host) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now_asked = asked.load(Ordering::Relaxed);
        if now_asked != last_asked {
            (last_asked, asked_at) = (now_asked, Instant::now());
        }
        let silence = asked_at.elapsed();
        let is_busy = || peer.pid.and_then(process::is_stopped) == Some(false) && silence < BUSY_AT_MOST;
        if last_asked > 0 && answered.load(Ordering::Relaxed) == 0 && silence >= WELCOME_WITHIN && !is_busy() {
            return Err(ConnectError::Unanswered { pid: peer.pid });
        }
        if silence >= LONGEST_SILENCE {
            break;
        }
    }
    // The other thread waits for a stream; what was carried whole is on its way.
    let _ = for_end.shutdown(Shutdown::Both);
    Ok(())
}

/// Who was done first.
#[derive(Debug, Clone, Copy)]
enum RelayEnd {
    Client,
    Host,
}

/// Carries on a thread of its own what comes `from` one stream, whose end is `end`, `to` the other, and says when it is done.
fn carry(
    end: RelayEnd,
    mut from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    carried: Arc<AtomicU64>,
    ended: Sender<RelayEnd>,
) -> std::io::Result<()> {
    let work = move || {
        let mut portion = vec![0; PORTION];
        loop {
            match from.read(&mut portion) {
                Ok(0) => break,
                Ok(length) => {
                    if to.write_all(&portion[..length]).and_then(|()| to.flush()).is_err() {
                        break;
                    }
                    carried.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        // Nobody listens when the other direction was done first.
        let _ = ended.send(end);
    };
    std::thread::Builder::new().name("klock-relay".into()).stack_size(128 << 10).spawn(work).map(drop)
}
