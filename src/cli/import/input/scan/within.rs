//! A piece that has begun: what has to come next in it, byte by byte.

use memchr::memchr3;

use super::{DEEPEST, FlawKind, InputFlaw, InputPiece, LONGEST, Position, Scanner, State};

/// How much memory a piece may take when it is read, in bytes; many small values take far more than their text.
const MOST_MEMORY: usize = 96 << 20;

/// The longest number, in bytes; the words of JSON are shorter.
const LONGEST_WORD: usize = 1024;

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

impl Scanner {
    /// Goes on in a piece. False: more has to be read.
    pub(super) fn within(&mut self, mut within: Within, pieces: &mut Vec<InputPiece>) -> bool {
        let before = self.at;
        let step = loop {
            let Some(byte) = self.text.get(self.at).copied() else { break Step::More };
            let step = match within.token {
                ScanState::Text => {
                    let rest = &self.text[self.at..];
                    let found = memchr3(b'"', b'\\', b'\n', rest);
                    self.at += found.unwrap_or(rest.len());
                    match found.map(|found| rest[found]) {
                        None => Step::More,
                        Some(b'"') => {
                            self.at += 1;
                            within.token = ScanState::None;
                            within.after_text()
                        }
                        Some(b'\\') => {
                            self.at += 1;
                            within.token = ScanState::Escape;
                            Step::Going
                        }
                        Some(_) => Step::Flaw(FlawKind::OpenText),
                    }
                }
                ScanState::Escape => {
                    self.at += usize::from(byte != b'\n');
                    within.token = ScanState::Text;
                    Step::Going
                }
                ScanState::Word(start) if is_of_word(byte) && within.is_kept && self.at - start == LONGEST_WORD => {
                    self.at = start;
                    Step::Flaw(FlawKind::NoValue)
                }
                ScanState::Word(_) if is_of_word(byte) => {
                    self.at += 1;
                    Step::Going
                }
                ScanState::Word(start) => self.end_word(&mut within, start),
                ScanState::None => self.mark(&mut within, byte),
            };
            let is_too_large = self.at - within.start > LONGEST || within.memory > MOST_MEMORY;
            if within.is_kept && is_too_large && !matches!(step, Step::Flaw(_)) {
                within.is_kept = false;
                let flaw = InputFlaw { line: within.begins.line + 1, column: within.column, what: FlawKind::TooLarge };
                self.add_flaw(flaw, pieces);
            }
            if !matches!(step, Step::Going) {
                break step;
            }
        };
        if !within.is_kept {
            self.pass_over(self.at - before, pieces);
        }
        match step {
            Step::Going | Step::More => {
                self.state = State::Within(within);
                false
            }
            Step::Done => {
                self.hand_on(&within, pieces);
                true
            }
            Step::Flaw(what) => {
                let flaw = InputFlaw { line: self.position.line + 1, column: self.column(self.at), what };
                self.fail(&within, flaw, pieces);
                true
            }
        }
    }

    /// A byte outside of texts and words.
    fn mark(&mut self, within: &mut Within, byte: u8) -> Step {
        let step = match (within.next, byte) {
            (_, b'\n') => {
                self.end_line(self.at);
                Step::Going
            }
            (_, b' ' | b'\t' | b'\r') => Step::Going,
            (Next::Value | Next::ValueOrEnd | Next::Name | Next::NameOrEnd, b'"') => {
                within.token = ScanState::Text;
                Step::Going
            }
            (Next::Value | Next::ValueOrEnd, b'{') => within.open(byte, Next::NameOrEnd, OBJECT),
            (Next::Value | Next::ValueOrEnd, b'[') => within.open(byte, Next::ValueOrEnd, LIST),
            (Next::Value | Next::ValueOrEnd, byte) if is_of_word(byte) => {
                within.token = ScanState::Word(self.at);
                Step::Going
            }
            (Next::ValueOrEnd, b']') | (Next::NameOrEnd, b'}') => within.close(),
            (Next::Value | Next::ValueOrEnd, _) => Step::Flaw(FlawKind::NoValue),
            (Next::Name | Next::NameOrEnd, _) => Step::Flaw(FlawKind::NoName),
            (Next::Colon, b':') => {
                within.next = Next::Value;
                Step::Going
            }
            (Next::Colon, _) => Step::Flaw(FlawKind::NoColon),
            (Next::CommaOrEnd, b',') => {
                within.memory += VALUE;
                within.next = if within.brackets.last() == Some(&b'{') { Next::Name } else { Next::Value };
                Step::Going
            }
            (Next::CommaOrEnd, b'}') if within.brackets.last() == Some(&b'{') => within.close(),
            (Next::CommaOrEnd, b']') if within.brackets.last() == Some(&b'[') => within.close(),
            (Next::CommaOrEnd, _) => Step::Flaw(FlawKind::NoComma),
        };
        if !matches!(step, Step::Flaw(_)) {
            self.at += 1;
        }
        step
    }

    /// A word has ended before `self.at`.
    fn end_word(&mut self, within: &mut Within, start: usize) -> Step {
        within.token = ScanState::None;
        if within.is_kept {
            match read_word(&self.text[start..self.at]) {
                Word::Value => {}
                Word::NoNumber => within.no_numbers.push((start - within.start, self.at - within.start)),
                Word::Unknown { sound } => {
                    self.at = start + sound;
                    return Step::Flaw(FlawKind::NoValue);
                }
            }
        }
        within.after_value()
    }

    /// Ends the piece with the input. Returns `None` when it is complete, because a number or a word ended it.
    pub(super) fn end_within(&mut self, within: &mut Within) -> Option<InputFlaw> {
        let Position { line, .. } = self.position;
        match within.token {
            ScanState::Word(start) if within.brackets.is_empty() => match self.end_word(within, start) {
                Step::Flaw(what) => Some(InputFlaw { line: line + 1, column: self.column(self.at), what }),
                _ => None,
            },
            _ => Some(InputFlaw { line: within.begins.line + 1, column: within.column, what: FlawKind::CutOff }),
        }
    }
}

/// What came of a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Going,
    More,
    /// The piece ends before `self.at`.
    Done,
    /// At `self.at`.
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

    fn after_text(&mut self) -> Step {
        match self.next {
            Next::Name | Next::NameOrEnd => {
                self.next = Next::Colon;
                Step::Going
            }
            _ => self.after_value(),
        }
    }

    fn after_value(&mut self) -> Step {
        self.next = Next::CommaOrEnd;
        if self.brackets.is_empty() { Step::Done } else { Step::Going }
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_')
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
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

fn read_word(word: &[u8]) -> Word {
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
