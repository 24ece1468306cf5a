//! A question with yes and no.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::wrap::wrap;
use crate::tui::overlay::frame;
use crate::tui::overlay::state::Confirm;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::Pen;

/// Draws it.
pub fn draw(buf: &mut Buffer, area: Rect, confirm: &Confirm, paint: &Paint<'_>) -> Option<Position> {
    let columns = 60.min(area.width);
    let lines = wrap(&paint.say(&confirm.question), usize::from(columns.saturating_sub(4)).max(1));
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let inner = frame::draw(buf, area, columns, rows, "", &paint.tell("confirm-keys"), paint);
    for (row, line) in (0..inner.height).zip(frame::first_lines(&lines, inner.height.into())) {
        Pen::on_row(buf, inner, row).put(&line, paint.style(Role::Text));
    }
    None
}
