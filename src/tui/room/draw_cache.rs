//! What was drawn last and from what: while nothing of that changes, it is copied instead of drawn again.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Lang;
use crate::domain::record::Author;
use crate::domain::timeline::Filter;
use crate::domain::zone::Zone;
use crate::tui::app::environment::Environment;
use crate::tui::app::pending::TypedText;
use crate::tui::room::pane::Pane;
use crate::tui::room::scene::RoomScene;
use crate::tui::room::state::{RoomView, RowId};
use crate::tui::theme::{Paint, Theme};
use crate::tui::timeline::window::{TimelineWindow, place_of};
use crate::wire::message::{Place, Presence};

/// The rows above the entry line as they were drawn last. They belong to the drawing, not to the model.
#[derive(Debug, Default)]
pub struct DrawCache {
    held: Option<(Key, Buffer)>,
}

/// Everything that the rows above the entry line are drawn from. A room is known by the last record it folded, a time by its
/// second: nothing on the screen is finer.
#[derive(Debug, PartialEq)]
struct Key {
    area: Rect,
    /// The rows above the entry line.
    height: u16,
    /// The size of the terminal, which says how much of a heading is shown.
    size: (u16, u16),
    second: i64,
    offset: i32,
    zone: Zone,
    lang: Lang,
    theme: Theme,
    room: (RoomId, Seq),
    people: Vec<Presence>,
    me: Option<Author>,
    unsent: Vec<TypedText>,
    focus: Pane,
    tab: Pane,
    zoomed: bool,
    typing: bool,
    selected: BTreeMap<Pane, RowId>,
    window: WindowKey,
}

/// What is drawn of the window of the timeline. Its entries change only with a record, or with a page at one of its ends.
#[derive(Debug, PartialEq)]
struct WindowKey {
    entries: usize,
    oldest: Option<Place>,
    newest: Option<Place>,
    has_older: bool,
    has_newer: bool,
    fetching: bool,
    cursor: Option<Place>,
    until: Option<Place>,
    seen: Seq,
    filter: Filter,
}

impl Key {
    /// Names every field of what the room is drawn from. A field that is added there is an error here until somebody has said
    /// whether the rows above the entry line show it.
    fn of(area: Rect, height: u16, scene: &RoomScene<'_>, paint: &Paint<'_>) -> Self {
        // The hints stand below the entry line. What waits is asked for by `unsent`, which reads the connection.
        let RoomScene { view, environment, entry, hints: _, pending: _ } = scene;
        let RoomView {
            room,
            people,
            window,
            focus,
            tab,
            zoomed,
            selected,
            last_own: _,
            found_drafts: _,
            told_writing: _,
        } = view;
        // The line of status below the entry line shows connection, health, alarms and toast.
        let Environment {
            columns,
            rows,
            now,
            zone,
            connection: _,
            me,
            read_only: _,
            reading_door: _,
            health: _,
            screen: _,
            rooms: _,
            alarms: _,
            toast: _,
        } = environment;
        Key {
            area,
            height,
            size: (*columns, *rows),
            second: now.millis().div_euclid(1000),
            offset: now.datetime().offset().local_minus_utc(),
            zone: zone.clone(),
            lang: paint.lang(),
            theme: paint.theme.clone(),
            room: (room.id.clone(), room.seq),
            people: people.clone(),
            me: me.clone(),
            unsent: scene.unsent().into_iter().cloned().collect(),
            focus: *focus,
            tab: *tab,
            zoomed: *zoomed,
            typing: entry.cursor.is_some(),
            selected: selected.clone(),
            window: WindowKey::of(window),
        }
    }
}

impl WindowKey {
    fn of(window: &TimelineWindow) -> Self {
        let TimelineWindow { entries, has_older, has_newer, fetching, refilled_from: _, cursor, until, filter, seen } =
            window;
        WindowKey {
            entries: entries.len(),
            oldest: entries.first().map(place_of),
            newest: entries.last().map(place_of),
            has_older: *has_older,
            has_newer: *has_newer,
            fetching: *fetching,
            cursor: *cursor,
            until: *until,
            seen: *seen,
            filter: filter.clone(),
        }
    }
}

impl DrawCache {
    /// Puts the rows of `area` above row `below` on `buf`: as they were drawn last when nothing has changed, drawn again by
    /// `draw` otherwise.
    pub fn draw(
        &mut self,
        buf: &mut Buffer,
        area: Rect,
        below: u16,
        scene: &RoomScene<'_>,
        paint: &Paint<'_>,
        draw: impl FnOnce(&mut Buffer),
    ) {
        let upper = Rect { height: below.saturating_sub(area.y), ..area };
        let key = Key::of(area, upper.height, scene, paint);
        if let Some((_, held)) = self.held.as_ref().filter(|(known, _)| *known == key) {
            copy(held, buf, upper);
            return;
        }
        draw(buf);
        // The place of the last one is taken: a new one a second would be mapped, and given back, page by page.
        let last = self.held.take().map(|(_, held)| held).filter(|held| held.area == upper);
        let mut held = last.unwrap_or_else(|| Buffer::empty(upper));
        copy(buf, &mut held, upper);
        self.held = Some((key, held));
    }
}

/// Copies the cells of `area`, which lies in both buffers.
fn copy(from: &Buffer, to: &mut Buffer, area: Rect) {
    let width = usize::from(area.width);
    for y in area.top()..area.bottom() {
        let (source, target) = (from.index_of(area.x, y), to.index_of(area.x, y));
        to.content[target..target + width].clone_from_slice(&from.content[source..source + width]);
    }
}
