//! Connections break and hosts finish; what was asked is answered all the same, and done once.

use klockslag::client::blocking::BlockingClient;
use klockslag::client::{AskError, ClientOptions, ConnectError, HostTarget, LocalHost};
use klockslag::domain::id::RoomId;
use klockslag::domain::time::Moment;
use klockslag::wire::frame::{LONGEST_FRAME, MOST_UNANSWERED};
use klockslag::wire::message::{Answer, Ask, Draft, Failure, Writing};

use super::proxy::Proxy;
use super::puppet::{self, Stage};
use super::world::{NOON, Screen, World, notes, set_mode};

#[test]
fn a_note_whose_answer_was_lost_is_sent_again_and_recorded_once() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let proxy = Proxy::start(world.data_dir().join("proxy.sock"), &world.socket());
    let nowhere = world.data_dir().join("nothing");
    let target = HostTarget::Local(LocalHost { socket: proxy.socket.clone(), data_dir: nowhere, ..world.own() });
    let through = ClientOptions { target, ..world.client_options("Anna") };
    let mut anna = Screen::start_in(through, &room);
    let mut olle = world.screen_in("Olle", &room);
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

/// Anna's screen in a room whose host is gone.
fn anna_without_host(world: &World) -> (Screen, RoomId) {
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.screen_in("Anna", &room);
    host.stop();
    anna.wait_until("the loss", |screen| screen.lost == 1);
    (anna, room)
}

#[test]
fn what_is_asked_while_there_is_no_host_waits_for_the_next_one() {
    let world = World::new();
    let (mut anna, room) = anna_without_host(&world);
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

#[test]
fn a_screen_comes_back_under_its_new_name_and_with_what_it_was_writing() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.screen_in("Anna", &room);
    let mut olle = world.screen_in("Olle", &room);
    let ask = anna.ask(Ask::TypeAs { name: "Eva".into() });
    assert!(matches!(anna.answer(ask), Ok(Answer::You(me)) if me.name == "Eva"));
    anna.rename("Eva");
    let why = Writing::Answer { question: "why".into() };
    for what in [Some(Writing::Entry), Some(why.clone())] {
        anna.ask(Ask::Writing { room: room.clone(), what });
    }
    let is_told = |screen: &Screen| {
        let of_eva = screen.people.iter().position(|name| name == "Eva").and_then(|place| screen.writing.get(place));
        screen.people.len() == 2 && of_eva == Some(&Some(why.clone()))
    };
    olle.wait_until("what Eva writes", is_told);
    host.stop();
    olle.wait_until("the loss", |screen| screen.lost == 1);
    let host = world.host();
    olle.wait_until("the host", |screen| screen.connected == 2);
    olle.wait_until("Eva and what she writes, again", is_told);
    host.stop();
}

#[test]
fn what_is_too_long_to_be_sent_is_refused_and_holds_up_nothing() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let long = "x".repeat(LONGEST_FRAME);
    let mut anna = world.screen_in("Anna", &room);
    let asks = [anna.ask(world.note(&room, &long)), anna.ask(world.note(&room, "short"))];
    assert!(matches!(anna.answer(asks[0]), Err(Failure::Broken(why)) if why.key == "failure-ask-too-long"));
    assert!(matches!(anna.answer(asks[1]), Ok(Answer::Recorded { .. })));
    assert_eq!(anna.lost, 0);
    let refused = world.verb("Olle").ask(world.note(&room, &long));
    let Err(AskError::Failed(Failure::Broken(why))) = refused else { panic!("{refused:?}") };
    assert_eq!(why.key, "failure-ask-too-long");
    host.stop();
}

#[test]
fn a_groups_host_is_reached_by_its_socket_where_only_its_owner_may_write_and_is_never_started() {
    let world = World::new();
    let at_socket = || ClientOptions {
        target: HostTarget::Socket(world.socket()),
        patience: std::time::Duration::ZERO,
        ..world.client_options("Olle")
    };
    assert!(matches!(BlockingClient::connect(at_socket()), Err(ConnectError::NobodyThere { .. })));
    let host = world.host();
    let mut client = BlockingClient::connect(at_socket()).expect("connected");
    assert!(matches!(client.ask(Ask::HostStatus), Ok(Answer::Host(_))));
    let dir = world.socket().parent().expect("a directory").to_owned();
    set_mode(&dir, 0o770);
    let Err(error @ ConnectError::OpenPlace { .. }) = BlockingClient::connect(at_socket()) else { panic!("trusted") };
    assert!(!error.may_pass());
    host.stop();
}

#[test]
fn who_types_for_hours_while_there_is_no_host_is_not_turned_away_for_it() {
    let world = World::new();
    let (mut anna, room) = anna_without_host(&world);
    let began_at = Moment::parse(NOON).expect("a time");
    let keep = |slot: &str, second: usize| {
        let draft = Draft { room: room.clone(), slot: slot.into(), began_at, text: format!("as of second {second}") };
        anna.ask(Ask::KeepDraft { draft })
    };
    let (mut last, mut seen) = (0, 0);
    for second in 0..=MOST_UNANSWERED {
        keep("entry", second);
        last = keep("answer:why", second);
        seen = anna.ask(Ask::Seen { room: room.clone(), seq: 1 });
    }
    let host = world.host();
    for ask in [last, seen] {
        assert_eq!(anna.answer(ask), Ok(Answer::Done));
    }
    assert!(!anna.dismissed);
    drop(anna);
    let mut anna = world.screen("Anna");
    let ask = anna.ask(Ask::Attach { room, after: None, entries: 1 });
    let Ok(Answer::Attached { drafts, .. }) = anna.answer(ask) else { panic!("not attached") };
    let mut kept: Vec<String> = drafts.into_iter().map(|draft| format!("{}: {}", draft.slot, draft.text)).collect();
    kept.sort();
    assert_eq!(kept, ["answer:why", "entry"].map(|slot| format!("{slot}: as of second {MOST_UNANSWERED}")));
    host.stop();
}

/// What `verb` comes to, which must not take for ever.
fn in_time<T: Send + 'static>(verb: impl FnOnce() -> T + Send + 'static) -> T {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || tell.send(verb()));
    told.recv_timeout(std::time::Duration::from_secs(30)).expect("it waits for ever")
}

/// A verb of somebody who has no patience, at a host that plays `part`.
fn verb_at_puppet(world: &World, part: impl Fn(usize, Stage) + Clone + Send + 'static) -> BlockingClient {
    puppet::play(&world.socket(), part);
    let options = ClientOptions { patience: std::time::Duration::ZERO, ..world.client_options("Anna") };
    BlockingClient::connect(options).expect("welcomed")
}

#[test]
fn a_host_that_gets_stuck_in_the_middle_of_an_answer_keeps_no_verb_waiting_for_ever() {
    let world = World::new();
    let mut verb = verb_at_puppet(&world, |nth, mut stage| {
        let ask = stage.asked().expect("a question");
        if nth == 1 {
            stage.begin_to_answer(ask);
        } else {
            stage.done(ask);
        }
        stage.fall_silent();
    });
    let (first, second) = in_time(move || (verb.ask(Ask::Ping), verb.ask(Ask::Ping)));
    assert!(matches!(first, Err(AskError::Unanswered { changes: false, .. })), "{first:?}");
    assert!(matches!(second, Ok(Answer::Done)), "the rest of the first answer is not taken for the second: {second:?}");
}

#[test]
fn a_host_that_dies_long_after_it_was_asked_is_asked_again_all_the_same() {
    let world = World::new();
    let mut verb = verb_at_puppet(&world, |nth, mut stage| {
        let ask = stage.asked().expect("a question");
        if nth > 1 {
            stage.done(ask);
            stage.fall_silent();
        }
    });
    let answer = in_time(move || verb.ask(Ask::Ping));
    assert!(matches!(answer, Ok(Answer::Done)), "{answer:?}");
}
