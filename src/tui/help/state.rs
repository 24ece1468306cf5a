//! Help as drawn: keys and what they do under headings, or paragraphs of text.

use crate::config::lang::Words;
use crate::domain::id::Seq;
use crate::domain::phrase::{Lexicon, Phrase};
use crate::domain::timeline::Entry;
use crate::tui::app::movement::Move;
use crate::tui::form::state::plain;

/// A screenful of text that can be moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Help {
    pub(super) title: Phrase,
    pub(super) lines: Vec<HelpLine>,
    /// The first line shown. Drawing stops at the last screenful, also when this says more.
    pub(super) top: usize,
    /// The entry that it shows, when it does.
    entry: Option<Seq>,
}

/// A line, or a paragraph that wraps.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum HelpLine {
    Heading(Phrase),
    Key { keys: String, what: Phrase },
    Text(Phrase),
}

/// A heading, and keys with what they do.
pub type KeySection = (Phrase, Vec<(String, Phrase)>);

impl Help {
    /// Keys under headings.
    pub fn keys(sections: Vec<KeySection>) -> Self {
        let mut lines = Vec::new();
        for (heading, keys) in sections {
            lines.push(HelpLine::Heading(heading));
            lines.extend(keys.into_iter().map(|(keys, what)| HelpLine::Key { keys, what }));
        }
        lines.push(HelpLine::Heading(Phrase::new("help-grammar")));
        lines.push(HelpLine::Text(Phrase::new("help-grammar-time")));
        lines.push(HelpLine::Text(Phrase::new("help-grammar-kind")));
        lines.push(HelpLine::Text(Phrase::new("help-grammar-tokens")));
        lines.push(HelpLine::Text(Phrase::new("help-grammar-literal")));
        lines.push(HelpLine::Heading(Phrase::new("help-byline-head")));
        lines.push(HelpLine::Text(Phrase::new("help-byline")));
        Help { title: Phrase::new("help-title"), lines, top: 0, entry: None }
    }

    /// Paragraphs.
    pub fn text(title: Phrase, paragraphs: Vec<Phrase>) -> Self {
        Help { title, lines: paragraphs.into_iter().map(HelpLine::Text).collect(), top: 0, entry: None }
    }

    /// An entry in full: its times, who, and every word of it.
    pub fn entry(entry: &Entry, words: &Words) -> Self {
        let mut lines = vec![
            HelpLine::Heading(
                Phrase::new("help-entry")
                    .with("time", words.clock_to_second(entry.at))
                    .with("zone", words.zone().short_name(entry.at))
                    .with("date", words.day(entry.at))
                    .with("who", entry.by.signed())
                    .with("sure", entry.by.sure.label()),
            ),
            HelpLine::Text(
                Phrase::new("help-entry-recorded")
                    .with("time", words.time_to_second(entry.rec, entry.at))
                    .with("seq", entry.seq),
            ),
        ];
        if let Some(was_at) = entry.was_at {
            let time = words.time_to_second(was_at, entry.at);
            lines.push(HelpLine::Text(Phrase::new("help-entry-moved").with("time", time)));
        }
        let said = entry.said(words);
        lines.extend(said.lines().map(|line| HelpLine::Text(plain(line))));
        if let Some(amended) = &entry.mark.amended {
            lines.push(HelpLine::Text(Phrase::new("help-entry-amended").with("text", amended.raw())));
        }
        if let Some(reason) = &entry.mark.struck {
            let said = if reason.is_blank() {
                Phrase::new("timeline-struck")
            } else {
                Phrase::new("timeline-struck-reason").with("text", reason.raw())
            };
            lines.push(HelpLine::Text(said));
        }
        Help { title: entry.kind.label(), lines, top: 0, entry: Some(entry.seq) }
    }

    /// The entry that it shows in full. `None` when it shows something else.
    pub fn entry_shown(&self) -> Option<Seq> {
        self.entry
    }

    /// Shows `entry` as it has become, where the person has moved to.
    pub fn renew(&mut self, entry: &Entry, words: &Words) {
        *self = Help { top: self.top, ..Help::entry(entry, words) };
    }

    /// Moves the text.
    pub fn go(&mut self, step: Move) {
        self.top = match step {
            Move::By(by) => self.top.saturating_add_signed(by).min(self.lines.len() * 4),
            Move::First => 0,
            Move::Last => self.lines.len() * 4,
        };
    }
}
