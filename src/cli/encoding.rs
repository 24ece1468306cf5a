//! The encoding of what is piped in. Windows tools write UTF-16 and byte order marks where others write UTF-8.
//!
//! Own code, because the encodings that a crate would add are those that nobody pipes: this needs no tables.

use std::borrow::Cow;

/// What U+FFFD looks like in UTF-8.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// How many bytes at the beginning tell the encoding: the longest mark, or two characters of UTF-16.
const TELLING: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16(Order),
    Utf32(Order),
}

/// Which byte of a unit comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

/// Makes UTF-8 of a stream in UTF-8, UTF-16 or UTF-32, without its byte order mark. What is UTF-8 already passes as it is,
/// sound or not; in the other encodings U+FFFD stands for what is no character.
#[derive(Debug, Default)]
pub struct TextDecoder {
    /// None until enough was read to tell.
    encoding: Option<Encoding>,
    /// What was read and cannot be decoded before more is.
    held: Vec<u8>,
}

impl TextDecoder {
    /// Returns as much of the text as `bytes` complete.
    pub fn feed<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        if self.encoding == Some(Encoding::Utf8) {
            return Cow::Borrowed(bytes);
        }
        self.held.extend_from_slice(bytes);
        let Some(encoding) = self.encoding.or_else(|| self.tell(false)) else { return Cow::Borrowed(&[]) };
        Cow::Owned(self.decode(encoding))
    }

    /// Returns what is left when nothing more comes.
    pub fn finish(mut self) -> Vec<u8> {
        let Some(encoding) = self.encoding.or_else(|| self.tell(true)) else { return Vec::new() };
        let mut text = self.decode(encoding);
        if !self.held.is_empty() {
            text.extend_from_slice(REPLACEMENT);
        }
        text
    }

    /// Tells the encoding by what is held, and drops the mark. Returns `None` if more has to be read first, unless that `is_all`.
    fn tell(&mut self, is_all: bool) -> Option<Encoding> {
        let (encoding, mark) = tell(&self.held, is_all)?;
        self.held.drain(..mark);
        self.encoding = Some(encoding);
        Some(encoding)
    }

    fn decode(&mut self, encoding: Encoding) -> Vec<u8> {
        match encoding {
            Encoding::Utf8 => std::mem::take(&mut self.held),
            Encoding::Utf16(order) => {
                let mut units: Vec<u16> = self.held.as_chunks().0.iter().map(|unit| order.u16(*unit)).collect();
                // The second half of a pair is still to come.
                if units.last().is_some_and(|unit| (0xD800..0xDC00).contains(unit)) {
                    units.pop();
                }
                self.held.drain(..2 * units.len());
                let characters = char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER));
                characters.collect::<String>().into_bytes()
            }
            Encoding::Utf32(order) => {
                let (units, _) = self.held.as_chunks();
                let character = |unit| char::from_u32(order.u32(unit)).unwrap_or(char::REPLACEMENT_CHARACTER);
                let text: String = units.iter().copied().map(character).collect();
                self.held.drain(..self.held.len() / 4 * 4);
                text.into_bytes()
            }
        }
    }
}

impl Order {
    fn u16(self, unit: [u8; 2]) -> u16 {
        match self {
            Order::Little => u16::from_le_bytes(unit),
            Order::Big => u16::from_be_bytes(unit),
        }
    }

    fn u32(self, unit: [u8; 4]) -> u32 {
        match self {
            Order::Little => u32::from_le_bytes(unit),
            Order::Big => u32::from_be_bytes(unit),
        }
    }
}

/// Tells the encoding of a stream that begins with `bytes`, and the length of its mark. A stream without a mark is UTF-16 or
/// UTF-32 when its first characters are ASCII with zero bytes where those encodings have them.
fn tell(bytes: &[u8], is_all: bool) -> Option<(Encoding, usize)> {
    let is_text = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let may_be_marked = matches!(bytes, [] | [0 | 0xEF | 0xFE | 0xFF, ..]);
    let may_be_wide = matches!(bytes, [_] | [_, 0, ..]);
    if bytes.len() < TELLING && !is_all && (may_be_marked || may_be_wide) {
        return None;
    }
    Some(match *bytes {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding::Utf32(Order::Little), 4),
        [0, 0, 0xFE, 0xFF, ..] => (Encoding::Utf32(Order::Big), 4),
        [0xFF, 0xFE, ..] => (Encoding::Utf16(Order::Little), 2),
        [0xFE, 0xFF, ..] => (Encoding::Utf16(Order::Big), 2),
        [a, 0, 0, 0, ..] if is_text(a) => (Encoding::Utf32(Order::Little), 0),
        [0, 0, 0, a, ..] if is_text(a) => (Encoding::Utf32(Order::Big), 0),
        [a, 0, b, 0, ..] if is_text(a) && is_text(b) => (Encoding::Utf16(Order::Little), 0),
        [0, a, 0, b, ..] if is_text(a) && is_text(b) => (Encoding::Utf16(Order::Big), 0),
        _ => (Encoding::Utf8, 0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], at_once: usize) -> Vec<u8> {
        let mut decoder = TextDecoder::default();
        let mut text: Vec<u8> = bytes.chunks(at_once).flat_map(|chunk| decoder.feed(chunk).into_owned()).collect();
        text.extend(decoder.finish());
        text
    }

    fn encodings(text: &str) -> Vec<Vec<u8>> {
        let units: Vec<u16> = text.encode_utf16().collect();
        vec![
            text.bytes().collect(),
            units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
            units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
            text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
            text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
        ]
    }

    #[test]
    fn every_encoding_is_told_by_its_mark_or_without_one() {
        for text in ["{\"å\": \"𝄞 →\"}\r\n", "a\n", "\r\n", "14:05 Ärendet är löst"] {
            for bytes in encodings(text).into_iter().chain(encodings(&format!("\u{feff}{text}"))) {
                for at_once in [1, 2, 3, 5, 1000] {
                    assert_eq!(decoded(&bytes, at_once), text.as_bytes(), "{bytes:x?} in pieces of {at_once}");
                }
            }
        }
    }

    #[test]
    fn what_is_utf8_already_passes_as_it_is() {
        let cases: [&[u8]; 8] =
            [b"", b"x", b"\0", b"\0\x1b[31m\n", b"\xff", b"\xc3", b"\xff\xfb binary", "ö\0\0".as_bytes()];
        for bytes in cases {
            for at_once in [1, 1000] {
                assert_eq!(decoded(bytes, at_once), bytes, "{bytes:x?}");
            }
        }
    }

    #[test]
    fn a_line_is_not_kept_waiting_for_what_comes_after_it() {
        for text in ["a\n", "å\n", "{}\n", "→\n"] {
            assert_eq!(*TextDecoder::default().feed(text.as_bytes()), *text.as_bytes());
        }
    }

    #[test]
    fn what_is_no_character_is_replaced() {
        let bytes = |units: &[u16]| units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>();
        let mut cut = bytes(&[0xFEFF, 0x61, 0xD834]);
        assert_eq!(decoded(&cut, 1), "a\u{fffd}".as_bytes(), "half a pair at the end");
        cut.push(0x62);
        assert_eq!(decoded(&cut, 1), "a\u{fffd}".as_bytes(), "and half a unit");
        assert_eq!(decoded(&bytes(&[0xFEFF, 0xDD1E, 0x61]), 1), "\u{fffd}a".as_bytes());
        let wide: Vec<u8> = [0xFEFF, 0x0011_0000, 0x61].iter().flat_map(|unit: &u32| unit.to_be_bytes()).collect();
        assert_eq!(decoded(&wide, 3), "\u{fffd}a".as_bytes());
    }
}
