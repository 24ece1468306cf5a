//! A paste of many lines: it asks before it becomes one entry, many entries, or nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::phrase::Phrase;
use crate::domain::wrap::wrap;
use crate::tui::overlay::frame;
use crate::tui::paste::state::Paste;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, row_of};

/// How broad it is, at most.
const WIDTH: u16 = 76;

/// How many of the lines are shown at most.
const SHOWN: usize = 8;

/// Draws what can be done, and as much of the paste's beginning as there is room for.
pub fn draw(buf: &mut Buffer, area: Rect, paste: &Paste, paint: &Paint<'_>) -> Option<Position> {
    let choices =
        [("1", paint.tell("paste-one")), ("2", paint.tell("paste-many")), ("Esc", paint.tell("paste-cancel"))];
    let count = paste.lines().count();
    let shown = count.min(SHOWN);
    let title = paint.say(&Phrase::new("paste-title").with("count", count));
    let columns = usize::from(WIDTH.min(area.width)).saturating_sub(4);
    let times: Vec<String> = paste.times.iter().flat_map(|phrase| wrap(&paint.say(phrase), columns)).collect();
    let wanted = u16::try_from(shown + choices.len() + 3 + times.len()).unwrap_or(u16::MAX);
    let inner = frame::draw(buf, area, WIDTH, wanted, &title, "", paint);
    // The choices are seen at every size; the text gives way to them, and the gap between goes last.
    let rows = usize::from(inner.height);
    let shown = shown.min(rows.saturating_sub(choices.len() + times.len() + 1));
    let body = Rect { height: u16::try_from(shown).unwrap_or(0), ..inner };
    for (row, line) in (0..body.height).zip(paste.lines()) {
        Pen::on_row(buf, body, row).put(line, paint.style(Role::Muted));
    }
    frame::draw_marks(buf, body, false, count > shown && shown > 0, paint);
    let mut below = body.height + u16::from(shown > 0)..inner.height;
    for ((key, what), row) in choices.iter().zip(below.by_ref()) {
        let mut pen = Pen::new(buf, row_of(inner, row));
        pen.put(key, paint.style(Role::Key));
        pen.put("  ", paint.style(Role::Text));
        pen.put(what, paint.style(Role::Text));
    }
    // Below the choices, which have to be in sight on the smallest screen.
    for (line, row) in times.iter().zip(below) {
        Pen::on_row(buf, inner, row).put(line, paint.style(Role::Due));
    }
    None
}
