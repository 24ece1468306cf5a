//! A text being edited, as drawn in one row.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::text::input::TextInput;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::typed::Typed;

/// Draws a text being edited in the first row of `area`, moved so that the cursor is seen. Gives where the cursor stands
/// when `active`.
pub fn draw_input(
    buf: &mut Buffer,
    area: Rect,
    input: &TextInput,
    active: bool,
    paint: &Paint<'_>,
) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let (value, style) = (input.value(), paint.style(Role::Input));
    let mut typed = Typed::default();
    typed.push(&value[..input.cursor()], style);
    if active {
        typed.put_cursor();
    }
    typed.push(&value[input.cursor()..], style);
    typed.draw(buf, area, paint)
}
