//! Times on the screen: of many pasted lines, and corrected ones.

use super::{Screen, start};
use crate::domain::event::Event;
use crate::domain::intent::Intent;
use crate::domain::record::Record;

fn last(screen: &Screen) -> Record {
    screen.host.rooms.values().next().expect("a room").1.last().expect("a record").clone()
}

#[test]
fn a_paste_of_a_log_stands_at_its_times() {
    let mut screen = Screen::in_room(120, 40);
    // Case 08.
    screen.paste("[14:05:12] <eva> looking\n- 14:06 restarted\nno time at all\n13:04 IST which");
    screen.says("2 of 4 lines have no time that was understood: they stand at 14:47.");
    screen.keys("2");
    let room = &screen.host.rooms.values().next().expect("a room").1;
    let taken: Vec<(String, String)> = room[room.len() - 4..]
        .iter()
        .map(|record| match &record.event {
            Event::NoteTaken { text, .. } => (record.at.hms(), text.raw().to_owned()),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        ("14:05:12", "<eva> looking"),
        ("14:06:00", "restarted"),
        ("14:47:02", "no time at all"),
        ("14:47:02", "13:04 IST which"),
    ];
    assert_eq!(taken, expected.map(|(at, text)| (at.to_owned(), text.to_owned())));
}

#[test]
fn a_time_ahead_is_previewed_as_it_is_recorded() {
    // Finding A3, and case 04.
    let mut screen = Screen::in_room(120, 40);
    screen.keys("n15:10 vendor calls back").says("note · due 15:10 · 15:10 has not come yet · y 15:10 for yesterday");
    screen.keys("<enter>");
    let record = last(&screen);
    assert_eq!(record.at, start());
    let Event::NoteTaken { text, facets, action, .. } = &record.event else { panic!("{record:?}") };
    assert_eq!(
        (text.raw(), facets.due.map(|due| due.hms()), *action),
        ("15:10 vendor calls back", Some("15:10:00".to_owned()), Some(1))
    );
    screen.keys("1:04 PM errors").says("note · at 13:04 (1 h 43 m ago)").keys("<enter>");
    assert_eq!(last(&screen).at.hm(), "13:04");
    screen.keys("13:04 IST errors").says("the zone IST can be several: not taken as the time · write +01:00");
}

/// The times and numbers of the entries on the screen, in its order.
fn shown(screen: &Screen) -> Vec<(String, u64)> {
    let entries = &screen.model.view.as_ref().expect("a room").window.entries;
    entries.iter().map(|entry| (entry.at.hm(), entry.seq)).collect()
}

#[test]
fn an_entry_gets_another_time_in_the_form_that_amends_it() {
    // Case 23.
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nfirst<enter>").pass(1).keys("second<enter><esc>");
    let last = last(&screen).seq;
    screen.keys("3ee").says("Amend the entry");
    screen.keys("<tab>14:05<c-s>");
    screen.says("moved from 14:48").says("second").says("moved to 14:05");
    let at = shown(&screen).iter().position(|(_, seq)| *seq == last).expect("it is shown");
    assert_eq!(shown(&screen)[at].0, "14:05");
    assert!(shown(&screen).is_sorted(), "{:?}", shown(&screen));
    // The cursor went with it, and what is shown in full says where it stood.
    screen.keys("<enter>").says("Stood at 14:48").says("before its time was corrected");
}

#[test]
fn an_entry_that_is_not_at_hand_is_fetched_when_it_moves_here() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nfirst<enter><esc>");
    let target = last(&screen).seq;
    screen.model.view.as_mut().expect("a room").window.entries.retain(|entry| entry.seq != target);
    let at = Some(start().plus_minutes(-3));
    let said =
        screen.host.other("eva", &Intent::AmendEntry { target, text: Default::default(), at }, start().plus_minutes(1));
    screen.send(said);
    assert!(shown(&screen).contains(&("14:44".to_owned(), target)), "{:?}", shown(&screen));
}
