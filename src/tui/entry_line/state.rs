//! The entry line: what is typed, since when, and what was understood of it.

use crate::config::lang::Words;
use crate::domain::entry::Parsed;
use crate::domain::id::IntentId;
use crate::domain::time::Moment;
use crate::tui::text::completion::Completions;
use crate::tui::text::input::TextInput;

/// How many entries `Up` can call back.
pub const HISTORY: usize = 200;

/// The entry line.
#[derive(Debug, Clone, Default)]
pub struct EntryLine {
    pub input: TextInput,
    /// The keys go here.
    pub focused: bool,
    /// When the first key of what is typed was pressed: the entry's stamp.
    pub began_at: Option<Moment>,
    /// The id that the entry will have; its draft is kept under it, so that a draft and an entry are never both.
    pub id: Option<IntentId>,
    /// What was understood of the text; none while it is empty.
    pub parsed: Option<Parsed>,
    pub completion: Option<Completions>,
    /// The text or the cursor changed since it was read: reading a long one takes its time, and is done once a frame.
    pub unread: bool,
    /// Earlier entries of this person, oldest first.
    pub history: Vec<String>,
    /// Which of them is shown, and the text that was there before.
    pub recalled: Option<(usize, String)>,
    /// The text changed since the host was told.
    pub unkept: bool,
    /// When the host was last told.
    pub kept_at: Option<Moment>,
    /// The last one was saved; shown until the next is begun.
    pub saved: bool,
}

impl EntryLine {
    /// The stamp to show: the first key's moment, else the present one.
    pub fn stamp(&self, now: Moment, words: &Words) -> String {
        words.time_to_second(self.began_at.unwrap_or(now), now)
    }

    /// Adds `text` to what `Up` calls back.
    pub fn remember(&mut self, text: &str) {
        if self.history.last().map(String::as_str) != Some(text) {
            self.history.push(text.to_owned());
        }
        if self.history.len() > HISTORY {
            self.history.remove(0);
        }
    }

    /// Empties the line for the next entry.
    pub fn clear(&mut self) {
        self.input.take();
        self.began_at = None;
        self.id = None;
        self.parsed = None;
        self.completion = None;
        self.unread = false;
        self.recalled = None;
        self.unkept = false;
        self.kept_at = None;
    }
}
