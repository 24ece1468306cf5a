//! Records as they come: folded, shown, and warned of.

use crate::domain::event::Event;
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Arg;
use crate::domain::record::Record;
use crate::tui::alarms::raise;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::entry_line::state::EntryLine;
use crate::tui::list::state::ListKind;
use crate::tui::overlay::state::Overlay;
use crate::tui::questions::rivals;
use crate::tui::room::held_selection;
use crate::tui::room::state::RoomView;
use crate::tui::timeline::actions as timeline_actions;
use crate::tui::timeline::records::{changed_entry, is_at_hand, take};

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
        let looked = model.looking && view.window.cursor.is_none() && view.window.seen + 1 >= record.seq;
        let me = model.environment.me.as_ref();
        news = rivals::replaced(&view.room, record, me).or_else(|| rivals::stepped(record, me)).or(news);
        if let Event::EntryRedacted { target, .. } = &record.event {
            forget_typed(&mut model.line, view, *target);
        }
        view.room.apply(record);
        moved_unseen |= matches!(record.event, Event::EntryMoved { target, .. } if !is_at_hand(view, target));
        take(view, record, &model.words);
        if looked {
            view.window.seen = record.seq;
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
    let now = records.last().map_or(model.environment.now, |record| record.rec.max(model.environment.now));
    if let Some(view) = &model.view {
        raise::settle(&mut model.environment.alarms, &view.room, now);
    }
    effects
}

/// A mark of a clock: in a room that is not on the screen, or one that could not be saved.
pub fn rang(model: &mut Model, room: &RoomId, title: &str, record: &Record) -> Vec<Effect> {
    let alarms = raise::of(room, title, &record.event);
    raise::ring(model, alarms.into_iter().collect())
}

/// What was typed here and is redacted now is not called back.
fn forget_typed(line: &mut EntryLine, view: &RoomView, target: Seq) {
    let Some(entry) = view.window.entries.iter().find(|entry| entry.seq == target) else { return };
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

/// An entry that is shown in full is shown as it is now: what was redacted must not stay to be read.
fn renew_helps(model: &mut Model, records: &[Record]) {
    let Some(view) = &model.view else { return };
    let changed: Vec<u64> = records.iter().filter_map(|record| changed_entry(&record.event)).collect();
    for overlay in &mut model.overlays {
        let Overlay::Help(help) = overlay else { continue };
        let about = help.entry_shown().filter(|seq| changed.contains(seq));
        if let Some(entry) = about.and_then(|seq| view.window.entries.iter().find(|entry| entry.seq == seq)) {
            help.renew(entry, &model.words);
        }
    }
}
