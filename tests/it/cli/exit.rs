//! Exit codes and what stderr says with them: what happened, to what, and what to do next.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::world::World;

#[test]
fn one_is_refused() {
    let world = World::new();
    world.open("Card payments down");
    let err = world.klock(["check", "no-such-item"]).fails(1);
    assert!(err.starts_with("klock: ") && err.contains("no-such-item") && err.contains("klock routine show"), "{err}");
    assert!(world.klock(["meeting", "end"]).fails(1).contains("Start one first"));
    assert!(world.klock(["log", "--at", "+3h", "later"]).fails(1).contains("--at: 16:05"));
    assert!(world.klock(["log", "--at", "soon", "later"]).fails(2).contains("14:05"));
}

#[test]
fn two_is_wrong_usage() {
    let world = World::new();
    for arguments in [&["lgo", "text"][..], &["open"], &["open", "x", "--urgency", "4"], &["waive", "notes"], &["log"]]
    {
        let err = world.klock(arguments).fails(2);
        assert!(!err.is_empty(), "{arguments:?} says nothing");
    }
    assert!(world.klock(["stauts"]).fails(2).contains("status"), "a slip is recognised");
    assert!(!world.data_dir().exists(), "wrong usage starts nothing");
}

#[test]
fn three_is_no_such_room() {
    let world = World::new();
    for arguments in [
        &["status"][..],
        &["log", "hello"],
        &["status", "-r", "2026-999"],
        &["log", "-r", "2026-999", "hello"],
        &["export", "-r", "2026-999", "--format", "jsonl"],
        &["verify", "-r", "2026-999"],
        &["status", "-r", "../../etc/passwd"],
    ] {
        let err = world.klock(arguments).fails(3);
        assert!(err.contains("klock rooms") || err.contains("klock open"), "{arguments:?}: {err}");
    }
}

#[test]
fn several_open_rooms_are_listed() {
    let world = World::new();
    let (one, other) = (world.open("Card payments down"), world.open("Mail is slow"));
    let err = world.klock(["status"]).fails(1);
    for said in [one.as_str(), &other, "Card payments down", "Mail is slow", "-r"] {
        assert!(err.contains(said), "{said} is missing from:\n{err}");
    }
    world.klock(["restore", "-r", &one]).ok();
    assert_eq!(world.status()["id"], other.as_str());
}

#[test]
fn four_is_no_host() {
    let mut world = World::new();
    assert!(world.klock(["host", "status"]).fails(4).contains("klock host run"));
    assert!(!world.klock(["host", "stop"]).fails(4).is_empty());
    world.set("KLOCK_DATA_DIR", "/proc/no/such/place");
    assert!(!world.klock(["open", "x"]).fails(4).is_empty());
}

#[test]
fn the_host_says_how_it_is_and_stops() {
    let world = World::new();
    world.open("Card payments down");
    let status = world.klock(["host", "status", "--json"]).json();
    assert_eq!(status["open_rooms"], 1);
    assert_eq!(status["data_dir"].as_str(), world.data_dir().to_str());
    world.klock(["host", "stop"]).ok();
    world.klock(["host", "status"]).fails(4);
    assert_eq!(world.status()["title"], "Card payments down", "the next verb starts another");
}

#[test]
fn without_a_terminal_the_screen_says_so() {
    let world = World::new();
    for arguments in [&[][..], &["join", "2026-001"]] {
        assert!(world.klock(arguments).fails(1).contains("klock status"));
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let world = World::new();
    world.open("Card payments down");
    let lines: String = (0..300).map(|n| format!("line {n} {}\n", "x".repeat(400))).collect();
    world.klock_reading(["log", "-"], &lines).ok();
    for arguments in
        [&["timeline"][..], &["export", "--format", "jsonl"], &["timeline", "--json"], &["man"], &["--help"]]
    {
        let mut child =
            world.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        let mut stdout = BufReader::with_capacity(64, child.stdout.take().expect("its stdout"));
        stdout.read_line(&mut line).expect("a first line");
        drop(stdout);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}
