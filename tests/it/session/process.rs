//! The host as a process of its own: started by whoever comes first, killed, and short of disk.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::{Arc, Barrier};

use klockslag::client::blocking::Client;
use klockslag::client::{Options, Own, Reach};
use klockslag::wire::message::{Answer, Ask, Failure};
use rustix::process::{Pid, Resource, Signal};

use super::world::{Screen, World, notes};

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

    fn options(&self, name: &str) -> Options {
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
        let reach = Reach::Own(Own { exe: Some(self.exe.clone()), spawn_env, ..self.world.own() });
        Options { reach, ..self.world.client_options(name) }
    }

    fn verb(&self, name: &str) -> Client {
        Client::connect(self.options(name)).expect("connected")
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        let present = Options { patience: std::time::Duration::ZERO, ..self.world.client_options("test") };
        if let Ok(mut client) = Client::connect(present) {
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
                Client::connect(options).expect("connected")
            })
        })
        .collect();
    let clients: Vec<Client> = clients.into_iter().map(|client| client.join().expect("no panic")).collect();
    let pids: Vec<u32> = clients.iter().map(|client| client.welcome().pid).collect();
    assert!(pids.iter().all(|pid| *pid == pids[0]), "{pids:?}");
    assert_ne!(pids[0], std::process::id());
}

#[test]
fn a_host_that_is_killed_is_started_again_by_the_screen_that_misses_it() {
    let town = Town::new();
    let mut verb = town.verb("Anna");
    let Ok(Answer::Opened { room }) = verb.ask(town.world.declaration("Mail is down")) else { panic!("not opened") };
    let mut anna = Screen::start(town.options("Anna"));
    anna.enter(&room);
    let ask = anna.ask(town.world.note(&room, "before"));
    assert!(matches!(anna.answer(ask), Ok(Answer::Recorded { .. })));

    let pid = Pid::from_raw(verb.welcome().pid.try_into().expect("a pid")).expect("a pid");
    rustix::process::kill_process(pid, Signal::KILL).expect("killed");
    let ask = anna.ask(town.world.note(&room, "after"));
    assert!(matches!(anna.answer(ask), Ok(Answer::Recorded { .. })));
    anna.wait_until("both notes", |screen| screen.notes() == ["before", "after"]);
    let Ok(Answer::Records(records)) = verb.ask(Ask::Records { room, from: 1, limit: 100 }) else { panic!("unread") };
    assert_eq!(notes(&records), ["before", "after"]);
    assert_ne!(verb.welcome().pid, pid.as_raw_nonzero().get().cast_unsigned());
}

#[test]
fn what_the_disk_does_not_take_is_not_acknowledged_and_saving_resumes_by_itself() {
    let mut town = Town::new();
    // A limit on the length of files stands for a full disk: it needs no rights to set and none to lift.
    let script = town.world.data_dir().join("short-of-disk");
    std::fs::create_dir_all(town.world.data_dir()).expect("made");
    std::fs::write(&script, format!("#!/bin/sh\ntrap '' XFSZ\nulimit -S -f 2048\nexec '{KLOCK}' \"$@\"\n"))
        .expect("written");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).expect("made a program");
    town.exe = script;

    let mut verb = town.verb("Anna");
    let Ok(Answer::Opened { room }) = verb.ask(town.world.declaration("Mail is down")) else { panic!("not opened") };
    let mut anna = Screen::start(town.options("Anna"));
    anna.enter(&room);
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
