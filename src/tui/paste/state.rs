//! A pasted text of many lines, before the person has said what becomes of it.

use crate::domain::phrase::Phrase;
use crate::tui::app::press::PastePart;

/// The pasted text.
#[derive(Debug, Clone, PartialEq)]
pub struct Paste {
    pub text: String,
    /// [`PastePart::Next`]: its beginning stands in the entry line already.
    pub part: PastePart,
    /// What the times of its lines would mean if each became an entry.
    pub times: Vec<Phrase>,
}

impl Paste {
    /// A paste of `text`.
    pub fn new(text: impl Into<String>, part: PastePart) -> Self {
        Paste { text: text.into(), part, times: Vec::new() }
    }

    /// Adds what came after it: the rest of it, or another paste.
    pub fn append(&mut self, text: &str, part: PastePart) {
        if part == PastePart::First && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    /// Returns the text to be put between `before` and `after`, with a line break, or for a single line a space,
    /// wherever it would touch other words.
    pub fn apart_from(&self, before: &str, after: &str) -> String {
        let gap = if self.text.contains('\n') { "\n" } else { " " };
        let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let first = if touches(before.chars().next_back()) { gap } else { "" };
        let last = if touches(after.chars().next()) { gap } else { "" };
        format!("{first}{}{last}", self.text)
    }

    /// Returns the whole text when it has no line break, or the line that is not blank, when there is one alone. The
    /// line breaks of a part that goes on with another are all meant.
    pub fn only_line(&self) -> Option<&str> {
        let mut lines = self.lines();
        match (lines.next(), lines.next()) {
            _ if !self.text.contains('\n') => Some(&self.text),
            (first, None) if self.part == PastePart::First => first,
            _ => None,
        }
    }

    /// The lines that are not blank.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().filter(|line| !line.trim().is_empty())
    }
}
