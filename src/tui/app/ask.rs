//! What commands do: each takes the model, changes it, and says what it wants done outside.

use crate::domain::id::{IntentId, No};
use crate::domain::intent::{Intent, Request};
use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::{Model, Pane, RowId, Tone};
use crate::tui::app::pending::Typed;
use crate::tui::drafts;
use crate::tui::form;
use crate::tui::form::state::{Form, Value};
use crate::tui::overlay::draw::Overlay;
use crate::tui::text::input::TextInput;

/// Asks for `intent` in the room on the screen, as having happened at `at` (none: when it is recorded).
pub fn ask(model: &mut Model, at: Option<Moment>, intent: Intent) -> Vec<Effect> {
    let id = model.ids.next(model.around.now);
    ask_as(model, id, at, intent, None)
}

/// The same, under an id that is already known. `typed`: what the person wrote for it.
pub fn ask_as(
    model: &mut Model,
    id: IntentId,
    at: Option<Moment>,
    intent: Intent,
    typed: Option<Typed>,
) -> Vec<Effect> {
    if model.around.read_only {
        return looks_on(model);
    }
    let Some(view) = &model.view else { return Vec::new() };
    let request = Request { id, room: view.room.id.clone(), at, intent };
    model.outbox.request(request, typed).into_iter().collect()
}

/// Somebody who looks on asked for something to be written.
pub fn looks_on(model: &mut Model) -> Vec<Effect> {
    model.say(Phrase::new("toast-looks-on"), Tone::Info);
    Vec::new()
}

/// Opens `form`, with what an earlier run left in it.
pub fn open(model: &mut Model, mut form: Form) -> Vec<Effect> {
    if model.around.read_only && form.writes.is_some() {
        return looks_on(model);
    }
    let kept_as = form.slot.take();
    let found = kept_as.as_ref().and_then(|kept_as| {
        let view = model.view.as_mut()?;
        let at = view.found_drafts.iter().position(|draft| drafts::actions::is_of(&draft.slot, kept_as))?;
        Some(view.found_drafts.remove(at))
    });
    form.slot = match &found {
        Some(draft) => Some(draft.slot.clone()),
        None => kept_as.map(|kept_as| drafts::actions::own_slot(model, &kept_as)),
    };
    if let Some(draft) = found {
        form.began_at = Some(draft.began_at);
        let main = form.fields.iter_mut().rev().find_map(|field| match &mut field.value {
            Value::Text { input, takes: form::state::Takes::Words } => Some(input),
            _ => None,
        });
        if let Some(input) = main {
            *input = TextInput::with(draft.text);
        }
    }
    form.opened_on = model.view.as_ref().map_or(0, |view| view.room.seq);
    if let Some(view) = &model.view {
        form.rivals = view.rivals(&form, model.around.me.as_ref());
    }
    form.revise(model);
    form.notes = form.foresee.map_or_else(Vec::new, |foresee| foresee(&form, model));
    model.overlays.push(Overlay::Form(Box::new(form)));
    Vec::new()
}

/// Opens the form, when there is one.
pub fn open_some(model: &mut Model, form: Option<Form>) -> Vec<Effect> {
    form.map_or_else(Vec::new, |form| open(model, form))
}

/// The key of the selected question.
pub fn selected_question(model: &Model) -> Option<String> {
    match model.room_view()?.selected_id(Pane::Questions, model.around.now)? {
        RowId::Question(key) => Some(key),
        _ => None,
    }
}

/// The key of the selected checklist item.
pub fn selected_item(model: &Model) -> Option<String> {
    match model.room_view()?.selected_id(Pane::Checklist, model.around.now)? {
        RowId::Item(key) => Some(key),
        _ => None,
    }
}

/// The number of the selected action, when it is one that was done or dropped.
pub fn selected_ended_action(model: &Model) -> Option<No> {
    let view = model.room_view()?;
    match view.selected_id(Pane::Actions, model.around.now)? {
        RowId::Action(no) if view.room.action(no).is_some_and(|action| !action.is_open()) => Some(no),
        _ => None,
    }
}

/// The number of the selected action, when it is an action and open.
pub fn selected_action(model: &Model) -> Option<No> {
    let view = model.room_view()?;
    match view.selected_id(Pane::Actions, model.around.now)? {
        RowId::Action(no) if view.room.action(no).is_some_and(|action| action.is_open()) => Some(no),
        _ => None,
    }
}
