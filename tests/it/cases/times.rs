//! Times and words as people type them.
