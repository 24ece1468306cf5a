//! The faults that the check of a routine file has found so far.

use std::ops::Range;

use toml::de::{DeInteger, DeTable};

use crate::config::fault::Fault;
use crate::domain::phrase::Lang;

/// What has been found so far.
pub(super) struct RoutineFindings<'a> {
    file: &'a str,
    text: &'a str,
    /// The languages the routine is written in: those of its title.
    pub(super) langs: Vec<Lang>,
    faults: Vec<Fault>,
}

impl<'a> RoutineFindings<'a> {
    pub(super) fn new(file: &'a str, text: &'a str, document: &DeTable<'_>) -> Self {
        RoutineFindings { file, text, langs: languages(document), faults: Vec::new() }
    }

    /// All of it, in the order of the file.
    pub(super) fn in_order(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|fault| (fault.line, fault.column));
        self.faults
    }

    /// Notes a fault about the bytes `span`, and what to do about it.
    pub(super) fn add(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::at(self.file, self.text, span, message).with_help(help));
    }

    /// The line of the byte `at`, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        Fault::at(self.file, self.text, at..at, "").line
    }
}

fn languages(document: &DeTable<'_>) -> Vec<Lang> {
    let title = document.get("title").and_then(|title| title.get_ref().as_table());
    Lang::ALL.into_iter().filter(|lang| title.is_some_and(|title| title.contains_key(lang.code()))).collect()
}

/// A number, when it is one that fits.
pub(super) fn number(value: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(value.as_str(), value.radix()).ok()
}
