//! Answering a status question: sure, assumed or unknown; a time for the one that takes a time (P23–P28, P50, P51).

use crate::domain::intent::Intent;
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::question::Certainty;
use crate::tui::form::context::FormContext;
use crate::tui::form::field::{Field, FieldChoice, Takes};
use crate::tui::form::state::{Form, Subject, Wish, plain, wish};
use crate::tui::room::state::RoomView;
use crate::wire::message::Writing;

/// The form for the question `key`; none when the routine has no such question.
pub fn answer(view: &RoomView, key: &str) -> Option<Form> {
    let question = view.room.routine.as_deref()?.question(key)?;
    let present = view.room.answer(key);
    let mut form = Form::new(plain(question.prompt.clone()), submit)
        .guided(plain(question.hint.clone()))
        .about(Subject::Key(key.to_owned()))
        .kept_as(format!("answer:{key}"))
        .writing(Some(Writing::Answer { question: key.to_owned() }));
    if let Some(present) = present {
        let said = match present.time {
            Some(time) if present.text.is_blank() => Arg::Time(time),
            Some(time) => Phrase::new("entry-answer-timed").with("time", time).with("text", present.text.raw()).into(),
            None => present.text.raw().into(),
        };
        form = form.guided(
            Phrase::new("form-answer-present")
                .with("text", said)
                .with("who", present.by.signed())
                .with("time", present.at),
        );
    }
    if question.takes_time {
        form = form.field(Field::time("time", "field-time", Takes::Ahead));
    }
    let text = Field::text("text", "field-answer");
    let at = present.and_then(|answer| Certainty::ALL.iter().position(|c| *c == answer.certainty)).unwrap_or(1);
    let form = form.field(if question.takes_time { text } else { text.required() }).field(Field::choice(
        "certainty",
        "field-certainty",
        certainties(),
        at,
    ));
    let usual = form.fields.len();
    Some(form.usually(usual))
}

fn certainties() -> Vec<FieldChoice> {
    Certainty::ALL.iter().map(|c| FieldChoice::new(c.label().key.into_owned(), c.label())).collect()
}

fn submit(form: &Form, context: &FormContext<'_>) -> Result<Wish, Phrase> {
    let chosen = form.chosen("certainty");
    let certainty = Certainty::ALL.into_iter().find(|c| c.label().key == chosen).unwrap_or(Certainty::Assumed);
    let time = form.moment("time", context)?;
    wish(Intent::AnswerQuestion { question: form.key(), text: form.text("text"), certainty, time })
}
