//! Why the index cannot be trusted.

/// Why the index cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum IndexFault {
    /// The disk is full: the handle is of no more use, its files may be.
    Full,
    /// Anything else.
    Doubt(String),
}

impl From<sled::Error> for IndexFault {
    fn from(error: sled::Error) -> Self {
        match &error {
            sled::Error::Io(e)
                if matches!(
                    e.kind(),
                    std::io::ErrorKind::StorageFull
                        | std::io::ErrorKind::QuotaExceeded
                        | std::io::ErrorKind::FileTooLarge
                ) =>
            {
                IndexFault::Full
            }
            _ => IndexFault::Doubt(error.to_string()),
        }
    }
}

/// Returns a fault found by comparing.
pub(in crate::store) fn doubt<T>(why: impl Into<String>) -> Result<T, IndexFault> {
    Err(IndexFault::Doubt(why.into()))
}
