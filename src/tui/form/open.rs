//! Opens a form over the screen, with what an earlier run left in it.

use crate::tui::app::ask::looks_on;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::drafts::slot::{self, OWN};
use crate::tui::form::field::{self, FieldValue};
use crate::tui::form::state::Form;
use crate::tui::overlay::state::Overlay;
use crate::tui::text::input::TextInput;

/// A name for the draft of one form that keeps its text as `kept_as`: two windows of one person do not share it.
pub fn own_slot(model: &mut Model, kept_as: &str) -> String {
    format!("{kept_as}{OWN}{}", model.ids.next(model.environment.now).0)
}

/// Opens `form`, with what an earlier run left in it.
pub fn open(model: &mut Model, mut form: Form) -> Vec<Effect> {
    if model.environment.read_only && form.writes.is_some() {
        return looks_on(model);
    }
    let kept_as = form.slot.take();
    let found = kept_as.as_ref().and_then(|kept_as| {
        let view = model.view.as_mut()?;
        let at = view.found_drafts.iter().position(|draft| slot::is_of(&draft.slot, kept_as))?;
        Some(view.found_drafts.remove(at))
    });
    form.slot = match &found {
        Some(draft) => Some(draft.slot.clone()),
        None => kept_as.map(|kept_as| own_slot(model, &kept_as)),
    };
    if let Some(draft) = found {
        form.began_at = Some(draft.began_at);
        let main = form.fields.iter_mut().rev().find_map(|field| match &mut field.value {
            FieldValue::Text { input, takes: field::Takes::Words } => Some(input),
            _ => None,
        });
        if let Some(input) = main {
            *input = TextInput::with(draft.text);
        }
    }
    form.opened_on = model.view.as_ref().map_or(0, |view| view.room.seq);
    if let Some(view) = &model.view {
        form.rivals = view.rivals(&form, model.environment.me.as_ref());
    }
    form.revise(&model.form_context());
    form.notes = form.foresee.map_or_else(Vec::new, |foresee| foresee(&form, &model.form_context()));
    model.overlays.push(Overlay::Form(Box::new(form)));
    Vec::new()
}

/// Opens the form, when there is one.
pub fn open_some(model: &mut Model, form: Option<Form>) -> Vec<Effect> {
    form.map_or_else(Vec::new, |form| open(model, form))
}
