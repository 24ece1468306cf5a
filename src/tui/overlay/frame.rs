//! The frame of an overlay: a cleared rectangle in the middle, its title, its hints at the foot.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, row_of};
use crate::tui::widgets::scroll;

/// Clears and frames `columns` × `rows` (frame included, both cut to `area`) in the middle of `area`, a little above it,
/// and gives the room inside. `foot` stands in the lower edge.
pub fn draw(buf: &mut Buffer, area: Rect, columns: u16, rows: u16, title: &str, foot: &str, paint: &Paint<'_>) -> Rect {
    let area = area.intersection(buf.area);
    let (columns, rows) = (columns.min(area.width), rows.min(area.height));
    let place = Rect {
        x: area.x + (area.width - columns) / 2,
        y: area.y + (area.height - rows) / 3,
        width: columns,
        height: rows,
    };
    Clear.render(place, buf);
    buf.set_style(place, paint.style(Role::Text));
    if place.width < 4 || place.height < 3 {
        return place;
    }
    let edge = paint.style(Role::BorderFocus);
    for y in place.top() + 1..place.bottom() - 1 {
        for x in [place.left(), place.right() - 1] {
            buf[(x, y)].set_symbol("│").set_style(edge);
        }
    }
    let mut pen = Pen::on_row(buf, place, 0);
    pen.put("╭─", edge);
    if !title.is_empty() {
        pen.put(" ", edge);
        pen.put_in(title, pen_room(title, place.width - 6), paint.style(Role::Title));
        pen.put(" ", edge);
    }
    pen.fill("─", edge);
    buf[(place.right() - 1, place.top())].set_symbol("╮").set_style(edge);
    let mut pen = Pen::new(buf, row_of(place, place.height - 1));
    pen.put("╰─", edge);
    if !foot.is_empty() {
        pen.put(" ", edge);
        pen.put_in(foot, pen_room(foot, place.width - 6), paint.style(Role::Hint));
        pen.put(" ", edge);
    }
    pen.fill("─", edge);
    buf[(place.right() - 1, place.bottom() - 1)].set_symbol("╯").set_style(edge);
    Rect { x: place.x + 2, y: place.y + 1, width: place.width - 4, height: place.height - 2 }
}

/// Says on the frame that lines of `body`, which lies inside of it, are hidden above and below.
pub fn draw_marks(buf: &mut Buffer, body: Rect, above: bool, below: bool, paint: &Paint<'_>) {
    let to_edge = Rect { width: body.width.saturating_add(1), ..body };
    scroll::draw_marks(buf, to_edge, above, below, paint.style(Role::BorderFocus));
}

/// The first `most` of `lines`; when that is not all, the last of them says so.
pub fn first_lines(lines: &[String], most: usize) -> Vec<String> {
    let mut shown: Vec<String> = lines.iter().take(most).cloned().collect();
    if let Some(last) = shown.last_mut().filter(|last| lines.len() > most && !last.ends_with('…')) {
        last.push('…');
    }
    shown
}

fn pen_room(text: &str, most: u16) -> u16 {
    crate::tui::widgets::pen::columns(text).min(most)
}
