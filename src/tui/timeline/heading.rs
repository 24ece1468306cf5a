//! What stands in the edge above the timeline: how many entries, what they are narrowed to, what lies below.

use crate::domain::phrase::Phrase;
use crate::domain::timeline::Filter;
use crate::tui::room::state::RoomView;
use crate::tui::theme::{Paint, Role};
use crate::tui::timeline::draw::cursor_index;
use crate::tui::widgets::panel::PanelNote;

/// How many entries there are, what they are narrowed to, and how many lie below.
pub fn note(view: &RoomView, paint: &Paint<'_>) -> Vec<PanelNote> {
    let window = &view.window;
    let mut notes: Vec<PanelNote> = Vec::new();
    if window.fetching {
        notes.push((paint.tell("timeline-fetching").into_owned().into(), Role::Muted));
    }
    let newer = cursor_index(window).map_or(0, |at| window.entries.len() - 1 - at);
    if newer > 0 || window.has_newer {
        let key = if window.has_newer { "timeline-newer-more" } else { "timeline-newer" };
        notes.push((format!("▼ {}", paint.say(&Phrase::new(key).with("count", newer))).into(), Role::New));
    }
    if window.filter.is_empty() {
        notes.push((view.room.entries.to_string().into(), Role::Muted));
        notes.push((paint.tell("timeline-all").into_owned().into(), Role::Muted));
    } else {
        let said = Phrase::new("timeline-filter").with("filter", describe(&window.filter, paint));
        notes.push((paint.say(&said).into(), Role::Warn));
    }
    notes
}

/// The filter in a few words.
fn describe(filter: &Filter, paint: &Paint<'_>) -> String {
    let mut parts: Vec<String> = filter.kinds.iter().map(|kind| paint.say(&kind.label())).collect();
    parts.extend(filter.person.iter().map(|person| format!("@{person}")));
    parts.extend(filter.tag.iter().map(|tag| format!("#{tag}")));
    parts.extend(filter.track.iter().map(|track| format!("#{track}")));
    if filter.starred {
        parts.push("★".to_owned());
    }
    parts.extend(filter.since.iter().map(|since| format!("≥ {}", paint.time(*since))));
    parts.extend(filter.until.iter().map(|until| format!("≤ {}", paint.time(*until))));
    if !filter.text.trim().is_empty() {
        parts.push(format!("“{}”", filter.text.trim()));
    }
    parts.join(" ")
}
