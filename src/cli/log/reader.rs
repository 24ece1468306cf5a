//! Reading lines from a producer that must not be kept waiting: bounded in memory, however long the lines are.

use std::io;
use std::os::fd::BorrowedFd;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;

use crate::cli::encoding::TextDecoder;
use crate::domain::decide::LONGEST_TEXT;
use crate::domain::record::written_length;

/// The longest line that is kept whole, in bytes; the rest of a longer one is passed over. The room for the mark that says
/// so is left free.
const LONGEST_LINE: usize = LONGEST_TEXT - 1024;

/// How much of a line is kept that is short enough but full of what is written longer than it is (control characters).
const LONGEST_DENSE_LINE: usize = LONGEST_TEXT / 4;

/// How much is read at once.
const CHUNK: usize = 64 << 10;

/// How much of what a producer has written already is still taken in after the order to stop: as much as a pipe holds.
const MOST_AFTER_STOP: usize = 1 << 20;

/// A line as it came.
#[derive(Debug, PartialEq, Eq)]
pub struct InputLine {
    /// Its number, from 1.
    pub number: u64,
    pub text: String,
    /// How many bytes of its end were passed over.
    pub cut: u64,
    /// Whether it was UTF-8; what was not stands as U+FFFD.
    pub is_utf8: bool,
}

/// Makes lines of bytes as they come.
#[derive(Debug, Default)]
pub struct Splitter {
    held: Vec<u8>,
    passed_over: u64,
    number: u64,
}

impl Splitter {
    /// Takes in `bytes` of UTF-8; the lines that end in them.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<InputLine> {
        let mut lines = Vec::new();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (text, ends) = piece.strip_suffix(b"\n").map_or((piece, false), |text| (text, true));
            let fits = text.len().min(LONGEST_LINE.saturating_sub(self.held.len()));
            self.held.extend_from_slice(&text[..fits]);
            self.passed_over += (text.len() - fits) as u64;
            if ends {
                lines.push(self.end_line());
            }
        }
        lines
    }

    /// The last line, when it does not end in a line break.
    pub fn finish(mut self) -> Option<InputLine> {
        let is_begun = !self.held.is_empty() || self.passed_over > 0;
        is_begun.then(|| self.end_line())
    }

    fn end_line(&mut self) -> InputLine {
        self.number += 1;
        let mut cut = std::mem::take(&mut self.passed_over);
        let bytes = std::mem::take(&mut self.held);
        // A break inside a character is made by the cut, and is no fault of the line's.
        let bytes = if cut > 0 { whole_characters(&bytes) } else { bytes.strip_suffix(b"\r").unwrap_or(&bytes) };
        // A byte order mark, where files were joined.
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let is_utf8 = std::str::from_utf8(bytes).is_ok();
        let mut text = String::from_utf8_lossy(bytes).into_owned();
        if text.len() > LONGEST_LINE || written_length(&text).is_none_or(|length| length > 2 * LONGEST_LINE) {
            let end = (0..=LONGEST_DENSE_LINE).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            cut += (text.len() - end) as u64;
            text.truncate(end);
        }
        InputLine { number: self.number, text, cut, is_utf8 }
    }
}

/// `bytes` without the beginning of a character at their end that has no end.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(&bytes[bytes.len().saturating_sub(4)..]) {
        Ok(_) => bytes,
        Err(_) => {
            let start = bytes.iter().rposition(|byte| byte & 0xC0 != 0x80).unwrap_or(bytes.len());
            let is_open = std::str::from_utf8(&bytes[start..]).is_err_and(|error| error.error_len().is_none());
            if is_open { &bytes[..start] } else { bytes }
        }
    }
}

/// How reading ended.
#[derive(Debug)]
pub enum LineEnd {
    /// The producer has nothing more to say.
    Finished,
    /// It was told to stop.
    Stopped,
    Failed(io::Error),
}

/// Reads `input` to its end, or until `stop` has something to read, and hands on the lines as they come, in any Unicode
/// encoding they are.
pub fn read(input: BorrowedFd<'_>, stop: BorrowedFd<'_>, mut hand_on: impl FnMut(Vec<InputLine>)) -> LineEnd {
    let (mut decoder, mut splitter) = (TextDecoder::default(), Splitter::default());
    let mut chunk = vec![0; CHUNK];
    let mut left = None;
    let end = loop {
        if left.is_none() {
            match is_told_to_stop(input, stop) {
                Ok(false) => {}
                Ok(true) => left = Some(waiting_bytes(input)),
                Err(error) => break LineEnd::Failed(error),
            }
        }
        let most = left.unwrap_or(CHUNK).min(CHUNK);
        if most == 0 {
            break LineEnd::Stopped;
        }
        match rustix::io::read(input, &mut chunk[..most]) {
            Ok(0) => break LineEnd::Finished,
            Ok(length) => {
                left = left.map(|left| left - length);
                hand_on(splitter.feed(&decoder.feed(&chunk[..length])));
            }
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(error) => break LineEnd::Failed(error.into()),
        }
    };
    hand_on(splitter.feed(&decoder.finish()));
    // What was read of a line that its producer had not ended counts: it is gone from the pipe.
    hand_on(splitter.finish().into_iter().collect());
    end
}

/// What a producer has written and nobody has read. In a file it is not lost by stopping.
fn waiting_bytes(input: BorrowedFd<'_>) -> usize {
    let is_file = rustix::fs::fstat(input)
        .is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode) == rustix::fs::FileType::RegularFile);
    if is_file {
        return 0;
    }
    rustix::io::ioctl_fionread(input).ok().and_then(|n| usize::try_from(n).ok()).unwrap_or(0).min(MOST_AFTER_STOP)
}

/// Waits until one of the two has something to read, or has come to its end. True: `stop` has.
fn is_told_to_stop(input: BorrowedFd<'_>, stop: BorrowedFd<'_>) -> io::Result<bool> {
    let mut both = [input, stop].map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN));
    retry_on_intr(|| poll(&mut both, None))?;
    Ok(!both[1].revents().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8], at_once: usize) -> Vec<InputLine> {
        let mut splitter = Splitter::default();
        let mut lines: Vec<InputLine> = bytes.chunks(at_once).flat_map(|chunk| splitter.feed(chunk)).collect();
        lines.extend(splitter.finish());
        lines
    }

    #[test]
    fn lines_are_the_same_however_they_come() {
        let bytes = "one\n\nfyra å ä ö\r\n\0\u{1b}[31m\nlast".as_bytes();
        for at_once in 1..bytes.len() {
            let lines = lines(bytes, at_once);
            let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(texts, ["one", "", "fyra å ä ö", "\0\u{1b}[31m", "last"]);
            assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
            assert!(lines.iter().all(|line| line.cut == 0 && line.is_utf8));
        }
        assert_eq!(lines(b"", 1), []);
    }

    #[test]
    fn a_line_without_end_takes_no_more_than_its_bound() {
        let mut splitter = Splitter::default();
        let chunk = "å".repeat(CHUNK / 2);
        for _ in 0..64 {
            assert_eq!(splitter.feed(chunk.as_bytes()), []);
            assert!(splitter.held.capacity() <= 2 * LONGEST_LINE);
        }
        let lines = splitter.feed(b"\nnext\n");
        assert_eq!(lines[1].text, "next");
        assert_eq!(lines[0].cut, (64 * chunk.len() - LONGEST_LINE) as u64);
        assert!(lines[0].is_utf8 && lines[0].text.chars().all(|c| c == 'å'));
    }

    #[test]
    fn what_is_written_longer_than_it_is_still_fits_an_entry() {
        for text in ["\0".repeat(LONGEST_LINE), "\u{fffd}".repeat(LONGEST_LINE / 3)] {
            let line = &lines(text.as_bytes(), CHUNK)[0];
            assert!(written_length(&line.text).is_some_and(|length| length <= 2 * LONGEST_LINE));
            assert_eq!(line.text.len() as u64 + line.cut, text.len() as u64);
        }
        let line = &lines(&vec![0xff; LONGEST_LINE], CHUNK)[0];
        assert!(!line.is_utf8 && line.text.len() <= LONGEST_LINE);
    }
}
