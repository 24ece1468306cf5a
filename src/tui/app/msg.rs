//! What reaches the screen's `update`: keys, pastes, time, size, and what the host says.

use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;
use crate::tui::app::effect;
use crate::tui::app::press::Press;
use crate::wire::message::{Answer, Failure, HostMsg, Welcome};

/// Something that happened, as a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// What was done at the keyboard, and when: the stamp of an entry is its first key's.
    Press { press: Press, at: Moment },
    /// A marked paste that does not go on and has no end yet, of which so many letters are here. Escape ends it.
    PasteStalls { letters: usize },
    /// The terminal's size.
    Size { columns: u16, rows: u16 },
    /// A second has passed.
    Tick { now: Moment },
    /// The host answered the hello.
    Connected(Welcome),
    /// The host is gone; the link is trying to come back.
    Lost { why: Phrase },
    /// The host is there and has said nothing since `since`, although it was asked.
    Silent { since: Moment },
    /// The host that was silent answers again.
    Heard,
    /// The host said something on its own account.
    Host(HostMsg),
    /// The answer to the question that [`crate::tui::app::effect::Effect::Ask`] named `tag`.
    Answered { tag: effect::Tag, answer: Box<Result<Answer, Failure>> },
    /// What became of the text that was to be copied.
    Copied(Copied),
}

/// Where a copied text went, as far as can be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// To the terminal. No terminal says whether it took it.
    Terminal,
    /// Into tmux's buffer, and to the terminal of the client that was used last.
    Tmux { terminal: String },
    /// Into tmux's buffer alone: nobody is attached, or tmux knows of no clipboard there.
    TmuxOnly,
    /// Nowhere.
    Failed,
}
