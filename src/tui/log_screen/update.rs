//! A quick note: the entry line of one room with nothing around it, for a popup over other work. Enter records and closes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::phrase::Phrase;
use crate::tui::app::effect::Effect;
use crate::tui::app::model::{Connection, Model, Screen, Tone};
use crate::tui::app::msg::Msg;
use crate::tui::app::update::take;
use crate::tui::entry_line;
use crate::tui::entry_line::draw::EntryLine;
use crate::tui::theme::{Paint, Role};
use crate::tui::widgets::strip::{self, Part};
use crate::tui::{lobby, program};

/// How a quick note stands, besides its entry line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quick {
    /// Enter was pressed before there was a room to send to.
    sends: bool,
    /// The person was told that leaving now would lose what is typed, and has done nothing else since. When it can be kept
    /// after all, they have left.
    warned: bool,
}

/// Makes `model` one for a quick note: the keys go to the entry line from the first one on, whether or not the host has
/// answered.
pub fn begin(model: &mut Model) {
    model.quick = Some(Quick::default());
    model.around.screen = Screen::Room;
    model.line.focused = true;
}

/// Takes `msg` in as the whole screen does, and closes when the entry was saved or the line is left.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let pressed = matches!(msg, Msg::Key { .. } | Msg::Letters { .. } | Msg::Paste { .. });
    let warned = model.quick.as_ref().is_some_and(|quick| quick.warned);
    if let Some(quick) = model.quick.as_mut().filter(|_| pressed) {
        quick.warned = false;
        // In a popup of one row a message stands where the text is: the next key is the answer to it.
        model.around.toast = None;
    }
    let was_saving = model.outbox.entries().next().is_some();
    let had_room = model.view.is_some();
    let mut effects = take(model, msg);
    if model.view.is_some() && !had_room {
        model.line.focused = true;
    }
    if model.view.is_some() && model.quick.as_mut().is_some_and(|quick| std::mem::take(&mut quick.sends)) {
        effects.extend(entry_line::actions::send(model));
    }
    let leaves = model.view.is_some() && !had_room && warned && !pressed;
    if model.view.is_none() && effects.is_empty() {
        effects.extend(find_room(model));
    }
    let saved = was_saving && model.line.saved;
    let left = !model.line.focused && model.overlays.is_empty() && model.around.screen == Screen::Room;
    if saved || left || leaves {
        effects.extend(program::actions::quit(model));
    }
    if effects.contains(&Effect::Quit) && loses_text(model) && !warned {
        effects.retain(|effect| *effect != Effect::Quit);
        model.line.focused = true;
        model.say(Phrase::new("quick-would-lose"), Tone::Bad);
        if let Some(quick) = &mut model.quick {
            quick.warned = true;
        }
    }
    effects.retain(|effect| !matches!(effect, Effect::Title(_) | Effect::Bell));
    effects
}

/// Enter before there is a room to send to: it is sent as soon as there is one, and the text stays until then.
pub fn wait(model: &mut Model) -> Vec<Effect> {
    if let Some(quick) = &mut model.quick {
        quick.sends = true;
        model.say(Phrase::new("quick-waits"), Tone::Info);
    }
    Vec::new()
}

/// With no room named: the only one there is, or a choice between several, as soon as that disturbs nobody's typing.
fn find_room(model: &mut Model) -> Vec<Effect> {
    if model.wanted.is_some() || model.around.rooms.is_none() || model.around.screen == Screen::Lobby {
        return Vec::new();
    }
    let rooms: Vec<_> = lobby::actions::shown(model).into_iter().map(|room| room.id.clone()).collect();
    let sends = model.quick.as_ref().is_some_and(|quick| quick.sends);
    match rooms.as_slice() {
        [] => model.say(Phrase::new("cli-no-open-room"), Tone::Bad),
        [only] if model.wanted.is_none() => {
            model.wanted = Some(only.clone());
            return lobby::actions::attach(model, only.clone());
        }
        _ if sends || model.line.input.is_blank() => {
            model.around.screen = Screen::Lobby;
            model.say(Phrase::new("quick-which-room"), Tone::Info);
        }
        _ => {}
    }
    Vec::new()
}

/// Whether what is typed would be nowhere after leaving: a draft is kept by the host, when it is there.
fn loses_text(model: &Model) -> bool {
    let away = model.view.is_none() || model.around.connection != Connection::Up;
    !model.outbox.is_empty() || (away && !model.line.input.is_blank())
}

/// Draws it on `area` and says where the cursor stands: the room and the person above the line, what was understood and the
/// keys below it, as far as there are rows; in a single row, the line.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    model: &Model,
    line: &EntryLine<'_>,
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
        let mut parts = vec![Part::left(" ", paint.style(Role::Text), 99)];
        parts.extend(line.preview.iter().enumerate().map(|(nth, piece)| {
            Part::left(piece.as_str(), paint.style(Role::Muted), 50).after(if nth == 0 { "" } else { " · " })
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
    let shown = EntryLine { invitation, preview, ..line.clone() };
    let cursor = entry_line::draw::draw(buf, place, &shown, paint);
    if let Some(cursor) = cursor {
        entry_line::draw::draw_completions(buf, place, cursor.x, &shown, paint);
    }
    cursor
}

/// The room and who is typing, in one text.
fn about(model: &Model) -> String {
    let room = model.view.as_ref().map(|view| format!("{} {}", view.room.id, view.room.title.raw()));
    let me = model.around.me.as_ref().map(|me| me.signed());
    [me, room].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn draw_head(buf: &mut Buffer, area: Rect, model: &Model, paint: &Paint<'_>) {
    let ground = paint.style(Role::Header);
    buf.set_style(area, ground);
    let on = |role: Role| ground.patch(paint.style(role));
    let mut parts = Vec::new();
    match &model.view {
        Some(view) => {
            if view.room.demo {
                parts.push(Part::left(format!(" {} ", paint.tell("room-demo")), on(Role::Demo), 90));
            }
            parts.push(Part::left(format!(" {}", view.room.id), on(Role::Muted), 70).after(""));
            parts.push(Part::left(view.room.title.raw(), on(Role::Title), 60).after(" ").shrinks(8));
        }
        None => parts.push(Part::left(format!(" {}", paint.tell("quick-title")), on(Role::Title), 60)),
    }
    let zone = model.around.zone.short_name(model.around.now);
    parts.push(Part::right(format!("{zone} "), on(Role::Muted), 40));
    if let Some(me) = &model.around.me {
        parts.push(Part::right(format!("{} ", me.signed()), on(Role::Person), 50).shrinks(6));
    }
    strip::draw(buf, area, &parts, ground);
}

fn draw_foot(buf: &mut Buffer, area: Rect, model: &Model, hints: &[(String, String)], paint: &Paint<'_>) {
    let trouble = trouble(model, paint);
    let mut parts = vec![Part::left(" ", paint.style(Role::Text), 99)];
    if trouble.is_none() {
        for (nth, (key, word)) in hints.iter().enumerate() {
            let part = Part::left(key.as_str(), paint.style(Role::Key), 60u8.saturating_sub(nth.min(58) as u8));
            parts.push(part.then(format!(" {word}"), paint.style(Role::Hint)).after(if nth == 0 { "" } else { "  " }));
        }
    }
    parts.extend(trouble);
    strip::draw(buf, area, &parts, paint.style(Role::Muted));
}

/// What the person must know before they trust the line: most urgent first. None: all is well.
fn trouble<'a>(model: &Model, paint: &Paint<'_>) -> Option<Part<'a>> {
    let around = &model.around;
    let (said, role) = if let Some(toast) = &around.toast {
        let role = match toast.tone {
            Tone::Info => Role::Info,
            Tone::Good => Role::Ok,
            Tone::Bad => Role::Danger,
        };
        (paint.say(&toast.phrase), role)
    } else if let Some(why) = &around.health.cannot_save {
        (paint.say(&Phrase::new("status-not-saved").with("why", why.clone())), Role::Critical)
    } else if let Some(since) = around.connection.away_since() {
        let silent = matches!(around.connection, Connection::Silent { .. });
        let key = if silent { "status-silent" } else { "status-reconnecting" };
        (paint.say(&Phrase::new(key).with("time", paint.words.time_to_second(since, around.now))), Role::Danger)
    } else if around.connection == Connection::Connecting {
        (paint.tell("status-connecting").into_owned(), Role::Warn)
    } else if !model.outbox.is_empty() {
        (paint.tell("status-saving").into_owned(), Role::Warn)
    } else {
        return None;
    };
    Some(Part::right(format!("{said} "), paint.style(role), 95).shrinks(4))
}
