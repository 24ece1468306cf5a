//! A piece of the input: where it stands, its text, or what is wrong with it.

/// The longest piece, in bytes. A message with 10,000 alerts of Alertmanager takes about 15 MB.
pub const LONGEST: usize = 32 << 20;

/// How deep brackets may be nested. The parser's own limit is 128.
pub const DEEPEST: usize = 100;

/// Where a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InputPlace {
    /// The number of the message, or of the list, from 1.
    pub message: u64,
    /// The number of the element in the list, from 1; 0: it is no element of one.
    pub element: u64,
}

/// One value of the input.
#[derive(Debug, PartialEq, Eq)]
pub struct InputPiece {
    pub place: InputPlace,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its text, or why it is left out.
    pub json: Result<Vec<u8>, InputFlaw>,
}

/// What is wrong with the input at some place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputFlaw {
    /// From 1.
    pub line: u64,
    /// In bytes of UTF-8, from 1.
    pub column: u64,
    pub what: FlawKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlawKind {
    /// Something else stands where a value has to.
    NoValue,
    /// Something else stands where a comma or a closing bracket has to.
    NoComma,
    /// Something else stands where a name in quotes has to.
    NoName,
    /// Something else stands where a colon has to.
    NoColon,
    /// A text goes on over the end of its line.
    OpenText,
    TooDeep,
    /// The piece that begins there is too large.
    TooLarge,
    /// The input ends within the piece that begins there.
    CutOff,
    /// The input ends within the list that begins there.
    OpenList,
    /// Nothing was found for `MOST_PASSED_OVER`.
    GivenUp,
}

/// Where a line begins.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Position {
    /// How many lines ended before it.
    pub(super) line: u64,
    /// Its offset in the stream.
    pub(super) start: u64,
}
