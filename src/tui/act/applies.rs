//! When a command makes sense.

use super::{selected_action, selected_item, selected_question};
use crate::domain::room::{Room, State};
use crate::tui::command;
use crate::tui::model::Model;

fn room(model: &Model) -> Option<&Room> {
    model.room_view().map(|view| &view.room)
}

pub fn always(_: &Model) -> bool {
    true
}

pub fn has_rooms(model: &Model) -> bool {
    model.around.rooms.as_ref().is_some_and(|rooms| !rooms.is_empty())
}

pub fn has_other_rooms(model: &Model) -> bool {
    let here = room(model).map(|room| &room.id);
    model
        .around
        .rooms
        .as_ref()
        .is_some_and(|rooms| rooms.iter().any(|other| Some(&other.id) != here && other.state != State::Closed))
}

pub fn in_room(model: &Model) -> bool {
    room(model).is_some()
}

/// A quick note can be begun before there is a room.
pub fn at_line(model: &Model) -> bool {
    in_room(model) || command::types_entry(model)
}

pub fn is_open(model: &Model) -> bool {
    room(model).is_some_and(|room| room.state == State::Open)
}

pub fn is_over(model: &Model) -> bool {
    room(model).is_some_and(|room| room.state != State::Open)
}

pub fn is_restored(model: &Model) -> bool {
    room(model).is_some_and(|room| room.state == State::Restored)
}

pub fn is_closed(model: &Model) -> bool {
    room(model).is_some_and(|room| room.state == State::Closed)
}

pub fn can_activate(model: &Model) -> bool {
    room(model).is_some_and(|room| !room.active && room.state != State::Closed)
}

pub fn has_phases(model: &Model) -> bool {
    room(model).and_then(|room| room.routine.as_deref()).is_some_and(|routine| !routine.phases.is_empty())
}

pub fn has_unsettled(model: &Model) -> bool {
    room(model).is_some_and(|room| !room.unsettled().is_empty())
}

pub fn has_question(model: &Model) -> bool {
    selected_question(model).is_some()
}

pub fn has_item(model: &Model) -> bool {
    selected_item(model).is_some()
}

pub fn has_settled_item(model: &Model) -> bool {
    selected_item(model).and_then(|key| room(model)?.checklist.get(&key)).is_some_and(|state| state.settled.is_some())
}

pub fn has_action(model: &Model) -> bool {
    selected_action(model).is_some()
}

pub fn has_entry(model: &Model) -> bool {
    model.room_view().is_some_and(|view| view.selected_entry().is_some())
}

pub fn has_own_entry(model: &Model) -> bool {
    model.room_view().is_some_and(|view| view.last_own.is_some())
}

pub fn is_filtered(model: &Model) -> bool {
    model.room_view().is_some_and(|view| !view.stretch.filter.is_empty())
}

pub fn in_meeting(model: &Model) -> bool {
    room(model).is_some_and(|room| room.running_meeting().is_some())
}

pub fn has_running_clock(model: &Model) -> bool {
    room(model).is_some_and(|room| room.next_clock(model.around.now).is_some())
}

pub fn has_cadence(model: &Model) -> bool {
    room(model)
        .and_then(|room| room.routine.as_deref())
        .is_some_and(|routine| routine.clocks.iter().any(|rule| rule.adjustable))
}

pub fn has_handover(model: &Model) -> bool {
    room(model).is_some_and(|room| room.handover.is_some())
}

pub fn has_drafts(model: &Model) -> bool {
    model.room_view().is_some_and(|view| !view.found_drafts.is_empty())
}

pub fn has_alarm(model: &Model) -> bool {
    !model.around.alarms.is_empty()
}

pub fn has_alarm_elsewhere(model: &Model) -> bool {
    let here = room(model).map(|room| &room.id);
    model.around.alarms.iter().any(|alarm| Some(&alarm.room) != here)
}

pub fn can_come_back(model: &Model) -> bool {
    model.came_from.is_some()
}
