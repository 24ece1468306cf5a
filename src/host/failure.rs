//! What a client is told when something cannot be read.

use crate::store::StoreError;
use crate::wire::message::Failure;

/// Returns the failure for a client whose room cannot be read, and logs why.
pub fn read_failure(error: &StoreError) -> Failure {
    match error {
        StoreError::NoSuchRoom(room) => Failure::NoSuchRoom(room.clone()),
        other => {
            tracing::error!(error = %other, "cannot be read");
            Failure::Broken(other.phrase())
        }
    }
}
