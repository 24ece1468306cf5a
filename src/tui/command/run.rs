//! Runs a command by its id, when it makes sense now.

use crate::domain::phrase::Phrase;
use crate::tui::app::ask;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::command::palette::state::PaletteChoice;
use crate::tui::command::table::{self, Run};
use crate::tui::command::{help, palette};
use crate::tui::list;
use crate::tui::overlay::state::Overlay;
use crate::tui::people::who_types;

/// Runs the command `id`, when it makes sense now.
pub fn run(model: &mut Model, id: &str) -> Vec<Effect> {
    match table::find(id) {
        Some(command) if command.writes && model.environment.read_only => ask::looks_on(model),
        Some(command) => match command.verdict(model) {
            Ok(()) => carry_out(model, command.run),
            Err(why) => {
                let said = Phrase::new("toast-not-now").with("what", Phrase::new(command.describe));
                model.say(said.with("why", Phrase::new(why)), Tone::Info);
                Vec::new()
            }
        },
        None => Vec::new(),
    }
}

fn carry_out(model: &mut Model, run: Run) -> Vec<Effect> {
    match run {
        Run::Feature(run) => run(model),
        Run::OpenPalette => palette::actions::open(model),
        Run::OpenHelp => help::open(model),
        Run::ChooseRow if matches!(model.overlays.last(), Some(Overlay::Palette(_))) => {
            match palette::actions::take_choice(model) {
                Some(PaletteChoice::Command(id)) => self::run(model, id),
                Some(PaletteChoice::Name(name)) => who_types::type_as(model, name),
                None => Vec::new(),
            }
        }
        Run::ChooseRow => list::actions::open(model),
    }
}
