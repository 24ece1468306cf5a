//! Lists: opened, moved in, and what their keys do to the selected row.

use crate::domain::action::Track;
use crate::domain::id::No;
use crate::domain::intent::Intent;
use crate::domain::phrase::{Lexicon, Phrase};
use crate::domain::role::CallPurpose;
use crate::domain::room::Room;
use crate::tui::app::ask::ask;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::Tone;
use crate::tui::app::model::Model;
use crate::tui::app::movement::Move;
use crate::tui::form::open::{open as open_form, open_some};
use crate::tui::form::state::Form;
use crate::tui::incident::aftermath;
use crate::tui::list::state::ListKind;
use crate::tui::overlay::state::Overlay;
use crate::tui::people::forms::Callee;
use crate::tui::people::who_types;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RowId;
use crate::tui::{clocks, drafts, list, meeting, messages, people, plans, questions, supply};

/// Moves among the rows.
pub fn go(model: &mut Model, step: Move) -> Vec<Effect> {
    let Some((kind, at)) = selection(model) else { return Vec::new() };
    let rows = list::rows::rows(&kind, model);
    let chosen = step.from(at, rows.len()).and_then(|to| rows.into_iter().nth(to)).map(|row| row.id);
    if let Some(Overlay::List(list)) = model.overlays.last_mut() {
        list.chosen = chosen;
    }
    Vec::new()
}

fn selection(model: &Model) -> Option<(ListKind, usize)> {
    match model.overlays.last() {
        Some(Overlay::List(list)) => {
            let rows = list::rows::rows(&list.kind, model);
            Some((list.kind.clone(), list::rows::selected(list, &rows)))
        }
        _ => None,
    }
}

/// What the list shows, and the id of the selected row; an empty id when there is no row.
fn chosen(model: &Model) -> Option<(ListKind, String)> {
    let (kind, at) = selection(model)?;
    let id = list::rows::rows(&kind, model).into_iter().nth(at).map(|row| row.id).unwrap_or_default();
    Some((kind, id))
}

fn room(model: &Model) -> Option<&Room> {
    model.view.as_ref().map(|view| &view.room)
}

fn number(id: &str) -> No {
    id.parse().unwrap_or(0)
}

fn track(id: &str) -> Track {
    if id == "B" { Track::B } else { Track::A }
}

/// Does to the selected row what one most often wants.
pub fn open(model: &mut Model) -> Vec<Effect> {
    or_say_so(model, open_row)
}

/// Does `what`; when nothing comes of it, says so: no key is without an effect that is seen.
fn or_say_so(model: &mut Model, what: fn(&mut Model) -> Vec<Effect>) -> Vec<Effect> {
    let before = (model.overlays.len(), model.environment.toast.take());
    let effects = what(model);
    if effects.is_empty() && model.overlays.len() == before.0 && model.environment.toast.is_none() {
        model.say(Phrase::new("toast-not-in-this-list"), Tone::Info);
    } else if model.environment.toast.is_none() {
        model.environment.toast = before.1;
    }
    effects
}

fn open_row(model: &mut Model) -> Vec<Effect> {
    let Some((kind, id)) = chosen(model) else { return Vec::new() };
    match kind {
        ListKind::Unsettled => go_to_item(model, id),
        ListKind::Phases => ask(model, None, Intent::EnterPhase { phase: id }),
        ListKind::Drafts => drafts::actions::take(model, &id),
        ListKind::Meetings => meeting::actions::meeting(model),
        kind => {
            let form = form_for(model, &kind, &id);
            open_some(model, form)
        }
    }
}

fn form_for(model: &Model, kind: &ListKind, id: &str) -> Option<Form> {
    let room = room(model)?;
    let routine = room.routine.as_deref()?;
    Some(match kind {
        ListKind::Roles => {
            let holder = room.roles.get(id).map_or("", |holder| holder.person.raw());
            people::forms::assign_role(routine.role(id)?, holder)
        }
        ListKind::Clocks => clocks::forms::snooze(routine.clock(id)?),
        ListKind::Plans => plans::forms::open(track(id), room.tracks.plan(track(id)).map(|plan| &plan.text)),
        ListKind::Resources => supply::forms::allocate(room.resources.iter().find(|r| r.no == number(id))?),
        ListKind::Suppliers => supply::forms::supplier(Some(room.suppliers.iter().find(|s| s.no == number(id))?)),
        ListKind::Obstacles => supply::forms::clear(room.obstacles.iter().find(|o| o.no == number(id))?),
        ListKind::Notices => messages::forms::record(Some(routine.notice(id)?), model.words.lang()),
        ListKind::Messages => {
            let seq = id.parse().unwrap_or(0);
            let message = room.messages.iter().find(|message| message.seq == seq)?;
            let notice = message.notice.as_deref().and_then(|key| routine.notice(key));
            messages::forms::again(notice, message, model.words.lang())
        }
        ListKind::Meeting => {
            let done = room.running_meeting()?.points.get(id).map(|(outcome, _)| outcome);
            meeting::forms::point(routine.point(id)?, done)
        }
        ListKind::Debrief => {
            let question = routine.debrief.iter().find(|question| question.key == id)?;
            aftermath::debrief(question, room.debrief.get(id))
        }
        ListKind::History(key) => questions::forms::answer(model.view.as_ref()?, key)?,
        ListKind::Contacts => {
            let callee = Callee { purpose: CallPurpose::Decision, person: id, role: None };
            people::forms::call(routine, callee)
        }
        ListKind::Meetings | ListKind::Unsettled | ListKind::Phases | ListKind::Drafts | ListKind::People => {
            return None;
        }
    })
}

/// A new row, or for plans what would make us switch, for roles a call.
pub fn add(model: &mut Model) -> Vec<Effect> {
    or_say_so(model, add_row)
}

fn add_row(model: &mut Model) -> Vec<Effect> {
    match selection(model).map(|(kind, _)| kind) {
        Some(ListKind::Resources) => supply::actions::ask(model),
        Some(ListKind::Suppliers) => supply::actions::supplier(model),
        Some(ListKind::Obstacles) => supply::actions::obstacle(model),
        Some(ListKind::Messages) => messages::actions::update(model),
        Some(ListKind::Plans) => plans::actions::condition(model),
        Some(ListKind::Roles) => people::actions::call_to_staff(model),
        Some(ListKind::Meetings) => meeting::actions::meeting(model),
        Some(ListKind::Meeting) => meeting::actions::attend(model),
        _ => Vec::new(),
    }
}

/// The other thing that can be done to a row: the interval of meetings, the choice of a plan.
pub fn edit(model: &mut Model) -> Vec<Effect> {
    match chosen(model) {
        Some((ListKind::Clocks, _)) => clocks::actions::cadence(model),
        Some((ListKind::People, _)) => who_types::open(model),
        Some((ListKind::Plans, id)) => open_form(model, plans::forms::choose(track(&id))),
        Some(_) => open(model),
        None => Vec::new(),
    }
}

/// Ends what the row is about: with a reason where one is asked for.
pub fn end(model: &mut Model) -> Vec<Effect> {
    or_say_so(model, end_row)
}

fn end_row(model: &mut Model) -> Vec<Effect> {
    match chosen(model) {
        Some((ListKind::Plans, id)) => open_form(model, plans::forms::drop_it(track(&id))),
        Some((ListKind::Roles, role)) => ask(model, None, Intent::ReleaseRole { role }),
        Some((ListKind::Resources, id)) => {
            let form = room(model)
                .and_then(|room| room.resources.iter().find(|resource| resource.no == number(&id)))
                .map(supply::forms::drop_resource);
            open_some(model, form)
        }
        Some((ListKind::Obstacles, _)) => open(model),
        Some((ListKind::Drafts, slot)) => drafts::actions::forget(model, &slot),
        _ => Vec::new(),
    }
}

fn go_to_item(model: &mut Model, key: String) -> Vec<Effect> {
    model.overlays.pop();
    if let Some(view) = model.view.as_mut() {
        view.focus = Pane::Checklist;
        view.tab = Pane::Checklist;
        view.selected.insert(Pane::Checklist, RowId::Item(key));
    }
    Vec::new()
}
