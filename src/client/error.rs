//! Why the host was not reached, or did not answer.

use std::io;
use std::path::PathBuf;

use crate::domain::phrase::Phrase;
use crate::wire::message::Failure;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Nobody answers, and no host was to be started.
    #[error("no host answers at {}", socket.display())]
    Nobody { socket: PathBuf },
    /// The program could not be started as a host.
    #[error("{} could not be started: {source}", exe.display())]
    NotStarted { exe: PathBuf, source: io::Error },
    /// A host was started and does not answer. `log` is the end of what it wrote.
    #[error("the host was started and does not answer at {}; it says: {log}", socket.display())]
    Silent { socket: PathBuf, log: String },
    /// Whoever listens there is another user.
    #[error("{} belongs to the user with number {uid}, not to you", socket.display())]
    Foreign { socket: PathBuf, uid: u32 },
    /// The host said no, and why.
    #[error("the host refuses this client: {}", why.key)]
    Dismissed { why: Phrase },
    /// The socket's path is beyond what the system allows.
    #[error("the path of the socket is too long: {}", socket.display())]
    PathTooLong { socket: PathBuf },
}

impl ConnectError {
    /// The same as a sentence for a person, with what to do next.
    pub fn phrase(&self) -> Phrase {
        let path = |path: &PathBuf| path.display().to_string();
        match self {
            ConnectError::Nobody { socket } => Phrase::new("connect-nobody").with("socket", path(socket)),
            ConnectError::NotStarted { exe, source } => {
                Phrase::new("connect-not-started").with("program", path(exe)).with("why", source.to_string())
            }
            ConnectError::Silent { socket, log } if log.is_empty() => {
                Phrase::new("connect-silent").with("socket", path(socket))
            }
            ConnectError::Silent { socket, log } => {
                Phrase::new("connect-silent-log").with("socket", path(socket)).with("log", log.as_str())
            }
            ConnectError::Foreign { socket, uid } => {
                Phrase::new("connect-foreign").with("socket", path(socket)).with("uid", uid.to_string())
            }
            ConnectError::Dismissed { why } => why.clone(),
            ConnectError::PathTooLong { socket } => Phrase::new("connect-path-too-long").with("socket", path(socket)),
        }
    }

    /// Whether trying again can help without anybody doing anything.
    pub fn may_pass(&self) -> bool {
        matches!(self, ConnectError::Nobody { .. } | ConnectError::NotStarted { .. } | ConnectError::Silent { .. })
    }
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The host answered that it could not or would not.
    #[error("the host answered: {0:?}")]
    Failed(Failure),
    /// The connection was lost and could not be made again.
    #[error(transparent)]
    Lost(#[from] ConnectError),
}

impl AskError {
    /// The same as a sentence for a person.
    pub fn phrase(&self) -> Phrase {
        match self {
            AskError::Failed(failure) => failure.phrase(),
            AskError::Lost(error) => error.phrase(),
        }
    }
}
