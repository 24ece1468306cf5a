//! `klock timeline`: order, filters, following.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::Pid;

use crate::death::kill;
use crate::freeze::{freeze, thaw};
use crate::pty::PATIENCE;
use crate::session::proxy::Proxy;
use crate::world::World;

#[test]
fn entries_come_in_the_order_in_which_they_happened() {
    let world = World::new();
    world.open("Card payments down");
    world.advance(20);
    world.klock(["log", "last"]).ok();
    world.klock(["log", "--at", "13:10", "first"]).ok();
    world.klock(["log", "--at", "y 23:50", "the day before"]).ok();
    let text = world.klock(["timeline", "--kind", "note"]).ok();
    let words: Vec<&str> = ["the day before", "first", "last"].into_iter().filter(|word| text.contains(word)).collect();
    assert_eq!(words.len(), 3, "{text}");
    let place = |word: &str| text.find(word).expect("there");
    assert!(place("the day before") < place("first") && place("first") < place("last"), "{text}");
    assert!(text.starts_with("── Friday 20 November 2026 ──"), "{text}");
    assert!(text.contains("── Saturday 21 November 2026 ──"), "{text}");
    let since = world.klock(["timeline", "--since", "-10m", "--kind", "note"]).ok();
    assert!(since.contains("last") && !since.contains("first"), "{since}");
}

#[test]
fn pages_join_without_a_gap() {
    let world = World::new();
    world.open("Card payments down");
    let lines: String = (0..1100).map(|n| format!("line {n}\n")).collect();
    world.klock_reading(["log", "-"], &lines).ok();
    let printed = world.klock(["timeline", "--json", "--kind", "note"]).ok();
    let texts: Vec<String> = printed
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["text"].as_str().expect("a text").to_owned()
        })
        .collect();
    let expected: Vec<String> = (0..1100).map(|n| format!("line {n}")).collect();
    assert_eq!(texts, expected);
}

#[test]
fn following_goes_on_through_the_end_of_the_host() {
    let world = World::new();
    world.open("Card payments down");
    world.klock(["log", "before"]).ok();
    let mut follower = Follower::start(&world, &["--kind", "note"]);
    let mut next = || follower.next()["text"].as_str().expect("a text").to_owned();
    assert_eq!(next(), "before");
    world.klock(["log", "meanwhile"]).ok();
    assert_eq!(next(), "meanwhile");
    world.klock(["host", "stop"]).ok();
    world.klock(["log", "afterwards"]).ok();
    assert_eq!(next(), "afterwards");
    follower.end();
}

/// A `klock timeline --follow --json` that runs.
struct Follower {
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Follower {
    fn start(world: &World, more: &[&str]) -> Self {
        let mut command = world.command(["timeline", "--follow", "--json"].iter().chain(more));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let stdout = BufReader::new(child.stdout.take().expect("its stdout"));
        Follower { child, stdout }
    }

    /// Waits until it has printed something more, or ends.
    fn wait(&mut self) {
        if self.stdout.buffer().is_empty() {
            let mut stdout = [PollFd::new(self.stdout.get_ref(), PollFlags::IN)];
            let patience = Timespec::try_from(PATIENCE).expect("a time");
            assert_eq!(poll(&mut stdout, Some(&patience)).expect("it can be waited for"), 1, "it prints no more");
        }
    }

    fn next(&mut self) -> serde_json::Value {
        self.wait();
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("UTF-8");
        serde_json::from_str(&line).expect("JSON")
    }

    /// What comes until the text `last`, by number.
    fn until(&mut self, last: &str) -> Vec<u64> {
        let mut seqs = Vec::new();
        loop {
            let line = self.next();
            seqs.push(line["seq"].as_u64().expect("a number"));
            if line["text"] == last {
                return seqs;
            }
        }
    }

    /// Its exit code and what it said, when it ends by itself without another line.
    fn failed(mut self) -> (Option<i32>, String) {
        self.wait();
        let mut printed = String::new();
        self.stdout.read_to_string(&mut printed).expect("UTF-8");
        assert_eq!(printed, "");
        let output = self.child.wait_with_output().expect("it ends");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    }

    fn end(mut self) {
        self.child.kill().expect("it still runs");
        self.child.wait().expect("it ends");
    }
}

#[test]
fn a_stream_has_every_entry_once_and_in_order_though_hosts_are_killed() {
    let world = World::new();
    world.open("Card payments down");
    let mut follower = Follower::start(&world, &[]);
    let opened = follower.until("Incident declared: Card payments down");
    let seqs = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 0..12 {
                let lines: String = (0..100).map(|n| format!("round {round} line {n}\n")).collect();
                world.klock_reading(["log", "-"], &lines).ok();
            }
            world.klock(["log", "the end"]).ok();
        });
        let world = &world;
        let killer = scope.spawn(move || {
            let mut deaths = 0;
            while !writer.is_finished() {
                let host = world.host_pid();
                // The writer may be done meanwhile; the host is there, for somebody follows.
                kill(host);
                deaths += 1;
            }
            deaths
        });
        let seqs = follower.until("the end");
        assert!(killer.join().expect("no panic") >= 5, "too few hosts died for this to say anything");
        seqs
    });
    let streamed: Vec<u64> = opened.into_iter().chain(seqs).collect();
    let mut recorded: Vec<u64> = world
        .klock(["timeline", "--json"])
        .ok()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["seq"].as_u64().expect("a number"))
        .collect();
    recorded.sort_unstable();
    assert!(recorded.len() > 1201, "every note is there: {}", recorded.len());
    let differs = streamed.iter().zip(&recorded).find(|(streamed, recorded)| streamed != recorded);
    assert_eq!((differs, streamed.len()), (None, recorded.len()));
    follower.end();
}

#[test]
fn a_stream_that_was_away_long_leaves_nothing_out() {
    let world = World::new();
    world.open("Card payments down");
    let mut follower = Follower::start(&world, &["--kind", "note,decision"]);
    world.klock(["log", "before"]).ok();
    let before = follower.next()["seq"].as_u64().expect("a number");
    let process = Pid::from_child(&follower.child);
    freeze(process);
    let lines: String = (0..3000).map(|n| format!("line {n}\n")).collect();
    world.klock_reading(["log", "-"], &lines).ok();
    kill(world.host_pid());
    thaw(process);
    // Nobody else starts a host: the stream does.
    let seqs = follower.until("line 2999");
    assert_eq!(seqs, (before + 1..=before + 3000).collect::<Vec<u64>>());
    world.klock(["log", "d: on we go"]).ok();
    assert_eq!(follower.next()["kind"], "decision");
    follower.end();
}

#[test]
fn a_stream_whose_host_dies_while_it_catches_up_follows_the_next_one() {
    let world = World::new();
    world.open("Card payments down");
    // More than two portions: while nobody reads, it waits with the first in a full pipe.
    let lines: String = (0..6000).map(|n| format!("line {n}\n")).collect();
    world.klock_reading(["log", "-"], &lines).ok();
    let mut follower = Follower::start(&world, &["--kind", "note"]);
    assert_eq!(follower.next()["text"], "line 0");
    kill(world.host_pid());
    assert_eq!(follower.until("line 5999").len(), 5999);
    world.klock(["log", "afterwards"]).ok();
    assert_eq!(follower.next()["text"], "afterwards");
    follower.end();
}

#[test]
fn a_stream_comes_in_the_order_recorded_and_keeps_to_its_filters() {
    let world = World::new();
    world.open("Card payments down");
    world.advance(60);
    for text in ["13:10 too early", "14:04 second thing", "13:50 first thing", "d: a decision"] {
        world.klock(["log", text]).ok();
    }
    let mut follower = Follower::start(&world, &["--since", "13:30", "--kind", "note"]);
    let mut next = || follower.next()["text"].as_str().expect("a text").to_owned();
    assert_eq!([next(), next()], ["second thing", "first thing"]);
    for text in ["13:20 also too early", "t: a test", "third thing"] {
        world.klock(["log", text]).ok();
    }
    assert_eq!(next(), "third thing");
    follower.end();
}

#[test]
fn a_stream_ends_with_its_reader_though_nothing_happens() {
    let world = World::new();
    world.open("Card payments down");
    let mut follower = Follower::start(&world, &[]);
    follower.next();
    let Follower { mut child, stdout } = follower;
    drop(stdout);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn hostile_text_cannot_reach_the_terminal() {
    let world = World::new();
    world.open("\u{1b}]0;owned\u{7}Card\u{202e} payments");
    world.klock(["log", "a\u{1b}[2Jb\u{202e}c\u{9b}31m"]).ok();
    world.klock_reading(["log", "-"], "x\u{1b}[31my\u{202e}z\u{9b}1m\n").ok();
    for arguments in [&["timeline"][..], &["status"], &["status", "--brief"], &["rooms"], &["export", "--format", "md"]]
    {
        let text = world.klock(arguments).ok();
        let bad = text.chars().find(|c| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(bad, None, "{arguments:?} printed it:\n{text:?}");
    }
    let json = world.klock(["timeline", "--json", "--kind", "note"]).ok();
    let line: serde_json::Value = serde_json::from_str(json.lines().last().expect("a line")).expect("JSON");
    assert_eq!(line["text"], "x\u{1b}[31my\u{202e}z\u{9b}1m", "programs get what was typed");
}

#[test]
fn a_stream_that_no_host_will_have_any_more_ends_and_says_why() {
    let mut world = World::new();
    world.open("Card payments down");
    let host = fs::read_to_string(world.data_dir().join("host.socket")).expect("its name");
    let proxy = Proxy::start(world.dir().join("run/proxy.sock"), Path::new(&host));
    world.set("KLOCK_HOST", &format!("unix://{}", proxy.socket.display()));
    world.klock(["log", "before"]).ok();
    let mut follower = Follower::start(&world, &["--kind", "note"]);
    assert_eq!(follower.next()["text"], "before");
    proxy.turn_away();
    proxy.break_off();
    let (code, said) = follower.failed();
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("This klock is version 0.0.1"), "{said}");
    world.unset("KLOCK_HOST");
}
