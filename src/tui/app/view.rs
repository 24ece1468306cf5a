//! `view(&Model, &mut DrawCache, &mut Frame)`: the screen of the moment, the banner of another room's clock, the overlays on top.
//! It only reads the model; the cache holds what was drawn before, which is copied where nothing changed.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::alarms::banner;
use crate::tui::app::environment::Screen;
use crate::tui::app::model::Model;
use crate::tui::command::{hints, modes};
use crate::tui::entry_line::view::with_entry_line;
use crate::tui::overlay::state::Overlay;
use crate::tui::room::draw_cache::DrawCache;
use crate::tui::room::scene;
use crate::tui::room::state::RoomView;
use crate::tui::theme::Paint;
use crate::tui::{lobby, log_screen, overlay, room};

/// Draws everything.
pub fn view(model: &Model, cache: &mut DrawCache, frame: &mut Frame<'_>) {
    let area = frame.area();
    if let Some(cursor) = draw(model, cache, frame.buffer_mut(), area) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws everything on `area` of `buf` and says where the cursor stands.
pub fn draw(model: &Model, cache: &mut DrawCache, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let paint = Paint { theme: &model.theme, words: &model.words, now: model.environment.now };
    let hints = hints::hints(model);
    let mut cursor = match model.room_view() {
        _ if model.log_screen.is_some() && model.environment.screen == Screen::Room => {
            with_entry_line(model, &paint, |entry| log_screen::draw::draw(buf, area, model, entry, &hints, &paint))
        }
        Some(view) => draw_room(model, view, cache, buf, area, &hints, &paint),
        None => {
            lobby::draw::draw(buf, area, &lobby_scene(model, &hints), &paint);
            None
        }
    };
    for overlay in &model.overlays {
        let over = overlay::draw::draw(buf, area, overlay, model, &paint);
        if !modes::types_entry(model) {
            cursor = over;
        }
    }
    if model.log_screen.is_some() {
        return cursor;
    }
    banner::draw(buf, area, model, &hints::first_key_of(model, "alarm.go"), &paint);
    cursor
}

fn lobby_scene<'a>(model: &'a Model, hints: &'a [(String, String)]) -> lobby::draw::LobbyScene<'a> {
    lobby::draw::LobbyScene {
        environment: &model.environment,
        rooms: lobby::actions::shown(model),
        selected: lobby::actions::selected(model),
        shows_past: model.shows_past,
        keys: lobby::draw::LobbyKeys {
            declare: hints::first_key_of(model, "lobby.declare"),
            demo: hints::first_key_of(model, "lobby.demo"),
            past: hints::first_key_of(model, "lobby.past"),
        },
        hints,
    }
}

fn draw_room(
    model: &Model,
    view: &RoomView,
    cache: &mut DrawCache,
    buf: &mut Buffer,
    area: Rect,
    hints: &[(String, String)],
    paint: &Paint<'_>,
) -> Option<Position> {
    let cursor = with_entry_line(model, paint, |entry| {
        let scene = scene::RoomScene { view, environment: &model.environment, entry, hints, pending: &model.pending };
        room::draw::draw_with(buf, area, &scene, paint, cache)
    });
    // While something lies over the room, its own cursor is not shown.
    let typing = modes::types_entry(model);
    cursor.filter(|_| typing || model.overlays.iter().all(|overlay| matches!(overlay, Overlay::List(_))))
}
