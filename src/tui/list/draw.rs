//! Lists over the room: their rows are made from the room as it stands, so they never show what is no longer so.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::wrap::wrap;
use crate::tui::app::model::Model;
use crate::tui::list;
use crate::tui::list::edge;
use crate::tui::list::row::ListRow;
use crate::tui::list::state::List;
use crate::tui::overlay::frame;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, row_of};
use crate::tui::widgets::scroll;

/// The widest list.
const WIDE: u16 = 92;

/// How many lines more than one the selected row may take.
const MOST_MORE: usize = 8;

/// Draws it.
pub fn draw(buf: &mut Buffer, area: Rect, list: &List, model: &Model, paint: &Paint<'_>) -> Option<Position> {
    // The entry line and the hints stay visible: notes are taken during a meeting.
    let area = Rect { height: area.height.saturating_sub(2), ..area };
    let rows = list::rows::rows(&list.kind, model);
    let head = edge::head(&list.kind, model);
    let selected = list::rows::selected(list, &rows);
    // The words of the selected row are shown whole, however long they are.
    let room = usize::from(WIDE.min(area.width).saturating_sub(6)).max(1);
    let mut whole = rows.get(selected).map_or_else(Vec::new, |row| wrap(&paint.say(&row.text), room));
    let more = whole.len().saturating_sub(1).min(MOST_MORE);
    let lines: usize = more + rows.iter().map(|row| 1 + usize::from(row.detail.is_some())).sum::<usize>();
    let height = u16::try_from(lines + head.len()).unwrap_or(u16::MAX).saturating_add(2 + u16::from(!head.is_empty()));
    let title = paint.say(&edge::title(&list.kind, model));
    let foot = edge::foot(&list.kind, model);
    let inner = frame::draw(buf, area, WIDE, height.max(4), &title, &foot, paint);
    let mut top = 0;
    for line in &head {
        if top < inner.height {
            Pen::on_row(buf, inner, top).put(&paint.say(line), paint.style(Role::Muted));
        }
        top += 1;
    }
    let gap = u16::from(!head.is_empty());
    let top = (top + gap).min(inner.height);
    let body = Rect { y: inner.y + top, height: inner.height - top, ..inner };
    if rows.is_empty() {
        Pen::on_row(buf, body, 0).put(&paint.tell("list-empty"), paint.style(Role::Muted));
        return None;
    }
    let each = if rows.iter().any(|row| row.detail.is_some()) { 2 } else { 1 };
    let more = more.min(usize::from(body.height).saturating_sub(each));
    if whole.len() > more + 1 {
        whole.truncate(more + 1);
        whole[more].push('…');
    }
    let first = scroll::first_row(rows.len(), selected, (usize::from(body.height) - more) / each);
    let mut y = 0;
    let mut whole_rows = first;
    for (index, row) in rows.iter().enumerate().skip(first) {
        if y >= body.height {
            break;
        }
        if index == selected && more > 0 {
            y = draw_whole(buf, body, y, row, &whole, paint);
        } else {
            draw_row(buf, body, y, row, index == selected, paint);
            y += 1;
        }
        if let Some(detail) = &row.detail {
            let mut pen = Pen::on_row(buf, body, y);
            if y < body.height {
                pen.skip(2);
                pen.put(&paint.say(detail), paint.style(Role::Muted));
            }
            y += 1;
        }
        whole_rows += usize::from(y <= body.height);
    }
    frame::draw_marks(buf, body, first > 0, whole_rows < rows.len(), paint);
    None
}

/// Draws the selected row with the `lines` that its words take; the row below it.
fn draw_whole(buf: &mut Buffer, body: Rect, top: u16, row: &ListRow, lines: &[String], paint: &Paint<'_>) -> u16 {
    let mut below = top;
    for (y, (nth, line)) in (top..body.height).zip(lines.iter().enumerate()) {
        buf.set_style(row_of(body, y), paint.style(Role::Selection));
        let mut pen = Pen::on_row(buf, body, y);
        pen.put_in(if nth == 0 { row.mark } else { "" }, 2, paint.theme.selected(row.role));
        pen.put(line, paint.theme.selected(words_role(row)));
        below = y + 1;
    }
    below
}

fn words_role(row: &ListRow) -> Role {
    if matches!(row.role, Role::Muted | Role::Struck) { row.role } else { Role::Text }
}

fn draw_row(buf: &mut Buffer, body: Rect, y: u16, row: &ListRow, selected: bool, paint: &Paint<'_>) {
    let style = |role| if selected { paint.theme.selected(role) } else { paint.style(role) };
    if selected {
        buf.set_style(row_of(body, y), paint.style(Role::Selection));
    }
    let mut pen = Pen::on_row(buf, body, y);
    pen.put_in(row.mark, 2, style(row.role));
    pen.put(&paint.say(&row.text), style(words_role(row)));
}
