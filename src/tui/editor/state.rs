//! A text of many lines being edited. The text area of a crate keeps it.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui_textarea::{CursorMove, TextArea};

use crate::domain::phrase::Phrase;
use crate::tui::text::edit_key::EditKey;

/// Where the text goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Line,
    /// The field of the form below.
    Field(usize),
}

/// A text of many lines.
#[derive(Debug, Clone)]
pub struct Editor {
    pub title: Phrase,
    pub(super) area: TextArea<'static>,
    pub target: Target,
}

impl Editor {
    /// With `text` in it, the cursor at its end.
    pub fn new(title: Phrase, text: &str, target: Target) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Editor { title, area, target }
    }

    /// The text as it stands.
    pub fn text(&self) -> String {
        self.area.lines().join("\n").trim_end().to_owned()
    }

    /// Puts `text` at the cursor.
    pub fn insert(&mut self, text: &str) {
        self.area.insert_str(text);
    }

    /// Does what `key` asks: what it does to a line, and moves between lines.
    pub fn press(&mut self, key: KeyEvent) {
        let Some(edit) = EditKey::of(key) else { return self.press_for_lines(key.code) };
        match edit {
            EditKey::Insert(c) => self.area.insert_char(c),
            EditKey::DeletePrevious => self.delete_grapheme(),
            EditKey::DeleteNext => drop(self.area.delete_next_char()),
            EditKey::DeletePreviousWord => drop(self.area.delete_word()),
            EditKey::DeleteNextWord => drop(self.area.delete_next_word()),
            EditKey::DeleteToStart => drop(self.area.delete_line_by_head()),
            EditKey::DeleteToEnd => drop(self.area.delete_line_by_end()),
            EditKey::Yank => drop(self.area.paste()),
            EditKey::Undo => drop(self.area.undo()),
            EditKey::Redo => drop(self.area.redo()),
            EditKey::Previous => self.area.move_cursor(CursorMove::Back),
            EditKey::Next => self.area.move_cursor(CursorMove::Forward),
            EditKey::PreviousWord => self.area.move_cursor(CursorMove::WordBack),
            EditKey::NextWord => self.area.move_cursor(CursorMove::WordForward),
            EditKey::Start => self.area.move_cursor(CursorMove::Head),
            EditKey::End => self.area.move_cursor(CursorMove::End),
        }
    }

    fn press_for_lines(&mut self, code: KeyCode) {
        match code {
            KeyCode::Enter => self.area.insert_newline(),
            KeyCode::Tab => drop(self.area.insert_tab()),
            KeyCode::Up => self.area.move_cursor(CursorMove::Up),
            KeyCode::Down => self.area.move_cursor(CursorMove::Down),
            KeyCode::PageUp => self.area.move_cursor(CursorMove::Top),
            KeyCode::PageDown => self.area.move_cursor(CursorMove::Bottom),
            _ => {}
        }
    }

    /// The text area takes back one code point; a person means all that they see as one character.
    fn delete_grapheme(&mut self) {
        use unicode_segmentation::UnicodeSegmentation;
        let at = self.area.cursor();
        let before: String =
            self.area.lines().get(at.0).map(|line| line.chars().take(at.1).collect()).unwrap_or_default();
        let points = before.graphemes(true).next_back().map_or(1, |last| last.chars().count());
        for _ in 0..points {
            self.area.delete_char();
        }
    }
}
