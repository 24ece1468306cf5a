//! The only door to stdout, and the asides beside it. Nothing that people wrote steers a terminal: lines are made showable, JSON
//! is escaped wherever it goes, and what has to stay byte for byte does so in a file and a pipe alone.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};

use serde::Serialize;

use super::background_writer::{BackgroundWriter, Limit};
use super::failure::CommandFailure;
use crate::domain::showable::{json_escaped, showable, showable_lines};

/// How many bytes may wait for a reader of stdout, and of stderr, when what is printed waits for nobody: over a million
/// receipts. A script that reads them late is served; one that never does costs no more memory than that.
const MOST_WAITING: usize = 32 << 20;

/// How much is handed on at a time.
const PORTION: usize = 8 << 10;

/// Standard output, buffered, and asides on stderr.
pub struct Out {
    stdout: Sink,
    stderr: Option<BackgroundWriter>,
    is_terminal: bool,
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
        let stdout = io::stdout();
        Out { is_terminal: stdout.is_terminal(), stdout: Sink::Direct(BufWriter::new(stdout)), stderr: None }
    }

    /// From now on nothing that is printed waits for its reader: for what has more to do than to print.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn wait_for_nobody(&mut self) -> Result<(), CommandFailure> {
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
    pub fn finish(&mut self) -> Result<(), CommandFailure> {
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
    /// When stdout cannot be written to; [`CommandFailure::Closed`] when its reader has left.
    pub fn line(&mut self, text: &str) -> Result<(), CommandFailure> {
        self.push(&showable(text))?;
        self.push("\n")
    }

    /// One line of JSON.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), CommandFailure> {
        let text = serde_json::to_string(value).map_err(io::Error::from)?;
        self.json_text(&text)?;
        self.push("\n")
    }

    /// A JSON document for a person to look at, too.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn document(&mut self, value: &impl Serialize) -> Result<(), CommandFailure> {
        let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
        self.json_text(&text)?;
        self.push("\n")
    }

    /// JSON: what must not be seen in it is written as `\u202e`, which is the same text to a program.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn json_text(&mut self, text: &str) -> Result<(), CommandFailure> {
        self.push(&json_escaped(text))
    }

    /// JSON whose bytes count, such as a line of a journal that is checked by its hash: as it is, unless a person looks at it.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn original_json(&mut self, text: &str) -> Result<(), CommandFailure> {
        if self.is_terminal { self.json_text(text) } else { self.push(text) }
    }

    /// Text of a format with rules of its own: as it is, and made showable line by line on a terminal.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn rendered(&mut self, text: &str) -> Result<(), CommandFailure> {
        if !self.is_terminal {
            return self.push(text);
        }
        showable_lines(text).try_for_each(|line| {
            self.push(&line)?;
            self.push("\n")
        })
    }

    fn push(&mut self, text: &str) -> Result<(), CommandFailure> {
        Ok(self.stdout.write_all(text.as_bytes())?)
    }

    /// A word to the person beside what was printed, on stderr: what reads stdout does not see it.
    ///
    /// # Errors
    /// When stdout cannot be written to, which is no reason to leave the word out; a closed stderr is nobody to tell.
    pub fn aside(&mut self, text: &str) -> Result<(), CommandFailure> {
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
    pub fn flush(&mut self) -> Result<(), CommandFailure> {
        Ok(self.stdout.flush()?)
    }
}
