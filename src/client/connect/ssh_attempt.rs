//! A call to a far machine while it is being made: called off, it leaves no ssh behind, and none is started any more.

use std::ffi::OsStr;
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::client::ssh_machine::Machine;
use crate::client::ssh_tunnel::Tunnel;

/// See the module.
#[derive(Default)]
pub struct Dial {
    line: Mutex<Line>,
}

#[derive(Default)]
enum Line {
    #[default]
    Free,
    /// This ssh has not brought a welcome yet.
    Ringing(Tunnel),
    CalledOff,
}

impl Dial {
    /// Starts ssh as [`Tunnel::start`] does.
    ///
    /// # Errors
    /// When the program cannot be started, or the call was called off.
    pub fn start(&self, program: &OsStr, machine: &Machine, ask: bool) -> io::Result<UnixStream> {
        let mut line = self.lock();
        if matches!(*line, Line::CalledOff) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let (stream, tunnel) = Tunnel::start(program, machine, ask)?;
        *line = Line::Ringing(tunnel);
        Ok(stream)
    }

    /// What ssh has said since this was asked last.
    pub fn said(&self) -> Vec<String> {
        match &*self.lock() {
            Line::Ringing(tunnel) => tunnel.said(),
            Line::Free | Line::CalledOff => Vec::new(),
        }
    }

    /// The ssh that was started, whatever came of it; none when it was called off.
    pub fn take(&self) -> Option<Tunnel> {
        let mut line = self.lock();
        match std::mem::take(&mut *line) {
            Line::Ringing(tunnel) => Some(tunnel),
            Line::Free => None,
            Line::CalledOff => {
                *line = Line::CalledOff;
                None
            }
        }
    }

    /// Ends the ssh that has not come through, for good.
    pub fn call_off(&self) {
        let line = std::mem::replace(&mut *self.lock(), Line::CalledOff);
        // It ends here, where nobody needs to wait for the lock.
        drop(line);
    }

    fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
