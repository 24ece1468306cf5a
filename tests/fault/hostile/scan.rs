//! Looking at what reaches a terminal, byte by byte.

use super::text::MARK;

/// What a terminal may be told by the program itself: how a sequence that begins with `ESC [` ends.
const FINALS: &[u8] = b"ABCDEFGHJKLMPSTXdfghlmnpqrstu@";

/// The first thing in printed lines that no terminal should get; none: they are harmless.
pub fn lines(text: &str) -> Option<String> {
    let found = text.char_indices().find(|(_, c)| (c.is_control() && *c != '\n') || is_hidden(*c));
    found.map(|(at, c)| format!("{c:?} at byte {at}, after {:?}", before(text.as_bytes(), at)))
}

/// The same for what a full-screen program writes: its own sequences are allowed, and nothing else that steers.
pub fn screen(raw: &[u8]) -> Option<String> {
    let mut at = 0;
    let mut plain: Vec<u8> = Vec::new();
    while let Some(byte) = raw.get(at) {
        match byte {
            0x1b => match sequence(&raw[at..]) {
                Some(length) => at += length,
                None => {
                    let shown = String::from_utf8_lossy(&raw[at..raw.len().min(at + 24)]).into_owned();
                    return Some(format!("a sequence that is not the program's: {shown:?}"));
                }
            },
            b'\r' | b'\n' | 0x08 => at += 1,
            byte if byte.is_ascii_control() => return Some(format!("{byte:#x} after {:?}", before(raw, at))),
            byte => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    lines(&String::from_utf8_lossy(&plain))
}

/// The length of the program's own sequence at the beginning of `raw`; none: it is not one.
fn sequence(raw: &[u8]) -> Option<usize> {
    match raw.get(1)? {
        b'[' => {
            let end = raw[2..].iter().position(|byte| (0x40..0x7f).contains(byte))? + 2;
            let parameters = &raw[2..end];
            let is_right = parameters.iter().all(|byte| (0x20..0x40).contains(byte)) && FINALS.contains(&raw[end]);
            let is_ours = !parameters.windows(MARK.len()).any(|window| window == MARK.as_bytes());
            (is_right && is_ours).then_some(end + 1)
        }
        b']' => {
            let end = raw[2..].iter().position(|byte| matches!(byte, 0x07 | 0x1b))? + 2;
            let content = std::str::from_utf8(&raw[2..end]).ok()?;
            // A title, already made showable; a question for a colour; the clipboard only when somebody copies.
            let is_right = lines(content).is_none() && !content.starts_with("52;");
            is_right.then_some(end + if raw[end] == 0x07 { 1 } else { 2 })
        }
        b'7' | b'8' | b'=' | b'>' => Some(2),
        b'(' if raw.get(2) == Some(&b'B') => Some(3),
        b'P' if raw.get(2) == Some(&b'+') || raw.get(2) == Some(&b'$') => {
            // A question to the terminal.
            raw.windows(2).position(|window| window == b"\x1b\\").map(|end| end + 2)
        }
        _ => None,
    }
}

/// Characters that reorder what stands around them, or that show nothing and change what others mean.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{200b}'
        | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn before(raw: &[u8], at: usize) -> String {
    String::from_utf8_lossy(&raw[at.saturating_sub(40)..at]).into_owned()
}
