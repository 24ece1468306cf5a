//! Texts as the report gives them to its reader.

use crate::domain::phrase::{Lexicon, Localised, Phrase};
use crate::domain::text::Text;

/// Returns a person's words; the language's word for "redacted" when they are gone.
pub fn words(text: &Text, lexicon: &dyn Lexicon) -> String {
    if text.is_redacted() { lexicon.say(&Phrase::new("text-redacted")) } else { text.raw().to_owned() }
}

/// Returns a person's words, or nothing when nothing was written.
pub fn words_if_any(text: &Text, lexicon: &dyn Lexicon) -> Option<String> {
    (!text.is_blank()).then(|| words(text, lexicon))
}

/// Returns a text of the routine in the reader's language.
pub fn local(text: &Localised, lexicon: &dyn Lexicon) -> String {
    text.get(lexicon.lang()).to_owned()
}
