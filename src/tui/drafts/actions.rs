//! Drafts that an earlier run left: taken up where they were typed, or forgotten.

use crate::domain::action::Track;
use crate::domain::phrase::Lexicon;
use crate::tui::app::effect::{Effect, Tag};
use crate::tui::app::model::Model;
use crate::tui::command::preconditions;
use crate::tui::drafts::slot::{id_of_slot, kind, slot as slot_of};
use crate::tui::form::open::open;
use crate::tui::form::state::Form;
use crate::tui::incident::aftermath;
use crate::tui::text::input::TextInput;
use crate::tui::{action_items, entry_line, incident, meeting, messages, people, plans, questions};
use crate::wire::message::{Ask, Draft};

/// Takes up the draft in `slot`: one of a form in its form, while that can be filled in now; every other in the entry line.
pub fn take(model: &mut Model, slot: &str) -> Vec<Effect> {
    let form = if id_of_slot(slot).is_some() { None } else { form_of(model, kind(slot)) };
    model.overlays.pop();
    match form {
        Some(form) => open(model, form),
        None => into_line(model, slot),
    }
}

/// The form that keeps its text under that name. `None` when it cannot be filled in now.
fn form_of(model: &Model, kept_as: &str) -> Option<Form> {
    let view = model.room_view()?;
    let (room, routine) = (&view.room, view.room.routine.as_deref()?);
    let (what, key) = kept_as.split_once(':').unwrap_or((kept_as, ""));
    match what {
        "answer" => questions::forms::answer(view, key),
        "message" => {
            let notice = routine.notice(key);
            (notice.is_some() || key.is_empty()).then(|| messages::forms::record(notice, model.words.lang()))
        }
        "debrief" => {
            let question = routine.debrief.iter().find(|question| question.key == key)?;
            preconditions::is_over(model).ok().map(|()| aftermath::debrief(question, room.debrief.get(key)))
        }
        "plan" => {
            let track = Track::ALL.into_iter().find(|track| track.to_string() == key)?;
            Some(plans::forms::open(track, room.tracks.plan(track).map(|plan| &plan.text)))
        }
        "agenda" => {
            let done = room.running_meeting()?.points.get(key).map(|(outcome, _)| outcome);
            Some(meeting::forms::point(routine.point(key)?, done))
        }
        "meeting-end" => meeting::actions::end_form(model),
        "hand-over" => Some(people::forms::hand_over()),
        "restore" => preconditions::is_open(model).ok().map(|()| incident::forms::restore(view)),
        "action" => Some(action_items::forms::open()),
        "corrective" => Some(action_items::forms::corrective()),
        _ => None,
    }
}

/// What stands in the line meanwhile waits among the drafts.
fn into_line(model: &mut Model, slot: &str) -> Vec<Effect> {
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    let Some(at) = view.found_drafts.iter().position(|draft| draft.slot == slot) else { return Vec::new() };
    let draft = view.found_drafts.remove(at);
    let mut effects = entry_line::actions::keep(model);
    set_aside(model);
    model.line.clear();
    model.line.input = TextInput::with(draft.text.as_str());
    model.line.began_at = Some(draft.began_at);
    model.line.id = id_of_slot(slot);
    if model.line.id.is_none() {
        // Out of its form it is an entry, and kept as one.
        model.line.id = Some(model.ids.next(model.environment.now));
        model.line.unkept = true;
        effects.extend(entry_line::actions::keep(model));
        effects.push(forgotten(draft));
    }
    model.line.focused = true;
    entry_line::actions::understand(model);
    model.line.completion = None;
    effects
}

fn set_aside(model: &mut Model) {
    let (Some(id), Some(view)) = (model.line.id, model.view.as_mut()) else { return };
    if model.line.input.is_blank() {
        return;
    }
    let began_at = model.line.began_at.unwrap_or(model.environment.now);
    let text = model.line.input.value().to_owned();
    view.found_drafts.push(Draft { room: view.room.id.clone(), slot: slot_of(id), began_at, text });
}

/// The draft in `slot` goes.
pub fn forget(model: &mut Model, slot: &str) -> Vec<Effect> {
    let Some(view) = model.view.as_mut() else { return Vec::new() };
    let Some(at) = view.found_drafts.iter().position(|draft| draft.slot == slot) else { return Vec::new() };
    let draft = view.found_drafts.remove(at);
    vec![forgotten(draft)]
}

/// Asks the host to forget `draft`.
pub fn forgotten(draft: Draft) -> Effect {
    let draft = Draft { text: String::new(), ..draft };
    Effect::Ask { tag: Tag::Nothing, what: Ask::KeepDraft { draft } }
}
