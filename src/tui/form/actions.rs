//! Forms: from field to field, submitted, kept, given up.

use crate::domain::id::IntentId;
use crate::domain::phrase::Phrase;
use crate::tui::app::ask::ask_as;
use crate::tui::app::effect::{Effect, Tag};
use crate::tui::app::model::Model;
use crate::tui::app::pending::TypedText;
use crate::tui::drafts::text;
use crate::tui::editor::state::{Editor, Target};
use crate::tui::form::field::{FieldValue, Takes};
use crate::tui::form::state::{Form, Wish};
use crate::tui::overlay::state::Overlay;
use crate::tui::text::completion::Completions;
use crate::tui::timeline;
use crate::wire::message::{Ask, Draft};

/// The form that has the keys.
pub fn top(model: &mut Model) -> Option<&mut Form> {
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// On to the next field while there are ones that one usually fills in, then submits.
pub fn enter(model: &mut Model) -> Vec<Effect> {
    match top(model) {
        Some(form) if form.focus < form.walk() => {
            form.focus += 1;
            form.completion = None;
            Vec::new()
        }
        _ => submit(model),
    }
}

/// Takes the completion that is offered; without one, the next field.
pub fn next(model: &mut Model) -> Vec<Effect> {
    let Some(form) = top(model) else { return Vec::new() };
    if let Some(completion) = form.completion.take()
        && let Some((input, _)) = form.focused_input()
    {
        input.replace(completion.from, completion.to, completion.chosen());
        return changed(model);
    }
    form.focus = (form.focus + 1) % form.fields.len().max(1);
    Vec::new()
}

pub fn previous(model: &mut Model) -> Vec<Effect> {
    let Some(form) = top(model) else { return Vec::new() };
    form.completion = None;
    form.focus = (form.focus + form.fields.len().saturating_sub(1)) % form.fields.len().max(1);
    Vec::new()
}

/// Makes a wish of the form, or says what is missing.
pub fn submit(model: &mut Model) -> Vec<Effect> {
    let at = model.overlays.len().saturating_sub(1);
    // The form is taken out while its wish is made: making it reads the rest of the model.
    let Some(Overlay::Form(mut form)) = model.overlays.pop() else { return Vec::new() };
    if form.sending.is_some() {
        model.overlays.push(Overlay::Form(form));
        return Vec::new();
    }
    let wish = match form.missing() {
        Some(field) => {
            form.focus = field;
            Err(Phrase::new("fault-missing").with("field", form.fields[field].label.clone()))
        }
        None => (form.submit)(&form, &model.form_context()),
    };
    let wish = match wish {
        Ok(wish) => wish,
        Err(fault) => {
            form.fault = Some(fault);
            model.overlays.push(Overlay::Form(form));
            return Vec::new();
        }
    };
    form.fault = None;
    let now = model.environment.now;
    // Its draft goes by this id: the host forgets it when the intent is recorded.
    let id = form.slot.as_deref().and_then(Draft::intent_of).unwrap_or_else(|| model.ids.next(now));
    let began_at = form.began_at;
    let happened_at = began_at.map(|_| form.happened_at(now));
    let text = form.main_text().to_owned();
    let typed = TypedText { text, began_at: began_at.unwrap_or(now), slot: form.slot.clone() };
    let effects = match wish {
        Wish::Narrow(filter) => return timeline::actions::narrow(model, *filter),
        Wish::Open(declaration) => {
            form.sending = Some(id);
            vec![model.pending.open(id, Ask::Open { id, declaration }, Some(typed))]
        }
        Wish::Do { at, intent } => {
            form.sending = Some(id);
            ask_as(model, id, at.or(happened_at), intent, Some(typed))
        }
    };
    model.overlays.insert(at, Overlay::Form(form));
    effects
}

/// After a field was changed: the form has a beginning, says what it foresees, and offers names.
pub fn changed(model: &mut Model) -> Vec<Effect> {
    let now = model.environment.now;
    let people = model.people();
    let Some(Overlay::Form(mut form)) = model.overlays.pop() else { return Vec::new() };
    form.fault = None;
    form.completion = None;
    if let Some((input, takes)) = form.focused_input() {
        let typed = input.value().trim_start().trim_start_matches('@');
        let offer = (takes == Takes::Person && !typed.is_empty()).then(|| {
            let known = people.iter().map(String::as_str);
            Completions::find(typed, 0, input.value().len(), known, str::to_owned)
        });
        form.completion = offer.flatten();
        form.began_at.get_or_insert(now);
    }
    form.revise(&model.form_context());
    form.notes = form.foresee.map_or_else(Vec::new, |foresee| foresee(&form, &model.form_context()));
    form.unkept = form.slot.is_some();
    model.overlays.push(Overlay::Form(form));
    Vec::new()
}

/// Tells the host what is typed in the forms that are worth it, where it changed.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    let now = model.environment.now;
    let Some(room) = model.view.as_ref().map(|view| view.room.id.clone()) else { return Vec::new() };
    let mut effects = Vec::new();
    for at in 0..model.overlays.len() {
        let text = text::form_text(&model.overlays, at);
        let Overlay::Form(form) = &mut model.overlays[at] else { continue };
        let (Some(slot), true) = (form.slot.clone(), std::mem::take(&mut form.unkept)) else { continue };
        let draft = Draft { room: room.clone(), slot, began_at: form.began_at.unwrap_or(now), text };
        effects.push(Effect::Ask { tag: Tag::Nothing, what: Ask::KeepDraft { draft } });
    }
    effects
}

/// The draft of a form that is done with goes.
pub fn forget(model: &mut Model, form: &Form) -> Vec<Effect> {
    let (Some(slot), Some(view)) = (form.slot.clone(), &model.view) else { return Vec::new() };
    let draft = Draft {
        room: view.room.id.clone(),
        slot,
        began_at: form.began_at.unwrap_or(model.environment.now),
        text: String::new(),
    };
    vec![Effect::Ask { tag: Tag::Nothing, what: Ask::KeepDraft { draft } }]
}

/// The form whose intent was `id` is done: it goes.
pub fn done(model: &mut Model, id: IntentId) {
    if let Some(at) = position(model, id) {
        model.overlays.remove(at);
    }
}

/// What the form asked for, whose intent was `id`, cannot be saved now: it says why, and that it goes by itself. True when
/// there is such a form.
pub fn held(model: &mut Model, id: IntentId, why: Phrase) -> bool {
    let Some(at) = position(model, id) else { return false };
    if let Overlay::Form(form) = &mut model.overlays[at] {
        form.fault = Some(why);
    }
    true
}

/// The form whose intent was `id` was refused: it says why and can be corrected. True when there is such a form.
pub fn refused(model: &mut Model, id: IntentId, why: Phrase) -> bool {
    let Some(at) = position(model, id) else { return false };
    if let Overlay::Form(form) = &mut model.overlays[at] {
        form.sending = None;
        form.fault = Some(why);
    }
    true
}

/// The form whose intent was `used`, which other words have used up, goes on as the intent `id` and says why. True when
/// there is such a form.
pub fn renew(model: &mut Model, used: IntentId, id: IntentId, why: Phrase) -> bool {
    let Some(at) = position(model, used) else { return false };
    if let Overlay::Form(form) = &mut model.overlays[at] {
        form.slot = form.slot.take().map(|slot| Draft::slot_for(&slot, id));
        form.unkept = form.slot.is_some();
    }
    refused(model, used, why)
}

fn position(model: &Model, id: IntentId) -> Option<usize> {
    model.overlays.iter().position(|overlay| matches!(overlay, Overlay::Form(form) if form.sending == Some(id)))
}

/// The text of the focused field in a larger editor.
pub fn editor(model: &mut Model) -> Vec<Effect> {
    let Some(form) = top(model) else { return Vec::new() };
    let (focus, title) = (form.focus, form.title.clone());
    if let Some((input, _)) = form.focused_input() {
        let editor = Editor::new(title, input.value(), Target::Field(focus));
        model.overlays.push(Overlay::Editor(Box::new(editor)));
    }
    Vec::new()
}

/// Moves the choice of the focused field by `by`, round and round. False when it is no choice.
pub fn turn(model: &mut Model, by: isize) -> bool {
    let Some(form) = top(model) else { return false };
    let focus = form.focus;
    let Some(FieldValue::Choice { options, at }) = form.fields.get_mut(focus).map(|field| &mut field.value) else {
        return false;
    };
    let count = options.len().max(1);
    *at = (*at + count).saturating_add_signed(by) % count;
    changed(model);
    true
}

/// Chooses by a character: a digit counts from one, a letter goes to the next choice that begins with it.
pub fn pick(model: &mut Model, typed: char) -> bool {
    let labels: Option<Vec<String>> = match model.overlays.last() {
        Some(Overlay::Form(form)) => match form.fields.get(form.focus).map(|field| &field.value) {
            Some(FieldValue::Choice { options, .. }) => {
                use crate::domain::phrase::Lexicon;
                Some(options.iter().map(|option| model.words.say(&option.label).to_lowercase()).collect())
            }
            _ => None,
        },
        _ => None,
    };
    let (Some(labels), Some(form)) = (labels, top(model)) else { return false };
    let focus = form.focus;
    let Some(FieldValue::Choice { at, .. }) = form.fields.get_mut(focus).map(|field| &mut field.value) else {
        return false;
    };
    let digit = typed.to_digit(10).and_then(|n| (n as usize).checked_sub(1)).filter(|n| *n < labels.len());
    let lower = typed.to_lowercase().to_string();
    let after = (1..=labels.len()).map(|by| (*at + by) % labels.len()).find(|i| labels[*i].starts_with(&lower));
    if let Some(chosen) = digit.or(after) {
        *at = chosen;
        changed(model);
    }
    true
}
