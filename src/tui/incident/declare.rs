//! Declaring an incident: only the title is required, the priority shows as urgency and impact are chosen (P4–P8, P14–P17,
//! P31–P33).

use crate::domain::intent::Declaration;
use crate::domain::phrase::{Arg, Localised, Phrase};
use crate::domain::priority::Activation;
use crate::domain::routine::{Level, MetBy, PriorityModel, Routine};
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::form::context::FormContext;
use crate::tui::form::field::{Field, FieldChoice, Takes};
use crate::tui::form::state::{Form, FormNote, Wish, plain};

/// The form. Its labels, classifiers and first notice are those of the routine that is chosen in it, from the moment it is.
pub fn form(model: &Model) -> Form {
    let routine = model.routine();
    let routines = model.routines.iter().map(|r| FieldChoice::new(r.id.clone(), plain(r.title.clone()))).collect();
    let [urgency, impact] = scales(&routine.priority, [0, 0]);
    let mut form = Form::new(Phrase::new("form-declare"), submit)
        .field(Field::text("title", "field-title").required().hint(Phrase::new("hint-title")))
        .field(urgency)
        .field(impact)
        .field(Field::yes_no("activate", "field-activate", false))
        .field(Field::text("reason", "field-activation-reason"))
        .field(Field::text("agreed", "field-agreed-with"))
        .field(Field::choice("entitled", "field-classified-by", classifiers(routine), 0))
        .field(Field::person("classifier", "field-classifier"))
        .field(Field::text("customer", "field-customer"))
        .field(Field::time("began", "field-began", Takes::Past))
        .field(Field::time("declared", "field-declared", Takes::Past))
        .field(Field::person("lead", "field-lead").hint(Phrase::new("hint-lead")))
        .usually(3)
        .revising(revise)
        .foreseeing(foresee);
    if model.routines.len() > 1 {
        form = form.field(Field::choice("routine", "field-routine", routines, 0));
    }
    form
}

/// The fields as the routine and the priority that are chosen now have them: there is a question only where there is a choice.
fn revise(form: &mut Form, context: &FormContext<'_>) {
    let routine = chosen_routine(form, context);
    for scale in scales(&routine.priority, [0, 0]) {
        form.rephrase(scale);
    }
    if let Some(gone) = form.offer("entitled", classifiers(routine)) {
        let said = Phrase::new("form-classifier-gone").with("classifier", gone).with("routine", routine.title.clone());
        form.news.retain(|news| news.key != said.key);
        form.news.push(said);
    } else if !form.chosen("entitled").is_empty() {
        form.news.retain(|news| news.key != "form-classifier-gone");
    }
    let activation = routine.priority.activation(level(form, routine));
    if activation == Activation::Mandatory {
        form.hide("activate");
        form.hide("reason");
        return;
    }
    form.show("activate", "impact");
    let is_unneeded = activation == Activation::Unneeded;
    if is_unneeded && !form.says_yes("activate") {
        form.hide("reason");
    } else {
        form.show("reason", "activate");
        form.set_required("reason", is_unneeded);
    }
}

fn level(form: &Form, routine: &Routine) -> u8 {
    routine.priority.level(form.grade("urgency"), form.grade("impact"))
}

/// The two scales of a priority in the words of its routine, with the steps at `chosen` chosen.
pub fn scales(model: &PriorityModel, chosen: [usize; 2]) -> [Field; 2] {
    let label = |own: &Option<Localised>, usual: &'static str| {
        own.as_ref().map_or_else(|| Phrase::new(usual), |name| plain(name.capitalised()))
    };
    let urgency = Field::choice("urgency", "field-urgency", levels(&model.urgency), chosen[0]);
    let impact = Field::choice("impact", "field-impact", levels(&model.impact), chosen[1]);
    [
        urgency.labelled(label(&model.urgency_name, "field-urgency")),
        impact.labelled(label(&model.impact_name, "field-impact")),
    ]
}

/// The steps of urgency or impact, as choices `1`, `2`, `3`.
fn levels(levels: &[Level; 3]) -> Vec<FieldChoice> {
    (1..=3_u8)
        .zip(levels)
        .map(|(grade, level)| {
            let label = Phrase::new("choice-grade")
                .with("grade", u32::from(grade))
                .with("label", level.label.clone())
                .with("hint", level.hint.clone());
            FieldChoice::new(grade.to_string(), label)
        })
        .collect()
}

/// Who may classify, after "nobody yet".
pub fn classifiers(routine: &Routine) -> Vec<FieldChoice> {
    let nobody = FieldChoice::new("", Phrase::new("choice-not-yet"));
    let known = routine.classifiers.iter().map(|c| FieldChoice::new(c.key.clone(), plain(c.label.clone())));
    std::iter::once(nobody).chain(known).collect()
}

fn chosen_routine<'a>(form: &Form, context: &FormContext<'a>) -> &'a Routine {
    let id = form.chosen("routine");
    context.routines.iter().find(|routine| routine.id == id).unwrap_or_else(|| context.first_routine())
}

/// The priority that the matrix gives, and whose matrix it is.
pub fn foresee_priority(form: &Form, routine: &Routine) -> Vec<FormNote> {
    let level = level(form, routine);
    let name = routine.priority.names.get(usize::from(level).saturating_sub(1)).cloned().unwrap_or_default();
    let tone = tone(routine.priority.activation(level));
    let priority = Phrase::new("form-priority").with("level", u32::from(level)).with("name", name);
    vec![
        FormNote { phrase: priority, tone },
        FormNote { phrase: plain(routine.priority.note.clone()), tone: Tone::Info },
    ]
}

/// What the priority means for a routine. `keys`: the sentence for each of mandatory, optional, unneeded.
pub fn foresee_activation(form: &Form, routine: &Routine, keys: [&'static str; 3]) -> FormNote {
    let level = level(form, routine);
    let activation = routine.priority.activation(level);
    let key = match activation {
        Activation::Mandatory => keys[0],
        Activation::Optional => keys[1],
        Activation::Unneeded => keys[2],
    };
    let phrase = Phrase::new(key)
        .with("routine", routine.title.clone())
        .with("level", u32::from(level))
        .with("mandatory", u32::from(routine.priority.mandatory));
    FormNote { phrase, tone: tone(activation) }
}

fn tone(activation: Activation) -> Tone {
    match activation {
        Activation::Mandatory => Tone::Bad,
        Activation::Optional => Tone::Info,
        Activation::Unneeded => Tone::Good,
    }
}

fn foresee(form: &Form, context: &FormContext<'_>) -> Vec<FormNote> {
    let routine = chosen_routine(form, context);
    let mut notes = foresee_priority(form, routine);
    let keys = ["activation-mandatory", "activation-optional", "activation-unneeded"];
    notes.insert(1, foresee_activation(form, routine, keys));
    let is_mandatory = routine.priority.activation(level(form, routine)) == Activation::Mandatory;
    if !is_mandatory && !form.says_yes("activate") {
        // No clock runs then.
        return notes;
    }
    let first = routine
        .clocks
        .iter()
        .find(|clock| clock.met_by == MetBy::FirstNotice)
        .zip(routine.notices.iter().find(|n| n.first));
    notes.extend(first.map(|(clock, notice)| {
        let phrase = Phrase::new("form-first-notice").with("notice", notice.title.clone());
        FormNote { phrase: phrase.with("span", Arg::Minutes(clock.minutes)), tone: Tone::Info }
    }));
    notes
}

fn submit(form: &Form, context: &FormContext<'_>) -> Result<Wish, Phrase> {
    let routine = chosen_routine(form, context);
    let (urgency, impact) = (form.grade("urgency"), form.grade("impact"));
    let entitled = form.chosen("entitled");
    let lead = form.text("lead");
    // "me" is what a hurried hand types.
    let lead = match (&context.environment.me, lead.raw()) {
        (Some(me), "me" | "jag") => me.name.as_str().into(),
        _ => lead,
    };
    Ok(Wish::Open(Box::new(Declaration {
        title: form.text("title"),
        customer: form.text("customer"),
        urgency,
        impact,
        agreed_with: form.text("agreed"),
        classified_by: (!entitled.is_empty()).then(|| (entitled.to_owned(), form.text("classifier"))),
        began_at: form.moment("began", context)?,
        declared_at: form.moment("declared", context)?.or(Some(form.happened_at(context.environment.now))),
        routine: Box::new(routine.clone()),
        activate: form.get("activate").map(|_| form.says_yes("activate")),
        activation_reason: form.text("reason"),
        lead,
        demo: false,
    })))
}
