//! Warnings of clocks: each mark rings once on a screen, and stays to be seen until somebody there puts it away or it is met.

use crate::domain::clocks::{ClockState, ClockView};
use crate::domain::event::Event;
use crate::domain::id::RoomId;
use crate::domain::room::{Room, State};
use crate::domain::time::Moment;
use crate::tui::alarms::state::Alarm;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::Model;
use crate::wire::message::RoomSummary;

/// The warning that `event` is, when it is one.
pub fn of(room: &RoomId, title: &str, event: &Event) -> Option<Alarm> {
    let Event::ClockRang { clock, due_at, offset } = event else { return None };
    let (title, clock) = (title.to_owned(), clock.clone());
    Some(Alarm { room: room.clone(), title, clock, due_at: *due_at, offset: *offset })
}

/// Shows `alarms` and rings the bell, once for all of them. A mark that was shown before is passed over.
pub fn ring(model: &mut Model, alarms: Vec<Alarm>) -> Vec<Effect> {
    let mut news = false;
    for alarm in alarms {
        let key = (alarm.room.clone(), alarm.clock.clone());
        let mark = (alarm.due_at, alarm.offset);
        if model.rung.insert(key, mark) == Some(mark) {
            continue;
        }
        news = true;
        // A clock that rings again replaces what it said before.
        model.environment.alarms.retain(|old| old.room != alarm.room || old.clock != alarm.clock);
        model.environment.alarms.push(alarm);
    }
    if news { vec![Effect::Bell] } else { Vec::new() }
}

/// The warnings of a room that was just entered: the marks that have rung while nobody looked here, and still hold.
pub fn standing(room: &Room, now: Moment) -> Vec<Alarm> {
    let views = room.clock_views(now);
    let warning = views.iter().filter(|view| warns(view));
    let rang = warning.filter_map(|view| {
        let due_at = view.due_at?;
        let offset = *room.clocks.get(&view.rule.key)?.rang.get(&due_at)?;
        let (title, clock) = (room.title.raw().to_owned(), view.rule.key.clone());
        Some(Alarm { room: room.id.clone(), title, clock, due_at, offset })
    });
    rang.collect()
}

/// The same for the rooms that are not on the screen, as far as their summaries tell.
pub fn standing_elsewhere(rooms: &[RoomSummary], here: Option<&RoomId>, now: Moment) -> Vec<Alarm> {
    let others = rooms.iter().filter(|room| Some(&room.id) != here && room.state == State::Open && !room.demo);
    let late = others.filter_map(|room| {
        let clock = room.next_clock.as_ref().filter(|clock| clock.due_at <= now)?;
        let offset = now.since(clock.due_at).num_minutes();
        let (title, key) = (room.title.raw().to_owned(), clock.key.clone());
        Some(Alarm { room: room.id.clone(), title, clock: key, due_at: clock.due_at, offset })
    });
    late.collect()
}

/// Puts away the warnings of `room` that hold no longer: met, put off, or counted from another start.
pub fn settle(alarms: &mut Vec<Alarm>, room: &Room, now: Moment) {
    let views = room.clock_views(now);
    alarms.retain(|alarm| {
        alarm.room != room.id
            || views.iter().any(|view| view.rule.key == alarm.clock && view.due_at == Some(alarm.due_at) && warns(view))
    });
}

/// The same for rooms that are not on the screen: their next clock says whether an earlier one still runs.
pub fn settle_elsewhere(alarms: &mut Vec<Alarm>, rooms: &[RoomSummary], here: Option<&RoomId>) {
    alarms.retain(|alarm| {
        let known = rooms.iter().find(|room| room.id == alarm.room && Some(&room.id) != here);
        known.is_none_or(|room| room.next_clock.as_ref().is_some_and(|clock| clock.due_at <= alarm.due_at))
    });
}

fn warns(view: &ClockView<'_>) -> bool {
    view.is_running() && matches!(view.state, ClockState::Soon | ClockState::Due | ClockState::Overdue)
}
