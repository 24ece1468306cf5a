//! What was drawn last and from what: while nothing of that changes, it is copied instead of drawn again.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Lang;
use crate::domain::record::Author;
use crate::domain::time::Moment;
use crate::domain::timeline::{Entry, Filter};
use crate::domain::zone::Zone;
use crate::tui::app::pending::TypedText;
use crate::tui::room::pane::Pane;
use crate::tui::room::scene::RoomScene;
use crate::tui::room::state::RowId;
use crate::tui::theme::{Paint, Theme};
use crate::wire::message::Presence;

/// The rows above the entry line as they were drawn last. Belongs to whoever draws, not to the model.
#[derive(Debug, Default)]
pub struct DrawCache {
    held: Option<(Key, Buffer)>,
}

/// Everything that the rows above the entry line are drawn from. A room is told by the last record it folded, a time by
/// its second: nothing on the screen is finer.
#[derive(Debug, PartialEq)]
struct Key {
    area: Rect,
    rows: u16,
    second: i64,
    offset: i32,
    zone: Zone,
    lang: Lang,
    theme: Theme,
    room: RoomId,
    seq: Seq,
    here: Vec<Presence>,
    me: Option<Author>,
    unsent: Vec<TypedText>,
    focus: Pane,
    tab: Pane,
    zoomed: bool,
    typing: bool,
    selected: BTreeMap<Pane, RowId>,
    entries: usize,
    oldest: Option<(Moment, Seq)>,
    newest: Option<(Moment, Seq)>,
    more: (bool, bool, bool),
    cursor: Option<(Moment, Seq)>,
    seen: Seq,
    filter: Filter,
}

impl Key {
    fn of(area: Rect, rows: u16, scene: &RoomScene<'_>, paint: &Paint<'_>) -> Self {
        let view = scene.view;
        let window = &view.window;
        let place = |entry: &Entry| (entry.at, entry.seq);
        let now = scene.environment.now;
        Key {
            area,
            rows,
            second: now.millis().div_euclid(1000),
            offset: now.datetime().offset().local_minus_utc(),
            zone: scene.environment.zone.clone(),
            lang: paint.lang(),
            theme: paint.theme.clone(),
            room: view.room.id.clone(),
            seq: view.room.seq,
            here: view.people.clone(),
            me: scene.environment.me.clone(),
            unsent: scene.unsent().into_iter().cloned().collect(),
            focus: view.focus,
            tab: view.tab,
            zoomed: view.zoomed,
            typing: scene.entry.cursor.is_some(),
            selected: view.selected.clone(),
            entries: window.entries.len(),
            oldest: window.entries.first().map(place),
            newest: window.entries.last().map(place),
            more: (window.has_older, window.has_newer, window.fetching),
            cursor: window.cursor.map(|cursor| (cursor.at, cursor.seq)),
            seen: window.seen,
            filter: window.filter.clone(),
        }
    }
}

impl DrawCache {
    /// Puts the rows of `area` above row `below` on `buf`: as they were drawn last when nothing has changed, drawn anew by
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
