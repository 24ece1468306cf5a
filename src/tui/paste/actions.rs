//! Pastes: one line goes where the cursor is; many lines ask first when they would become an entry. A paste never runs
//! anything.

use crossterm::event::{KeyCode, KeyEvent};

use crate::domain::entry::{self, Parsed, Tally};
use crate::domain::phrase::{Lexicon, Phrase};
use crate::tui::app::ask::{self, ask_as};
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::{Screen, Tone};
use crate::tui::app::model::Model;
use crate::tui::app::pending::TypedText;
use crate::tui::app::press::PastePart;
use crate::tui::command::{modes, palette};
use crate::tui::drafts::slot::slot;
use crate::tui::list::state::ListKind;
use crate::tui::overlay::state::Overlay;
use crate::tui::paste::state::Paste;
use crate::tui::{editor, entry_line, form};

/// Takes pasted text in. In the room it goes to the entry line even when that has not the focus: a paste is never commands.
pub fn pasted(model: &mut Model, text: &str, part: PastePart) -> Vec<Effect> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() && !modes::takes_text(model) {
        return Vec::new();
    }
    match model.overlays.last_mut() {
        Some(Overlay::Editor(editor)) => {
            editor.insert(&text);
            editor::actions::changed(model);
            return Vec::new();
        }
        Some(Overlay::Form(top)) if top.sending.is_none() => {
            if let Some((input, _)) = top.focused_input() {
                input.insert(text.trim_end_matches('\n'));
                return form::actions::changed(model);
            }
            return nowhere(model);
        }
        Some(Overlay::Palette(palette)) => {
            palette.input.insert(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
            palette::actions::changed(model);
            return Vec::new();
        }
        Some(Overlay::Paste(open)) => {
            open.append(&text, part);
            count_times(model);
            return Vec::new();
        }
        Some(Overlay::List(_) | Overlay::Help(_)) | None => {}
        Some(_) => return nowhere(model),
    }
    if model.environment.screen != Screen::Room || model.view.is_none() && !modes::types_entry(model) {
        return nowhere(model);
    }
    if model.environment.read_only {
        return ask::looks_on(model);
    }
    close_lists(model);
    let text = text.trim_end_matches('\n');
    let paste = Paste::new(if part == PastePart::First { text.trim_start_matches('\n') } else { text }, part);
    let only = paste.only_line().map(|line| Paste::new(line, part));
    match only {
        Some(line) => insert(model, &line),
        // Before there is a room, each line cannot be an entry of its own.
        None if model.view.is_none() => insert(model, &paste),
        None => {
            model.overlays.push(Overlay::Paste(paste));
            count_times(model);
        }
    }
    Vec::new()
}

/// There is nothing here that takes text.
pub fn nowhere(model: &mut Model) -> Vec<Effect> {
    model.say(Phrase::new("toast-paste-nowhere"), Tone::Info);
    Vec::new()
}

/// Lists and help give way to the entry line; during a meeting notes are taken beside its agenda.
fn close_lists(model: &mut Model) {
    let gives_way = |overlay: &Overlay| match overlay {
        Overlay::List(list) => list.kind != ListKind::Meeting,
        overlay => matches!(overlay, Overlay::Help(_)),
    };
    while model.overlays.last().is_some_and(gives_way) {
        model.overlays.pop();
    }
}

/// Puts the paste into the entry line, apart from what stands there unless it was pasted into the middle of it.
fn insert(model: &mut Model, paste: &Paste) {
    let input = &mut model.line.input;
    let is_apart = paste.part == PastePart::First && (!model.line.focused || paste.text.contains('\n'));
    let text = if is_apart {
        paste.apart_from(&input.value()[..input.cursor()], &input.value()[input.cursor()..])
    } else {
        paste.text.clone()
    };
    input.insert(&text);
    model.line.focused = true;
    entry_line::actions::changed(model);
}

/// One entry, many entries, or nothing.
pub fn press(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::Paste(paste)) = model.overlays.last() else { return Vec::new() };
    let paste = paste.clone();
    match key.code {
        KeyCode::Char('1') | KeyCode::Enter => {
            model.overlays.pop();
            insert(model, &paste);
            Vec::new()
        }
        KeyCode::Char('2') => {
            model.overlays.pop();
            take_each(model, &paste)
        }
        KeyCode::Esc | KeyCode::Char('q' | 'n' | 'c') => {
            model.overlays.pop();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Reads the times in the open paste.
fn count_times(model: &mut Model) {
    let Some(Overlay::Paste(paste)) = model.overlays.last() else { return };
    let mut tally = Tally::default();
    each(model, paste).iter().for_each(|(line, parsed)| tally.count(line, parsed));
    if let Some(Overlay::Paste(paste)) = model.overlays.last_mut() {
        paste.times = tally.phrases();
    }
}

/// Its lines, each as an entry of its own.
fn each(model: &Model, paste: &Paste) -> Vec<(String, Parsed)> {
    let (now, zone, lang, people) =
        (model.environment.now, &model.environment.zone, model.words.lang(), model.people());
    let read = |line: &str| entry::parse_one_of_many(line, now, zone, lang, &people);
    paste.lines().map(|line| (line.to_owned(), read(line))).collect()
}

fn take_each(model: &mut Model, paste: &Paste) -> Vec<Effect> {
    let now = model.environment.now;
    let mut effects = Vec::new();
    for (text, parsed) in each(model, paste) {
        let id = model.ids.next(now);
        model.line.remember(&text);
        let typed = TypedText { text, began_at: now, slot: Some(slot(id)) };
        let at = parsed.happened_at();
        effects.extend(ask_as(model, id, Some(at), parsed.into_intent(), Some(typed)));
    }
    effects
}
