//! Actions: opened, changed, done, dropped (P20, P26).

use crate::domain::action::{Action, Track};
use crate::domain::event::Facets;
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::tui::form::context::FormContext;
use crate::tui::form::field::{Field, FieldChoice, Takes};
use crate::tui::form::state::{Form, Subject, Wish, plain, wish};

/// Plan A, plan B or neither.
pub fn tracks(neither: &'static str) -> Vec<FieldChoice> {
    let neither = FieldChoice::new("", Phrase::new(neither));
    let plans = Track::ALL
        .iter()
        .map(|t| FieldChoice::new(t.to_string(), Phrase::new("choice-plan").with("track", t.to_string())));
    std::iter::once(neither).chain(plans).collect()
}

/// The plan chosen in the field `name`.
pub fn track(form: &Form, name: &str) -> Option<Track> {
    let chosen = form.chosen(name);
    Track::ALL.into_iter().find(|track| track.to_string() == chosen)
}

fn facets(form: &Form, context: &FormContext<'_>) -> Result<Facets, Phrase> {
    let owner = form.text("owner");
    Ok(Facets {
        people: if owner.is_blank() { Vec::new() } else { vec![owner.raw().to_owned()] },
        tags: Vec::new(),
        due: form.moment("due", context)?,
        track: track(form, "track"),
    })
}

fn asking(form: Form) -> Form {
    form.field(Field::text("text", "field-action").required())
        .field(Field::person("owner", "field-owner"))
        .field(Field::time("due", "field-due", Takes::Ahead))
        .field(Field::choice("track", "field-track", tracks("choice-no-plan"), 0))
}

/// A new one.
pub fn open() -> Form {
    asking(
        Form::new(Phrase::new("form-action"), |form, context| {
            wish(Intent::OpenAction { text: form.text("text"), facets: facets(form, context)? })
        })
        .kept_as("action"),
    )
}

/// One that keeps it from happening again (P79).
pub fn corrective() -> Form {
    asking(
        Form::new(Phrase::new("form-corrective"), |form, context| {
            wish(Intent::OpenCorrectiveAction { text: form.text("text"), facets: facets(form, context)? })
        })
        .kept_as("corrective"),
    )
}

/// Another owner, due time or plan.
pub fn update(action: &Action) -> Form {
    let at = Track::ALL.iter().position(|t| Some(*t) == action.track).map_or(0, |at| at + 1);
    Form::new(Phrase::new("form-action-update").with("no", action.no), update_submit)
        .guided(plain(action.text.raw()))
        .about(Subject::Number(action.no))
        .field(Field::person("owner", "field-owner").filled(action.owner.clone().unwrap_or_default()))
        .field(Field::time("due", "field-due", Takes::Ahead))
        .field(Field::choice("track", "field-track", tracks("choice-unchanged"), at))
        .field(Field::text("note", "field-note"))
}

fn update_submit(form: &Form, context: &FormContext<'_>) -> Result<Wish, Phrase> {
    let owner = form.text("owner");
    wish(Intent::UpdateAction {
        no: form.number(),
        owner: (!owner.is_blank()).then(|| owner.raw().to_owned()),
        due: form.moment("due", context)?,
        track: track(form, "track"),
        note: form.text("note"),
    })
}

/// Done, with what came of it.
pub fn finish(action: &Action) -> Form {
    Form::new(Phrase::new("form-action-done").with("no", action.no), |form, _| {
        wish(Intent::FinishAction { no: form.number(), outcome: form.text("outcome") })
    })
    .guided(plain(action.text.raw()))
    .about(Subject::Number(action.no))
    .field(Field::text("outcome", "field-outcome"))
}

/// Open again.
pub fn reopen(action: &Action) -> Form {
    Form::new(Phrase::new("form-action-reopen").with("no", action.no), |form, _| {
        wish(Intent::ReopenAction { no: form.number(), reason: form.text("reason") })
    })
    .guided(plain(action.text.raw()))
    .about(Subject::Number(action.no))
    .field(Field::text("reason", "field-reason"))
}

/// Dropped.
pub fn drop_it(action: &Action) -> Form {
    Form::new(Phrase::new("form-action-drop").with("no", action.no), |form, _| {
        wish(Intent::DropAction { no: form.number(), reason: form.text("reason") })
    })
    .guided(plain(action.text.raw()))
    .about(Subject::Number(action.no))
    .field(Field::text("reason", "field-reason").required())
}
