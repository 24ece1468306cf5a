//! Points of the checklist.

use crate::domain::checklist::Urgency;
use crate::domain::intent::Intent;
use crate::domain::phrase::{Lexicon, Phrase};
use crate::domain::routine::Item;
use crate::tui::app::ask::ask;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::command::preconditions;
use crate::tui::form::open::{open, open_some};
use crate::tui::form::state::{Form, plain};
use crate::tui::help::state::Help;
use crate::tui::overlay::state::Overlay;
use crate::tui::room::focus;
use crate::tui::room::pane::Pane;
use crate::tui::room::selection::selected_item;
use crate::tui::room::state::RowId;
use crate::tui::{checklist, messages};

/// Checks the selected item; a settled one it asks to reopen. From another pane it first goes to the checklist: nobody
/// checks what they do not see selected.
pub fn toggle(model: &mut Model) -> Vec<Effect> {
    if model.room_view().is_none_or(|view| view.focus != Pane::Checklist) {
        return focus::checklist(model);
    }
    let Some(key) = selected_item(model) else { return Vec::new() };
    if preconditions::has_settled_item(model).is_ok() {
        return reopen(model);
    }
    if let Some(form) = notice_form(model, &key) {
        return open(model, form);
    }
    select_following(model, &key);
    let now = model.environment.now;
    ask(model, Some(now), Intent::CheckItem { item: key, note: Default::default() })
}

/// The form of the notice that the step `key` is about, while that was not recorded: what was told stands in the room, and
/// recording it checks the step.
fn notice_form(model: &Model, key: &str) -> Option<Form> {
    let room = &model.room_view()?.room;
    let routine = room.routine.as_deref()?;
    let clock = routine.clock(routine.item(key)?.clock.as_deref()?)?;
    let notice = routine.notice_of(clock).filter(|_| room.met_at(clock).is_none())?;
    Some(messages::forms::record(Some(notice), model.words.lang()).guided(Phrase::new("guide-notice-step")))
}

/// Moves the selection to the open item after `key`: the next thing to do stands under the cursor.
fn select_following(model: &mut Model, key: &str) {
    let now = model.environment.now;
    let Some(view) = model.view.as_mut() else { return };
    let items = view.room.items_by_urgency(now);
    let open = |at: &usize| items.get(*at).is_some_and(|item| item.urgency != Urgency::Settled);
    let Some(at) = items.iter().position(|item| item.item.key == key) else { return };
    let next = Some(at + 1).filter(open).or_else(|| at.checked_sub(1));
    if let Some(item) = next.and_then(|next| items.get(next)) {
        let id = RowId::Item(item.item.key.clone());
        view.selected.insert(Pane::Checklist, id);
    }
}

pub fn check_noted(model: &mut Model) -> Vec<Effect> {
    with_selected(model, checklist::forms::check)
}

pub fn waive(model: &mut Model) -> Vec<Effect> {
    with_selected(model, checklist::forms::waive)
}

pub fn reopen(model: &mut Model) -> Vec<Effect> {
    with_selected(model, checklist::forms::reopen)
}

pub fn assign(model: &mut Model) -> Vec<Effect> {
    with_selected(model, checklist::forms::assign)
}

/// What the routine says about the item, and which clauses it serves.
pub fn explain(model: &mut Model) -> Vec<Effect> {
    let Some(item) = selected(model) else { return Vec::new() };
    let mut paragraphs = vec![
        plain(item.title.clone()),
        plain(item.help.clone()),
        Phrase::new("help-serves").with("clauses", item.serves.join(", ")),
    ];
    let proof = model.room_view().and_then(|view| view.room.proof(&item));
    paragraphs.extend(proof);
    let help = Help::text(Phrase::new("command-item-help"), paragraphs);
    model.overlays.push(Overlay::Help(help));
    Vec::new()
}

fn selected(model: &Model) -> Option<Item> {
    let key = selected_item(model)?;
    model.room_view()?.room.routine.as_deref()?.item(&key).cloned()
}

fn with_selected(model: &mut Model, form: fn(&Item) -> Form) -> Vec<Effect> {
    let form = selected(model).map(|item| form(&item));
    if form.is_none() {
        model.say(Phrase::new("toast-no-item"), Tone::Info);
    }
    open_some(model, form)
}
