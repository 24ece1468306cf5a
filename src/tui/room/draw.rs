//! The room: header, clock bar, panes, entry line and hint line, in the breadth that the terminal allows.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::environment::Breadth;
use crate::tui::clocks::bar;
use crate::tui::people::here;
use crate::tui::room::draw_cache::DrawCache;
use crate::tui::room::layout::{self, RoomPlan};
use crate::tui::room::pane::Pane;
use crate::tui::room::scene::RoomScene;
use crate::tui::room::{header, status};
use crate::tui::theme::{Paint, Role};
use crate::tui::timeline::{heading, unsent};
use crate::tui::widgets::panel::{self, Edges, Panel, Title};
use crate::tui::{action_items, checklist, entry_line, questions, timeline};

/// Draws the room as [`draw`] does, taking what has not changed since the last time from the cache: while somebody types, that
/// is everything above the entry line.
pub fn draw_with(
    buf: &mut Buffer,
    area: Rect,
    scene: &RoomScene<'_>,
    paint: &Paint<'_>,
    cache: &mut DrawCache,
) -> Option<Position> {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return None;
    }
    let plan = layout::plan(area, scene.view, scene.environment.now);
    cache.draw(buf, area, plan.entry.y, scene, paint, |buf| draw_upper(buf, area, &plan, scene, paint));
    draw_lower(buf, area, &plan, scene, paint)
}

/// Draws the room on `area` and returns where the cursor stands, when it stands anywhere.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &RoomScene<'_>, paint: &Paint<'_>) -> Option<Position> {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return None;
    }
    let plan = layout::plan(area, scene.view, scene.environment.now);
    draw_upper(buf, area, &plan, scene, paint);
    draw_lower(buf, area, &plan, scene, paint)
}

/// What stands above the entry line.
fn draw_upper(buf: &mut Buffer, area: Rect, plan: &RoomPlan, scene: &RoomScene<'_>, paint: &Paint<'_>) {
    buf.set_style(Rect { height: plan.entry.y - area.y, ..area }, paint.style(Role::Text));
    header::draw(buf, plan.header, scene.view, scene.environment, paint);
    bar::draw(buf, plan.clock, scene.view, scene.environment, paint);
    for place in &plan.panes {
        draw_pane(buf, place, plan.breadth, scene, paint);
    }
    if let Some(last) = plan.panes.iter().rfind(|place| place.edges == Edges::Box) {
        let edge = Rect { y: last.area.bottom().saturating_sub(1), height: 1, ..area };
        here::draw(buf, edge, scene.view, scene.environment, paint);
    }
}

/// The entry line and what stands below it, and the completions over the rest.
fn draw_lower(
    buf: &mut Buffer,
    area: Rect,
    plan: &RoomPlan,
    scene: &RoomScene<'_>,
    paint: &Paint<'_>,
) -> Option<Position> {
    let lower = Rect { y: plan.entry.y, height: area.bottom() - plan.entry.y, ..area };
    buf.set_style(lower, paint.style(Role::Text));
    let cursor = entry_line::draw::draw(buf, plan.entry, scene.entry, paint);
    status::draw(buf, plan.hint, scene, plan.breadth, paint);
    if let Some(cursor) = cursor {
        entry_line::draw::draw_completions(buf, plan.entry, cursor.x, scene.entry, paint);
    }
    cursor
}

fn draw_pane(buf: &mut Buffer, place: &layout::PanePlace, breadth: Breadth, scene: &RoomScene<'_>, paint: &Paint<'_>) {
    let RoomScene { view, environment, entry, .. } = *scene;
    let pane = place.pane;
    let focused = view.focus == pane && entry.cursor.is_none();
    let tabs: &[Pane] = match (pane, place.tabs) {
        (_, false) => std::slice::from_ref(&place.pane),
        (_, true) => layout::tabs(breadth),
    };
    let titles: Vec<Title<'_>> = tabs
        .iter()
        .map(|tab| {
            let text = format!("{} {}", number(*tab), paint.tell(pane_key(*tab)));
            Title { text: text.into(), shown: *tab == pane }
        })
        .collect();
    let note = match pane {
        Pane::Questions => questions::draw::note(view, environment.now, paint),
        Pane::Checklist => checklist::draw::note(view, environment.now, paint),
        Pane::Actions => action_items::draw::note(view, environment.now, paint),
        Pane::Timeline => heading::note(view, paint),
    };
    let inner =
        panel::draw(buf, place.area, &Panel { edges: place.edges, titles: &titles, note: &note, focused }, paint);
    let inner = if place.edges == Edges::Rule { inner } else { margin(inner) };
    match pane {
        Pane::Questions => questions::draw::draw(buf, inner, view, environment, focused, paint),
        Pane::Checklist => checklist::draw::draw(buf, inner, view, environment.now, focused, paint),
        Pane::Actions => action_items::draw::draw(buf, inner, view, environment.now, focused, paint),
        Pane::Timeline => {
            let rest = unsent::draw(buf, inner, &scene.unsent(), paint);
            timeline::draw::draw(buf, rest, view, environment.now, focused, paint);
        }
    }
}

/// One column of air at the left when there is room for it.
fn margin(area: Rect) -> Rect {
    if area.width > 24 { Rect { x: area.x + 1, width: area.width - 1, ..area } } else { area }
}

/// The number by which a key chooses the pane.
fn number(pane: Pane) -> usize {
    Pane::ALL.iter().position(|known| *known == pane).map_or(0, |at| at + 1)
}

fn pane_key(pane: Pane) -> &'static str {
    match pane {
        Pane::Questions => "pane-questions",
        Pane::Checklist => "pane-checklist",
        Pane::Timeline => "pane-timeline",
        Pane::Actions => "pane-actions",
    }
}
