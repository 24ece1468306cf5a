//! Which key a byte or a control sequence of the terminal stands for: xterm's codes, which all of today's terminals send.

use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};

/// The key that sends the single byte `byte`; none for what is no ASCII.
pub(super) fn plain_key(byte: u8) -> Option<KeyEvent> {
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

/// What a control sequence with `parameters` says that ends in `last`; none: nothing to us.
pub(super) fn control_sequence(parameters: &[u8], last: u8) -> Option<Input> {
    let parameters = std::str::from_utf8(parameters).ok()?;
    let mut numbers = parameters.split(';');
    let first = numbers.next().unwrap_or_default();
    let second = numbers.next().unwrap_or_default();
    let is_bare = parameters.is_empty();
    let code = match last {
        b'I' if is_bare => return Some(Input::FocusGained),
        b'O' if is_bare => return Some(Input::FocusLost),
        b'Z' => return Some(Input::Key(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT))),
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        // The keypad's Enter, in its application mode.
        b'M' if is_bare => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(1 + last - b'P'),
        b'u' => of_code_point(first)?,
        // “Modify other keys”: the code point stands third.
        b'~' if first == "27" => of_code_point(numbers.next()?)?,
        b'~' => numbered(first.parse().ok()?)?,
        _ => return None,
    };
    if !is_bare && !parameters.starts_with(|c: char| c.is_ascii_digit()) {
        // An answer, or a key of a protocol that was not asked for.
        return None;
    }
    let (mask, kind) = second.split_once(':').unwrap_or((second, "1"));
    if kind == "3" {
        // It was let go.
        return None;
    }
    let modifiers = modifiers(mask);
    let code = if code == KeyCode::Tab && modifiers.contains(KeyModifiers::SHIFT) { KeyCode::BackTab } else { code };
    Some(Input::Key(KeyEvent::new(code, modifiers)))
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

/// One more than the sum of the modifiers that were held: Shift 1, Alt 2, Ctrl 4.
fn modifiers(mask: &str) -> KeyModifiers {
    let held = mask.parse::<u8>().unwrap_or(1).saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        if held & bit != 0 {
            modifiers |= modifier;
        }
    }
    modifiers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Input> {
        Some(Input::Key(KeyEvent::new(code, modifiers)))
    }

    #[test]
    fn keys_have_their_names_and_modifiers() {
        let none = KeyModifiers::NONE;
        for (sequence, expected) in [
            ("A", key(KeyCode::Up, none)),
            ("1;5A", key(KeyCode::Up, KeyModifiers::CONTROL)),
            ("1;2H", key(KeyCode::Home, KeyModifiers::SHIFT)),
            ("3;3~", key(KeyCode::Delete, KeyModifiers::ALT)),
            ("15~", key(KeyCode::F(5), none)),
            ("24~", key(KeyCode::F(12), none)),
            ("P", key(KeyCode::F(1), none)),
            ("Z", key(KeyCode::BackTab, KeyModifiers::SHIFT)),
            ("13;2u", key(KeyCode::Enter, KeyModifiers::SHIFT)),
            ("97;5u", key(KeyCode::Char('a'), KeyModifiers::CONTROL)),
            ("27;5;13~", key(KeyCode::Enter, KeyModifiers::CONTROL)),
            ("9;2u", key(KeyCode::BackTab, KeyModifiers::SHIFT)),
            ("97;1:3u", None),
            ("57358u", None),
            ("I", Some(Input::FocusGained)),
            ("O", Some(Input::FocusLost)),
            ("?1;2c", None),
            ("<0;3;4M", None),
            ("99~", None),
        ] {
            let (parameters, last) = sequence.as_bytes().split_at(sequence.len() - 1);
            assert_eq!(control_sequence(parameters, last[0]), expected, "{sequence}");
        }
    }

    #[test]
    fn every_byte_of_ascii_is_a_key() {
        assert!((0..128).all(|byte| plain_key(byte).is_some()));
        assert_eq!(plain_key(0x03), Some(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)));
        assert_eq!(plain_key(128), None);
    }
}
