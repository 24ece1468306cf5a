//! Roles, calls, handover and shifts (P9–P19, P61, P62).

use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::role::{CallPurpose, EscalationOutcome, Holder};
use crate::domain::room::Room;
use crate::domain::routine::{Role, Routine};
use crate::tui::app::environment::Tone;
use crate::tui::form::field::{Field, FieldChoice, Takes};
use crate::tui::form::state::{Form, FormNote, Subject, plain, wish};

/// Gives a role to somebody.
pub fn assign_role(role: &Role, person: &str) -> Form {
    Form::new(Phrase::new("form-assign-role").with("role", role.label.clone()), |form, _| {
        wish(Intent::AssignRole { role: form.key(), person: form.text("person") })
    })
    .guided(plain(role.duty.clone()))
    .about(Subject::Key(role.key.clone()))
    .field(Field::person("person", "field-person").required().filled(person))
}

/// A call as it is before anything is said of it.
#[derive(Debug, Clone, Copy)]
pub struct Callee<'a> {
    pub purpose: CallPurpose,
    /// Who is called, when that is known.
    pub person: &'a str,
    /// As what, by the key of a role.
    pub role: Option<&'a str>,
}

/// Records a call. It leaves the lead alone unless a role is chosen that the person takes.
pub fn call(routine: &Routine, callee: Callee<'_>) -> Form {
    let purposes = CallPurpose::ALL.map(|purpose| FieldChoice::new(purpose.label().key.into_owned(), purpose.label()));
    let at = CallPurpose::ALL.iter().position(|purpose| *purpose == callee.purpose).unwrap_or(0);
    let outcomes = EscalationOutcome::ALL.map(|o| FieldChoice::new(o.label().key.into_owned(), o.label()));
    let called_as = roles(&routine.escalation, routine, "choice-no-role");
    let as_at = called_as.iter().position(|choice| Some(&*choice.value) == callee.role).unwrap_or(0);
    // The lead first: that is the role that calls are mostly made to staff.
    let others = routine.roles.iter().map(|role| &role.key).filter(|key| **key != routine.lead);
    let takes = roles(std::iter::once(&routine.lead).chain(others), routine, "choice-takes-no-role");
    Form::new(Phrase::new("form-call"), |form, _| wish(call_of(form)))
        .guided(Phrase::new("guide-call"))
        .field(Field::choice("purpose", "field-purpose", purposes.into(), at))
        .field(Field::person("person", "field-person").required().filled(callee.person))
        .field(Field::choice("role", "field-called-as", called_as, as_at))
        .field(Field::text("how", "field-how").hint(Phrase::new("hint-how")))
        .field(Field::text("about", "field-about").hint(Phrase::new("hint-about")))
        .field(Field::choice("outcome", "field-call-outcome", outcomes.into(), 0))
        .field(Field::choice("takes", "field-takes-role", takes, 0))
        .usually(6)
        .foreseeing(|form, context| context.room.map_or_else(Vec::new, |room| foresee_call(form, room)))
}

fn roles<'a>(keys: impl IntoIterator<Item = &'a String>, routine: &Routine, none: &'static str) -> Vec<FieldChoice> {
    let label = |key: &str| routine.role(key).map_or_else(|| plain(key), |role| plain(role.label.clone()));
    let known = keys.into_iter().map(|key| FieldChoice::new(key.clone(), label(key)));
    std::iter::once(FieldChoice::new("", Phrase::new(none))).chain(known).collect()
}

fn call_of(form: &Form) -> Intent {
    let (purpose, outcome, takes) = (form.chosen("purpose"), form.chosen("outcome"), form.chosen("takes"));
    let outcome = EscalationOutcome::ALL.into_iter().find(|o| o.label().key == outcome);
    let outcome = match outcome.unwrap_or(EscalationOutcome::Answered) {
        // A person who takes a role has accepted it.
        EscalationOutcome::Answered if !takes.is_empty() => EscalationOutcome::Accepted,
        outcome => outcome,
    };
    Intent::TryEscalation {
        role: form.chosen("role").to_owned(),
        person: form.text("person"),
        how: form.text("how"),
        outcome,
        purpose: CallPurpose::ALL.into_iter().find(|p| p.label().key == purpose).unwrap_or(CallPurpose::Decision),
        about: form.text("about"),
        takes: (!takes.is_empty()).then(|| takes.to_owned()),
    }
}

/// Says who leads after it, and whose role goes to whom before it does.
fn foresee_call(form: &Form, room: &Room) -> Vec<FormNote> {
    let Some(routine) = room.routine.as_deref() else { return Vec::new() };
    let (takes, person) = (form.chosen("takes"), form.typed("person").trim());
    let note = |phrase: Phrase, role: &Role, tone| FormNote { phrase: phrase.with("role", role.label.clone()), tone };
    let taken = routine.role(takes).map(|role| match room.roles.get(takes) {
        _ if person.is_empty() => note(Phrase::new("form-call-takes-whom"), role, Tone::Bad),
        Some(holder) => {
            let phrase = Phrase::new("form-call-takes-from").with("holder", holder.person.raw());
            note(phrase.with("person", person), role, Tone::Bad)
        }
        None => note(Phrase::new("form-call-takes").with("person", person), role, Tone::Bad),
    });
    let lead = room.lead().filter(|_| takes != routine.lead).zip(routine.role(&routine.lead));
    let stays = |(lead, role): (&Holder, &Role)| {
        note(Phrase::new("form-call-lead").with("person", lead.person.raw()), role, Tone::Info)
    };
    taken.into_iter().chain(lead.map(stays)).collect()
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
    Form::new(Phrase::new("form-shift"), |form, context| {
        let starts_at = form.moment("starts", context)?.unwrap_or(context.environment.now);
        wish(Intent::PlanShift { starts_at, who: form.text("who") })
    })
    .field(Field::time("starts", "field-starts", Takes::Start).required())
    .field(Field::person("who", "field-who").required())
}
