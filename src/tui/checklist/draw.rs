//! The routine's checklist: what is due now first, then what comes later, then what is done or waived.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::checklist::{ItemView, Urgency};
use crate::domain::item_state::Settlement;
use crate::domain::phrase::Phrase;
use crate::domain::room::{Room, State};
use crate::domain::time::Moment;
use crate::tui::people::name;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RoomView;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::panel::PanelNote;
use crate::tui::widgets::pen::{Pen, columns, row_of};
use crate::tui::widgets::{empty, scroll};

/// In fewer columns than these a proof that is cut tells nothing.
const FEW: usize = 20;

/// How far the checklist has come.
pub fn note(view: &RoomView, now: Moment, paint: &Paint<'_>) -> Vec<PanelNote> {
    let tally = view.room.tally();
    if tally.total == 0 {
        return Vec::new();
    }
    let settled = tally.done + tally.waived;
    let due = view.room.items(now).iter().filter(|item| item.urgency == Urgency::DueNow).count();
    let mut notes: Vec<PanelNote> = Vec::new();
    if due > 0 {
        notes.push((paint.say(&Phrase::new("checklist-due").with("count", due)).into(), Role::Warn));
    }
    let progress = Phrase::new("checklist-progress").with("done", settled).with("total", tally.total);
    notes.push((paint.say(&progress).into(), if settled == tally.total { Role::Ok } else { Role::Muted }));
    notes
}

/// Draws the items, one row each; with a heading for each section where all of them fit.
pub fn draw(buf: &mut Buffer, area: Rect, view: &RoomView, now: Moment, focused: bool, paint: &Paint<'_>) {
    if area.is_empty() {
        return;
    }
    let items = view.room.items_by_urgency(now);
    if items.is_empty() {
        empty::draw(buf, area, &paint.tell("checklist-none"), "", paint);
        return;
    }
    let rows = rows(&items, usize::from(area.height));
    let chosen = view.selected_row(Pane::Checklist, now).unwrap_or(0);
    let selected = rows.iter().position(|row| matches!(row, Row::Item(nth) if *nth == chosen)).unwrap_or(0);
    let room = usize::from(area.height);
    let first = scroll::first_row(rows.len(), selected, room);
    let list = scroll::beside_marks(buf, area, rows.len() > room);
    for (row, what) in rows.iter().enumerate().skip(first).take(room) {
        let at = row_of(list, (row - first) as u16);
        match what {
            Row::Heading(nth) => {
                let title = paint.local(&items[*nth].section.title);
                Pen::new(buf, at).put(title, paint.style(Role::Rule));
            }
            Row::Item(nth) => {
                draw_item(buf, at, &items[*nth], &view.room, now, paint);
                if focused && row == selected {
                    buf.set_style(at.intersection(buf.area), paint.style(Role::Selection));
                }
            }
        }
    }
    let (above, below) = (first > 0, first + room < rows.len());
    scroll::draw_marks(buf, area, above, below, paint.style(Role::Muted));
}

/// A row: an item, or the heading of the section that the item opens.
enum Row {
    Heading(usize),
    Item(usize),
}

fn rows(items: &[ItemView<'_>], room: usize) -> Vec<Row> {
    let opens = |nth: usize| {
        nth == 0 || items[nth].section.key != items[nth - 1].section.key || items[nth].urgency != items[nth - 1].urgency
    };
    let headings = (0..items.len()).filter(|nth| opens(*nth)).count();
    let with_headings = items.len() + headings <= room;
    let mut rows = Vec::with_capacity(items.len() + headings);
    for nth in 0..items.len() {
        if with_headings && opens(nth) {
            rows.push(Row::Heading(nth));
        }
        rows.push(Row::Item(nth));
    }
    rows
}

fn draw_item(buf: &mut Buffer, at: Rect, view: &ItemView<'_>, room: &Room, now: Moment, paint: &Paint<'_>) {
    let state = room.state;
    let proof = room.proof(view.item);
    let settled = view.state.and_then(|state| state.settled.as_ref());
    let (mark, role, text) = match (settled.map(|settled| settled.how), view.urgency) {
        (Some(Settlement::Done), _) => ("✓", Role::Ok, Role::Muted),
        (Some(Settlement::Waived), _) => ("–", Role::Muted, Role::Muted),
        // It looks done by what has happened: one key says so.
        (None, _) if proof.is_some() => ("◆", Role::Ok, Role::Text),
        // Once service is back, a point neither done nor waived is a debt, even when it was due later.
        (None, _) if state != State::Open => ("!", Role::Danger, Role::Text),
        (None, Urgency::DueNow) => ("▸", Role::Warn, Role::Title),
        (None, _) => ("○", Role::Muted, Role::Text),
    };
    let mut pen = Pen::new(buf, at);
    pen.put_in(mark, 2, paint.style(role));
    let title = paint.local(&view.item.title);
    match settled {
        Some(settled) => {
            let who = name::signed(&settled.by);
            let stamp = format!("{} {who}", paint.time(settled.at));
            if pen.left() > 30 {
                pen.put_right(&stamp, 1, paint.style(Role::Muted));
            }
            pen.put(title, paint.style(text));
            if !settled.text.is_blank() {
                pen.put(&format!(" · {}", settled.text.raw()), paint.style(Role::Muted));
            }
        }
        None if proof.is_some() => {
            let mut said = proof.map(|proof| paint.say(&proof)).unwrap_or_default();
            let least = columns(title).saturating_add(4).min(pen.left() * 3 / 5);
            if pen.left() > least {
                let room = usize::from(pen.left() - least);
                if room < FEW && usize::from(columns(&said)) > room {
                    said = paint.tell("proof-short").into_owned();
                }
                let shown = crate::domain::showable::cut(&said, room);
                pen.put_right(&shown, 1, paint.style(Role::Ok));
            }
            pen.put(title, paint.style(text));
        }
        None => {
            if let Some(due) = view.due_at.filter(|_| pen.left() > 24) {
                let late = now.since(due).num_minutes();
                let (key, role) = match view.urgency {
                    Urgency::DueNow if late > 0 => ("checklist-since", Role::Warn),
                    Urgency::DueNow => ("checklist-now", Role::Warn),
                    _ => ("checklist-at", Role::Muted),
                };
                let said = paint.say(&Phrase::new(key).with("time", due));
                pen.put_right(&said, 1, paint.style(role));
            }
            if let Some(person) = view.state.and_then(|state| state.assignee.as_ref())
                && pen.left() > 20
            {
                let name = format!("@{}", name::first_name(person.raw()));
                pen.put_right(&crate::domain::showable::cut(&name, 12), 1, paint.style(Role::Person));
            }
            pen.put(title, paint.style(text));
        }
    }
}
