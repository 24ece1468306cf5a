//! The actions, the two plans, and what else is open: obstacles, resources asked for, suppliers to square up with.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::action::{Action, Track};
use crate::domain::phrase::Phrase;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::{RoomView, RowId};
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::panel::PanelNote;
use crate::tui::widgets::pen::{Pen, row_of};
use crate::tui::widgets::{empty, scroll};

/// How many actions are open, late and done.
pub fn note(view: &RoomView, now: Moment, paint: &Paint<'_>) -> Vec<PanelNote> {
    let counts = view.room.open_counts(now);
    let done = view.room.actions.iter().filter(|action| action.end.as_ref().is_some_and(|end| end.done)).count();
    let mut notes: Vec<PanelNote> = Vec::new();
    for (key, count, role) in [
        ("actions-late", counts.late_actions, Role::Danger),
        ("actions-open", counts.actions, Role::Muted),
        ("actions-done", done, Role::Muted),
    ] {
        if count > 0 {
            notes.push((paint.say(&Phrase::new(key).with("count", count)).into(), role));
        }
    }
    notes
}

/// How many rows the plans take.
pub fn plan_rows(view: &RoomView) -> usize {
    let tracks = &view.room.tracks;
    let plans = Track::ALL.iter().filter(|track| tracks.plan(**track).is_some()).count();
    plans + usize::from(tracks.switch_condition.is_some() && plans > 0)
}

/// Draws the plans, then a row for everything that is open, then what has ended.
pub fn draw(buf: &mut Buffer, area: Rect, view: &RoomView, now: Moment, focused: bool, paint: &Paint<'_>) {
    if area.is_empty() {
        return;
    }
    let rows = view.rows(Pane::Actions, now);
    let plans = plan_rows(view);
    if rows.is_empty() && plans == 0 {
        empty::draw(buf, area, &paint.tell("actions-none"), &paint.tell("actions-none-how"), paint);
        return;
    }
    let above = draw_plans(buf, area, view, plans.min(usize::from(area.height) / 2), paint);
    let list = Rect { y: area.y + above, height: area.height - above, ..area };
    let room = usize::from(list.height);
    let selected = view.selected_row(Pane::Actions, now).unwrap_or(0);
    let first = scroll::first_row(rows.len(), selected, room);
    let beside = scroll::beside_marks(buf, list, rows.len() > room);
    for (row, id) in rows.iter().enumerate().skip(first).take(room) {
        let at = row_of(beside, (row - first) as u16);
        draw_row(buf, at, id, view, now, paint);
        if focused && row == selected {
            buf.set_style(at.intersection(buf.area), paint.style(Role::Selection));
        }
    }
    let (above, below) = (first > 0, first + room < rows.len());
    if list.height > 0 {
        scroll::draw_marks(buf, list, above, below, paint.style(Role::Muted));
    }
}

/// Plan A, plan B and what would make us switch, in at most `room` rows; how many rows they took.
fn draw_plans(buf: &mut Buffer, area: Rect, view: &RoomView, room: usize, paint: &Paint<'_>) -> u16 {
    let tracks = &view.room.tracks;
    let chosen = tracks.chosen.as_ref().map(|(track, ..)| *track);
    let mut row = 0u16;
    for track in Track::ALL {
        let Some(plan) = tracks.plan(track).filter(|_| usize::from(row) < room) else { continue };
        let mut pen = Pen::on_row(buf, area, row);
        let role = track_role(track);
        let said = paint.say(&Phrase::new("actions-plan").with("track", track.to_string()));
        let is_chosen = chosen == Some(track);
        pen.put_in(if is_chosen { "◉" } else { "◌" }, 2, paint.style(role));
        pen.put(&said, paint.style(role));
        pen.put(" ", paint.style(Role::Text));
        if is_chosen {
            pen.put_right(&paint.tell("actions-chosen"), 1, paint.style(Role::Accent));
        } else if plan.dropped.is_some() {
            pen.put_right(&paint.tell("actions-dropped"), 1, paint.style(Role::Muted));
        }
        pen.put(words(&plan.text), paint.style(if plan.dropped.is_some() { Role::Struck } else { Role::Text }));
        row += 1;
    }
    if let Some(condition) = tracks.switch_condition.as_ref().filter(|_| row > 0 && usize::from(row) < room) {
        let mut pen = Pen::on_row(buf, area, row);
        pen.put("⇄ ", paint.style(Role::Muted));
        pen.put(&paint.say(&Phrase::new("actions-switch").with("text", words(condition))), paint.style(Role::Muted));
        row += 1;
    }
    row
}

fn track_role(track: Track) -> Role {
    match track {
        Track::A => Role::TrackA,
        Track::B => Role::TrackB,
    }
}

fn words(text: &Text) -> &str {
    if text.is_redacted() { "…" } else { text.raw() }
}

fn draw_row(buf: &mut Buffer, at: Rect, id: &RowId, view: &RoomView, now: Moment, paint: &Paint<'_>) {
    let room = &view.room;
    match id {
        RowId::Action(no) => {
            if let Some(action) = room.action(*no) {
                draw_action(buf, at, action, now, paint);
            }
        }
        RowId::Obstacle(no) => {
            if let Some(obstacle) = room.obstacles.iter().find(|obstacle| obstacle.no == *no) {
                let since = since("actions-since", obstacle.raised_at, paint);
                draw_other(buf, at, ("■", Role::Danger), "kind-obstacle", words(&obstacle.text), &since, paint);
            }
        }
        RowId::Resource(no) => {
            if let Some(resource) = room.resources.iter().find(|resource| resource.no == *no) {
                let since = since("actions-asked", resource.asked_at, paint);
                draw_other(buf, at, ("?", Role::Warn), "kind-resource", words(&resource.what), &since, paint);
            }
        }
        RowId::Supplier(no) => {
            if let Some(supplier) = room.suppliers.iter().find(|supplier| supplier.no == *no) {
                let lacks = if supplier.case.is_blank() {
                    "actions-no-case"
                } else if supplier.critical != Some(true) {
                    "actions-not-critical"
                } else {
                    "actions-no-staff"
                };
                let lacks = paint.tell(lacks);
                draw_other(buf, at, ("?", Role::Warn), "kind-supplier", words(&supplier.name), &lacks, paint);
            }
        }
        RowId::Question(_) | RowId::Item(_) => {}
    }
}

fn since(key: &'static str, at: Moment, paint: &Paint<'_>) -> String {
    paint.say(&Phrase::new(key).with("time", at))
}

fn draw_other(
    buf: &mut Buffer,
    at: Rect,
    (mark, role): (&str, Role),
    kind: &str,
    text: &str,
    note: &str,
    paint: &Paint<'_>,
) {
    let mut pen = Pen::new(buf, at);
    pen.put_in(mark, 2, paint.style(role));
    if pen.left() > 30 {
        pen.put_right(note, 1, paint.style(role));
    }
    pen.put(&paint.tell(kind), paint.style(role));
    pen.put(" ", paint.style(role));
    pen.put(text, paint.style(Role::Text));
}

fn draw_action(buf: &mut Buffer, at: Rect, action: &Action, now: Moment, paint: &Paint<'_>) {
    let late = action.late_minutes(now);
    let (mark, role, text) = match (&action.end, late) {
        (Some(end), _) if end.done => ("✓", Role::Ok, Role::Muted),
        (Some(_), _) => ("×", Role::Muted, Role::Struck),
        (None, Some(_)) => ("!", Role::Danger, Role::Title),
        (None, None) => ("○", Role::Muted, Role::Text),
    };
    let mut pen = Pen::new(buf, at);
    pen.put_in(mark, 2, paint.style(role));
    if let Some(track) = action.track {
        pen.put_right(&track.to_string(), 1, paint.style(track_role(track)));
    }
    if pen.left() > 26 {
        let said = match (&action.end, late, action.due) {
            (Some(end), ..) => Some((paint.time(end.at), Role::Muted)),
            (None, Some(late), _) => {
                let age = paint.words.age(chrono::Duration::minutes(late));
                Some((paint.say(&Phrase::new("actions-late-by").with("span", age)), Role::Danger))
            }
            (None, None, Some(due)) => Some((paint.say(&Phrase::new("actions-due").with("time", due)), Role::Due)),
            _ => None,
        };
        if let Some((said, role)) = said {
            pen.put_right(&said, 1, paint.style(role));
        }
    }
    match &action.owner {
        Some(owner) if pen.left() > 16 => {
            let name = crate::domain::showable::cut(&format!("@{owner}"), 14);
            pen.put_right(&name, 1, paint.style(Role::Person));
        }
        None if action.is_open() && pen.left() > 26 => {
            pen.put_right(&paint.tell("actions-nobody"), 1, paint.style(Role::Warn));
        }
        _ => {}
    }
    if action.corrective {
        pen.put("⟲ ", paint.style(Role::Muted));
    }
    pen.put(words(&action.text), paint.style(text));
}
