//! The host's log: a file of its owner's own, because a host has no terminal.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use tracing_subscriber::EnvFilter;

use crate::wire::place::HOST_LOG_FILE;

/// A log longer than this is begun anew when a host starts; the one before is kept beside it.
const LONGEST: u64 = 4 << 20;

/// Says what to log, as `tracing` filters have it; absent: what is worth knowing.
const FILTER: &str = "KLOCK_LOG";

/// Writes the log of this process to `dir` from now on.
///
/// # Errors
/// When the directory or the file cannot be made.
pub fn begin(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    let path = dir.join(HOST_LOG_FILE);
    if std::fs::metadata(&path).is_ok_and(|meta| meta.len() > LONGEST) {
        std::fs::rename(&path, path.with_extension("log.1"))?;
    }
    let file = OpenOptions::new().append(true).create(true).mode(0o600).open(&path)?;
    let filter = EnvFilter::try_from_env(FILTER).unwrap_or_else(|_| EnvFilter::new("klockslag=info,warn"));
    // A second host in one process (there is none but in tests) goes on with the first one's log.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(file).try_init();
    Ok(())
}
