//! A paste of many lines: it asks before it becomes one entry, many entries, or nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame;
use crate::domain::phrase::Phrase;
use crate::domain::wrap::wrap;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::Pen;

/// How broad it is, at most.
const WIDTH: u16 = 76;

/// The pasted text.
#[derive(Debug, Clone, PartialEq)]
pub struct Paste {
    pub text: String,
    /// What is to be said of the times of its lines, should each become an entry.
    pub times: Vec<Phrase>,
}

impl Paste {
    /// The lines that are not blank.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().filter(|line| !line.trim().is_empty())
    }
}

/// Draws the beginning of it and what can be done.
pub fn draw(buf: &mut Buffer, area: Rect, paste: &Paste, paint: &Paint<'_>) -> Option<Position> {
    let count = paste.lines().count();
    let shown = u16::try_from(count).unwrap_or(u16::MAX).min(8);
    let title = paint.say(&Phrase::new("paste-title").with("count", count));
    let times = paste
        .times
        .iter()
        .flat_map(|phrase| wrap(&paint.say(phrase), usize::from(WIDTH.min(area.width)).saturating_sub(4)));
    let times: Vec<String> = times.collect();
    let height = shown.saturating_add(6).saturating_add(u16::try_from(times.len()).unwrap_or(u16::MAX));
    let inner = frame::draw(buf, area, WIDTH, height, &title, "", paint);
    let mut row = 0;
    for line in paste.lines().take(usize::from(shown)) {
        Pen::on_row(buf, inner, row).put(line, paint.style(Role::Muted));
        row += 1;
    }
    frame::draw_marks(buf, Rect { height: row.min(inner.height), ..inner }, false, count > usize::from(row), paint);
    row += 1;
    let choices =
        [("1", paint.tell("paste-one")), ("2", paint.tell("paste-many")), ("Esc", paint.tell("paste-cancel"))];
    for (key, what) in choices {
        if row < inner.height {
            let mut pen = Pen::on_row(buf, inner, row);
            pen.put(key, paint.style(Role::Key));
            pen.put("  ", paint.style(Role::Text));
            pen.put(&what, paint.style(Role::Text));
        }
        row += 1;
    }
    // Below the choices, which have to be in sight on the smallest screen.
    for line in &times {
        if row < inner.height {
            Pen::on_row(buf, inner, row).put(line, paint.style(Role::Due));
        }
        row += 1;
    }
    None
}
