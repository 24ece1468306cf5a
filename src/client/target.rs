//! Where the host is, and what may be done when nobody answers there.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use crate::client::ssh_machine::{self, SshMachine};
use crate::domain::phrase::Phrase;

/// Which host is meant, as a person says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostAddress {
    /// One's own.
    Local,
    /// The one that listens at this socket.
    Socket(PathBuf),
    /// The one of an account on another machine.
    Ssh(SshMachine),
}

/// How one's own host is called.
const LOCAL: &str = "local";
/// What the name of a socket begins with.
const UNIX: &str = "unix://";

impl HostAddress {
    /// Reads `local`, `unix:///path/to.sock` or `ssh://[user@]machine[:port]`.
    ///
    /// # Errors
    /// What is wrong with it, and how it should be.
    pub fn parse(text: &str) -> Result<Self, Phrase> {
        let text = text.trim();
        if let Some(machine) = text.strip_prefix(ssh_machine::SCHEME) {
            return SshMachine::parse(machine).map(HostAddress::Ssh);
        }
        match text.strip_prefix(UNIX).map(PathBuf::from) {
            Some(path) if path.is_absolute() => Ok(HostAddress::Socket(path)),
            None if text == LOCAL => Ok(HostAddress::Local),
            _ => Err(Phrase::new("host-setting-bad").with("what", text)),
        }
    }
}

/// Where the host is.
#[derive(Debug, Clone)]
pub enum HostTarget {
    /// The host of a data directory of one's own; it may be started, and replaced by a newer one.
    Local(LocalHost),
    /// A host that somebody runs for a group, at this socket. It is never started from here.
    Socket(PathBuf),
    /// The host of an account on another machine. `klock relay` there starts it when need be.
    Ssh {
        machine: SshMachine,
        /// The program to run as `ssh`.
        program: OsString,
    },
}

/// As a person would name it; one's own host by its data directory.
impl fmt::Display for HostTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HostTarget::Local(own) => own.data_dir.display().fmt(f),
            HostTarget::Socket(socket) => write!(f, "{UNIX}{}", socket.display()),
            HostTarget::Ssh { machine, .. } => write!(f, "{}{machine}", ssh_machine::SCHEME),
        }
    }
}

/// A data directory of one's own, and how to start its host.
#[derive(Debug, Clone)]
pub struct LocalHost {
    /// Where the host of `data_dir` listens unless its directory says otherwise, see [`crate::wire::place`].
    pub socket: PathBuf,
    /// The data directory that the host holds.
    pub data_dir: PathBuf,
    /// Where the host writes its log; its end is shown when the host does not come up.
    pub log_dir: Option<PathBuf>,
    /// The program to start as `EXE host run --detached` when nobody answers; `None` to start none.
    pub exe: Option<PathBuf>,
    /// The other user to whom the place of the data belongs, when a host must not be started there from here.
    pub foreign: Option<ForeignOwner>,
    /// Set for the host that is started, besides what is inherited.
    pub spawn_env: Vec<(OsString, OsString)>,
}

/// A directory that belongs to another user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignOwner {
    pub dir: PathBuf,
    pub owner: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_local_a_socket_or_a_machine_and_nothing_else() {
        assert_eq!(HostAddress::parse(" local "), Ok(HostAddress::Local));
        assert_eq!(
            HostAddress::parse("unix:///srv/ops/host.sock"),
            Ok(HostAddress::Socket("/srv/ops/host.sock".into()))
        );
        assert!(matches!(HostAddress::parse("ssh://anna@laptop"), Ok(HostAddress::Ssh(_))));
        for text in ["laptop", "unix://relative", "unix:/srv/x", "https://laptop", "ssh:laptop", "/srv/ops/host.sock"] {
            assert_eq!(HostAddress::parse(text).unwrap_err().key, "host-setting-bad", "{text}");
        }
    }
}
