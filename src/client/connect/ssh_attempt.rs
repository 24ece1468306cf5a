//! An ssh that has not connected yet. Once cancelled it leaves no process behind, and none is started any more.

use std::ffi::OsStr;
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::client::ssh_machine::SshMachine;
use crate::client::ssh_tunnel::SshTunnel;

/// See the module.
#[derive(Default)]
pub struct SshAttempt {
    state: Mutex<SshState>,
}

#[derive(Default)]
enum SshState {
    #[default]
    NotStarted,
    /// This ssh has not brought a welcome yet.
    Started(SshTunnel),
    Cancelled,
}

impl SshAttempt {
    /// Starts ssh as [`SshTunnel::start`] does.
    ///
    /// # Errors
    /// When the program cannot be started, or the attempt was cancelled.
    pub fn start_ssh(&self, program: &OsStr, machine: &SshMachine, ask: bool) -> io::Result<UnixStream> {
        let mut state = self.lock();
        if matches!(*state, SshState::Cancelled) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let (stream, tunnel) = SshTunnel::start(program, machine, ask)?;
        *state = SshState::Started(tunnel);
        Ok(stream)
    }

    /// Returns what ssh has said since the last call.
    pub fn take_words(&self) -> Vec<String> {
        match &*self.lock() {
            SshState::Started(tunnel) => tunnel.take_words(),
            SshState::NotStarted | SshState::Cancelled => Vec::new(),
        }
    }

    /// Takes the ssh that was started, whether or not it connected. Returns `None` once it was cancelled.
    pub fn take_tunnel(&self) -> Option<SshTunnel> {
        let mut state = self.lock();
        match std::mem::take(&mut *state) {
            SshState::Started(tunnel) => Some(tunnel),
            SshState::NotStarted => None,
            SshState::Cancelled => {
                *state = SshState::Cancelled;
                None
            }
        }
    }

    /// Ends the ssh that has not connected, for good.
    pub fn cancel(&self) {
        let state = std::mem::replace(&mut *self.lock(), SshState::Cancelled);
        // It ends here, where nobody needs to wait for the lock.
        drop(state);
    }

    fn lock(&self) -> MutexGuard<'_, SshState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
