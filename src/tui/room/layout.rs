//! Where everything in the room stands, at each breadth. Pure: an area and a view in, rectangles out.

use ratatui::layout::Rect;

use crate::domain::time::Moment;
use crate::tui::action_items;
use crate::tui::app::environment::Breadth;
use crate::tui::room::pane::Pane;
use crate::tui::room::state::RoomView;
use crate::tui::widgets::panel::Edges;

/// A pane and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PanePlace {
    pub pane: Pane,
    pub area: Rect,
    pub edges: Edges,
    /// Its title row offers the other panes that could stand here.
    pub tabs: bool,
}

/// Where everything stands. What has no room has no height.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomPlan {
    pub breadth: Breadth,
    pub header: Rect,
    /// One row, or two where there is room for the clocks and the facts.
    pub clock: Rect,
    pub panes: Vec<PanePlace>,
    pub entry: Rect,
    pub hint: Rect,
}

/// From this height on the clock bar has a row of its own for the facts.
const TALL: u16 = 30;

/// The panes that share a place at `breadth`.
pub fn tabs(breadth: Breadth) -> &'static [Pane] {
    match breadth {
        Breadth::Small => &Pane::ALL,
        Breadth::Wide | Breadth::Medium => &[Pane::Questions, Pane::Checklist, Pane::Actions],
    }
}

/// Lays the room out on `area`.
pub fn plan(area: Rect, view: &RoomView, now: Moment) -> RoomPlan {
    let breadth = Breadth::of(area.width, area.height);
    let mut rest = area;
    // What matters most is taken first: the entry line, the clock, the header, a pane, the hints.
    let rows = area.height;
    let entry = take_bottom(&mut rest, 1);
    let hint = if rows >= 8 { take_bottom_above(&mut rest, entry) } else { Rect { height: 0, ..entry } };
    let (entry, hint) = if hint.height > 0 { (hint, entry) } else { (entry, hint) };
    let clock_rows = match breadth {
        Breadth::Wide if rows >= TALL => 2,
        _ => u16::from(rows >= 2),
    };
    let header = take_top(&mut rest, u16::from(rows >= 3));
    let clock = take_top(&mut rest, clock_rows);
    let panes = place_panes(rest, breadth, view, now);
    RoomPlan { breadth, header, clock, panes, entry, hint }
}

fn take_top(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    let taken = Rect { height: rows, ..*rest };
    *rest = Rect { y: rest.y + rows, height: rest.height - rows, ..*rest };
    taken
}

fn take_bottom(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    rest.height -= rows;
    Rect { y: rest.bottom(), height: rows, ..*rest }
}

/// The row above `below`.
fn take_bottom_above(rest: &mut Rect, below: Rect) -> Rect {
    let row = take_bottom(rest, 1);
    Rect { width: below.width, ..row }
}

fn place_panes(area: Rect, breadth: Breadth, view: &RoomView, now: Moment) -> Vec<PanePlace> {
    if area.height < 2 || area.width < 4 {
        return Vec::new();
    }
    let alone = |edges| vec![PanePlace { pane: view.focus, area, edges, tabs: true }];
    match breadth {
        Breadth::Small => alone(Edges::Rule),
        _ if view.zoomed => vec![PanePlace { pane: view.focus, area, edges: Edges::Box, tabs: false }],
        Breadth::Medium => {
            let left = Rect { width: area.width / 2, ..area };
            let pane = if view.focus == Pane::Timeline { view.tab } else { view.focus };
            vec![
                PanePlace { pane, area: left, edges: Edges::Box, tabs: true },
                PanePlace { pane: Pane::Timeline, area: beside(area, left), edges: Edges::Box, tabs: false },
            ]
        }
        Breadth::Wide => {
            let left = Rect { width: (area.width * 47 / 100).min(72), ..area };
            let heights = split(area.height, view, now);
            let mut places = Vec::with_capacity(4);
            let mut y = area.y;
            let list =
                [(Pane::Questions, Edges::First), (Pane::Checklist, Edges::Middle), (Pane::Actions, Edges::Last)];
            for ((pane, edges), height) in list.into_iter().zip(heights) {
                places.push(PanePlace { pane, area: Rect { y, height, ..left }, edges, tabs: false });
                y += height;
            }
            places.push(PanePlace { pane: Pane::Timeline, area: beside(area, left), edges: Edges::Box, tabs: false });
            places
        }
    }
}

fn beside(area: Rect, left: Rect) -> Rect {
    Rect { x: left.right(), width: area.width - left.width, ..area }
}

/// How the rows at the left are shared by questions, checklist and actions, frames included. The questions get two rows
/// each when there is room, the actions what they need up to a third, the checklist the rest.
fn split(rows: u16, view: &RoomView, now: Moment) -> [u16; 3] {
    let questions = view.room.routine.as_deref().map_or(1, |routine| clamp(routine.questions.len())).max(1);
    let plans = clamp(action_items::draw::plan_rows(view));
    let open = clamp(view.rows(Pane::Actions, now).len());
    // The three title rows and the bottom edge.
    let room = rows.saturating_sub(4);
    let actions = (open + plans).clamp(2, (room / 4).max(2));
    let rest = room.saturating_sub(actions);
    let questions = if rest >= questions * 2 + 5 { questions * 2 } else { questions.min(rest * 3 / 5).max(1) };
    let checklist = rest.saturating_sub(questions);
    [questions + 1, checklist + 1, rows.saturating_sub(questions + checklist + 2)]
}

fn clamp(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX).min(1000)
}
