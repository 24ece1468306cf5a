//! Critical-incident meetings: called, attended, their points finished, ended or called off (P65–P75).

use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::routine::AgendaPoint;
use crate::domain::text::Text;
use crate::tui::form::context::FormContext;
use crate::tui::form::field::{Field, Takes};
use crate::tui::form::state::{Form, Subject, Wish, plain, wish};

/// Calls one. Calling is not holding.
pub fn call() -> Form {
    Form::new(Phrase::new("form-meeting-call"), |form, context| {
        let starts_at = form.moment("starts", context)?.unwrap_or(context.environment.now);
        wish(Intent::CallMeeting { starts_at, text: form.text("text") })
    })
    .guided(Phrase::new("guide-meeting-call"))
    .field(Field::time("starts", "field-starts", Takes::Start).required().filled("+15m"))
    .field(Field::text("text", "field-meeting-where"))
}

/// Somebody takes part.
pub fn attend() -> Form {
    Form::new(Phrase::new("form-attend"), |form, _| wish(Intent::AttendMeeting { person: form.text("person") }))
        .field(Field::person("person", "field-person").required())
}

/// An agenda point, with what came of it.
pub fn point(point: &AgendaPoint, outcome: Option<&Text>) -> Form {
    Form::new(plain(point.title.clone()), |form, _| {
        wish(Intent::FinishAgendaPoint { point: form.key(), outcome: form.text("outcome") })
    })
    .guided(plain(point.help.clone()))
    .about(Subject::Key(point.key.clone()))
    .field(Field::text("outcome", "field-outcome").filled(outcome.map_or("", Text::raw)))
    .kept_as(format!("agenda:{}", point.key))
}

/// Held to its end.
pub fn end(left: usize) -> Form {
    let form = Form::new(Phrase::new("form-meeting-end"), |form, context| {
        wish(Intent::EndMeeting { held: true, summary: form.text("summary") }).map(|wish| at_end(wish, context))
    })
    .field(Field::text("summary", "field-summary"))
    .kept_as("meeting-end");
    if left > 0 { form.guided(Phrase::new("guide-points-left").with("count", left)) } else { form }
}

/// Called off: it does not count.
pub fn call_off() -> Form {
    Form::new(Phrase::new("form-meeting-call-off"), |form, context| {
        wish(Intent::EndMeeting { held: false, summary: form.text("reason") }).map(|wish| at_end(wish, context))
    })
    .guided(Phrase::new("guide-meeting-call-off"))
    .field(Field::text("reason", "field-reason").required())
}

/// A meeting ends when that is said, not when its summary was begun: points finished meanwhile lie inside it.
fn at_end(wish: Wish, context: &FormContext<'_>) -> Wish {
    match wish {
        Wish::Do { intent, .. } => Wish::Do { at: Some(context.environment.now), intent },
        other => other,
    }
}
