//! Connects to a Unix socket without waiting for ever.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType};

/// Connects to `socket`. The queue of a stopped host is limited, and a client that comes when it is full would
/// wait for ever without `patience`.
///
/// # Errors
/// Nobody listens there, or [`io::ErrorKind::WouldBlock`] after `patience`.
pub fn connect(socket: &Path, patience: Duration) -> io::Result<UnixStream> {
    // Set in one step with the making: a program that another thread starts at this moment must not inherit it.
    #[cfg(target_os = "linux")]
    let flags = SocketFlags::CLOEXEC;
    #[cfg(not(target_os = "linux"))]
    let flags = SocketFlags::empty();
    let fd: OwnedFd = rustix::net::socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None)?;
    #[cfg(not(target_os = "linux"))]
    rustix::io::fcntl_setfd(&fd, rustix::io::FdFlags::CLOEXEC)?;
    set_socket_timeout(&fd, Timeout::Send, Some(patience.max(Duration::from_millis(1))))?;
    rustix::net::connect(&fd, &SocketAddrUnix::new(socket)?)?;
    set_socket_timeout(&fd, Timeout::Send, None)?;
    Ok(fd.into())
}
