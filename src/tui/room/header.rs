//! The top row: which incident, how grave, how long it has lasted, who leads, who is here, what time it is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use chrono::Duration;

use crate::domain::outage::down_seconds;
use crate::domain::phrase::Phrase;
use crate::domain::room::{Room, State};
use crate::tui::app::environment::{Breadth, Surroundings};
use crate::tui::room::state::RoomView;
use crate::tui::theme::{Paint, Role, countdown, elapsed};
use crate::tui::widgets::pen::columns;
use crate::tui::widgets::strip::{self, Part};

/// Draws the header in the first row of `area`. On a narrow terminal the product's name goes first; what it is about,
/// who leads and the wall clock stay longer, the priority and the elapsed time longest.
pub fn draw(buf: &mut Buffer, area: Rect, view: &RoomView, around: &Surroundings, paint: &Paint<'_>) {
    let room = &view.room;
    let ground = paint.style(Role::Header);
    buf.set_style(area.intersection(buf.area), ground);
    let on = |role: Role| ground.patch(paint.style(role));
    let mut parts = Vec::with_capacity(16);
    parts.push(Part::left(" KLOCKSLAG", on(Role::Brand), 10));
    if room.demo {
        parts.push(Part::left(format!(" {} ", paint.tell("room-demo")), on(Role::Demo), 75));
    }
    parts.push(Part::left(room.id.as_str(), on(Role::Muted), 40));
    parts.push(Part::left(paint.text(&room.title), on(Role::Title), 60).after(" ").shrinks(6));
    if !room.customer.raw().trim().is_empty() {
        parts.push(Part::left(room.customer.raw(), on(Role::Text), 30).after(" · "));
    }
    push_priority(&mut parts, room, paint, &on);
    push_elapsed(&mut parts, room, around, paint, &on);
    push_lead(&mut parts, room, paint, &on);
    let here = view.people.len();
    if here > 0 {
        let alone = view.others(around.me.as_ref()).next().is_none();
        let small = around.breadth() == Breadth::Small && !alone;
        // Where the panes have no edge to say who is here, the count and the sign of a pen are all there is.
        let mut count = Part::right(format!("● {here}"), on(Role::Ok), if small { 72 } else { 35 });
        if small && view.others(around.me.as_ref()).any(|person| person.writing.is_some()) {
            count = count.then("✎", on(Role::New));
        }
        parts.push(if small { count.after(" ") } else { count });
        parts.push(Part::right(paint.tell("room-here"), on(Role::Text), 20).after(" "));
    }
    let zone = around.zone.short_name(around.now);
    if around.breadth() == Breadth::Small {
        // The zone is worth more than the seconds: those stand in the time that the incident has lasted.
        parts.push(Part::right(paint.words.clock(around.now), on(Role::Title), 80));
        parts.push(Part::right(zone, on(Role::Muted), 62).after(" "));
    } else {
        parts.push(Part::right(paint.words.clock_to_second(around.now), on(Role::Title), 80));
        parts.push(Part::right(zone, on(Role::Muted), 44).after(" "));
    }
    let area = Rect { width: area.width.saturating_sub(u16::from(area.width > 40)), ..area };
    strip::draw(buf, area, &parts, ground);
}

type On<'a> = &'a dyn Fn(Role) -> ratatui::style::Style;

fn push_priority<'a>(parts: &mut Vec<Part<'a>>, room: &'a Room, paint: &Paint<'_>, on: On<'_>) {
    let Some(priority) = &room.priority else { return };
    let role = match priority.level {
        1 => Role::Critical,
        2 => Role::Warn,
        _ => Role::Title,
    };
    let names = room.routine.as_deref().map(|routine| &routine.priority.names);
    let name = names.and_then(|names| names.get(usize::from(priority.level).saturating_sub(1)));
    parts.push(Part::right(format!(" P{} ", priority.level), on(role), 95));
    if let Some(name) = name {
        parts.push(Part::right(format!("{} ", paint.local(name).to_uppercase()), on(role), 50).after(""));
    }
}

fn push_elapsed<'a>(parts: &mut Vec<Part<'a>>, room: &'a Room, around: &Surroundings, paint: &Paint<'_>, on: On<'_>) {
    let whole = elapsed(room.elapsed_seconds(around.now));
    let outages = room.outages();
    let again = outages.len() > 1;
    // Reopened, the figure is how long the service was down: it was up in between.
    let time = match again {
        false => whole.clone(),
        true => {
            let down = countdown(Duration::seconds(down_seconds(&outages, around.now)));
            paint.say(&Phrase::new("room-down").with("time", down))
        }
    };
    let push_whole = |parts: &mut Vec<Part<'a>>| {
        if again {
            let said = paint.say(&Phrase::new("room-down-of").with("time", whole.as_str()));
            parts.push(Part::right(said, on(Role::Muted), 46).after(" "));
        }
    };
    let stopped = match room.state {
        State::Open => None,
        State::Restored => Some(room.restored_at),
        State::Closed => Some(room.closed_at),
    };
    match stopped {
        None => {
            parts.push(Part::right(time, on(Role::Title), 90));
            push_whole(parts);
            if let Some(at) = room.mitigated_at {
                let said = Phrase::new("room-mitigated").with("time", at);
                parts.push(Part::right(paint.say(&said), on(Role::Ok), 28).after(" "));
            }
        }
        Some(at) => {
            parts.push(Part::right(format!("■ {time}"), on(Role::Ok), 90));
            push_whole(parts);
            // The word before the wall clock: by shape alone nobody reads that it is over.
            parts.push(Part::right(paint.say(&room.state.label()), on(Role::Ok), 85).after(" "));
            let at = paint.time(at.unwrap_or(around.now));
            parts.push(Part::right(at, on(Role::Ok), 70).after(" "));
        }
    }
}

fn push_lead<'a>(parts: &mut Vec<Part<'a>>, room: &'a Room, paint: &Paint<'_>, on: On<'_>) {
    let Some(routine) = room.routine.as_deref() else { return };
    let label = routine.role(&routine.lead).map_or(routine.lead.as_str(), |role| paint.local(&role.label));
    match room.lead() {
        Some(holder) => {
            let least = columns(label).saturating_add(7);
            let part = Part::right(format!("{label} "), on(Role::Muted), 45).shrinks(least);
            parts.push(part.then(holder.person.raw(), on(Role::Text)));
        }
        None if room.state == State::Open => {
            let said = paint.say(&Phrase::new("room-no-lead").with("role", label));
            parts.push(Part::right(format!("! {said}"), on(Role::Warn), 65));
        }
        None => {}
    }
}
