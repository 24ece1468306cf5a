//! Those who look on: they see everything, change nothing, and leave no trace in the record.

use std::path::PathBuf;

use klockslag::client::blocking::BlockingClient;
use klockslag::client::{ClientOptions, HostTarget};
use klockslag::domain::event::Event;
use klockslag::domain::id::RoomId;
use klockslag::domain::time::Moment;
use klockslag::wire::message::{Answer, Ask, Draft, Failure, Presence, Writing};
use klockslag::wire::place;

use super::world::{NOON, Screen, World, notes};

/// The socket of `world` that only allows reading, as the host named it.
fn reading_door(world: &World) -> PathBuf {
    let named = std::fs::read_to_string(world.data_dir().join(place::READ_SOCKET_NAME_FILE)).expect("it is named");
    named.into()
}

/// Somebody who knows the socket and nothing else.
fn through(world: &World, socket: PathBuf) -> ClientOptions {
    ClientOptions { target: HostTarget::Socket(socket), ..world.client_options("Visitor") }
}

fn changes(world: &World, room: &RoomId) -> Vec<Ask> {
    let began_at = Moment::parse(NOON).expect("a time");
    let draft = Draft { room: room.clone(), slot: "entry".into(), began_at, text: "mine".into() };
    vec![
        world.note(room, "from outside"),
        world.declaration("Another"),
        Ask::OpenDemo { id: world.id() },
        Ask::KeepDraft { draft },
        Ask::Seen { room: room.clone(), seq: 1 },
        Ask::Writing { room: room.clone(), what: Some(Writing::Entry) },
        Ask::TypeAs { name: "Anna".into() },
        Ask::StopHost,
    ]
}

fn people(world: &World, room: &RoomId) -> Vec<Presence> {
    match world.verb("Anna").ask(Ask::Attach { room: room.clone(), after: None, entries: 1 }) {
        Ok(Answer::Attached { people, .. }) => people,
        other => panic!("not attached: {other:?}"),
    }
}

#[test]
fn who_looks_on_sees_everything_and_is_refused_every_change_whichever_way_they_came() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.screen_in("Anna", &room);
    let before = world.records(&room).len();
    for (way, options, refused) in [
        ("by their own word", ClientOptions { read_only: true, ..world.client_options("Visitor") }, "refuse-read-only"),
        ("by the door", through(&world, reading_door(&world)), "refuse-reading-door"),
    ] {
        let mut verb = BlockingClient::connect(options.clone()).expect("connected");
        assert!(verb.welcome().read_only, "{way}");
        for ask in changes(&world, &room) {
            let answer = verb.ask(ask.clone());
            let Err(klockslag::client::AskError::Failed(Failure::Refused(refusal))) = answer else {
                panic!("{way}: {ask:?} came to {answer:?}")
            };
            assert_eq!(refusal.0.key, refused, "{way}: {ask:?}");
        }
        let mut visitor = Screen::start_in(options, &room);
        anna.wait_until("the visitor", |screen| screen.people == ["Anna", "Visitor"]);
        let seen: Vec<bool> = people(&world, &room).iter().map(|present| present.read_only).collect();
        assert_eq!(seen, [false, true], "{way}: shown as one who looks on");
        anna.record(world.note(&room, way));
        visitor.wait_until("the note", |screen| screen.notes().last().is_some_and(|last| last == way));
        drop(visitor);
        anna.wait_until("the visitor to be gone", |screen| screen.people == ["Anna"]);
    }
    let records = world.records(&room);
    assert_eq!(notes(&records), ["by their own word", "by the door"]);
    assert_eq!(records.len(), before + 2, "looking on is not recorded: {records:?}");
    assert!(!records.iter().any(|record| matches!(record.event, Event::Joined { .. })));
    assert_eq!(
        world.verb("Anna").ask(Ask::Rooms).map(|rooms| format!("{rooms:?}").contains("Another")).ok(),
        Some(false)
    );
    host.stop();
    assert!(!place::read_socket_path(&world.socket()).expect("a path").exists(), "the door is taken away");
}

#[test]
fn the_door_for_reading_is_the_owners_alone_unless_the_host_is_shared() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new();
    let host = world.host();
    let socket = reading_door(&world);
    assert_eq!(socket.parent(), world.socket().parent());
    let mode = std::fs::metadata(&socket).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    host.stop();
}

#[test]
fn who_types_must_have_a_name() {
    let world = World::new();
    let host = world.host();
    let mut anna = world.verb("Anna");
    for blank in ["", "  \t", "\u{a0}"] {
        let answer = anna.ask(Ask::TypeAs { name: blank.into() });
        assert!(
            matches!(&answer, Err(klockslag::client::AskError::Failed(Failure::Refused(why))) if why.0.key == "refuse-no-name"),
            "{blank:?}: {answer:?}"
        );
    }
    let Ok(Answer::You(author)) = anna.ask(Ask::TypeAs { name: " Olle ".into() }) else { panic!("refused") };
    assert_eq!(author.signed(), "~Olle");
    host.stop();
}
