//! Declaring an incident: only the title is required, the priority shows as urgency and impact are chosen (P4–P8, P14–P17, P31–P33).

use crate::domain::intent::Declaration;
use crate::domain::phrase::Phrase;
use crate::domain::priority::Activation;
use crate::domain::routine::{Level, Routine};

use crate::tui::form::{Choice, Field, Form, Note, Takes, Wish, plain};
use crate::tui::model::{Model, Tone};

/// The form.
pub fn form(model: &Model) -> Form {
    let routine = model.routine();
    let routines = model.routines.iter().map(|r| Choice::new(r.id.clone(), plain(r.title.clone()))).collect();
    let mut form = Form::new(Phrase::new("form-declare"), submit)
        .field(Field::text("title", "field-title").required().hint(Phrase::new("hint-title")))
        .field(Field::choice("urgency", "field-urgency", levels(&routine.priority.urgency), 0))
        .field(Field::choice("impact", "field-impact", levels(&routine.priority.impact), 0))
        .field(Field::yes_no("activate", "field-activate", true).hint(Phrase::new("hint-activate")))
        .field(Field::text("reason", "field-activation-reason"))
        .field(Field::text("agreed", "field-agreed-with"))
        .field(Field::choice("entitled", "field-classified-by", classifiers(routine), 0))
        .field(Field::person("classifier", "field-classifier"))
        .field(Field::text("customer", "field-customer"))
        .field(Field::time("began", "field-began", Takes::Past))
        .field(Field::time("declared", "field-declared", Takes::Past))
        .field(Field::person("lead", "field-lead").hint(Phrase::new("hint-lead")))
        .usually(3)
        .foreseeing(foresee);
    if model.routines.len() > 1 {
        form = form.field(Field::choice("routine", "field-routine", routines, 0));
    }
    form
}

/// The steps of urgency or impact, as choices `1`, `2`, `3`.
pub fn levels(levels: &[Level; 3]) -> Vec<Choice> {
    (1..=3_u8)
        .zip(levels)
        .map(|(grade, level)| {
            let label = Phrase::new("choice-grade")
                .with("grade", u32::from(grade))
                .with("label", level.label.clone())
                .with("hint", level.hint.clone());
            Choice::new(grade.to_string(), label)
        })
        .collect()
}

/// Who may classify, after "nobody yet".
pub fn classifiers(routine: &Routine) -> Vec<Choice> {
    let nobody = Choice::new("", Phrase::new("choice-not-yet"));
    let known = routine.classifiers.iter().map(|c| Choice::new(c.key.clone(), plain(c.label.clone())));
    std::iter::once(nobody).chain(known).collect()
}

fn chosen_routine<'a>(form: &Form, model: &'a Model) -> &'a Routine {
    let id = form.chosen("routine");
    model.routines.iter().find(|routine| routine.id == id).unwrap_or_else(|| model.routine())
}

/// The priority that the matrix gives, and what it means for the routine.
pub fn foresee_priority(form: &Form, routine: &Routine) -> Vec<Note> {
    let level = routine.priority.level(form.grade("urgency"), form.grade("impact"));
    let name = routine.priority.names.get(usize::from(level).saturating_sub(1)).cloned().unwrap_or_default();
    let (meaning, tone) = match routine.priority.activation(level) {
        Activation::Mandatory => ("activation-mandatory", Tone::Bad),
        Activation::Optional => ("activation-optional", Tone::Info),
        Activation::Unneeded => ("activation-unneeded", Tone::Good),
    };
    let priority = Phrase::new("form-priority").with("level", u32::from(level)).with("name", name);
    let meaning = Phrase::new(meaning)
        .with("routine", routine.title.clone())
        .with("mandatory", u32::from(routine.priority.mandatory));
    vec![
        Note { phrase: priority, tone },
        Note { phrase: meaning, tone },
        Note { phrase: plain(routine.priority.note.clone()), tone: Tone::Info },
    ]
}

fn foresee(form: &Form, model: &Model) -> Vec<Note> {
    foresee_priority(form, chosen_routine(form, model))
}

fn submit(form: &Form, model: &Model) -> Result<Wish, Phrase> {
    let routine = chosen_routine(form, model);
    let (urgency, impact) = (form.grade("urgency"), form.grade("impact"));
    let level = routine.priority.level(urgency, impact);
    let entitled = form.chosen("entitled");
    let lead = form.text("lead");
    // "me" is what a hurried hand types.
    let lead = match (&model.around.me, lead.raw()) {
        (Some(me), "me" | "jag") => me.name.as_str().into(),
        _ => lead,
    };
    let wants = match routine.priority.activation(level) {
        Activation::Unneeded => form.says_yes("activate") && !form.text("reason").is_blank(),
        _ => form.says_yes("activate"),
    };
    Ok(Wish::Open(Box::new(Declaration {
        title: form.text("title"),
        customer: form.text("customer"),
        urgency,
        impact,
        agreed_with: form.text("agreed"),
        classified_by: (!entitled.is_empty()).then(|| (entitled.to_owned(), form.text("classifier"))),
        began_at: form.moment("began", model)?,
        declared_at: form.moment("declared", model)?.or(form.began_at),
        routine: Box::new(routine.clone()),
        activate: Some(wants),
        activation_reason: form.text("reason"),
        lead,
        demo: false,
    })))
}
