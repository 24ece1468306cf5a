//! Drafts: to whom they are offered, and what is not kept.

use super::*;

#[test]
fn what_is_typed_on_one_screen_is_offered_to_no_other_of_the_same_name_until_it_is_let_go() {
    let mut house = House::new();
    let mut first = house.come(1, "Anna", true);
    let room = house.open(&mut first);
    first.answers();
    let began_at = house.writer.processor.host.started_at;
    let draft = Draft { room: room.clone(), slot: "entry".into(), began_at, text: "half a thought".into() };
    house.ask(&mut first, Ask::KeepDraft { draft });
    let mut second = house.come(2, "Anna", true);
    let mut third = house.come(3, "Anna", true);
    assert_eq!(offered(&mut house, &mut second, &room), 0, "it is being typed");
    house.send.send(WriterCommand::Left { client: 1 }).expect("kept");
    assert_eq!(offered(&mut house, &mut second, &room), 1, "whoever typed it is gone");
    assert_eq!(offered(&mut house, &mut third, &room), 0, "the first that finds it has it");
    assert_eq!(offered(&mut house, &mut second, &room), 1, "to have it is no reason to lose it");
    house.ask(&mut second, Ask::Detach { room: room.clone() });
    assert_eq!(offered(&mut house, &mut third, &room), 1, "what stays behind in a room is found there");
}

fn offered(house: &mut House, guest: &mut Guest, room: &RoomId) -> usize {
    house.ask(guest, Ask::Attach { room: room.clone(), after: None, entries: 1 });
    house.round();
    let answers = guest.answers();
    let Some((_, Ok(Answer::Attached { drafts, .. }))) = answers.last() else { panic!("{answers:?}") };
    drafts.len()
}

#[test]
fn nothing_is_kept_for_a_room_that_there_is_not() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let room = RoomId::of_year(1999, 7);
    let began_at = house.writer.processor.host.started_at;
    let draft = Draft { room: room.clone(), slot: "entry".into(), began_at, text: "x".into() };
    house.ask(&mut anna, Ask::KeepDraft { draft });
    house.ask(&mut anna, Ask::Seen { room: room.clone(), seq: 3 });
    house.round();
    let answers = anna.answers();
    assert!(answers.iter().all(|(_, answer)| *answer == Err(Failure::NoSuchRoom(room.clone()))), "{answers:?}");
    assert_eq!(answers.len(), 2);
    assert_eq!(house.writer.processor.ledger.store.drafts(&room, "1000/Anna"), []);
    assert_eq!(house.writer.processor.ledger.store.seen(&room, "1000/Anna"), 0);
}
