//! Taking words out of a journal: which lines say that words are to go, and the journal without them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::bare_names::{has_bare_names, without_bare_names};
use super::encode::{EncodeError, assemble};
use super::file::Replacement;
use super::format::{HASH, LineHead, SEALED_NAMES};
use super::line::{self, SoundLine};
use super::redacted_words::RedactedWords;
use super::salt::{KernelSalts, Salts};
use super::walk::{self, JournalEnd};
use crate::domain::event::Event;
use crate::domain::id::Seq;
use crate::store::error::StoreError;

/// What the lines of a journal say about redactions.
#[derive(Debug, Default)]
pub(in crate::store) struct Redactions {
    /// Entries of which words are gone.
    gone: BTreeSet<Seq>,
    /// Entries that have no words, or none any more, in order.
    wordless: Vec<Seq>,
    /// Entries whose words are to go.
    targets: BTreeSet<Seq>,
    /// Later wording → the entry it is of.
    amendments: BTreeMap<Seq, Seq>,
}

impl Redactions {
    /// Takes in the next line.
    pub fn note_line(&mut self, line: &SoundLine<'_>) {
        if line.is_redacted() {
            self.gone.insert(line.seq());
        }
        if !line.has_words() {
            self.wordless.push(line.seq());
        }
        if matches!(line.tag(), "EntryRedacted" | "EntryAmended") {
            match line.event() {
                Event::EntryRedacted { target, .. } => drop(self.targets.insert(target)),
                Event::EntryAmended { target, .. } => drop(self.amendments.insert(line.seq(), target)),
                _ => {}
            }
        }
    }

    /// Returns whether any words were to go.
    pub fn has_any(&self) -> bool {
        !self.targets.is_empty()
    }

    /// Returns the entries whose words were to go, and their later wordings.
    pub fn all_targets(&self) -> BTreeSet<Seq> {
        let later = self.amendments.iter().filter(|(_, target)| self.targets.contains(target)).map(|(seq, _)| *seq);
        self.targets.iter().copied().chain(later).collect()
    }

    /// Returns the entries whose words were to go, and are still there.
    pub fn unfinished(&self) -> Vec<Seq> {
        let has_words = |seq: &Seq| self.wordless.binary_search(seq).is_err();
        self.all_targets().into_iter().filter(has_words).collect()
    }

    /// Returns the entries whose words are gone although no entry says that they were redacted.
    pub fn unexplained(&self) -> Vec<Seq> {
        let explained = self.all_targets();
        self.gone.iter().filter(|seq| !explained.contains(seq)).copied().collect()
    }
}

/// Returns the line without the words of any text, its chain intact. Salts hide the names and tags that the first version kept in
/// the hashed part, in a line that is then written again.
///
/// # Errors
/// When there is no salt.
pub(in crate::store) fn without_words(line: &SoundLine<'_>, salts: &mut dyn Salts) -> Result<Vec<u8>, EncodeError> {
    if !has_bare_names(line.event) {
        return Ok([line.prefix, HASH, &line.hash.to_string(), "\"}"].concat().into_bytes());
    }
    let LineHead { v, seq, left, was: _, id, at, rec, ref by } = line.head;
    let was = Some(line.was.unwrap_or(line.hash).to_string());
    let head = LineHead { v: v.max(SEALED_NAMES), seq, left, was, id, at, rec, by: by.clone() };
    let line = assemble(&head, &without_bare_names(line.event, salts)?, line.prev, &BTreeMap::new())?;
    Ok(line.bytes)
}

/// Returns the line, when it is one of `targets`. Others are told by what they begin with: they were all checked before.
fn target<'a>(bytes: &'a [u8], targets: &BTreeSet<Seq>) -> Option<SoundLine<'a>> {
    targets.contains(&line::seq_of(bytes)?).then(|| line::parse(bytes))?
}

/// Returns what the entries `targets` say, before they say it no more.
pub(in crate::store) fn words_of(path: &Path, targets: &BTreeSet<Seq>) -> Result<RedactedWords, StoreError> {
    let mut gone = RedactedWords::default();
    walk::visit_raw_lines(path, 0, &mut |raw| {
        if let Some(line) = target(raw.bytes, targets) {
            gone.add(&line.record());
        }
        ControlFlow::Continue(())
    })
    .map_err(|e| StoreError::io("reading the journal", path, e))?;
    Ok(gone)
}

/// Writes the journal as far as `end`, without the words of `targets`.
pub(in crate::store) fn write_without_words(
    path: &Path,
    targets: &BTreeSet<Seq>,
    end: JournalEnd,
    to: &mut Replacement<'_>,
) -> Result<(), StoreError> {
    let mut salts = KernelSalts::default();
    let mut result = Ok(());
    walk::visit_raw_lines(path, 0, &mut |raw| {
        if raw.offset >= end.len {
            return ControlFlow::Break(());
        }
        result = match target(raw.bytes, targets).map(|line| without_words(&line, &mut salts)) {
            None => to.add_line(raw.bytes),
            Some(Ok(bytes)) => to.add_line(&bytes),
            Some(Err(e)) => Err(StoreError::io("taking words out", path, io::Error::other(e))),
        };
        if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .map_err(|e| StoreError::io("reading the journal", path, e))?;
    result
}
