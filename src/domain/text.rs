//! What a person wrote: stored exactly as typed, and able to be redacted later without breaking the chain.

use serde::{Deserialize, Deserializer, Serialize};

use super::showable::is_blank;

/// A person's words. In the journal they sit behind their own salted hash, so that the words can really go (see
/// `store::journal::line`); what is left then is [`Text::Redacted`] with that hash.
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

    /// Whether nothing that can be seen was written.
    pub fn is_blank(&self) -> bool {
        matches!(self, Text::Plain { text } if is_blank(text))
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

/// A text as it was written by any version: the first one wrote names and tags as bare strings.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Bare(String),
    Text(Text),
}

impl From<Written> for Text {
    fn from(written: Written) -> Self {
        match written {
            Written::Bare(text) => Text::Plain { text },
            Written::Text(text) => text,
        }
    }
}

/// Reads a text that the first version wrote as a bare string. For `#[serde(deserialize_with = "…")]`.
///
/// # Errors
/// When it is neither a string nor a text.
pub fn bare_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text>, D::Error> {
    Ok(Option::<Written>::deserialize(deserializer)?.map(Text::from))
}

/// Single words in a list, such as names and tags: each is written as a [`Text`], so that the journal seals it like all that
/// people type. Words that were redacted are left out when the list is read. For `#[serde(with = "…")]`.
pub mod words {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Text, Written};

    /// Writes each word as a text.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(words: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        let texts: Vec<Text> = words.iter().map(Text::from).collect();
        texts.serialize(serializer)
    }

    /// Reads words that are texts, or bare strings as the first version wrote them.
    ///
    /// # Errors
    /// When an element is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        let texts = Vec::<Written>::deserialize(deserializer)?.into_iter().map(Text::from);
        Ok(texts.filter(|text| !text.is_redacted()).map(|text| text.raw().to_owned()).collect())
    }
}

#[cfg(test)]
mod tests;
