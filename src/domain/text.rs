//! What a person wrote: stored exactly as typed, and able to be redacted later without breaking the chain.

use serde::{Deserialize, Serialize};

/// A person's words. In the journal they sit behind their own salted hash, so that the words can really go (see
/// `store::codec`); what is left then is [`Text::Redacted`] with that hash.
///
/// The serialised form is an object, never a bare string, so that the codec finds every text wherever it sits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// The words, as typed. Hostile until they went through [`crate::domain::showable::showable`].
    Plain { text: String },
    /// The words were removed; `redacted` is the salted hash that stood for them.
    Redacted { redacted: String },
}

impl Text {
    /// The words as typed, or nothing when they were redacted.
    pub fn raw(&self) -> &str {
        match self {
            Text::Plain { text } => text,
            Text::Redacted { .. } => "",
        }
    }

    /// Whether the words are gone.
    pub fn is_redacted(&self) -> bool {
        matches!(self, Text::Redacted { .. })
    }

    /// Whether nothing was written, not even white space.
    pub fn is_empty(&self) -> bool {
        matches!(self, Text::Plain { text } if text.is_empty())
    }

    /// Whether nothing but white space was written.
    pub fn is_blank(&self) -> bool {
        matches!(self, Text::Plain { text } if text.trim().is_empty())
    }
}

impl Default for Text {
    fn default() -> Self {
        Text::Plain { text: String::new() }
    }
}

impl<T: Into<String>> From<T> for Text {
    fn from(text: T) -> Self {
        Text::Plain { text: text.into() }
    }
}

#[cfg(test)]
mod tests;
