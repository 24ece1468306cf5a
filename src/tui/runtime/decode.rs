//! Bytes from the terminal become keys, pastes and answers, however they are cut into reads. Pure but for the moments it is told.
//!
//! Our own, for two things that crossterm's reader cannot do: it waits without end, deaf to every key, for the end of a paste
//! that never comes, and it takes an escape sequence that arrives in two reads for a key and letters.

use std::time::{Duration, Instant};

use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};

use super::background::{self, Heard};
use super::key_code::{control_sequence, plain_key};
use crate::config::theme::Background;

const ESCAPE: u8 = 0x1b;
const CTRL_C: u8 = 0x03;

/// How a marked paste begins and ends.
const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// An escape character that nothing follows for so long is the Escape key.
const ESCAPE_ALONE: Duration = Duration::from_millis(25);

/// What nobody types by hand, a sequence or a part of a letter, may come in pieces so far apart; then it is given up.
const PIECES: Duration = Duration::from_millis(500);

/// A paste that does not go on for so long is told to the person, who may end it.
const PASTE_STALLS: Duration = Duration::from_secs(1);

/// Escape or Ctrl-C alone, so long after the rest of a paste, was pressed by a hand.
const HAND: Duration = Duration::from_millis(200);

/// No sequence that means anything is longer.
const LONGEST_SEQUENCE: usize = 256;

/// What was made out.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    Input(Input),
    /// What the terminal says of its background.
    Background(Background),
    /// A paste has no end yet: so many letters of it are here, and Escape ends it.
    PasteStalls {
        letters: usize,
    },
}

/// What the bytes held back are.
#[derive(Debug, PartialEq)]
enum Verdict {
    /// Not certain yet.
    More,
    Is(Input),
    Answer(Background),
    /// Complete, and nothing to us.
    Nothing,
    PasteBegins,
    /// The first so many bytes stand for themselves, as this; what follows begins anew.
    Broken(usize, Option<KeyEvent>),
}

/// Makes out what is typed.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// When the terminal was asked for its background; none: not, or it has answered.
    asked: Option<Instant>,
    /// The beginning of something that is not certain yet.
    held: Vec<u8>,
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
    /// `asked`: when the terminal was asked for its background.
    pub(super) fn new(asked: Option<Instant>) -> Self {
        Decoder { asked, ..Decoder::default() }
    }

    /// Takes in what one read gave `at` that moment.
    pub(super) fn read(&mut self, bytes: &[u8], at: Instant) -> Vec<Found> {
        let rested = self.last.replace(at).is_none_or(|last| at.duration_since(last) >= HAND);
        let mut found = Vec::new();
        if let Some(paste) = self.paste.as_mut() {
            paste.told = false;
            paste.parting = rested && bytes == [ESCAPE];
            if rested && bytes == [CTRL_C] {
                self.end_paste(&mut found);
                return found;
            }
        }
        for byte in bytes {
            self.take(*byte, at, &mut found);
        }
        found
    }

    /// How long to wait for what may follow before [`Decoder::rest`] is called; none: for ever.
    pub(super) fn patience(&self) -> Option<Duration> {
        match &self.paste {
            Some(paste) if paste.parting => Some(ESCAPE_ALONE),
            Some(paste) => (!paste.told).then_some(PASTE_STALLS),
            None => match self.held.as_slice() {
                [] => None,
                [ESCAPE] | [ESCAPE, b'[' | b'O'] => Some(ESCAPE_ALONE),
                _ => Some(PIECES),
            },
        }
    }

    /// Nothing followed within [`Decoder::patience`].
    pub(super) fn rest(&mut self) -> Vec<Found> {
        let mut found = Vec::new();
        match self.paste.as_mut() {
            Some(paste) if paste.parting => {
                paste.bytes.pop();
                self.end_paste(&mut found);
            }
            Some(paste) => {
                paste.told = true;
                found.push(Found::PasteStalls { letters: String::from_utf8_lossy(&paste.bytes).chars().count() });
            }
            None => self.give_up(&mut found),
        }
        found
    }

    /// Nothing will ever follow.
    pub(super) fn end(&mut self) -> Vec<Found> {
        let mut found = Vec::new();
        self.end_paste(&mut found);
        self.give_up(&mut found);
        found
    }

    fn take(&mut self, byte: u8, at: Instant, found: &mut Vec<Found>) {
        if let Some(paste) = self.paste.as_mut() {
            paste.bytes.push(byte);
            if paste.bytes.ends_with(PASTE_END) {
                self.end_paste(found);
            }
            return;
        }
        self.held.push(byte);
        let awaits = self.asked.is_some_and(|asked| at.duration_since(asked) < background::LATE);
        match verdict(&self.held, awaits) {
            Verdict::More => return,
            Verdict::Is(input) => found.push(Found::Input(input)),
            Verdict::Answer(background) => {
                self.asked = None;
                found.push(Found::Background(background));
            }
            Verdict::Nothing => {}
            Verdict::PasteBegins => self.paste = Some(Paste::default()),
            Verdict::Broken(count, key) => {
                let rest = std::mem::take(&mut self.held).split_off(count);
                found.extend(key.map(|key| Found::Input(Input::Key(key))));
                for byte in rest {
                    self.take(byte, at, found);
                }
                return;
            }
        }
        self.held.clear();
    }

    fn end_paste(&mut self, found: &mut Vec<Found>) {
        let Some(Paste { mut bytes, .. }) = self.paste.take() else { return };
        // The mark of its end, or as much of it as came.
        let mark = (1..=PASTE_END.len()).rev().find(|count| bytes.ends_with(&PASTE_END[..*count]));
        bytes.truncate(bytes.len() - mark.unwrap_or(0));
        found.push(Found::Input(Input::Paste(String::from_utf8_lossy(&bytes).into_owned())));
    }

    /// What is held back is no more than its bytes: an escape character is the key, or the Alt of what it stands before.
    fn give_up(&mut self, found: &mut Vec<Found>) {
        let held = std::mem::take(&mut self.held);
        let (alone, rest) = match held.as_slice() {
            [] => return,
            [ESCAPE] => (Some(KeyEvent::from(KeyCode::Esc)), &[][..]),
            // It came faster than by hand, and means nothing without its end.
            [ESCAPE, b'[', _, ..] => return,
            [ESCAPE, second, rest @ ..] if second.is_ascii() => (plain_key(*second).map(with_alt), rest),
            [ESCAPE, rest @ ..] => (Some(KeyEvent::from(KeyCode::Esc)), rest),
            rest => (None, rest),
        };
        let typed = String::from_utf8_lossy(rest).into_owned();
        let letters = typed.chars().map(|c| u8::try_from(c).ok().and_then(plain_key).unwrap_or_else(|| letter(c)));
        found.extend(alone.into_iter().chain(letters).map(|key| Found::Input(Input::Key(key))));
    }
}

/// What `held` is, as far as it goes. `awaits`: the terminal was asked something that it has not answered.
fn verdict(held: &[u8], awaits: bool) -> Verdict {
    match held {
        [] => Verdict::More,
        [ESCAPE] | [ESCAPE, b'[' | b'O'] => Verdict::More,
        [ESCAPE, ESCAPE, ..] => Verdict::Broken(1, Some(KeyCode::Esc.into())),
        [ESCAPE, b']', body @ ..] if awaits => match background::hear(body) {
            Heard::Part => Verdict::More,
            Heard::Answer(background) => Verdict::Answer(background),
            Heard::Other => Verdict::Broken(2, plain_key(b']').map(with_alt)),
        },
        [ESCAPE, b'O', last] => match control_sequence(b"", *last) {
            Some(input) => Verdict::Is(input),
            None => Verdict::Broken(2, plain_key(b'O').map(with_alt)),
        },
        [ESCAPE, b'[', body @ ..] => sequence(held, body),
        [ESCAPE, rest @ ..] => match character(rest) {
            Verdict::Is(Input::Key(key)) => Verdict::Is(Input::Key(with_alt(key))),
            Verdict::Broken(..) => Verdict::Broken(1, Some(KeyCode::Esc.into())),
            other => other,
        },
        _ => character(held),
    }
}

/// A control sequence: parameters, then a letter that says what it is.
fn sequence(held: &[u8], body: &[u8]) -> Verdict {
    match body {
        // A program before us may have left the mouse on: three bytes say where it is.
        [b'M', place @ ..] if place.len() < 3 => Verdict::More,
        [b'M', ..] => Verdict::Nothing,
        // Linux's console names its first function keys so.
        [b'['] => Verdict::More,
        [b'[', last] => plain_function(*last).map_or(Verdict::Nothing, |key| Verdict::Is(Input::Key(key))),
        _ if held == PASTE => Verdict::PasteBegins,
        [.., 0x20..=0x3f] if held.len() < LONGEST_SEQUENCE => Verdict::More,
        [parameters @ .., last @ 0x40..=0x7e] => {
            control_sequence(parameters, *last).map_or(Verdict::Nothing, Verdict::Is)
        }
        // Something else came in between: the sequence is broken off, and that begins anew.
        _ => Verdict::Broken(held.len() - 1, None),
    }
}

fn plain_function(last: u8) -> Option<KeyEvent> {
    (b'A'..=b'E').contains(&last).then(|| KeyCode::F(1 + last - b'A').into())
}

/// A character, of one byte or more; what is no UTF-8 is shown as such.
fn character(bytes: &[u8]) -> Verdict {
    if let [byte] = bytes
        && byte.is_ascii()
    {
        return plain_key(*byte).map_or(Verdict::Nothing, |key| Verdict::Is(Input::Key(key)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().next().map_or(Verdict::Nothing, |c| Verdict::Is(Input::Key(letter(c)))),
        Err(fault) => match fault.error_len() {
            None => Verdict::More,
            Some(count) => Verdict::Broken(count, Some(letter(char::REPLACEMENT_CHARACTER))),
        },
    }
}

fn letter(c: char) -> KeyEvent {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(c), shift)
}

fn with_alt(mut key: KeyEvent) -> KeyEvent {
    key.modifiers |= KeyModifiers::ALT;
    key
}

#[cfg(test)]
mod tests;
