//! One line of text being edited: graphemes, words, kill and yank, undo, pastes. The entry line and every field use it.

use crossterm::event::KeyEvent;
use tui_input::{Input, InputRequest};

use crate::tui::text::edit_key::EditKey;

/// How many steps back `undo` can go, and in how many bytes: of a long text it is fewer steps.
const UNDO_DEPTH: usize = 200;
const UNDO_BYTES: usize = 1 << 20;

/// What a key did to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// The text is another one now.
    Changed,
    /// Only the cursor moved.
    Moved,
    /// The key means nothing here.
    Ignored,
}

/// What the last edit was, so that a word typed is one step of undo and not one for each letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stroke {
    #[default]
    None,
    Insert,
    Delete,
    Other,
}

/// The text, its cursor and its past.
#[derive(Debug, Clone, Default)]
pub struct TextInput {
    input: Input,
    undo: Vec<(String, usize)>,
    redo: Vec<(String, usize)>,
    last: Stroke,
}

impl TextInput {
    /// With `text` in it, the cursor at its end.
    pub fn with(text: impl Into<String>) -> Self {
        TextInput { input: Input::new(text.into()), ..TextInput::default() }
    }

    /// The text as typed.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Whether nothing but white space was typed.
    pub fn is_blank(&self) -> bool {
        self.value().trim().is_empty()
    }

    /// The cursor, as a byte index into [`TextInput::value`].
    pub fn cursor(&self) -> usize {
        self.value().char_indices().nth(self.input.cursor()).map_or(self.value().len(), |(at, _)| at)
    }

    /// Puts `text` in place of what is there, the cursor at its end. One step of undo.
    pub fn set(&mut self, text: impl Into<String>) {
        self.remember(Stroke::Other);
        self.input = Input::new(text.into());
    }

    /// Puts the cursor at the byte `at`, or the character before it.
    pub fn put_cursor(&mut self, at: usize) {
        let value = self.value();
        let at = (0..=at.min(value.len())).rfind(|at| value.is_char_boundary(*at)).unwrap_or(0);
        let chars = value[..at].chars().count();
        self.input.handle(InputRequest::SetCursor(chars));
        self.last = Stroke::None;
    }

    /// Empties it and forgets its past. Gives what was in it.
    pub fn take(&mut self) -> String {
        let text = self.value().to_owned();
        *self = TextInput::default();
        text
    }

    /// Puts `text` at the cursor, as a paste does.
    pub fn insert(&mut self, text: &str) {
        self.replace(self.cursor(), self.cursor(), text);
    }

    /// Puts `text` in place of the bytes `from..to`, the cursor after it. Both must be character boundaries.
    pub fn replace(&mut self, from: usize, to: usize, text: &str) {
        self.remember(Stroke::Other);
        self.put(from, to, text);
    }

    fn put(&mut self, from: usize, to: usize, text: &str) {
        let old = self.value();
        let value = format!("{}{text}{}", &old[..from], &old[to..]);
        let cursor = value[..from + text.len()].chars().count();
        self.input = Input::new(value).with_cursor(cursor);
    }

    /// Puts `text`, which has no line end, at the cursor, as if its letters had been typed one after the other.
    pub fn type_letters(&mut self, text: &str) {
        self.remember(if text.contains(char::is_whitespace) { Stroke::Other } else { Stroke::Insert });
        let at = self.cursor();
        self.put(at, at, text);
    }

    /// Does what `key` asks.
    pub fn press(&mut self, key: KeyEvent) -> Edit {
        use InputRequest as R;
        let request = match EditKey::of(key) {
            Some(EditKey::Undo) => return self.step_back(),
            Some(EditKey::Redo) => return self.step_forward(),
            Some(EditKey::Insert(c)) => R::InsertChar(c),
            Some(EditKey::DeletePrevious) => R::DeletePrevChar,
            Some(EditKey::DeleteNext) => R::DeleteNextChar,
            Some(EditKey::DeletePreviousWord) => R::DeletePrevWord,
            Some(EditKey::DeleteNextWord) => R::DeleteNextWord,
            Some(EditKey::DeleteToStart) => R::DeleteFromStart,
            Some(EditKey::DeleteToEnd) => R::DeleteTillEnd,
            Some(EditKey::Yank) => R::Yank,
            Some(EditKey::Previous) => R::GoToPrevChar,
            Some(EditKey::Next) => R::GoToNextChar,
            Some(EditKey::PreviousWord) => R::GoToPrevWord,
            Some(EditKey::NextWord) => R::GoToNextWord,
            Some(EditKey::Start) => R::GoToStart,
            Some(EditKey::End) => R::GoToEnd,
            None => return Edit::Ignored,
        };
        self.carry_out(request)
    }

    fn carry_out(&mut self, request: InputRequest) -> Edit {
        use InputRequest as R;
        let stroke = match request {
            R::InsertChar(c) if c.is_whitespace() => Stroke::Other,
            R::InsertChar(_) => Stroke::Insert,
            R::DeletePrevChar | R::DeleteNextChar => Stroke::Delete,
            R::DeletePrevWord | R::DeleteNextWord | R::DeleteFromStart | R::DeleteTillEnd | R::Yank => Stroke::Other,
            _ => Stroke::None,
        };
        if stroke == Stroke::None {
            self.last = Stroke::None;
        } else {
            self.remember(stroke);
        }
        match self.input.handle(request) {
            Some(change) if change.value => Edit::Changed,
            // A move at the edge is still a move: the key belongs to the text.
            _ => Edit::Moved,
        }
    }

    fn remember(&mut self, stroke: Stroke) {
        if stroke == Stroke::Other || stroke != self.last {
            self.undo.push((self.value().to_owned(), self.input.cursor()));
            let mut bytes: usize = self.undo.iter().map(|(text, _)| text.len()).sum();
            while self.undo.len() > UNDO_DEPTH || self.undo.len() > 1 && bytes > UNDO_BYTES {
                bytes -= self.undo.remove(0).0.len();
            }
        }
        self.redo.clear();
        self.last = stroke;
    }

    fn step_back(&mut self) -> Edit {
        let now = (self.value().to_owned(), self.input.cursor());
        while let Some((value, cursor)) = self.undo.pop() {
            if value != now.0 {
                self.redo.push(now);
                self.input = Input::new(value).with_cursor(cursor);
                self.last = Stroke::None;
                return Edit::Changed;
            }
        }
        Edit::Moved
    }

    fn step_forward(&mut self) -> Edit {
        let Some((value, cursor)) = self.redo.pop() else { return Edit::Moved };
        self.undo.push((self.value().to_owned(), self.input.cursor()));
        self.input = Input::new(value).with_cursor(cursor);
        self.last = Stroke::None;
        Edit::Changed
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    fn typed(input: &mut TextInput, text: &str) {
        for c in text.chars() {
            input.press(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
    }

    fn ctrl(input: &mut TextInput, c: char) -> Edit {
        input.press(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
    }

    #[test]
    fn a_word_is_one_step_of_undo() {
        let mut input = TextInput::default();
        typed(&mut input, "fail over");
        ctrl(&mut input, '7');
        assert_eq!(input.value(), "fail ");
        ctrl(&mut input, '7');
        ctrl(&mut input, '7');
        assert_eq!(input.value(), "");
        input.press(KeyEvent::new(KeyCode::Char('/'), KeyModifiers::ALT));
        assert_ne!(input.value(), "");
    }

    #[test]
    fn the_past_of_a_long_text_takes_no_more_than_it_may() {
        let mut input = TextInput::with("x".repeat(60_000));
        for _ in 0..50 {
            typed(&mut input, " word");
        }
        let bytes: usize = input.undo.iter().map(|(text, _)| text.len()).sum();
        assert!(bytes <= UNDO_BYTES && !input.undo.is_empty(), "{bytes}");
        let mut larger = TextInput::with("x".repeat(2 * UNDO_BYTES));
        typed(&mut larger, "y");
        ctrl(&mut larger, '7');
        assert_eq!(larger.value().len(), 2 * UNDO_BYTES, "one step back there always is");
    }

    #[test]
    fn a_grapheme_is_one_backspace() {
        let mut input = TextInput::with("å👩‍🚒");
        input.press(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE));
        assert_eq!(input.value(), "å");
        assert_eq!(input.cursor(), 2);
    }

    #[test]
    fn an_insertion_lands_at_the_cursor() {
        let mut input = TextInput::with("åö");
        input.press(KeyEvent::new(KeyCode::Left, KeyModifiers::NONE));
        input.insert("ä");
        assert_eq!(input.value(), "åäö");
        assert_eq!(input.cursor(), 4);
        ctrl(&mut input, '_');
        assert_eq!(input.value(), "åö");
    }

    #[test]
    fn killed_text_comes_back() {
        let mut input = TextInput::with("one two");
        ctrl(&mut input, 'w');
        assert_eq!(input.value(), "one ");
        ctrl(&mut input, 'y');
        assert_eq!(input.value(), "one two");
    }

    #[test]
    fn every_key_is_survived_by_any_text() {
        for text in ["", "\u{301}", "a\u{200b}\u{fe0f}漢", "\u{202e}x", "\n\n"] {
            for code in [KeyCode::Left, KeyCode::Right, KeyCode::Backspace, KeyCode::Delete, KeyCode::Home] {
                let mut input = TextInput::with(text);
                for _ in 0..4 {
                    input.press(KeyEvent::new(code, KeyModifiers::NONE));
                    input.press(KeyEvent::new(code, KeyModifiers::CONTROL));
                    assert!(input.value().is_char_boundary(input.cursor()));
                }
            }
        }
    }
}
