//! An update to people outside the room.

use crate::domain::phrase::Lexicon;
use crate::domain::routine::{ClockRule, MetBy};
use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::tui::form::open::open;
use crate::tui::messages;

/// Records an update: the routine's first notice while it has not gone out, else the one after it.
pub fn update(model: &mut Model) -> Vec<Effect> {
    let Some(view) = model.room_view() else { return Vec::new() };
    let Some(routine) = view.room.routine.as_deref() else { return Vec::new() };
    let is_met = |rule: &ClockRule| rule.met_by == MetBy::FirstNotice && view.room.met_at(rule).is_some();
    let first_is_out = view.room.first_notice_at().is_some() || routine.clocks.iter().any(is_met);
    let notices = &routine.notices;
    let notice = notices.iter().find(|notice| notice.first != first_is_out);
    let form = messages::forms::record(notice, model.words.lang());
    open(model, form)
}
