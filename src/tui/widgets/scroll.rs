//! Which rows of a list are shown, so that the selected one always is, and the mark that says that there are more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The first row to show of a list of `count` rows when `room` rows fit and `selected` must be among them. The selected
/// row stands in the middle, except near the ends.
pub fn first_row(count: usize, selected: usize, room: usize) -> usize {
    selected.saturating_sub(room / 2).min(count.saturating_sub(room))
}

/// The part of `area` for the rows themselves: without the last column where the marks of [`draw_marks`] will stand there.
/// `hides`: whether there will be any.
pub fn beside_marks(buf: &Buffer, area: Rect, hides: bool) -> Rect {
    if hides && !is_framed(buf, area) { Rect { width: area.width.saturating_sub(1), ..area } } else { area }
}

fn is_framed(buf: &Buffer, area: Rect) -> bool {
    buf.cell((area.right(), area.y)).is_some_and(|cell| cell.symbol() == "│")
}

/// Says that rows are hidden above (`▲`) and below (`▼`): on the frame beside `area`, or in its last column where there
/// is no frame.
pub fn draw_marks(buf: &mut Buffer, area: Rect, above: bool, below: bool, style: Style) {
    if area.is_empty() {
        return;
    }
    let x = if is_framed(buf, area) { area.right() } else { area.right() - 1 };
    let mut mark = |y: u16, symbol: &str| {
        if let Some(cell) = buf.cell_mut((x, y)) {
            cell.set_symbol(symbol).set_style(style);
        }
    };
    if above {
        mark(area.y, "▲");
    }
    if below {
        mark(area.bottom() - 1, "▼");
    }
}

#[cfg(test)]
mod tests {
    use super::first_row;

    #[test]
    fn the_selected_row_is_always_shown() {
        for count in 0..30 {
            for room in 1..12 {
                for selected in 0..count {
                    let first = first_row(count, selected, room);
                    assert!((first..first + room).contains(&selected), "{count} {selected} {room}");
                    assert!(first == 0 || first + room <= count, "no empty rows: {count} {selected} {room}");
                }
            }
        }
    }
}
