//! A second has passed: what has run out goes, drafts are kept, the lobby is looked up again.

use crate::domain::time::Moment;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::{Connection, Screen};
use crate::tui::app::model::Model;
use crate::tui::{entry_line, form, lobby};

/// How often the list of rooms is asked for: often where it is looked at, else only for its clocks.
const LOBBY_SECONDS: i64 = 5;
const ROOM_SECONDS: i64 = 60;

/// Takes the new second in.
pub fn tick(model: &mut Model, now: Moment) -> Vec<Effect> {
    model.environment.now = now;
    if model.environment.toast.as_ref().is_some_and(|toast| toast.until <= now) {
        model.environment.toast = None;
    }
    let mut effects = resume(model);
    effects.extend(entry_line::actions::keep(model));
    effects.extend(form::actions::keep(model));
    let every = if model.environment.screen == Screen::Lobby { LOBBY_SECONDS } else { ROOM_SECONDS };
    let due = model.rooms_asked_at.is_some_and(|at| now.since(at).num_seconds() >= every || at > now);
    if due && model.environment.connection == Connection::Up {
        effects.extend(lobby::actions::refresh(model));
    }
    effects
}

/// Asks again for what the host could not save, once it says that it can.
pub fn resume(model: &mut Model) -> Vec<Effect> {
    let can = model.environment.connection == Connection::Up && model.environment.health.cannot_save.is_none();
    if can { model.pending.resume().into_iter().collect() } else { Vec::new() }
}

/// The terminal came into or went out of sight. What comes while nobody looks is new.
pub fn focus(model: &mut Model, here: bool) -> Vec<Effect> {
    model.looking = here;
    let Some(view) = model.view.as_ref().filter(|_| !here && model.log_screen.is_none()) else { return Vec::new() };
    vec![Effect::seen(view.room.id.clone(), view.room.seq)]
}
