//! Bugs that are planted to see whether the fault suite finds them. No release can be built with them.

use std::sync::OnceLock;

#[cfg(not(debug_assertions))]
compile_error!("the feature `planted-bugs` is for the fault suite alone; a release cannot have it");

/// The variable that names the bug which this process has.
pub const PLANTED: &str = "KLOCK_PLANTED";

/// A bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// Notes are acknowledged, and written a moment later.
    AckBeforeWrite,
    /// What was written is taken for saved without a sync.
    SkippedSync,
    /// An intent that comes twice is carried out twice.
    ResendAppliedTwice,
    /// Other words under the id of a recorded intent are acknowledged.
    UsedIdAcknowledged,
}

impl Bug {
    /// Returns whether this process has it.
    pub fn is_planted(self) -> bool {
        static CHOSEN: OnceLock<Option<Bug>> = OnceLock::new();
        *CHOSEN.get_or_init(|| match std::env::var(PLANTED).as_deref() {
            Ok("ack-before-write") => Some(Bug::AckBeforeWrite),
            Ok("skipped-sync") => Some(Bug::SkippedSync),
            Ok("resend-applied-twice") => Some(Bug::ResendAppliedTwice),
            Ok("used-id-acknowledged") => Some(Bug::UsedIdAcknowledged),
            _ => None,
        }) == Some(self)
    }
}
