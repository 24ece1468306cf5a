//! A place in a text that is being read, from which a reading can be tried and given up.

use std::ops::RangeInclusive;

/// A place in a text. A copy of it is a place to come back to.
#[derive(Debug, Clone, Copy)]
pub struct TextScan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> TextScan<'a> {
    /// The beginning of the first line of `text`: a time never goes over a line break.
    pub fn new(text: &'a str) -> Self {
        TextScan { text: text.split('\n').next().unwrap_or(""), at: 0 }
    }

    /// How many bytes were read.
    pub fn at(self) -> usize {
        self.at
    }

    /// What is not read yet.
    pub fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    /// What was read since `from`.
    pub fn since(self, from: usize) -> &'a str {
        &self.text[from..self.at]
    }

    /// The next character.
    pub fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character after the next one.
    pub fn peek_second(self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    /// Whether nothing is left but white space.
    pub fn is_done(self) -> bool {
        self.rest().trim().is_empty()
    }

    /// Reads `wanted` if it comes next.
    pub fn eat(&mut self, wanted: &str) -> bool {
        let comes = self.rest().starts_with(wanted);
        if comes {
            self.at += wanted.len();
        }
        comes
    }

    /// Reads the next character if it is one of `wanted`.
    pub fn eat_one_of(&mut self, wanted: &[char]) -> Option<char> {
        let next = self.peek().filter(|next| wanted.contains(next))?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Passes over white space. Returns whether there was any.
    pub fn blanks(&mut self) -> bool {
        let length = self.rest().len() - self.rest().trim_start().len();
        self.at += length;
        length > 0
    }

    /// Reads all the ASCII digits that come next, when there are as many as `lengths` says.
    pub fn digits(&mut self, lengths: RangeInclusive<usize>) -> Option<&'a str> {
        let length = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        lengths.contains(&length).then(|| self.take(length))
    }

    /// Reads all the letters that come next; nothing when there is none.
    pub fn letters(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        self.take(length)
    }

    /// Reads all that comes next for which `fits` holds.
    pub fn run(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c: char| !fits(c)).unwrap_or(rest.len());
        self.take(length)
    }

    /// Tries `read`, and stays where it is when that gives nothing.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = read(&mut ahead)?;
        *self = ahead;
        Some(found)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let taken = &self.rest()[..length];
        self.at += length;
        taken
    }
}
