//! Connections break and hosts finish; what was asked is answered all the same, and done once.

use klockslag::client::{Options, Own, Reach};
use klockslag::wire::message::{Answer, Ask};

use super::proxy::Proxy;
use super::world::{World, notes};

#[test]
fn a_note_whose_answer_was_lost_is_sent_again_and_recorded_once() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let proxy = Proxy::start(world.data_dir().join("proxy.sock"), &world.socket());
    let nowhere = world.data_dir().join("nothing");
    let reach = Reach::Own(Own { socket: proxy.socket.clone(), data_dir: nowhere, ..world.own() });
    let through = Options { reach, ..world.client_options("Anna") };
    let mut anna = super::world::Screen::start(through);
    anna.enter(&room);
    let mut olle = world.screen("Olle");
    olle.enter(&room);
    anna.wait_until("Olle", |screen| screen.people.len() == 2);

    proxy.lose_answers();
    let ask = anna.ask(world.note(&room, "said once"));
    olle.wait_until("the note", |screen| screen.notes() == ["said once"]);
    olle.ask(world.note(&room, "meanwhile"));
    olle.wait_until("the second note", |screen| screen.notes().len() == 2);
    proxy.break_off();

    let Ok(Answer::Recorded { records }) = anna.answer(ask) else { panic!("not recorded") };
    assert_eq!(notes(&records), ["said once"]);
    anna.wait_until("what was missed", |screen| screen.notes() == ["said once", "meanwhile"]);
    assert_eq!(anna.connected, 2);
    assert_eq!(notes(&world.records(&room)), ["said once", "meanwhile"]);
    assert_eq!(anna.room.as_ref().map(|room| room.seq), olle.room.as_ref().map(|room| room.seq));
    host.stop();
}

#[test]
fn what_is_asked_while_there_is_no_host_waits_for_the_next_one() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.screen("Anna");
    anna.enter(&room);
    host.stop();
    anna.wait_until("the loss", |screen| screen.lost == 1);
    let ask = anna.ask(world.note(&room, "typed in the dark"));
    let host = world.host();
    assert!(matches!(anna.answer(ask), Ok(Answer::Recorded { .. })));
    anna.wait_until("the note", |screen| screen.notes() == ["typed in the dark"]);
    anna.wait_until("herself", |screen| screen.people == ["Anna"]);
    host.stop();
}

#[test]
fn a_verb_that_is_asked_twice_opens_one_room() {
    let world = World::new();
    let host = world.host();
    let declaration = world.declaration("Mail is down");
    let Ok(Answer::Opened { room }) = world.verb("Anna").ask(declaration.clone()) else { panic!("not opened") };
    host.stop();
    let host = world.host();
    let again = world.verb("Anna").ask(declaration);
    assert!(matches!(again, Ok(Answer::Opened { room: same }) if same == room));
    let Ok(Answer::Rooms(rooms)) = world.verb("Anna").ask(Ask::Rooms) else { panic!("no rooms") };
    assert_eq!(rooms.len(), 1);
    host.stop();
}
