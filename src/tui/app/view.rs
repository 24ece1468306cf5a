//! `view(&Model, &mut Memo, &mut Frame)`: the screen of the moment, the banner of another room's clock, the overlays on top.
//! It only reads the model; the memo is what was drawn before, to be copied where nothing changed.

use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::action::Track;
use crate::domain::entry::{self, Parsed, Part};
use crate::domain::phrase::Phrase;
use crate::domain::record::Assurance;
use crate::tui::alarms::banner;
use crate::tui::app::model::{Model, RoomView, Screen};
use crate::tui::command::keys;
use crate::tui::command::table;
use crate::tui::entry_line::draw::EntryLine;
use crate::tui::log_screen;
use crate::tui::overlay;
use crate::tui::overlay::draw::Overlay;
use crate::tui::room::draw_cache::Memo;
use crate::tui::theme::{Paint, Role};
use crate::tui::{lobby, room};

/// Draws everything.
pub fn view(model: &Model, memo: &mut Memo, frame: &mut Frame<'_>) {
    let area = frame.area();
    if let Some(cursor) = draw(model, memo, frame.buffer_mut(), area) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws everything on `area` of `buf` and says where the cursor stands.
pub fn draw(model: &Model, memo: &mut Memo, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let paint = Paint { theme: &model.theme, words: &model.words, now: model.around.now };
    let hints = keys::hints(model);
    let mut cursor = match model.room_view() {
        _ if model.quick.is_some() && model.around.screen == Screen::Room => {
            with_entry_line(model, &paint, |entry| log_screen::update::draw(buf, area, model, entry, &hints, &paint))
        }
        Some(view) => draw_room(model, view, memo, buf, area, &hints, &paint),
        None => {
            lobby::draw::draw(buf, area, &lobby_scene(model, &hints), &paint);
            None
        }
    };
    for overlay in &model.overlays {
        let over = overlay::draw::draw(buf, area, overlay, model, &paint);
        if !table::types_entry(model) {
            cursor = over;
        }
    }
    if model.quick.is_some() {
        return cursor;
    }
    banner::draw(buf, area, model, &keys::first_key_of(model, "alarm.go"), &paint);
    cursor
}

fn lobby_scene<'a>(model: &'a Model, hints: &'a [(String, String)]) -> lobby::draw::Scene<'a> {
    lobby::draw::Scene {
        around: &model.around,
        rooms: lobby::actions::shown(model),
        selected: lobby::actions::selected(model),
        shows_past: model.shows_past,
        keys: lobby::draw::Keys {
            declare: keys::first_key_of(model, "lobby.declare"),
            demo: keys::first_key_of(model, "lobby.demo"),
            past: keys::first_key_of(model, "lobby.past"),
        },
        hints,
    }
}

fn draw_room(
    model: &Model,
    view: &RoomView,
    memo: &mut Memo,
    buf: &mut Buffer,
    area: Rect,
    hints: &[(String, String)],
    paint: &Paint<'_>,
) -> Option<Position> {
    let cursor = with_entry_line(model, paint, |entry| {
        let scene = room::draw::Scene { view, around: &model.around, entry, hints, outbox: &model.outbox };
        room::draw::draw_with(buf, area, &scene, paint, memo)
    });
    // While something lies over the room, its own cursor is not shown.
    let typing = table::types_entry(model);
    cursor.filter(|_| typing || model.overlays.iter().all(|overlay| matches!(overlay, Overlay::List(_))))
}

/// Draws with the entry line as it stands.
fn with_entry_line<T>(model: &Model, paint: &Paint<'_>, draw: impl FnOnce(&EntryLine<'_>) -> T) -> T {
    let line = &model.line;
    let typing = table::types_entry(model);
    let stamp = line.stamp(model.around.now, &model.words);
    let understood = line.parsed.as_ref().map_or_else(Vec::new, understood);
    let mut preview: Vec<String> = line
        .parsed
        .as_ref()
        .map_or_else(Vec::new, |parsed| entry::preview(parsed).iter().map(|piece| paint.say(piece)).collect());
    let entries = model.outbox.entries().count();
    if entries > 0 {
        let unsent = || paint.say(&Phrase::new("status-unsent").with("count", entries));
        preview.push(if waits(model) { unsent() } else { paint.tell("line-saving").into_owned() });
    } else if line.saved {
        preview.push(paint.tell("line-saved").into_owned());
    }
    let offered = line.completion.as_ref().filter(|_| typing);
    let completions: Vec<(String, String)> = offered.map_or_else(Vec::new, |completion| {
        completion.candidates.iter().map(|candidate| (candidate.trim_end().to_owned(), String::new())).collect()
    });
    let invitation = match (model.around.read_only, typing) {
        (true, _) if model.around.reading_door => paint.tell("line-looks-on-door"),
        (true, _) => {
            let room = model.view.as_ref().map_or("", |view| view.room.id.as_str());
            paint.say(&Phrase::new("line-looks-on").with("room", room)).into()
        }
        (false, true) => paint.tell("line-invitation-here"),
        (false, false) => paint.tell("line-invitation"),
    };
    let who = model.around.me.as_ref().filter(|me| me.sure != Assurance::Verified);
    let who = who.map(|me| format!("{}{}", me.mark(), room::draw::first_name(&me.name)));
    draw(&EntryLine {
        stamp: &stamp,
        who: who.as_deref(),
        text: line.input.value(),
        cursor: typing.then(|| line.input.cursor()),
        understood: &understood,
        preview: &preview,
        invitation: &invitation,
        completions: &completions,
        chosen: offered.map_or(0, |completion| completion.at),
    })
}

/// Whether what is not acknowledged has to wait: the host does not answer, or cannot save.
fn waits(model: &Model) -> bool {
    model.around.connection.away_since().is_some() || model.outbox.holds()
}

fn understood(parsed: &Parsed) -> Vec<(Range<usize>, Role)> {
    let role = |part: &Part| match part {
        Part::Time => Role::Accent,
        Part::Kind => Role::Decision,
        Part::Person => Role::Person,
        Part::Due => Role::Due,
        Part::Track => match parsed.facets.track {
            Some(Track::B) => Role::TrackB,
            _ => Role::TrackA,
        },
        Part::Tag => Role::Tag,
        Part::Escape => Role::Muted,
    };
    parsed.spans.iter().map(|(range, part)| (range.clone(), role(part))).collect()
}
