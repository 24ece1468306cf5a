//! The socket under attack: each attacker is refused with a reason that reaches them, and nobody else notices.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;

use klockslag::client::AskError;
use klockslag::domain::record::Assurance;
use klockslag::wire::frame::{self, LONGEST_ASK};
use klockslag::wire::message::{Answer, Ask, ClientMsg, Failure, Hello, HostMsg, PROTOCOL};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::world::{World, notes};

fn hello(name: &str) -> ClientMsg {
    ClientMsg::Hello(Hello {
        protocol: PROTOCOL,
        version: "0.1.0".into(),
        name: name.into(),
        sure: Assurance::Script,
        screen: false,
        read_only: false,
        takes_over: false,
    })
}

fn connect(socket: &Path) -> UnixStream {
    let stream = UnixStream::connect(socket).expect("connected");
    stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).expect("set");
    stream
}

fn introduced(socket: &Path) -> UnixStream {
    let mut stream = connect(socket);
    frame::write(&mut stream, &hello("Attacker")).expect("said");
    assert!(matches!(frame::read(&mut stream), Ok(Some(HostMsg::Welcome(_)))));
    stream
}

/// Why the host showed this client the door: whatever it said before that is passed over.
fn goodbye(stream: &mut UnixStream) -> String {
    loop {
        match frame::read::<HostMsg>(stream).expect("read") {
            Some(HostMsg::Goodbye { why, again }) => {
                assert_eq!(again, why.key == "goodbye-gave-way", "only who was slow is to come again");
                return why.key.into_owned();
            }
            Some(_) => {}
            None => panic!("the door without a reason"),
        }
    }
}

fn framed(bytes: &[u8]) -> Vec<u8> {
    let mut framed = u32::try_from(bytes.len()).expect("short").to_be_bytes().to_vec();
    framed.extend_from_slice(bytes);
    framed
}

#[test]
fn each_attack_is_answered_with_its_reason_and_logged_and_the_others_go_on() {
    let mut world = super::super::world::World::new();
    world.set("KLOCK_LANG", "en");
    world.open("Card payments down");
    let socket = std::fs::read_to_string(world.data_dir().join("host.socket")).expect("named");
    let socket = Path::new(&socket);
    let future = format!(r#"{{"Hello":{{"protocol":{},"version":"9.0.0","who":{{"name":"Eva"}}}}}}"#, PROTOCOL + 7);
    let past = r#"{"Hello":{"protocol":1,"version":"0.0.1","name":"Old","sure":"claimed","screen":false}}"#;
    let cases: [(&str, bool, Vec<u8>, &str, &str); 9] = [
        ("no frame at all", false, b"GET / HTTP/1.1\r\nHost: klock\r\n\r\n".to_vec(), "goodbye-too-long", "TooLong"),
        ("a gigabyte", false, (1u32 << 30).to_be_bytes().to_vec(), "goodbye-too-long", "TooLong"),
        ("no introduction", false, framed(br#"{"Ask":{"ask":1,"what":"Rooms"}}"#), "goodbye-no-hello", "NoHello"),
        ("from the future", false, framed(future.as_bytes()), "goodbye-newer", "Newer"),
        ("from the past", false, framed(past.as_bytes()), "goodbye-older", "Older"),
        ("a gigabyte, later", true, (1u32 << 30).to_be_bytes().to_vec(), "goodbye-too-long", "TooLong"),
        ("just too long", true, (LONGEST_ASK as u32 + 1).to_be_bytes().to_vec(), "goodbye-too-long", "TooLong"),
        ("no JSON", true, framed(b"\xff\x00\x1b[31m"), "goodbye-garbage", "Garbage"),
        (
            "an unknown word",
            true,
            framed(b"{\"Ask\":{\"ask\":1,\"what\":\"Sing\x1b[2J\"}}"),
            "goodbye-garbage",
            "Garbage",
        ),
    ];
    for (name, is_inside, said, key, _) in &cases {
        let mut stream = connect(socket);
        if *is_inside {
            let version = env!("CARGO_PKG_VERSION").into();
            let ClientMsg::Hello(hello) = hello("Attacker") else { unreachable!("it is one") };
            frame::write(&mut stream, &ClientMsg::Hello(Hello { version, ..hello })).expect("said");
            assert!(matches!(frame::read(&mut stream), Ok(Some(HostMsg::Welcome(_)))), "{name}");
        }
        stream.write_all(said).expect("said");
        assert_eq!(goodbye(&mut stream), *key, "{name}");
        world.klock(["log", name]).ok();
    }
    let timeline = world.klock(["timeline"]).ok();
    let log = std::fs::read_to_string(world.dir().join("home/.local/state/klockslag/host.log")).expect("a log");
    let own = format!("uid={} pid={}", rustix::process::getuid().as_raw(), std::process::id());
    for (name, _, _, _, reason) in &cases {
        assert!(timeline.contains(name), "{name}");
        let is_it =
            |line: &&str| line.contains("WARN") && line.contains(&own) && line.contains(&format!("reason={reason}"));
        assert!(log.lines().any(|line| is_it(&line)), "{name}: {log}");
    }
    assert_eq!(log.matches("a client was refused").count(), cases.len(), "{log}");
    assert!(!log.contains('\x1b'), "what an attacker sent is quoted");
}

#[test]
fn a_client_of_the_future_may_ask_its_own_host_to_finish_and_nothing_that_the_host_does_not_know() {
    let world = World::new();
    let host = world.host();
    let greet = |read_only| {
        let ClientMsg::Hello(hello) = hello("Eva") else { unreachable!("it is one") };
        let mut stream = connect(&world.socket());
        let hello = Hello { protocol: PROTOCOL + 1, version: "9.0.0".into(), read_only, ..hello };
        frame::write(&mut stream, &ClientMsg::Hello(hello)).expect("said");
        stream
    };
    let mut stream = greet(false);
    assert!(matches!(frame::read(&mut stream), Ok(Some(HostMsg::Welcome(_)))));
    stream.write_all(&framed(br#"{"Ask":{"ask":1,"what":"Sing"}}"#)).expect("said");
    assert_eq!(goodbye(&mut stream), "goodbye-newer");
    assert_eq!(goodbye(&mut greet(true)), "goodbye-newer", "who looks on could not ask it to finish");
    let mut stream = greet(false);
    frame::write(&mut stream, &ClientMsg::Ask { ask: 1, what: Ask::StopHost }).expect("said");
    host.wait();
}

#[test]
fn half_a_message_and_silence_hold_nobody_up() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    // One byte of an introduction, and no more.
    let mut slow = connect(&world.socket());
    slow.write_all(&[0]).expect("said");
    let mut half = introduced(&world.socket());
    half.write_all(&framed(br#"{"Ask":{"ask":1,"what":"Rooms"}}"#)[..9]).expect("said");
    let mut gone = introduced(&world.socket());
    gone.write_all(&[0, 0]).expect("said");
    drop(gone);
    let mut anna = world.verb("Anna");
    for n in 0..50 {
        assert!(matches!(anna.ask(world.note(&room, &n.to_string())), Ok(Answer::Recorded { .. })), "{n}");
    }
    assert_eq!(goodbye(&mut slow), "goodbye-no-hello");
    half.write_all(&framed(br#"{"Ask":{"ask":1,"what":"Rooms"}}"#)[9..]).expect("said");
    let answer = frame::read::<HostMsg>(&mut half);
    assert!(matches!(answer, Ok(Some(HostMsg::Answer { ask: 1, .. }))), "the rest came, and counts: {answer:?}");
    host.stop();
}

#[test]
fn a_flood_is_refused_with_a_reason_and_others_write_on() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut flood = introduced(&world.socket());
    let reading = flood.try_clone().expect("cloned");
    let refused = std::thread::spawn(move || {
        let mut reading = reading;
        goodbye(&mut reading)
    });
    let asks: Vec<Ask> = (0..40_000).map(|_| world.note(&room, "flood")).collect();
    let flooding = std::thread::spawn(move || {
        let mut sent = 0;
        for (what, ask) in asks.into_iter().zip(0..) {
            if frame::write(&mut flood, &ClientMsg::Ask { ask, what }).is_err() {
                break;
            }
            sent += 1;
        }
        sent
    });
    let mut anna = world.verb("Anna");
    while !refused.is_finished() {
        assert!(matches!(anna.ask(world.note(&room, "Anna's")), Ok(Answer::Recorded { .. })));
    }
    assert_eq!(refused.join().expect("no panic"), "goodbye-flood");
    assert!(flooding.join().expect("no panic") < 40_000, "it went on");
    let records = world.records(&room);
    assert!(records.len() > 64, "there was a flood");
    host.stop();
}

#[test]
fn a_crowd_at_the_door_gives_way_to_who_says_who_they_are() {
    // No more than one process may let come at once.
    const CROWD: usize = 180;
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).expect("as many files as there may be");
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut crowd: Vec<UnixStream> = (0..CROWD).map(|_| connect(&world.socket())).collect();
    let mut anna = world.verb("Anna");
    assert!(matches!(anna.ask(world.note(&room, "in spite of them")), Ok(Answer::Recorded { .. })));
    // Those who came first gave way, in the order they came, until the rest fits.
    for stream in crowd.iter_mut().take(CROWD - 140) {
        assert_eq!(goodbye(stream), "goodbye-gave-way");
    }
    // And whoever of the last says who they are comes in.
    let mut late = crowd.pop().expect("one");
    frame::write(&mut late, &hello("Late")).expect("said");
    assert!(matches!(frame::read(&mut late), Ok(Some(HostMsg::Welcome(_)))));
    host.stop();
}

#[test]
fn who_comes_again_and_again_stays_outside_and_others_come_in() {
    const TIMES: usize = 800;
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).expect("as many files as there may be");
    let world = super::super::world::World::new();
    world.open("Card payments down");
    let socket = std::fs::read_to_string(world.data_dir().join("host.socket")).expect("named");
    let mut crowd: Vec<UnixStream> = (0..TIMES).map(|_| connect(Path::new(&socket))).collect();
    assert_eq!(goodbye(crowd.last_mut().expect("one")), "goodbye-too-often");
    world.klock(["log", "another process"]).ok();
    assert!(world.klock(["timeline"]).ok().contains("another process"));
    // Who waited comes to the door after all, and in.
    let mut late = connect(Path::new(&socket));
    while matches!(
        frame::write(&mut late, &hello("Late")).and_then(|()| frame::read(&mut late)),
        Ok(Some(HostMsg::Goodbye { .. }))
    ) {
        late = connect(Path::new(&socket));
    }
    frame::write(&mut late, &ClientMsg::Ask { ask: 1, what: Ask::Ping }).expect("said");
    assert!(matches!(frame::read(&mut late), Ok(Some(HostMsg::Answer { ask: 1, .. }))));
}

#[test]
fn who_waits_for_answers_is_never_refused_and_answered_no_faster_than_is_fair() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.verb("Anna");
    let began = std::time::Instant::now();
    for n in 0..60 {
        assert!(matches!(anna.ask(Ask::Fold { room: room.clone() }), Ok(Answer::Fold(_))), "{n}");
    }
    // Less than 40 of them are there at once; the others come 40 a second.
    assert!(began.elapsed() >= std::time::Duration::from_millis(500), "{:?}", began.elapsed());
    host.stop();
}

#[test]
fn a_client_that_asks_and_never_reads_is_dropped() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let long = "x".repeat(200 << 10);
    let mut anna = world.verb("Anna");
    for _ in 0..20 {
        assert!(matches!(anna.ask(world.note(&room, &long)), Ok(Answer::Recorded { .. })));
    }
    let mut deaf = introduced(&world.socket());
    // Some forty times 4 MB of answers; the last of the questions cannot be sent any more.
    let asked = (0..100_000).take_while(|ask| {
        let what = Ask::Records { room: room.clone(), from: 1, limit: 100 };
        frame::write(&mut deaf, &ClientMsg::Ask { ask: *ask, what }).is_ok()
    });
    assert!(asked.count() < 100_000);
    assert!(matches!(anna.ask(Ask::Ping), Ok(Answer::Done)));
    // What was on its way can still be read, and then it ends.
    let mut rest = Vec::new();
    let ended = deaf.read_to_end(&mut rest);
    assert!(ended.is_ok() || ended.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset));
    host.stop();
}

#[test]
fn what_is_too_long_to_be_sent_is_refused_and_the_connection_goes_on() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.verb("Anna");
    let asked = anna.ask(world.note(&room, &"x".repeat(LONGEST_ASK)));
    assert!(
        matches!(&asked, Err(AskError::Failed(Failure::Broken(why))) if why.key == "failure-ask-too-long"),
        "{asked:?}"
    );
    let mut screen = world.screen("Anna");
    let ask = screen.ask(world.note(&room, &"x".repeat(LONGEST_ASK)));
    assert!(matches!(screen.answer(ask), Err(Failure::Broken(why)) if why.key == "failure-ask-too-long"));
    assert!(matches!(anna.ask(world.note(&room, "short")), Ok(Answer::Recorded { .. })));
    screen.record(world.note(&room, "too"));
    assert_eq!(screen.lost, 0);
    assert_eq!(notes(&world.records(&room)), ["short", "too"]);
    host.stop();
}

#[test]
fn many_that_come_at_once_and_say_who_they_are_all_come_in() {
    const MANY: usize = 150;
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).expect("as many files as there may be");
    let world = World::new();
    let host = world.host();
    let mut streams: Vec<UnixStream> = Vec::new();
    for _ in 0..MANY {
        let mut stream = connect(&world.socket());
        frame::write(&mut stream, &hello("Somebody")).expect("said");
        streams.push(stream);
    }
    for (n, stream) in streams.iter_mut().enumerate() {
        assert!(matches!(frame::read(stream), Ok(Some(HostMsg::Welcome(_)))), "number {n}");
    }
    host.stop();
}
