//! Finds what fits some typed letters, and says how well.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// What is sought by some of its letters.
pub struct FuzzySearch {
    pattern: Pattern,
    matcher: Matcher,
    text: Vec<char>,
}

impl FuzzySearch {
    /// A search for `typed`.
    pub fn new(typed: &str) -> Self {
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        FuzzySearch { pattern, matcher: Matcher::new(Config::DEFAULT), text: Vec::new() }
    }

    /// How well `what` fits, the higher the better, and which of its characters do. `None` when it does not fit.
    pub fn find(&mut self, what: &str) -> Option<(u32, Vec<u32>)> {
        let mut matched = Vec::new();
        let score = self.pattern.indices(Utf32Str::new(what, &mut self.text), &mut self.matcher, &mut matched)?;
        matched.sort_unstable();
        matched.dedup();
        Some((score, matched))
    }
}
