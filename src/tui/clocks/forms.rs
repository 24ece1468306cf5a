//! Clocks: put off with a reason, the interval between meetings changed with a reason (P73–P75).

use crate::domain::intent::Intent;
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::routine::ClockRule;
use crate::tui::form::field::{Field, Takes};
use crate::tui::form::state::{Form, Subject, plain, wish};
use crate::tui::form::time::minutes_until;

/// Puts a clock off.
pub fn snooze(rule: &ClockRule) -> Form {
    Form::new(Phrase::new("form-snooze"), |form, context| {
        let now = context.environment.now;
        let views = context.room.map_or_else(Vec::new, |room| room.clock_views(now));
        let view = views.iter().find(|view| view.rule.key == form.key());
        let from = view.map_or(now, |view| view.snoozed_from(now));
        let minutes = minutes_until(form.typed("minutes"), from, context.environment)?;
        wish(Intent::SnoozeClock { clock: form.key(), minutes, reason: form.text("reason") })
    })
    .guided(plain(rule.label.clone()))
    .about(Subject::Key(rule.key.clone()))
    .field(Field::time("minutes", "field-minutes", Takes::Snooze).required().filled("15m"))
    .field(Field::text("reason", "field-reason").required())
}

/// Sets how often the team meets. `minutes`: the interval in force.
pub fn cadence(minutes: i64, longest: i64) -> Form {
    Form::new(Phrase::new("form-cadence"), |form, _| {
        wish(Intent::SetCadence { minutes: form.minutes("minutes")?, reason: form.text("reason") })
    })
    .guided(Phrase::new("guide-cadence").with("longest", Arg::Minutes(longest)))
    .field(Field::time("minutes", "field-interval", Takes::Minutes).required().filled(format!("{minutes}m")))
    .field(Field::text("reason", "field-reason").required())
}
