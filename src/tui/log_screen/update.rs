//! A quick note: the entry line of one room with nothing around it, for a popup over other work. Enter records and closes.

use crate::domain::phrase::Phrase;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::{Connection, Screen, Tone};
use crate::tui::app::model::Model;
use crate::tui::app::msg::Msg;
use crate::tui::app::press::Press;
use crate::tui::{entry_line, lobby, program};

/// How a quick note stood before a message was taken in, for what follows from it.
pub struct NoteBefore {
    pressed: bool,
    warned: bool,
    was_saving: bool,
    had_room: bool,
}

/// Prepares a quick note for `msg`. `None` when the whole screen is shown.
pub fn before(model: &mut Model, msg: &Msg) -> Option<NoteBefore> {
    let pressed = matches!(msg, Msg::Press { press, .. } if !matches!(press, Press::Focus(_)));
    let quick = model.log_screen.as_mut()?;
    let warned = quick.warned;
    if pressed {
        quick.warned = false;
        // In a popup of one row a message stands where the text is: the next key is the answer to it.
        model.environment.toast = None;
    }
    Some(NoteBefore {
        pressed,
        warned,
        was_saving: model.pending.entries().next().is_some(),
        had_room: model.view.is_some(),
    })
}

/// Closes a quick note when the entry was saved or the line is left. `effects`: what the message led to.
pub fn after(model: &mut Model, before: &NoteBefore, mut effects: Vec<Effect>) -> Vec<Effect> {
    let NoteBefore { pressed, warned, was_saving, had_room } = *before;
    if model.view.is_some() && !had_room {
        model.line.focused = true;
    }
    if model.view.is_some() && model.log_screen.as_mut().is_some_and(|quick| std::mem::take(&mut quick.sends)) {
        effects.extend(entry_line::actions::send(model));
    }
    let leaves = model.view.is_some() && !had_room && warned && !pressed;
    if model.view.is_none() && effects.is_empty() {
        effects.extend(find_room(model));
    }
    let saved = was_saving && model.line.saved;
    let left = !model.line.focused && model.overlays.is_empty() && model.environment.screen == Screen::Room;
    if saved || left || leaves {
        effects.extend(program::actions::quit(model));
    }
    if effects.contains(&Effect::Quit) && loses_text(model) && !warned {
        effects.retain(|effect| *effect != Effect::Quit);
        model.line.focused = true;
        model.say(Phrase::new("quick-would-lose"), Tone::Bad);
        if let Some(quick) = &mut model.log_screen {
            quick.warned = true;
        }
    }
    effects.retain(|effect| !matches!(effect, Effect::Title(_) | Effect::Bell));
    effects
}

/// With no room named: the only one there is, or a choice between several, as soon as that disturbs nobody's typing.
fn find_room(model: &mut Model) -> Vec<Effect> {
    if model.wanted.is_some() || model.environment.rooms.is_none() || model.environment.screen == Screen::Lobby {
        return Vec::new();
    }
    let rooms: Vec<_> = lobby::actions::shown(model).into_iter().map(|room| room.id.clone()).collect();
    let sends = model.log_screen.as_ref().is_some_and(|quick| quick.sends);
    match rooms.as_slice() {
        [] => model.say(Phrase::new("cli-no-open-room"), Tone::Bad),
        [only] if model.wanted.is_none() => {
            model.wanted = Some(only.clone());
            return lobby::actions::attach(model, only.clone());
        }
        _ if sends || model.line.input.is_blank() => {
            model.environment.screen = Screen::Lobby;
            model.say(Phrase::new("quick-which-room"), Tone::Info);
        }
        _ => {}
    }
    Vec::new()
}

/// Whether what is typed would be nowhere after leaving: a draft is kept by the host, when it is there.
fn loses_text(model: &Model) -> bool {
    let away = model.view.is_none() || model.environment.connection != Connection::Up;
    !model.pending.is_empty() || (away && !model.line.input.is_blank())
}
