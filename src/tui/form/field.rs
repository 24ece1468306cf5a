//! A field of a form: what it is called, how it is read, and what it holds.

use crate::domain::phrase::Phrase;
use crate::tui::text::input::TextInput;

/// How a text field is read and completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Words,
    /// A name; known ones are offered.
    Person,
    /// A time that has passed, or a beginning of one.
    Past,
    /// A time to come; a day alone means the end of its working day.
    Ahead,
    /// A time to come, with its time of day.
    Start,
    /// Where a period begins: a time or a day.
    Since,
    /// Where it ends.
    Until,
    /// A span: `20`, `1h`, `1h30m`.
    Minutes,
    /// A span, or the time until which.
    Snooze,
}

/// What a field holds.
#[derive(Debug, Clone)]
pub enum FieldValue {
    Text { input: TextInput, takes: Takes },
    Choice { options: Vec<FieldChoice>, at: usize },
}

/// One of the values a field may have.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChoice {
    /// What the program calls it.
    pub value: String,
    pub label: Phrase,
}

/// One thing a form asks for.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: &'static str,
    pub label: Phrase,
    pub hint: Option<Phrase>,
    pub required: bool,
    pub value: FieldValue,
}

impl Field {
    /// A text.
    pub fn text(name: &'static str, label: &'static str) -> Self {
        Field::of(name, label, FieldValue::Text { input: TextInput::default(), takes: Takes::Words })
    }

    /// A person.
    pub fn person(name: &'static str, label: &'static str) -> Self {
        Field::of(name, label, FieldValue::Text { input: TextInput::default(), takes: Takes::Person })
    }

    /// A time, read as `takes` says.
    pub fn time(name: &'static str, label: &'static str, takes: Takes) -> Self {
        let hint = match takes {
            Takes::Ahead => "hint-time-due",
            Takes::Start => "hint-time-ahead",
            Takes::Minutes => "hint-minutes",
            Takes::Snooze => "hint-snooze",
            _ => "hint-time-past",
        };
        Field::of(name, label, FieldValue::Text { input: TextInput::default(), takes }).hint(Phrase::new(hint))
    }

    /// One of `options`, the one at `at` at first.
    pub fn choice(name: &'static str, label: &'static str, options: Vec<FieldChoice>, at: usize) -> Self {
        Field::of(name, label, FieldValue::Choice { options, at })
    }

    /// Yes or no.
    pub fn yes_no(name: &'static str, label: &'static str, yes: bool) -> Self {
        let options =
            vec![FieldChoice::new("no", Phrase::new("choice-no")), FieldChoice::new("yes", Phrase::new("choice-yes"))];
        Field::choice(name, label, options, usize::from(yes))
    }

    /// Called `label`.
    #[must_use]
    pub fn labelled(mut self, label: Phrase) -> Self {
        self.label = label;
        self
    }

    fn of(name: &'static str, label: &'static str, value: FieldValue) -> Self {
        Field { name, label: Phrase::new(label), hint: None, required: false, value }
    }

    /// It must be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Says more beside it.
    #[must_use]
    pub fn hint(mut self, hint: Phrase) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Filled in beforehand.
    #[must_use]
    pub fn filled(mut self, text: impl Into<String>) -> Self {
        if let FieldValue::Text { input, .. } = &mut self.value {
            *input = TextInput::with(text);
        }
        self
    }

    /// Whether nothing was filled in.
    pub fn is_blank(&self) -> bool {
        matches!(&self.value, FieldValue::Text { input, .. } if input.is_blank())
    }
}

impl FieldChoice {
    /// A value and what it is called.
    pub fn new(value: impl Into<String>, label: Phrase) -> Self {
        FieldChoice { value: value.into(), label }
    }
}
