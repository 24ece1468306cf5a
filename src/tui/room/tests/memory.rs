//! What is remembered is never shown in place of what has changed.

use super::*;
use crate::domain::event::Event;
use crate::tui::room::draw_cache::DrawCache;
use crate::tui::room::state::RowId;
use crate::tui::room::tests::fixture::{at, busy, environment, stockholm};

#[test]
fn a_remembered_screen_equals_a_fresh_one_after_every_change() {
    let mut log = busy();
    let mut view = log.view();
    let (words, swedish) = (Words::new(Lang::En, stockholm()), Words::new(Lang::Sv, stockholm()));
    let (theme, plain) = (dark(), Theme::plain());
    let mut cache = DrawCache::default();
    let mut pictures = Vec::new();
    let mut pending = PendingIntents::default();
    for step in 0..17 {
        let (mut size, mut now, mut paint) =
            ((120, 40), at("14:47:10"), Paint { theme: &theme, words: &words, now: at("14:47:10") });
        let mut text = "d:";
        match step {
            1 => text = "d: f",
            2 => now = at("14:47:11"),
            3 => size = (100, 30),
            4 => paint.theme = &plain,
            5 => paint.words = &swedish,
            6 => view.focus = Pane::Actions,
            7 => drop(view.selected.insert(Pane::Actions, RowId::Action(2))),
            8 => view.zoomed = true,
            9 => view.zoomed = false,
            10 => {
                let raised = Event::ObstacleRaised { no: 2, text: "No parking".into() };
                log.note("14:47:00", "Anna Lind", raised);
                view.room = log.view().room;
            }
            11 => view.window = log.view().window,
            12 => view.window.seen = 5,
            13 => view.window.filter.text = "site".into(),
            14 => view.people.truncate(1),
            15 => view.window.fetching = true,
            16 => hold_entry(&mut pending, &view, "site B answers"),
            _ => {}
        }
        paint.now = now;
        let environment = environment(size.0, size.1, now);
        let hints = hints(Lang::En);
        let cursor = (step > 0).then_some(text.len());
        let entry = EntryLineView { text, cursor, ..EntryLineView::default() };
        let scene =
            RoomScene { view: &view, environment: &environment, entry: &entry, hints: &hints, pending: &pending };
        let area = Rect::new(0, 0, size.0, size.1);
        let (mut fresh, mut first, mut again) = (Buffer::empty(area), Buffer::empty(area), Buffer::empty(area));
        let cursor = draw(&mut fresh, area, &scene, &paint);
        assert_eq!(draw_with(&mut first, area, &scene, &paint, &mut cache), cursor);
        assert_eq!(draw_with(&mut again, area, &scene, &paint, &mut cache), cursor);
        assert!(fresh == first, "step {step}: what was drawn anew differs");
        assert!(fresh == again, "step {step}: what was remembered differs");
        pictures.push(fresh);
    }
    let distinct = (1..pictures.len()).filter(|nth| pictures[*nth] != pictures[nth - 1]).count();
    assert!(distinct >= 14, "the steps change too little to prove anything: {distinct}");
}
