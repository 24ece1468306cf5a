//! The palette as drawn: what is typed, and the commands (or names) that fit it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::command::palette::state::{Offer, Palette, PaletteRow};
use crate::tui::overlay::frame;
use crate::tui::text;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, columns, row_of};
use crate::tui::widgets::scroll;

/// Draws it; the cursor stands in the text.
pub fn draw(buf: &mut Buffer, area: Rect, palette: &Palette, paint: &Paint<'_>) -> Option<Position> {
    let rows = u16::try_from(palette.rows.len()).unwrap_or(u16::MAX).clamp(1, 14);
    let (title, nothing) = match palette.offer {
        Offer::Commands => ("palette-title", "palette-nothing"),
        Offer::Names => ("who-title", "who-nobody"),
    };
    let inner = frame::draw(buf, area, 72, rows.saturating_add(4), &paint.tell(title), "", paint);
    if inner.height < 2 {
        return None;
    }
    let mut pen = Pen::on_row(buf, inner, 0);
    pen.put("› ", paint.style(Role::Accent));
    let rest = Rect { x: pen.column(), width: pen.left(), ..row_of(inner, 0) };
    let cursor = text::draw::draw_input(buf, rest, &palette.input, true, paint);
    let body = Rect { y: inner.y + 2.min(inner.height), height: inner.height.saturating_sub(2), ..inner };
    if palette.rows.is_empty() {
        Pen::on_row(buf, body, 0).put(&paint.tell(nothing), paint.style(Role::Muted));
    }
    let first = scroll::first_row(palette.rows.len(), palette.selected, usize::from(body.height));
    for (row, (index, found)) in (0..body.height).zip(palette.rows.iter().enumerate().skip(first)) {
        let selected = index == palette.selected;
        let style = |role| if selected { paint.theme.selected(role) } else { paint.style(role) };
        if selected {
            buf.set_style(row_of(body, row), paint.style(Role::Selection));
        }
        let detail = columns(&found.detail);
        let mut pen = Pen::on_row(buf, body, row);
        let room = pen.left().saturating_sub(detail + 2);
        let start = pen.column();
        pen.put_in(&found.what, room, style(if found.applies { Role::Text } else { Role::Muted }));
        pen.skip(1);
        let is_key = found.applies && palette.offer == Offer::Commands;
        pen.put(&found.detail, style(if is_key { Role::Key } else { Role::Muted }));
        mark(buf, row_of(body, row), start, room, found, style(Role::Match));
    }
    let below = first + usize::from(body.height) < palette.rows.len();
    frame::draw_marks(buf, body, first > 0, below, paint);
    cursor
}

/// Makes the typed characters stand out, where each character of the description is one column wide.
fn mark(buf: &mut Buffer, row: Rect, start: u16, room: u16, found: &PaletteRow, style: ratatui::style::Style) {
    for at in &found.matched {
        let column = u16::try_from(*at).unwrap_or(u16::MAX);
        if column < room
            && row.height > 0
            && let Some(cell) = buf.cell_mut((start + column, row.y))
        {
            cell.set_style(style);
        }
    }
}
