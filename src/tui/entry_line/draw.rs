//! The entry line as drawn: stamp, text with what was understood in colour, preview, and the completions above it.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::showable::showable;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, columns};
use crate::tui::widgets::scroll;
use crate::tui::widgets::typed::Typed;

/// What the entry line shows.
#[derive(Debug, Clone, Default)]
pub struct EntryLineView<'a> {
    /// The moment the entry will bear, `14:47:02`; while nothing is typed, the present one.
    pub stamp: &'a str,
    /// Who types, behind the mark of how sure that is. `None` when nobody needs to be told.
    pub who: Option<&'a str>,
    /// The text as typed; hostile, because it may be pasted.
    pub text: &'a str,
    /// Where the cursor is in `text`, in bytes. `None` when the keys do not go here.
    pub cursor: Option<usize>,
    /// Stretches of `text`, in bytes and in order, that were understood, each with its role.
    pub understood: &'a [(Range<usize>, Role)],
    /// What was understood, in words: `decision`, `owner Olle`.
    pub preview: &'a [String],
    /// Shown while there is no text: what can be done here.
    pub invitation: &'a str,
    /// Ways to complete the word at the cursor, each with what it is.
    pub completions: &'a [(String, String)],
    /// The chosen one of them.
    pub chosen: usize,
}

/// The fewest columns for typing that a preview leaves.
const TYPING: u16 = 30;
/// The most columns of who types.
const WHO: u16 = 14;
/// The most completions shown at once.
const COMPLETIONS: usize = 6;

/// Draws the line in the first row of `area`, and returns where the cursor stands when the keys go here.
pub fn draw(buf: &mut Buffer, area: Rect, line: &EntryLineView<'_>, paint: &Paint<'_>) -> Option<Position> {
    let area = Rect { height: area.height.min(1), ..area }.intersection(buf.area);
    if area.is_empty() {
        return None;
    }
    let active = line.cursor.is_some();
    let mut pen = Pen::new(buf, area);
    let stamp = if active { Role::Accent } else { Role::Muted };
    if pen.left() >= 24 {
        pen.skip(1);
        pen.put(line.stamp, paint.style(stamp));
        pen.skip(1);
    }
    if let Some(who) = line.who.filter(|_| pen.left() > WHO + 8) {
        pen.put(&crate::domain::showable::cut(&showable(who), usize::from(WHO)), paint.style(Role::Person));
        pen.skip(1);
    }
    if pen.left() > 4 {
        pen.put("› ", paint.style(if active { Role::Accent } else { Role::Muted }));
    } else if !active {
        pen.put("›", paint.style(Role::Muted));
    }
    let preview = line.preview.join(" · ");
    if !preview.is_empty() && pen.left() > TYPING + 4 {
        let most = pen.left() - TYPING;
        let wide = columns(&preview).min(most);
        let shown = crate::domain::showable::cut(&preview, usize::from(wide));
        pen.put_right(&shown, 2, paint.style(Role::Muted));
    }
    let field = Rect { x: pen.column(), width: pen.left(), ..area };
    if line.text.is_empty() {
        pen.put(line.invitation, paint.style(Role::Muted));
        return line.cursor.map(|_| Position::new(field.x, field.y));
    }
    typed(line, paint).draw(buf, field, paint)
}

/// The end of the character at or before byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The text with what was understood in colour.
fn typed(line: &EntryLineView<'_>, paint: &Paint<'_>) -> Typed {
    let cursor = line.cursor.map(|at| boundary(line.text, at));
    let mut typed = Typed::default();
    let mut piece = |from: usize, to: usize, role: Role| {
        let style = paint.style(role);
        match cursor.filter(|at| (from..to).contains(at)) {
            Some(at) => {
                typed.push(&line.text[from..at], style);
                typed.put_cursor();
                typed.push(&line.text[at..to], style);
            }
            None => typed.push(&line.text[from..to], style),
        }
    };
    let mut done = 0;
    for (range, role) in line.understood {
        let (start, end) = (boundary(line.text, range.start), boundary(line.text, range.end));
        if start < done || end <= start {
            continue;
        }
        piece(done, start, Role::Text);
        piece(start, end, *role);
        done = end;
    }
    piece(done, line.text.len(), Role::Text);
    if cursor == Some(line.text.len()) {
        typed.put_cursor();
    }
    typed
}

/// Draws the completions just above the row `entry`, at the column `x`.
pub fn draw_completions(buf: &mut Buffer, entry: Rect, x: u16, line: &EntryLineView<'_>, paint: &Paint<'_>) {
    let count = line.completions.len().min(COMPLETIONS).min(usize::from(entry.y.saturating_sub(buf.area.y)));
    if count == 0 {
        return;
    }
    let first = scroll::first_row(line.completions.len(), line.chosen, count);
    let shown = &line.completions[first..first + count];
    let name = shown.iter().map(|(name, _)| columns(name)).max().unwrap_or(0).min(24);
    let what = shown.iter().map(|(_, what)| columns(what)).max().unwrap_or(0).min(30);
    let wide = (name + what + 4).min(entry.width);
    let x = x.min(entry.right().saturating_sub(wide)).max(entry.x);
    for (row, (text, meaning)) in (0u16..).zip(shown) {
        let at = Rect { x, y: entry.y - count as u16 + row, width: wide, height: 1 };
        let role = if first + usize::from(row) == line.chosen { Role::Selection } else { Role::SelectionIdle };
        let mut pen = Pen::new(buf, at);
        let end = pen.left();
        pen.fill(" ", paint.style(role));
        let mut pen = Pen::new(buf, Rect { x: x + 1, width: end.saturating_sub(1), ..at });
        pen.put_in(text, name, paint.style(role));
        pen.skip(2);
        pen.put(meaning, paint.style(role));
    }
}
