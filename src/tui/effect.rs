//! What the screen wants done outside, as data. `runtime` performs it.

use crate::domain::id::{IntentId, RoomId, Seq};
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

/// A wish.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a handful exist at a time, and nearly all of them ask")]
pub enum Effect {
    /// Ask the host; the answer comes as [`super::msg::Msg::Answered`] with the same tag. Kept and sent again over a reconnect.
    Ask { tag: Tag, what: Ask },
    /// Ring the terminal's bell.
    Bell,
    /// Set the terminal's title (already showable).
    Title(String),
    /// Put text on the person's clipboard.
    Copy(String),
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
