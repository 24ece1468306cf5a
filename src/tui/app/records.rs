//! Records as they come: folded, shown, and warned of.

use crate::domain::event::Event;
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::{Arg, Lexicon};
use crate::domain::record::Record;
use crate::domain::timeline::{self, Entry};
use crate::tui::alarms::raise;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::{Model, RoomView, Tone, place_of};
use crate::tui::entry_line::state::EntryLine;
use crate::tui::list::draw::ListKind;
use crate::tui::overlay::draw::Overlay;
use crate::tui::questions::rivals;
use crate::tui::room::held_selection;
use crate::tui::timeline::actions as timeline_actions;

/// How many entries are kept at hand while the view follows; older ones are fetched again when they are looked for.
const MOST_LOADED: usize = 2_000;

/// New records of the room on the screen.
pub fn recorded(model: &mut Model, room: &RoomId, records: &[Record]) -> Vec<Effect> {
    if !model.view.as_ref().is_some_and(|view| view.room.id == *room && records.iter().any(|r| r.seq > view.room.seq)) {
        return Vec::new();
    }
    let held = held_selection::hold(model);
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    let mut alarms = Vec::new();
    let mut news = None;
    let mut moved_unseen = false;
    for record in records {
        if record.seq <= view.room.seq {
            continue;
        }
        let looked = model.looking && view.stretch.cursor.is_none() && view.stretch.seen + 1 >= record.seq;
        let me = model.around.me.as_ref();
        news = rivals::replaced(&view.room, record, me).or_else(|| rivals::stepped(record, me)).or(news);
        if let Event::EntryRedacted { target, .. } = &record.event {
            forget_typed(&mut model.line, view, *target);
        }
        view.room.apply(record);
        moved_unseen |= matches!(record.event, Event::EntryMoved { target, .. } if !is_at_hand(view, target));
        take(view, record, &model.words);
        if looked {
            view.stretch.seen = record.seq;
        }
        alarms.extend(raise::of(room, view.room.title.raw(), &record.event));
        rivals::tell_forms(&mut model.overlays, record);
        if matches!(record.event, Event::MeetingEnded { .. }) {
            model.overlays.retain(|o| !matches!(o, Overlay::List(list) if list.kind == ListKind::Meeting));
        }
    }
    renew_helps(model, records);
    if let Some(news) = news {
        model.say(news, Tone::Info);
    }
    held_selection::keep(model, held);
    let mut effects = raise::ring(model, alarms);
    if moved_unseen {
        effects.extend(timeline_actions::renew(model));
    }
    // A mark may come a moment before the second in which it is shown.
    let now = records.last().map_or(model.around.now, |record| record.rec.max(model.around.now));
    if let Some(view) = &model.view {
        raise::settle(&mut model.around.alarms, &view.room, now);
    }
    effects
}

/// A mark of a clock: in a room that is not on the screen, or one that could not be saved.
pub fn rang(model: &mut Model, room: &RoomId, title: &str, record: &Record) -> Vec<Effect> {
    let alarms = raise::of(room, title, &record.event);
    raise::ring(model, alarms.into_iter().collect())
}

/// Puts a record into the stretch that is loaded, when it belongs there, and renews the entries that it changed.
fn take(view: &mut RoomView, record: &Record, lexicon: &dyn Lexicon) {
    if let Event::EntryMoved { target, .. } = record.event {
        put_elsewhere(view, target, lexicon);
    }
    if let Some(target) = changed_entry(&record.event) {
        let mark = view.room.mark(target).cloned().unwrap_or_default();
        if let Some(entry) = view.stretch.entries.iter_mut().find(|entry| entry.seq == target) {
            entry.mark = mark;
            if entry.mark.redacted {
                entry.redact();
            }
        }
    }
    if let Some(entry) = timeline::entry(record, &view.room) {
        insert(view, entry, lexicon);
    }
}

fn is_at_hand(view: &RoomView, target: Seq) -> bool {
    view.stretch.entries.iter().any(|entry| entry.seq == target)
}

/// Puts an entry whose time was corrected where it stands now. The cursor goes with it.
fn put_elsewhere(view: &mut RoomView, target: Seq, lexicon: &dyn Lexicon) {
    let Some(at) = view.room.moved.get(&target).copied() else { return };
    let stretch = &mut view.stretch;
    let Some(nth) = stretch.entries.iter().position(|entry| entry.seq == target) else { return };
    let mut entry = stretch.entries.remove(nth);
    let (before, first) = (place_of(&entry), entry.was_at.unwrap_or(entry.at));
    entry.at = at;
    entry.was_at = (at != first).then_some(first);
    entry.late = entry.rec.since(at).num_seconds() >= 60;
    if stretch.cursor == Some(before) {
        stretch.cursor = Some(place_of(&entry));
    }
    insert(view, entry, lexicon);
}

/// What was typed here and is redacted now is not called back.
fn forget_typed(line: &mut EntryLine, view: &RoomView, target: Seq) {
    let Some(entry) = view.stretch.entries.iter().find(|entry| entry.seq == target) else { return };
    let said: Vec<&str> = entry
        .phrase
        .args
        .iter()
        .filter_map(|(_, arg)| if let Arg::Text(said) = arg { Some(said.trim()) } else { None })
        .filter(|said| !said.is_empty())
        .collect();
    line.history.retain(|typed| !said.iter().any(|said| typed.contains(said)));
    line.recalled = None;
}

fn insert(view: &mut RoomView, entry: Entry, lexicon: &dyn Lexicon) {
    let stretch = &mut view.stretch;
    if !stretch.filter.is_empty() && !stretch.filter.admits(&entry, &entry.said(lexicon)) {
        return;
    }
    let at = stretch.entries.partition_point(|known| place_of(known) < place_of(&entry));
    let before_all = at == 0 && stretch.has_older;
    let after_all = at == stretch.entries.len() && stretch.has_newer;
    if before_all || after_all || stretch.entries.get(at).is_some_and(|known| known.seq == entry.seq) {
        return;
    }
    stretch.entries.insert(at, entry);
    if stretch.cursor.is_none() && stretch.entries.len() > MOST_LOADED {
        stretch.entries.drain(..MOST_LOADED / 2);
        stretch.has_older = true;
    }
}

/// An entry that is shown in full is shown as it is now: what was redacted must not stay to be read.
fn renew_helps(model: &mut Model, records: &[Record]) {
    let Some(view) = &model.view else { return };
    let changed: Vec<u64> = records.iter().filter_map(|record| changed_entry(&record.event)).collect();
    for overlay in &mut model.overlays {
        let Overlay::Help(help) = overlay else { continue };
        let about = help.entry_shown().filter(|seq| changed.contains(seq));
        if let Some(entry) = about.and_then(|seq| view.stretch.entries.iter().find(|entry| entry.seq == seq)) {
            help.renew(entry, &model.words);
        }
    }
}

fn changed_entry(event: &Event) -> Option<u64> {
    match event {
        Event::EntryAmended { target, .. }
        | Event::EntryMoved { target, .. }
        | Event::EntryStruck { target, .. }
        | Event::EntryStarred { target, .. }
        | Event::EntryRedacted { target, .. } => Some(*target),
        _ => None,
    }
}

/// The entries that `records` are in `view`'s room, in the timeline's order.
pub fn entries(view: &RoomView, records: &[Record]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = records.iter().filter_map(|record| timeline::entry(record, &view.room)).collect();
    entries.sort_by_key(place_of);
    entries.dedup_by_key(|entry| entry.seq);
    entries
}
