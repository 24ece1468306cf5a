//! A control string: what a terminal answers to somebody's question for its version, colours, clipboard or images. It never
//! becomes text; the one answer that is wanted here is the colour of the background.

use std::time::{Duration, Instant};

use crate::config::theme::Background;
use crate::tui::terminal::background;
use crate::tui::terminal::decode::sequence::{BELL, ESCAPE};

/// A string is given up after so long, also when it goes on: a hand that types into one without an end must be heard again.
/// A guess: a clipboard of 100 KB over a slow line takes less.
const LONGEST_TIME: Duration = Duration::from_secs(5);

/// A string is given up after so many bytes. A guess: ten times the largest clipboard that xterm sends.
const LONGEST: usize = 1 << 20;

/// So much of a string is kept to be read; no answer that is wanted is longer.
const KEPT: usize = 64;

/// What a byte did to the string.
#[derive(Debug, PartialEq)]
pub(super) enum StringStep {
    Within,
    Ended,
    /// It is given up.
    TooLong,
}

/// A string whose end has not come.
#[derive(Debug)]
pub(super) struct ControlString {
    /// What stands behind the escape character that began it.
    introducer: u8,
    /// Its beginning.
    kept: Vec<u8>,
    length: usize,
    before: u8,
    began: Instant,
}

impl ControlString {
    /// A string that escape and `introducer` began, `at` that moment.
    pub(super) fn new(introducer: u8, at: Instant) -> Self {
        ControlString { introducer, kept: Vec::new(), length: 0, before: 0, began: at }
    }

    /// Takes its next byte in. It ends at ST, in 7 bits or in the UTF-8 of its C1 control, at a bell (as xterm writes it), and
    /// where it is cancelled.
    pub(super) fn take(&mut self, byte: u8) -> StringStep {
        let before = std::mem::replace(&mut self.before, byte);
        match (before, byte) {
            (_, BELL | CANCEL | SUBSTITUTE) | (ESCAPE, b'\\') | (0xc2, 0x9c) => return StringStep::Ended,
            _ => {}
        }
        if self.kept.len() < KEPT {
            self.kept.push(byte);
        }
        self.length += 1;
        if self.length < LONGEST { StringStep::Within } else { StringStep::TooLong }
    }

    /// Whether it has gone on for too long `at` that moment.
    pub(super) fn is_too_old(&self, at: Instant) -> bool {
        at.saturating_duration_since(self.began) >= LONGEST_TIME
    }

    /// Returns what it says of the terminal's background, when it is the answer to that question.
    pub(super) fn background(&self) -> Option<Background> {
        if self.introducer != b']' {
            return None;
        }
        // The first byte of its end is no part of it.
        let said = self.kept.strip_suffix(&[ESCAPE]).or(self.kept.strip_suffix(&[0xc2])).unwrap_or(&self.kept);
        background::answer(said)
    }
}

const CANCEL: u8 = 0x18;
const SUBSTITUTE: u8 = 0x1a;
