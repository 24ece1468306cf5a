//! Starts a host that outlives the client. Several clients may do so at once: the data directory's lock decides.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use crate::client::LocalHost;
use crate::domain::phrase::Phrase;
use crate::regular::{self, Links};
use crate::wire::place::HOST_LOG_FILE;

/// How much of what a host says on stderr is read, in bytes: far more than any reason takes.
const MOST_SAID: u64 = 16 << 10;

/// A host that was started.
pub struct StartedHost {
    ended: Receiver<HostExit>,
}

/// What became of a host that has ended.
#[derive(Debug, Clone, PartialEq)]
pub enum HostExit {
    /// Another host serves the data directory, or it had nothing to stay for.
    Well,
    /// It cannot run, and why.
    Failed(Phrase),
    /// It was killed, or gave no reason.
    Killed(String),
}

impl StartedHost {
    /// Returns what became of it, or `None` while it runs.
    pub fn ended(&self) -> Option<HostExit> {
        self.ended.try_recv().ok()
    }
}

/// Starts `exe host run --detached` with nothing of this terminal but its environment. The host leaves this session by
/// itself; its exit is awaited on a thread of its own, so that no zombie stays while the client lives.
///
/// # Errors
/// When the program cannot be started.
pub fn start(exe: &Path, own: &LocalHost) -> io::Result<StartedHost> {
    let child = Command::new(exe)
        .args(["host", "run", "--detached"])
        .env("KLOCK_DATA_DIR", &own.data_dir)
        .env("KLOCK_SOCKET", &own.socket)
        .env_remove("KLOCK_HOST")
        .envs(own.log_dir.iter().map(|dir| ("KLOCK_LOG_DIR", dir)))
        .envs(own.spawn_env.iter().map(|(name, value)| (name, value)))
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let (tell, ended) = channel();
    std::thread::Builder::new().name("klock-host-exit".into()).stack_size(128 << 10).spawn(move || {
        // The client that started it may have been served and gone.
        let _ = tell.send(await_end(child));
    })?;
    Ok(StartedHost { ended })
}

/// Waits until a host has ended. It closes its stderr once it serves; what it said there before is why it cannot.
fn await_end(mut child: Child) -> HostExit {
    let mut said = Vec::new();
    if let Some(stderr) = child.stderr.take() {
        // What cannot be read is not said.
        let _ = stderr.take(MOST_SAID).read_to_end(&mut said);
    }
    let status = child.wait();
    match status {
        Ok(status) if status.success() => HostExit::Well,
        Ok(status) => reason(&said).map_or_else(|| HostExit::Killed(status.to_string()), HostExit::Failed),
        Err(error) => HostExit::Killed(error.to_string()),
    }
}

/// The reason that a detached host gives: a phrase as JSON on its last line, to be said in the language of the client.
fn reason(said: &[u8]) -> Option<Phrase> {
    let last = said.rsplit(|byte| *byte == b'\n').find(|line| !line.is_empty())?;
    serde_json::from_slice(last).ok()
}

/// The last lines of the host's log, or nothing when there is none.
pub fn log_tail(log_dir: Option<&Path>) -> String {
    const BYTES: u64 = 4096;
    const LINES: usize = 6;
    let read = || -> io::Result<String> {
        let Some(dir) = log_dir else { return Ok(String::new()) };
        let mut file = regular::open_to_read(&dir.join(HOST_LOG_FILE), Links::Follow)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(BYTES)))?;
        let mut bytes = Vec::new();
        file.take(BYTES).read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        Ok(lines[lines.len().saturating_sub(LINES)..].join("\n"))
    };
    read().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_that_is_a_phrase_is_the_reason() {
        let phrase = Phrase::new("store-full").with("path", "/d");
        let line = serde_json::to_string(&phrase).unwrap();
        assert_eq!(reason(format!("a warning\n{line}\n").as_bytes()), Some(phrase));
        assert_eq!(reason(b"thread 'main' panicked"), None);
        assert_eq!(reason(b""), None);
    }
}
