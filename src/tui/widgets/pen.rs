//! Writes one row of the screen from left to right, cutting at its end: the only way these widgets put text on screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::showable::{cut, showable, width};

/// A place to write in one row. What does not fit ends in `…`; beyond that nothing is written.
pub struct Pen<'b> {
    buf: &'b mut Buffer,
    x: u16,
    end: u16,
    y: u16,
}

impl<'b> Pen<'b> {
    /// A pen at the left end of the first row of `area`. Outside of `buf` it writes nothing.
    pub fn new(buf: &'b mut Buffer, area: Rect) -> Self {
        let inside = area.intersection(buf.area);
        let end = if inside.height == 0 { inside.x } else { inside.right() };
        Pen { buf, x: inside.x, end, y: inside.y }
    }

    /// A pen in row `row` (from 0) of `area`.
    pub fn on_row(buf: &'b mut Buffer, area: Rect, row: u16) -> Self {
        Pen::new(buf, row_of(area, row))
    }

    /// How many columns are left.
    pub fn left(&self) -> u16 {
        self.end - self.x
    }

    /// The column where the next text goes.
    pub fn column(&self) -> u16 {
        self.x
    }

    /// Writes `text`.
    pub fn put(&mut self, text: &str, style: Style) {
        let shown = showable(text);
        let room = usize::from(self.left());
        if width(&shown) <= room {
            self.x = self.buf.set_stringn(self.x, self.y, &shown, room, style).0.min(self.end);
        } else {
            self.x = self.buf.set_stringn(self.x, self.y, cut(&shown, room), room, style).0.min(self.end);
        }
    }

    /// Writes `text` cut or padded to `columns`.
    pub fn put_in(&mut self, text: &str, columns: u16, style: Style) {
        let stop = self.x.saturating_add(columns).min(self.end);
        let end = std::mem::replace(&mut self.end, stop);
        self.put(text, style);
        self.x = stop;
        self.end = end;
    }

    /// Writes `text` at the right end and gives those columns up; when it does not fit with `gap` columns before it,
    /// nothing is written. Whether it was.
    pub fn put_right(&mut self, text: &str, gap: u16, style: Style) -> bool {
        let shown = showable(text);
        let Ok(columns) = u16::try_from(width(&shown)) else { return false };
        if columns.saturating_add(gap) > self.left() {
            return false;
        }
        let start = self.end - columns;
        self.buf.set_stringn(start, self.y, &shown, usize::from(columns), style);
        self.end = start - gap;
        true
    }

    /// Passes over `columns`.
    pub fn skip(&mut self, columns: u16) {
        self.x = self.x.saturating_add(columns).min(self.end);
    }

    /// Fills what is left with `symbol`.
    pub fn fill(&mut self, symbol: &str, style: Style) {
        while self.x < self.end {
            self.buf[(self.x, self.y)].set_symbol(symbol).set_style(style);
            self.x += 1;
        }
    }
}

/// Row `row` (from 0) of `area`; without height when there is none.
pub fn row_of(area: Rect, row: u16) -> Rect {
    if row < area.height { Rect { y: area.y + row, height: 1, ..area } } else { Rect { height: 0, ..area } }
}

/// How many columns `text` takes once it is showable.
pub fn columns(text: &str) -> u16 {
    u16::try_from(width(&showable(text))).unwrap_or(u16::MAX)
}
