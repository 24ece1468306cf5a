//! Runs of text in several styles, laid in lines of a given width. Our own, because ratatui's wrapping panics on some texts.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::showable::{showable, showable_lines, width};

/// Text of several styles, made showable as it is added.
#[derive(Debug, Default)]
pub struct TextFlow<'a> {
    /// Each with whether a new line begins before it.
    runs: Vec<(Cow<'a, str>, Style, bool)>,
}

/// A piece that stands in one line.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    run: usize,
    start: usize,
    end: usize,
    line: u16,
    column: u16,
}

/// The lines that a [`TextFlow`] was laid in.
#[derive(Debug)]
pub struct Laid<'a> {
    runs: Vec<(Cow<'a, str>, Style, bool)>,
    pieces: Vec<Piece>,
    /// How many lines there are; at least one.
    pub lines: u16,
    /// Whether something was left out because there were no more lines.
    pub cut: bool,
}

impl<'a> TextFlow<'a> {
    /// Nothing yet.
    pub fn new() -> Self {
        TextFlow::default()
    }

    /// Adds `text`; its line ends stay line ends.
    pub fn push(&mut self, text: &'a str, style: Style) {
        for (nth, line) in showable_lines(text).enumerate() {
            self.runs.push((line, style, nth > 0));
        }
    }

    /// Adds text that was made for this line.
    pub fn push_owned(&mut self, text: String, style: Style) {
        if let Cow::Borrowed(_) = showable(&text) {
            self.runs.push((Cow::Owned(text), style, false));
            return;
        }
        for (nth, line) in showable_lines(&text).enumerate() {
            self.runs.push((Cow::Owned(line.into_owned()), style, nth > 0));
        }
    }

    /// Begins a new line.
    pub fn end_line(&mut self) {
        self.runs.push((Cow::Borrowed(""), Style::default(), true));
    }

    /// Lays the runs in lines of `columns`, at most `most` of them. Breaks between words, inside a word only when it is
    /// longer than a line.
    pub fn lay(self, columns: u16, most: u16) -> Laid<'a> {
        let mut pieces = Vec::with_capacity(self.runs.len() * 2);
        let (columns, most) = (columns.max(1), most.max(1));
        let (mut line, mut column) = (0u16, 0u16);
        let mut cut = false;
        'all: for (run, (text, _, breaks)) in self.runs.iter().enumerate() {
            if *breaks {
                if line + 1 >= most {
                    cut = true;
                    break;
                }
                line += 1;
                column = 0;
            }
            for (start, word) in words(text) {
                let wide = u16::try_from(width(word.trim_end_matches(' '))).unwrap_or(u16::MAX);
                if column > 0 && column.saturating_add(wide) > columns && wide > 0 {
                    if line + 1 >= most {
                        cut = true;
                        break 'all;
                    }
                    line += 1;
                    column = 0;
                }
                if wide <= columns {
                    let kept = kept_columns(word, columns - column.min(columns));
                    pieces.push(Piece { run, start, end: start + kept.0, line, column });
                    column = column.saturating_add(kept.1);
                    continue;
                }
                for (at, grapheme) in word.grapheme_indices(true) {
                    let wide = u16::try_from(width(grapheme)).unwrap_or(u16::MAX);
                    if column > 0 && column.saturating_add(wide) > columns {
                        if line + 1 >= most {
                            cut = true;
                            break 'all;
                        }
                        line += 1;
                        column = 0;
                    }
                    let start = start + at;
                    match pieces.last_mut() {
                        Some(last) if last.run == run && last.line == line && last.end == start => {
                            last.end = start + grapheme.len();
                        }
                        _ => pieces.push(Piece { run, start, end: start + grapheme.len(), line, column }),
                    }
                    column = column.saturating_add(wide);
                }
            }
        }
        Laid { runs: self.runs, pieces, lines: line + 1, cut }
    }
}

/// The words of `text`, each with the blanks that follow it and where it begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let word = rest.find(' ').unwrap_or(rest.len());
        let blanks = rest[word..].find(|c| c != ' ').unwrap_or(rest.len() - word);
        let piece = (start, &rest[..word + blanks]);
        start += word + blanks;
        Some(piece)
    })
}

/// How many bytes of `word` (blanks at its end may go) fit in `room` columns, and how many columns they take.
fn kept_columns(word: &str, room: u16) -> (usize, u16) {
    let all = u16::try_from(width(word)).unwrap_or(u16::MAX);
    if all <= room {
        return (word.len(), all);
    }
    let bare = word.trim_end_matches(' ');
    let wide = u16::try_from(width(bare)).unwrap_or(u16::MAX);
    let blanks = room.saturating_sub(wide);
    (bare.len() + usize::from(blanks), wide + blanks)
}

impl Laid<'_> {
    /// The same in at most `lines` lines.
    #[must_use]
    pub fn cut_to(self, lines: u16) -> Self {
        let lines = lines.max(1);
        if self.lines <= lines { self } else { Laid { lines, cut: true, ..self } }
    }

    /// Adds `text` to the end of the last line, when it fits there in `columns` and nothing was left out. Whether it did.
    pub fn append(&mut self, text: &str, style: Style, columns: u16) -> bool {
        let text = showable(text).into_owned();
        let wide = u16::try_from(width(&text)).unwrap_or(u16::MAX);
        let column = self.end().0;
        if self.cut || column.saturating_add(wide) > columns {
            return false;
        }
        let piece = Piece { run: self.runs.len(), start: 0, end: text.len(), line: self.lines - 1, column };
        self.runs.push((Cow::Owned(text), style, false));
        self.pieces.push(piece);
        true
    }

    /// Where the last line ends, and the style it ends in.
    fn end(&self) -> (u16, Style) {
        let last = self.pieces.iter().rfind(|piece| piece.line + 1 == self.lines);
        last.map_or((0, Style::default()), |piece| {
            let (text, style, _) = &self.runs[piece.run];
            let wide = width(text[piece.start..piece.end].trim_end());
            (piece.column.saturating_add(u16::try_from(wide).unwrap_or(u16::MAX)), *style)
        })
    }

    /// Draws the lines from line `from` on into `area`; a cut end is told by `…`.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, from: u16) {
        let area = area.intersection(buf.area);
        for piece in self.pieces.iter().filter(|piece| piece.line < self.lines) {
            let Some(row) = piece.line.checked_sub(from).filter(|row| *row < area.height) else { continue };
            let Some(room) = area.width.checked_sub(piece.column).filter(|room| *room > 0) else { continue };
            let (text, style, _) = &self.runs[piece.run];
            let at = (area.x + piece.column, area.y + row);
            buf.set_stringn(at.0, at.1, &text[piece.start..piece.end], usize::from(room), *style);
        }
        if self.cut
            && let Some(row) = (self.lines - 1).checked_sub(from).filter(|row| *row < area.height)
        {
            self.draw_cut(buf, Rect { y: area.y + row, height: 1, ..area });
        }
    }

    /// Says that something follows: after the last word of the last line, over its end when the line is full.
    fn draw_cut(&self, buf: &mut Buffer, at: Rect) {
        if at.is_empty() {
            return;
        }
        let (end, style) = self.end();
        let column = end.min(at.width - 1);
        if column > 0 {
            // A wide character whose second half makes way goes as a whole.
            let before = &mut buf[(at.x + column - 1, at.y)];
            if column < end && width(before.symbol()) > 1 {
                before.set_symbol(" ");
            }
        }
        buf.set_stringn(at.x + column, at.y, "…", 1, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, columns: u16, most: u16) -> Vec<String> {
        let mut flow = TextFlow::new();
        flow.push(text, Style::default());
        let laid = flow.lay(columns, most);
        let area = Rect::new(0, 0, columns, laid.lines);
        let mut buf = Buffer::empty(area);
        laid.draw(&mut buf, area, 0);
        (0..laid.lines)
            .map(|y| (0..columns).map(|x| buf[(x, y)].symbol().to_owned()).collect::<String>().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn breaks_between_words_and_inside_long_ones() {
        assert_eq!(lines("Fail over to site B", 9, 9), ["Fail over", "to site B"]);
        assert_eq!(lines("abcdefghij k", 4, 9), ["abcd", "efgh", "ij k"]);
        assert_eq!(lines("one\ntwo", 9, 9), ["one", "two"]);
        assert_eq!(lines("one two three", 5, 2), ["one", "two…"]);
        assert_eq!(lines("onetwothree", 5, 2), ["onetw", "othr…"]);
        assert_eq!(lines("", 5, 2), [""]);
    }

    #[test]
    fn text_that_breaks_other_wrapping_is_laid() {
        for columns in 1..6 {
            lines("\u{e01}\u{200b}\u{fe0f}\u{6f22}2", columns, 50);
            lines("\u{301}abc \u{202e}def", columns, 50);
        }
    }
}
