//! Bytes from the terminal become keys, pastes and answers, however they are cut into reads. Pure but for the moments it is
//! told.
//!
//! Our own, for three things that crossterm's reader cannot do: it waits without end, deaf to every key, for the end of a paste
//! that never comes; it takes an escape sequence that arrives in two reads for a key and letters; and it types the strings
//! with which a terminal answers somebody else's question.

mod sequence;
mod string;

pub use crate::tui::terminal::decode::sequence::letter;

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent};

use crate::tui::terminal::decode::sequence::{
    ESCAPE, PASTE_END, SequenceVerdict, begins_more, of_c1, verdict, with_alt,
};
use crate::tui::terminal::decode::string::{ControlString, StringStep};
use crate::tui::terminal::decoded::TerminalInput;
use crate::tui::terminal::key_code::plain_key;

const CTRL_C: u8 = 0x03;

/// A paste that does not go on for so long is told to the person, who may end it.
const PASTE_STALLS: Duration = Duration::from_secs(1);

/// Escape or Ctrl-C alone, so long after the rest of a paste, was pressed by a hand.
const HAND: Duration = Duration::from_millis(200);

/// How long the decoder waits for what may belong to what came before.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From an escape character to the bracket or letter that makes a sequence of it: else it is the Escape key.
    escape: Duration,
    /// From an escape character to any other byte: later, both are keys of their own.
    alt: Duration,
    /// Between the pieces of what nobody types by hand, a sequence, a string or a part of a letter: then it is given up.
    pieces: Duration,
}

impl Patience {
    /// On the same machine. `escape` is vim's `ttimeoutlen` (100 ms) and a margin; the others are guesses that held.
    pub const LOCAL: Patience = Patience {
        escape: Duration::from_millis(125),
        alt: Duration::from_millis(25),
        pieces: Duration::from_millis(500),
    };

    /// Over a network, whose packets a bad radio link delays by some hundreds of milliseconds.
    pub const REMOTE: Patience =
        Patience { escape: Duration::from_millis(300), alt: Duration::from_millis(75), pieces: Duration::from_secs(1) };
}

/// Makes out what is typed.
#[derive(Debug)]
pub struct Decoder {
    patience: Patience,
    /// The terminal was asked for its background and has not answered.
    asked: bool,
    /// The beginning of something that is not certain yet.
    held: Vec<u8>,
    /// The second of the two escape characters at the front of `held` came after a pause.
    parted: bool,
    string: Option<ControlString>,
    paste: Option<Paste>,
    last: Option<Instant>,
}

/// A marked paste whose end has not come.
#[derive(Debug, Default)]
struct Paste {
    bytes: Vec<u8>,
    /// Its last byte is an escape character that came alone: the key, if nothing follows.
    parting: bool,
    told: bool,
}

impl Decoder {
    /// `asked`: the terminal was asked for its background.
    pub fn new(patience: Patience, asked: bool) -> Self {
        Decoder { patience, asked, held: Vec::new(), parted: false, string: None, paste: None, last: None }
    }

    /// Takes in what one read gave `at` that moment.
    pub fn read(&mut self, bytes: &[u8], at: Instant) -> Vec<TerminalInput> {
        let pause = self.last.replace(at).map(|last| at.saturating_duration_since(last));
        let mut found = Vec::new();
        if let Some(paste) = self.paste.as_mut() {
            let rested = pause.is_none_or(|pause| pause >= HAND);
            paste.told = false;
            paste.parting = rested && bytes == [ESCAPE];
            if rested && bytes == [CTRL_C] {
                self.end_paste(&mut found);
                return found;
            }
        }
        if self.string.as_ref().is_some_and(|string| string.is_too_old(at)) {
            self.string = None;
        }
        if pause.is_some_and(|pause| pause > self.patience.alt) {
            self.part(bytes, &mut found);
        }
        for byte in bytes {
            self.take(*byte, at, &mut found);
        }
        found
    }

    /// Returns how long after the last read to wait for what may follow before [`Decoder::rest`] is called. `None` waits for
    /// ever.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, &self.string) {
            (Some(paste), _) if paste.parting => Some(self.patience.escape),
            (Some(paste), _) => (!paste.told).then_some(PASTE_STALLS),
            (None, Some(_)) => Some(self.patience.pieces),
            (None, None) => match self.held.as_slice() {
                [] => None,
                [ESCAPE] | [ESCAPE, ESCAPE] | [ESCAPE, ESCAPE, b'[' | b'O'] => Some(self.patience.escape),
                [ESCAPE, second] | [ESCAPE, second, ESCAPE] if begins_more(*second) => Some(self.patience.escape),
                _ => Some(self.patience.pieces),
            },
        }
    }

    /// Nothing followed within [`Decoder::patience`].
    pub fn rest(&mut self) -> Vec<TerminalInput> {
        let mut found = Vec::new();
        self.string = None;
        match self.paste.as_mut() {
            Some(paste) if paste.parting => {
                paste.bytes.pop();
                self.end_paste(&mut found);
            }
            Some(paste) => {
                paste.told = true;
                found.push(TerminalInput::PasteStalls {
                    letters: String::from_utf8_lossy(&paste.bytes).chars().count(),
                });
            }
            None => self.give_up(&mut found),
        }
        found
    }

    /// Nothing will ever follow.
    pub fn end(&mut self) -> Vec<TerminalInput> {
        let mut found = Vec::new();
        self.string = None;
        self.end_paste(&mut found);
        self.give_up(&mut found);
        found
    }

    /// A pause, longer than Alt and a letter are ever apart, lies before `bytes`: an escape character before it is the
    /// Escape key, unless a sequence may have been cut in two.
    fn part(&mut self, bytes: &[u8], found: &mut Vec<TerminalInput>) {
        match (self.held.as_slice(), bytes.first()) {
            ([ESCAPE], Some(&ESCAPE)) => self.parted = true,
            ([ESCAPE], Some(next)) if !begins_more(*next) => self.give_up(found),
            ([ESCAPE, ESCAPE], Some(next)) if !matches!(next, b'[' | b'O') => self.give_up(found),
            _ => {}
        }
    }

    fn take(&mut self, byte: u8, at: Instant, found: &mut Vec<TerminalInput>) {
        if let Some(paste) = self.paste.as_mut() {
            paste.bytes.push(byte);
            if paste.bytes.ends_with(PASTE_END) {
                self.end_paste(found);
            }
            return;
        }
        if let Some(string) = self.string.as_mut() {
            match string.take(byte) {
                StringStep::Within => {}
                StringStep::Ended => self.end_string(found),
                StringStep::TooLong => self.string = None,
            }
            return;
        }
        self.held.push(byte);
        if let Some(letter) = of_c1(&self.held) {
            self.held.clear();
            if !begins_more(letter) {
                return;
            }
            self.held.extend([ESCAPE, letter]);
        }
        match verdict(&self.held) {
            SequenceVerdict::More => return,
            SequenceVerdict::Is(input) => self.is(input, found),
            SequenceVerdict::Nothing => {}
            SequenceVerdict::PasteBegins => self.paste = Some(Paste::default()),
            SequenceVerdict::PasteEnds => found.push(TerminalInput::PasteEnds),
            SequenceVerdict::StringBegins => {
                self.string = Some(ControlString::new(self.held[1], at));
                self.held.clear();
                return self.take(byte, at, found);
            }
            SequenceVerdict::Broken(count, key) => {
                let rest = std::mem::take(&mut self.held).split_off(count);
                self.parted = false;
                found.extend(key.map(TerminalInput::Key));
                for byte in rest {
                    self.take(byte, at, found);
                }
                return;
            }
        }
        self.held.clear();
        self.parted = false;
    }

    /// What is held back is `input`. A hand presses Escape and then an arrow up or down to leave a text and to move on;
    /// Option with them means nothing in a text. So with a pause between they are two keys.
    fn is(&self, input: TerminalInput, found: &mut Vec<TerminalInput>) {
        match input {
            TerminalInput::Key(KeyEvent { code, .. })
                if self.parted && !matches!(code, KeyCode::Left | KeyCode::Right) =>
            {
                let SequenceVerdict::Is(second) = verdict(&self.held[1..]) else { return };
                found.extend([TerminalInput::Key(KeyCode::Esc.into()), second]);
            }
            input => found.push(input),
        }
    }

    fn end_string(&mut self, found: &mut Vec<TerminalInput>) {
        let background = self.string.take().and_then(|string| string.background());
        if let Some(background) = background.filter(|_| self.asked) {
            self.asked = false;
            found.push(TerminalInput::Background(background));
        }
    }

    fn end_paste(&mut self, found: &mut Vec<TerminalInput>) {
        let Some(Paste { mut bytes, .. }) = self.paste.take() else { return };
        // The mark of its end, or as much of it as came.
        let mark = (1..=PASTE_END.len()).rev().find(|count| bytes.ends_with(&PASTE_END[..*count]));
        bytes.truncate(bytes.len() - mark.unwrap_or(0));
        found.push(TerminalInput::Paste(String::from_utf8_lossy(&bytes).into_owned()));
    }

    /// What is held back is no more than its bytes: an escape character is the key, or the Alt of what it stands before.
    fn give_up(&mut self, found: &mut Vec<TerminalInput>) {
        self.parted = false;
        let held = std::mem::take(&mut self.held);
        let mut rest = held.as_slice();
        let mut keys = Vec::new();
        while let [ESCAPE, after @ ..] = rest {
            match after {
                // It came faster than by hand, and means nothing without its end.
                [b'[' | b'O', _, ..] => rest = &[],
                [second, after @ ..] if second.is_ascii() && *second != ESCAPE => {
                    keys.extend(plain_key(*second).map(with_alt));
                    rest = after;
                }
                _ => {
                    keys.push(KeyCode::Esc.into());
                    rest = after;
                }
            }
        }
        // A part of a letter.
        let typed = String::from_utf8_lossy(rest).into_owned();
        let letters = typed.chars().map(|c| u8::try_from(c).ok().and_then(plain_key).unwrap_or_else(|| letter(c)));
        found.extend(keys.into_iter().chain(letters).map(TerminalInput::Key));
    }
}

#[cfg(test)]
mod tests;
