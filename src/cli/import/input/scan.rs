//! Splits JSON text into pieces: a message each, or an element of a list of messages.
//!
//! Own code, because a parser stops at the first fault and holds a value however long it is. This finds where the next piece
//! begins behind a broken one, passes over what is too large in constant memory, and reads the `NaN` and `Infinity` of
//! programs in Go and Python as null. It checks where brackets, commas, colons and quotes stand; numbers and escapes are left
//! to the parser that reads the piece.

mod piece;
mod within;

use memchr::{memchr, memchr3};

use self::piece::Position;
pub use self::piece::{DEEPEST, FlawKind, InputFlaw, InputPiece, InputPlace, LONGEST};
use self::within::{ScanState, Step, Within, Word, is_of_word, read_word};

/// How much is passed over, in search of the next piece, before the scanner gives up: some seconds of reading.
const MOST_PASSED_OVER: u64 = 2 << 30;

/// How far a line may be indented on which a piece begins behind a broken one.
const MOST_INDENTED: usize = 4096;

/// See the module.
#[derive(Debug, Default)]
pub struct Scanner {
    /// What was read and is not dealt with; in a piece, from its beginning.
    text: Vec<u8>,
    /// How far `text` was looked at.
    at: usize,
    /// The offset of `text` in the stream.
    offset: u64,
    position: Position,
    place: InputPlace,
    state: State,
    lists: Lists,
    passed_over: u64,
    has_given_up: bool,
}

#[derive(Debug, Default)]
enum State {
    /// Between two pieces.
    #[default]
    Between,
    Within(Within),
    /// Behind something broken: the next piece begins on a line that is indented no further than this.
    Skipping {
        indent: usize,
    },
}

/// The lists around the pieces.
#[derive(Debug, Default)]
struct Lists {
    depth: usize,
    /// Where the outermost begins.
    start: (u64, u64),
    /// Whether something broken was left out, so that brackets need not match any more.
    is_broken: bool,
}

impl Scanner {
    /// Whether nothing that follows will be looked at.
    pub fn has_given_up(&self) -> bool {
        self.has_given_up
    }

    /// Takes in `bytes` of UTF-8; the pieces that end in them, or are found to be broken, are added to `pieces`.
    pub fn feed(&mut self, bytes: &[u8], pieces: &mut Vec<InputPiece>) {
        if self.has_given_up {
            return;
        }
        self.text.extend_from_slice(bytes);
        self.scan(pieces);
        self.forget();
    }

    /// Adds what is left when nothing more comes.
    pub fn finish(&mut self, pieces: &mut Vec<InputPiece>) {
        while !self.has_given_up {
            self.scan(pieces);
            match std::mem::take(&mut self.state) {
                State::Within(mut within) if within.is_kept => match self.end_within(&mut within) {
                    None => self.hand_on(&within, pieces),
                    Some(flaw) => self.fail(&within, flaw, pieces),
                },
                State::Between if self.lists.depth > 0 && !self.lists.is_broken => {
                    let (line, column) = self.lists.start;
                    self.add_flaw(InputFlaw { line, column, what: FlawKind::OpenList }, pieces);
                    break;
                }
                _ => break,
            }
        }
        self.has_given_up = true;
        self.text = Vec::new();
    }

    fn scan(&mut self, pieces: &mut Vec<InputPiece>) {
        while !self.has_given_up {
            let goes_on = match std::mem::take(&mut self.state) {
                State::Between => self.between(pieces),
                State::Within(within) => self.within(within, pieces),
                State::Skipping { indent } => self.skip(indent, pieces),
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Finds the beginning of the next piece. False: more has to be read.
    fn between(&mut self, pieces: &mut Vec<InputPiece>) -> bool {
        while let Some(byte) = self.text.get(self.at).copied() {
            match byte {
                b'\n' => self.end_line(self.at),
                // Marks between the messages of `application/json-seq` and of `-print0`.
                b' ' | b'\t' | b'\r' | b',' | 0x1E | 0 => {}
                // A byte order mark, where files were joined.
                0xEF if self.text.len() < self.at + 3 => return false,
                0xEF if self.text[self.at..].starts_with("\u{feff}".as_bytes()) => self.at += 2,
                b'[' if self.lists.depth == DEEPEST => {
                    self.break_off(FlawKind::TooDeep, pieces);
                    return true;
                }
                b'[' => self.open_list(),
                b']' if self.lists.depth > 0 => self.close_list(pieces),
                b']' | b'}' if self.lists.is_broken => {}
                _ => {
                    self.begin();
                    return true;
                }
            }
            self.at += 1;
        }
        false
    }

    fn open_list(&mut self) {
        if self.lists.depth == 0 {
            let Position { line, .. } = self.position;
            self.lists = Lists { depth: 0, start: (line + 1, self.column(self.at)), is_broken: false };
            self.place = InputPlace { message: self.place.message + 1, element: 0 };
        }
        self.lists.depth += 1;
    }

    fn close_list(&mut self, pieces: &mut Vec<InputPiece>) {
        self.lists.depth -= 1;
        if self.lists.depth == 0 && self.place.element == 0 {
            let json = Ok(b"[]".to_vec());
            pieces.push(InputPiece { place: self.place, line: self.position.line + 1, json });
        }
    }

    fn begin(&mut self) {
        self.place = match self.lists.depth {
            0 => InputPlace { message: self.place.message + 1, element: 0 },
            _ => InputPlace { element: self.place.element + 1, ..self.place },
        };
        self.state = State::Within(Within::new(self.at, self.position, self.column(self.at)));
    }

    /// Goes on in a piece. False: more has to be read.
    fn within(&mut self, mut within: Within, pieces: &mut Vec<InputPiece>) -> bool {
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
                ScanState::Word(start)
                    if is_of_word(byte) && within.is_kept && self.at - start == within::LONGEST_WORD =>
                {
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
            if within.is_kept && within.is_too_large(self.at) && !matches!(step, Step::Flaw(_)) {
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

    /// Takes a byte outside of texts and words, and counts the lines.
    fn mark(&mut self, within: &mut Within, byte: u8) -> Step {
        if byte == b'\n' {
            self.end_line(self.at);
        }
        let step = within.mark(byte, self.at);
        if !matches!(step, Step::Flaw(_)) {
            self.at += 1;
        }
        step
    }

    /// Ends the word that stands before `self.at`.
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
    fn end_within(&mut self, within: &mut Within) -> Option<InputFlaw> {
        let Position { line, .. } = self.position;
        match within.token {
            ScanState::Word(start) if within.is_outside_brackets() => match self.end_word(within, start) {
                Step::Flaw(what) => Some(InputFlaw { line: line + 1, column: self.column(self.at), what }),
                _ => None,
            },
            _ => Some(InputFlaw { line: within.begins.line + 1, column: within.column, what: FlawKind::CutOff }),
        }
    }

    fn hand_on(&mut self, within: &Within, pieces: &mut Vec<InputPiece>) {
        if !within.is_kept {
            return;
        }
        self.passed_over = 0;
        let text = &self.text[within.start..self.at];
        let mut json = Vec::with_capacity(text.len());
        let mut from = 0;
        for (start, end) in within.no_numbers.iter().copied() {
            json.extend_from_slice(&text[from..start]);
            json.extend_from_slice(b"null");
            from = end;
        }
        json.extend_from_slice(&text[from..]);
        pieces.push(InputPiece { place: self.place, line: within.begins.line + 1, json: Ok(json) });
    }

    /// Leaves a piece out, and looks for the next one behind its first line: what is broken may be no more than that.
    fn fail(&mut self, within: &Within, flaw: InputFlaw, pieces: &mut Vec<InputPiece>) {
        if within.is_kept {
            self.add_flaw(flaw, pieces);
            self.pass_over(self.at - within.start, pieces);
            self.at = within.start;
            self.position = within.begins;
        }
        self.lists.is_broken = true;
        let indent = usize::try_from(within.column - 1).unwrap_or(usize::MAX);
        // Of a piece that was not kept, the line on which it proved to be broken may be the next one's.
        let begins_here = !within.is_kept
            && self.position.line > within.begins.line
            && self.column(self.at) <= within.column
            && matches!(self.text.get(self.at), Some(b'{' | b'['));
        self.state = if begins_here { State::Between } else { State::Skipping { indent } };
    }

    /// Leaves out what begins here.
    fn break_off(&mut self, what: FlawKind, pieces: &mut Vec<InputPiece>) {
        let column = self.column(self.at);
        self.add_flaw(InputFlaw { line: self.position.line + 1, column, what }, pieces);
        self.lists = Lists { is_broken: true, ..Lists::default() };
        self.state = State::Skipping { indent: usize::try_from(column - 1).unwrap_or(usize::MAX) };
    }

    /// Finds the next line on which a piece may begin. False: more has to be read.
    fn skip(&mut self, indent: usize, pieces: &mut Vec<InputPiece>) -> bool {
        let before = self.at;
        let found = loop {
            let Some(end) = memchr(b'\n', &self.text[self.at..]).map(|end| self.at + end) else {
                self.at = self.text.len();
                break None;
            };
            let line = &self.text[end + 1..];
            let blanks = line.iter().take(MOST_INDENTED).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            match line.get(blanks).copied() {
                None => {
                    self.at = end;
                    break None;
                }
                Some(first) => {
                    self.end_line(end);
                    self.at = end + 1;
                    if matches!(first, b'{' | b'[') && blanks <= indent {
                        break Some(end + 1);
                    }
                }
            }
        };
        self.pass_over(self.at - before, pieces);
        self.state = if found.is_some() { State::Between } else { State::Skipping { indent } };
        found.is_some()
    }

    fn pass_over(&mut self, length: usize, pieces: &mut Vec<InputPiece>) {
        self.passed_over += length as u64;
        if self.passed_over > MOST_PASSED_OVER && !self.has_given_up {
            self.has_given_up = true;
            let column = self.column(self.at);
            self.add_flaw(InputFlaw { line: self.position.line + 1, column, what: FlawKind::GivenUp }, pieces);
        }
    }

    fn add_flaw(&self, flaw: InputFlaw, pieces: &mut Vec<InputPiece>) {
        pieces.push(InputPiece { place: self.place, line: flaw.line, json: Err(flaw) });
    }

    /// A line ends at that place in `text`.
    fn end_line(&mut self, end: usize) {
        self.position = Position { line: self.position.line + 1, start: self.offset + end as u64 + 1 };
    }

    /// The column of that place in `text`.
    fn column(&self, at: usize) -> u64 {
        (self.offset + at as u64 + 1).saturating_sub(self.position.start)
    }

    /// Lets go of the text that was dealt with.
    fn forget(&mut self) {
        let dealt_with = match &mut self.state {
            State::Within(within) if within.is_kept => std::mem::take(&mut within.start),
            State::Within(within) => {
                within.start = 0;
                self.at
            }
            _ => self.at,
        };
        if let State::Within(Within { token: ScanState::Word(start), is_kept, .. }) = &mut self.state {
            *start = if *is_kept { *start - dealt_with } else { 0 };
        }
        self.text.drain(..dealt_with);
        self.at -= dealt_with;
        self.offset += dealt_with as u64;
        // What a large piece took is not kept for the small ones after it.
        if self.text.capacity() > 1 << 20 && self.text.len() < self.text.capacity() / 4 {
            self.text.shrink_to(self.text.len().max(1 << 16));
        }
    }
}

#[cfg(test)]
mod tests;
