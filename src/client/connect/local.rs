//! Connects to a host on this machine: one's own, which is started when nobody answers, or one that somebody runs for a group.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::client::connect::lock_holder::{self, LockHolder};
use crate::client::connect::socket;
use crate::client::connect::start_host::{self, HostExit, StartedHost};
use crate::client::connection::{HostConnection, NotConnected, Occasion, WELCOME_WITHIN, shake_hands, wait_for_bytes};
use crate::client::error::ConnectError;
use crate::client::target::ForeignOwner;
use crate::client::{ClientOptions, LocalHost};
use crate::peer::Peer;
use crate::regular::{self, Links};
use crate::wire::place::{LONGEST_NOTE, LONGEST_SOCKET_PATH, SOCKET_NAME_FILE, shared_owner};

/// How long to wait between two tries, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(25);

/// The same for the one client that started the host: it may look often, as fifty that wait for it may not.
const STARTERS_PAUSE: Duration = Duration::from_millis(2);

/// After so long without an answer the host that was started is taken for lost, and another is started.
const START_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// How often a host is started that is killed before it serves.
const MOST_STARTS: u32 = 3;

/// After so long without an answer a host that is known to have listened counts as one that cannot be reached. It finds out by
/// itself within a second that its socket is gone.
const UNREACHABLE_AFTER: Duration = Duration::from_millis(900);

/// How long a verb looks for a host that somebody else runs: long enough for one that gives way to a newer one.
const FOREIGN_PATIENCE: Duration = Duration::from_millis(800);

/// After so long the client that holds the right to start a host is taken for lost, too (a guess).
const STARTER_WITHIN: Duration = Duration::from_secs(1);

/// Held in the data directory by the one client that starts a host there, so that fifty do not start fifty.
const STARTER_FILE: &str = "starter.lock";

/// Connects to the host of a data directory of one's own, and introduces itself.
pub fn open_own(own: &LocalHost, options: &ClientOptions, occasion: Occasion) -> Result<HostConnection, ConnectError> {
    connect_or_start(own, options.patience, |stream, peer| greet_host(stream, peer, options, occasion))
}

/// Connects to a host that somebody runs at `socket`, and introduces itself.
pub fn open_shared(socket: &Path, options: &ClientOptions, occasion: Occasion) -> Result<HostConnection, ConnectError> {
    // Nobody is started there: what is not there at once comes when somebody runs it.
    let patience = if occasion == Occasion::Verb { options.patience.min(FOREIGN_PATIENCE) } else { options.patience };
    connect_shared(socket, patience, |stream, peer| greet_host(stream, peer, options, occasion))
}

/// Tries the places where the host of a data directory may be, and starts it when nobody is there, until `attempt`
/// succeeds on a connection, at the latest after `patience`. A host that cannot run, and one that runs and cannot be reached,
/// is not waited for.
pub fn connect_or_start<T>(
    own: &LocalHost,
    patience: Duration,
    attempt: impl Fn(UnixStream, Peer) -> Result<T, NotConnected>,
) -> Result<T, ConnectError> {
    check_length(&own.socket)?;
    let began = Instant::now();
    let deadline = began + patience;
    let mut pause = FIRST_PAUSE;
    let mut starting = HostStart::new(own);
    let mut has_left = false;
    loop {
        let has_failed = starting.failure();
        match try_every_place(own, &attempt) {
            Ok(reached) => return Ok(reached),
            Err(NotConnected::Failed(error)) => return Err(error),
            // A host that does not answer holds the data directory: no other host could.
            Err(NotConnected::Unanswered { pid }) => return Err(ConnectError::Unanswered { pid }),
            Err(NotConnected::Replaced) => starting = HostStart::new(own),
            Err(NotConnected::Nobody) => has_left = false,
            Err(NotConnected::Left) => has_left = true,
        }
        // Looked at before the places were tried: another host may have come meanwhile.
        if let Some(why) = has_failed {
            return Err(why);
        }
        let is_last = Instant::now() >= deadline;
        if (is_last || began.elapsed() >= UNREACHABLE_AFTER)
            && !has_left
            && let LockHolder::Listening { pid } = lock_holder::look(&own.data_dir)
        {
            let socket = named_socket(&own.data_dir).unwrap_or_else(|| own.socket.clone());
            return Err(ConnectError::Unreachable { pid, dir: own.data_dir.clone(), socket });
        }
        if is_last {
            return Err(if has_left { ConnectError::Unanswered { pid: None } } else { starting.given_up() });
        }
        starting.go_on(began)?;
        std::thread::sleep(pause.min(deadline.saturating_duration_since(Instant::now())));
        pause = (pause * 2).min(if starting.is_starter() { STARTERS_PAUSE } else { LONGEST_PAUSE });
    }
}

/// The starting of a host: who does it, how often, and what became of the last one.
struct HostStart<'a> {
    own: &'a LocalHost,
    right: Option<StarterLock>,
    started: Option<(StartedHost, Instant)>,
    count: u32,
}

impl<'a> HostStart<'a> {
    fn new(own: &'a LocalHost) -> Self {
        HostStart { own, right: None, started: None, count: 0 }
    }

    fn is_starter(&self) -> bool {
        self.right.is_some()
    }

    /// Starts a host, unless another client does so or the last one may still come.
    fn go_on(&mut self, began: Instant) -> Result<(), ConnectError> {
        let Some(exe) = &self.own.exe else { return Ok(()) };
        if self.started.as_ref().is_some_and(|(_, at)| at.elapsed() < START_AGAIN_AFTER) {
            return Ok(());
        }
        if let Some(ForeignOwner { dir, owner }) = &self.own.foreign {
            return Err(ConnectError::ForeignHome { dir: dir.clone(), owner: *owner });
        }
        self.right = self.right.take().or_else(|| become_starter(&self.own.data_dir));
        if self.is_starter() || began.elapsed() >= STARTER_WITHIN {
            let started = start_host::start(exe, self.own);
            let started = started.map_err(|source| ConnectError::NotStarted { exe: exe.clone(), source })?;
            self.started = Some((started, Instant::now()));
            self.count += 1;
        }
        Ok(())
    }

    /// Why no host comes, when that is known.
    fn failure(&mut self) -> Option<ConnectError> {
        match self.started.as_ref()?.0.ended()? {
            // It will not come back, and the one that it gave way to may end as well.
            HostExit::Well => None,
            HostExit::Failed(why) => Some(ConnectError::Failed { why }),
            HostExit::Killed(_) if self.count < MOST_STARTS => {
                self.started = None;
                None
            }
            HostExit::Killed(why) => Some(ConnectError::Killed { why }),
        }
    }

    fn given_up(&self) -> ConnectError {
        let socket = self.own.socket.clone();
        match self.started {
            Some(_) => ConnectError::Silent { socket, log: start_host::log_tail(self.own.log_dir.as_deref()) },
            None => ConnectError::Nobody { socket },
        }
    }
}

/// Tries `socket` until `attempt` succeeds on a connection to it, at the latest after `patience`.
pub fn connect_shared<T>(
    socket: &Path,
    patience: Duration,
    attempt: impl Fn(UnixStream, Peer) -> Result<T, NotConnected>,
) -> Result<T, ConnectError> {
    check_length(socket)?;
    let owner = owner_of_place(socket)?;
    let admits = |peer: &Peer| match peer.uid == owner {
        true => Ok(()),
        false => Err(ConnectError::Impostor { socket: socket.to_owned(), uid: peer.uid, owner }),
    };
    let deadline = Instant::now() + patience;
    let mut pause = FIRST_PAUSE;
    loop {
        match try_place(socket, admits, &attempt) {
            Ok(reached) => return Ok(reached),
            Err(NotConnected::Failed(error)) => return Err(error),
            Err(NotConnected::Unanswered { pid }) => return Err(ConnectError::Unanswered { pid }),
            Err(NotConnected::Replaced | NotConnected::Nobody | NotConnected::Left) => {}
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

/// The right to start the host of a data directory, as long as it lives. Without a file nobody else can be told, and the
/// host's own lock decides, which holds in any case.
struct StarterLock {
    _file: Option<File>,
}

/// Takes the right to start a host. Returns `None` if another client has it.
fn become_starter(data_dir: &Path) -> Option<StarterLock> {
    // As the store makes it; when it cannot be made, the host says why.
    let _ = DirBuilder::new().recursive(true).mode(0o700).create(data_dir);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    let file = regular::open(&data_dir.join(STARTER_FILE), Links::Refuse, &mut options);
    let Ok(file) = file else { return Some(StarterLock { _file: None }) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        _ => Some(StarterLock { _file: Some(file) }),
    }
}

fn try_every_place<T>(
    own: &LocalHost,
    attempt: &impl Fn(UnixStream, Peer) -> Result<T, NotConnected>,
) -> Result<T, NotConnected> {
    let named = named_socket(&own.data_dir).filter(|named| *named != own.socket);
    let user = rustix::process::getuid().as_raw();
    let mut outcome = NotConnected::Nobody;
    for socket in named.iter().chain([&own.socket]) {
        let admits = |peer: &Peer| match peer.uid == user {
            true => Ok(()),
            false => Err(ConnectError::Foreign { socket: socket.clone(), uid: peer.uid }),
        };
        match try_place(socket, admits, attempt) {
            Ok(reached) => return Ok(reached),
            Err(NotConnected::Nobody) => {}
            Err(other) => outcome = other,
        }
    }
    Err(outcome)
}

/// The socket that the data directory's own host says it listens on.
fn named_socket(data_dir: &Path) -> Option<PathBuf> {
    let text = regular::read_text(&data_dir.join(SOCKET_NAME_FILE), Links::Refuse, LONGEST_NOTE).ok()?;
    let path = PathBuf::from(text.trim());
    (path.is_absolute() && path.as_os_str().len() <= LONGEST_SOCKET_PATH).then_some(path)
}

fn try_place<T>(
    socket: &Path,
    admits: impl Fn(&Peer) -> Result<(), ConnectError>,
    attempt: &impl Fn(UnixStream, Peer) -> Result<T, NotConnected>,
) -> Result<T, NotConnected> {
    let stream = socket::connect(socket, WELCOME_WITHIN).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => NotConnected::Unanswered { pid: None },
        _ => NotConnected::Nobody,
    })?;
    let peer = Peer::of(&stream).map_err(|_| NotConnected::Nobody)?;
    admits(&peer).map_err(NotConnected::Failed)?;
    attempt(stream, peer)
        .map_err(|outcome| if matches!(outcome, NotConnected::Nobody) { NotConnected::Left } else { outcome })
}

fn greet_host(
    stream: UnixStream,
    peer: Peer,
    options: &ClientOptions,
    occasion: Occasion,
) -> Result<HostConnection, NotConnected> {
    let patience = options.patience.max(WELCOME_WITHIN);
    let welcomed = shake_hands(stream, options, occasion, |stream, reader| {
        wait_for_bytes(stream, reader, patience, peer.pid, None)
    });
    match welcomed.unwrap_or(Err(NotConnected::Nobody)) {
        Err(NotConnected::Unanswered { .. }) => Err(NotConnected::Unanswered { pid: peer.pid }),
        outcome => outcome,
    }
}
