//! The way to a host on this machine: one's own, which is started when nobody answers, or one that somebody runs for a group.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::connection::{Attempt, Connection, Occasion, WELCOME_WITHIN, introduce, wait_for_bytes};
use super::error::ConnectError;
use super::peer::Peer;
use super::{Options, Own, peer, spawn};
use crate::regular::{self, Links};
use crate::wire::place::{LONGEST_SOCKET_PATH, SOCKET_NAME_FILE, shared_owner};

/// How long to wait between two tries, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(25);

/// The same for the one client that started the host: it may look often, as fifty that wait for it may not.
const STARTERS_PAUSE: Duration = Duration::from_millis(2);

/// After so long without an answer the host that was started is taken for lost, and another is started.
const START_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// After so long whoever was to start a host is taken for lost, too.
const STARTER_WITHIN: Duration = Duration::from_secs(1);

/// Held in the data directory by the one client that starts a host there, so that fifty do not start fifty.
const STARTER_FILE: &str = "starter.lock";

/// Connects to the host of a data directory of one's own, and introduces itself.
pub fn open(own: &Own, options: &Options, occasion: Occasion) -> Result<Connection, ConnectError> {
    seek(own, options.patience, |stream, peer| meet(stream, peer, options, occasion))
}

/// Connects to a host that somebody runs at `socket`, and introduces itself.
pub fn open_foreign(socket: &Path, options: &Options, occasion: Occasion) -> Result<Connection, ConnectError> {
    seek_foreign(socket, options.patience, |stream, peer| meet(stream, peer, options, occasion))
}

/// Tries the places where the host of a data directory may be, and starts it when nobody is there, until `attempt`
/// succeeds on a connection, at the latest after `patience`.
pub fn seek<T>(
    own: &Own,
    patience: Duration,
    attempt: impl Fn(UnixStream, Peer) -> Result<T, Attempt>,
) -> Result<T, ConnectError> {
    check_length(&own.socket)?;
    let began = Instant::now();
    let deadline = began + patience;
    let mut pause = FIRST_PAUSE;
    let mut started_at: Option<Instant> = None;
    let mut starter: Option<Starter> = None;
    loop {
        match try_every_place(own, &attempt) {
            Ok(reached) => return Ok(reached),
            Err(Attempt::Failed(error)) => return Err(error),
            // Whoever does not answer holds the data directory: no other host could.
            Err(Attempt::Unanswered { pid }) => return Err(ConnectError::Unanswered { pid }),
            Err(Attempt::Replaced) => started_at = None,
            Err(Attempt::Nobody) => {}
        }
        if Instant::now() >= deadline {
            return Err(given_up(own, started_at.is_some()));
        }
        if let Some(exe) = &own.exe
            && started_at.is_none_or(|at| at.elapsed() >= START_AGAIN_AFTER)
        {
            starter = starter.or_else(|| become_starter(&own.data_dir));
            if starter.is_some() || began.elapsed() >= STARTER_WITHIN {
                spawn::start(exe, own).map_err(|source| ConnectError::NotStarted { exe: exe.clone(), source })?;
                started_at = Some(Instant::now());
            }
        }
        std::thread::sleep(pause.min(deadline.saturating_duration_since(Instant::now())));
        pause = (pause * 2).min(if starter.is_some() { STARTERS_PAUSE } else { LONGEST_PAUSE });
    }
}

/// Tries `socket` until `attempt` succeeds on a connection to it, at the latest after `patience`.
pub fn seek_foreign<T>(
    socket: &Path,
    patience: Duration,
    attempt: impl Fn(UnixStream, Peer) -> Result<T, Attempt>,
) -> Result<T, ConnectError> {
    check_length(socket)?;
    let owner = owner_of_place(socket)?;
    let admits = |peer: Peer| match peer.uid == owner {
        true => Ok(()),
        false => Err(ConnectError::Impostor { socket: socket.to_owned(), uid: peer.uid, owner }),
    };
    let deadline = Instant::now() + patience;
    let mut pause = FIRST_PAUSE;
    loop {
        match try_place(socket, admits, &attempt) {
            Ok(reached) => return Ok(reached),
            Err(Attempt::Failed(error)) => return Err(error),
            Err(Attempt::Unanswered { pid }) => return Err(ConnectError::Unanswered { pid }),
            Err(Attempt::Replaced | Attempt::Nobody) => {}
        }
        if Instant::now() >= deadline {
            return Err(ConnectError::NobodyThere { socket: socket.to_owned() });
        }
        std::thread::sleep(pause.min(deadline.saturating_duration_since(Instant::now())));
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// The user who may listen at `socket`: the one its directory is named after, where a host that is shared makes it by itself
/// and anybody could have come first; else the one to whom the directory belongs.
///
/// # Errors
/// When others could put a socket of their own there.
fn owner_of_place(socket: &Path) -> Result<u32, ConnectError> {
    let nobody = || ConnectError::NobodyThere { socket: socket.to_owned() };
    let dir = socket.parent().ok_or_else(nobody)?;
    let found = std::fs::metadata(dir).map_err(|_| nobody())?;
    if found.mode() & 0o022 != 0 {
        return Err(ConnectError::OpenPlace { dir: dir.to_owned() });
    }
    Ok(shared_owner(socket).unwrap_or(found.uid()))
}

fn check_length(socket: &Path) -> Result<(), ConnectError> {
    if socket.as_os_str().len() > LONGEST_SOCKET_PATH {
        return Err(ConnectError::PathTooLong { socket: socket.to_owned() });
    }
    Ok(())
}

fn given_up(own: &Own, started: bool) -> ConnectError {
    let socket = own.socket.clone();
    if started {
        ConnectError::Silent { socket, log: spawn::log_tail(own.log_dir.as_deref()) }
    } else {
        ConnectError::Nobody { socket }
    }
}

/// The right to start the host of a data directory, as long as it lives. Without a file nobody else can be told, and the
/// host's own lock decides, which holds in any case.
struct Starter {
    _file: Option<File>,
}

/// None: somebody else has that right.
fn become_starter(data_dir: &Path) -> Option<Starter> {
    // As the store makes it; when it cannot be made, the host says why.
    let _ = DirBuilder::new().recursive(true).mode(0o700).create(data_dir);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    let file = regular::open(&data_dir.join(STARTER_FILE), Links::Refuse, &mut options);
    let Ok(file) = file else { return Some(Starter { _file: None }) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        _ => Some(Starter { _file: Some(file) }),
    }
}

fn try_every_place<T>(own: &Own, attempt: &impl Fn(UnixStream, Peer) -> Result<T, Attempt>) -> Result<T, Attempt> {
    let named = named_socket(&own.data_dir).filter(|named| *named != own.socket);
    let user = rustix::process::getuid().as_raw();
    let mut outcome = Attempt::Nobody;
    for socket in named.iter().chain([&own.socket]) {
        let admits = |peer: Peer| match peer.uid == user {
            true => Ok(()),
            false => Err(ConnectError::Foreign { socket: socket.clone(), uid: peer.uid }),
        };
        match try_place(socket, admits, attempt) {
            Ok(reached) => return Ok(reached),
            Err(Attempt::Nobody) => {}
            Err(other) => outcome = other,
        }
    }
    Err(outcome)
}

/// The socket that the data directory's own host says it listens on.
fn named_socket(data_dir: &Path) -> Option<PathBuf> {
    const LONGEST: u64 = 4096;
    let text = regular::read_text(&data_dir.join(SOCKET_NAME_FILE), Links::Refuse, LONGEST).ok()?;
    let path = PathBuf::from(text.trim());
    (path.is_absolute() && path.as_os_str().len() <= LONGEST_SOCKET_PATH).then_some(path)
}

fn try_place<T>(
    socket: &Path,
    admits: impl Fn(Peer) -> Result<(), ConnectError>,
    attempt: &impl Fn(UnixStream, Peer) -> Result<T, Attempt>,
) -> Result<T, Attempt> {
    let stream = peer::connect(socket, WELCOME_WITHIN).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Attempt::Unanswered { pid: None },
        _ => Attempt::Nobody,
    })?;
    let peer = peer::of(&stream).map_err(|_| Attempt::Nobody)?;
    admits(peer).map_err(Attempt::Failed)?;
    attempt(stream, peer)
}

fn meet(stream: UnixStream, peer: Peer, options: &Options, occasion: Occasion) -> Result<Connection, Attempt> {
    let patience = options.patience.max(WELCOME_WITHIN);
    let welcomed =
        introduce(stream, options, occasion, |stream, reader| wait_for_bytes(stream, reader, patience, peer.pid, None));
    match welcomed.unwrap_or(Err(Attempt::Nobody)) {
        Err(Attempt::Unanswered { .. }) => Err(Attempt::Unanswered { pid: peer.pid }),
        outcome => outcome,
    }
}
