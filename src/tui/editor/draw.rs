//! The larger editor: a text of many lines. The text area keeps the text, its drawing goes through the one door.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::editor::state::Editor;
use crate::tui::overlay::frame;
use crate::tui::text;
use crate::tui::text::input::TextInput;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, row_of};
use crate::tui::widgets::scroll;

/// Draws the lines around the cursor.
pub fn draw(buf: &mut Buffer, area: Rect, editor: &Editor, paint: &Paint<'_>) -> Option<Position> {
    let columns = area.width.saturating_sub(4).max(20);
    let rows = area.height.saturating_sub(4).max(6);
    let inner = frame::draw(buf, area, columns, rows, &paint.say(&editor.title), &paint.tell("editor-keys"), paint);
    let at = editor.area.cursor();
    let lines = editor.area.lines();
    let first = scroll::first_row(lines.len(), at.0, usize::from(inner.height));
    let mut cursor = None;
    for (y, (index, line)) in (0..inner.height).zip(lines.iter().enumerate().skip(first)) {
        if index == at.0 {
            let mut input = TextInput::with(line.as_str());
            input.put_cursor(line.char_indices().nth(at.1).map_or(line.len(), |(byte, _)| byte));
            cursor = text::draw::draw_input(buf, row_of(inner, y), &input, true, paint);
        } else {
            Pen::on_row(buf, inner, y).put(line, paint.style(Role::Text));
        }
    }
    frame::draw_marks(buf, inner, first > 0, first + usize::from(inner.height) < lines.len(), paint);
    cursor
}
