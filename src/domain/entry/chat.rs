//! Copies of a chat in which the name comes first: `Eva Larsson  [2:05 PM]`, and below it what she wrote.
//!
//! A line of prose may end with a time as well. So a name, a time and nothing else are told from it by what stands between the two,
//! and by a line of text below.

use super::stamp::Stamp;
use super::time::{LAST_NIGHT_IN_LOG, Past, Read, Said};
use super::{Head, is_short_line};
use crate::domain::phrase::Lang;
use crate::domain::showable::is_blank;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// What stands between a name and a time, and whether the time must then say its day, as in `Eva — Today at 2:05 PM`.
const GAPS: [(&str, bool); 7] =
    [("  ", false), ("\t", false), (" [", false), (" (", false), (" — ", true), (" – ", true), (" - ", true)];
/// The words of a name.
const MOST_WORDS: usize = 4;

/// Who wrote, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub at: Moment,
    /// Whether that is yesterday's, though it does not say so.
    pub is_last_night: bool,
}

/// What a line is in a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatLine {
    /// It is a header, alone or with the next line: so many lines that the lines below repeat.
    Header(usize),
    /// It was written under that header.
    Under(Header),
    /// It stands for itself.
    Alone,
}

/// How a time in a log is read.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    pub read_at: Moment,
    pub zone: &'a Zone,
    pub lang: Lang,
}

/// A chat as it is read, line by line.
#[derive(Debug, Default)]
pub struct Chat {
    header: Option<Header>,
    /// The line before, when it can be a name.
    name: Option<String>,
}

impl Chat {
    /// What the first of `lines` is. The others are those after it that are known already.
    pub fn role(&mut self, lines: &[&str], manner: Manner<'_>) -> ChatLine {
        let [line, rest @ ..] = lines else { return ChatLine::Alone };
        let name = self.name.take();
        if is_blank(line) {
            self.header = None;
            return ChatLine::Alone;
        }
        if let Some(header) = header(line, manner) {
            return self.begin(header, 1, rest, manner);
        }
        if let Some(name) = name_alone(line) {
            if let Some((header, below)) =
                rest.split_first().and_then(|(next, below)| Some((alone(name, next, manner)?, below)))
                && below.first().is_some_and(|below| is_text(below, manner))
            {
                return self.begin(header, 2, below, manner);
            }
            self.name = Some(name.to_owned());
        }
        // The name was the last line that was known, and is recorded already.
        if let Some(header) = name.and_then(|name| alone(&name, line, manner)) {
            return self.begin(header, 1, rest, manner);
        }
        if is_stamped(line, manner) {
            self.header = None;
        }
        self.header.clone().map_or(ChatLine::Alone, ChatLine::Under)
    }

    /// Begins what stands under `header`, which takes so many lines. Without a line of text below it is none.
    fn begin(&mut self, header: Header, takes: usize, below: &[&str], manner: Manner<'_>) -> ChatLine {
        let has_text = below.first().map(|below| is_text(below, manner));
        self.header = Some(header).filter(|_| has_text != Some(false));
        if has_text == Some(true) { ChatLine::Header(takes) } else { ChatLine::Alone }
    }
}

/// The header that `line` is.
fn header(line: &str, manner: Manner<'_>) -> Option<Header> {
    let line = line.trim();
    is_short_line(line).then_some(())?;
    GAPS.iter().find_map(|(gap, needs_day)| {
        let at = line.find(gap)?;
        let name = name_alone(&line[..at])?;
        let time = line[at + gap.len()..].trim_start();
        let time = match gap.trim_start() {
            bracket @ ("[" | "(") => &line[at + gap.len() - bracket.len()..],
            _ => time,
        };
        let (header, has_day) = timed(name, time, manner)?;
        (has_day || !needs_day).then_some(header)
    })
}

/// The header that `name` and a line with nothing but a time make.
fn alone(name: &str, line: &str, manner: Manner<'_>) -> Option<Header> {
    timed(name, line, manner).map(|(header, _)| header)
}

/// `name` at the time that all of `time` says, and whether that says a day.
fn timed(name: &str, time: &str, manner: Manner<'_>) -> Option<(Header, bool)> {
    let time = time.trim();
    let stamp = Stamp::read(time, manner.lang).filter(|stamp| stamp.end == time.len() && stamp.open.is_empty())?;
    let Ok(Read { said: said @ Said::At(_), .. }) = &stamp.time else { return None };
    let past = stamp.happened(manner.read_at, manner.zone, LAST_NIGHT_IN_LOG)?.ok()?;
    let is_last_night = matches!(past, Past::LastNight(_));
    Some((Header { name: name.to_owned(), at: past.moment(), is_last_night }, !said.lacks_day()))
}

/// `line` when it can be the name of a person and nothing else.
fn name_alone(line: &str) -> Option<&str> {
    let name = line.trim();
    let words: Vec<&str> = name.split(' ').collect();
    let is_word = |word: &&str| {
        word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphanumeric() || "-_.'’".contains(c))
    };
    // A name of several words is written with capitals, but for those in its middle: `Anna af Klint`.
    let is_capital = |word: Option<&&str>| word.is_some_and(|word| !word.starts_with(char::is_lowercase));
    let is_written_so = words.len() == 1 || (is_capital(words.first()) && is_capital(words.last()));
    let is_name = words.len() <= MOST_WORDS && words.iter().all(is_word) && is_written_so;
    (is_name && is_short_line(name) && !name.ends_with('.')).then_some(name)
}

/// Whether `line` is what somebody wrote: no header, no stamp, not empty.
fn is_text(line: &str, manner: Manner<'_>) -> bool {
    !is_blank(line) && header(line, manner).is_none() && !is_stamped(line, manner)
}

fn is_stamped(line: &str, manner: Manner<'_>) -> bool {
    let head = Head::of(line, manner.read_at, manner.zone, manner.lang, LAST_NIGHT_IN_LOG);
    head.at.is_some() || head.unread.is_some()
}
