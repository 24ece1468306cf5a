//! Who sits at the keys: chosen among those who are known, or typed.

use crate::domain::phrase::Phrase;
use crate::tui::app::effect::{Effect, Tag};
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::command::palette::search::FuzzySearch;
use crate::tui::command::palette::state::{Offer, Palette, PaletteChoice, PaletteRow};
use crate::tui::overlay::state::Overlay;
use crate::tui::text::input::TextInput;
use crate::tui::{entry_line, form};
use crate::wire::message::{Ask, Draft};

/// Asks who types from now on. What waits to be saved is to carry the name of who wrote it: that comes first.
pub fn open(model: &mut Model) -> Vec<Effect> {
    if model.pending.holds() {
        model.say(Phrase::new("toast-type-as-unsent"), Tone::Info);
        return Vec::new();
    }
    let palette = Palette { offer: Offer::Names, rows: rows(model, ""), input: TextInput::default(), selected: 0 };
    model.overlays.push(Overlay::Palette(palette));
    Vec::new()
}

/// The names that fit `typed`, the best first, and what is typed itself when nobody goes by it.
pub fn rows(model: &Model, typed: &str) -> Vec<PaletteRow> {
    let row = |(name, detail): (String, String), matched| PaletteRow {
        choice: PaletteChoice::Name(name.clone()),
        what: name,
        detail,
        applies: true,
        matched,
    };
    let typed = typed.trim();
    if typed.is_empty() {
        return known(model).into_iter().map(|known| row(known, Vec::new())).collect();
    }
    let mut search = FuzzySearch::new(typed);
    let mut found: Vec<(u32, PaletteRow)> = known(model)
        .into_iter()
        .filter_map(|known| {
            let (score, matched) = search.find(&known.0)?;
            Some((score, row(known, matched)))
        })
        .collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut rows: Vec<PaletteRow> = found.into_iter().map(|(_, row)| row).collect();
    if !rows.iter().any(|row| row.what.to_lowercase() == typed.to_lowercase()) {
        rows.push(row((typed.to_owned(), model.words.tell("who-as-typed").into_owned()), Vec::new()));
    }
    rows
}

/// Everybody who could sit here, each once, with what is known of them: those who are here first.
fn known(model: &Model) -> Vec<(String, String)> {
    let me = model.environment.me.as_ref();
    let mut known: Vec<(String, String)> = Vec::new();
    if let Some(view) = &model.view {
        let here = model.words.tell("room-here");
        known.extend(view.others(me).map(|person| (person.who.name.clone(), here.clone().into_owned())));
    }
    known.extend(model.contacts.iter().map(|contact| (contact.name.clone(), contact.role.clone())));
    if let Some(view) = &model.view {
        known.extend(view.room.people.iter().map(|name| (name.clone(), String::new())));
    }
    let mut seen: Vec<String> = me.iter().map(|me| me.name.to_lowercase()).collect();
    known.retain(|(name, _)| {
        let lower = name.to_lowercase();
        let is_new = !name.trim().is_empty() && !seen.contains(&lower);
        seen.push(lower);
        is_new
    });
    known
}

/// From now on `name` types here. What is half typed stays in the line, and goes on as a draft of theirs.
pub fn type_as(model: &mut Model, name: String) -> Vec<Effect> {
    let mut effects = drafts_left(model);
    effects.push(Effect::Ask { tag: Tag::TypeAs, what: Ask::TypeAs { name } });
    effects
}

/// The drafts of what is being typed go from the name that had them; they are kept again under the next.
fn drafts_left(model: &mut Model) -> Vec<Effect> {
    let Some(room) = model.view.as_ref().map(|view| view.room.id.clone()) else { return Vec::new() };
    let mut effects = Vec::new();
    let mut leave = |slot: String, began_at| {
        let draft = Draft { room: room.clone(), slot, began_at, text: String::new() };
        effects.push(Effect::Ask { tag: Tag::Nothing, what: Ask::KeepDraft { draft } });
    };
    let now = model.environment.now;
    if let Some(id) = model.line.id.filter(|_| model.line.kept_at.is_some()) {
        leave(crate::tui::drafts::slot::slot(id), model.line.began_at.unwrap_or(now));
        model.line.unkept = true;
    }
    for overlay in &mut model.overlays {
        if let Overlay::Form(form) = overlay
            && let Some(slot) = form.slot.clone()
        {
            leave(slot, form.began_at.unwrap_or(now));
            form.unkept = form.is_touched();
        }
    }
    effects
}

/// The host says how it attributes from now on.
pub fn renamed(model: &mut Model, me: crate::domain::record::Author) -> Vec<Effect> {
    model.say(Phrase::new("toast-types-as").with("who", me.name.as_str()), Tone::Good);
    model.environment.me = Some(me);
    if let Some(view) = model.view.as_mut() {
        // The last entry is another's now: it is not theirs to take back with one key.
        view.last_own = None;
    }
    let mut effects = entry_line::actions::keep(model);
    effects.extend(form::actions::keep(model));
    effects
}
