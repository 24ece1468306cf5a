//! Which key a byte or a control sequence of the terminal stands for: xterm's codes, which all of today's terminals send.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::tui::terminal::decoded::TerminalInput;

/// The key that sends the single byte `byte`; none for what is no ASCII.
pub fn plain_key(byte: u8) -> Option<KeyEvent> {
    let ctrl = |c: u8| KeyEvent::new(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    Some(match byte {
        b'\r' => KeyCode::Enter.into(),
        b'\t' => KeyCode::Tab.into(),
        0x7f => KeyCode::Backspace.into(),
        0x1b => KeyCode::Esc.into(),
        0 => ctrl(b' '),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
        b'A'..=b'Z' => KeyEvent::new(KeyCode::Char(char::from(byte)), KeyModifiers::SHIFT),
        0x20..=0x7e => KeyCode::Char(char::from(byte)).into(),
        _ => return None,
    })
}

/// What a control sequence with `parameters` says that ends in `last`. `None` for a report, and for a key that means nothing
/// here.
pub fn control_sequence(parameters: &[u8], last: u8) -> Option<TerminalInput> {
    let parameters = std::str::from_utf8(parameters).ok()?;
    let is_bare = parameters.is_empty();
    if !is_bare && !parameters.starts_with(|c: char| c.is_ascii_digit() || c == ';') {
        // An answer, or a key of a protocol that was not asked for.
        return None;
    }
    let mut numbers = parameters.split(';');
    let first = numbers.next().unwrap_or_default();
    let second = numbers.next().unwrap_or_default();
    match last {
        b'I' if is_bare => return Some(TerminalInput::FocusGained),
        b'O' if is_bare => return Some(TerminalInput::FocusLost),
        b'Z' => return Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        b'a'..=b'd' if is_bare => return rxvt_arrow(last),
        // rxvt says the modifier with the last byte.
        b'^' => return Some(key(numbered(first.parse().ok()?)?, KeyModifiers::CONTROL)),
        b'@' => return Some(key(numbered(first.parse().ok()?)?, KeyModifiers::CONTROL | KeyModifiers::SHIFT)),
        _ => {}
    }
    let (code, modifiers) = match last {
        b'u' => (of_code_point(first)?, second),
        // “Modify other keys”: the code point stands third.
        b'~' if first == "27" => (of_code_point(numbers.next()?)?, second),
        b'~' => (numbered(first.parse().ok()?)?, second),
        // The cursor's place ends so too, and no key of this program has F3 and a modifier.
        b'R' if !is_bare => return None,
        _ => (lettered(last)?, modifiers_of_lettered(first, second)?),
    };
    pressed(code, modifiers)
}

/// What escape, `O`, `parameters` and `last` say: cursor keys, function keys and the keypad in their application modes, which
/// a program before may have left on.
pub fn application_key(parameters: &[u8], last: u8) -> Option<TerminalInput> {
    if !parameters.is_empty() {
        return control_sequence(parameters, last);
    }
    let code = match last {
        b'a'..=b'd' => return rxvt_arrow(last),
        b'M' => KeyCode::Enter,
        b'I' => KeyCode::Tab,
        b'X' => KeyCode::Char('='),
        // The keypad sends its own characters 64 higher.
        b'j'..=b'y' => KeyCode::Char(char::from(last - 64)),
        _ => lettered(last)?,
    };
    Some(key(code, KeyModifiers::NONE))
}

/// An arrow with Ctrl or Shift, as rxvt sends it. Nothing can be selected in a text here, so both move by a word.
fn rxvt_arrow(last: u8) -> Option<TerminalInput> {
    Some(key(lettered(last.to_ascii_uppercase())?, KeyModifiers::CONTROL))
}

/// The keys that a letter names.
fn lettered(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(1 + last - b'P'),
        _ => return None,
    })
}

/// Before a letter stand `1` and the modifiers, or in older terminals the modifiers alone. Anything else is a report.
fn modifiers_of_lettered<'a>(first: &'a str, second: &'a str) -> Option<&'a str> {
    match (first, second) {
        ("" | "0" | "1", modifiers) => Some(modifiers),
        (modifiers, "") => Some(modifiers),
        _ => None,
    }
}

/// The key `code`, when it was pressed and not let go. `modifiers` may say which, behind a colon.
fn pressed(code: KeyCode, modifiers: &str) -> Option<TerminalInput> {
    let (mask, kind) = modifiers.split_once(':').unwrap_or((modifiers, "1"));
    if kind == "3" {
        // It was let go.
        return None;
    }
    let modifiers = of_mask(mask);
    let code = if code == KeyCode::Tab && modifiers.contains(KeyModifiers::SHIFT) { KeyCode::BackTab } else { code };
    Some(key(code, modifiers))
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> TerminalInput {
    TerminalInput::Key(KeyEvent::new(code, modifiers))
}

fn numbered(number: u8) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number - 10),
        17..=21 => KeyCode::F(number - 11),
        23..=24 => KeyCode::F(number - 12),
        _ => return None,
    })
}

/// `104`, or `104:72` with the shifted letter behind it.
fn of_code_point(number: &str) -> Option<KeyCode> {
    let number = number.split(':').next()?.parse::<u32>().ok()?;
    Some(match char::from_u32(number)? {
        '\r' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        '\u{1b}' => KeyCode::Esc,
        '\u{7f}' | '\u{8}' => KeyCode::Backspace,
        // Keys without a character, which have their numbers in the private use area.
        '\u{e000}'..='\u{f8ff}' => return None,
        c if c.is_control() => return None,
        c => KeyCode::Char(c),
    })
}

/// One more than the sum of the modifiers that were held: Shift 1, Alt 2, Ctrl 4, and 8 for what xterm calls Meta and
/// iTerm2 sends for Option.
fn of_mask(mask: &str) -> KeyModifiers {
    let held = mask.parse::<u16>().unwrap_or(1).saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    let bits = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL), (8, KeyModifiers::ALT)];
    for (bit, modifier) in bits {
        if held & bit != 0 {
            modifiers |= modifier;
        }
    }
    modifiers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<TerminalInput> {
        Some(key(code, modifiers))
    }

    /// What stands behind escape and a bracket.
    fn read(sequence: &str) -> Option<TerminalInput> {
        let (parameters, last) = sequence.as_bytes().split_at(sequence.len() - 1);
        control_sequence(parameters, last[0])
    }

    #[test]
    fn keys_have_their_names_and_modifiers() {
        let none = KeyModifiers::NONE;
        let word = KeyModifiers::CONTROL;
        for (sequence, expected) in [
            ("A", pressed(KeyCode::Up, none)),
            ("1;5A", pressed(KeyCode::Up, KeyModifiers::CONTROL)),
            ("1;2H", pressed(KeyCode::Home, KeyModifiers::SHIFT)),
            ("1;3D", pressed(KeyCode::Left, KeyModifiers::ALT)),
            ("1;9D", pressed(KeyCode::Left, KeyModifiers::ALT)),
            ("5D", pressed(KeyCode::Left, KeyModifiers::CONTROL)),
            ("1;133D", pressed(KeyCode::Left, KeyModifiers::CONTROL)),
            ("d", pressed(KeyCode::Left, word)),
            ("c", pressed(KeyCode::Right, word)),
            ("3;3~", pressed(KeyCode::Delete, KeyModifiers::ALT)),
            ("3^", pressed(KeyCode::Delete, KeyModifiers::CONTROL)),
            ("8@", pressed(KeyCode::End, KeyModifiers::CONTROL | KeyModifiers::SHIFT)),
            ("15~", pressed(KeyCode::F(5), none)),
            ("24~", pressed(KeyCode::F(12), none)),
            ("P", pressed(KeyCode::F(1), none)),
            ("R", pressed(KeyCode::F(3), none)),
            ("1;5S", pressed(KeyCode::F(4), KeyModifiers::CONTROL)),
            ("Z", pressed(KeyCode::BackTab, KeyModifiers::SHIFT)),
            ("13;2u", pressed(KeyCode::Enter, KeyModifiers::SHIFT)),
            ("97;5u", pressed(KeyCode::Char('a'), KeyModifiers::CONTROL)),
            ("27;5;13~", pressed(KeyCode::Enter, KeyModifiers::CONTROL)),
            ("9;2u", pressed(KeyCode::BackTab, KeyModifiers::SHIFT)),
            ("I", Some(TerminalInput::FocusGained)),
            ("O", Some(TerminalInput::FocusLost)),
        ] {
            assert_eq!(read(sequence), expected, "{sequence}");
        }
    }

    /// Case 02: what nobody here asked for.
    #[test]
    fn a_report_of_the_terminal_is_no_key() {
        for (report, what) in [
            ("?1;2c", "device attributes"),
            (">41;354;0c", "secondary device attributes"),
            ("=0c", "tertiary device attributes"),
            ("0n", "status"),
            ("12;40R", "the cursor's place"),
            ("1;5R", "the cursor's place in the first row"),
            ("?12;40;1R", "the cursor's place, and its page"),
            ("?1u", "the kitty keyboard's flags"),
            ("97;1:3u", "a key that was let go"),
            ("57358u", "a key without a character"),
            ("<0;3;4M", "the mouse, SGR"),
            ("<0;3;4m", "the mouse let go, SGR"),
            ("32;10;20M", "the mouse, urxvt"),
            ("8;40;120t", "the window's size"),
            ("?2026;2$y", "a mode"),
            ("4;1$y", "an ANSI mode"),
            ("2;1;1;112;112;1;0x", "terminal parameters"),
            ("?62;1;2S", "graphics"),
            ("4;2P", "no key has these parameters"),
            ("99~", "a number without a key"),
            ("201~", "the end of a paste"),
        ] {
            assert_eq!(read(report), None, "{what}");
        }
    }

    #[test]
    fn the_application_modes_have_the_same_keys() {
        let none = KeyModifiers::NONE;
        for (parameters, last, expected) in [
            ("", b'A', pressed(KeyCode::Up, none)),
            ("", b'R', pressed(KeyCode::F(3), none)),
            ("", b'M', pressed(KeyCode::Enter, none)),
            ("", b'p', pressed(KeyCode::Char('0'), none)),
            ("", b'y', pressed(KeyCode::Char('9'), none)),
            ("", b'k', pressed(KeyCode::Char('+'), none)),
            ("", b'd', pressed(KeyCode::Left, KeyModifiers::CONTROL)),
            ("5", b'D', pressed(KeyCode::Left, KeyModifiers::CONTROL)),
            ("1;3", b'C', pressed(KeyCode::Right, KeyModifiers::ALT)),
            ("", b'z', None),
        ] {
            assert_eq!(application_key(parameters.as_bytes(), last), expected, "{parameters}{}", char::from(last));
        }
    }

    #[test]
    fn every_byte_of_ascii_is_a_key() {
        assert!((0..128).all(|byte| plain_key(byte).is_some()));
        assert_eq!(plain_key(0x03), Some(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)));
        assert_eq!(plain_key(128), None);
    }
}
