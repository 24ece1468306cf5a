//! Waiting for file descriptors, where a read or a write would wait for one alone.

use std::io;

/// Waits until one of `entries` is ready, or its other end is gone, and notes in each what it is ready for.
///
/// # Errors
/// What the system says. A signal is none.
pub fn poll(entries: &mut [libc::pollfd]) -> io::Result<()> {
    let count = libc::nfds_t::try_from(entries.len()).map_err(io::Error::other)?;
    loop {
        // SAFETY: `entries` is a live array of `count` entries.
        if unsafe { libc::poll(entries.as_mut_ptr(), count, -1) } >= 0 {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

/// An entry for `fd`. Whether its other end is gone is noted whatever `events` are asked for.
pub fn entry(fd: std::os::fd::RawFd, events: libc::c_short) -> libc::pollfd {
    libc::pollfd { fd, events, revents: 0 }
}
