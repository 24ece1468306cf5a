//! `klock timeline`: order, filters, following.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

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
fn following_goes_on_through_the_death_of_the_host() {
    let world = World::new();
    world.open("Card payments down");
    world.klock(["log", "before"]).ok();
    let mut child = world
        .command(["timeline", "--follow", "--json", "--kind", "note"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its stdout")).lines();
    let mut next = || {
        let line = lines.next().expect("another line").expect("UTF-8");
        serde_json::from_str::<serde_json::Value>(&line).expect("JSON")["text"].as_str().expect("a text").to_owned()
    };
    assert_eq!(next(), "before");
    world.klock(["log", "meanwhile"]).ok();
    assert_eq!(next(), "meanwhile");
    world.klock(["host", "stop"]).ok();
    world.klock(["log", "afterwards"]).ok();
    assert_eq!(next(), "afterwards");
    child.kill().expect("it still runs");
    child.wait().expect("it ends");
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
