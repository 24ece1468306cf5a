//! From commands back to the keys that mean them: for help, hints and the palette.

use crate::config::keymap::Mode;
use crate::domain::phrase::Phrase;
use crate::tui::app::model::Model;
use crate::tui::command::table::{self, COMMANDS};
use crate::tui::command::{modes, preconditions};
use crate::tui::help::state::KeySection;

/// The keys that mean the command `id` where one is, as help shows them.
pub fn keys_of(model: &Model, id: &str) -> String {
    found_keys(model, id).join(", ")
}

/// The first of them, for hints; a dash when there is none.
pub fn first_key_of(model: &Model, id: &str) -> String {
    found_keys(model, id).into_iter().min_by_key(|key| key.chars().count()).unwrap_or_else(|| "–".to_owned())
}

/// Looked up in the modes in force; a command that has no key there, where it belongs.
pub fn found_keys(model: &Model, id: &str) -> Vec<String> {
    let keys = model.keymap.keys(&modes::modes(model), id);
    match table::find(id) {
        Some(command) if keys.is_empty() => model.keymap.keys(&[command.scope, Mode::Room, Mode::Global], id),
        _ => keys,
    }
}

/// The keys that mean something here, under headings, the innermost first.
pub fn sections(model: &Model) -> Vec<KeySection> {
    let mut modes = modes::modes(model);
    if model.room_view().is_some() && !model.environment.read_only && !modes.contains(&Mode::Entry) {
        modes.insert(modes.len() - 1, Mode::Entry);
    }
    let mut sections = Vec::new();
    for mode in modes {
        let mut keys: Vec<(String, Phrase)> = Vec::new();
        let chain = [mode];
        for command in COMMANDS {
            if command.writes && model.environment.read_only {
                continue;
            }
            let bound = model.keymap.keys(&chain, command.id);
            if !bound.is_empty() {
                keys.push((bound.join(", "), Phrase::new(command.describe)));
            }
        }
        if !keys.is_empty() {
            sections.push((Phrase::new(modes::heading(mode)), keys));
        }
    }
    sections
}

/// What the hint line offers here: key and what it does, the most important first.
pub fn hints(model: &Model) -> Vec<(String, String)> {
    let offered = |id: &str| !(model.environment.read_only && table::find(id).is_some_and(|command| command.writes));
    hinted(model)
        .into_iter()
        .filter(|(id, _)| offered(id))
        .map(|(id, what)| (first_key_of(model, id), model.words.tell(what).into_owned()))
        .collect()
}

/// The commands that the hint line names, each with the key of its word.
pub fn hinted(model: &Model) -> Vec<(&'static str, &'static str)> {
    match modes::modes(model).first() {
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
            if model.environment.read_only {
                hints.extend([("people.list", "hint-people"), ("pane.zoom", "hint-zoom"), ("app.leave", "hint-leave")]);
            }
            hints
        }
        None => Vec::new(),
    }
}
