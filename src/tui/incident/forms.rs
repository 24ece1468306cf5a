//! The incident as a whole: priority, classification, activation, mitigated, restored, reopened, closed (P3–P8, P14–P17,
//! P31–P33).

use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::priority::Activation;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::tui::form::context::FormContext;
use crate::tui::form::field::{Field, Takes};
use crate::tui::form::state::{Form, Wish, wish};
use crate::tui::incident::declare::{classifiers, foresee_activation, foresee_priority, scales};
use crate::tui::room::state::RoomView;

/// Sets the priority together with the business.
pub fn priority(room: &Room) -> Option<Form> {
    let routine = room.routine.as_deref()?;
    let (urgency, impact, agreed) = room
        .priority
        .as_ref()
        .map_or((0, 0, ""), |p| (usize::from(p.urgency.get()) - 1, usize::from(p.impact.get()) - 1, &*p.agreed_with));
    let [urgency, impact] = scales(&routine.priority, [urgency, impact]);
    Some(
        Form::new(Phrase::new("form-priority-set"), |form, _| {
            wish(Intent::SetPriority {
                urgency: form.grade("urgency"),
                impact: form.grade("impact"),
                agreed_with: form.text("agreed"),
            })
        })
        .field(urgency)
        .field(impact)
        .field(Field::text("agreed", "field-agreed-with").filled(agreed))
        .foreseeing(|form, context| match context.room.and_then(|room| room.routine.as_deref()) {
            Some(routine) => {
                let mut notes = foresee_priority(form, routine);
                let room = context.room;
                if room.is_some_and(|room| !room.active) {
                    let keys = ["activation-mandatory", "activation-later", "activation-later"];
                    notes.insert(1, foresee_activation(form, routine, keys));
                }
                notes
            }
            None => Vec::new(),
        }),
    )
}

/// Says who, of those entitled, classified it.
pub fn classify(room: &Room) -> Option<Form> {
    let routine = room.routine.as_deref()?;
    Some(
        Form::new(Phrase::new("form-classify"), |form, _| {
            if form.chosen("entitled").is_empty() {
                return Err(Phrase::new("fault-choose-entitled"));
            }
            wish(Intent::Classify { entitled: form.chosen("entitled").to_owned(), who: form.text("who") })
        })
        .field(Field::choice("entitled", "field-classified-by", classifiers(routine), 0))
        .field(Field::person("who", "field-classifier")),
    )
}

/// Puts the routine in force although nothing demands it; with a reason where the priority does not call for it.
pub fn activate(room: &Room) -> Form {
    let form = Form::new(Phrase::new("form-activate"), |form, _| {
        wish(Intent::ActivateRoutine { reason: form.text("reason") })
    })
    .guided(Phrase::new("guide-activate"));
    let level = room.priority.as_ref().map(|priority| priority.level);
    let routine = room.routine.as_deref();
    let reason = Field::text("reason", "field-reason");
    match level.zip(routine).filter(|(level, routine)| routine.priority.activation(*level) == Activation::Unneeded) {
        Some((level, _)) => {
            form.guided(Phrase::new("guide-activate-unneeded").with("level", u32::from(level))).field(reason.required())
        }
        None => form.field(reason),
    }
}

/// Contained, not solved.
pub fn mitigate() -> Form {
    Form::new(Phrase::new("form-mitigate"), |form, context| {
        back_dated(form, context, Intent::Mitigate { note: form.text("note") })
    })
    .field(Field::text("note", "field-note"))
    .field(Field::time("when", "field-when", Takes::Past))
}

/// Normal function is back. It may have been back for a while.
pub fn restore(view: &RoomView) -> Form {
    let form = Form::new(Phrase::new("form-restore"), |form, context| {
        back_dated(form, context, Intent::Restore { note: form.text("note") })
    })
    .guided(Phrase::new("guide-restore"))
    .field(Field::text("note", "field-note"))
    .field(Field::time("when", "field-when", Takes::Past))
    .kept_as("restore");
    let left = view.room.unsettled().len();
    if left > 0 && view.room.active {
        form.guided(Phrase::new("guide-restore-unsettled").with("count", left))
    } else {
        form
    }
}

/// It was not over.
pub fn reopen() -> Form {
    Form::new(Phrase::new("form-reopen"), |form, context| {
        back_dated(form, context, Intent::Reopen { reason: form.text("reason") })
    })
    .field(Field::text("reason", "field-reason").required())
    .field(Field::time("when", "field-when", Takes::Past))
}

/// Closes the incident, and says before what would be left open.
pub fn close(view: &RoomView, now: Moment) -> Form {
    let mut form = Form::new(Phrase::new("form-close"), |form, context| {
        back_dated(form, context, Intent::Close { note: form.text("note") })
    })
    .guided(Phrase::new("guide-close"))
    .field(Field::text("note", "field-note"))
    .field(Field::time("when", "field-when", Takes::Past));
    let left = view.room.unsettled().len();
    if left > 0 && view.room.active {
        form = form.guided(Phrase::new("guide-close-unsettled").with("count", left));
    }
    let open = left_open(&view.room, now);
    if !open.is_empty() {
        form = form.guided(Phrase::new("guide-close-open"));
    }
    open.into_iter().fold(form, Form::guided)
}

/// What may stay open when the incident is closed, in counts.
fn left_open(room: &Room, now: Moment) -> Vec<Phrase> {
    let open = room.open_counts(now);
    let questions = room.routine.as_deref().map_or(&[][..], |routine| &routine.debrief);
    let unanswered = questions.iter().filter(|question| !room.debrief.contains_key(&question.key)).count();
    let counts = [
        ("cli-open-actions", open.actions),
        ("cli-open-late", open.late_actions),
        ("cli-open-resources", open.resources),
        ("cli-open-suppliers", open.suppliers),
        ("cli-open-obstacles", open.obstacles),
        ("cli-open-debrief", unanswered),
    ];
    let said = counts.into_iter().filter(|(_, count)| *count > 0);
    said.map(|(key, count)| Phrase::new("guide-close-open-line").with("what", Phrase::new(key).with("count", count)))
        .collect()
}

/// At the time given, else at the moment it was said: these moments stop and start clocks.
fn back_dated(form: &Form, context: &FormContext<'_>, intent: Intent) -> Result<Wish, Phrase> {
    Ok(Wish::Do { at: Some(form.moment("when", context)?.unwrap_or(context.environment.now)), intent })
}
