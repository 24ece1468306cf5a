//! Why the host was not reached, or did not answer.

use std::io;
use std::path::PathBuf;

use crate::client::process;
use crate::domain::phrase::Phrase;
use crate::peer::login_name;
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
    /// The host that was started cannot run, and why.
    #[error("the host cannot run: {}", why.key)]
    Failed { why: Phrase },
    /// The hosts that were started were killed before they served.
    #[error("the host ended at once: {why}")]
    Killed { why: String },
    /// A host holds the data directory and has listened, but nobody answers at its socket.
    #[error("the host (process {pid:?}) holds {} but cannot be reached at {}", dir.display(), socket.display())]
    Unreachable { pid: Option<u32>, dir: PathBuf, socket: PathBuf },
    /// Root would make files in a directory of another user.
    #[error("{} belongs to user {owner}", dir.display())]
    ForeignHome { dir: PathBuf, owner: u32 },
    /// Another user listens there.
    #[error("{} belongs to the user with number {uid}, not to you", socket.display())]
    Foreign { socket: PathBuf, uid: u32 },
    /// The host said no, and why.
    #[error("the host refuses this client: {}", why.key)]
    Dismissed { why: Phrase },
    /// The socket's path is beyond what the system allows.
    #[error("the path of the socket is too long: {}", socket.display())]
    PathTooLong { socket: PathBuf },
    /// The host says one thing after the other, and not what was asked.
    #[error("the host (process {pid:?}) says one thing after the other and does not answer")]
    Flooded { pid: Option<u32> },
    /// Somebody is there and says nothing; nothing was asked of them.
    #[error("the host (process {pid:?}) does not answer")]
    Unanswered { pid: Option<u32> },
    /// Nobody answers at a place where somebody else runs the host.
    #[error("no host answers at {}", socket.display())]
    NobodyThere { socket: PathBuf },
    /// Others could put a socket of their own into that directory.
    #[error("others may write in {}", dir.display())]
    OpenPlace { dir: PathBuf },
    /// The user who listens there is not the owner of the directory.
    #[error("user {uid} listens at {}, whose directory is user {owner}'s", socket.display())]
    Impostor { socket: PathBuf, uid: u32, owner: u32 },
    /// The program to run as ssh could not be started.
    #[error("{program} could not be started: {source}")]
    NoSsh { program: String, source: io::Error },
    /// ssh ended, and what it, or `klock relay` through it, said.
    #[error("ssh to {machine}: {}", said.join("; "))]
    Ssh { machine: String, said: Vec<String> },
    /// The far shell does not find the program.
    #[error("no klock on {machine}: {}", said.join("; "))]
    NoKlock { machine: String, said: Vec<String> },
    /// The far shell prints something of its own before the frames.
    #[error("the shell of {machine} prints {text:?}")]
    Babble { machine: String, text: String },
    /// `klock relay` was to go on to yet another machine.
    #[error("klock relay only goes to a host on its own machine")]
    RelayToRelay,
    /// The system does not let the relay carry.
    #[error("the relay cannot work: {source}")]
    Relay { source: io::Error },
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
            ConnectError::Failed { why } => why.clone(),
            ConnectError::Killed { why } => Phrase::new("connect-killed").with("why", why.as_str()),
            ConnectError::Unreachable { pid: Some(pid), .. } if process::is_stopped(*pid) == Some(true) => {
                unanswered(Some(*pid))
            }
            ConnectError::Unreachable { pid: Some(pid), dir, socket } => Phrase::new("connect-unreachable")
                .with("pid", pid.to_string())
                .with("dir", path(dir))
                .with("socket", path(socket)),
            ConnectError::Unreachable { pid: None, dir, socket } => {
                Phrase::new("connect-unreachable-unknown").with("dir", path(dir)).with("socket", path(socket))
            }
            ConnectError::ForeignHome { dir, owner } => Phrase::new("connect-foreign-home")
                .with("dir", path(dir))
                .with("user", login_name(*owner).unwrap_or_else(|| owner.to_string()))
                .with("uid", owner.to_string()),
            ConnectError::Foreign { socket, uid } => {
                Phrase::new("connect-foreign").with("socket", path(socket)).with("uid", uid.to_string())
            }
            ConnectError::Dismissed { why } => why.clone(),
            ConnectError::PathTooLong { socket } => Phrase::new("connect-path-too-long").with("socket", path(socket)),
            ConnectError::Flooded { pid: Some(pid) } => Phrase::new("connect-flooded").with("pid", pid.to_string()),
            ConnectError::Flooded { pid: None } => Phrase::new("connect-flooded-far"),
            ConnectError::Unanswered { pid } => unanswered(*pid),
            ConnectError::NobodyThere { socket } => Phrase::new("connect-nobody-there").with("socket", path(socket)),
            ConnectError::OpenPlace { dir } => Phrase::new("connect-open-place").with("dir", path(dir)),
            ConnectError::Impostor { socket, uid, owner } => Phrase::new("connect-impostor")
                .with("socket", path(socket))
                .with("uid", uid.to_string())
                .with("owner", owner.to_string()),
            ConnectError::NoSsh { program, source } => {
                Phrase::new("connect-no-ssh").with("program", program.as_str()).with("why", source.to_string())
            }
            ConnectError::Ssh { machine, said } => far("connect-ssh", machine, said),
            ConnectError::NoKlock { machine, said } => far("connect-no-klock", machine, said),
            ConnectError::Babble { machine, text } => {
                Phrase::new("connect-babble").with("machine", machine.as_str()).with("text", text.as_str())
            }
            ConnectError::RelayToRelay => Phrase::new("connect-relay-to-relay"),
            ConnectError::Relay { source } => Phrase::new("connect-relay-failed").with("why", source.to_string()),
        }
    }

    /// What ssh said, line by line, when it was more than [`ConnectError::phrase`] has room for.
    pub fn lines(&self) -> &[String] {
        match self {
            ConnectError::Ssh { said, .. } | ConnectError::NoKlock { said, .. } if said.len() > 1 => said,
            _ => &[],
        }
    }

    /// Whether trying again can help without anybody doing anything here.
    pub fn may_pass(&self) -> bool {
        match self {
            ConnectError::Nobody { .. }
            | ConnectError::NotStarted { .. }
            | ConnectError::Silent { .. }
            | ConnectError::Failed { .. }
            | ConnectError::Killed { .. }
            | ConnectError::Unreachable { .. }
            | ConnectError::Flooded { .. }
            | ConnectError::Unanswered { .. }
            | ConnectError::NobodyThere { .. }
            | ConnectError::NoSsh { .. }
            | ConnectError::Ssh { .. }
            | ConnectError::NoKlock { .. }
            | ConnectError::Babble { .. } => true,
            ConnectError::ForeignHome { .. }
            | ConnectError::Foreign { .. }
            | ConnectError::Dismissed { .. }
            | ConnectError::PathTooLong { .. }
            | ConnectError::OpenPlace { .. }
            | ConnectError::Impostor { .. }
            | ConnectError::RelayToRelay
            | ConnectError::Relay { .. } => false,
        }
    }
}

/// As ssh said it, or that it said nothing.
fn far(key: &'static str, machine: &str, said: &[String]) -> Phrase {
    match said {
        [] => Phrase::new("connect-ssh-mute").with("machine", machine),
        [one] => Phrase::new(key).with("machine", machine).with("said", one.as_str()),
        more => {
            // ssh warns of many things on its way to an error.
            let first = more.iter().find(|line| !line.starts_with("Warning:")).unwrap_or(&more[0]);
            Phrase::new(key).with("machine", machine).with("said", format!("{first} …"))
        }
    }
}

fn unanswered(pid: Option<u32>) -> Phrase {
    match pid.filter(|pid| process::is_stopped(*pid) == Some(true)) {
        Some(pid) => Phrase::new("connect-stopped").with("pid", pid.to_string()),
        None => Phrase::new("connect-unanswered"),
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
    /// It was sent and is not answered. `changes`: whether it would change something, and may yet do so.
    #[error("the host (process {pid:?}) does not answer")]
    Unanswered { pid: Option<u32>, changes: bool },
}

impl AskError {
    /// The same as a sentence for a person.
    pub fn phrase(&self) -> Phrase {
        match self {
            AskError::Failed(failure) => failure.phrase(),
            AskError::Lost(error) => error.phrase(),
            AskError::Unanswered { pid, changes: false } => unanswered(*pid),
            AskError::Unanswered { changes: true, .. } => Phrase::new("connect-unconfirmed"),
        }
    }
}
