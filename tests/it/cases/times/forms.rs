//! Every argument that is a time takes every form of time: the table is held against the command line itself.

use clap::{Command, CommandFactory as _};
use klockslag::cli::command_line::CommandLine;

use crate::world::World;

/// Sunday 29 November 2026.
const NOW: &str = "2026-11-29T14:47:00+01:00";

/// What has passed by [`NOW`], in both languages.
const PASSED: &[&str] = &[
    "now",
    "14:05",
    "1405",
    "14.05",
    "kl 14:05",
    "13:05:30",
    "1:04 PM",
    "13:04 UTC",
    "13:04 Europe/Stockholm",
    "-16m",
    "-1h30m",
    "y 23:50",
    "yesterday 23:50",
    "igår 23.50",
    "i går 23:50",
    "fri 15:00",
    "fredag 15.00",
    "15 nov 12:00",
    "Nov 15 12:00",
    "2026-11-20 23:50",
    "2026-11-20T22:50:00Z",
];

/// What is to come then.
const TO_COME: &[&str] = &[
    "15:30",
    "1530",
    "15.30",
    "kl 15:30",
    "3:30 pm",
    "15:30 UTC",
    "+20m",
    "1h30m",
    "tomorrow 08:00",
    "imorgon 08:00",
    "i morgon 8.00",
    "fri 15:00",
    "fredag 15.00",
    "15 dec 12:00",
    "Dec 15 12:00",
    "2026-12-15 12:00",
    "2026-12-15T12:00:00+01:00",
];

/// Days without a time of day.
const DAYS: &[&str] = &["friday", "fredag", "på fredag", "tomorrow", "i morgon", "2026-12-15", "15 dec", "Dec 15"];

/// What is no time anywhere.
const NO_TIMES: &[&str] = &["", "soon", "25:00", "13:04 AM", "13:04 IST", "20226-11-29 10:00", "0026-11-29 10:00"];

/// Every verb that records takes `--at`: what else it needs.
const RECORDING: &[&[&str]] = &[
    &["log", "x"],
    &["answer", "what", "x"],
    &["check", "notes"],
    &["waive", "notes", "--reason", "x"],
    &["item", "reopen", "notes"],
    &["item", "assign", "notes", "Eva"],
    &["meeting", "call", "15:30"],
    &["meeting", "start"],
    &["meeting", "attend", "Eva"],
    &["meeting", "point", "briefing"],
    &["meeting", "end"],
    &["meeting", "call-off", "--reason", "x"],
    &["action", "open", "x"],
    &["action", "update", "1", "--owner", "Eva"],
    &["action", "done", "1"],
    &["action", "drop", "1", "--reason", "x"],
    &["action", "reopen", "1"],
    &["plan", "write", "A", "x"],
    &["plan", "switch-when", "x"],
    &["plan", "choose", "A"],
    &["plan", "drop", "A", "--reason", "x"],
    &["resource", "ask", "x"],
    &["resource", "allocate", "1", "x"],
    &["resource", "drop", "1", "--reason", "x"],
    &["supplier", "engage", "x"],
    &["supplier", "update", "1"],
    &["obstacle", "raise", "x"],
    &["obstacle", "clear", "1"],
    &["notice", "sent", "--to", "x", "x"],
    &["notice", "draft", "--to", "x", "x"],
    &["role", "assign", "cim", "Eva"],
    &["role", "release", "cim"],
    &["role", "call", "cim", "Eva", "--outcome", "no-answer"],
    &["handover", "offer", "Eva"],
    &["handover", "accept"],
    &["shift", "15:30", "Eva"],
    &["clock", "snooze", "first-meeting", "10", "--reason", "x"],
    &["clock", "cadence", "60", "--reason", "x"],
    &["entry", "amend", "4", "x"],
    &["priority", "1", "1"],
    &["classify", "technician"],
    &["activate"],
    &["phase", "x"],
    &["mitigate"],
    &["restore"],
    &["reopen", "--reason", "x"],
    &["close"],
    &["debrief", "x", "x"],
    &["deliver", "x"],
    &["problem", "x"],
    &["open", "x"],
];

/// What stands before a time on the command line, what after it, and which lists of forms it takes.
type Other = (&'static [&'static str], &'static [&'static str], &'static [&'static [&'static str]]);

/// The other arguments that are times.
const OTHERS: &[Other] = &[
    (&["open", "x", "--began"], &[], &[PASSED]),
    (&["action", "update", "1", "--due"], &[], &[TO_COME, DAYS]),
    (&["answer", "eta", "--eta"], &[], &[TO_COME, DAYS]),
    (&["answer", "eta"], &[], &[TO_COME, DAYS]),
    (&["meeting", "call"], &[], &[TO_COME]),
    (&["shift"], &["Eva"], &[TO_COME]),
    (&["clock", "snooze", "report"], &["--reason", "x"], &[TO_COME, &["10", "10m", "1h30m"]]),
    (&["timeline", "--since"], &[], &[PASSED, &["friday", "fredag", "yesterday", "2026-11-20", "20 nov"]]),
    (&["timeline", "--until"], &[], &[PASSED, &["friday", "fredag", "yesterday", "2026-11-20", "20 nov"]]),
];

/// A world at [`NOW`] whose verbs are about its first room, whatever is opened besides.
fn world() -> World {
    let mut world = super::room_at(NOW);
    world.set("KLOCK_ROOM", "2026-001");
    world
}

/// Runs a verb with a time. It is understood when it is not named in a complaint.
fn complaint(world: &World, before: &[&str], time: &str, after: &[&str]) -> Option<String> {
    let arguments: Vec<&str> = before.iter().chain(&[time]).chain(after).copied().collect();
    let run = world.klock(&arguments);
    assert!(!run.err.contains("panicked"), "{arguments:?}: {}", run.err);
    let names_time = run.err.starts_with(&format!("klock: {}: ", place(before, after))) || run.err.contains("error: ");
    names_time.then_some(run.err)
}

/// What a complaint calls the place of the time.
fn place<'a>(before: &[&'a str], after: &[&str]) -> &'a str {
    match before.last() {
        Some(flag) if flag.starts_with("--") => flag,
        _ if before.first() == Some(&"clock") => "MINUTES",
        _ if before == ["answer", "eta"] && after.is_empty() => "TEXT",
        _ => "TIME",
    }
}

#[test]
fn every_verb_takes_every_form_of_time_that_has_passed() {
    let world = world();
    world.klock(["log", "the entry that is amended"]).ok();
    for (nth, verb) in RECORDING.iter().enumerate() {
        let before: Vec<&str> = verb.iter().chain(&["--at"]).copied().collect();
        // Every verb with some of the forms, and every form with many of the verbs; one reader reads them all.
        for time in PASSED.iter().skip(nth % 3).step_by(3) {
            assert_eq!(complaint(&world, &before, time, &[]), None, "{verb:?} --at {time:?}");
        }
        for time in ["15:30", "tomorrow 08:00", "friday", NO_TIMES[nth % NO_TIMES.len()]] {
            assert!(complaint(&world, &before, time, &[]).is_some(), "{verb:?} --at {time:?}");
        }
    }
}

#[test]
fn every_other_time_takes_every_form() {
    let world = world();
    world.klock(["action", "open", "x"]).ok();
    for (before, after, forms) in OTHERS {
        for time in forms.iter().copied().flatten() {
            assert_eq!(complaint(&world, before, time, after), None, "{before:?} {time:?}");
        }
        // What is no time is an answer in words.
        if *before != ["answer", "eta"] {
            for time in NO_TIMES {
                assert!(complaint(&world, before, time, after).is_some(), "{before:?} {time:?}");
            }
        }
    }
    // Who is to come needs a time of day.
    for before in [&["meeting", "call"][..], &["shift"]] {
        let after: &[&str] = if before.len() == 1 { &["Eva"] } else { &[] };
        for day in DAYS {
            let err = complaint(&world, before, day, after).expect("it is refused");
            assert!(err.contains("has no time of day"), "{err}");
        }
    }
}

#[test]
fn what_is_understood_is_the_moment_that_was_meant() {
    let world = world();
    let at = |time: &str| {
        let said = world.klock(["log", "--at", time, "x"]).ok();
        said.trim().split_once(' ').map(|(_, at)| at.to_owned()).expect("number and time")
    };
    for (time, expected) in [
        ("-16m", "29T14:31:00"),
        ("14.05", "29T14:05:00"),
        ("1:04 PM", "29T13:04:00"),
        ("13:04 UTC", "29T14:04:00"),
        ("i går 23:50", "28T23:50:00"),
        ("fredag 15.00", "27T15:00:00"),
        ("15 nov 12:00", "15T12:00:00"),
    ] {
        assert_eq!(at(time), format!("2026-11-{expected}.000+01:00"), "{time}");
    }
    world.klock(["action", "open", "x"]).ok();
    for (time, expected, is_told) in [
        ("friday", "2026-12-04T17:00:00.000+01:00", true),
        ("2026-12-15", "2026-12-15T17:00:00.000+01:00", true),
        ("15 dec 12:00", "2026-12-15T12:00:00.000+01:00", true),
        ("imorgon 8.00", "2026-11-30T08:00:00.000+01:00", true),
        ("15:30", "2026-11-29T15:30:00.000+01:00", false),
        ("08:00", "2026-11-30T08:00:00.000+01:00", true),
    ] {
        let run = world.klock(["action", "update", "1", "--due", time]);
        assert_eq!(!run.err.is_empty(), is_told, "another day is said: {}", run.err);
        run.ok();
        assert_eq!(world.klock(["action", "list", "--json"]).json()[0]["due"], expected, "{time}");
    }
    let run = world.klock(["action", "update", "1", "--due", "friday"]);
    assert_eq!(run.err, "klock: that is Friday 4 December 2026 17:00\n");
}

#[test]
fn the_table_has_every_argument_that_is_a_time() {
    let mut command = CommandLine::command();
    command.build();
    let mut found = Vec::new();
    collect(&command, &mut Vec::new(), &mut found);
    assert!(found.len() > 50, "{found:?}");
    let known = |path: &[String], flag: &str| {
        let begins =
            |words: &[&str]| words.len() >= path.len() && path.iter().zip(words).all(|(one, other)| one == other);
        match flag {
            // A correction takes it only to refuse it.
            "at" if matches!(path, [entry, verb] if entry == "entry" && verb != "amend") => true,
            "at" => RECORDING.iter().any(|verb| begins(verb)),
            _ => OTHERS.iter().any(|(before, ..)| begins(before)),
        }
    };
    let missing: Vec<_> = found.iter().filter(|(path, flag)| !known(path, flag)).collect();
    assert!(missing.is_empty(), "these take a time and are not in the table: {missing:?}");
}

/// Every argument of `command` and its verbs whose value is called a time.
fn collect(command: &Command, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, String)>) {
    for argument in command.get_arguments() {
        let names = argument.get_value_names().unwrap_or_default();
        if names.iter().any(|name| name.as_str() == "TIME") {
            found.push((path.clone(), argument.get_long().unwrap_or("TIME").to_owned()));
        }
    }
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        path.push(verb.get_name().to_owned());
        collect(verb, path, found);
        path.pop();
    }
}
