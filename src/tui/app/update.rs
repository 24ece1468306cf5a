//! `update(&mut Model, Msg) -> Vec<Effect>`: says where each message goes, and nothing else.

use crate::domain::phrase::Phrase;
use crate::tui::app::effect::Effect;
use crate::tui::app::environment::{Connection, Tone};
use crate::tui::app::model::Model;
use crate::tui::app::msg::{Copied, Msg};
use crate::tui::app::press::Press;
use crate::tui::app::{answer, records, tick};
use crate::tui::command::keys;
use crate::tui::people::writing_status;
use crate::tui::questions::rivals;
use crate::tui::{lobby, log_screen, paste};
use crate::wire::message::{Ask, HostMsg, Welcome};

/// What is said of a paste that has no end yet.
const STALLS: &str = "toast-paste-stalls";

/// Takes `msg` in and returns what to do outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let quick = log_screen::update::before(model, &msg);
    let mut effects = dispatch(model, msg);
    effects.extend(writing_status::tell(model));
    if model.environment.read_only {
        // The host refuses drafts and receipts of somebody who may only read.
        effects.retain(|effect| !matches!(effect, Effect::Ask { what: Ask::Seen { .. } | Ask::KeepDraft { .. }, .. }));
    }
    match quick {
        Some(before) => log_screen::update::after(model, &before, effects),
        None => effects,
    }
}

/// Says where each message goes, and nothing else.
fn dispatch(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Press { press: Press::Focus(here), .. } => tick::focus(model, here),
        Msg::Press { press, at } => {
            model.environment.now = at;
            model.pressed_at = at;
            type_in(model, press)
        }
        Msg::PasteStalls { letters } => {
            model.say(Phrase::new(STALLS).with("count", letters), Tone::Info);
            Vec::new()
        }
        Msg::Size { columns, rows } => {
            (model.environment.columns, model.environment.rows) = (columns, rows);
            Vec::new()
        }
        Msg::Tick { now } => tick::tick(model, now),
        Msg::Connected(welcome) => connected(model, welcome),
        Msg::Lost { why } => {
            let since = match &model.environment.connection {
                Connection::Lost { since, .. } | Connection::Silent { since } => *since,
                _ => model.environment.now,
            };
            model.environment.connection = Connection::Lost { since, why };
            Vec::new()
        }
        Msg::Silent { since } => {
            if !matches!(model.environment.connection, Connection::Lost { .. }) {
                model.environment.connection = Connection::Silent { since };
            }
            Vec::new()
        }
        Msg::Heard => {
            if matches!(model.environment.connection, Connection::Silent { .. }) {
                model.environment.connection = Connection::Up;
            }
            Vec::new()
        }
        Msg::Host(said) => host(model, said),
        Msg::Answered { tag, answer } => answer::answered(model, tag, *answer),
        Msg::Copied(copied) => {
            let (phrase, tone) = match copied {
                Copied::Terminal => (Phrase::new("toast-copied"), Tone::Good),
                Copied::Tmux { terminal } => (Phrase::new("toast-copied-tmux").with("terminal", terminal), Tone::Good),
                Copied::TmuxOnly => (Phrase::new("toast-copied-tmux-only"), Tone::Info),
                Copied::Failed => (Phrase::new("toast-not-copied"), Tone::Bad),
            };
            model.say(phrase, tone);
            Vec::new()
        }
    }
}

fn type_in(model: &mut Model, press: Press) -> Vec<Effect> {
    match press {
        Press::Key(key) => keys::press(model, key),
        Press::Letters(text) => keys::type_letters(model, &text),
        Press::Paste { text, part } => {
            if model.environment.toast.as_ref().is_some_and(|toast| toast.phrase.key == STALLS) {
                // It has its end now.
                model.environment.toast = None;
            }
            paste::actions::pasted(model, &text, part)
        }
        Press::Focus(here) => tick::focus(model, here),
    }
}

fn connected(model: &mut Model, welcome: Welcome) -> Vec<Effect> {
    model.environment.connection = Connection::Up;
    model.environment.me = Some(welcome.you);
    model.environment.read_only = welcome.read_only;
    model.environment.reading_door = welcome.reading_door;
    if let Some(view) = model.view.as_mut() {
        // A connection begins with nobody writing.
        view.told_writing = None;
    }
    let mut effects = health(model, welcome.health);
    effects.extend(lobby::actions::refresh(model));
    effects
}

fn health(model: &mut Model, health: crate::wire::message::Health) -> Vec<Effect> {
    let new = health.remarks.iter().find(|remark| !model.environment.health.remarks.contains(remark)).cloned();
    if let Some(remark) = new {
        model.say(remark, Tone::Info);
    }
    model.environment.health = health;
    tick::resume(model)
}

fn host(model: &mut Model, said: HostMsg) -> Vec<Effect> {
    match said {
        HostMsg::Recorded { room, records } => records::recorded(model, &room, &records),
        HostMsg::Here { room, people } => {
            if let Some(view) = model.view.as_mut().filter(|view| view.room.id == room) {
                view.people = people;
                rivals::here(&mut model.overlays, view, model.environment.me.as_ref());
            }
            Vec::new()
        }
        HostMsg::Rang { room, title, record } => records::rang(model, &room, title.raw(), &record),
        // The room itself comes by itself, to the people in it.
        HostMsg::Renewed { .. } => lobby::actions::refresh(model),
        HostMsg::Health(report) => health(model, report),
        HostMsg::Goodbye { why, .. } => {
            model.say(why, Tone::Bad);
            Vec::new()
        }
        HostMsg::Welcome(_) | HostMsg::Answer { .. } => Vec::new(),
    }
}
