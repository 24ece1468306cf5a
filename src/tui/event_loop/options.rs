//! What the screen needs to begin, and why it ended.

use crate::clock::Clock;
use crate::config::contact::Contact;
use crate::config::fault::Fault;
use crate::config::keymap::Keymap;
use crate::config::layer::Source;
use crate::config::theme::Choice;
use crate::domain::id::RoomId;
use crate::domain::phrase::{Lang, Phrase};
use crate::tui::incident::routines::LazyRoutines;
use crate::tui::room::pane::Pane;

/// What the screen needs to begin.
#[derive(Debug)]
pub struct ScreenOptions {
    pub clock: Clock,
    /// The room to go into. `None` goes into the only open room, else shows the lobby.
    pub room: Option<RoomId>,
    /// Stay in the lobby although only one room is open.
    pub stay_in_lobby: bool,
    pub lang: Lang,
    pub theme: Choice,
    /// The files that change single roles of it, the weakest first.
    pub theme_layers: Vec<Source>,
    pub keymap: Keymap,
    pub routines: LazyRoutines,
    /// The people to call on (P41, P42): completed after `@`, and a list on the screen.
    pub contacts: Vec<Contact>,
    /// Ring the terminal's bell at a clock's warnings.
    pub bell: bool,
    /// The person's own settings file, to name it.
    pub settings_file: String,
    /// What was wrong in the person's files; said once, on the screen.
    pub faults: Vec<Fault>,
    /// Why times are in UTC, when the zone that was named is not understood.
    pub zone_fault: Option<Phrase>,
    /// How a room begins when it is entered: this pane, and whether it fills the screen.
    pub first_pane: Option<(Pane, bool)>,
    /// Show nothing but a line for one quick note, and leave when it is recorded.
    pub quick: bool,
}

/// Why the screen ended without the person's wish. Each is a sentence for them.
#[derive(Debug, thiserror::Error)]
pub enum ScreenEnd {
    /// The room that was asked for is not there.
    #[error("there is no such room: {0:?}")]
    NoSuchRoom(Phrase),
    /// The host could not be reached for the room that was asked for, or does not want this client.
    #[error("the host cannot be reached: {0:?}")]
    NoHost(Phrase),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}
