//! A room full of control sequences (D3): no verb and no format lets one reach a terminal, and files keep every byte.

use std::fs;

use serde_json::Value;

use crate::pty::Terminal;
use crate::world::World;

/// A title for the terminal, a colour, a blank screen, rings, C1 controls, bidi overrides, what cannot be seen, line ends.
const HOSTILE: &str = "=x\u{1b}]0;owned\u{7}\u{1b}[95;5m\u{1b}[2J\u{7f}\u{9b}31m\u{85}\u{202e}olleh\u{2066}\u{200b}\u{feff}\u{e0041}\r\ny";

/// How `klock doctor` asks the terminal how wide it draws an emoji.
const DOCTORS_QUESTION: &str = "\r🚒\u{1b}[6n\r\u{1b}[K";

/// Whether `line` holds nothing that steers a terminal or moves other text.
fn check(line: &str) -> Result<(), String> {
    let moves =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    match line.chars().find(|c| c.is_control() || moves(*c) || matches!(*c, '\u{e0000}'..='\u{e0fff}')) {
        Some(c) => Err(format!("{c:?} in {line:?}")),
        None => Ok(()),
    }
}

/// The sequences that the program itself writes: colours of clap's help and complaints.
fn without_own_colours(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(after.len());
        match after[end..].strip_prefix('m').filter(|_| &after[..end] != "95;5") {
            Some(left) => rest = left,
            // Not one of ours: it stays to be found.
            None => {
                out.push('\u{1b}');
                rest = after;
            }
        }
    }
    out + rest
}

/// Holds everything that `arguments` print on a terminal to be showable but for line ends and the program's own colours.
#[track_caller]
fn assert_harmless(world: &World, arguments: &[&str]) -> String {
    let mut terminal = Terminal::start(World::program(), arguments, world.environment(), (120, 40));
    terminal.wait_for_end();
    let text = String::from_utf8(terminal.raw.clone()).unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
    // The terminal makes each line end two characters.
    let text = without_own_colours(&text.replace("\r\n", "\n").replace(DOCTORS_QUESTION, ""));
    for line in text.split('\n') {
        check(line).unwrap_or_else(|fault| panic!("klock {arguments:?} prints {fault}"));
    }
    let owned = ["]0;owned\u{7}", "\u{1b}", "\u{9b}", "\u{202e}", "\u{feff}"];
    assert!(owned.iter().all(|part| !text.contains(part)), "{arguments:?}: {text:?}");
    text
}

/// A room in which every text that a verb can record is hostile.
fn hostile_room() -> World {
    let mut world = World::new();
    world.set("KLOCK_NAME", HOSTILE);
    world.klock(["open", HOSTILE, "--customer", HOSTILE, "--lead", HOSTILE, "--agreed-with", HOSTILE]).ok();
    for arguments in [
        &["log", HOSTILE][..],
        &["log", "d: @\u{9b}31m\u{202e} go +15m #\u{9b}x\u{202e} #A"],
        &["answer", "what", HOSTILE],
        &["answer", "eta", "15:00", HOSTILE],
        &["check", "notes", "--note", HOSTILE],
        &["waive", "priority-agreed", "--reason", HOSTILE],
        &["item", "assign", "first-answers", HOSTILE],
        &["meeting", "call", "14:00", HOSTILE],
        &["meeting", "start", "--with", HOSTILE],
        &["meeting", "point", "briefing", HOSTILE],
        &["meeting", "end", HOSTILE],
        &["notice", "sent", "sms", HOSTILE, "--to", HOSTILE],
        &["action", "open", HOSTILE],
        &["action", "done", "2", HOSTILE],
        &["action", "open", "--corrective", HOSTILE],
        &["plan", "write", "a", HOSTILE],
        &["plan", "switch-when", HOSTILE],
        &["plan", "choose", "a", "--reason", HOSTILE],
        &["resource", "ask", HOSTILE],
        &["supplier", "engage", HOSTILE, "--case", HOSTILE, "--staff", HOSTILE],
        &["obstacle", "raise", HOSTILE],
        &["role", "call", "cim", HOSTILE, "--how", HOSTILE, "--outcome", "declined"],
        &["handover", "offer", HOSTILE],
        &["shift", "15:00", HOSTILE],
        &["clock", "snooze", "next-meeting", "30", "--reason", HOSTILE],
        &["mitigate", HOSTILE],
        &["problem", HOSTILE],
        &["entry", "amend", "5", HOSTILE],
    ] {
        let run = world.klock(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.err);
    }
    world
}

#[test]
fn nothing_that_people_wrote_steers_a_terminal() {
    let world = hostile_room();
    fs::write(world.dir().join("routine.toml"), format!("title = {HOSTILE}")).expect("a routine");
    let kept = "2026-001.jsonl.aside-20261121T130500";
    fs::copy(world.data_dir().join("rooms/2026-001.jsonl"), world.data_dir().join("rooms").join(kept)).expect("kept");
    for arguments in [
        &["rooms"][..],
        &["rooms", "--all"],
        &["rooms", "--json"],
        &["status"],
        &["status", "--brief"],
        &["status", "--tmux"],
        &["status", "--json"],
        &["timeline"],
        &["timeline", "--json"],
        &["timeline", "--text", HOSTILE],
        &["export"],
        &["export", "--format", "csv"],
        &["export", "--format", "json"],
        &["export", "--format", "jsonl"],
        &["verify"],
        &["verify", "--json"],
        &["recover"],
        &["recover", "--json"],
        &["recover", kept],
        &["recover", kept, "--json"],
        &["item", "list"],
        &["item", "list", "--json"],
        &["action", "list", "--all"],
        &["action", "list", "--all", "--json"],
        &["host", "status"],
        &["host", "status", "--json"],
        &["doctor"],
        &["doctor", "--json"],
        &["config", "path"],
        &["config", "path", "--json"],
        &["config", "check"],
        &["routine", "list"],
        &["routine", "list", "--json"],
        &["routine", "show"],
        &["routine", "show", "--json"],
        &["routine", "check", "routine.toml"],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["man"],
        &["help"],
        &["help", "export"],
        &["log", HOSTILE],
        &["log", "--json", HOSTILE],
        &["entry", "star", "5"],
        &["open", HOSTILE, "--urgency", "3", "--impact", "3"],
        // What is refused and not understood comes back with what was typed.
        &[HOSTILE],
        &["log", "--kind", HOSTILE, "x"],
        &["log", "--at", HOSTILE, "x"],
        &["export", "--format", HOSTILE],
        &["open", "x", "--urgency", HOSTILE],
        &["status", "-r", HOSTILE],
        &["join", HOSTILE],
        &["tmux", "-r", HOSTILE],
        &["timeline", "--kind", HOSTILE],
        &["timeline", "--since", HOSTILE],
        &["answer", HOSTILE, "x"],
        &["check", HOSTILE],
        &["clock", "snooze", HOSTILE, "5", "--reason", "x"],
        &["phase", HOSTILE],
        &["role", "assign", HOSTILE, "x"],
        &["routine", "show", HOSTILE],
        &["routine", "check", HOSTILE],
        &["--host", HOSTILE, "rooms"],
        &["--data-dir", HOSTILE, "rooms"],
        &["--config-dir", HOSTILE, "config", "path"],
        &["import", HOSTILE],
        &["completions", HOSTILE],
        &["help", HOSTILE],
        &[&format!("--{HOSTILE}")],
    ] {
        assert_harmless(&world, arguments);
    }
    // Several open rooms are listed by their titles.
    world.klock(["open", HOSTILE]).ok();
    let told = assert_harmless(&world, &["status"]);
    assert!(told.contains("2026-002  =x^[]0;owned"), "{told}");
}

#[test]
fn what_is_printed_is_still_what_was_written() {
    let world = hostile_room();
    // On a terminal it is spelled out, not left out.
    assert!(assert_harmless(&world, &["timeline"]).contains("=x^[]0;owned^G^[[95;5m^[[2J^?⟨U+009B⟩31m"));
    assert!(assert_harmless(&world, &["export", "--format", "csv"]).contains("\"'=x^[]0;owned^G"));
    assert!(assert_harmless(&world, &["export", "--format", "jsonl"]).contains("\\u009b31m\\u0085\\u202eolleh"));

    // JSON has the same value in a pipe, and nothing that is not seen.
    for arguments in [
        &["status", "--json"][..],
        &["rooms", "--json"],
        &["timeline", "--json"],
        &["action", "list", "--all", "--json"],
        &["item", "list", "--json"],
        &["export", "--format", "json"],
    ] {
        let printed = world.klock(arguments).ok();
        for line in printed.lines() {
            check(line).unwrap_or_else(|fault| panic!("{arguments:?}: {fault}"));
        }
        let documents: Vec<Value> =
            serde_json::Deserializer::from_str(&printed).into_iter().collect::<Result<_, _>>().expect("JSON");
        assert!(!documents.is_empty(), "{arguments:?}");
    }
    let status = world.status();
    assert_eq!((&status["title"], &status["customer"]), (&HOSTILE.into(), &HOSTILE.into()));

    // The journal keeps every byte in a pipe: its hashes are over them.
    let room = status["id"].as_str().expect("an id");
    let journal = fs::read(world.data_dir().join(format!("rooms/{room}.jsonl"))).expect("the journal");
    assert_eq!(world.klock(["export", "--format", "jsonl"]).ok().as_bytes(), journal);
    assert!(String::from_utf8_lossy(&journal).contains('\u{202e}'), "there is something to escape");

    // A spreadsheet gets the words in a pipe as they are, and no formula.
    let csv = world.klock(["export", "--format", "csv"]).ok();
    assert!(csv.contains(&format!("\"'{HOSTILE}\"")), "{csv}");
}

/// Every verb that `klock help` lists prints nothing but receipts, or is tried above.
#[test]
fn no_verb_is_left_out() {
    let source = include_str!("hostile.rs");
    let help = World::new().klock(["--help"]).ok();
    let verbs = help.lines().take_while(|line| !line.starts_with("Options")).filter_map(|line| {
        let name = line.strip_prefix("  ")?.split_whitespace().next()?;
        (!line.starts_with("   ")).then_some(name)
    });
    // What is left prints a receipt as `log` does, or carries frames.
    let quiet = ["classify", "priority", "activate", "restore", "reopen", "close", "debrief", "deliver", "relay"];
    let missing: Vec<&str> =
        verbs.filter(|verb| !quiet.contains(verb) && !source.contains(&format!("&[\"{verb}\""))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
