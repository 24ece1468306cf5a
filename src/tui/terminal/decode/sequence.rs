//! What the bytes at the front are: a key, a report of the terminal, the beginning of a string or of a paste. Pure.
//!
//! The forms are those of ECMA-48 and xterm's “Control Sequences”; each C1 control stands for escape and a letter.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::tui::terminal::decoded::TerminalInput;
use crate::tui::terminal::key_code::{application_key, control_sequence, plain_key};

pub(super) const ESCAPE: u8 = 0x1b;
pub(super) const BELL: u8 = 0x07;

/// How a marked paste begins and ends.
const PASTE: &[u8] = b"\x1b[200~";
pub(super) const PASTE_END: &[u8] = b"\x1b[201~";

/// No sequence that means anything is longer. A guess: the longest that xterm documents has about 60 bytes.
const LONGEST_SEQUENCE: usize = 256;

/// What the bytes held back are.
#[derive(Debug, PartialEq)]
pub(super) enum SequenceVerdict {
    /// Not certain yet.
    More,
    Is(TerminalInput),
    /// Complete, and no key: a report that nobody here asked for.
    Nothing,
    PasteBegins,
    /// The end of a paste, and no paste is open: a paste that held this mark itself has ended before.
    PasteEnds,
    /// A string that goes on until its terminator; everything behind the first two bytes belongs to it.
    StringBegins,
    /// The first so many bytes stand for themselves, as this key; what follows begins again.
    Broken(usize, Option<KeyEvent>),
}

/// Returns what `held` is, as far as it goes.
pub(super) fn verdict(held: &[u8]) -> SequenceVerdict {
    match held {
        [] | [ESCAPE] | [ESCAPE, ESCAPE] => SequenceVerdict::More,
        // Option with an arrow in macOS Terminal and in rxvt is escape before the arrow's own sequence.
        [ESCAPE, ESCAPE, b'[' | b'O', ..] => match verdict(&held[1..]) {
            SequenceVerdict::More => SequenceVerdict::More,
            SequenceVerdict::Is(TerminalInput::Key(key)) => SequenceVerdict::Is(TerminalInput::Key(with_alt(key))),
            _ => SequenceVerdict::Broken(1, Some(KeyCode::Esc.into())),
        },
        [ESCAPE, ESCAPE, ..] => SequenceVerdict::Broken(1, Some(KeyCode::Esc.into())),
        [ESCAPE, b'[', body @ ..] => sequence(held, body),
        [ESCAPE, b'O', body @ ..] => application(held, body),
        [ESCAPE, introducer, body @ ..] if begins_string(*introducer) => match body {
            [] | [ESCAPE] => SequenceVerdict::More,
            [BELL] | [ESCAPE, b'\\'] => SequenceVerdict::Nothing,
            // No terminal answers so: Alt and the letter were pressed.
            [ESCAPE, ..] => SequenceVerdict::Broken(2, plain_key(*introducer).map(with_alt)),
            _ => SequenceVerdict::StringBegins,
        },
        [ESCAPE, rest @ ..] => match character(rest) {
            SequenceVerdict::Is(TerminalInput::Key(key)) => SequenceVerdict::Is(TerminalInput::Key(with_alt(key))),
            SequenceVerdict::Broken(..) => SequenceVerdict::Broken(1, Some(KeyCode::Esc.into())),
            other => other,
        },
        _ => character(held),
    }
}

/// Whether escape and `byte` begin a string: DCS, SOS, OSC, PM, APC.
pub(super) fn begins_string(byte: u8) -> bool {
    matches!(byte, b'P' | b'X' | b']' | b'^' | b'_')
}

/// Whether escape and `byte` begin something of more bytes.
pub(super) fn begins_more(byte: u8) -> bool {
    matches!(byte, b'[' | b'O') || begins_string(byte)
}

/// Returns the byte that stands behind an escape character for the C1 control in `held`, which is its UTF-8.
pub(super) fn of_c1(held: &[u8]) -> Option<u8> {
    match held {
        [0xc2, control @ 0x80..=0x9f] => Some(control - 0x40),
        _ => None,
    }
}

/// A control sequence: parameters, then a letter that says what it is.
fn sequence(held: &[u8], body: &[u8]) -> SequenceVerdict {
    match body {
        // Reports of the mouse in the encodings that say the place without digits. A program before may have left it on.
        [b'M', place @ ..] => mouse(held, place, 3),
        [b't', place @ ..] => mouse(held, place, 2),
        [b'T', place @ ..] => mouse(held, place, 6),
        // Linux's console names its first function keys so.
        [b'['] => SequenceVerdict::More,
        [b'[', last] => {
            plain_function(*last).map_or(SequenceVerdict::Nothing, |key| SequenceVerdict::Is(TerminalInput::Key(key)))
        }
        _ if held == PASTE => SequenceVerdict::PasteBegins,
        _ if held == PASTE_END => SequenceVerdict::PasteEnds,
        _ => finished(held, body, control_sequence),
    }
}

/// The same behind escape and `O`: the keypad and the cursor keys in their application modes.
fn application(held: &[u8], body: &[u8]) -> SequenceVerdict {
    finished(held, body, application_key)
}

/// Parameters and intermediate bytes, then the byte that ends the sequence, of which `meaning` knows the key.
fn finished(held: &[u8], body: &[u8], meaning: fn(&[u8], u8) -> Option<TerminalInput>) -> SequenceVerdict {
    match body {
        [] => SequenceVerdict::More,
        [.., 0x20..=0x3f] if held.len() < LONGEST_SEQUENCE => SequenceVerdict::More,
        [parameters @ .., last @ 0x40..=0x7e] => {
            meaning(parameters, *last).map_or(SequenceVerdict::Nothing, SequenceVerdict::Is)
        }
        // Something else came in between: the sequence is broken off, and that begins again.
        _ => SequenceVerdict::Broken(held.len() - 1, None),
    }
}

/// A report of the mouse that has `count` characters at its end, of one byte each or, where the terminal counts far, in UTF-8.
fn mouse(held: &[u8], place: &[u8], count: usize) -> SequenceVerdict {
    let mut characters = 0;
    let mut rest = place;
    while characters < count {
        rest = match rest {
            [] => return SequenceVerdict::More,
            [0xc2..=0xdf] => return SequenceVerdict::More,
            [0xc2..=0xdf, 0x80..=0xbf, rest @ ..] => rest,
            // No place has so small a number.
            [0..=0x1f, ..] => return SequenceVerdict::Broken(held.len() - rest.len(), None),
            [_, rest @ ..] => rest,
        };
        characters += 1;
    }
    if rest.is_empty() { SequenceVerdict::Nothing } else { SequenceVerdict::Broken(held.len() - rest.len(), None) }
}

fn plain_function(last: u8) -> Option<KeyEvent> {
    (b'A'..=b'E').contains(&last).then(|| KeyCode::F(1 + last - b'A').into())
}

/// A character, of one byte or more; what is no UTF-8 is shown as such.
fn character(bytes: &[u8]) -> SequenceVerdict {
    if let [byte] = bytes
        && byte.is_ascii()
    {
        return plain_key(*byte).map_or(SequenceVerdict::Nothing, |key| SequenceVerdict::Is(TerminalInput::Key(key)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            text.chars().next().map_or(SequenceVerdict::Nothing, |c| SequenceVerdict::Is(TerminalInput::Key(letter(c))))
        }
        Err(fault) => match fault.error_len() {
            None => SequenceVerdict::More,
            Some(count) => SequenceVerdict::Broken(count, Some(letter(char::REPLACEMENT_CHARACTER))),
        },
    }
}

/// The key that types `c`.
pub fn letter(c: char) -> KeyEvent {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(c), shift)
}

/// `key` with Alt held.
pub(super) fn with_alt(mut key: KeyEvent) -> KeyEvent {
    key.modifiers |= KeyModifiers::ALT;
    key
}
