//! Plan A and plan B, what would make us switch, and the choice (P59, P60).

use crate::domain::action::Track;
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::text::Text;
use crate::tui::form::field::Field;
use crate::tui::form::state::{Form, Subject, Submit, wish};

fn on(track: Track, title: &'static str, submit: Submit) -> Form {
    Form::new(Phrase::new(title).with("track", track.to_string()), submit).about(Subject::Key(track.to_string()))
}

fn track_of(form: &Form) -> Track {
    if form.key() == "B" { Track::B } else { Track::A }
}

/// Says what the plan is.
pub fn open(track: Track, present: Option<&Text>) -> Form {
    on(track, "form-plan", |form, _| wish(Intent::OpenTrack { track: track_of(form), plan: form.text("plan") }))
        .field(Field::text("plan", "field-plan").required().filled(present.map_or("", Text::raw)))
        .kept_as(format!("plan:{track}"))
}

/// What would make us leave plan A for plan B.
pub fn switch_condition(present: Option<&Text>) -> Form {
    Form::new(Phrase::new("form-switch"), |form, _| {
        wish(Intent::SetSwitchCondition { condition: form.text("condition") })
    })
    .field(Field::text("condition", "field-condition").required().filled(present.map_or("", Text::raw)))
}

/// Goes for a plan.
pub fn choose(track: Track) -> Form {
    on(track, "form-plan-choose", |form, _| {
        wish(Intent::ChooseTrack { track: track_of(form), reason: form.text("reason") })
    })
    .field(Field::text("reason", "field-reason"))
}

/// Gives a plan up.
pub fn drop_it(track: Track) -> Form {
    on(track, "form-plan-drop", |form, _| {
        wish(Intent::DropTrack { track: track_of(form), reason: form.text("reason") })
    })
    .field(Field::text("reason", "field-reason").required())
}
