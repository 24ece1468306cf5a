//! The host as a process of its own: started by whoever comes first, killed, and short of disk.

use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use klockslag::client::blocking::BlockingClient;
use klockslag::client::reconnecting::{ReconnectingClient, Update};
use klockslag::client::{AskError, ClientOptions, ConnectError, HostTarget, LocalHost};
use klockslag::domain::id::RoomId;
use klockslag::domain::phrase::Phrase;
use klockslag::domain::time::Moment;
use klockslag::wire::message::{Answer, Ask, Draft, Failure};
use rustix::process::{Pid, Resource, Signal};

use super::world::{NOON, Screen, World, notes, set_mode};
use crate::freeze::{freeze, thaw};

const KLOCK: &str = env!("CARGO_BIN_EXE_klock");

/// A world whose hosts are processes. Whatever host is left when it goes is asked to finish.
struct Town {
    world: World,
    exe: PathBuf,
}

impl Town {
    fn new() -> Self {
        Town { world: World::new(), exe: KLOCK.into() }
    }

    fn options(&self, name: &str) -> ClientOptions {
        let own = |dir: &str| self.world.data_dir().join(dir).into_os_string();
        let spawn_env = [
            ("HOME", own("home")),
            ("XDG_STATE_HOME", own("state")),
            ("KLOCK_CONFIG_DIR", own("config")),
            ("KLOCK_CLOCK_FILE", self.world.clock_file().into()),
            ("KLOCK_LANG", "en".into()),
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere".into()),
        ];
        let spawn_env = spawn_env.into_iter().map(|(name, value)| (name.into(), value)).collect();
        let target = HostTarget::Local(LocalHost { exe: Some(self.exe.clone()), spawn_env, ..self.world.own() });
        ClientOptions { target, ..self.world.client_options(name) }
    }

    fn verb(&self, name: &str) -> BlockingClient {
        BlockingClient::connect(self.options(name)).expect("connected")
    }

    /// Anna, who has opened a room: by a verb, and with the room on her screen.
    fn anna_in_room(&self) -> (BlockingClient, Screen, RoomId) {
        let mut verb = self.verb("Anna");
        let room = match verb.ask(self.world.declaration("Mail is down")) {
            Ok(Answer::Opened { room }) => room,
            other => panic!("not opened: {other:?}"),
        };
        let screen = Screen::start_in(self.options("Anna"), &room);
        (verb, screen, room)
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        let present = ClientOptions { patience: std::time::Duration::ZERO, ..self.world.client_options("test") };
        if let Ok(mut client) = BlockingClient::connect(present) {
            // It may have been finishing anyway.
            let _ = client.ask(Ask::StopHost);
            client.for_each(drop);
        }
    }
}

#[test]
fn clients_that_start_at_once_find_one_host() {
    let town = Town::new();
    let all = Arc::new(Barrier::new(6));
    let clients: Vec<_> = (0..6)
        .map(|n| {
            let (options, all) = (town.options(&format!("client {n}")), Arc::clone(&all));
            std::thread::spawn(move || {
                all.wait();
                BlockingClient::connect(options).expect("connected")
            })
        })
        .collect();
    let clients: Vec<BlockingClient> = clients.into_iter().map(|client| client.join().expect("no panic")).collect();
    let pids: Vec<u32> = clients.iter().map(|client| client.welcome().pid).collect();
    assert!(pids.iter().all(|pid| *pid == pids[0]), "{pids:?}");
    assert_ne!(pids[0], std::process::id());
}

#[test]
fn a_host_that_is_killed_is_started_again_by_the_screen_that_misses_it() {
    let town = Town::new();
    let (mut verb, mut anna, room) = town.anna_in_room();
    anna.record(town.world.note(&room, "before"));

    let pid = Pid::from_raw(verb.welcome().pid.try_into().expect("a pid")).expect("a pid");
    rustix::process::kill_process(pid, Signal::KILL).expect("killed");
    anna.record(town.world.note(&room, "after"));
    anna.wait_until("both notes", |screen| screen.notes() == ["before", "after"]);
    let Ok(Answer::Records(records)) = verb.ask(Ask::Records { room, from: 1, limit: 100 }) else { panic!("unread") };
    assert_eq!(notes(&records), ["before", "after"]);
    assert_ne!(verb.welcome().pid, pid.as_raw_nonzero().get().cast_unsigned());
}

/// The process of the host that `client` is connected to.
fn host_of(client: &BlockingClient) -> Pid {
    Pid::from_raw(client.welcome().pid.try_into().expect("a pid")).expect("a pid")
}

#[test]
fn a_host_that_is_stopped_is_waited_for_and_nobody_takes_its_place() {
    let town = Town::new();
    let (mut verb, mut anna, room) = town.anna_in_room();
    let host = host_of(&verb);

    freeze(host);
    let ask = anna.ask(town.world.note(&room, "typed while it was stopped"));
    anna.wait_until("the silence", |screen| screen.silent == 1);

    let newcomer = BlockingClient::connect(town.options("Olle"));
    let Err(error @ ConnectError::Unanswered { .. }) = newcomer else { panic!("connected to a stopped host") };
    assert_eq!(error.phrase(), Phrase::new("connect-stopped").with("pid", host.as_raw_nonzero().to_string()));
    let mut hasty = verb.ask(town.world.note(&room, "sent while it was stopped"));
    assert!(matches!(hasty, Err(AskError::Unanswered { changes: true, .. })), "{hasty:?}");
    assert_eq!((anna.lost, anna.heard), (0, 0), "the screen keeps its connection");

    thaw(host);
    assert!(matches!(anna.answer(ask), Ok(Answer::Recorded { .. })));
    anna.wait_until("its voice", |screen| screen.heard == 1);
    anna.wait_until("both notes", |screen| screen.notes().len() == 2);
    assert_eq!((anna.lost, anna.connected, anna.silent), (0, 1, 1));
    hasty = verb.ask(Ask::HostStatus);
    let Ok(Answer::Host(status)) = hasty else { panic!("{hasty:?}") };
    assert_eq!(status.pid, host.as_raw_nonzero().get().cast_unsigned(), "the same host, all the time");
    let mut notes = anna.notes();
    notes.sort();
    assert_eq!(notes, ["sent while it was stopped", "typed while it was stopped"], "what was sent is done at last");
}

#[test]
fn who_types_for_long_while_the_host_is_stopped_is_not_turned_away_when_it_goes_on() {
    let town = Town::new();
    let (verb, mut anna, room) = town.anna_in_room();
    let host = host_of(&verb);
    freeze(host);
    let began_at = Moment::parse(NOON).expect("a time");
    let text = "x".repeat(20 << 10);
    let keep = |second: usize| {
        let draft = Draft { room: room.clone(), slot: "entry".into(), began_at, text: format!("{second} {text}") };
        anna.ask(Ask::KeepDraft { draft })
    };
    // A quarter of an hour, and twice as many bytes as may wait.
    let last = (0..900).fold(0, |_, second| keep(second));
    thaw(host);
    assert_eq!(anna.answer(last), Ok(Answer::Done));
    assert_eq!((anna.lost, anna.dismissed), (0, false));
}

#[test]
fn many_screens_that_lose_their_host_start_one_and_are_back_within_a_second() {
    const SCREENS: usize = 10;
    const KILLS: usize = 20;
    let mut town = Town::new();
    let starts = town.world.data_dir().join("starts");
    let counting = town.world.data_dir().join("counting");
    std::fs::create_dir_all(town.world.data_dir()).expect("made");
    let script = format!("#!/bin/sh\necho $$ >> '{}'\nexec '{KLOCK}' \"$@\"\n", starts.display());
    std::fs::write(&counting, script).expect("written");
    set_mode(&counting, 0o700);
    town.exe = counting;

    let (tell, told) = channel();
    let links: Vec<ReconnectingClient> = (0..SCREENS)
        .map(|n| {
            let tell = tell.clone();
            let tell = move |update| match update {
                Update::Connected(welcome) => drop(tell.send((n, welcome.pid, Instant::now()))),
                Update::Dismissed { why } => panic!("dismissed: {}", why.key),
                _ => {}
            };
            ReconnectingClient::start(town.options(&format!("screen {n}")), tell).expect("a link")
        })
        .collect();
    let mut took: Vec<Duration> = Vec::new();
    let mut killed: Option<(u32, Instant)> = None;
    for _ in 0..=KILLS {
        let mut back = std::collections::BTreeMap::new();
        while back.len() < SCREENS {
            let (screen, pid, at) = told.recv_timeout(Duration::from_secs(60)).expect("every screen comes back");
            if killed.is_none_or(|(old, _)| old != pid) {
                back.insert(screen, (pid, at));
            }
        }
        let pids: std::collections::BTreeSet<u32> = back.values().map(|(pid, _)| *pid).collect();
        assert_eq!(pids.len(), 1, "one host for all");
        if let Some((_, since)) = killed {
            took.extend(back.values().map(|(_, at)| at.duration_since(since)));
        }
        let pid = *pids.first().expect("a host");
        killed = Some((pid, Instant::now()));
        let host = Pid::from_raw(pid.try_into().expect("a pid")).expect("a pid");
        rustix::process::kill_process(host, Signal::KILL).expect("killed");
    }
    drop(links);
    took.sort();
    let started = std::fs::read_to_string(&starts).expect("a list").lines().count();
    let (half, most) = (took[took.len() / 2], took[took.len() * 99 / 100]);
    println!("{KILLS} kills, {SCREENS} screens: back after p50 {half:?}, p99 {most:?}; {started} hosts were started");
    assert!(half < Duration::from_secs(1), "half of the screens were away for {half:?}");
    // Only a machine so busy that a starter takes more than a second may start a second one.
    assert!(started <= 3 * KILLS, "{started} hosts were started after {KILLS} kills");
}

#[test]
fn what_the_disk_does_not_take_is_not_acknowledged_and_saving_resumes_by_itself() {
    let mut town = Town::new();
    // A limit on the length of files stands for a full disk: it needs no rights to set and none to lift.
    let script = town.world.data_dir().join("short-of-disk");
    std::fs::create_dir_all(town.world.data_dir()).expect("made");
    std::fs::write(&script, format!("#!/bin/sh\ntrap '' XFSZ\nulimit -S -f 2048\nexec '{KLOCK}' \"$@\"\n"))
        .expect("written");
    set_mode(&script, 0o700);
    town.exe = script;

    let (mut verb, mut anna, room) = town.anna_in_room();
    let long = "x".repeat(200 << 10);
    let mut saved = Vec::new();
    let refused = loop {
        let text = format!("{} {long}", saved.len());
        let note = town.world.note(&room, &text);
        let ask = anna.ask(note.clone());
        match anna.answer(ask) {
            Ok(Answer::Recorded { .. }) => saved.push(text),
            Err(Failure::CannotSave(_)) => break (note, text),
            other => panic!("{other:?}"),
        }
        assert!(saved.len() < 100, "the limit does not hold");
    };
    anna.wait_until("the alarm", |screen| screen.alarms > 0);
    let Ok(Answer::Records(records)) = verb.ask(Ask::Records { room: room.clone(), from: 1, limit: 100 }) else {
        panic!("reading stopped too")
    };
    assert_eq!(notes(&records), saved);

    let pid = Pid::from_raw(verb.welcome().pid.try_into().expect("a pid")).expect("a pid");
    let unlimited = rustix::process::Rlimit { current: None, maximum: None };
    rustix::process::prlimit(Some(pid), Resource::Fsize, unlimited).expect("lifted");
    let (note, text) = refused;
    let ask = anna.ask(note);
    assert!(matches!(anna.answer(ask), Ok(Answer::Recorded { .. })), "the same intent, now saved");
    saved.push(text);
    anna.wait_until("the all-clear", |screen| screen.health.cannot_save.is_none());
    let Ok(Answer::Records(records)) = verb.ask(Ask::Records { room, from: 1, limit: 100 }) else { panic!("unread") };
    assert_eq!(notes(&records), saved);
}
