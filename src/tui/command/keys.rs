//! From keys to commands, and from commands back to the keys that mean them: for help, hints and the palette.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use keybinds::KeyInput;

use crate::config::keymap::{Found, Mode};
use crate::domain::phrase::Phrase;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::command::hints::first_key_of;
use crate::tui::command::run::run;
use crate::tui::command::{modes, palette};
use crate::tui::overlay::state::{OnYes, Overlay};
use crate::tui::text::input::Edit;
use crate::tui::{editor, entry_line, form, paste, program};

/// Does what `key` means here.
pub fn press(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if key.kind == KeyEventKind::Release {
        return Vec::new();
    }
    let modes = modes::modes(model);
    if matches!(model.overlays.last(), Some(Overlay::Confirm(_) | Overlay::Paste(_))) {
        return press_card(model, &modes, key);
    }
    // While text is typed, a character is text even when something is bound to it.
    if modes[0].takes_text() && is_text(key) {
        model.pending_keys.clear();
        return type_text(model, key);
    }
    if turn_completion(model, key) {
        return Vec::new();
    }
    model.pending_keys.push(KeyInput::from(key));
    match model.keymap.find(&modes, &model.pending_keys) {
        Found::Beginning => Vec::new(),
        Found::Command(id) => {
            model.pending_keys.clear();
            run(model, id)
        }
        Found::Nothing => {
            let was_sequence = model.pending_keys.len() > 1;
            model.pending_keys.clear();
            // The key that broke a sequence means what it means alone.
            if was_sequence { press(model, key) } else { type_text(model, key) }
        }
    }
}

/// A card has keys of its own. Beside them only what does not touch it can be done.
fn press_card(model: &mut Model, modes: &[Mode], key: KeyEvent) -> Vec<Effect> {
    if let Found::Command(id @ ("app.redraw" | "app.suspend")) = model.keymap.find(modes, &[KeyInput::from(key)]) {
        return run(model, id);
    }
    match model.overlays.last() {
        Some(Overlay::Confirm(_)) => confirm(model, key),
        _ => paste::actions::press(model, key),
    }
}

/// Types `text` into the text that is being typed, at once.
pub fn type_letters(model: &mut Model, text: &str) -> Vec<Effect> {
    model.pending_keys.clear();
    if modes::types_entry(model) {
        model.line.input.type_letters(text);
        entry_line::actions::changed(model);
        return Vec::new();
    }
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) if form.sending.is_some() => Vec::new(),
        Some(Overlay::Form(form)) => match form.focused_input() {
            Some((input, _)) => {
                input.type_letters(text);
                form::actions::changed(model)
            }
            // A choice: letters that no hand typed choose nothing.
            None => paste::actions::nowhere(model),
        },
        Some(Overlay::Editor(editor)) => {
            editor.insert(text);
            editor::actions::changed(model);
            Vec::new()
        }
        Some(Overlay::Palette(open)) => {
            open.input.type_letters(text);
            palette::actions::changed(model);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// What a key does that is a command here, as far as it matters to keys that came with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyReach {
    /// It moves the selection or the focus, or what is offered into the entry line.
    Moves,
    /// It shows a list.
    Shows,
    /// It goes on with the draft in the entry line.
    GoesOn,
    /// Anything else.
    Acts,
}

/// Returns what `key` does here.
pub fn reach(model: &Model, key: KeyEvent) -> KeyReach {
    match model.overlays.last() {
        Some(Overlay::Paste(_)) if key.code == KeyCode::Char('1') => return KeyReach::Moves,
        Some(Overlay::Confirm(_) | Overlay::Paste(_)) => return KeyReach::Acts,
        _ => {}
    }
    match model.keymap.find(&modes::modes(model), &[KeyInput::from(key)]) {
        Found::Command("pane.zoom") | Found::Beginning | Found::Nothing => KeyReach::Acts,
        Found::Command("entry.write") if !model.line.input.is_blank() => KeyReach::GoesOn,
        Found::Command(id) if id.starts_with("move.") || id.starts_with("pane.") => KeyReach::Moves,
        Found::Command(id) if id.ends_with(".list") => KeyReach::Shows,
        Found::Command(_) => KeyReach::Acts,
    }
}

/// Moves in the names that a form offers: there the arrows are theirs. True when they were.
fn turn_completion(model: &mut Model, key: KeyEvent) -> bool {
    let by = match key.code {
        KeyCode::Down => 1,
        KeyCode::Up => -1,
        _ => return false,
    };
    match form::actions::top(model).and_then(|form| form.completion.as_mut()) {
        Some(completion) if completion.candidates.len() > 1 => {
            completion.turn(by);
            true
        }
        _ => false,
    }
}

fn is_text(key: KeyEvent) -> bool {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    matches!(key.code, KeyCode::Char(_)) && (!ctrl && !alt || ctrl && alt)
}

/// Gives the key to the text that is being typed.
fn type_text(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if modes::types_entry(model) {
        return type_entry(model, key);
    }
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) if form.sending.is_some() => Vec::new(),
        Some(Overlay::Form(_)) => type_form(model, key),
        Some(Overlay::Editor(editor)) => {
            editor.press(key);
            editor::actions::changed(model);
            Vec::new()
        }
        Some(Overlay::Palette(_)) => type_palette(model, key),
        Some(_) => Vec::new(),
        None => {
            if let KeyCode::Char(c) = key.code
                && is_text(key)
            {
                let help = first_key_of(model, "app.help");
                model.say(Phrase::new("toast-no-such-key").with("key", c.to_string()).with("help", help), Tone::Info);
            }
            Vec::new()
        }
    }
}

fn type_entry(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    match (key.code, model.line.input.press(key)) {
        (_, Edit::Changed) => entry_line::actions::changed(model),
        (KeyCode::Up, _) => return entry_line::actions::earlier(model),
        (KeyCode::Down, _) => return entry_line::actions::later(model),
        (_, Edit::Moved) => model.line.unread = true,
        (_, Edit::Ignored) => {}
    }
    Vec::new()
}

fn type_form(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let Some(top) = form::actions::top(model) else { return Vec::new() };
    if let Some((input, _)) = top.focused_input() {
        return match input.press(key) {
            Edit::Changed => form::actions::changed(model),
            _ => Vec::new(),
        };
    }
    match key.code {
        KeyCode::Left => drop(form::actions::turn(model, -1)),
        KeyCode::Right => drop(form::actions::turn(model, 1)),
        KeyCode::Char(' ') => drop(form::actions::turn(model, 1)),
        KeyCode::Char(c) => drop(form::actions::pick(model, c)),
        _ => {}
    }
    Vec::new()
}

fn type_palette(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::Palette(open)) = model.overlays.last_mut() else { return Vec::new() };
    if open.input.press(key) != Edit::Changed {
        return Vec::new();
    }
    palette::actions::changed(model);
    Vec::new()
}

fn confirm(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let yes = model.words.tell("confirm-yes").chars().next();
    let Some(Overlay::Confirm(confirm)) = model.overlays.pop() else { return Vec::new() };
    let agrees = match key.code {
        KeyCode::Enter | KeyCode::Char('y') => true,
        KeyCode::Char(c) => Some(c) == yes,
        _ => false,
    };
    match confirm.yes {
        _ if !agrees => Vec::new(),
        OnYes::DiscardForm => program::actions::discard(model),
        OnYes::Leave => program::actions::quit(model),
    }
}
