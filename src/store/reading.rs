//! What a store gives to other threads to read from: views of a room, and checks of one.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::findings::{IndexDoubt, VerifierFindings};
use super::page::{PageStart, RecordPage};
use crate::domain::id::{EventId, Seq};
use crate::domain::record::Record;
use crate::domain::time::Moment;

/// A room as it stood at one moment, to be read on any thread while the store's owner goes on writing. What is appended later is
/// not in it; words that are redacted later are not in it either.
pub trait ReadView: Send {
    /// Returns at most `limit` records from `from` on, in the order they were recorded.
    ///
    /// # Errors
    /// See [`ReadError`].
    fn records(&self, from: Seq, limit: usize) -> Result<Vec<Record>, ReadError>;

    /// Returns the lines of the records from `from` on, as they are kept, at most `limit`, without newlines.
    ///
    /// # Errors
    /// See [`ReadError`].
    fn lines(&self, from: Seq, limit: usize) -> Result<Vec<String>, ReadError>;

    /// Returns a page of the timeline; see [`super::contract::Store::page`].
    ///
    /// # Errors
    /// See [`ReadError`].
    fn page(
        &self,
        from: PageStart,
        limit: usize,
        moved: &BTreeMap<Seq, Moment>,
        admit: &mut dyn FnMut(&Record) -> bool,
    ) -> Result<RecordPage, ReadError>;

    /// Returns at most `limit` records whose ids lie in one of `spans`, both ends included: span by span, each in the order of the ids.
    ///
    /// # Errors
    /// See [`ReadError`].
    fn within(&self, spans: &[(EventId, EventId)], limit: usize) -> Result<Vec<Record>, ReadError>;

    /// Returns the same view of the records alone: every answer then takes as long as the room is, and none is doubted.
    #[must_use]
    fn without_index(self: Box<Self>) -> Box<dyn ReadView>;
}

/// A check of every record of a room, in portions of some ten milliseconds.
pub trait Verifier: Send {
    /// Checks the next portion; returns the findings after the last one.
    ///
    /// # Errors
    /// When the records cannot be read.
    fn verify_next(&mut self) -> Result<Option<VerifierFindings>, StoreError>;

    /// Returns the same check of the records alone, which takes less memory than reading all of an index.
    #[must_use]
    fn without_index(self: Box<Self>) -> Box<dyn Verifier>;
}

/// Why a view could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The index contradicts the journal or itself. The owner is told with [`super::contract::Store::report_doubt`], and gives another view.
    Doubted(IndexDoubt),
    /// The journal cannot be read.
    Failed(StoreError),
}
