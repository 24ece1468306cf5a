//! Help as drawn: keys and what they do under headings, or paragraphs of text.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::wrap::wrap;
use crate::tui::help::state::{Help, HelpLine};
use crate::tui::overlay::frame;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, columns};

/// A row as drawn.
pub struct Row {
    keys: String,
    text: String,
    role: Role,
}

/// Draws the part of it that fits.
pub fn draw(buf: &mut Buffer, area: Rect, help: &Help, paint: &Paint<'_>) -> Option<Position> {
    let width = 84.min(area.width);
    let keys = help.lines.iter().map(|line| if let HelpLine::Key { keys, .. } = line { columns(keys) } else { 0 });
    let key_columns = keys.max().unwrap_or(0).min(22);
    let rows = rows(help, usize::from(width.saturating_sub(4)), usize::from(key_columns), paint);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(2);
    let inner = frame::draw(buf, area, width, height, &paint.say(&help.title), &paint.tell("help-keys"), paint);
    let top = help.top.min(rows.len().saturating_sub(usize::from(inner.height)));
    for (at, row) in (0..inner.height).zip(rows.iter().skip(top)) {
        let mut pen = Pen::on_row(buf, inner, at);
        if row.role == Role::Hint {
            pen.put_in(&row.keys, key_columns, paint.style(Role::Key));
            pen.skip(2);
        }
        let role = if row.role == Role::Hint { Role::Text } else { row.role };
        pen.put(&row.text, paint.style(role));
    }
    frame::draw_marks(buf, inner, top > 0, top + usize::from(inner.height) < rows.len(), paint);
    None
}

pub fn rows(help: &Help, columns: usize, key_columns: usize, paint: &Paint<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in &help.lines {
        match line {
            HelpLine::Heading(heading) => {
                if !rows.is_empty() {
                    rows.push(Row { keys: String::new(), text: String::new(), role: Role::Text });
                }
                rows.push(Row { keys: String::new(), text: paint.say(heading), role: Role::Title });
            }
            HelpLine::Key { keys, what } => {
                let text = paint.say(what);
                let mut keys = keys.clone();
                for text in wrap(&text, columns.saturating_sub(key_columns + 2).max(8)) {
                    rows.push(Row { keys: std::mem::take(&mut keys), text, role: Role::Hint });
                }
            }
            HelpLine::Text(text) => {
                let text = paint.say(text);
                rows.extend(wrap(&text, columns.max(1)).into_iter().map(|text| Row {
                    keys: String::new(),
                    text,
                    role: Role::Text,
                }));
            }
        }
    }
    rows
}
