//! What the screen wants done outside, as data. The event loop performs it.

use crate::domain::id::{IntentId, RoomId, Seq};
use crate::domain::showable::{showable, showable_lines};
use crate::wire::message::Ask;

/// What an answer is for, so that `update` knows what to do with it.
#[derive(Debug, Clone, PartialEq)]
pub enum Tag {
    /// The list of rooms.
    Rooms,
    /// A room that is being opened.
    Open { id: IntentId },
    /// A room that is being attached.
    Attach(RoomId),
    /// An intent; on success the entry it made is the person's last one.
    Do { id: IntentId },
    /// A page of older entries.
    Older,
    /// A page of newer entries.
    Newer,
    /// The first page under a new filter, or the latest entries again.
    Refill,
    /// Somebody else types here from now on.
    TypeAs,
    /// Nobody waits for the answer.
    Nothing,
}

impl Tag {
    /// Whether what was asked with it is recorded. Such a request waits while the host cannot save, and the later ones behind it.
    pub fn is_for_record(&self) -> bool {
        matches!(self, Tag::Do { .. } | Tag::Open { .. })
    }
}

/// A text for the clipboard. It is pasted where nobody checks it, perhaps into a shell: it is showable, and has a line break only
/// where the person asked for a block of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip(String);

impl Clip {
    /// Any `text` in one line; a line break in it is shown as on the screen.
    pub fn line(text: &str) -> Self {
        Clip(showable(text).into_owned())
    }

    /// `text` with its line breaks.
    pub fn block(text: &str) -> Self {
        let lines: Vec<_> = showable_lines(text).collect();
        Clip(lines.join("\n"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A wish.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a handful exist at a time, and nearly all of them ask")]
pub enum Effect {
    /// Ask the host; the answer comes as [`crate::tui::app::msg::Msg::Answered`] with the same tag. Kept and sent again over
    /// a reconnect.
    Ask { tag: Tag, what: Ask },
    /// Ask again for everything that the host could not save, in order.
    Resume,
    /// Ring the terminal's bell.
    Bell,
    /// Set the terminal's title (already showable).
    Title(String),
    /// Put text on the person's clipboard.
    Copy(Clip),
    /// Clear and draw everything again.
    Redraw,
    /// Stop the process as Ctrl-Z asks; draw everything again afterwards.
    Suspend,
    /// Leave. The room lives on.
    Quit,
}

impl Effect {
    /// Says that everything up to `seq` was looked at.
    pub fn seen(room: RoomId, seq: Seq) -> Self {
        Effect::Ask { tag: Tag::Nothing, what: Ask::Seen { room, seq } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finding D4.
    #[test]
    fn what_is_copied_has_no_control_in_it() {
        for text in
            ["one\x1b[201~\rrm -rf ~\r\ntwo\n", "\u{9b}201~\u{85}\u{2028}\u{202e}", "tab\there\x07\x7f\0", "\r\r\n\n"]
        {
            let line = Clip::line(text);
            assert!(!line.as_str().chars().any(char::is_control), "{line:?}");
            let block = Clip::block(text);
            assert!(!block.as_str().chars().any(|c| c.is_control() && c != '\n'), "{block:?}");
        }
        assert_eq!(Clip::line("stack:\n  at a").as_str(), "stack:⏎  at a");
        assert_eq!(Clip::block("stack:\r\n  at a\n").as_str(), "stack:\n  at a");
        assert_eq!(Clip::line("Växla över till ställe B 👩‍🚒").as_str(), "Växla över till ställe B 👩‍🚒");
    }
}
