//! From keys to commands, and from commands back to the keys that mean them: for help, hints and the palette.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use keybinds::KeyInput;

use crate::config::keymap::Found;
use crate::domain::phrase::Phrase;
use crate::tui::app::ask;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::{Model, Tone};
use crate::tui::command::table::{self, COMMANDS, Mode};
use crate::tui::command::{palette, preconditions};
use crate::tui::editor;
use crate::tui::help::state::Section;
use crate::tui::overlay::draw::Overlay;
use crate::tui::paste;
use crate::tui::text::input::Edit;
use crate::tui::{entry_line, form};

/// Does what `key` means here.
pub fn press(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if key.kind == KeyEventKind::Release {
        return Vec::new();
    }
    let modes = table::modes(model);
    if matches!(model.overlays.last(), Some(Overlay::Confirm(_) | Overlay::Paste(_))) {
        return press_card(model, &modes, key);
    }
    // While text is typed, a character is text whatever was bound to it.
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
    if table::types_entry(model) {
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
pub enum Reach {
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
pub fn reach(model: &Model, key: KeyEvent) -> Reach {
    match model.overlays.last() {
        Some(Overlay::Paste(_)) if key.code == KeyCode::Char('1') => return Reach::Moves,
        Some(Overlay::Confirm(_) | Overlay::Paste(_)) => return Reach::Acts,
        _ => {}
    }
    match model.keymap.find(&table::modes(model), &[KeyInput::from(key)]) {
        Found::Command("pane.zoom") | Found::Beginning | Found::Nothing => Reach::Acts,
        Found::Command("entry.write") if !model.line.input.is_blank() => Reach::GoesOn,
        Found::Command(id) if id.starts_with("move.") || id.starts_with("pane.") => Reach::Moves,
        Found::Command(id) if id.ends_with(".list") => Reach::Shows,
        Found::Command(_) => Reach::Acts,
    }
}

/// Runs the command `id`, when it makes sense now.
pub fn run(model: &mut Model, id: &str) -> Vec<Effect> {
    match table::find(id) {
        Some(command) if command.writes && model.around.read_only => ask::looks_on(model),
        Some(command) => match command.verdict(model) {
            Ok(()) => (command.run)(model),
            Err(why) => {
                let said = Phrase::new("toast-not-now").with("what", Phrase::new(command.describe));
                model.say(said.with("why", Phrase::new(why)), Tone::Info);
                Vec::new()
            }
        },
        None => Vec::new(),
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

/// Gives the key to whatever is being typed into.
fn type_text(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if table::types_entry(model) {
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
    match key.code {
        KeyCode::Enter | KeyCode::Char('y') => (confirm.yes)(model),
        KeyCode::Char(c) if Some(c) == yes => (confirm.yes)(model),
        _ => Vec::new(),
    }
}

/// The keys that mean the command `id` where one is, as help shows them.
pub fn keys_of(model: &Model, id: &str) -> String {
    found_keys(model, id).join(", ")
}

/// The first of them, for hints; a dash when there is none.
pub fn first_key_of(model: &Model, id: &str) -> String {
    found_keys(model, id).into_iter().min_by_key(|key| key.chars().count()).unwrap_or_else(|| "–".to_owned())
}

/// Looked up in the modes in force; a command that has no key there, where it belongs.
fn found_keys(model: &Model, id: &str) -> Vec<String> {
    let keys = model.keymap.keys(&table::modes(model), id);
    match table::find(id) {
        Some(command) if keys.is_empty() => model.keymap.keys(&[command.scope, Mode::Room, Mode::Global], id),
        _ => keys,
    }
}

/// The keys that mean something here, under headings, the innermost first.
pub fn sections(model: &Model) -> Vec<Section> {
    let mut modes = table::modes(model);
    if model.room_view().is_some() && !model.around.read_only && !modes.contains(&Mode::Entry) {
        modes.insert(modes.len() - 1, Mode::Entry);
    }
    let mut sections = Vec::new();
    for mode in modes {
        let mut keys: Vec<(String, Phrase)> = Vec::new();
        let chain = [mode];
        for command in COMMANDS {
            if command.writes && model.around.read_only {
                continue;
            }
            let bound = model.keymap.keys(&chain, command.id);
            if !bound.is_empty() {
                keys.push((bound.join(", "), Phrase::new(command.describe)));
            }
        }
        if !keys.is_empty() {
            sections.push((Phrase::new(table::heading(mode)), keys));
        }
    }
    sections
}

/// What the hint line offers here: key and what it does, the most important first.
pub fn hints(model: &Model) -> Vec<(String, String)> {
    let offered = |id: &str| !(model.around.read_only && table::find(id).is_some_and(|command| command.writes));
    hinted(model)
        .into_iter()
        .filter(|(id, _)| offered(id))
        .map(|(id, what)| (first_key_of(model, id), model.words.tell(what).into_owned()))
        .collect()
}

/// The commands that the hint line names, each with the key of its word.
fn hinted(model: &Model) -> Vec<(&'static str, &'static str)> {
    match table::modes(model).first() {
        Some(Mode::Entry) => vec![
            ("entry.save", "hint-save"),
            ("entry.kind-next", "hint-kind"),
            ("entry.editor", "hint-editor"),
            ("entry.leave", "hint-leave-line"),
            ("app.help", "hint-help"),
        ],
        Some(Mode::Lobby) => {
            let mut hints = vec![("lobby.declare", "hint-declare")];
            if preconditions::has_rooms(model).is_ok() {
                hints.push(("lobby.open", "hint-open"));
            }
            hints.extend([
                ("lobby.demo", "hint-demo"),
                ("app.palette", "hint-commands"),
                ("app.help", "hint-help"),
                ("app.leave", "hint-leave"),
            ]);
            hints
        }
        // What lies over the screen says its own keys along its edge.
        Some(Mode::Form | Mode::List | Mode::Meeting | Mode::Palette | Mode::Help | Mode::Editor) => {
            vec![("app.back", "hint-back")]
        }
        Some(first) => {
            let mut hints = Vec::with_capacity(10);
            if preconditions::has_alarm(model).is_ok() {
                hints.push(("alarm.acknowledge", "hint-acknowledge"));
            }
            hints.push(("entry.write", "hint-note"));
            hints.extend(match first {
                Mode::Questions => vec![("question.answer", "hint-answer"), ("question.open", "hint-history")],
                Mode::Checklist => vec![("checklist.check", "hint-check"), ("checklist.waive", "hint-waive-item")],
                Mode::Timeline => vec![("entry.star", "hint-star"), ("entry.amend", "hint-amend")],
                Mode::Actions => vec![("action.done", "hint-done"), ("action.update", "hint-change")],
                _ => Vec::new(),
            });
            if *first != Mode::Questions {
                hints.push(("question.answer", "hint-answer"));
            }
            hints.extend([
                ("meeting.open", "hint-meeting"),
                ("notice.write", "hint-update"),
                ("app.palette", "hint-commands"),
                ("timeline.search", "hint-search"),
                ("app.help", "hint-help"),
            ]);
            if model.around.read_only {
                hints.extend([("people.list", "hint-people"), ("pane.zoom", "hint-zoom"), ("app.leave", "hint-leave")]);
            }
            hints
        }
        None => Vec::new(),
    }
}
