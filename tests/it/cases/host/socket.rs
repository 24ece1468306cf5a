//! Case 05: the socket, or the directory it stands in, is taken away under a living host.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{diagnosis, doctor, set_mode};
use crate::pty::PATIENCE;
use crate::world::World;

/// Where the host listens.
fn socket(world: &World, field: &str) -> PathBuf {
    let status = world.klock(["host", "status", "--json"]).json();
    status[field].as_str().expect("a path").into()
}

fn texts(world: &World) -> Vec<String> {
    let printed = world.klock(["timeline", "--kind", "note", "--json"]).ok();
    let text = |line: &str| {
        let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
        entry["text"].as_str().expect("a text").to_owned()
    };
    printed.lines().map(text).collect()
}

/// What somebody does to a socket; `run` is the runtime directory.
type Harm = fn(run: &Path, socket: &Path);

const HARMS: [(&str, Harm); 7] = [
    ("the runtime directory is emptied", |run, _| {
        fs::remove_dir_all(run).expect("removed");
        fs::create_dir(run).expect("made");
        set_mode(run, 0o700);
    }),
    ("the runtime directory is gone for good", |run, _| fs::remove_dir_all(run).expect("removed")),
    ("the socket is gone", |_, socket| fs::remove_file(socket).expect("removed")),
    ("its directory is moved away", |_, socket| {
        let dir = socket.parent().expect("a directory");
        fs::rename(dir, dir.with_extension("moved")).expect("moved");
    }),
    ("a file stands in its place", |_, socket| {
        fs::remove_file(socket).expect("removed");
        fs::write(socket, "").expect("written");
    }),
    ("a directory stands in its place", |_, socket| {
        fs::remove_file(socket).expect("removed");
        fs::create_dir(socket).expect("made");
        fs::write(socket.join("x"), "").expect("written");
    }),
    ("others may write in its directory", |_, socket| {
        set_mode(socket.parent().expect("a directory"), 0o777);
        fs::remove_file(socket).expect("removed");
    }),
];

#[test]
fn a_host_whose_socket_is_taken_away_is_found_again() {
    for (what, harm) in HARMS {
        let world = World::new();
        world.open("Card payments down");
        let pid = world.host_pid();
        harm(&world.dir().join("run"), &socket(&world, "socket"));
        world.klock(["log", "back at work"]).ok();
        assert_eq!(world.host_pid(), pid, "{what}: the same host, with nobody else in its place");
        assert_eq!(texts(&world), ["back at work"], "{what}");
        let run = doctor(&world);
        assert_eq!(diagnosis(&run, "host")[0].0, "ok", "{what}: {}", run.out);
        assert!(world.klock(["status", "--tmux"]).ok().contains("2026-001"), "{what}");
        world.klock(["host", "stop"]).ok();
    }
}

#[test]
fn the_socket_for_reading_is_made_again_as_well() {
    let world = World::new();
    world.open("Card payments down");
    let reading = socket(&world, "read_socket");
    fs::remove_file(&reading).expect("removed");
    let deadline = Instant::now() + PATIENCE;
    while !reading.exists() {
        assert!(Instant::now() < deadline, "it was not made again");
        std::thread::sleep(Duration::from_millis(10));
    }
    let way = format!("unix://{}", reading.display());
    assert!(world.klock(["--host", &way, "rooms"]).ok().contains("Card payments down"));
    assert!(world.klock(["--host", &way, "log", "no"]).fails(1).contains("looks on"));
}

#[test]
fn a_screen_keeps_its_connection_while_the_socket_is_gone() {
    let world = World::new();
    let room = world.open("Card payments down");
    let mut hand = crate::hand::Hand::sit_down(&world, &["join", &room], (100, 30));
    hand.terminal.wait_for("Card payments down");
    fs::remove_dir_all(world.dir().join("run")).expect("removed");
    world.klock(["log", "from a script"]).ok();
    hand.terminal.wait_for("from a script");
    assert!(!hand.terminal.text().contains("reconnecting"), "{}", hand.terminal.text());
}

/// A process that holds a data directory, has named a socket, and does not listen: as a host that cannot make its socket again.
struct Deaf(Child);

impl Deaf {
    fn start(world: &World) -> Self {
        let data = world.data_dir();
        fs::create_dir_all(&data).expect("made");
        set_mode(&data, 0o700);
        let program = world.dir().join("klock");
        fs::copy("/bin/sleep", &program).expect("sleep is installed");
        let lock = File::create(data.join("lock")).expect("made");
        lock.lock().expect("locked");
        let child = Command::new(program).arg("600").stdin(Stdio::from(lock)).spawn().expect("started");
        fs::write(data.join("lock"), format!("{}\n", child.id())).expect("written");
        fs::write(data.join("host.socket"), world.dir().join("run/gone.sock").as_os_str().as_encoded_bytes())
            .expect("written");
        Deaf(child)
    }
}

impl Drop for Deaf {
    fn drop(&mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("waited");
    }
}

#[test]
fn a_host_that_cannot_be_reached_is_named_with_the_way_to_end_it() {
    let world = World::new();
    let deaf = Deaf::start(&world);
    let pid = deaf.0.id().to_string();
    let names = |said: &str| said.contains(&format!("Process {pid}")) && said.contains(&format!("kill {pid}"));
    for verb in [&["rooms"][..], &["host", "status"], &["host", "stop"], &["log", "-r", "2026-001", "x"]] {
        let began = Instant::now();
        let said = world.klock(verb).fails(4);
        assert!(names(&said), "{verb:?}: {said}");
        assert!(began.elapsed() < Duration::from_secs(4), "{verb:?} took {:?}", began.elapsed());
    }
    let run = doctor(&world);
    assert_eq!(run.code, Some(1));
    let host = diagnosis(&run, "host");
    assert!(host.iter().any(|(state, what)| state == "fail" && names(what)), "{host:?}");
    assert!(world.klock(["status", "--tmux"]).ok().contains("the host does not answer"));
    drop(deaf);
    world.open("Card payments down");
}

#[test]
fn verbs_end_soon_with_4_when_the_host_is_stopped_or_not_there() {
    let mut world = World::new();
    world.open("Card payments down");
    let pid = world.host_pid();
    crate::freeze::freeze(pid);
    for verb in [&["rooms"][..], &["log", "x"], &["status"], &["timeline"], &["host", "status"]] {
        let began = Instant::now();
        let said = world.klock(verb).fails(4);
        assert!(said.contains(&format!("kill -CONT {}", pid.as_raw_nonzero())), "{verb:?}: {said}");
        assert!(began.elapsed() < Duration::from_secs(4), "{verb:?} took {:?}", began.elapsed());
    }
    assert!(world.klock(["status", "--tmux"]).ok().contains("the host does not answer"));
    crate::freeze::thaw(pid);
    world.klock(["log", "it goes on"]).ok();
    let nobody = format!("unix://{}", world.dir().join("run/none.sock").display());
    world.set("KLOCK_HOST", &nobody);
    for verb in [&["rooms"][..], &["log", "x"]] {
        let began = Instant::now();
        assert!(world.klock(verb).fails(4).contains("No host answers"), "{verb:?}");
        assert!(began.elapsed() < Duration::from_secs(4), "{verb:?} took {:?}", began.elapsed());
    }
    assert_eq!(world.klock(["status", "--tmux"]).ok(), "");
    world.unset("KLOCK_HOST");
}
