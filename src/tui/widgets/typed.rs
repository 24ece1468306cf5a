//! A text being typed in one row: moved so that the cursor is in sight, with a sign at either end where it goes on.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::pen::Pen;
use crate::domain::showable::{showable, width};
use crate::tui::theme::{Paint, Role};

/// The text as a person sees it, a grapheme at a time.
#[derive(Debug, Default)]
pub struct Typed {
    text: String,
    /// Where each of its graphemes ends.
    graphemes: Vec<(usize, Style)>,
    /// Before which of them the cursor stands.
    cursor: Option<usize>,
}

impl Typed {
    /// Adds `text`, which may be hostile.
    pub fn push(&mut self, text: &str, style: Style) {
        let from = self.text.len();
        let shown = showable(text);
        self.graphemes.extend(shown.grapheme_indices(true).map(|(at, grapheme)| (from + at + grapheme.len(), style)));
        self.text.push_str(&shown);
    }

    /// The cursor stands behind what was added last.
    pub fn put_cursor(&mut self) {
        self.cursor = Some(self.graphemes.len());
    }

    /// Draws it in the first row of `area`, and says where the cursor stands.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, paint: &Paint<'_>) -> Option<Position> {
        let sign = paint.style(Role::Muted);
        let mut pen = Pen::new(buf, Rect { height: area.height.min(1), ..area });
        let last = pen.column() + pen.left().saturating_sub(1);
        let from = self.first(usize::from(pen.left()));
        if from > 0 {
            pen.put("…", sign);
        }
        let mut at = None;
        for (nth, (_, style)) in self.graphemes.iter().enumerate().skip(from) {
            let grapheme = self.grapheme(nth);
            if self.cursor == Some(nth) {
                at = Some(pen.column());
            }
            let more = usize::from(nth + 1 < self.graphemes.len());
            if width(grapheme) + more > usize::from(pen.left()) {
                pen.put("…", sign);
                break;
            }
            pen.put(grapheme, *style);
        }
        self.cursor.map(|_| Position { x: at.unwrap_or(pen.column()).min(last), y: area.y })
    }

    fn grapheme(&self, nth: usize) -> &str {
        let from = nth.checked_sub(1).map_or(0, |before| self.graphemes[before].0);
        &self.text[from..self.graphemes[nth].0]
    }

    /// The first grapheme that is drawn in `room` columns: as much before the cursor as fits beside what it stands on.
    fn first(&self, room: usize) -> usize {
        let Some(cursor) = self.cursor.filter(|_| width(&self.text) + 1 > room) else { return 0 };
        let under = if cursor < self.graphemes.len() { width(self.grapheme(cursor)) } else { 1 };
        let mut used = under + usize::from(cursor + 1 < self.graphemes.len());
        let mut first = cursor;
        while let Some(before) = first.checked_sub(1) {
            let wide = width(self.grapheme(before));
            if used + wide + usize::from(before > 0) > room {
                break;
            }
            used += wide;
            first = before;
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::lang::Words;
    use crate::domain::phrase::Lang;
    use crate::domain::time::Moment;
    use crate::domain::zone::Zone;
    use crate::tui::theme::Theme;

    /// The row as drawn, and the column of the cursor.
    fn drawn(before: &str, after: &str, columns: u16) -> (String, u16) {
        let (theme, words) = (Theme::plain(), Words::new(Lang::En, Zone::UTC));
        let paint =
            Paint { theme: &theme, words: &words, now: Moment::parse("2026-11-21T14:47:10Z").expect("a moment") };
        let area = Rect::new(0, 0, columns, 1);
        let mut buf = Buffer::empty(area);
        let mut typed = Typed::default();
        typed.push(before, Style::default());
        typed.put_cursor();
        typed.push(after, Style::default());
        let cursor = typed.draw(&mut buf, area, &paint).expect("a cursor");
        let mut row = String::new();
        let mut x = 0;
        while x < columns {
            let symbol = buf[(x, 0)].symbol();
            row.push_str(symbol);
            x += u16::try_from(width(symbol).max(1)).expect("narrow");
        }
        (row, cursor.x)
    }

    #[test]
    fn what_does_not_fit_has_a_sign_at_either_end() {
        assert_eq!(drawn("short", "", 8), ("short   ".into(), 5));
        assert_eq!(drawn("0123456", "", 8), ("0123456 ".into(), 7));
        assert_eq!(drawn("01234567", "", 8), ("…234567 ".into(), 7));
        assert_eq!(drawn("", "0123456789", 8), ("0123456…".into(), 0));
        assert_eq!(drawn("01234567", "89abc", 8), ("…34567".to_owned() + "8…", 6));
        assert_eq!(drawn("0123", "4567", 8), ("01234567".into(), 4));
    }

    #[test]
    fn the_cursor_stands_on_its_letter_behind_broad_ones() {
        assert_eq!(drawn("漢漢漢漢", "x", 8), ("…漢漢漢x".into(), 7));
        assert_eq!(drawn("a漢漢漢", "", 8), ("a漢漢漢 ".into(), 7));
        assert_eq!(drawn("a漢漢漢b", "", 8), ("…漢漢b  ".into(), 6));
    }

    #[test]
    fn any_room_is_enough() {
        for columns in 0..12 {
            for text in ["", "a", "漢漢漢", "👩‍🚒👩‍🚒", "\u{301}a\u{202e}b", "a\nb\tc"] {
                for at in 0..=text.len() {
                    if text.is_char_boundary(at) && columns > 0 {
                        assert!(drawn(&text[..at], &text[at..], columns).1 < columns);
                    }
                }
            }
        }
    }
}
