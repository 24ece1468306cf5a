//! What a widget draws with: styles by role and words by key. The only door from screens to theme and language.

use std::borrow::Cow;

use ratatui::style::Style;

use crate::domain::phrase::{Lang, Lexicon, Localised, Phrase};
use crate::domain::text::Text;
use crate::domain::time::Moment;

pub use crate::config::lang::{Words, countdown, elapsed};
pub use crate::config::theme::{Role, Theme};

/// Theme, words and the present moment, lent to what draws.
#[derive(Debug, Clone, Copy)]
pub struct Paint<'a> {
    pub theme: &'a Theme,
    pub words: &'a Words,
    /// Times are shown beside this one: those of another day have their day.
    pub now: Moment,
}

impl<'a> Paint<'a> {
    /// How `role` looks.
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// The words of a key without arguments.
    pub fn tell(&self, key: &str) -> Cow<'a, str> {
        self.words.tell(key)
    }

    /// A person's words; the language's word for it when they are gone.
    pub fn text<'t>(&self, text: &'t Text) -> Cow<'t, str>
    where
        'a: 't,
    {
        if text.is_redacted() { self.tell("text-redacted") } else { Cow::Borrowed(text.raw()) }
    }

    /// The sentence.
    pub fn say(&self, phrase: &Phrase) -> String {
        self.words.say_beside(phrase, self.now)
    }

    /// `at` in the reader's zone, with its day when that is not today: `13:08`, `24 Nov 13:08`.
    pub fn time(&self, at: Moment) -> String {
        self.words.time(at, self.now)
    }

    /// The language in use.
    pub fn lang(&self) -> Lang {
        self.words.lang()
    }

    /// A text of the routine in the language in use.
    pub fn local<'t>(&self, text: &'t Localised) -> &'t str {
        text.get(self.lang())
    }
}
