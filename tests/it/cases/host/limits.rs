//! What the system, or a reader that does not read, must not keep a host or a pipe from doing.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use klockslag::client::blocking::BlockingClient;
use klockslag::client::{ClientOptions, ConnectError};
use klockslag::domain::event::{Facets, NoteKind};
use klockslag::domain::id::IntentId;
use klockslag::domain::intent::{Intent, Request};
use klockslag::wire::message::{Answer, Ask};
use rustix::process::Signal;

use crate::pty::{PATIENCE, Terminal};
use crate::world::World;

/// Somebody whose first word is none: the host refuses them and logs it.
fn babble(socket: &str) {
    let mut stream = UnixStream::connect(socket).expect("connected");
    // The host may have closed it before all is written.
    let _ = stream.write_all(b"\0\0\0\x02{}");
    let _ = stream.read_to_end(&mut Vec::new());
}

/// D14: Ctrl+S on the terminal of a host stops what it says there, and nothing else.
#[test]
fn a_host_whose_terminal_is_stopped_serves_and_ends_on_term() {
    let world = World::new();
    let mut terminal = Terminal::start(World::program(), &["host", "run"], world.environment(), (100, 30));
    terminal.wait_for("host pid=");
    terminal.send("\x13");
    let status = world.klock(["host", "status", "--json"]).json();
    let socket = status["socket"].as_str().expect("a path").to_owned();
    // More of what it says than a terminal keeps for a reader.
    (0..20).for_each(|_| babble(&socket));
    world.open("Card payments down");
    world.klock(["log", "while the terminal is stopped"]).ok();
    assert!(world.klock(["timeline"]).ok().contains("while the terminal is stopped"));
    terminal.signal(Signal::TERM);
    // The terminal is still stopped: nobody reads its last words.
    let pid = terminal.pid();
    let deadline = Instant::now() + PATIENCE;
    while std::fs::read(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.windows(4).any(|part| part == b") Z ")) {
        assert!(Instant::now() < deadline, "the host does not end");
        std::thread::yield_now();
    }
}

/// How many entries of `kind` the only room has.
fn count(world: &World, kind: &str) -> usize {
    world.klock(["timeline", "--kind", kind, "--json"]).ok().lines().count()
}

/// Waits until the only room has so many entries of `kind`.
#[track_caller]
fn wait_for_entries(world: &World, kind: &str, wanted: usize) {
    let deadline = Instant::now() + PATIENCE;
    while count(world, kind) < wanted {
        assert!(Instant::now() < deadline, "{} of {wanted} are recorded", count(world, kind));
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(count(world, kind), wanted);
}

/// A pipe that holds as little as the system allows, and is full: nobody reads from it.
fn full_pipe() -> (File, File) {
    let (read, write) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC).expect("a pipe");
    rustix::pipe::fcntl_setpipe_size(&write, 4096).expect("its size");
    let mut write = File::from(write);
    let flags = rustix::fs::fcntl_getfl(&write).expect("its flags");
    rustix::fs::fcntl_setfl(&write, flags | rustix::fs::OFlags::NONBLOCK).expect("set");
    while write.write(&[b'x'; 512]).is_ok() {}
    rustix::fs::fcntl_setfl(&write, flags).expect("set back");
    (read.into(), write)
}

/// Starts a verb that reads `input` to its end, whose stdout and stderr nobody reads.
fn start_unread(world: &World, arguments: &[&str], input: Vec<u8>) -> (Child, [File; 2]) {
    let ((stdout_read, stdout), (stderr_read, stderr)) = (full_pipe(), full_pipe());
    let mut command = world.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::from(stdout)).stderr(Stdio::from(stderr));
    let mut child = command.spawn().expect("started");
    let mut stdin = child.stdin.take().expect("its stdin");
    std::thread::spawn(move || stdin.write_all(&input));
    (child, [stdout_read, stderr_read])
}

/// D13: what is recorded does not depend on whether anybody reads the receipts, or the remarks on stderr.
#[test]
fn a_pipe_records_all_that_it_reads_though_nobody_reads_what_it_prints() {
    const LINES: usize = 4_000;
    let world = World::new();
    world.open("Card payments down");
    let mut input: Vec<u8> = (0..LINES).flat_map(|n| format!("line {n}\n").into_bytes()).collect();
    // Each of these is remarked on.
    input.extend((0..20).flat_map(|_| b"not \xff UTF-8\n".to_vec()));
    let (mut child, unread) = start_unread(&world, &["log", "-"], input);
    wait_for_entries(&world, "note", LINES + 20);
    drop(unread);
    assert!(child.wait().expect("waited").success(), "that nobody reads it any more is no failure");
}

#[test]
fn a_pipe_whose_receipts_nobody_reads_ends_when_it_is_told_to() {
    let world = World::new();
    world.open("Card payments down");
    let (mut child, _unread) = start_unread(&world, &["log", "-"], b"one\ntwo\n".repeat(100));
    wait_for_entries(&world, "note", 200);
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, Signal::TERM).expect("told");
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().expect("waited").is_none() {
        assert!(Instant::now() < deadline, "it does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn receipts_that_are_read_late_are_all_there() {
    const LINES: usize = 4_000;
    let world = World::new();
    world.open("Card payments down");
    let input: Vec<u8> = (0..LINES).flat_map(|n| format!("line {n}\n").into_bytes()).collect();
    let (mut child, [mut stdout, mut stderr]) = start_unread(&world, &["log", "-"], input);
    wait_for_entries(&world, "note", LINES);
    let mut printed = String::new();
    stdout.read_to_string(&mut printed).expect("read");
    assert_eq!(printed.trim_start_matches('x').lines().count(), LINES);
    stderr.read_to_string(&mut printed).expect("read");
    assert!(child.wait().expect("waited").success());
}

#[test]
fn an_import_records_all_alerts_though_nobody_reads_what_it_prints() {
    const ALERTS: usize = 600;
    let world = World::new();
    world.open("Card payments down");
    let alert = |n: usize| {
        format!(
            r#"{{"labels":{{"alertname":"Disk {n}"}},"annotations":{{}},"startsAt":"2026-11-21T11:00:00Z",
            "endsAt":"0001-01-01T00:00:00Z","fingerprint":"{n:016x}","status":{{"state":"active"}}}}"#
        )
    };
    let alerts: Vec<String> = (0..ALERTS).map(alert).collect();
    let input = format!("[{}] 7 8 9", alerts.join(",")).into_bytes();
    let (mut child, unread) = start_unread(&world, &["import", "--json"], input);
    wait_for_entries(&world, "observation", ALERTS);
    drop(unread);
    assert_eq!(child.wait().expect("waited").code(), Some(1), "what is no message is a failure");
}

/// A verb under a limit on the length of files that can be raised later.
fn with_file_limit(world: &World, bytes: u64, arguments: &[&str]) -> Command {
    let mut command = Command::new("prlimit");
    command.arg(format!("--fsize={bytes}:")).arg(World::program()).args(arguments);
    command.env_clear().envs(world.environment().iter().map(|(name, value)| (name, value)));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs `command` with `input` on its stdin.
fn run(mut command: Command, input: String) -> std::process::Output {
    let mut child = command.spawn().expect("prlimit is installed (util-linux)");
    let mut stdin = child.stdin.take().expect("its stdin");
    let feeding = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    // It may have ended before it had read everything.
    let _ = feeding.join().expect("no panic");
    output
}

/// D12: a host at the limit on the length of files behaves as on a full disk.
#[test]
fn a_host_at_the_limit_of_file_lengths_says_so_acknowledges_nothing_and_resumes() {
    const LINES: usize = 2_000;
    for limit in [64 << 10, 400 << 10] {
        let world = World::new();
        assert!(run(with_file_limit(&world, limit, &["open", "Case"]), String::new()).status.success());
        let pid = world.host()["pid"].to_string();
        let input: String = (0..LINES).map(|n| format!("line {n}\n")).collect();
        let mut pipe = world.command(["log", "-"]);
        pipe.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let feeding = std::thread::spawn(move || run(pipe, input));
        let deadline = Instant::now() + PATIENCE;
        let said = loop {
            let said = world.klock(["log", "-r", "2026-001", "--kind", "test", "one more"]);
            match said.code {
                Some(1) => break said.err,
                code => assert_eq!(code, Some(0), "{}", said.err),
            }
            assert!(Instant::now() < deadline, "the limit was not felt");
        };
        assert!(said.contains("ulimit -f"), "{said}");
        let health = world.klock(["host", "status", "--json"]).json();
        assert_eq!(health["health"]["cannot_save"]["key"], "store-file-limit");
        assert_eq!(health["pid"].to_string(), pid, "the same host");
        let raised = Command::new("prlimit").args(["--fsize=unlimited", "--pid", &pid]).status();
        assert!(raised.expect("prlimit is installed (util-linux)").success());
        let output = feeding.join().expect("no panic");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), LINES, "each is acknowledged once");
        assert!(said.contains("ulimit -f"), "{said}");
        let printed = world.klock(["timeline", "--kind", "note", "--json"]).ok();
        let number = |line: &str| line.split("\"line ").nth(1)?.split('"').next()?.parse::<usize>().ok();
        let mut numbers: Vec<usize> = printed.lines().filter_map(number).collect();
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(0..LINES), "each line once");
        world.klock(["verify"]).ok();
    }
}

#[test]
fn a_pipe_at_the_limit_of_file_lengths_loses_nothing() {
    const LINES: usize = 2_000;
    let world = World::new();
    world.open("Case");
    let input: String = (0..LINES).map(|n| format!("line {n}\n")).collect();
    let output = run(with_file_limit(&world, 20 << 10, &["log", "-"]), input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(count(&world, "note"), LINES);
}

/// D21: clients leave the host the descriptors that it needs for its journals.
#[test]
fn clients_cannot_use_up_what_the_journals_need() {
    let world = World::new();
    let mut command = Command::new("prlimit");
    command.arg("--nofile=48:48").arg(World::program()).args(["open", "Room 1"]);
    command.env_clear().envs(world.environment().iter().map(|(name, value)| (name, value)));
    assert!(command.status().expect("prlimit is installed (util-linux)").success());
    let rooms: Vec<String> = (2..=7).map(|nth| world.open(&format!("Room {nth}"))).collect();
    let mut writer = BlockingClient::connect(world.options("Writer")).expect("let in");
    let mut crowd = Vec::new();
    let refused = loop {
        match BlockingClient::connect(ClientOptions { patience: Duration::ZERO, ..world.options("Crowd") }) {
            Ok(client) => crowd.push(client),
            Err(ConnectError::Dismissed { why }) => break why.key,
            Err(other) => panic!("{other}"),
        }
        assert!(crowd.len() < 48, "all are let in");
    };
    assert_eq!(refused, "goodbye-full");
    for (nth, room) in rooms.iter().enumerate() {
        let text = format!("entry {nth}");
        let intent = Intent::TakeNote { kind: NoteKind::Note, text: text.as_str().into(), facets: Facets::default() };
        let id = IntentId(ulid::Ulid::from_parts(1, nth as u128));
        let request = Request { id, room: room.parse().expect("an id"), at: None, intent };
        let answer = writer.ask(Ask::Do(Box::new(request))).expect("recorded");
        assert!(matches!(answer, Answer::Recorded { .. }), "{answer:?}");
    }
    drop(crowd);
    let log = std::fs::read_to_string(world.dir().join("home/.local/state/klockslag/host.log")).expect("the log");
    assert!(!log.contains("Too many open files"), "{log}");
}
