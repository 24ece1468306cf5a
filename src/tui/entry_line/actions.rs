//! The entry line: typed, understood, sent, kept, recalled.

use crate::domain::entry::{self, Parsed};
use crate::domain::id::IntentId;
use crate::domain::phrase::{Lexicon, Phrase};
use crate::tui::app::ask::ask_as;
use crate::tui::app::effect::{Effect, Tag};
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::app::pending::TypedText;
use crate::tui::drafts::slot::slot;
use crate::tui::drafts::text;
use crate::tui::editor::state::{Editor, Target};
use crate::tui::log_screen;
use crate::tui::overlay::state::Overlay;
use crate::tui::text::completion::Completions;
use crate::wire::message::{Ask, Draft};

pub fn focus(model: &mut Model) -> Vec<Effect> {
    model.line.focused = true;
    Vec::new()
}

/// Leaves the line; what is typed stays in it, and with the host.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    catch_up(model);
    if model.line.completion.take().is_some() && !model.line.input.is_blank() {
        return Vec::new();
    }
    model.line.focused = false;
    keep(model)
}

/// Sends what is typed as one entry. Empty: leaves the line.
pub fn send(model: &mut Model) -> Vec<Effect> {
    if model.line.input.is_blank() {
        return leave(model);
    }
    if model.view.is_none() {
        return log_screen::actions::wait(model);
    }
    let now = model.environment.now;
    let text = model.line.input.value().to_owned();
    let parsed = parse(model, &text);
    let id = model.line.id.unwrap_or_else(|| model.ids.next(now));
    let typed = TypedText { text: text.clone(), began_at: parsed.began_at, slot: Some(slot(id)) };
    model.line.remember(&text);
    model.line.clear();
    model.line.saved = false;
    let at = parsed.happened_at();
    ask_as(model, id, Some(at), parsed.into_intent(), Some(typed))
}

fn parse(model: &Model, text: &str) -> Parsed {
    let began_at = model.line.began_at.unwrap_or(model.environment.now);
    entry::parse(text, began_at, &model.environment.zone, model.words.lang(), &model.people())
}

/// Reads the text, if it changed since it was read. This is done before every frame, and before what rests on it.
pub fn catch_up(model: &mut Model) {
    if model.line.unread {
        understand(model);
    }
}

/// Reads the text.
pub fn understand(model: &mut Model) {
    model.line.unread = false;
    let text = model.line.input.value();
    if text.is_empty() {
        model.line.parsed = None;
        model.line.completion = None;
        return;
    }
    let people = model.people();
    let tags: Vec<String> = model.view.as_ref().map_or_else(Vec::new, |v| v.room.tags.iter().cloned().collect());
    let offers = entry::complete(text, model.line.input.cursor(), model.words.lang(), &people, &tags);
    // What is already written out in full is not offered again.
    let whole = offers.iter().any(|offer| offer.with.trim_end() == &text[offer.replace.clone()]);
    let completion = offers.first().filter(|_| !whole).map(|first| Completions {
        from: first.replace.start,
        to: first.replace.end,
        candidates: offers.iter().map(|offer| offer.with.clone()).collect(),
        at: 0,
    });
    let parsed = parse(model, text);
    model.line.parsed = Some(parsed);
    model.line.completion = completion.filter(|c| !c.candidates.is_empty());
}

/// After the text was changed by the person: it gets a stamp and an id, and is kept with the next tick.
pub fn changed(model: &mut Model) {
    let now = model.environment.now;
    if model.line.input.value().is_empty() {
        // An emptied line begins again, and its draft goes.
        model.line.unkept = model.line.kept_at.is_some();
        model.line.began_at = None;
    } else {
        model.line.began_at.get_or_insert(now);
        if model.line.id.is_none() {
            model.line.id = Some(model.ids.next(now));
        }
        model.line.unkept = true;
        model.line.saved = false;
    }
    model.line.unread = true;
}

/// The same where the text did not come from letters: nothing is offered in place of it.
fn changed_whole(model: &mut Model) {
    changed(model);
    understand(model);
    model.line.completion = None;
}

/// Tells the host what is typed, when it changed since.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    let now = model.environment.now;
    let text = text::line_text(model);
    let (Some(view), Some(id), true) = (&model.view, model.line.id, model.line.unkept) else { return Vec::new() };
    let draft =
        Draft { room: view.room.id.clone(), slot: slot(id), began_at: model.line.began_at.unwrap_or(now), text };
    model.line.unkept = false;
    model.line.kept_at = Some(now);
    vec![Effect::Ask { tag: Tag::Nothing, what: Ask::KeepDraft { draft } }]
}

/// Takes the completion that is offered; without one, the next kind.
pub fn kind_next(model: &mut Model) -> Vec<Effect> {
    catch_up(model);
    if let Some(completion) = model.line.completion.take() {
        let chosen = completion.chosen().to_owned();
        model.line.input.replace(completion.from, completion.to, &chosen);
        changed(model);
        return Vec::new();
    }
    cycle(model, true)
}

pub fn kind_previous(model: &mut Model) -> Vec<Effect> {
    cycle(model, false)
}

fn cycle(model: &mut Model, forward: bool) -> Vec<Effect> {
    let began_at = model.line.began_at.unwrap_or(model.environment.now);
    let old = model.line.input.value().to_owned();
    let new = entry::cycle_kind(&old, began_at, &model.environment.zone, model.words.lang(), forward);
    // The cursor keeps its place in the text behind the prefix.
    let from_end = old.len() - model.line.input.cursor();
    let cursor = new.len().saturating_sub(from_end);
    model.line.input.set(new);
    model.line.input.put_cursor(cursor);
    changed_whole(model);
    Vec::new()
}

/// Calls back the entry before, or moves up in what is offered.
pub fn earlier(model: &mut Model) -> Vec<Effect> {
    if turn(model, -1) {
        return Vec::new();
    }
    let line = &mut model.line;
    let (at, aside) = match line.recalled.take() {
        Some((at, aside)) => (at.checked_sub(1), aside),
        None => (line.history.len().checked_sub(1), line.input.value().to_owned()),
    };
    let at = at.unwrap_or(0);
    if let Some(text) = line.history.get(at).cloned() {
        line.recalled = Some((at, aside));
        line.input.set(text);
        changed_whole(model);
    }
    Vec::new()
}

/// Calls back the entry after; at the end, what was typed before recalling.
pub fn later(model: &mut Model) -> Vec<Effect> {
    if turn(model, 1) {
        return Vec::new();
    }
    let line = &mut model.line;
    let Some((at, aside)) = line.recalled.take() else { return Vec::new() };
    match line.history.get(at + 1).cloned() {
        Some(text) => {
            line.recalled = Some((at + 1, aside));
            line.input.set(text);
        }
        None => line.input.set(aside),
    }
    changed_whole(model);
    Vec::new()
}

fn turn(model: &mut Model, by: isize) -> bool {
    catch_up(model);
    match model.line.completion.as_mut().filter(|completion| completion.candidates.len() > 1) {
        Some(completion) => {
            completion.turn(by);
            true
        }
        None => false,
    }
}

/// The next of what is offered.
pub fn complete_next(model: &mut Model) -> Vec<Effect> {
    turn(model, 1);
    Vec::new()
}

/// The one before of what is offered.
pub fn complete_previous(model: &mut Model) -> Vec<Effect> {
    turn(model, -1);
    Vec::new()
}

/// A line break in the text.
pub fn newline(model: &mut Model) -> Vec<Effect> {
    model.line.input.insert("\n");
    changed(model);
    Vec::new()
}

/// The text in a larger editor.
pub fn editor(model: &mut Model) -> Vec<Effect> {
    let editor = Editor::new(Phrase::new("editor-entry"), model.line.input.value(), Target::Line);
    model.overlays.push(Overlay::Editor(Box::new(editor)));
    Vec::new()
}

/// A text that could not be recorded comes back: an entry into the line; when that is in use by now, and for what was typed in
/// a form that is gone, `Up` has it. A message says why.
pub fn give_back(model: &mut Model, id: IntentId, typed: TypedText, why: Phrase) {
    model.line.remember(&typed.text);
    if typed.is_entry() && model.line.input.is_blank() {
        model.say(why, Tone::Bad);
        model.line.input = crate::tui::text::input::TextInput::with(typed.text);
        model.line.began_at = Some(typed.began_at);
        // A refused intent was not applied: its id can serve the corrected entry.
        model.line.id = Some(id);
        model.line.unkept = true;
        model.line.focused = true;
        understand(model);
        model.line.completion = None;
    } else {
        model.say(Phrase::new("toast-text-in-history").with("why", why), Tone::Bad);
    }
}
