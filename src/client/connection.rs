//! One connection to the host: found or started, introduced, and of the right version.

use std::io::{self, BufReader};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::error::ConnectError;
use super::{Options, spawn};
use crate::domain::phrase::Phrase;
use crate::wire::frame;
use crate::wire::message::{Ask, ClientMsg, Hello, HostMsg, PROTOCOL, Welcome};
use crate::wire::place::{LONGEST_SOCKET_PATH, SOCKET_NAME_FILE};

/// How long a host may take to say welcome once it has accepted.
const WELCOME_WITHIN: Duration = Duration::from_secs(5);

/// How long to wait between two tries, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(25);

/// After so long without an answer the host that was started is taken for lost, and another is started.
const START_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// A connection on which [`Hello`] and [`Welcome`] have been exchanged.
pub struct Connection {
    pub stream: UnixStream,
    pub reader: BufReader<UnixStream>,
    pub welcome: Welcome,
}

/// What one try came to, when it was not a connection.
enum Attempt {
    /// Nobody is there, or they left in the middle of it.
    Nobody,
    /// An older host was there and was asked to finish.
    Replaced,
    Failed(ConnectError),
}

impl Connection {
    /// Connects; starts a host when nobody answers and [`Options::exe`] is set; asks an older host to finish.
    ///
    /// # Errors
    /// See [`ConnectError`]; after [`Options::patience`] at the latest.
    pub fn open(options: &Options, screen: bool) -> Result<Self, ConnectError> {
        if options.socket.as_os_str().len() > LONGEST_SOCKET_PATH {
            return Err(ConnectError::PathTooLong { socket: options.socket.clone() });
        }
        let deadline = Instant::now() + options.patience;
        let mut pause = FIRST_PAUSE;
        let mut started_at: Option<Instant> = None;
        loop {
            match try_every_place(options, screen) {
                Ok(connection) => return Ok(connection),
                Err(Attempt::Failed(error)) => return Err(error),
                Err(Attempt::Replaced) => started_at = None,
                Err(Attempt::Nobody) => {}
            }
            if Instant::now() >= deadline {
                return Err(given_up(options, started_at.is_some()));
            }
            if let Some(exe) = &options.exe
                && started_at.is_none_or(|at| at.elapsed() >= START_AGAIN_AFTER)
            {
                spawn::start(exe, options).map_err(|source| ConnectError::NotStarted { exe: exe.clone(), source })?;
                started_at = Some(Instant::now());
            }
            std::thread::sleep(pause.min(deadline.saturating_duration_since(Instant::now())));
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

fn given_up(options: &Options, started: bool) -> ConnectError {
    let socket = options.socket.clone();
    if started {
        ConnectError::Silent { socket, log: spawn::log_tail(options.log_dir.as_deref()) }
    } else {
        ConnectError::Nobody { socket }
    }
}

fn try_every_place(options: &Options, screen: bool) -> Result<Connection, Attempt> {
    let named = named_socket(&options.data_dir).filter(|named| *named != options.socket);
    let mut outcome = Attempt::Nobody;
    for socket in named.iter().chain([&options.socket]) {
        match try_place(socket, options, screen) {
            Ok(connection) => return Ok(connection),
            Err(Attempt::Nobody) => {}
            Err(other) => outcome = other,
        }
    }
    Err(outcome)
}

/// The socket that the data directory's own host says it listens on.
fn named_socket(data_dir: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(data_dir.join(SOCKET_NAME_FILE)).ok()?;
    let path = PathBuf::from(text.trim());
    (path.is_absolute() && path.as_os_str().len() <= LONGEST_SOCKET_PATH).then_some(path)
}

fn try_place(socket: &Path, options: &Options, screen: bool) -> Result<Connection, Attempt> {
    let stream = UnixStream::connect(socket).map_err(|_| Attempt::Nobody)?;
    let own = rustix::process::getuid().as_raw();
    match peer_uid(&stream) {
        Ok(uid) if uid == own => {}
        Ok(uid) => return Err(Attempt::Failed(ConnectError::Foreign { socket: socket.to_owned(), uid })),
        Err(_) => return Err(Attempt::Nobody),
    }
    introduce(stream, options, screen).unwrap_or(Err(Attempt::Nobody))
}

/// An error of the stream means that the host left meanwhile: it is tried again.
fn introduce(mut stream: UnixStream, options: &Options, screen: bool) -> io::Result<Result<Connection, Attempt>> {
    let hello = Hello {
        protocol: PROTOCOL,
        version: options.version.clone(),
        name: options.name.clone(),
        sure: options.sure,
        screen,
        read_only: options.read_only,
    };
    stream.set_read_timeout(Some(WELCOME_WITHIN))?;
    frame::write(&mut stream, &ClientMsg::Hello(hello))?;
    let mut reader = BufReader::with_capacity(64 << 10, stream.try_clone()?);
    let welcome = match frame::read::<HostMsg>(&mut reader)? {
        Some(HostMsg::Welcome(welcome)) => welcome,
        Some(HostMsg::Goodbye { why, again: false }) => {
            return Ok(Err(Attempt::Failed(ConnectError::Dismissed { why })));
        }
        _ => return Ok(Err(Attempt::Nobody)),
    };
    if options.exe.is_some() && is_newer(&options.version, PROTOCOL, &welcome) {
        ask_to_finish(&mut stream, &mut reader)?;
        return Ok(Err(Attempt::Replaced));
    }
    if welcome.protocol != PROTOCOL {
        let why = Phrase::new("connect-other-protocol").with("version", welcome.version.as_str());
        return Ok(Err(Attempt::Failed(ConnectError::Dismissed { why })));
    }
    stream.set_read_timeout(None)?;
    Ok(Ok(Connection { stream, reader, welcome }))
}

/// Waits until the host has closed the connection, which it does once the journals are safe.
fn ask_to_finish(stream: &mut UnixStream, reader: &mut BufReader<UnixStream>) -> io::Result<()> {
    frame::write(stream, &ClientMsg::Ask { ask: 0, what: Ask::StopHost })?;
    while frame::read::<HostMsg>(reader)?.is_some() {}
    Ok(())
}

fn is_newer(version: &str, protocol: u32, host: &Welcome) -> bool {
    protocol > host.protocol || crate::wire::version::is_newer(version, &host.version)
}

/// The user at the other end, by the kernel's word.
#[cfg(target_os = "linux")]
fn peer_uid(stream: &UnixStream) -> io::Result<u32> {
    Ok(rustix::net::sockopt::socket_peercred(stream)?.uid.as_raw())
}

/// The user at the other end, by the kernel's word.
#[cfg(not(target_os = "linux"))]
fn peer_uid(stream: &UnixStream) -> io::Result<u32> {
    use std::os::fd::AsRawFd;
    let (mut uid, mut gid) = (0, 0);
    // SAFETY: the descriptor is open as long as `stream` lives, and both pointers are to live locals.
    match unsafe { libc::getpeereid(stream.as_raw_fd(), &mut uid, &mut gid) } {
        0 => Ok(uid),
        _ => Err(io::Error::last_os_error()),
    }
}
