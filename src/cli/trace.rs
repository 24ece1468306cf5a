//! Where the program writes what a developer wants to know: a file, never the terminal of somebody at work.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;

use super::background_writer::BackgroundWriter;
use crate::domain::showable::showable_lines;

/// What is logged, as `tracing-subscriber` writes it: `debug`, `klockslag::store=trace` …
const FILTER: &str = "KLOCK_LOG";
const CLIENT_LOG_FILE: &str = "client.log";
/// A log that has grown beyond this is set aside when the next process starts to write it.
const LONGEST_LOG: u64 = 8 << 20;

/// Logs this client's doings when `KLOCK_LOG` asks for it.
pub fn to_file_if_asked(directory: &Path) {
    if std::env::var_os(FILTER).is_some_and(|filter| !filter.is_empty()) {
        to_file(directory, CLIENT_LOG_FILE);
    }
}

/// How much of the host's log may wait for its terminal, in bytes: some thousand lines. The rest is left out.
const MOST_WAITING: usize = 256 << 10;

/// Stderr of a host that is run by hand or by a service manager: a terminal that was stopped (Ctrl+S) never stops the host.
///
/// # Errors
/// When the system gives no thread.
pub fn host_stderr() -> io::Result<&'static BackgroundWriter> {
    // For the rest of the process: what logs may live as long.
    Ok(Box::leak(Box::new(BackgroundWriter::start(io::stderr(), MOST_WAITING)?)))
}

/// Logs the host's doings to `stderr`.
pub fn host_to(stderr: &'static BackgroundWriter) {
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter()).with_ansi(false);
    // A second subscriber is refused, which is what is wanted: the first one stays.
    let _ = subscriber.with_writer(move || Shown(stderr)).try_init();
}

/// Stderr, which may be a terminal: every line is made showable.
struct Shown(&'static BackgroundWriter);

impl io::Write for Shown {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A subscriber writes an event, whole lines, at once.
        let lines: String = showable_lines(&String::from_utf8_lossy(bytes)).map(|line| format!("{line}\n")).collect();
        self.0.put(lines.into_bytes());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn to_file(directory: &Path, name: &str) {
    // Without a log the program works as well.
    if let Ok(file) = open(directory, name) {
        let subscriber = tracing_subscriber::fmt().with_env_filter(filter()).with_ansi(false);
        let _ = subscriber.with_writer(Mutex::new(file)).try_init();
    }
}

fn filter() -> EnvFilter {
    EnvFilter::try_from_env(FILTER).unwrap_or_else(|_| EnvFilter::new("klockslag=info,warn"))
}

fn open(directory: &Path, name: &str) -> io::Result<File> {
    std::fs::create_dir_all(directory)?;
    let path = directory.join(name);
    if path.metadata().is_ok_and(|found| found.len() > LONGEST_LOG) {
        std::fs::rename(&path, directory.join(format!("{name}.1")))?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}
