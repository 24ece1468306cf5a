//! The lobby, and going from room to room.

use crate::domain::id::RoomId;
use crate::domain::room::State;
use crate::tui::app::effect::{Effect, Tag};
use crate::tui::app::environment::Screen;
use crate::tui::app::model::Model;
use crate::tui::app::movement::Move;
use crate::tui::entry_line;
use crate::wire::message::{Ask, RoomSummary};

/// How many entries come with the room: more than any screen has rows.
const FIRST_ENTRIES: usize = 200;

/// What the screen asks for before the host has answered: the room that was named on the command line.
pub fn begin(model: &Model) -> Vec<Effect> {
    model.wanted.clone().map(enter).into_iter().collect()
}

fn enter(room: RoomId) -> Effect {
    Effect::Ask { tag: Tag::Attach(room.clone()), what: Ask::Attach { room, after: None, entries: FIRST_ENTRIES } }
}

/// Asks for the list of rooms.
pub fn refresh(model: &mut Model) -> Vec<Effect> {
    model.rooms_asked_at = Some(model.environment.now);
    vec![Effect::Ask { tag: Tag::Rooms, what: Ask::Rooms }]
}

/// Goes into `room`; what is typed stays behind as a draft of the room it was typed in.
pub fn attach(model: &mut Model, room: RoomId) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(old) = model.view.as_ref().map(|view| view.room.id.clone()) {
        if old == room {
            model.environment.screen = Screen::Room;
            return effects;
        }
        effects.extend(depart(model, old));
    }
    model.overlays.clear();
    effects.push(enter(room));
    effects
}

/// Leaves the room `old`, which is on the screen.
pub fn depart(model: &mut Model, old: RoomId) -> Vec<Effect> {
    let mut effects = entry_line::actions::keep(model);
    model.line.clear();
    model.line.focused = false;
    if let Some(view) = model.view.take() {
        effects.push(Effect::seen(old.clone(), view.seen_on_leaving(model.looking)));
    }
    effects.push(Effect::Ask { tag: Tag::Nothing, what: Ask::Detach { room: old } });
    effects
}

/// Out of the room, into the lobby. The room lives on.
pub fn leave_room(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(old) = model.view.as_ref().map(|view| view.room.id.clone()) {
        model.lobby = Some(old.clone());
        effects.extend(depart(model, old));
    }
    model.environment.screen = Screen::Lobby;
    effects.extend(refresh(model));
    effects
}

/// Opens a demo room.
pub fn demo(model: &mut Model) -> Vec<Effect> {
    let id = model.ids.next(model.environment.now);
    vec![model.pending.open(id, Ask::OpenDemo { id }, None)]
}

/// The rooms in the order the lobby shows them: open ones by when they fall due, then restored, then closed, latest first.
pub fn in_order(rooms: &[RoomSummary]) -> Vec<&RoomSummary> {
    let mut rooms: Vec<&RoomSummary> = rooms.iter().collect();
    rooms.sort_by_key(|room| {
        let rank = match room.state {
            State::Open => 0,
            State::Restored => 1,
            State::Closed => 2,
        };
        let due = room.next_clock.as_ref().map_or(i64::MAX, |clock| clock.due_at.millis());
        (rank, due, -room.declared_at.millis())
    });
    rooms
}

/// The rooms that the lobby shows.
pub fn shown(model: &Model) -> Vec<&RoomSummary> {
    let mut rooms = in_order(model.environment.rooms.as_deref().unwrap_or_default());
    rooms.retain(|room| model.shows_past || room.state != State::Closed);
    rooms
}

/// The room under the cursor.
pub fn selected(model: &Model) -> Option<RoomId> {
    let rooms = shown(model);
    let chosen = model.lobby.as_ref().and_then(|id| rooms.iter().find(|room| room.id == *id));
    chosen.or(rooms.first()).map(|room| room.id.clone())
}

pub fn open(model: &mut Model) -> Vec<Effect> {
    match selected(model) {
        Some(room) => attach(model, room),
        None => Vec::new(),
    }
}

/// Shows or hides the rooms that are closed.
pub fn past(model: &mut Model) -> Vec<Effect> {
    model.shows_past = !model.shows_past;
    Vec::new()
}

/// Moves among the rooms.
pub fn go(model: &mut Model, step: Move) -> Vec<Effect> {
    let chosen = selected(model);
    let rooms = shown(model);
    let at = rooms.iter().position(|room| Some(&room.id) == chosen.as_ref()).unwrap_or(0);
    model.lobby = step.from(at, rooms.len()).map(|to| rooms[to].id.clone());
    Vec::new()
}

/// The next room that is not closed, round and round.
pub fn next(model: &mut Model) -> Vec<Effect> {
    let here = model.room_view().map(|view| view.room.id.clone());
    let rooms = in_order(model.environment.rooms.as_deref().unwrap_or_default());
    let live: Vec<&RoomId> = rooms.iter().filter(|room| room.state != State::Closed).map(|room| &room.id).collect();
    let at = live.iter().position(|id| Some(*id) == here.as_ref()).map_or(0, |at| at + 1);
    match live.get(at % live.len().max(1)).map(|id| (*id).clone()) {
        Some(room) => attach(model, room),
        None => Vec::new(),
    }
}
