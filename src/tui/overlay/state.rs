//! What can lie over the screen, as one enum: a stack of these, the last one has the keys.

use crate::domain::phrase::Phrase;
use crate::tui::command::palette::state::Palette;
use crate::tui::editor::state::Editor;
use crate::tui::form::state::Form;
use crate::tui::help::state::Help;
use crate::tui::list::state::List;
use crate::tui::paste::state::Paste;

/// An overlay.
#[derive(Debug)]
pub enum Overlay {
    /// Every command that makes sense here, found by typing.
    Palette(Palette),
    /// The keys that make sense here.
    Help(Help),
    /// Something to fill in.
    Form(Box<Form>),
    /// Rows to choose from.
    List(List),
    /// A text of many lines.
    Editor(Box<Editor>),
    /// A question with yes and no.
    Confirm(Confirm),
    /// What to do with a paste of many lines.
    Paste(Paste),
}

/// What a yes does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnYes {
    /// Closes the form that lies below, and its draft goes.
    DiscardForm,
    /// Leaves the program.
    Leave,
}

/// A question, and what a yes does.
#[derive(Debug, Clone)]
pub struct Confirm {
    pub question: Phrase,
    pub yes: OnYes,
}
