//! What a reader found, for the owner of the store to conclude from: a doubt about the index, and what a verification saw.

use super::index::IndexFault;
#[cfg(test)]
use super::journal::hash::Hash;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;

/// What made somebody who reads a view distrust the index.
#[derive(Debug)]
pub struct IndexDoubt {
    pub(super) fault: IndexFault,
    /// The index meant: by now it may have been replaced.
    pub(super) generation: u64,
    /// The room that was looked at, and how often words had gone from it by then: the index forgets a room on the way.
    pub(super) room: Option<(RoomId, u64)>,
}

/// What checking a room from end to end found.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    pub records: u64,
    /// The hash of the last record, in hexadecimal.
    pub head: String,
    /// What is wrong; empty: nothing.
    pub faults: Vec<Phrase>,
}

/// What an examination found, for the owner to conclude from.
#[derive(Debug)]
pub struct VerifierFindings {
    pub(super) verification: Verification,
    pub(super) is_whole: bool,
    pub(super) doubt: Option<IndexDoubt>,
    pub(super) generation: u64,
    pub(super) times_redacted: u64,
}

impl VerifierFindings {
    /// Returns the findings of a store in which nothing can be wrong.
    #[cfg(test)]
    pub(super) fn sound(records: u64, head: Hash) -> Self {
        let verification = Verification { records, head: head.to_string(), faults: Vec::new() };
        VerifierFindings { verification, is_whole: true, doubt: None, generation: 0, times_redacted: 0 }
    }

    /// Returns what a person is told of them.
    #[cfg(test)]
    pub(super) fn into_verification(self) -> Verification {
        self.verification
    }
}
