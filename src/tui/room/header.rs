//! The top row: which incident, how grave, how long it has lasted, who leads, who is here, what time it is.

use chrono::Duration;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::outage::down_seconds;
use crate::domain::phrase::Phrase;
use crate::domain::room::{Room, State};
use crate::tui::app::environment::{Breadth, Environment};
use crate::tui::room::state::RoomView;
use crate::tui::theme::{Paint, Role, countdown, elapsed};
use crate::tui::widgets::pen::columns;
use crate::tui::widgets::strip::{self, StripPart};

/// Draws the header in the first row of `area`. On a narrow terminal the product's name goes first; what it is about,
/// who leads and the wall clock stay longer, the priority and the elapsed time longest.
pub fn draw(buf: &mut Buffer, area: Rect, view: &RoomView, environment: &Environment, paint: &Paint<'_>) {
    let room = &view.room;
    let ground = paint.style(Role::Header);
    buf.set_style(area.intersection(buf.area), ground);
    let on = |role: Role| ground.patch(paint.style(role));
    let mut parts = Vec::with_capacity(16);
    parts.push(StripPart::left(" KLOCKSLAG", on(Role::Brand), 10));
    if room.demo {
        parts.push(StripPart::left(format!(" {} ", paint.tell("room-demo")), on(Role::Demo), 75));
    }
    parts.push(StripPart::left(room.id.as_str(), on(Role::Muted), 40));
    parts.push(StripPart::left(paint.text(&room.title), on(Role::Title), 60).after(" ").shrinks(6));
    if !room.customer.raw().trim().is_empty() {
        parts.push(StripPart::left(room.customer.raw(), on(Role::Text), 30).after(" · "));
    }
    push_priority(&mut parts, room, paint, &on);
    push_elapsed(&mut parts, room, environment, paint, &on);
    push_lead(&mut parts, room, paint, &on);
    let here = view.people.len();
    if here > 0 {
        let alone = view.others(environment.me.as_ref()).next().is_none();
        let small = environment.breadth() == Breadth::Small && !alone;
        // Where the panes have no edge to say who is here, the count and the sign of a pen are all there is.
        let mut count = StripPart::right(format!("● {here}"), on(Role::Ok), if small { 72 } else { 35 });
        if small && view.others(environment.me.as_ref()).any(|person| person.writing.is_some()) {
            count = count.then("✎", on(Role::New));
        }
        parts.push(if small { count.after(" ") } else { count });
        parts.push(StripPart::right(paint.tell("room-here"), on(Role::Text), 20).after(" "));
    }
    let zone = environment.zone.short_name(environment.now);
    if environment.breadth() == Breadth::Small {
        // The zone is worth more than the seconds: those stand in the time that the incident has lasted.
        parts.push(StripPart::right(paint.words.clock(environment.now), on(Role::Title), 80));
        parts.push(StripPart::right(zone, on(Role::Muted), 62).after(" "));
    } else {
        parts.push(StripPart::right(paint.words.clock_to_second(environment.now), on(Role::Title), 80));
        parts.push(StripPart::right(zone, on(Role::Muted), 44).after(" "));
    }
    let area = Rect { width: area.width.saturating_sub(u16::from(area.width > 40)), ..area };
    strip::draw(buf, area, &parts, ground);
}

type On<'a> = &'a dyn Fn(Role) -> ratatui::style::Style;

fn push_priority<'a>(parts: &mut Vec<StripPart<'a>>, room: &'a Room, paint: &Paint<'_>, on: On<'_>) {
    let Some(priority) = &room.priority else { return };
    let role = match priority.level {
        1 => Role::Critical,
        2 => Role::Warn,
        _ => Role::Title,
    };
    let names = room.routine.as_deref().map(|routine| &routine.priority.names);
    let name = names.and_then(|names| names.get(usize::from(priority.level).saturating_sub(1)));
    parts.push(StripPart::right(format!(" P{} ", priority.level), on(role), 95));
    if let Some(name) = name {
        parts.push(StripPart::right(format!("{} ", paint.local(name).to_uppercase()), on(role), 50).after(""));
    }
}

fn push_elapsed<'a>(
    parts: &mut Vec<StripPart<'a>>,
    room: &'a Room,
    environment: &Environment,
    paint: &Paint<'_>,
    on: On<'_>,
) {
    let whole = elapsed(room.elapsed_seconds(environment.now));
    let outages = room.outages();
    let again = outages.len() > 1;
    // Reopened, the figure is how long the service was down: it was up in between.
    let time = match again {
        false => whole.clone(),
        true => {
            let down = countdown(Duration::seconds(down_seconds(&outages, environment.now)));
            paint.say(&Phrase::new("room-down").with("time", down))
        }
    };
    let push_whole = |parts: &mut Vec<StripPart<'a>>| {
        if again {
            let said = paint.say(&Phrase::new("room-down-of").with("time", whole.as_str()));
            parts.push(StripPart::right(said, on(Role::Muted), 46).after(" "));
        }
    };
    let stopped = match room.state {
        State::Open => None,
        State::Restored => Some(room.restored_at),
        State::Closed => Some(room.closed_at),
    };
    match stopped {
        None => {
            parts.push(StripPart::right(time, on(Role::Title), 90));
            push_whole(parts);
            if let Some(at) = room.mitigated_at {
                let said = Phrase::new("room-mitigated").with("time", at);
                parts.push(StripPart::right(paint.say(&said), on(Role::Ok), 28).after(" "));
            }
        }
        Some(at) => {
            parts.push(StripPart::right(format!("■ {time}"), on(Role::Ok), 90));
            push_whole(parts);
            // The word before the wall clock: by shape alone nobody reads that it is over.
            parts.push(StripPart::right(paint.say(&room.state.label()), on(Role::Ok), 85).after(" "));
            let at = paint.time(at.unwrap_or(environment.now));
            parts.push(StripPart::right(at, on(Role::Ok), 70).after(" "));
        }
    }
}

fn push_lead<'a>(parts: &mut Vec<StripPart<'a>>, room: &'a Room, paint: &Paint<'_>, on: On<'_>) {
    let Some(routine) = room.routine.as_deref() else { return };
    let label = routine.role(&routine.lead).map_or(routine.lead.as_str(), |role| paint.local(&role.label));
    match room.lead() {
        Some(holder) => {
            let least = columns(label).saturating_add(7);
            let part = StripPart::right(format!("{label} "), on(Role::Muted), 45).shrinks(least);
            parts.push(part.then(holder.person.raw(), on(Role::Text)));
        }
        None if room.state == State::Open => {
            let said = paint.say(&Phrase::new("room-no-lead").with("role", label));
            parts.push(StripPart::right(format!("! {said}"), on(Role::Warn), 65));
        }
        None => {}
    }
}
