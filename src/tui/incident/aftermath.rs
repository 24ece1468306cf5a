//! Afterwards: the debrief's questions, the report, the problem record (P76–P82).

use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::routine::DebriefQuestion;
use crate::domain::text::Text;
use crate::tui::form::field::Field;
use crate::tui::form::state::{Form, Subject, plain, wish};

/// Answers a question of the debrief.
pub fn debrief(question: &DebriefQuestion, present: Option<&Text>) -> Form {
    Form::new(plain(question.prompt.clone()), |form, _| {
        wish(Intent::RecordDebrief { question: form.key(), answer: form.text("answer") })
    })
    .about(Subject::Key(question.key.clone()))
    .field(Field::text("answer", "field-answer").required().filled(present.map_or("", Text::raw)))
    .kept_as(format!("debrief:{}", question.key))
}

/// The report went to somebody.
pub fn report() -> Form {
    Form::new(Phrase::new("form-report"), |form, _| wish(Intent::DeliverReport { to: form.text("to") }))
        .field(Field::text("to", "field-report-to").required())
}

/// The fault lives on as a problem record.
pub fn problem(present: Option<&Text>) -> Form {
    Form::new(Phrase::new("form-problem"), |form, _| wish(Intent::LinkProblem { reference: form.text("reference") }))
        .field(Field::text("reference", "field-reference").required().filled(present.map_or("", Text::raw)))
}
