//! Records put into the window of the timeline that is loaded.

use crate::domain::event::Event;
use crate::domain::id::Seq;
use crate::domain::phrase::Lexicon;
use crate::domain::record::Record;
use crate::domain::timeline::{self, Entry};
use crate::tui::room::state::RoomView;
use crate::tui::timeline::window::place_of;

/// How many entries are kept at hand while the view follows; older ones are fetched again when they are looked for.
pub const MOST_LOADED: usize = 2_000;

/// Puts a record into the window that is loaded, when it belongs there, and renews the entries that it changed.
pub fn take(view: &mut RoomView, record: &Record, lexicon: &dyn Lexicon) {
    if let Event::EntryMoved { target, .. } = record.event {
        put_elsewhere(view, target, lexicon);
    }
    if let Some(target) = changed_entry(&record.event) {
        let mark = view.room.mark(target).cloned().unwrap_or_default();
        if let Some(entry) = view.window.entries.iter_mut().find(|entry| entry.seq == target) {
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

pub fn is_at_hand(view: &RoomView, target: Seq) -> bool {
    view.window.entries.iter().any(|entry| entry.seq == target)
}

/// Puts an entry whose time was corrected where it stands now. The cursor goes with it.
pub fn put_elsewhere(view: &mut RoomView, target: Seq, lexicon: &dyn Lexicon) {
    let Some(at) = view.room.moved.get(&target).copied() else { return };
    let window = &mut view.window;
    let Some(nth) = window.entries.iter().position(|entry| entry.seq == target) else { return };
    let mut entry = window.entries.remove(nth);
    let (before, first) = (place_of(&entry), entry.was_at.unwrap_or(entry.at));
    entry.at = at;
    entry.was_at = (at != first).then_some(first);
    entry.late = entry.rec.since(at).num_seconds() >= 60;
    if window.cursor == Some(before) {
        window.cursor = Some(place_of(&entry));
    }
    insert(view, entry, lexicon);
}

pub fn insert(view: &mut RoomView, entry: Entry, lexicon: &dyn Lexicon) {
    let window = &mut view.window;
    if !window.filter.is_empty() && !window.filter.admits(&entry, &entry.said(lexicon)) {
        return;
    }
    let at = window.entries.partition_point(|known| place_of(known) < place_of(&entry));
    let before_all = at == 0 && window.has_older;
    let after_all = at == window.entries.len() && window.has_newer;
    if before_all || after_all || window.entries.get(at).is_some_and(|known| known.seq == entry.seq) {
        return;
    }
    window.entries.insert(at, entry);
    if window.cursor.is_none() && window.entries.len() > MOST_LOADED {
        window.entries.drain(..MOST_LOADED / 2);
        window.has_older = true;
    }
}

pub fn changed_entry(event: &Event) -> Option<u64> {
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
