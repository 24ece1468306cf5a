//! The palette: every command that makes sense here, found by typing a part of what it does.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::tui::command::{COMMANDS, Command, Mode};
use crate::tui::effect::Effect;
use crate::tui::key;
use crate::tui::model::{Model, Screen};
use crate::tui::overlays::Overlay;
use crate::tui::overlays::palette::{Palette, Row};

pub fn open(model: &mut Model) -> Vec<Effect> {
    let palette = Palette { rows: rows(model, ""), ..Palette::default() };
    model.overlays.push(Overlay::Palette(palette));
    Vec::new()
}

/// Runs the selected command.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Palette(palette)) = model.overlays.pop() else { return Vec::new() };
    match palette.rows.get(palette.selected) {
        Some(row) => key::run(model, row.id),
        None => Vec::new(),
    }
}

/// The commands that fit `typed`, the best first.
pub fn rows(model: &Model, typed: &str) -> Vec<Row> {
    let offered = COMMANDS.iter().filter(|command| is_offered(model, command));
    let row = |command: &'static Command, matched: Vec<u32>| Row {
        id: command.id,
        what: model.words.tell(command.describe).into_owned(),
        keys: key::keys_of(model, command.id),
        matched,
    };
    if typed.trim().is_empty() {
        return offered.map(|command| row(command, Vec::new())).collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut found: Vec<(u32, Row)> = offered
        .filter_map(|command| {
            let what = model.words.tell(command.describe);
            let mut text = Vec::new();
            let mut matched = Vec::new();
            let by_words = pattern.indices(Utf32Str::new(&what, &mut text), &mut matcher, &mut matched);
            let by_id = pattern.score(Utf32Str::new(command.id, &mut text), &mut matcher);
            let score = by_words.max(by_id)?;
            matched.sort_unstable();
            matched.dedup();
            Some((score, row(command, matched)))
        })
        .collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, row)| row).collect()
}

/// Whether the palette offers `command`: it belongs here and makes sense now.
fn is_offered(model: &Model, command: &Command) -> bool {
    let in_room = model.around.screen == Screen::Room;
    let belongs = match command.scope {
        Mode::Entry => command.id == "entry.editor",
        Mode::Form | Mode::List | Mode::Palette | Mode::Help | Mode::Editor => false,
        Mode::Lobby => !in_room || matches!(command.id, "lobby.declare" | "lobby.demo"),
        // Moves are for the fingers, not for the palette.
        Mode::Global => !matches!(command.id, "app.palette" | "app.back") && !command.id.starts_with("move."),
        _ => in_room,
    };
    belongs && (command.applies)(model)
}
