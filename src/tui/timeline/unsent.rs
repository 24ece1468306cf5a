//! The entries that wait for a host that does not answer or cannot save, below the timeline that they will join.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::phrase::Phrase;
use crate::tui::app::pending::TypedText;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, row_of};

/// Draws the latest of `unsent` at the bottom of `area`, in at most a third of it, and gives what is left above.
pub fn draw(buf: &mut Buffer, area: Rect, unsent: &[&TypedText], paint: &Paint<'_>) -> Rect {
    let rows = u16::try_from(unsent.len()).unwrap_or(u16::MAX).min(area.height / 3);
    let top = area.height - rows;
    let shown = &unsent[unsent.len() - usize::from(rows)..];
    for (row, typed) in (top..).zip(shown) {
        let mut pen = Pen::new(buf, row_of(area, row));
        pen.put(&paint.time(typed.began_at), paint.style(Role::Muted));
        pen.put(" ", paint.style(Role::Muted));
        pen.put("…", paint.style(Role::Danger));
        pen.put(" ", paint.style(Role::Muted));
        pen.put_right(&paint.say(&Phrase::new("status-unsent-one")), 1, paint.style(Role::Danger));
        pen.put(&typed.text, paint.style(Role::Draft));
    }
    Rect { height: top, ..area }
}
