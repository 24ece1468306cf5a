//! A form as a value: what it asks, what was filled in so far, and which wish it becomes.

use crate::domain::id::{IntentId, No, Seq};
use crate::domain::intent::{Declaration, Intent};
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::priority::Grade;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::domain::timeline::Filter;
use crate::tui::app::environment::Tone;
use crate::tui::form::context::FormContext;
use crate::tui::form::field::{Field, FieldValue, Takes};
use crate::tui::form::time;
use crate::tui::text::completion::Completions;
use crate::tui::text::input::TextInput;
use crate::wire::message::Writing;

/// After so many minutes a form that was begun has been left lying: what it says is no longer of its first letter's time. A
/// guess:
/// an answer takes a minute or two to write, a call that comes in between takes longer.
const LEFT_LYING: i64 = 5;

/// After so many seconds the form says which time it will be recorded with: until then both are the same minute to a person.
const STAMP_SHOWN_AFTER: i64 = 60;

/// What a filled-in form asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Something to be done in the room, at `at` or when the first letter was typed.
    Do { at: Option<Moment>, intent: Intent },
    /// A room to be opened.
    Open(Box<Declaration>),
    /// The timeline narrowed.
    Narrow(Box<Filter>),
}

/// What a form is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Subject {
    #[default]
    Nothing,
    /// A question, an item, a clock, a role, an agenda point or a notice, by its key.
    Key(String),
    /// An action, a resource, a supplier or an obstacle, by its number.
    Number(No),
    /// An entry.
    Entry(Seq),
}

/// A line that a form says of itself while it is filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct FormNote {
    pub phrase: Phrase,
    pub tone: Tone,
}

/// What makes a wish of a form, or says what is missing.
pub type Submit = fn(&Form, &FormContext<'_>) -> Result<Wish, Phrase>;

/// What adapts the fields of a form to what is filled in.
pub type Revise = fn(&mut Form, &FormContext<'_>);

/// What a form says while it is filled in.
pub type Foresee = fn(&Form, &FormContext<'_>) -> Vec<FormNote>;

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    pub title: Phrase,
    /// What a person should know before they answer.
    pub guide: Vec<Phrase>,
    pub fields: Vec<Field>,
    /// Fields that what is filled in makes needless, kept with what stands in them.
    pub aside: Vec<Field>,
    pub revise: Option<Revise>,
    pub focus: usize,
    pub subject: Subject,
    pub submit: Submit,
    pub foresee: Option<Foresee>,
    /// What `foresee` said last.
    pub notes: Vec<FormNote>,
    /// What others did meanwhile to what it is about. It is said in the form; what is typed stays as it is.
    pub news: Vec<Phrase>,
    /// Who else is answering the same question at the moment.
    pub rivals: Vec<String>,
    /// The last record of the room when the form was opened.
    pub opened_on: Seq,
    /// Why it could not be submitted.
    pub fault: Option<Phrase>,
    /// The intent that is on its way; the form stays until it is acknowledged, so that nothing typed is lost.
    pub sending: Option<IntentId>,
    /// When the first letter was typed.
    pub began_at: Option<Moment>,
    pub completion: Option<Completions>,
    /// Under which name its text is kept by the host against a crash. `None` when it is not worth keeping.
    pub slot: Option<String>,
    /// The text changed since the host was told.
    pub unkept: bool,
    /// What others see that the person is writing while it is open. `None` when it writes nothing.
    pub writes: Option<Writing>,
    /// How many fields Enter walks through before it submits; the others are for who wants them.
    pub usual: usize,
}

impl Form {
    /// An empty form, titled `title`.
    pub fn new(title: Phrase, submit: Submit) -> Self {
        Form {
            title,
            guide: Vec::new(),
            fields: Vec::new(),
            aside: Vec::new(),
            revise: None,
            focus: 0,
            subject: Subject::Nothing,
            submit,
            foresee: None,
            notes: Vec::new(),
            news: Vec::new(),
            rivals: Vec::new(),
            opened_on: 0,
            fault: None,
            sending: None,
            began_at: None,
            completion: None,
            slot: None,
            unkept: false,
            writes: Some(Writing::Form),
            usual: 0,
        }
    }

    /// With one more field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// About `subject`.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }

    /// Says `phrase` above the fields.
    #[must_use]
    pub fn guided(mut self, phrase: Phrase) -> Self {
        self.guide.push(phrase);
        self
    }

    /// Says more while it is filled in.
    #[must_use]
    pub fn foreseeing(mut self, foresee: Foresee) -> Self {
        self.foresee = Some(foresee);
        self
    }

    /// Kept by the host against a crash, under `slot`.
    #[must_use]
    pub fn kept_as(mut self, slot: impl Into<String>) -> Self {
        self.slot = Some(slot.into());
        self
    }

    /// While it is open, others see that the person writes `what`. `None` when it writes nothing.
    #[must_use]
    pub fn writing(mut self, what: Option<Writing>) -> Self {
        self.writes = what;
        self
    }

    /// Enter walks through the first `fields` before it submits.
    #[must_use]
    pub fn usually(mut self, fields: usize) -> Self {
        self.usual = fields;
        self
    }

    /// The field in which Enter submits: the last of the usual and the required ones.
    pub fn walk(&self) -> usize {
        let required = self.fields.iter().rposition(|field| field.required).unwrap_or(0);
        required.max(self.usual.saturating_sub(1))
    }

    /// The words of it that are worth keeping: the last text field that takes words.
    pub fn main_text(&self) -> &str {
        let texts = self.fields.iter().rev().filter_map(|field| match &field.value {
            FieldValue::Text { input, takes: Takes::Words } => Some(input.value()),
            _ => None,
        });
        let mut texts = texts.peekable();
        let last = texts.peek().copied().unwrap_or_default();
        texts.find(|text| !text.is_empty()).unwrap_or(last)
    }

    /// Whether its words are those of field `at`: [`Form::main_text`].
    pub fn is_main(&self, at: usize) -> bool {
        let words = |field: &Field| matches!(field.value, FieldValue::Text { takes: Takes::Words, .. });
        let filled = self.fields.iter().rposition(|field| words(field) && !field.is_blank());
        filled.or(self.fields.iter().rposition(words)) == Some(at)
    }

    /// The field `name`.
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What was typed into the field `name`; nothing when there is no such field.
    pub fn typed(&self, name: &str) -> &str {
        match self.get(name).map(|field| &field.value) {
            Some(FieldValue::Text { input, .. }) => input.value(),
            _ => "",
        }
    }

    /// The same, as the text of an intent, without white space around it.
    pub fn text(&self, name: &str) -> Text {
        self.typed(name).trim().into()
    }

    /// What was chosen in the field `name`; nothing when there is no such field.
    pub fn chosen(&self, name: &str) -> &str {
        match self.get(name).map(|field| &field.value) {
            Some(FieldValue::Choice { options, at }) => options.get(*at).map_or("", |choice| &choice.value),
            _ => "",
        }
    }

    /// Whether yes was chosen in the field `name`.
    pub fn says_yes(&self, name: &str) -> bool {
        self.chosen(name) == "yes"
    }

    /// The grade chosen in the field `name`; the highest when none was.
    pub fn grade(&self, name: &str) -> Grade {
        self.chosen(name).parse().ok().and_then(Grade::new).unwrap_or(Grade::HIGHEST)
    }

    /// The key it is about; nothing when it is about something else.
    pub fn key(&self) -> String {
        match &self.subject {
            Subject::Key(key) => key.clone(),
            _ => String::new(),
        }
    }

    /// The number it is about; 0 when it is about something else.
    pub fn number(&self) -> No {
        match self.subject {
            Subject::Number(no) => no,
            _ => 0,
        }
    }

    /// The entry it is about; 0 when it is about something else.
    pub fn entry(&self) -> Seq {
        match self.subject {
            Subject::Entry(seq) => seq,
            _ => 0,
        }
    }

    /// The moment in the field `name`, none when it is blank.
    ///
    /// # Errors
    /// When what was typed is not a time.
    pub fn moment(&self, name: &str, context: &FormContext<'_>) -> Result<Option<Moment>, Phrase> {
        let Some(Field { value: FieldValue::Text { input, takes }, .. }) = self.get(name) else { return Ok(None) };
        if input.is_blank() {
            return Ok(None);
        }
        time::read(input.value(), *takes, context.environment).map(Some)
    }

    /// The span in the field `name`, in minutes.
    ///
    /// # Errors
    /// When what was typed is not a span.
    pub fn minutes(&self, name: &str) -> Result<i64, Phrase> {
        time::minutes(self.typed(name))
    }

    /// What is missing: the first required field that is blank.
    pub fn missing(&self) -> Option<usize> {
        self.fields.iter().position(|field| field.required && field.is_blank())
    }

    /// The text field that has the focus.
    pub fn focused_input(&mut self) -> Option<(&mut TextInput, Takes)> {
        match self.fields.get_mut(self.focus).map(|field| &mut field.value) {
            Some(FieldValue::Text { input, takes }) => Some((input, *takes)),
            _ => None,
        }
    }

    /// What it quotes is gone: its guide, and the fields that nobody has typed in.
    pub fn forget_words(&mut self) {
        self.guide.clear();
        if self.began_at.is_none() {
            for field in &mut self.fields {
                if let FieldValue::Text { input, .. } = &mut field.value {
                    *input = TextInput::default();
                }
            }
        }
    }

    /// When what it says happened: at its first letter, as for an entry; what was left lying is said now.
    pub fn happened_at(&self, now: Moment) -> Moment {
        self.began_at.filter(|began| now.since(*began).num_minutes() < LEFT_LYING).unwrap_or(now)
    }

    /// With what time it will be recorded, once that is not plain to see. A form that asks for a time says it itself.
    pub fn stamp(&self, now: Moment) -> Option<Phrase> {
        let asks = self.get("when").is_some() || self.writes.is_none();
        let began = self.began_at.filter(|began| !asks && now.since(*began).num_seconds() >= STAMP_SHOWN_AFTER)?;
        let key = if self.happened_at(now) == began { "form-stamp-begun" } else { "form-stamp-now" };
        Some(Phrase::new(key).with("time", began))
    }

    /// Whether anything was typed that leaving would lose.
    pub fn is_touched(&self) -> bool {
        self.began_at.is_some()
            && self.fields.iter().any(|field| matches!(field.value, FieldValue::Text { .. }) && !field.is_blank())
    }
}

/// A bare text or label as a phrase.
pub fn plain(words: impl Into<Arg>) -> Phrase {
    Phrase::new("entry-text").with("text", words)
}

/// An intent as a wish, at the moment of the first letter.
pub fn wish(intent: Intent) -> Result<Wish, Phrase> {
    Ok(Wish::Do { at: None, intent })
}
