//! The frame around a pane: its title at the left, what it counts at the right, and the joints to its neighbours.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::{Pen, columns};
use super::strip::{self, StripPart};
use crate::tui::theme::{Paint, Role};

/// How much of a frame a panel has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edges {
    /// All four.
    Box,
    /// The top joins the panel above, and there is a bottom.
    Last,
    /// The top is a corner, the bottom is the next panel's top.
    First,
    /// Between two others.
    Middle,
    /// Only a rule with the title, for small screens.
    Rule,
}

/// A tab or the one title of a panel.
#[derive(Debug, Clone)]
pub struct Title<'a> {
    pub text: Cow<'a, str>,
    /// It is the one shown (always so for a single title).
    pub shown: bool,
}

/// A panel's frame.
#[derive(Debug)]
pub struct Panel<'a> {
    pub edges: Edges,
    pub titles: &'a [Title<'a>],
    /// At the right end of the title row.
    pub note: &'a [(Cow<'a, str>, Role)],
    /// The keys go here.
    pub focused: bool,
}

/// The room inside a frame of `edges` that takes `area`.
pub fn inside(area: Rect, edges: Edges) -> Rect {
    let top = 1.min(area.height);
    let bottom = u16::from(matches!(edges, Edges::Box | Edges::Last)).min(area.height - top);
    let side = if edges == Edges::Rule { 0 } else { 1.min(area.width / 2) };
    Rect { x: area.x + side, y: area.y + top, width: area.width - 2 * side, height: area.height - top - bottom }
}

/// How many columns the title row takes when all of it is said, and the rule shows before the note.
fn breadth_of(panel: &Panel<'_>) -> u16 {
    let said = panel.titles.iter().map(|title| &title.text).chain(panel.note.iter().map(|(text, _)| text));
    said.map(|text| columns(text).saturating_add(2)).fold(1, u16::saturating_add)
}

/// Draws the frame and returns the room inside.
pub fn draw(buf: &mut Buffer, area: Rect, panel: &Panel<'_>, paint: &Paint<'_>) -> Rect {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return area;
    }
    let line = paint.style(if panel.focused { Role::BorderFocus } else { Role::Border });
    let (left, right) = match panel.edges {
        Edges::Box | Edges::First => ("┌", "┐"),
        Edges::Last | Edges::Middle => ("├", "┤"),
        Edges::Rule => ("─", "─"),
    };
    let mut pen = Pen::new(buf, area);
    pen.put_in(left, 1, line);
    while pen.left() > 1 {
        pen.put("─", line);
    }
    pen.put_in(right, 1, line);
    let mut parts = Vec::with_capacity(panel.titles.len() + panel.note.len());
    let is_tight = breadth_of(panel) > area.width.saturating_sub(2);
    for (nth, title) in (0u8..).zip(panel.titles) {
        let role = match (title.shown, panel.focused) {
            (true, true) => Role::Selection,
            (true, false) => Role::Title,
            (false, _) => Role::Muted,
        };
        // The number is the key that shows it.
        let number = title.text.split(' ').next().filter(|_| is_tight && !title.shown);
        let text = format!(" {} ", number.unwrap_or(&title.text));
        parts.push(
            StripPart::left(text, paint.style(role), if title.shown { 9 } else { 6u8.saturating_sub(nth) })
                .after("")
                .shrinks(4),
        );
    }
    for (text, role) in panel.note {
        parts.push(StripPart::right(format!(" {text} "), paint.style(*role), 7).after("─").shrinks(8));
    }
    if area.width > 3 {
        strip::draw_over(buf, Rect { x: area.x + 1, width: area.width - 2, height: 1, ..area }, &parts, line);
    }
    let inner = inside(area, panel.edges);
    if panel.edges != Edges::Rule {
        for y in inner.top()..inner.bottom() {
            buf[(area.x, y)].set_symbol("│").set_style(line);
            buf[(area.right() - 1, y)].set_symbol("│").set_style(line);
        }
    }
    if matches!(panel.edges, Edges::Box | Edges::Last) && area.height > 1 {
        let mut pen = Pen::on_row(buf, area, area.height - 1);
        pen.put_in("└", 1, line);
        while pen.left() > 1 {
            pen.put("─", line);
        }
        pen.put_in("┘", 1, line);
    }
    inner
}

/// A note at the right end of a pane's title.
pub type PanelNote = (Cow<'static, str>, Role);
