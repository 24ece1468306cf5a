//! A paste of many lines: it asks before it becomes one entry, many entries, or nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::phrase::Phrase;
use crate::domain::wrap::wrap;
use crate::tui::app::msg::Part;
use crate::tui::overlay::frame;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::pen::{Pen, row_of};

/// How broad it is, at most.
const WIDTH: u16 = 76;

/// The pasted text.
#[derive(Debug, Clone, PartialEq)]
pub struct Paste {
    pub text: String,
    /// [`Part::Next`]: its beginning stands in the entry line already.
    pub part: Part,
    /// What is to be said of the times of its lines, should each become an entry.
    pub times: Vec<Phrase>,
}

impl Paste {
    /// A paste of `text`.
    pub fn new(text: impl Into<String>, part: Part) -> Self {
        Paste { text: text.into(), part, times: Vec::new() }
    }

    /// Adds what came after it: the rest of it, or another paste.
    pub fn append(&mut self, text: &str, part: Part) {
        if part == Part::First && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    /// Returns the text to be put between `before` and `after`, with a line break, or for a single line a space, wherever it would
    /// touch other words.
    pub fn apart_from(&self, before: &str, after: &str) -> String {
        let gap = if self.text.contains('\n') { "\n" } else { " " };
        let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let first = if touches(before.chars().next_back()) { gap } else { "" };
        let last = if touches(after.chars().next()) { gap } else { "" };
        format!("{first}{}{last}", self.text)
    }

    /// Returns the whole text when it has no line break, or the line that is not blank, when there is one alone. The line breaks of
    /// a part that goes on with another are all meant.
    pub fn only_line(&self) -> Option<&str> {
        let mut lines = self.lines();
        match (lines.next(), lines.next()) {
            _ if !self.text.contains('\n') => Some(&self.text),
            (first, None) if self.part == Part::First => first,
            _ => None,
        }
    }

    /// The lines that are not blank.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().filter(|line| !line.trim().is_empty())
    }
}

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
