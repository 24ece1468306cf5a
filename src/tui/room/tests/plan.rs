//! Nothing on the screen overlaps or lies outside, at any size.

use super::*;
use crate::tui::room::layout::plan;
use crate::tui::room::tests::fixture::{at, busy};

#[test]
fn places_are_inside_and_apart() {
    let mut view = busy().view();
    for focus in Pane::ALL {
        view.focus = focus;
        for zoomed in [false, true] {
            view.zoomed = zoomed;
            for (columns, rows) in (1..=140).flat_map(|columns| (1..=50).map(move |rows| (columns, rows))) {
                let area = Rect::new(0, 0, columns, rows);
                let plan = plan(area, &view, at("14:47:10"));
                let mut all = vec![plan.header, plan.clock, plan.entry, plan.hint];
                all.extend(plan.panes.iter().map(|place| place.area));
                all.retain(|place| !place.is_empty());
                for (nth, place) in all.iter().enumerate() {
                    assert_eq!(area.intersection(*place), *place, "{columns}×{rows}: {place} is outside");
                    for other in &all[nth + 1..] {
                        assert!(!place.intersects(*other), "{columns}×{rows}: {place} and {other} overlap");
                    }
                }
                assert_eq!(plan.entry.height, 1, "{columns}×{rows}: the entry line is always there");
                let shown = plan.panes.is_empty() || plan.panes.iter().any(|place| place.pane == focus);
                assert!(shown, "{columns}×{rows}: the pane that has the keys is not shown");
            }
        }
    }
}

#[test]
fn every_pane_of_a_wide_screen_has_rows() {
    let view = busy().view();
    for rows in 24..=60 {
        let plan = plan(Rect::new(0, 0, 120, rows), &view, at("14:47:10"));
        assert_eq!(plan.panes.len(), 4);
        for place in &plan.panes {
            let inner = crate::tui::widgets::panel::inside(place.area, place.edges);
            assert!(inner.height >= 2, "{rows} rows leave {} to {:?}", inner.height, place.pane);
        }
    }
}
