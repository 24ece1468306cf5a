//! The program itself: redraw, suspend, leave.

use crate::domain::phrase::Phrase;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::overlay::state::{Confirm, OnYes, Overlay};
use crate::tui::{alarms, editor, entry_line, form, room};

pub fn redraw(_: &mut Model) -> Vec<Effect> {
    vec![Effect::Redraw]
}

pub fn suspend(_: &mut Model) -> Vec<Effect> {
    vec![Effect::Suspend]
}

/// One step back: the overlay on top, else out of zoom, filter and past; a form that was filled in asks first.
pub fn back(model: &mut Model) -> Vec<Effect> {
    match model.overlays.last() {
        Some(Overlay::Form(form)) if form.is_touched() && form.sending.is_none() => {
            let question = Phrase::new("confirm-discard");
            model.overlays.push(Overlay::Confirm(Confirm { question, yes: OnYes::DiscardForm }));
            Vec::new()
        }
        Some(Overlay::Editor(_)) => editor::actions::back(model),
        Some(_) => {
            model.overlays.pop();
            Vec::new()
        }
        None if model.room_view().is_some() => room::actions::back(model),
        None => alarms::actions::acknowledge(model),
    }
}

/// Closes the form that lies on top, and its draft goes.
pub fn discard(model: &mut Model) -> Vec<Effect> {
    match model.overlays.pop() {
        Some(Overlay::Form(form)) => form::actions::forget(model, &form),
        _ => Vec::new(),
    }
}

/// Leaves; the room lives on. Asks first while something is not saved yet.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    let away = model.environment.connection.away_since();
    let typed = usize::from(away.is_some() && !model.line.input.is_blank());
    let waiting = model.pending.len() + typed;
    if waiting == 0 {
        return quit(model);
    }
    let key = match away {
        Some(_) => "confirm-leave-unsent",
        None if model.pending.holds() => "confirm-leave-held",
        None => "confirm-leave-unsaved",
    };
    let question = Phrase::new(key).with("count", waiting);
    model.overlays.push(Overlay::Confirm(Confirm { question, yes: OnYes::Leave }));
    Vec::new()
}

/// Leaves at once. What is typed in the line is kept as a draft, and what comes from now on is new the next time.
pub fn quit(model: &mut Model) -> Vec<Effect> {
    let mut effects = entry_line::actions::keep(model);
    effects.extend(form::actions::keep(model));
    // Who wrote a quick note has not looked at the timeline.
    effects.extend(
        model
            .view
            .as_ref()
            .filter(|_| model.log_screen.is_none())
            .map(|view| Effect::seen(view.room.id.clone(), view.seen_on_leaving(model.looking))),
    );
    effects.push(Effect::Quit);
    effects
}
