//! Points of the checklist: done with a note, waived with a reason, reopened, given to somebody (P30–P64).

use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::routine::Item;
use crate::tui::form::field::Field;
use crate::tui::form::state::{Form, Subject, Submit, plain, wish};

fn about(item: &Item, title: &'static str, submit: Submit) -> Form {
    Form::new(Phrase::new(title), submit)
        .guided(plain(item.title.clone()))
        .guided(plain(item.help.clone()))
        .about(Subject::Key(item.key.clone()))
}

/// Done, with a note.
pub fn check(item: &Item) -> Form {
    about(item, "form-check", |form, _| wish(Intent::CheckItem { item: form.key(), note: form.text("note") }))
        .field(Field::text("note", "field-note"))
}

/// Waived.
pub fn waive(item: &Item) -> Form {
    about(item, "form-waive", |form, _| wish(Intent::WaiveItem { item: form.key(), reason: form.text("reason") }))
        .field(Field::text("reason", "field-reason").required().hint(Phrase::new("hint-waive")))
}

/// Open again.
pub fn reopen(item: &Item) -> Form {
    about(item, "form-reopen-item", |form, _| {
        wish(Intent::ReopenItem { item: form.key(), reason: form.text("reason") })
    })
    .field(Field::text("reason", "field-reason"))
}

/// Given to somebody.
pub fn assign(item: &Item) -> Form {
    about(item, "form-assign-item", |form, _| {
        wish(Intent::AssignItem { item: form.key(), person: form.text("person") })
    })
    .field(Field::person("person", "field-person").required())
}
