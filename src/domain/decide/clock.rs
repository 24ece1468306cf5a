//! What is decided of the clocks: how often the team meets, and what is put off.

use super::context::Context;
use super::guard::{no_such, refuse, require, unknown};
use crate::domain::event::Event;
use crate::domain::intent::Refusal;
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::room::Room;
use crate::domain::routine::Routine;
use crate::domain::text::Text;

pub(super) fn set_cadence(routine: &Routine, minutes: i64, reason: &Text) -> Result<Event, Refusal> {
    require(reason, "refuse-cadence-reason")?;
    let longest = routine.clocks.iter().filter(|rule| rule.adjustable).map(|rule| rule.minutes).max();
    match longest {
        None => Err(refuse("refuse-cadence-fixed")),
        Some(longest) if !(5..=longest).contains(&minutes) => {
            Err(Refusal(Phrase::new("refuse-cadence-range").with("longest", Arg::Minutes(longest))))
        }
        Some(_) => Ok(Event::CadenceSet { minutes, reason: reason.clone() }),
    }
}

pub(super) fn snooze(
    room: &Room,
    context: Context<'_>,
    clock: &str,
    minutes: i64,
    reason: &Text,
) -> Result<Event, Refusal> {
    require(reason, "refuse-snooze-reason")?;
    let views = room.clock_views(context.now);
    let known = || views.iter().map(|view| &*view.rule.key);
    let view =
        views.iter().find(|view| view.rule.key == clock).ok_or_else(|| unknown("refuse-no-clock", clock, known()))?;
    if !view.is_running() {
        return Err(no_such("refuse-clock-not-running", clock));
    }
    if !(1..=7 * 24 * 60).contains(&minutes) {
        return Err(refuse("refuse-snooze-range"));
    }
    let until = context.zone.later(view.snoozed_from(context.now), minutes);
    Ok(Event::ClockSnoozed { clock: clock.to_owned(), until, reason: reason.clone() })
}
