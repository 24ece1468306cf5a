//! What is piped in, as the values that are to be read one by one, however long, broken or endless it is.

mod scan;
mod value;

use std::io::{self, ErrorKind, Read};

use self::scan::Scanner;
pub use self::scan::{DEEPEST, FlawKind, InputFlaw, InputPiece, InputPlace, LONGEST};
pub use self::value::read;
use crate::cli::encoding::TextDecoder;

/// How much is read at once. The pieces that end in it are handed on together.
const CHUNK: usize = 64 << 10;

/// A stream of JSON in any Unicode encoding: messages one after the other, each on a line of its own or not, or lists of them.
pub struct Input<R> {
    stream: R,
    decoder: TextDecoder,
    scanner: Scanner,
    chunk: Vec<u8>,
    has_ended: bool,
}

impl<R: Read> Input<R> {
    pub fn new(stream: R) -> Self {
        let (decoder, scanner) = (TextDecoder::default(), Scanner::default());
        Input { stream, decoder, scanner, chunk: vec![0; CHUNK], has_ended: false }
    }

    /// Returns the next pieces, at least one; none at the end of the stream, or where the scanner gave up. Waits for no more
    /// than it takes to complete one.
    ///
    /// # Errors
    /// What the stream says. What was read before is returned by the next call.
    pub fn next(&mut self) -> io::Result<Vec<InputPiece>> {
        let mut pieces = Vec::new();
        while pieces.is_empty() && !self.has_ended {
            match self.stream.read(&mut self.chunk) {
                Ok(0) => self.end(&mut pieces),
                Ok(length) => {
                    self.scanner.feed(&self.decoder.feed(&self.chunk[..length]), &mut pieces);
                    self.has_ended = self.scanner.has_given_up();
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.stop();
                    return Err(error);
                }
            }
        }
        if pieces.is_empty() {
            self.scanner.finish(&mut pieces);
        }
        Ok(pieces)
    }

    fn end(&mut self, pieces: &mut Vec<InputPiece>) {
        let rest = std::mem::take(&mut self.decoder).finish();
        self.scanner.feed(&rest, pieces);
        self.has_ended = true;
    }

    /// Reads no more.
    pub fn stop(&mut self) {
        self.has_ended = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_an_error_is_handed_on() {
        struct Broken(usize);
        impl Read for Broken {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                self.0 += 1;
                match self.0 {
                    1 => {
                        buffer[..6].copy_from_slice(b"{} 42\n");
                        Ok(4)
                    }
                    2 => Err(ErrorKind::Interrupted.into()),
                    _ => Err(io::Error::other("gone")),
                }
            }
        }
        let mut input = Input::new(Broken(0));
        assert_eq!(input.next().expect("pieces")[0].json, Ok(b"{}".to_vec()));
        assert_eq!(input.next().expect_err("an error").to_string(), "gone");
        assert_eq!(input.next().expect("pieces")[0].json, Ok(b"4".to_vec()));
        assert_eq!(input.next().expect("pieces"), []);
    }
}
