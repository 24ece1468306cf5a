//! The bottom row: what the keys do here, and whether what was written is safe.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::phrase::Phrase;
use crate::tui::app::environment::{Breadth, Connection, Tone};
use crate::tui::room::scene::RoomScene;
use crate::tui::room::status;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::strip::{self, StripPart};

/// Draws the hints, or the message of the moment in their place, and at the right whether all is saved.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &RoomScene<'_>, breadth: Breadth, paint: &Paint<'_>) {
    if area.is_empty() {
        return;
    }
    let mut parts = Vec::with_capacity(scene.hints.len() * 2 + 2);
    if area.width > 24 {
        parts.push(StripPart::left(" ", paint.style(Role::Text), 99));
    }
    // The first hint is then how to say that one has seen it.
    let warned = !scene.environment.alarms.is_empty();
    match &scene.environment.toast {
        Some(toast) => {
            let (mark, role) = match toast.tone {
                Tone::Info => ("· ", Role::Info),
                Tone::Good => ("✓ ", Role::Ok),
                Tone::Bad => ("! ", Role::Danger),
            };
            let said = format!("{mark}{}", paint.say(&toast.phrase));
            let hint = scene.hints.first().filter(|_| warned);
            if let Some(hint) = hint {
                // A message passes; what to press at a warning does not wait for that.
                parts.push(status::hint(hint, 97, paint).after(""));
            }
            let lead = if hint.is_some() { "  " } else { "" };
            parts.push(StripPart::left(said, paint.style(role), 90).shrinks(10).after(lead));
        }
        None => {
            for (nth, hint) in scene.hints.iter().enumerate() {
                let weight = if nth == 0 && warned { 97 } else { 60u8.saturating_sub(nth.min(58) as u8) };
                parts.push(status::hint(hint, weight, paint).after(if nth == 0 { "" } else { "  " }));
            }
        }
    }
    push_safety(&mut parts, scene, breadth, paint);
    let area = Rect { width: area.width - u16::from(area.width > 40), ..area };
    strip::draw(buf, area, &parts, paint.style(Role::Muted));
}

fn hint<'a>((key, word): &'a (String, String), weight: u8, paint: &Paint<'_>) -> StripPart<'a> {
    StripPart::left(key.as_str(), paint.style(Role::Key), weight).then(format!(" {word}"), paint.style(Role::Hint))
}

/// Not saved and not connected come before everything else.
fn push_safety<'a>(parts: &mut Vec<StripPart<'a>>, scene: &RoomScene<'a>, breadth: Breadth, paint: &Paint<'_>) {
    let environment = scene.environment;
    // A warning from another room reaches the people who work in this one.
    if let Some(alarm) = environment.alarms.iter().rev().find(|alarm| alarm.room != scene.view.room.id) {
        let said = Phrase::new("status-other-room")
            .with("room", alarm.room.as_str())
            .with("title", alarm.title.as_str())
            .with("clock", environment.clock_label(alarm, scene.view.room.routine.as_deref()))
            .with("time", alarm.due_at);
        let said = format!(" ‼ {} ", paint.say(&said));
        parts.push(StripPart::right(said, paint.style(Role::Critical), 96).shrinks(14));
    }
    // One's own room warns until somebody here has said that they saw it, or it is met.
    if let Some(alarm) = environment.alarms.iter().rev().find(|alarm| alarm.room == scene.view.room.id) {
        let said = Phrase::new("status-warns")
            .with("clock", environment.clock_label(alarm, scene.view.room.routine.as_deref()))
            .with("time", alarm.due_at);
        let role = if alarm.offset < 0 { Role::Warn } else { Role::Critical };
        parts.push(StripPart::right(format!(" ‼ {} ", paint.say(&said)), paint.style(role), 93).shrinks(8));
    }
    let id = scene.view.room.id.as_str();
    // A message passes and this stays, so the message gets the room.
    let brief = breadth == Breadth::Small || environment.toast.is_some();
    if let Some(why) = &environment.health.cannot_save {
        let said = match &environment.toast {
            Some(_) => Phrase::new("status-not-saved-short"),
            None => Phrase::new("status-not-saved").with("why", why.clone()),
        };
        parts.push(StripPart::right(format!(" {} ", paint.say(&said)), paint.style(Role::Critical), 100).shrinks(10));
        push_unsent(parts, scene, paint);
        return;
    }
    match &environment.connection {
        Connection::Up => {}
        Connection::Connecting => {
            parts.push(StripPart::right(paint.tell("status-connecting").into_owned(), paint.style(Role::Warn), 95));
            return;
        }
        Connection::Lost { since, .. } | Connection::Silent { since } => {
            let lost = matches!(environment.connection, Connection::Lost { .. });
            let key = match (lost, brief) {
                (true, true) => "status-reconnecting-short",
                (true, false) => "status-reconnecting",
                (false, true) => "status-silent-short",
                (false, false) => "status-silent",
            };
            let since = match breadth {
                Breadth::Small => paint.time(*since),
                _ => paint.words.time_to_second(*since, environment.now),
            };
            let said = Phrase::new(key).with("time", since);
            parts.push(StripPart::right(paint.say(&said), paint.style(Role::Danger), 98).shrinks(8));
            push_unsent(parts, scene, paint);
            return;
        }
    }
    if scene.pending.holds() {
        push_unsent(parts, scene, paint);
    } else if !scene.pending.is_empty() {
        parts.push(StripPart::right(paint.tell("status-saving").into_owned(), paint.style(Role::Warn), 94));
    } else {
        parts.push(StripPart::right(format!("✓ {}", paint.tell("status-saved")), paint.style(Role::Ok), 80));
    }
    if breadth != Breadth::Small {
        parts.push(StripPart::right(id, paint.style(Role::Muted), 30).after(" · "));
    }
}

/// How much waits, when anything does.
fn push_unsent(parts: &mut Vec<StripPart<'_>>, scene: &RoomScene<'_>, paint: &Paint<'_>) {
    if !scene.pending.is_empty() {
        let said = paint.say(&Phrase::new("status-unsent").with("count", scene.pending.len()));
        parts.push(StripPart::right(format!(" {said} "), paint.style(Role::Critical), 101));
    }
}
