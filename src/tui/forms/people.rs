//! Roles, calls by the order of escalation, handover and shifts (P9–P19, P61, P62).

use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::role::EscalationOutcome;
use crate::domain::routine::{Role, Routine};

use crate::tui::form::{Choice, Field, Form, Subject, Takes, plain, wish};

/// Gives a role to somebody.
pub fn assign_role(role: &Role, person: &str) -> Form {
    Form::new(Phrase::new("form-assign-role").with("role", role.label.clone()), |form, _| {
        wish(Intent::AssignRole { role: form.key(), person: form.text("person") })
    })
    .guided(plain(role.duty.clone()))
    .about(Subject::Key(role.key.clone()))
    .field(Field::person("person", "field-person").required().filled(person))
}

/// Records a call to somebody of the escalation order; whoever accepts leads. `next`: the step whose turn it is; `person`:
/// who was called, when that is known.
pub fn escalate(routine: &Routine, next: usize, person: &str) -> Form {
    let roles = routine
        .escalation
        .iter()
        .map(|key| {
            let label = routine.role(key).map_or_else(|| plain(key.as_str()), |role| plain(role.label.clone()));
            Choice::new(key.clone(), label)
        })
        .collect();
    let outcomes = EscalationOutcome::ALL.iter().map(|o| Choice::new(o.label().key.into_owned(), o.label())).collect();
    Form::new(Phrase::new("form-escalate"), |form, _| {
        let chosen = form.chosen("outcome");
        let outcome = EscalationOutcome::ALL
            .into_iter()
            .find(|outcome| outcome.label().key == chosen)
            .unwrap_or(EscalationOutcome::NoAnswer);
        wish(Intent::TryEscalation {
            role: form.chosen("role").to_owned(),
            person: form.text("person"),
            how: form.text("how"),
            outcome,
        })
    })
    .guided(Phrase::new("guide-escalate"))
    .field(Field::choice("role", "field-role", roles, next))
    .field(Field::person("person", "field-person").required().filled(person))
    .field(Field::text("how", "field-how").hint(Phrase::new("hint-how")))
    .field(Field::choice("outcome", "field-call-outcome", outcomes, 0))
}

/// Hands the leading role over.
pub fn hand_over() -> Form {
    Form::new(Phrase::new("form-hand-over"), |form, _| {
        wish(Intent::HandOver { to: form.text("to"), note: form.text("note") })
    })
    .guided(Phrase::new("guide-hand-over"))
    .field(Field::person("to", "field-to").required())
    .field(Field::text("note", "field-handover-note"))
    .kept_as("hand-over")
}

/// Plans the next shift.
pub fn shift() -> Form {
    Form::new(Phrase::new("form-shift"), |form, model| {
        let starts_at = form.moment("starts", model)?.unwrap_or(model.around.now);
        wish(Intent::PlanShift { starts_at, who: form.text("who") })
    })
    .field(Field::time("starts", "field-starts", Takes::Start).required())
    .field(Field::person("who", "field-who").required())
}
