//! What is typed into the palette, and the commands or names that fit it.

use crate::tui::app::movement::Move;
use crate::tui::text::input::TextInput;

/// What is typed and what fits.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    pub offer: Offer,
    pub input: TextInput,
    pub rows: Vec<PaletteRow>,
    pub selected: usize,
}

/// What a palette is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Offer {
    /// A command to run.
    #[default]
    Commands,
    /// Who types from now on.
    Names,
}

/// What choosing a row does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaletteChoice {
    /// Runs the command of that id.
    Command(&'static str),
    /// That person types from now on.
    Name(String),
}

/// Something that fits.
#[derive(Debug, Clone, PartialEq)]
pub struct PaletteRow {
    pub choice: PaletteChoice,
    pub what: String,
    /// The command's keys, why it cannot be done now, or what is known of the person.
    pub detail: String,
    /// Whether it can be chosen now; else choosing it says why not.
    pub applies: bool,
    /// Which characters of `what` were typed.
    pub matched: Vec<u32>,
}

impl Palette {
    /// Moves among the rows.
    pub fn go(&mut self, step: Move) {
        self.selected = step.from(self.selected, self.rows.len()).unwrap_or(0);
    }
}
