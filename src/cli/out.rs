//! The only door to stdout, and the asides beside it: text made showable, JSON as it is.

use std::io::{self, BufWriter, Stdout, Write};

use serde::Serialize;

use super::background_writer::{BackgroundWriter, Limit};
use super::failure::Failure;
use crate::domain::showable::showable;

/// How many bytes may wait for a reader of stdout, and of stderr, when what is printed waits for nobody: over a million
/// receipts. A script that reads them late is served; one that never does costs no more memory than that.
const MOST_WAITING: usize = 32 << 20;

/// How much is handed on at a time.
const PORTION: usize = 8 << 10;

/// Standard output, buffered, and asides on stderr.
pub struct Out {
    stdout: Sink,
    stderr: Option<BackgroundWriter>,
}

enum Sink {
    Direct(BufWriter<Stdout>),
    Background { writer: BackgroundWriter, buffer: Vec<u8> },
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Direct(stdout) => stdout.write(bytes),
            Sink::Background { buffer, .. } => {
                buffer.extend_from_slice(bytes);
                if buffer.len() >= PORTION {
                    self.flush()?;
                }
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Direct(stdout) => stdout.flush(),
            Sink::Background { buffer, .. } if buffer.is_empty() => Ok(()),
            Sink::Background { writer, buffer } => match writer.put(std::mem::take(buffer)) {
                true => Ok(()),
                false => Err(io::ErrorKind::BrokenPipe.into()),
            },
        }
    }
}

impl Out {
    /// The process's standard output.
    pub fn new() -> Self {
        Out { stdout: Sink::Direct(BufWriter::new(io::stdout())), stderr: None }
    }

    /// From now on nothing that is printed waits for whoever reads it: for what has more to do than to print.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn wait_for_nobody(&mut self) -> Result<(), Failure> {
        self.flush()?;
        let writer = BackgroundWriter::start(io::stdout(), MOST_WAITING)?;
        self.stdout = Sink::Background { writer, buffer: Vec::new() };
        self.stderr = Some(BackgroundWriter::start(io::stderr(), MOST_WAITING)?);
        Ok(())
    }

    /// What limits how long readers are waited for in the end.
    pub fn limits(&self) -> Vec<Limit> {
        let stdout = match &self.stdout {
            Sink::Direct(_) => None,
            Sink::Background { writer, .. } => Some(writer),
        };
        stdout.into_iter().chain(&self.stderr).map(BackgroundWriter::limit).collect()
    }

    /// How many portions nobody read in time, so that they were left out.
    pub fn left_out(&self) -> u64 {
        match &self.stdout {
            Sink::Direct(_) => 0,
            Sink::Background { writer, .. } => writer.dropped(),
        }
    }

    /// Waits until everything is read.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn finish(&mut self) -> Result<(), Failure> {
        self.flush()?;
        if let Some(stderr) = &self.stderr {
            stderr.flush();
        }
        if let Sink::Background { writer, .. } = &self.stdout {
            writer.flush();
        }
        Ok(())
    }

    /// One line of text, made showable.
    ///
    /// # Errors
    /// When stdout cannot be written to; [`Failure::Closed`] when its reader has left.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.stdout.write_all(showable(text).as_bytes())?;
        Ok(self.stdout.write_all(b"\n")?)
    }

    /// One line of JSON.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.stdout, value).map_err(io::Error::from)?;
        Ok(self.stdout.write_all(b"\n")?)
    }

    /// A JSON document for a person to look at, too.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn document(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer_pretty(&mut self.stdout, value).map_err(io::Error::from)?;
        Ok(self.stdout.write_all(b"\n")?)
    }

    /// Text that was made harmless for its own format already, as it is.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn rendered(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.stdout.write_all(text.as_bytes())?)
    }

    /// A word to the person beside what was printed, on stderr: what reads stdout does not see it.
    ///
    /// # Errors
    /// When stdout cannot be written to, which is no reason to leave the word out; a closed stderr is nobody to tell.
    pub fn aside(&mut self, text: &str) -> Result<(), Failure> {
        let flushed = self.flush();
        let line = format!("{}\n", showable(text));
        match &self.stderr {
            Some(stderr) => drop(stderr.put(line.into_bytes())),
            None => drop(io::stderr().write_all(line.as_bytes())),
        }
        flushed
    }

    /// Hands on what is buffered.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.stdout.flush()?)
    }
}
