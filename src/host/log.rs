//! The host's log: a file of its owner's own, because a host has no terminal, and of limited length.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;

use crate::regular::{self, Links};
use crate::wire::place::HOST_LOG_FILE;

/// A log longer than this, in bytes, is begun again (a guess); the one before is kept beside it.
const LONGEST: u64 = 4 << 20;

/// Says what to log, as `tracing` filters have it; the default is what is worth knowing.
const FILTER: &str = "KLOCK_LOG";

/// Writes the log of this process to `dir` from now on.
///
/// # Errors
/// When the directory or the file cannot be made.
pub fn log_to(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    let log = Log::open(dir.join(HOST_LOG_FILE), LONGEST)?;
    let filter = EnvFilter::try_from_env(FILTER).unwrap_or_else(|_| EnvFilter::new("klockslag=info,warn"));
    // A second host in one process (there is none but in tests) goes on with the first one's log.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Mutex::new(log)).try_init();
    Ok(())
}

/// A file that is begun again when it is long enough.
#[derive(Debug)]
struct Log {
    path: PathBuf,
    longest: u64,
    file: File,
    /// How long it is, in bytes.
    length: u64,
}

impl Log {
    fn open(path: PathBuf, longest: u64) -> io::Result<Self> {
        // What else may stand there, such as a FIFO that nobody reads, must not be waited for.
        let mut options = OpenOptions::new();
        options.append(true).create(true).mode(0o600);
        let file = regular::open(&path, Links::Follow, &mut options)?;
        let length = file.metadata()?.len();
        Ok(Log { path, longest, file, length })
    }

    fn begin_again(&mut self) -> io::Result<()> {
        std::fs::rename(&self.path, self.path.with_extension("log.1"))?;
        *self = Log::open(self.path.clone(), self.longest)?;
        Ok(())
    }
}

/// One call, one line.
impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.length >= self.longest {
            self.begin_again()?;
        }
        let written = match self.file.write(line) {
            // It is as long as the system lets it be (`ulimit -f`).
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge && self.length > 0 => {
                self.begin_again()?;
                self.file.write(line)
            }
            written => written,
        }?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_never_takes_more_than_twice_its_length() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(HOST_LOG_FILE);
        let mut log = Log::open(path.clone(), 100).unwrap();
        for n in 0..100 {
            log.write_all(format!("line {n:03}\n").as_bytes()).unwrap();
        }
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        let (now, before) = (read(&path), read(&path.with_extension("log.1")));
        assert!(now.ends_with("line 099\n") && now.len() <= 110, "{now}");
        assert!(before.len() <= 110 && !before.is_empty());
        let first: u32 = now[5..8].parse().unwrap();
        assert!(before.ends_with(&format!("line {:03}\n", first - 1)), "nothing between them is lost");
    }
}
