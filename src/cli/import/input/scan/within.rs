//! A piece that has begun: what has to come next in it, byte by byte.

use super::piece::{DEEPEST, FlawKind, LONGEST, Position};

/// How much memory a piece may take when it is read, in bytes; many small values take far more than their text.
const MOST_MEMORY: usize = 96 << 20;

/// The longest number, in bytes; the words of JSON are shorter.
pub(super) const LONGEST_WORD: usize = 1024;

/// About what a parsed object, list and value take, in bytes: the nodes of a B-tree are allocated for eleven entries.
const OBJECT: usize = 700;
const LIST: usize = 64;
const VALUE: usize = 100;

/// A piece that has begun.
#[derive(Debug)]
pub(super) struct Within {
    /// Where it begins in `text`; without meaning when it is too large and not kept.
    pub(super) start: usize,
    pub(super) begins: Position,
    pub(super) column: u64,
    brackets: Vec<u8>,
    next: Next,
    pub(super) token: ScanState,
    /// About how much memory it takes when it is read.
    memory: usize,
    /// Where a number stands in it that JSON does not have, as offsets from its beginning.
    pub(super) no_numbers: Vec<(usize, usize)>,
    pub(super) is_kept: bool,
}

/// What has to come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    ValueOrEnd,
    Name,
    NameOrEnd,
    Colon,
    CommaOrEnd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScanState {
    None,
    Text,
    /// Behind a backslash.
    Escape,
    /// A number, or a word such as `null`, from that place in `text` on.
    Word(usize),
}

/// What came of a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Going,
    More,
    /// The piece ends before the byte at which the scanner stands.
    Done,
    /// At the byte at which the scanner stands.
    Flaw(FlawKind),
}

impl Within {
    /// A piece that begins at `start` in the text.
    pub(super) fn new(start: usize, begins: Position, column: u64) -> Self {
        Within {
            start,
            begins,
            column,
            brackets: Vec::new(),
            next: Next::Value,
            token: ScanState::None,
            memory: 0,
            no_numbers: Vec::new(),
            is_kept: true,
        }
    }

    /// Takes the byte at `at` in the text, outside of texts and words. A line feed also ends a line: the caller counts those.
    pub(super) fn mark(&mut self, byte: u8, at: usize) -> Step {
        match (self.next, byte) {
            (_, b' ' | b'\t' | b'\r' | b'\n') => Step::Going,
            (Next::Value | Next::ValueOrEnd | Next::Name | Next::NameOrEnd, b'"') => {
                self.token = ScanState::Text;
                Step::Going
            }
            (Next::Value | Next::ValueOrEnd, b'{') => self.open(byte, Next::NameOrEnd, OBJECT),
            (Next::Value | Next::ValueOrEnd, b'[') => self.open(byte, Next::ValueOrEnd, LIST),
            (Next::Value | Next::ValueOrEnd, byte) if is_of_word(byte) => {
                self.token = ScanState::Word(at);
                Step::Going
            }
            (Next::ValueOrEnd, b']') | (Next::NameOrEnd, b'}') => self.close(),
            (Next::Value | Next::ValueOrEnd, _) => Step::Flaw(FlawKind::NoValue),
            (Next::Name | Next::NameOrEnd, _) => Step::Flaw(FlawKind::NoName),
            (Next::Colon, b':') => {
                self.next = Next::Value;
                Step::Going
            }
            (Next::Colon, _) => Step::Flaw(FlawKind::NoColon),
            (Next::CommaOrEnd, b',') => {
                self.memory += VALUE;
                self.next = if self.brackets.last() == Some(&b'{') { Next::Name } else { Next::Value };
                Step::Going
            }
            (Next::CommaOrEnd, b'}') if self.brackets.last() == Some(&b'{') => self.close(),
            (Next::CommaOrEnd, b']') if self.brackets.last() == Some(&b'[') => self.close(),
            (Next::CommaOrEnd, _) => Step::Flaw(FlawKind::NoComma),
        }
    }

    /// Whether it is too large to be kept when it goes on to `at` in the text.
    pub(super) fn is_too_large(&self, at: usize) -> bool {
        at - self.start > LONGEST || self.memory > MOST_MEMORY
    }

    /// Whether every bracket that it opened is closed.
    pub(super) fn is_outside_brackets(&self) -> bool {
        self.brackets.is_empty()
    }

    fn open(&mut self, bracket: u8, next: Next, memory: usize) -> Step {
        if self.brackets.len() == DEEPEST {
            return Step::Flaw(FlawKind::TooDeep);
        }
        self.brackets.push(bracket);
        self.next = next;
        self.memory += memory;
        Step::Going
    }

    fn close(&mut self) -> Step {
        self.brackets.pop();
        self.after_value()
    }

    pub(super) fn after_text(&mut self) -> Step {
        match self.next {
            Next::Name | Next::NameOrEnd => {
                self.next = Next::Colon;
                Step::Going
            }
            _ => self.after_value(),
        }
    }

    pub(super) fn after_value(&mut self) -> Step {
        self.next = Next::CommaOrEnd;
        if self.brackets.is_empty() { Step::Done } else { Step::Going }
    }
}

pub(super) fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_')
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A number, as far as it looks like one, or a word that JSON has.
    Value,
    /// A number that JSON does not have.
    NoNumber,
    /// None of them, although the first bytes could begin one.
    Unknown { sound: usize },
}

/// Whether it is a number for which the parser has no place: `1e999`.
fn is_beyond_numbers(word: &[u8]) -> bool {
    /// The digits of the largest number there is.
    const LARGEST: usize = 309;
    let may_be = word.len() >= LARGEST || word.iter().any(|byte| matches!(byte, b'e' | b'E'));
    let begins_one = matches!(word, [b'0'..=b'9', ..] | [b'-', b'0'..=b'9', ..]);
    may_be && begins_one && str::from_utf8(word).ok().and_then(|word| word.parse().ok()).is_some_and(f64::is_infinite)
}

pub(super) fn read_word(word: &[u8]) -> Word {
    const LITERALS: [&[u8]; 3] = [b"true", b"false", b"null"];
    let unsigned = word.strip_prefix(b"-").or_else(|| word.strip_prefix(b"+")).unwrap_or(word);
    if ["nan", "inf", "infinity"].iter().any(|name| unsigned.eq_ignore_ascii_case(name.as_bytes())) {
        return Word::NoNumber;
    }
    if is_beyond_numbers(word) {
        return Word::NoNumber;
    }
    if LITERALS.contains(&word) || matches!(word, [b'0'..=b'9', ..] | [b'-', b'0'..=b'9', ..]) {
        return Word::Value;
    }
    let common = |literal: &&[u8]| literal.iter().zip(word).take_while(|(a, b)| a == b).count();
    Word::Unknown { sound: LITERALS.iter().map(common).max().unwrap_or(0) }
}
