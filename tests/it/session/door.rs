//! Who is let in, who is shown out, and that nobody at the door can hold up the others.

use std::io::Write;
use std::os::unix::net::UnixStream;

use klockslag::client::blocking::BlockingClient;
use klockslag::client::{ClientOptions, HostTarget, LocalHost};
use klockslag::domain::intent::Intent;
use klockslag::domain::record::Assurance;
use klockslag::host;
use klockslag::wire::frame;
use klockslag::wire::message::{Answer, Ask, ClientMsg, Hello, HostMsg, PROTOCOL};

use super::world::{World, notes, set_mode, turned_away};

fn hello(name: &str) -> ClientMsg {
    ClientMsg::Hello(Hello {
        protocol: PROTOCOL,
        version: "0.1.0".into(),
        name: name.into(),
        sure: Assurance::Claimed,
        screen: true,
        read_only: false,
        takes_over: false,
    })
}

#[test]
fn a_client_that_does_not_read_is_dropped_and_nobody_waits_for_it() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.screen_in("Anna", &room);

    let mut frozen = UnixStream::connect(world.socket()).expect("connected");
    frame::write(&mut frozen, &hello("Frozen")).expect("said");
    let attach = Ask::Attach { room: room.clone(), after: None, entries: 1 };
    frame::write(&mut frozen, &ClientMsg::Ask { ask: 1, what: attach }).expect("said");
    anna.wait_until("the frozen one", |screen| screen.people == ["Anna", "Frozen"]);

    let long = "x".repeat(200 << 10);
    for n in 0..60 {
        let ask = anna.ask(world.note(&room, &format!("{n} {long}")));
        assert!(matches!(anna.answer(ask), Ok(Answer::Recorded { .. })), "note {n}");
    }
    anna.wait_until("the frozen one to be gone", |screen| screen.people == ["Anna"]);
    assert_eq!(notes(&world.records(&room)).len(), 60);
    host.stop();
}

#[test]
fn garbage_is_answered_with_a_reason_and_the_door() {
    let world = World::new();
    let host = world.host();
    for (name, said) in [
        ("no hello", &b"\x00\x00\x00\x02{}"[..]),
        ("no json", b"\x00\x00\x00\x04\xff\xff\xff\xff"),
        ("too long", b"\xff\xff\xff\xff"),
    ] {
        let mut stream = UnixStream::connect(world.socket()).expect("connected");
        stream.write_all(said).expect("said");
        let goodbye = frame::read::<HostMsg>(&mut stream).expect("read");
        assert!(matches!(goodbye, Some(HostMsg::Goodbye { again: false, .. })), "{name}: {goodbye:?}");
        assert!(matches!(frame::read::<HostMsg>(&mut stream), Ok(None)), "{name}: not closed");
    }
    let mut stream = UnixStream::connect(world.socket()).expect("connected");
    frame::write(&mut stream, &hello("Anna")).expect("said");
    assert!(matches!(frame::read::<HostMsg>(&mut stream), Ok(Some(HostMsg::Welcome(_)))));
    frame::write(&mut stream, &hello("Anna")).expect("said");
    assert!(matches!(frame::read::<HostMsg>(&mut stream), Ok(Some(HostMsg::Goodbye { .. }))), "a second hello");
    host.stop();
}

#[test]
fn an_older_client_is_told_to_update_and_a_newer_one_replaces_the_host() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let of_version = |version: &str| ClientOptions { version: version.into(), ..world.client_options("Anna") };
    let older = BlockingClient::connect(of_version("0.0.9"));
    assert_eq!(turned_away(older), "goodbye-older");

    // The program it would start does nothing; the test is the new host.
    let newer = ClientOptions {
        target: HostTarget::Local(LocalHost { exe: Some("/bin/true".into()), ..world.own() }),
        ..of_version("0.2.0")
    };
    let connecting = std::thread::spawn(move || BlockingClient::connect(newer));
    host.wait();
    let host = host::start(host::HostOptions { version: "0.2.0".into(), ..world.host_options() }).expect("a host");
    let mut client = connecting.join().expect("no panic").expect("connected");
    assert_eq!(client.welcome().version, "0.2.0");
    assert!(matches!(client.ask(Ask::Fold { room }), Ok(Answer::Fold(_))));
    host.stop();
}

#[test]
fn the_second_host_of_a_directory_does_not_start() {
    let world = World::new();
    let host = world.host();
    let error = host::start(world.host_options()).err().expect("refused");
    assert!(error.is_served(), "{error}");
    assert!(world.is_served(), "the first one serves on");
    host.stop();
}

#[test]
fn a_socket_directory_that_others_may_enter_is_not_used() {
    let world = World::new();
    let dir = world.socket().parent().expect("a directory").to_owned();
    std::fs::create_dir_all(&dir).expect("made");
    set_mode(&dir, 0o755);
    let error = host::start(world.host_options()).err().expect("refused");
    assert!(error.to_string().contains("0700"), "{error}");
}

#[test]
fn whoever_sees_the_connection_end_finds_the_directory_free() {
    let world = World::new();
    let host = world.host();
    let mut client = world.verb("Anna");
    assert!(matches!(client.ask(Ask::StopHost), Ok(Answer::Done)));
    let farewells: Vec<HostMsg> = client.by_ref().collect();
    assert!(matches!(farewells[..], [HostMsg::Goodbye { again: true, .. }]), "{farewells:?}");
    let next = host::start(world.host_options()).expect("the lock is free");
    host.wait();
    assert!(world.is_served(), "the old one took the new one's door");
    next.stop();
    assert!(!world.socket().exists());
}

#[test]
fn a_host_with_nobody_and_nothing_leaves_and_one_with_an_open_incident_stays() {
    let world = World::new();
    let hasty = || host::HostOptions { grace: std::time::Duration::ZERO, ..world.host_options() };
    host::start(hasty()).expect("a host").wait();

    let host = world.host();
    // Of a low priority, so that the routine does not stand in the way of closing it.
    let Ok(Answer::Opened { room }) = world.verb("Anna").ask(world.declaration_of("Slow printer", 3)) else {
        panic!("not opened")
    };
    host.stop();
    let host = host::start(hasty()).expect("a host");
    let mut anna = world.screen_in("Anna", &room);
    for intent in [Intent::Restore { note: "it prints".into() }, Intent::Close { note: "done".into() }] {
        let ask = anna.ask(world.request(&room, intent));
        let answer = anna.answer(ask);
        assert!(matches!(answer, Ok(Answer::Recorded { .. })), "{answer:?}");
    }
    drop(anna);
    host.wait();
}

#[test]
fn a_host_whose_data_was_taken_away_leaves_and_touches_nothing_of_the_next_one() {
    let world = World::new();
    let hasty = || host::HostOptions { grace: std::time::Duration::ZERO, ..world.host_options() };
    let host = world.host();
    let Ok(Answer::Opened { .. }) = world.verb("Anna").ask(world.declaration("Mail is down")) else {
        panic!("not opened")
    };
    host.stop();
    // It would stay for the open incident.
    let host = host::start(hasty()).expect("a host");
    std::fs::rename(world.data_dir(), world.data_dir().with_extension("gone")).expect("moved");
    let next = world.host();
    host.wait();
    assert!(world.is_served(), "it took the new one's door");
    next.stop();
}
