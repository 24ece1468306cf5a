//! The client's end: find the host of a data directory, start it when nobody answers, and stay in touch with it.
//!
//! Two ways to use it. A verb of the command line asks a few things and leaves: [`blocking::BlockingClient`]. A screen stays,
//! never waits, and outlives its host: [`reconnecting::ReconnectingClient`].

pub mod blocking;
mod connect;
mod connection;
mod error;
pub mod identity;
mod liveness;
mod process;
pub mod reconnecting;
pub mod relay;
mod ssh_machine;
mod ssh_tunnel;
mod target;

use std::time::Duration;

pub use connect::connect;
pub use connection::{BUSY_AT_MOST, HostConnection, Occasion};
pub use error::{AskError, ConnectError};
pub use target::{ForeignOwner, HostAddress, HostTarget, LocalHost};

use crate::domain::record::Assurance;

/// How long [`ClientOptions::patience`] should be for a person: long enough for a host to rebuild its index.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// The same for a host on another machine: an answer crosses the network, and more than one may be on its way.
pub const FAR_PATIENCE: Duration = Duration::from_secs(20);

/// How to reach the host, and as whom.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    pub target: HostTarget,
    /// The name the person goes by, see [`identity`].
    pub name: String,
    /// How sure that name is.
    pub sure: Assurance,
    /// Read only: the host refuses every request that would change something.
    pub read_only: bool,
    /// The version of this program, `0.1.0`.
    pub version: String,
    /// How long to try before giving up.
    pub patience: Duration,
    /// Told what ssh says while a connection is being made, line by line: it may be waiting for the person to do something.
    pub hear_ssh: Option<fn(&str)>,
}

impl ClientOptions {
    /// Whether a host may be started from here.
    fn may_start(&self) -> bool {
        matches!(&self.target, HostTarget::Local(own) if own.exe.is_some())
    }
}
