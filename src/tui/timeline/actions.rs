//! The timeline: moves, pages, search, filter, and what can be done to an entry.

use crate::domain::intent::Intent;
use crate::domain::phrase::{Lexicon, Phrase};
use crate::domain::timeline::{Entry, Filter};
use crate::tui::app::ask::ask;
use crate::tui::app::effect::{Clip, Effect, Tag};
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::app::movement::Move;
use crate::tui::form::open::{open, open_some};
use crate::tui::room::pane::Pane;
use crate::tui::timeline::forms;
use crate::tui::timeline::window::{TimelineWindow, place_of};
use crate::wire::message::{Ask, Page, PageFrom};

/// How many entries are fetched at a time.
pub const PAGE: usize = 200;

/// Moves the cursor; at the ends of what is loaded, more is fetched.
pub fn go(model: &mut Model, step: Move) -> Vec<Effect> {
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    let window = &mut view.window;
    // While the view follows, no entry is pointed at: the cursor comes in from below the latest one.
    let count = window.entries.len();
    let at = window.cursor.and_then(|_| window.selected()).unwrap_or(count);
    let Some(to) = step.from(at, count) else { return Vec::new() };
    let leaves = matches!(step, Move::By(by) if by > 0) && at + 1 >= count && !window.has_newer;
    if step == Move::Last || leaves {
        return latest(model);
    }
    if step == Move::First && window.has_older {
        return fetch(model, PageFrom::Start, Tag::Refill);
    }
    window.point(window.entries.get(to).map(place_of));
    if to < PAGE / 8 {
        older(model)
    } else if to + PAGE / 8 >= window.entries.len() {
        newer(model)
    } else {
        Vec::new()
    }
}

fn older(model: &mut Model) -> Vec<Effect> {
    let Some(window) = model.view.as_ref().map(|view| &view.window) else { return Vec::new() };
    match window.entries.first().filter(|_| window.has_older && !window.fetching).map(place_of) {
        Some(place) => fetch(model, PageFrom::Before(place), Tag::Older),
        None => Vec::new(),
    }
}

fn newer(model: &mut Model) -> Vec<Effect> {
    let Some(window) = model.view.as_ref().map(|view| &view.window) else { return Vec::new() };
    match window.entries.last().filter(|_| window.has_newer && !window.fetching).map(place_of) {
        Some(place) => fetch(model, PageFrom::After(place), Tag::Newer),
        None => Vec::new(),
    }
}

fn fetch(model: &mut Model, from: PageFrom, tag: Tag) -> Vec<Effect> {
    let lang = model.words.lang();
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    view.window.fetching = true;
    if tag == Tag::Refill {
        view.window.refilled_from = Some(from);
        // The cursor stands there once the page is here.
        view.window.point(None);
    }
    let page = Page { from, limit: PAGE, filter: view.window.filter.clone(), lang };
    vec![Effect::Ask { tag, what: Ask::Page { room: view.room.id.clone(), page } }]
}

/// The same window of the same entries as before, in the room as it is now: after an absence in which much has come.
pub fn return_to(model: &mut Model, before: &TimelineWindow) -> Vec<Effect> {
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    view.window.filter = before.filter.clone();
    let Some(at) = before.cursor.and(before.selected()) else {
        return if before.filter.is_empty() { Vec::new() } else { fetch(model, PageFrom::End, Tag::Refill) };
    };
    let some_before = at.checked_sub(PAGE / 2).and_then(|nth| before.entries.get(nth));
    let from = some_before.or(before.entries.first().filter(|_| before.has_older)).map(place_of);
    let effects = fetch(model, from.map_or(PageFrom::Start, PageFrom::After), Tag::Refill);
    if let Some(view) = model.view.as_mut() {
        (view.window.cursor, view.window.until) = (before.cursor, before.until);
    }
    effects
}

/// Fetches the window that is shown once more: an entry that is not at hand may belong into it now.
pub fn renew(model: &mut Model) -> Vec<Effect> {
    let Some(before) = model.view.as_ref().map(|view| view.window.clone()) else { return Vec::new() };
    match before.cursor {
        None => fetch(model, PageFrom::End, Tag::Refill),
        Some(_) => return_to(model, &before),
    }
}

/// Narrows the timeline.
pub fn narrow(model: &mut Model, filter: Filter) -> Vec<Effect> {
    if let Some(view) = model.view.as_mut() {
        view.window.filter = filter;
        view.focus = Pane::Timeline;
    }
    fetch(model, PageFrom::End, Tag::Refill)
}

pub fn clear(model: &mut Model) -> Vec<Effect> {
    narrow(model, Filter::default())
}

pub fn search(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(|view| forms::search(&view.window.filter));
    open_some(model, form)
}

pub fn filter(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().map(|view| forms::filter(&view.window.filter, &model.words));
    open_some(model, form)
}

/// Follows the latest entries again, and counts everything as seen.
pub fn latest(model: &mut Model) -> Vec<Effect> {
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    view.window.point(None);
    view.window.seen = view.room.seq;
    let mut effects = vec![Effect::seen(view.room.id.clone(), view.room.seq)];
    if view.window.has_newer {
        effects.extend(fetch(model, PageFrom::End, Tag::Refill));
    }
    effects
}

/// The first entry that is new since the person last looked, or the next one of them.
pub fn next_new(model: &mut Model) -> Vec<Effect> {
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    let window = &mut view.window;
    let own = model.environment.me.as_ref().map(|me| me.name.as_str());
    let is_new = |entry: &Entry| entry.seq > window.seen && Some(&*entry.by.name) != own;
    let after = window.cursor.and_then(|place| window.entries.iter().find(|e| place_of(e) > place && is_new(e)));
    match after.or_else(|| window.entries.iter().find(|entry| is_new(entry))).map(place_of) {
        Some(place) => {
            window.point(Some(place));
            view.focus = Pane::Timeline;
        }
        None => model.say(Phrase::new("toast-nothing-new"), Tone::Info),
    }
    Vec::new()
}

/// The next starred entry, round and round.
pub fn next_starred(model: &mut Model) -> Vec<Effect> {
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    let window = &mut view.window;
    let mut starred = window.entries.iter().filter(|entry| entry.mark.starred).map(place_of);
    let after = window.cursor.and_then(|cursor| starred.clone().find(|place| *place > cursor));
    match after.or_else(|| starred.next()) {
        Some(place) => {
            window.point(Some(place));
            view.focus = Pane::Timeline;
        }
        None => model.say(Phrase::new("toast-nothing-starred"), Tone::Info),
    }
    Vec::new()
}

/// Strikes the person's own last entry. Nothing is destroyed: it stays, struck through.
pub fn undo(model: &mut Model) -> Vec<Effect> {
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    let Some(target) = view.last_own.take() else { return Vec::new() };
    let time = view
        .window
        .entries
        .iter()
        .find(|entry| entry.seq == target)
        .map(|entry| model.words.time(entry.at, model.environment.now));
    model.say(Phrase::new("toast-undone").with("time", time.unwrap_or_default()), Tone::Info);
    ask(model, None, Intent::StrikeEntry { target, reason: Default::default() })
}

/// The entry under the cursor. While the view follows there is none, and an entry that comes at the last moment must not be
/// taken for the one that was meant: the cursor is put on the latest, and it is said.
fn pointed(model: &mut Model) -> Option<&Entry> {
    let window = &mut model.view.as_mut()?.window;
    if window.cursor.is_none() {
        window.point(window.entries.last().map(place_of));
        model.say(Phrase::new("toast-pointed"), Tone::Info);
        return None;
    }
    model.room_view()?.selected_entry()
}

pub fn star(model: &mut Model) -> Vec<Effect> {
    let Some(entry) = pointed(model) else { return Vec::new() };
    let intent = Intent::StarEntry { target: entry.seq, starred: !entry.mark.starred };
    ask(model, None, intent)
}

pub fn amend(model: &mut Model) -> Vec<Effect> {
    let Some(entry) = pointed(model).cloned() else { return Vec::new() };
    let form = forms::amend(&entry, &model.words);
    open(model, form)
}

pub fn strike(model: &mut Model) -> Vec<Effect> {
    let Some(entry) = pointed(model).cloned() else { return Vec::new() };
    let form = forms::strike(&entry, &model.words);
    open(model, form)
}

pub fn redact(model: &mut Model) -> Vec<Effect> {
    let Some(form) = pointed(model).map(forms::redact) else { return Vec::new() };
    open(model, form)
}

/// The entry's words on the clipboard in one line, with their time.
pub fn copy(model: &mut Model) -> Vec<Effect> {
    copy_as(model, Clip::line)
}

/// The same with their line breaks.
pub fn copy_block(model: &mut Model) -> Vec<Effect> {
    copy_as(model, Clip::block)
}

fn copy_as(model: &mut Model, shape: fn(&str) -> Clip) -> Vec<Effect> {
    let Some(entry) = pointed(model).cloned() else { return Vec::new() };
    let words = entry.mark.amended.as_ref().map_or_else(|| entry.said(&model.words), |t| t.raw().to_owned());
    vec![Effect::Copy(shape(&format!("{} {words}", model.words.time(entry.at, model.environment.now))))]
}
