//! The palette: every command that makes sense here, found by typing a part of what it does; those that do not make sense
//! now come last, with the reason.

use crate::config::keymap::Mode;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::Screen;
use crate::tui::app::model::Model;
use crate::tui::command::hints;
use crate::tui::command::palette::search::FuzzySearch;
use crate::tui::command::palette::state::{Offer, Palette, PaletteChoice, PaletteRow};
use crate::tui::command::table::{COMMANDS, Command};
use crate::tui::overlay::state::Overlay;
use crate::tui::people::who_types;

/// No description of a command has so many bytes, so a text that is longer fits nothing; a long paste is not sought word by
/// word.
const LONGEST: usize = 1024;

pub fn open(model: &mut Model) -> Vec<Effect> {
    let palette = Palette { rows: rows(model, ""), ..Palette::default() };
    model.overlays.push(Overlay::Palette(palette));
    Vec::new()
}

/// Closes the palette and returns what its selected row stands for. `None` when there is no row.
pub fn take_choice(model: &mut Model) -> Option<PaletteChoice> {
    let Some(Overlay::Palette(mut palette)) = model.overlays.pop() else { return None };
    let is_there = palette.selected < palette.rows.len();
    is_there.then(|| palette.rows.swap_remove(palette.selected).choice)
}

/// After what is typed was changed: what fits now. What is offered is what makes sense below the palette.
pub fn changed(model: &mut Model) {
    let Some(Overlay::Palette(mut open)) = model.overlays.pop() else { return };
    let typed = open.input.value();
    open.rows = match open.offer {
        Offer::Commands if typed.len() > LONGEST => Vec::new(),
        Offer::Commands => rows(model, typed),
        Offer::Names => who_types::rows(model, typed),
    };
    open.selected = 0;
    model.overlays.push(Overlay::Palette(open));
}

/// The commands that fit `typed`, the best first.
pub fn rows(model: &Model, typed: &str) -> Vec<PaletteRow> {
    let known = COMMANDS.iter().filter(|command| belongs(model, command));
    let row = |command: &'static Command, matched: Vec<u32>| {
        let why_not = command.verdict(model).err();
        PaletteRow {
            choice: PaletteChoice::Command(command.id),
            what: model.words.tell(command.describe).into_owned(),
            detail: match why_not {
                Some(why) => model.words.tell(why).into_owned(),
                None => hints::keys_of(model, command.id),
            },
            applies: why_not.is_none(),
            matched,
        }
    };
    if typed.trim().is_empty() {
        return known
            .filter(|command| command.verdict(model).is_ok())
            .map(|command| row(command, Vec::new()))
            .collect();
    }
    let mut search = FuzzySearch::new(typed);
    let mut found: Vec<(u32, PaletteRow)> = known
        .filter_map(|command| {
            let what = model.words.tell(command.describe);
            let by_words = search.find(&what);
            let by_id = search.find(command.id).map(|(score, _)| score);
            let score = by_words.as_ref().map(|(score, _)| *score).max(by_id)?;
            Some((score, row(command, by_words.map(|(_, matched)| matched).unwrap_or_default())))
        })
        .collect();
    found.sort_by_key(|(score, row)| (!row.applies, std::cmp::Reverse(*score)));
    found.into_iter().map(|(_, row)| row).collect()
}

/// Whether the palette knows `command` here. In the lobby it knows those of a room too, to say that one goes into one first.
fn belongs(model: &Model, command: &Command) -> bool {
    let in_room = model.environment.screen == Screen::Room;
    match command.scope {
        Mode::Entry => command.id == "entry.editor",
        Mode::Form | Mode::List | Mode::Palette | Mode::Help | Mode::Editor => false,
        Mode::Lobby => !in_room || matches!(command.id, "lobby.declare" | "lobby.demo"),
        // Moves are for the fingers, not for the palette.
        Mode::Global => !matches!(command.id, "app.palette" | "app.back") && !command.id.starts_with("move."),
        _ => true,
    }
}
