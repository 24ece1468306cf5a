//! The only door to stdout, and the asides beside it: text made showable, JSON as it is.

use std::io::{self, BufWriter, Stdout, Write as _};

use serde::Serialize;

use super::failure::Failure;
use crate::domain::showable::showable;

/// Standard output, buffered.
pub struct Out(BufWriter<Stdout>);

impl Out {
    /// The process's standard output.
    pub fn new() -> Self {
        Out(BufWriter::new(io::stdout()))
    }

    /// One line of text, made showable.
    ///
    /// # Errors
    /// When stdout cannot be written to; [`Failure::Closed`] when its reader has left.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.0.write_all(showable(text).as_bytes())?;
        Ok(self.0.write_all(b"\n")?)
    }

    /// One line of JSON.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.0, value).map_err(io::Error::from)?;
        Ok(self.0.write_all(b"\n")?)
    }

    /// A JSON document for a person to look at, too.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn document(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer_pretty(&mut self.0, value).map_err(io::Error::from)?;
        Ok(self.0.write_all(b"\n")?)
    }

    /// Text that was made harmless for its own format already, as it is.
    ///
    /// # Errors
    /// As [`Out::line`].
    pub fn rendered(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.0.write_all(text.as_bytes())?)
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
        Ok(self.0.flush()?)
    }
}
