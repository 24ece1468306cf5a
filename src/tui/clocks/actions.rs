//! Clocks put off, the interval between meetings set.

use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::clocks;
use crate::tui::form::open::open_some;

/// Puts off the clock that falls due first.
pub fn snooze(model: &mut Model) -> Vec<Effect> {
    let now = model.environment.now;
    let form =
        model.room_view().and_then(|view| view.room.next_clock(now)).map(|next| clocks::forms::snooze(next.rule));
    open_some(model, form)
}

pub fn cadence(model: &mut Model) -> Vec<Effect> {
    let form = model.room_view().and_then(|view| {
        let rule = view.room.routine.as_deref()?.clocks.iter().find(|rule| rule.adjustable)?;
        Some(clocks::forms::cadence(view.room.interval(rule), rule.minutes))
    });
    open_some(model, form)
}
