//! Journals and indexes that are damaged, replaced, unreadable or redacted.
