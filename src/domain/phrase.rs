//! Sentences of the program as data: a key and its arguments, put into words by the language in use.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::time::Moment;
use super::zone::Zone;

/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English, the fallback.
    #[default]
    En,
    /// Swedish.
    Sv,
}

impl Lang {
    /// Both languages, in the order the settings show them.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Sv];

    /// `en` or `sv`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Sv => "sv",
        }
    }
}

/// A text of the organisation in each language it was written in: `{ en = "…", sv = "…" }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Localised(pub BTreeMap<Lang, String>);

impl Localised {
    /// The text in `lang`, else in English, else in any language it has, else nothing.
    pub fn get(&self, lang: Lang) -> &str {
        self.0
            .get(&lang)
            .or_else(|| self.0.get(&Lang::En))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The text as it begins a line: with a capital letter.
    #[must_use]
    pub fn capitalised(&self) -> Self {
        let capital = |text: &str| {
            let mut letters = text.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        };
        Localised(self.0.iter().map(|(lang, text)| (*lang, capital(text))).collect())
    }

    /// The same text in every language.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Localised(Lang::ALL.iter().map(|lang| (*lang, text.clone())).collect())
    }
}

/// One argument of a [`Phrase`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Arg {
    /// A person's words or a name: shown as they are.
    Text(String),
    /// A count, for which the language may choose a plural.
    Number(i64),
    /// A moment, shown in the reader's zone: `14:05`, with its day where that is another than the reader expects.
    Time(Moment),
    /// A span in minutes, shown as `1 h 12 m`.
    Minutes(i64),
    /// A text of the routine, in the reader's language.
    Local(Localised),
    /// Another phrase, said first.
    Phrase(Box<Phrase>),
}

/// A sentence to be said in the reader's language: a message key of `config/lang/*.ftl` and its arguments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    /// The message key.
    pub key: Cow<'static, str>,
    /// The arguments by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

impl Phrase {
    /// The phrase `key`, without arguments yet.
    pub const fn new(key: &'static str) -> Self {
        Phrase { key: Cow::Borrowed(key), args: Vec::new() }
    }

    /// With one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), arg.into()));
        self
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Arg::Number(number.into())
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Moment> for Arg {
    fn from(at: Moment) -> Self {
        Arg::Time(at)
    }
}

impl From<Localised> for Arg {
    fn from(text: Localised) -> Self {
        Arg::Local(text)
    }
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Self {
        Arg::Phrase(Box::new(phrase))
    }
}

/// Puts phrases and times into words for one reader: in their language and in their time zone. Implemented by
/// `config::lang`; reports and screens are handed one.
pub trait Lexicon {
    /// The language it speaks.
    fn lang(&self) -> Lang;
    /// The zone in which it gives times.
    fn zone(&self) -> &Zone;
    /// The sentence, for a reader who does not know which day is meant: a time in it has its whole date and zone. An unknown
    /// key is shown as the key itself, never a panic.
    fn say(&self, phrase: &Phrase) -> String;
    /// The sentence beside `beside`: a time in it is shown as [`Lexicon::time`] shows it.
    fn say_beside(&self, phrase: &Phrase, beside: Moment) -> String;
    /// `at` for a reader who has `beside` before them (the present, or the time of the entry it stands in): the time of day,
    /// `13:08`; with the day where that is another, `24 Nov 13:08`; with the year where that is another; with the zone where
    /// the clocks were changed in between, `25 Oct 02:30 CEST`.
    fn time(&self, at: Moment, beside: Moment) -> String;
}

#[cfg(test)]
mod tests;
