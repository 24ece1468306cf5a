//! Opens the lists.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::list::state::{List, ListKind};
use crate::tui::overlay::state::Overlay;
use crate::tui::room::selection::selected_question;

/// Opens a list of `kind`.
pub fn push(model: &mut Model, kind: ListKind) -> Vec<Effect> {
    model.overlays.push(Overlay::List(List { kind, chosen: None }));
    Vec::new()
}

macro_rules! openers {
    ($($name:ident => $kind:ident,)+) => {
        $(pub fn $name(model: &mut Model) -> Vec<Effect> {
            push(model, ListKind::$kind)
        })+
    };
}

openers! {
    roles => Roles,
    clocks => Clocks,
    plans => Plans,
    resources => Resources,
    suppliers => Suppliers,
    obstacles => Obstacles,
    messages => Messages,
    notices => Notices,
    meetings => Meetings,
    unsettled => Unsettled,
    phases => Phases,
    debrief => Debrief,
    drafts => Drafts,
    contacts => Contacts,
    people => People,
}

/// The answers to the selected question.
pub fn history(model: &mut Model) -> Vec<Effect> {
    match selected_question(model) {
        Some(key) => push(model, ListKind::History(key)),
        None => Vec::new(),
    }
}
