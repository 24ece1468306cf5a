//! A client for one call of a verb: it waits for its answers, on the thread that asks.

use std::collections::VecDeque;
use std::time::Instant;

use super::Options;
use super::connection::Connection;
use super::error::{AskError, ConnectError};
use crate::wire::frame;
use crate::wire::message::{Answer, Ask, ClientMsg, Failure, HostMsg, Welcome};

/// A connected client.
pub struct Client {
    options: Options,
    connection: Connection,
    asked: u64,
    /// What the host said of its own accord while an answer was awaited.
    unread: VecDeque<HostMsg>,
}

impl Client {
    /// Connects, starting a host when need be.
    ///
    /// # Errors
    /// See [`ConnectError`].
    pub fn connect(options: Options) -> Result<Self, ConnectError> {
        let connection = Connection::open(&options, false)?;
        Ok(Client { options, connection, asked: 0, unread: VecDeque::new() })
    }

    /// How the host introduced itself.
    pub fn welcome(&self) -> &Welcome {
        &self.connection.welcome
    }

    /// Asks, and waits for the answer. When the connection is lost on the way it is made again and the same is asked again:
    /// what was done already is recognised by its id and not done twice.
    ///
    /// # Errors
    /// What the host answered, or that it could not be reached again.
    pub fn ask(&mut self, what: Ask) -> Result<Answer, AskError> {
        self.asked += 1;
        let message = ClientMsg::Ask { ask: self.asked, what };
        let deadline = Instant::now() + self.options.patience;
        loop {
            if let Some(answer) = self.exchange(&message) {
                return answer.map_err(AskError::Failed);
            }
            if Instant::now() >= deadline {
                return Err(ConnectError::Nobody { socket: self.options.socket.clone() }.into());
            }
            self.connection = Connection::open(&self.options, false)?;
        }
    }

    /// None: the connection was lost before the answer came.
    fn exchange(&mut self, message: &ClientMsg) -> Option<Result<Answer, Failure>> {
        frame::write(&mut self.connection.stream, message).ok()?;
        loop {
            match frame::read(&mut self.connection.reader).ok()?? {
                HostMsg::Answer { ask, answer } if ask == self.asked => return Some(*answer),
                HostMsg::Answer { .. } => {}
                other => self.unread.push_back(other),
            }
        }
    }
}

/// What the host says of its own accord, as it says it; ends when the connection does.
impl Iterator for Client {
    type Item = HostMsg;

    fn next(&mut self) -> Option<HostMsg> {
        self.unread.pop_front().or_else(|| frame::read(&mut self.connection.reader).ok().flatten())
    }
}
