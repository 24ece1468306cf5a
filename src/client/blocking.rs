//! A client for one call of a verb: it waits for its answers, on the thread that asks.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use crate::client::connect::connect;
use crate::client::connection::{BUSY_AT_MOST, HostConnection, Occasion, WELCOME_WITHIN};
use crate::client::error::{AskError, ConnectError};
use crate::client::liveness::PING_AFTER;
use crate::client::{ClientOptions, HostTarget};
use crate::domain::phrase::Phrase;
use crate::wire::frame;
use crate::wire::message::{Answer, Ask, ClientMsg, Failure, HostMsg, Welcome};

/// How many messages, and how many bytes of them, a host may send while an answer is awaited. Who follows a busy room while it
/// reads hears some thousands.
const MOST_ELSE: usize = 10_000;
const MOST_ELSE_BYTES: usize = 64 << 20;

/// A connected client.
pub struct BlockingClient {
    options: ClientOptions,
    connection: HostConnection,
    connections: u64,
    /// What the host said of its own accord on this connection while an answer was awaited.
    unread: VecDeque<HostMsg>,
    asked: u64,
}

/// What one exchange came to, when it was not an answer.
enum ExchangeError {
    /// The connection was lost before the answer came.
    Lost,
    Unanswered,
    /// The host said so much else that its answer is not waited for.
    Flooded,
    /// Longer than the host takes; nothing of it was sent.
    TooLong,
}

impl BlockingClient {
    /// Connects, starting a host when need be.
    ///
    /// # Errors
    /// See [`ConnectError`].
    pub fn connect(options: ClientOptions) -> Result<Self, ConnectError> {
        let connection = connect(&options, Occasion::Verb)?;
        Ok(BlockingClient { options, connection, connections: 1, unread: VecDeque::new(), asked: 0 })
    }

    /// How the host introduced itself.
    pub fn welcome(&self) -> &Welcome {
        &self.connection.welcome
    }

    /// Returns how many connections there have been. A caller that follows a room attaches again when the number changes: the
    /// host of a new connection sends records only to a client that is in a room.
    pub fn connections(&self) -> u64 {
        self.connections
    }

    /// Asks, and waits for the answer. When the connection is lost on the way it is made again and the same is asked again:
    /// what was done already is recognised by its id and not done twice.
    ///
    /// # Errors
    /// What the host answered; that it does not answer, after [`ClientOptions::patience`] unless it is known to be at work; or
    /// that it could not be reached again.
    pub fn ask(&mut self, what: Ask) -> Result<Answer, AskError> {
        self.asked += 1;
        let changes = matches!(what, Ask::Do(_) | Ask::Open { .. } | Ask::OpenDemo { .. });
        // Looking through a whole journal is slow by nature.
        let patience =
            if matches!(what, Ask::Verify { .. }) { BUSY_AT_MOST } else { self.options.patience.max(WELCOME_WITHIN) };
        let message = ClientMsg::Ask { ask: self.asked, what };
        let mut deadline = None;
        loop {
            match self.exchange(&message, patience) {
                Ok(answer) => return answer.map_err(AskError::Failed),
                Err(ExchangeError::Unanswered) => {
                    if self.is_far() {
                        // More likely the network is gone than the host stopped, and only a new connection finds the way.
                        self.connection.close();
                    }
                    let pid = (!self.is_far()).then_some(self.connection.welcome.pid);
                    return Err(AskError::Unanswered { pid, changes });
                }
                Err(ExchangeError::Flooded) => {
                    self.connection.close();
                    let pid = (!self.is_far()).then_some(self.connection.welcome.pid);
                    return Err(AskError::Lost(ConnectError::Flooded { pid }));
                }
                Err(ExchangeError::TooLong) => {
                    return Err(AskError::Failed(Failure::Broken(Phrase::new("failure-ask-too-long"))));
                }
                // However long the host was at it before it was lost, the next one is asked.
                Err(ExchangeError::Lost) => match deadline {
                    Some(deadline) if Instant::now() >= deadline => return Err(self.given_up().into()),
                    _ => {
                        deadline.get_or_insert_with(|| Instant::now() + self.options.patience);
                        self.reconnect()?;
                    }
                },
            }
        }
    }

    fn reconnect(&mut self) -> Result<(), ConnectError> {
        self.connection = connect(&self.options, Occasion::Verb)?;
        self.connections += 1;
        self.unread.clear();
        Ok(())
    }

    fn is_far(&self) -> bool {
        self.connection.tunnel.is_some()
    }

    fn given_up(&self) -> ConnectError {
        match &self.options.target {
            HostTarget::Local(own) => ConnectError::Nobody { socket: own.socket.clone() },
            HostTarget::Socket(socket) => ConnectError::NobodyThere { socket: socket.clone() },
            HostTarget::Ssh { machine, .. } => ConnectError::Ssh { machine: machine.to_string(), said: Vec::new() },
        }
    }

    fn exchange(&mut self, message: &ClientMsg, patience: Duration) -> Result<Result<Answer, Failure>, ExchangeError> {
        // A host that is stopped reads nothing, and a long text does not fit into what the system keeps for it.
        let broken = |error: io::Error| match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => ExchangeError::Unanswered,
            ErrorKind::InvalidInput => ExchangeError::TooLong,
            _ => ExchangeError::Lost,
        };
        self.connection.stream.set_write_timeout(Some(patience)).map_err(broken)?;
        frame::write(&mut self.connection.stream, message).map_err(broken)?;
        let answered_by = Instant::now() + BUSY_AT_MOST.max(patience);
        let (mut count, mut bytes) = (0, 0);
        loop {
            let (said, length) = self.connection.read(patience).map_err(broken)?.ok_or(ExchangeError::Lost)?;
            if let HostMsg::Answer { ask, answer } = said {
                if ask == self.asked {
                    return Ok(*answer);
                }
            } else {
                self.keep(said);
            }
            count += 1;
            bytes += length;
            if count > MOST_ELSE || bytes > MOST_ELSE_BYTES || Instant::now() >= answered_by {
                return Err(ExchangeError::Flooded);
            }
        }
    }

    /// Keeps what a caller that follows a room has to hear; the rest is for screens.
    fn keep(&mut self, said: HostMsg) {
        if matches!(said, HostMsg::Recorded { .. } | HostMsg::Renewed { .. } | HostMsg::Goodbye { .. }) {
            self.unread.push_back(said);
        }
    }

    /// Waits until the host has closed the connection, which one does that was asked to finish; at most so long.
    pub fn wait_for_end(&mut self, within: Duration) {
        let deadline = Instant::now() + within;
        // One that says so much more is not about to finish.
        for _ in 0..MOST_ELSE {
            if Instant::now() >= deadline || self.next().is_none() {
                return;
            }
        }
    }

    /// The next message; on the way the host is asked now and then whether it is there, so that a network that is gone is
    /// noticed, by the other end too.
    fn read(&mut self) -> io::Result<Option<HostMsg>> {
        let mut unanswered = 0;
        loop {
            match self.connection.wait_strictly(PING_AFTER) {
                Ok(()) => match self.connection.read_begun(WELCOME_WITHIN)? {
                    Some((HostMsg::Answer { .. }, _)) => unanswered = 0,
                    other => return Ok(other.map(|(said, _)| said)),
                },
                Err(error) if error.kind() != ErrorKind::TimedOut => return Err(error),
                // A host on this machine that is stopped is waited for; one behind a network that says nothing is lost.
                Err(error) if unanswered > 0 && self.is_far() => {
                    self.connection.close();
                    return Err(error);
                }
                Err(_) if unanswered > 0 => {}
                Err(_) => {
                    self.asked += 1;
                    let ping = ClientMsg::Ask { ask: self.asked, what: Ask::Ping };
                    frame::write(&mut self.connection.stream, &ping)?;
                    unanswered += 1;
                }
            }
        }
    }
}

/// What the host says of its own accord, as it says it; ends when the connection does.
impl Iterator for BlockingClient {
    type Item = HostMsg;

    fn next(&mut self) -> Option<HostMsg> {
        self.unread.pop_front().or_else(|| self.read().ok().flatten())
    }
}
