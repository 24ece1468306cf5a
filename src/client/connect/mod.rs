//! Connects to a host: on this machine, where one is started when nobody answers, or on another machine through ssh.

pub(super) mod local;
pub(super) mod lock_holder;
pub(super) mod remote;
pub(super) mod socket;
pub(super) mod ssh_attempt;
mod start_host;

use self::ssh_attempt::SshAttempt;
use crate::client::connection::{HostConnection, Occasion};
use crate::client::error::ConnectError;
use crate::client::{ClientOptions, HostTarget};

/// Connects and shakes hands. Starts a host of one's own when nobody answers and [`LocalHost::exe`](crate::client::LocalHost::exe) is
/// set, and asks an older one to finish.
///
/// # Errors
/// See [`ConnectError`]. After [`ClientOptions::patience`] at the latest when nobody is there; when somebody is and does not
/// answer, after `WELCOME_WITHIN`, or after `BUSY_AT_MOST` when the host is known to be at work. Over ssh the person may
/// be asked something, which takes as long as it takes.
pub fn connect(options: &ClientOptions, occasion: Occasion) -> Result<HostConnection, ConnectError> {
    connect_cancellable(options, occasion, &SshAttempt::default())
}

/// As [`connect`]; another thread can cancel an ssh that has not connected, through `attempt`.
///
/// # Errors
/// As for [`connect`].
pub(super) fn connect_cancellable(
    options: &ClientOptions,
    occasion: Occasion,
    attempt: &SshAttempt,
) -> Result<HostConnection, ConnectError> {
    match &options.target {
        HostTarget::Local(own) => local::open_own(own, options, occasion),
        HostTarget::Socket(socket) => local::open_shared(socket, options, occasion),
        HostTarget::Ssh { machine, program } => remote::open(machine, program, options, occasion, attempt),
    }
}
