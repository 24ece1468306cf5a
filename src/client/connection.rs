//! One connection to the host: the handshake, versions, and waiting for what it says.

use std::fmt;
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use crate::client::error::ConnectError;
use crate::client::ssh_tunnel::SshTunnel;
use crate::client::{ClientOptions, HostTarget, process};
use crate::domain::phrase::Phrase;
use crate::wire::frame;
use crate::wire::message::{Ask, ClientMsg, Hello, HostMsg, PROTOCOL, Welcome};

/// How long a host may take to say welcome once it has accepted, when nothing else is known of it.
pub const WELCOME_WITHIN: Duration = Duration::from_secs(5);

/// How long a host may be busy that is known to run: looking through a long journal takes its time.
pub const BUSY_AT_MOST: Duration = Duration::from_secs(60);

/// How long a host is waited for whose process is seen to be stopped: somebody has to do something about it.
const STOPPED_AFTER: Duration = Duration::from_millis(800);

/// The slowest line that the program can be used over, in bytes a second (a guess: 64 kbit/s).
const SLOWEST: u64 = 8 << 10;

/// How often a wait looks up.
const LOOK_UP: Duration = Duration::from_secs(1);

/// A connection on which [`Hello`] and [`Welcome`] have been exchanged.
pub struct HostConnection {
    pub(super) stream: UnixStream,
    pub(super) reader: BufReader<UnixStream>,
    pub(super) welcome: Welcome,
    /// What carries it when the host is far. The last field: it ends when the stream is closed.
    pub(super) tunnel: Option<SshTunnel>,
}

impl fmt::Debug for HostConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("welcome", &self.welcome).finish_non_exhaustive()
    }
}

/// For what a connection is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// For one call of a verb.
    Verb,
    /// For a screen that is about to be shown: the terminal is still free for questions, such as for a password.
    Screen,
    /// For a screen that is shown: nobody can be asked.
    ScreenAgain,
}

/// What one try came to, when it was not a connection.
pub enum NotConnected {
    /// Nobody is there, or they left in the middle of it.
    Nobody,
    /// Somebody took the connection, and closed it without a word.
    Left,
    /// Somebody is there and does not answer; their process, when it is known.
    Unanswered {
        pid: Option<u32>,
    },
    /// An older host was there and was asked to finish.
    Replaced,
    Failed(ConnectError),
}

impl HostConnection {
    /// Waits for the next message and returns it with its length in bytes, or `None` when the host has closed.
    ///
    /// # Errors
    /// [`ErrorKind::TimedOut`] when it says nothing for `patience`, though not while its process is known to run; else
    /// what the stream says, or that it is no message.
    pub(super) fn read(&mut self, patience: Duration) -> io::Result<Option<(HostMsg, usize)>> {
        self.wait(patience)?;
        self.read_begun(patience)
    }

    /// The same, when its beginning is there. A host that gets stuck in the middle of it is waited for no longer than for
    /// its beginning; what comes after that cannot be told from the rest, so the connection is over.
    ///
    /// # Errors
    /// As for [`HostConnection::read`].
    pub(super) fn read_begun(&mut self, patience: Duration) -> io::Result<Option<(HostMsg, usize)>> {
        let read = frame::read_sized::<HostMsg>(&mut PatientReader {
            connection: self,
            patience,
            pace: PaceLimit::new(patience),
        });
        if read.is_err() {
            self.close();
        }
        Ok(read?.map(|(message, length)| (message.bounded(), length)))
    }

    /// Ends it: what is asked next finds it lost.
    pub(super) fn close(&self) {
        // The peer may have closed it already.
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    fn wait(&mut self, patience: Duration) -> io::Result<()> {
        let pid = self.tunnel.is_none().then_some(self.welcome.pid);
        wait_for_bytes(&self.stream, &mut self.reader, patience, pid, None)
    }

    /// Waits until the host says something, or has closed, and no longer than `patience` in any case.
    ///
    /// # Errors
    /// As for [`HostConnection::read`].
    pub(super) fn wait_strictly(&mut self, patience: Duration) -> io::Result<()> {
        wait_for_bytes(&self.stream, &mut self.reader, patience, None, None)
    }
}

/// What the host says, of which each piece is waited for.
struct PatientReader<'a> {
    connection: &'a mut HostConnection,
    patience: Duration,
    pace: PaceLimit,
}

impl Read for PatientReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.connection.reader.buffer().is_empty() {
            self.pace.check()?;
            self.connection.wait(self.patience)?;
        }
        self.pace.count(self.connection.reader.read(buffer))
    }
}

/// How fast one message comes: one that comes byte by byte would never end.
struct PaceLimit {
    began: Instant,
    patience: Duration,
    bytes: u64,
}

impl PaceLimit {
    fn new(patience: Duration) -> Self {
        PaceLimit { began: Instant::now(), patience, bytes: 0 }
    }

    /// # Errors
    /// [`ErrorKind::TimedOut`] when it is slower than any line that the program can be used over.
    fn check(&self) -> io::Result<()> {
        let within = self.patience + Duration::from_secs(self.bytes / SLOWEST);
        if self.began.elapsed() > within { Err(ErrorKind::TimedOut.into()) } else { Ok(()) }
    }

    fn count(&mut self, read: io::Result<usize>) -> io::Result<usize> {
        let length = read?;
        self.bytes += length as u64;
        Ok(length)
    }
}

/// What is read until a deadline.
struct DeadlineReader<'a> {
    stream: &'a UnixStream,
    reader: &'a mut BufReader<UnixStream>,
    deadline: Instant,
}

impl Read for DeadlineReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.reader.buffer().is_empty() {
            let left = self.deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(ErrorKind::TimedOut.into());
            }
            self.stream.set_read_timeout(Some(left))?;
        }
        self.reader.read(buffer)
    }
}

/// Waits until there is something to read, or the end. `pid`: whose silence it is, when the process can be looked at.
/// `look_up`, when there is one, is called once a second.
///
/// # Errors
/// [`ErrorKind::TimedOut`] after `patience`, or after [`BUSY_AT_MOST`] when the process is known to run, or after a moment when
/// it is known to be stopped.
pub fn wait_for_bytes(
    stream: &UnixStream,
    reader: &mut BufReader<UnixStream>,
    patience: Duration,
    pid: Option<u32>,
    look_up: Option<&dyn Fn()>,
) -> io::Result<()> {
    let began = Instant::now();
    loop {
        let waited = began.elapsed();
        let left = patience.saturating_sub(waited);
        let is_stopped =
            if left.is_zero() || waited >= STOPPED_AFTER { pid.and_then(process::is_stopped) } else { None };
        let is_busy = is_stopped == Some(false) && waited < BUSY_AT_MOST;
        if (left.is_zero() && !is_busy) || (waited >= STOPPED_AFTER && is_stopped == Some(true)) {
            return Err(ErrorKind::TimedOut.into());
        }
        let left = match pid {
            _ if left.is_zero() || look_up.is_some() => LOOK_UP,
            Some(_) => left.min(STOPPED_AFTER),
            None => left,
        };
        stream.set_read_timeout(Some(left))?;
        match reader.fill_buf() {
            Ok(_) => return stream.set_read_timeout(None),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                look_up.iter().for_each(|look_up| look_up());
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Says hello and hears the welcome. An error of the stream means that the host left meanwhile: it is tried again.
/// `wait` waits until there is something to read.
pub fn shake_hands(
    mut stream: UnixStream,
    options: &ClientOptions,
    occasion: Occasion,
    wait: impl FnOnce(&UnixStream, &mut BufReader<UnixStream>) -> io::Result<()>,
) -> io::Result<Result<HostConnection, NotConnected>> {
    let hello = Hello {
        protocol: PROTOCOL,
        version: options.version.clone(),
        name: options.name.clone(),
        sure: options.sure,
        screen: occasion != Occasion::Verb,
        read_only: options.read_only,
        takes_over: options.may_start(),
    };
    let mut reader = BufReader::with_capacity(64 << 10, stream.try_clone()?);
    // A client that is refused finds the other end closed, and the reason there to be read.
    let said = frame::write(&mut stream, &ClientMsg::Hello(hello));
    match wait(&stream, &mut reader) {
        Err(error) if error.kind() == ErrorKind::TimedOut => return Ok(Err(NotConnected::Unanswered { pid: None })),
        waited => waited?,
    }
    // The rest of the message is on its way, or will never come.
    let mut timed = DeadlineReader { stream: &stream, reader: &mut reader, deadline: Instant::now() + WELCOME_WITHIN };
    let welcome = match frame::read::<HostMsg>(&mut timed)?.map(HostMsg::bounded) {
        Some(HostMsg::Welcome(welcome)) => welcome,
        Some(HostMsg::Goodbye { why, again: false }) => {
            return Ok(Err(NotConnected::Failed(ConnectError::Dismissed { why })));
        }
        _ => return Ok(Err(NotConnected::Nobody)),
    };
    said?;
    // Who only looks on cannot ask a host to finish.
    let may_replace = !welcome.read_only && options.may_start();
    if may_replace && is_newer(&options.version, PROTOCOL, &welcome) {
        ask_to_finish(&mut stream, &mut reader)?;
        return Ok(Err(NotConnected::Replaced));
    }
    if welcome.protocol != PROTOCOL {
        let key = if matches!(options.target, HostTarget::Local(_)) {
            "connect-other-protocol"
        } else {
            "connect-far-protocol"
        };
        let why = Phrase::new(key).with("version", welcome.version.as_str());
        return Ok(Err(NotConnected::Failed(ConnectError::Dismissed { why })));
    }
    stream.set_read_timeout(None)?;
    Ok(Ok(HostConnection { stream, reader, welcome, tunnel: None }))
}

/// Waits until the host has closed the connection, which it does once the journals are safe.
fn ask_to_finish(stream: &mut UnixStream, reader: &mut BufReader<UnixStream>) -> io::Result<()> {
    frame::write(stream, &ClientMsg::Ask { ask: 0, what: Ask::StopHost })?;
    let mut timed = DeadlineReader { stream, reader, deadline: Instant::now() + BUSY_AT_MOST };
    while frame::read::<HostMsg>(&mut timed)?.is_some() {}
    Ok(())
}

fn is_newer(version: &str, protocol: u32, host: &Welcome) -> bool {
    protocol > host.protocol || crate::wire::version::is_newer(version, &host.version)
}
