//! The screen of a quick note as drawn: the entry line, and as much around it as there are rows for.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::phrase::Phrase;
use crate::tui::app::environment::{Connection, Tone};
use crate::tui::app::model::Model;
use crate::tui::entry_line;
use crate::tui::entry_line::draw::EntryLineView;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::strip::{self, StripPart};

/// Draws it on `area` and says where the cursor stands: the room and the person above the line, what was understood and the
/// keys below it, as far as there are rows; in a single row, the line.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    model: &Model,
    line: &EntryLineView<'_>,
    hints: &[(String, String)],
    paint: &Paint<'_>,
) -> Option<Position> {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return None;
    }
    buf.set_style(area, paint.style(Role::Text));
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    let about = about(model);
    let above = match area.height {
        1 => 0,
        2 | 3 => 1,
        rows => rows - 3,
    };
    if above > 0 {
        draw_head(buf, row(0), model, paint);
    }
    if area.height >= 3 {
        draw_foot(buf, row(area.height - 1), model, hints, paint);
    }
    if area.height >= 4 {
        let mut parts = vec![StripPart::left(" ", paint.style(Role::Text), 99)];
        parts.extend(line.preview.iter().enumerate().map(|(nth, piece)| {
            StripPart::left(piece.as_str(), paint.style(Role::Muted), 50).after(if nth == 0 { "" } else { " · " })
        }));
        strip::draw(buf, row(area.height - 2), &parts, paint.style(Role::Text));
    }
    let mut place = row(above);
    if area.height < 3
        && let Some(part) = trouble(model, paint)
    {
        // A column more than half is the text's.
        let most = place.width / 2;
        strip::draw(buf, Rect { x: place.right() - most, width: most, ..place }, &[part], paint.style(Role::Text));
        place.width -= most;
    }
    let invitation = if above > 0 { line.invitation } else { about.as_str() };
    let preview = if area.height >= 4 { &[] } else { line.preview };
    let shown = EntryLineView { invitation, preview, ..line.clone() };
    let cursor = entry_line::draw::draw(buf, place, &shown, paint);
    if let Some(cursor) = cursor {
        entry_line::draw::draw_completions(buf, place, cursor.x, &shown, paint);
    }
    cursor
}

/// The room and who is typing, in one text.
pub fn about(model: &Model) -> String {
    let room = model.view.as_ref().map(|view| format!("{} {}", view.room.id, view.room.title.raw()));
    let me = model.environment.me.as_ref().map(|me| me.signed());
    [me, room].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub fn draw_head(buf: &mut Buffer, area: Rect, model: &Model, paint: &Paint<'_>) {
    let ground = paint.style(Role::Header);
    buf.set_style(area, ground);
    let on = |role: Role| ground.patch(paint.style(role));
    let mut parts = Vec::new();
    match &model.view {
        Some(view) => {
            if view.room.demo {
                parts.push(StripPart::left(format!(" {} ", paint.tell("room-demo")), on(Role::Demo), 90));
            }
            parts.push(StripPart::left(format!(" {}", view.room.id), on(Role::Muted), 70).after(""));
            parts.push(StripPart::left(view.room.title.raw(), on(Role::Title), 60).after(" ").shrinks(8));
        }
        None => parts.push(StripPart::left(format!(" {}", paint.tell("quick-title")), on(Role::Title), 60)),
    }
    let zone = model.environment.zone.short_name(model.environment.now);
    parts.push(StripPart::right(format!("{zone} "), on(Role::Muted), 40));
    if let Some(me) = &model.environment.me {
        parts.push(StripPart::right(format!("{} ", me.signed()), on(Role::Person), 50).shrinks(6));
    }
    strip::draw(buf, area, &parts, ground);
}

pub fn draw_foot(buf: &mut Buffer, area: Rect, model: &Model, hints: &[(String, String)], paint: &Paint<'_>) {
    let trouble = trouble(model, paint);
    let mut parts = vec![StripPart::left(" ", paint.style(Role::Text), 99)];
    if trouble.is_none() {
        for (nth, (key, word)) in hints.iter().enumerate() {
            let part = StripPart::left(key.as_str(), paint.style(Role::Key), 60u8.saturating_sub(nth.min(58) as u8));
            parts.push(part.then(format!(" {word}"), paint.style(Role::Hint)).after(if nth == 0 { "" } else { "  " }));
        }
    }
    parts.extend(trouble);
    strip::draw(buf, area, &parts, paint.style(Role::Muted));
}

/// What the person must know before they trust the line: most urgent first. `None` when all is well.
pub fn trouble<'a>(model: &Model, paint: &Paint<'_>) -> Option<StripPart<'a>> {
    let environment = &model.environment;
    let (said, role) = if let Some(toast) = &environment.toast {
        let role = match toast.tone {
            Tone::Info => Role::Info,
            Tone::Good => Role::Ok,
            Tone::Bad => Role::Danger,
        };
        (paint.say(&toast.phrase), role)
    } else if let Some(why) = &environment.health.cannot_save {
        (paint.say(&Phrase::new("status-not-saved").with("why", why.clone())), Role::Critical)
    } else if let Some(since) = environment.connection.away_since() {
        let silent = matches!(environment.connection, Connection::Silent { .. });
        let key = if silent { "status-silent" } else { "status-reconnecting" };
        (paint.say(&Phrase::new(key).with("time", paint.words.time_to_second(since, environment.now))), Role::Danger)
    } else if environment.connection == Connection::Connecting {
        (paint.tell("status-connecting").into_owned(), Role::Warn)
    } else if !model.pending.is_empty() {
        (paint.tell("status-saving").into_owned(), Role::Warn)
    } else {
        return None;
    };
    Some(StripPart::right(format!("{said} "), paint.style(role), 95).shrinks(4))
}
