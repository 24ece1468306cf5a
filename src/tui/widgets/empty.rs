//! What an empty pane says: that it is empty, and what to do about it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::flow::TextFlow;
use crate::tui::theme::{Paint, Role};

/// Draws `what` (there is nothing here) and `how` (what to do) at the top of `area`.
pub fn draw(buf: &mut Buffer, area: Rect, what: &str, how: &str, paint: &Paint<'_>) {
    if area.width < 3 || area.height == 0 {
        return;
    }
    let mut flow = TextFlow::new();
    flow.push(what, paint.style(Role::Text));
    flow.end_line();
    flow.push(how, paint.style(Role::Muted));
    let area = Rect { x: area.x + 1, width: area.width - 2, ..area };
    flow.lay(area.width, area.height).draw(buf, area, 0);
}
