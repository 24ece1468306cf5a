//! Starts a host that outlives the client. Several clients may do so at once: the data directory's lock decides.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Command, Stdio};

use super::Own;
use crate::regular::{self, Links};
use crate::wire::place::HOST_LOG_FILE;

/// Starts `exe host run --detached` with nothing of this terminal but its environment. The host leaves this session by
/// itself; its exit is awaited on a thread of its own, so that no zombie stays while the client lives.
///
/// # Errors
/// When the program cannot be started.
pub fn start(exe: &Path, own: &Own) -> io::Result<()> {
    let mut child = Command::new(exe)
        .args(["host", "run", "--detached"])
        .env("KLOCK_DATA_DIR", &own.data_dir)
        .env("KLOCK_SOCKET", &own.socket)
        .env_remove("KLOCK_HOST")
        .envs(own.log_dir.iter().map(|dir| ("KLOCK_LOG_DIR", dir)))
        .envs(own.spawn_env.iter().map(|(name, value)| (name, value)))
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    std::thread::Builder::new().name("klock-host-exit".into()).stack_size(64 << 10).spawn(move || child.wait())?;
    Ok(())
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
