//! Pastes: one line goes where the cursor is; many lines ask first when they would become an entry.

use crossterm::event::{KeyCode, KeyEvent};

use super::{ask_as, form, line};
use crate::domain::entry::{self, Parsed, Tally};
use crate::domain::phrase::{Lexicon, Phrase};
use crate::tui::effect::Effect;
use crate::tui::line::slot;
use crate::tui::model::{Model, Screen, Tone};
use crate::tui::outbox::Typed;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::paste::Paste;

/// Takes pasted text in. In the room it goes to the entry line even when that has not the focus: a paste is never commands.
pub fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    match model.overlays.last_mut() {
        Some(Overlay::Editor(editor)) => {
            editor.insert(&text);
            super::editor::changed(model);
            return Vec::new();
        }
        Some(Overlay::Form(top)) if top.sending.is_none() => {
            if let Some((input, _)) = top.focused_input() {
                input.insert(text.trim_end_matches('\n'));
                return form::changed(model);
            }
            return nowhere(model);
        }
        Some(Overlay::Palette(palette)) => {
            palette.input.insert(text.lines().next().unwrap_or_default());
            super::palette::changed(model);
            return Vec::new();
        }
        Some(Overlay::List(_)) | None => {}
        Some(_) => return nowhere(model),
    }
    if model.around.screen != Screen::Room || model.view.is_none() {
        return nowhere(model);
    }
    if model.around.read_only {
        return super::looks_on(model);
    }
    let body = text.trim_end_matches('\n');
    if body.contains('\n') {
        let mut paste = Paste { text: body.to_owned(), times: Vec::new() };
        let mut tally = Tally::default();
        each(model, &paste).iter().for_each(|(line, parsed)| tally.count(line, parsed));
        paste.times = tally.phrases();
        model.overlays.push(Overlay::Paste(paste));
        return Vec::new();
    }
    insert(model, body);
    Vec::new()
}

/// There is nothing here that takes text.
fn nowhere(model: &mut Model) -> Vec<Effect> {
    model.say(Phrase::new("toast-paste-nowhere"), Tone::Info);
    Vec::new()
}

fn insert(model: &mut Model, text: &str) {
    model.line.focused = true;
    model.line.input.insert(text);
    line::changed(model);
}

/// One entry, many entries, or nothing.
pub fn press(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::Paste(paste)) = model.overlays.last() else { return Vec::new() };
    let paste = paste.clone();
    match key.code {
        KeyCode::Char('1') | KeyCode::Enter => {
            model.overlays.pop();
            insert(model, &paste.text);
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

/// Its lines, each as an entry of its own.
fn each(model: &Model, paste: &Paste) -> Vec<(String, Parsed)> {
    let (now, zone, lang, people) = (model.around.now, &model.around.zone, model.words.lang(), model.people());
    let read = |line: &str| entry::parse_one_of_many(line, now, zone, lang, &people);
    paste.lines().map(|line| (line.to_owned(), read(line))).collect()
}

fn take_each(model: &mut Model, paste: &Paste) -> Vec<Effect> {
    let now = model.around.now;
    let mut effects = Vec::new();
    for (text, parsed) in each(model, paste) {
        let id = model.ids.next(now);
        model.line.remember(&text);
        let typed = Typed { text, began_at: now, slot: Some(slot(id)) };
        let at = parsed.happened_at();
        effects.extend(ask_as(model, id, Some(at), parsed.into_intent(), Some(typed)));
    }
    effects
}
