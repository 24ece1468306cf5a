//! How many of many lines say a time that is understood.

use super::{Parsed, Unread};
use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;

/// In how many of its first words a line is looked at for a time that does not stand where it is read: `<eva> 14:05 hello`.
const FIRST_WORDS: usize = 2;

/// What became of the times of many lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryTally {
    lines: u64,
    /// Lines whose time was understood.
    timed: u64,
    /// Those of them whose time was taken as yesterday's.
    last_night: u64,
    night: Option<Moment>,
    /// Lines whose time has not come yet.
    ahead: u64,
    /// Whether any line shows a time, understood or not. Of lines that have none, nothing is said.
    shows_time: bool,
    /// When the first and the last of the others stand.
    stand: Option<(Moment, Moment)>,
}

impl EntryTally {
    /// Counts `line`, understood as `parsed`.
    pub fn count(&mut self, line: &str, parsed: &Parsed) {
        self.lines += 1;
        if let Some(at) = parsed.at {
            self.timed += 1;
            self.shows_time = true;
            if parsed.is_last_night {
                self.last_night += 1;
                self.night.get_or_insert(at);
            }
            return;
        }
        self.ahead += u64::from(matches!(parsed.unread, Some(Unread::Ahead(_))));
        self.shows_time |= parsed.unread.is_some() || shows_clock(line);
        let at = parsed.began_at;
        self.stand = Some((self.stand.map_or(at, |(first, _)| first), at));
    }

    /// Counts a line whose time and name the lines below it repeat.
    pub fn count_header(&mut self) {
        self.lines += 1;
        self.timed += 1;
        self.shows_time = true;
    }

    /// What there is to say: how many lines have no time that was understood, how many one that has not come yet, and where
    /// they stand.
    pub fn phrases(&self) -> Vec<Phrase> {
        let mut phrases = Vec::new();
        if let Some(night) = self.night {
            let phrase = Phrase::new("tally-last-night").with("count", self.last_night).with("lines", self.lines);
            phrases.push(phrase.with("day", night.date().to_string()));
        }
        let Some((first, last)) = self.stand.filter(|_| self.shows_time) else { return phrases };
        let untimed = self.lines - self.timed - self.ahead;
        for (count, key, key_during) in
            [(untimed, "tally-untimed", "tally-untimed-during"), (self.ahead, "tally-ahead", "tally-ahead-during")]
        {
            if count > 0 {
                let key = if first.millis() / 60_000 == last.millis() / 60_000 { key } else { key_during };
                let phrase = Phrase::new(key).with("count", count).with("lines", self.lines);
                phrases.push(phrase.with("time", first).with("last", last));
            }
        }
        phrases
    }
}

/// Whether `line` shows a time of day near its start: `eva 14:05 hello`, `time="2026-11-29T14:05:12Z"`.
fn shows_clock(line: &str) -> bool {
    let shows = |word: &str| {
        word.as_bytes()
            .windows(4)
            .any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit())
    };
    line.split_whitespace().take(FIRST_WORDS).any(shows)
}
