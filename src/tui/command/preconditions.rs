//! When a command makes sense, and why it does not when it does not.

use crate::domain::room::{Room, State};
use crate::domain::timeline::Entry;
use crate::tui::app::model::Model;
use crate::tui::command::modes;
use crate::tui::room::pane::Pane;
use crate::tui::room::selection::{selected_action, selected_ended_action, selected_item, selected_question};
use crate::tui::room::state::{RoomView, RowId};

/// Whether a command can be done now; else the message key of the reason, in words a person can act on.
pub type Applies = Result<(), &'static str>;

fn view(model: &Model) -> Result<&RoomView, &'static str> {
    model.room_view().ok_or("why-no-room")
}

fn room(model: &Model) -> Result<&Room, &'static str> {
    view(model).map(|view| &view.room)
}

fn holds(is_so: bool, why_not: &'static str) -> Applies {
    if is_so { Ok(()) } else { Err(why_not) }
}

pub fn always(_: &Model) -> Applies {
    Ok(())
}

pub fn has_rooms(model: &Model) -> Applies {
    holds(model.environment.rooms.as_ref().is_some_and(|rooms| !rooms.is_empty()), "why-no-rooms")
}

pub fn has_other_rooms(model: &Model) -> Applies {
    let here = model.room_view().map(|view| &view.room.id);
    let mut rooms = model.environment.rooms.iter().flatten();
    holds(rooms.any(|other| Some(&other.id) != here && other.state != State::Closed), "why-no-other-room")
}

pub fn in_room(model: &Model) -> Applies {
    room(model).map(drop)
}

/// A quick note can be begun before there is a room.
pub fn at_line(model: &Model) -> Applies {
    if modes::types_entry(model) { Ok(()) } else { in_room(model) }
}

pub fn is_open(model: &Model) -> Applies {
    holds(room(model)?.state == State::Open, "why-over")
}

pub fn is_over(model: &Model) -> Applies {
    holds(room(model)?.state != State::Open, "why-not-over")
}

pub fn is_restored(model: &Model) -> Applies {
    match room(model)?.state {
        State::Open => Err("why-not-restored"),
        State::Restored => Ok(()),
        State::Closed => Err("why-closed"),
    }
}

pub fn is_closed(model: &Model) -> Applies {
    holds(room(model)?.state == State::Closed, "why-not-closed")
}

pub fn can_activate(model: &Model) -> Applies {
    let room = room(model)?;
    holds(room.state != State::Closed, "why-closed")?;
    holds(!room.active, "why-active")
}

pub fn has_phases(model: &Model) -> Applies {
    let routine = room(model)?.routine.as_deref();
    holds(routine.is_some_and(|routine| !routine.phases.is_empty()), "why-no-phases")
}

pub fn has_unsettled(model: &Model) -> Applies {
    holds(!room(model)?.unsettled().is_empty(), "why-all-settled")
}

pub fn has_question(model: &Model) -> Applies {
    in_room(model)?;
    holds(selected_question(model).is_some(), "why-no-question")
}

pub fn has_item(model: &Model) -> Applies {
    in_room(model)?;
    holds(selected_item(model).is_some(), "why-no-item")
}

pub fn has_settled_item(model: &Model) -> Applies {
    let room = room(model)?;
    let state = selected_item(model).and_then(|key| room.checklist.get(&key));
    holds(state.is_some_and(|state| state.settled.is_some()), "why-item-open")
}

pub fn has_action(model: &Model) -> Applies {
    in_room(model)?;
    holds(selected_action(model).is_some(), "why-no-action")
}

/// An action is selected, open or not.
pub fn has_any_action(model: &Model) -> Applies {
    in_room(model)?;
    holds(selected_action(model).or_else(|| selected_ended_action(model)).is_some(), "why-no-action")
}

/// Something open stands under the cursor among the actions.
pub fn has_open_row(model: &Model) -> Applies {
    in_room(model)?;
    let selected = view(model)?.selected_id(Pane::Actions, model.environment.now);
    match selected {
        Some(RowId::Obstacle(_) | RowId::Resource(_) | RowId::Supplier(_)) => Ok(()),
        _ => has_action(model),
    }
}

pub fn has_entry(model: &Model) -> Applies {
    holds(view(model)?.selected_entry().is_some(), "why-no-entry")
}

/// The entry that is pointed at, if any: while the view follows, none is.
fn pointed(model: &Model) -> Result<Option<&Entry>, &'static str> {
    let view = view(model)?;
    let entry = view.selected_entry().ok_or("why-no-entry")?;
    Ok(Some(entry).filter(|_| view.window.cursor.is_some()))
}

/// Its words are still there.
pub fn has_entry_with_words(model: &Model) -> Applies {
    holds(!pointed(model)?.is_some_and(|entry| entry.mark.redacted), "why-redacted")
}

/// It can be amended or struck.
pub fn has_correctable_entry(model: &Model) -> Applies {
    has_entry_with_words(model)?;
    let Some(entry) = pointed(model)? else { return Ok(()) };
    holds(entry.mark.struck.is_none(), "why-struck")?;
    holds(entry.correctable, "why-a-step")
}

pub fn has_own_entry(model: &Model) -> Applies {
    holds(view(model)?.last_own.is_some(), "why-nothing-to-undo")
}

pub fn is_filtered(model: &Model) -> Applies {
    holds(!view(model)?.window.filter.is_empty(), "why-not-filtered")
}

pub fn in_meeting(model: &Model) -> Applies {
    holds(room(model)?.running_meeting().is_some(), "why-no-meeting")
}

pub fn has_running_clock(model: &Model) -> Applies {
    holds(room(model)?.next_clock(model.environment.now).is_some(), "why-no-clock")
}

pub fn has_cadence(model: &Model) -> Applies {
    let routine = room(model)?.routine.as_deref();
    holds(routine.is_some_and(|routine| routine.clocks.iter().any(|rule| rule.adjustable)), "why-no-cadence")
}

pub fn has_handover(model: &Model) -> Applies {
    holds(room(model)?.handover.is_some(), "why-no-handover")
}

pub fn has_drafts(model: &Model) -> Applies {
    holds(!view(model)?.found_drafts.is_empty(), "why-no-drafts")
}

pub fn has_alarm(model: &Model) -> Applies {
    holds(!model.environment.alarms.is_empty(), "why-no-alarm")
}

pub fn has_alarm_elsewhere(model: &Model) -> Applies {
    let here = model.room_view().map(|view| &view.room.id);
    holds(model.environment.alarms.iter().any(|alarm| Some(&alarm.room) != here), "why-no-alarm-elsewhere")
}

pub fn can_come_back(model: &Model) -> Applies {
    holds(model.came_from.is_some(), "why-nowhere-to-go-back")
}
