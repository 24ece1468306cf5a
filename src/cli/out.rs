//! The only door to stdout, and the asides beside it. Nothing that people wrote steers a terminal: lines are made showable, JSON
//! is escaped wherever it goes, and what has to stay byte for byte does so in a file and a pipe alone.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write as _};

use serde::Serialize;

use super::failure::Failure;
use crate::domain::showable::{json_escaped, showable, showable_lines};

/// Standard output, buffered.
pub struct Out {
    stdout: BufWriter<Stdout>,
    is_terminal: bool,
}

impl Out {
    /// The process's standard output.
    pub fn new() -> Self {
        let stdout = io::stdout();
        Out { is_terminal: stdout.is_terminal(), stdout: BufWriter::new(stdout) }
    }

    /// One line of text, made showable.
    ///
    /// # Errors
    /// When stdout cannot be written to; [`Failure::Closed`] when its reader has left.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.push(&showable(text))?;
        self.push("\n")
    }

    /// One line of JSON.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(value).map_err(io::Error::from)?;
        self.json_text(&text)?;
        self.push("\n")
    }

    /// A JSON document for a person to look at, too.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn document(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
        self.json_text(&text)?;
        self.push("\n")
    }

    /// JSON: what is not to be seen in it is written as `\u202e`, which is the same text to whoever reads it.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn json_text(&mut self, text: &str) -> Result<(), Failure> {
        self.push(&json_escaped(text))
    }

    /// JSON whose bytes count, such as a line of a journal that is checked by its hash: as it is, unless it is to be looked at.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn original_json(&mut self, text: &str) -> Result<(), Failure> {
        if self.is_terminal { self.json_text(text) } else { self.push(text) }
    }

    /// Text of a format with rules of its own: as it is, and made showable line by line on a terminal.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn rendered(&mut self, text: &str) -> Result<(), Failure> {
        if !self.is_terminal {
            return self.push(text);
        }
        showable_lines(text).try_for_each(|line| {
            self.push(&line)?;
            self.push("\n")
        })
    }

    fn push(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.stdout.write_all(text.as_bytes())?)
    }

    /// A word to the person beside what was printed, on stderr: what reads stdout does not see it.
    ///
    /// # Errors
    /// When stdout cannot be written to; a closed stderr is nobody to tell.
    pub fn aside(&mut self, text: &str) -> Result<(), Failure> {
        self.flush()?;
        let _ = writeln!(io::stderr(), "{}", showable(text));
        Ok(())
    }

    /// Hands on what is buffered.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.stdout.flush()?)
    }
}
