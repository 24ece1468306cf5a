//! The lobby: open and past rooms, what each waits for; on first use, two ways on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::clocks::ClockState;
use crate::domain::id::RoomId;
use crate::domain::outage::down_seconds;
use crate::domain::phrase::Phrase;
use crate::domain::room::State;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::tui::app::environment::{Connection, Environment};
use crate::tui::theme::{Paint, Role, countdown, elapsed};
use crate::tui::widgets::pen::{Pen, row_of};
use crate::tui::widgets::scroll;
use crate::tui::widgets::strip::{self, StripPart};
use crate::wire::message::RoomSummary;

/// What the lobby is drawn from.
#[derive(Debug)]
pub struct LobbyScene<'a> {
    pub environment: &'a Environment,
    /// In the order they are shown.
    pub rooms: Vec<&'a RoomSummary>,
    pub selected: Option<RoomId>,
    pub shows_past: bool,
    pub keys: LobbyKeys,
    pub hints: &'a [(String, String)],
}

/// The keys that the first screen names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LobbyKeys {
    pub declare: String,
    pub demo: String,
    pub past: String,
}

/// Draws it.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &LobbyScene<'_>, paint: &Paint<'_>) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    buf.set_style(area, paint.style(Role::Text));
    draw_header(buf, row_of(area, 0), scene.environment, paint);
    let foot = u16::from(area.height >= 3);
    let top = 1 + u16::from(area.height >= 8);
    let body = Rect { y: area.y + top.min(area.height), height: area.height.saturating_sub(top + foot), ..area };
    match (&scene.environment.rooms, scene.rooms.is_empty()) {
        (None, _) => draw_waiting(buf, body, scene.environment, paint),
        (Some(known), true) => draw_welcome(buf, body, scene, !known.is_empty(), paint),
        (Some(_), false) => draw_rooms(buf, body, scene, paint),
    }
    if foot > 0 {
        draw_foot(buf, row_of(area, area.height - 1), scene, paint);
    }
}

fn draw_header(buf: &mut Buffer, row: Rect, environment: &Environment, paint: &Paint<'_>) {
    buf.set_style(row, paint.style(Role::Header));
    let mut pen = Pen::on_row(buf, row, 0);
    pen.put(" ", paint.style(Role::Header));
    pen.put("KLOCKSLAG", paint.style(Role::Brand));
    pen.put("  ", paint.style(Role::Header));
    let zone = environment.zone.short_name(environment.now);
    pen.put_right(&format!("{} {zone} ", paint.words.clock_to_second(environment.now)), 2, paint.style(Role::Header));
    if let Some(me) = &environment.me {
        pen.put_right(&me.signed(), 2, paint.style(Role::Header));
    }
    pen.put(&paint.tell("lobby-title"), paint.style(Role::Header));
}

fn draw_waiting(buf: &mut Buffer, body: Rect, environment: &Environment, paint: &Paint<'_>) {
    let mut pen = Pen::on_row(buf, body, body.height / 3);
    pen.skip(2);
    match &environment.connection {
        Connection::Lost { why, .. } => {
            pen.put(&paint.say(why), paint.style(Role::Danger));
        }
        Connection::Silent { .. } => pen.put(&paint.tell("connection-silent"), paint.style(Role::Danger)),
        _ => pen.put(&paint.tell("lobby-waiting"), paint.style(Role::Muted)),
    }
}

/// First use: two obvious ways on.
fn draw_welcome(buf: &mut Buffer, body: Rect, scene: &LobbyScene<'_>, has_past: bool, paint: &Paint<'_>) {
    let mut lines: Vec<(String, String, Role)> = vec![
        (String::new(), paint.tell("lobby-welcome").into_owned(), Role::Title),
        (String::new(), paint.tell("lobby-promise").into_owned(), Role::Muted),
        (String::new(), String::new(), Role::Text),
        (scene.keys.declare.clone(), paint.tell("lobby-declare").into_owned(), Role::Text),
        (scene.keys.demo.clone(), paint.tell("lobby-demo").into_owned(), Role::Text),
    ];
    if has_past && !scene.shows_past {
        lines.push((scene.keys.past.clone(), paint.tell("lobby-past").into_owned(), Role::Text));
    }
    if body.height < 8 {
        lines.drain(..3);
    }
    if scene.environment.read_only {
        let writes = [&scene.keys.declare, &scene.keys.demo];
        lines.retain(|(key, ..)| key.is_empty() || !writes.contains(&key));
        lines.push((String::new(), paint.tell("toast-looks-on").into_owned(), Role::Muted));
    }
    let count = u16::try_from(lines.len()).unwrap_or(0);
    let top = body.height.saturating_sub(count) / 3;
    for (row, (key, text, role)) in (top..body.height).zip(&lines) {
        let mut pen = Pen::on_row(buf, body, row);
        pen.skip((body.width / 8).min(12));
        if !key.is_empty() {
            pen.put_in(&format!(" {key} "), 7, paint.style(Role::Key));
            pen.skip(1);
        }
        pen.put(text, paint.style(*role));
    }
}

fn draw_rooms(buf: &mut Buffer, body: Rect, scene: &LobbyScene<'_>, paint: &Paint<'_>) {
    let selected = scene.rooms.iter().position(|room| Some(&room.id) == scene.selected.as_ref()).unwrap_or(0);
    let each = if body.width >= 60 { 2 } else { 1 };
    let first = scroll::first_row(scene.rooms.len(), selected, usize::from((body.height / each).max(1)));
    let mut y = 0;
    let hides = usize::from(body.height / each) < scene.rooms.len();
    let list = scroll::beside_marks(buf, body, hides);
    for (index, room) in scene.rooms.iter().enumerate().skip(first) {
        if y >= body.height {
            break;
        }
        let place = Rect { y: body.y + y, height: each.min(body.height - y), ..list };
        draw_one(buf, place, room, index == selected, scene.environment.now, paint);
        y += each;
    }
    let below = first + usize::from(body.height / each) < scene.rooms.len();
    scroll::draw_marks(buf, body, first > 0, below, paint.style(Role::Muted));
}

fn draw_one(buf: &mut Buffer, place: Rect, room: &RoomSummary, selected: bool, now: Moment, paint: &Paint<'_>) {
    let style = |role| if selected { paint.theme.selected(role) } else { paint.style(role) };
    if selected {
        buf.set_style(place, paint.style(Role::Selection));
    }
    let mut pen = Pen::on_row(buf, place, 0);
    pen.put(if selected { " ▸ " } else { "   " }, style(Role::Accent));
    pen.put(room.id.as_str(), style(Role::Muted));
    pen.put("  ", style(Role::Text));
    if let Some(why) = &room.trouble {
        pen.put(&paint.say(&Phrase::new("cli-room-unreadable").with("why", why.clone())), style(Role::Danger));
        return;
    }
    if room.demo {
        pen.put("DEMO", style(Role::Demo));
        pen.put(" ", style(Role::Text));
    }
    if let Some(level) = room.priority {
        let role = if level == 1 { Role::Critical } else { Role::Warn };
        pen.put(&format!("P{level}"), style(role));
        pen.put(" ", style(Role::Text));
    }
    let state = paint.say(&room.state.label());
    let role = match room.state {
        State::Open => Role::Danger,
        State::Restored => Role::Ok,
        State::Closed => Role::Muted,
    };
    let lasted = match room.outages.len() {
        0 | 1 => elapsed(room.restored_at.unwrap_or(now).since(room.declared_at).num_seconds()),
        _ => {
            let down = countdown(chrono::Duration::seconds(down_seconds(&room.outages, now)));
            paint.say(&Phrase::new("room-down").with("time", down))
        }
    };
    pen.put_right(&format!(" {lasted} "), 20, style(Role::Accent));
    pen.put_right(&state, 20, style(role));
    pen.put(&paint.text(&room.title), style(Role::Text));
    if !room.customer.raw().trim().is_empty() {
        pen.put(&format!(" · {}", room.customer.raw()), style(Role::Muted));
    }
    if place.height < 2 {
        return;
    }
    let mut pen = Pen::on_row(buf, place, 1);
    pen.put("     ", style(Role::Text));
    if let Some(clock) = &room.next_clock {
        let role = match clock.state {
            ClockState::Overdue => Role::Critical,
            ClockState::Due => Role::Danger,
            ClockState::Soon => Role::Warn,
            _ => Role::Text,
        };
        // "in" belongs to what is ahead; that all is calm needs no word.
        let key = match clock.state {
            ClockState::Calm => "lobby-clock-calm",
            ClockState::Due | ClockState::Overdue => "lobby-clock",
            _ => "lobby-clock-ahead",
        };
        let said = Phrase::new(key)
            .with("clock", clock.label.clone())
            .with("left", countdown(clock.due_at.since(now)))
            .with("state", clock.state.label())
            .with("time", clock.due_at);
        pen.put(&paint.say(&said), style(role));
        pen.put("  ", style(Role::Text));
    }
    let lead = room.lead.as_ref().map_or("–", Text::raw);
    let facts = Phrase::new("lobby-facts").with("lead", lead).with("entries", room.entries).with("here", room.here);
    pen.put(&paint.say(&facts), style(Role::Muted));
}

/// The keys, or the message of the moment; at the right why what stands above may not be so, or nothing can be saved.
fn draw_foot(buf: &mut Buffer, row: Rect, scene: &LobbyScene<'_>, paint: &Paint<'_>) {
    let mut parts = vec![StripPart::left(" ", paint.style(Role::Text), 99)];
    match &scene.environment.toast {
        Some(toast) => {
            let role = crate::tui::form::draw::role(toast.tone);
            parts.push(StripPart::left(paint.say(&toast.phrase), paint.style(role), 97).shrinks(10).after(""));
        }
        None => parts.extend((0u8..).zip(scene.hints).map(|(nth, (key, what))| {
            let part = StripPart::left(key.as_str(), paint.style(Role::Key), 90 - nth.min(60));
            part.then(format!(" {what}"), paint.style(Role::Hint)).after(if nth == 0 { "" } else { "  " })
        })),
    }
    if let Some((said, role)) = trouble(scene.environment, paint) {
        parts.push(StripPart::right(format!("{said} "), paint.style(role), 98).shrinks(8));
    }
    strip::draw(buf, row, &parts, paint.style(Role::Muted));
}

fn trouble(environment: &Environment, paint: &Paint<'_>) -> Option<(String, Role)> {
    if let Some(why) = &environment.health.cannot_save {
        return Some((paint.say(&Phrase::new("status-not-saved").with("why", why.clone())), Role::Critical));
    }
    let since = paint.words.time_to_second(environment.connection.away_since()?, environment.now);
    let silent = matches!(environment.connection, Connection::Silent { .. });
    let key = if silent { "status-silent-short" } else { "status-reconnecting-short" };
    Some((paint.say(&Phrase::new(key).with("time", since)), Role::Danger))
}
