//! What arrives at the terminal besides keys that a hand pressed one by one, and what is copied from it.

use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::hand::{ENTER, ESCAPE, Hand, entry_line};
use crate::tmux::Tmux;
use crate::world::World;

const SIZE: (u16, u16) = (120, 40);

/// A room, and Anna at its screen, where every key is a command.
fn at_room(size: (u16, u16)) -> (World, Hand) {
    let world = World::new();
    world.open("Card payments down");
    let mut anna = Hand::sit_down(&world, &[], size);
    anna.sees(&["press n and write"]);
    (world, anna)
}

/// The same with the keys in the entry line.
fn writing() -> (World, Hand) {
    let (world, mut anna) = at_room(SIZE);
    anna.press("n", "Enter save");
    (world, anna)
}

/// What was recorded beyond the opening: kind and text.
fn recorded(world: &World) -> Vec<(String, String)> {
    let timeline = world.klock(["timeline", "--json"]).ok();
    let entries = timeline.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    entries
        .filter(|entry| entry["seq"].as_u64() > Some(3))
        .map(|entry| (text(&entry["kind"]), text(&entry["text"])))
        .collect()
}

#[track_caller]
fn nothing_happened(world: &World, what: &str) {
    assert_eq!(recorded(world), [], "{what}");
    let status = world.status();
    assert_eq!(
        (&status["state"], &status["checklist"]["done"], &status["checklist"]["waived"]),
        (&"open".into(), &0.into(), &0.into()),
        "{what}"
    );
}

/// Waits until that stands in the entry line, behind the time and the name.
#[track_caller]
fn has_line(anna: &mut Hand, expected: &str) {
    anna.terminal.wait_until(&format!("“{expected}” stands in the line"), |screen| {
        let typed = entry_line(screen).split_once('›').map_or("", |(_, typed)| typed).trim();
        typed.strip_prefix(expected).is_some_and(|rest| rest.is_empty() || rest.starts_with("  "))
    });
}

/// Case 01.
#[test]
fn a_burst_with_line_ends_is_offered_as_a_paste_at_every_place_of_a_room() {
    let (world, mut anna) = at_room(SIZE);
    for (opens, title) in [
        ("2", "w waive"),
        ("3", "s star"),
        ("4", "e change"),
        ("1", "a answer"),
        ("c", "╭─ Clocks"),
        ("r", "╭─ Roles"),
        ("p", "╭─ Plan A"),
        ("6", "╭─ Resources"),
        ("C", "╭─ Contacts"),
        ("H", "╭─ Who is here"),
        ("?", "╭─ Help"),
    ] {
        anna.press(opens, title);
        anna.press("Rollback done\rservice is up\r", "2 pasted lines");
        anna.press_away(ESCAPE, "2 pasted lines");
        anna.sees(&["press n and write"]);
        nothing_happened(&world, title);
    }
    anna.press("one\rtwo\r", "2 pasted lines");
    // More of it while it is offered: it chooses nothing.
    anna.press("y\ry\r2\r\r", "5 pasted lines");
    anna.press("U\r2\r", "7 pasted lines");
    anna.press_away(ESCAPE, "7 pasted lines");
    nothing_happened(&world, "with the card open");
    anna.press("m", "Meeting 1 since");
    anna.press("X\rE\r", "2 pasted lines");
    anna.press("1", "› X⏎E");
    anna.sees(&["Meeting 1 since"]);
    let meeting = [("meeting".to_owned(), "Critical incident meeting 1 started".to_owned())];
    assert_eq!(recorded(&world), meeting);
}

/// Case 01 and finding D5, as tmux does it.
#[test]
fn what_tmux_pastes_runs_nothing() {
    let world = World::new();
    world.open("Card payments down");
    let program = World::program().to_str().expect("UTF-8");
    let tmux = Tmux::start(world.dir(), &[program], world.environment(), SIZE);
    tmux.wait_until("the room is shown", |screen| screen.contains("press n and write"));
    for (text, paste, lines) in [
        ("Rollback done\nservice is up\n", &["paste-buffer"][..], 2),
        ("Rollback done\nservice is up\n", &["paste-buffer", "-p"][..], 2),
        ("one\x1b[201~R\nrestored\nU", &["paste-buffer"][..], 3),
        ("one\x1b[201~R\nrestored\nU", &["paste-buffer", "-p"][..], 3),
    ] {
        tmux.run(&["set-buffer", "--", text]);
        tmux.run(paste);
        tmux.wait_until("it is offered", |screen| screen.contains(&format!("{lines} pasted lines")));
        tmux.press("Escape");
        tmux.wait_until("it is put away", |screen| !screen.contains("pasted lines"));
        nothing_happened(&world, &format!("{text:?} {paste:?}"));
    }
}

/// Case 01.
#[test]
fn a_burst_in_a_form_a_search_or_the_palette_stays_text() {
    let (world, mut anna) = at_room(SIZE);
    for (opens, title) in [("a", "How sure"), ("R", "Service is restored"), (":", "Commands"), ("/", "Search")] {
        anna.press(opens, title);
        anna.press("Rollback done\rservice is up\r", "Rollback done");
        anna.press("y\r", "y");
        anna.sees(&[title]);
        anna.terminal.send(ESCAPE);
        if opens != ":" {
            // What was typed is given up only when that is confirmed, and no burst confirms it.
            anna.sees(&["Esc no"]);
            anna.press("y\ry\r", "Nothing here takes text");
            anna.press_away(ESCAPE, "Esc no");
            anna.sees(&[title]);
            anna.press(ESCAPE, "Esc no");
            anna.press_away("y", title);
        }
        anna.terminal.wait_until("it is closed", |screen| !screen.contains(title));
        nothing_happened(&world, title);
    }
}

/// Case 01.
#[test]
fn a_burst_in_the_lobby_runs_nothing() {
    let (world, mut anna) = at_room(SIZE);
    anna.press("L", "D declare");
    anna.press("Demo\rx\rD\r\r\r", "Nothing here takes text");
    anna.press("mail server down", "Nothing here takes text");
    let rooms = world.klock(["rooms", "--all", "--json"]).ok();
    assert_eq!(rooms.matches("\"title\"").count(), 1, "{rooms}");
    nothing_happened(&world, "the room");
}

/// Case 01, without line ends and with one.
#[test]
fn a_burst_of_letters_is_a_note_that_is_offered() {
    let (world, mut anna) = at_room(SIZE);
    for text in ["mail server restarted by Eva", "Router rebooted by Olle\r", "Rx", "  Um", "no\n", "\rRS"] {
        anna.terminal.send(text);
        has_line(&mut anna, text.trim());
        anna.sees(&["Enter save"]);
        nothing_happened(&world, text);
        anna.terminal.send("\x15");
        anna.press(ESCAPE, "press n and write");
    }
    anna.terminal.send("mail server down");
    has_line(&mut anna, "mail server down");
    anna.note("", "mail server down");
    assert_eq!(recorded(&world), [("note".to_owned(), "mail server down".to_owned())]);
}

#[test]
fn a_key_alone_and_one_behind_moves_are_commands() {
    let (_world, mut anna) = at_room(SIZE);
    anna.press("2", "w waive");
    anna.press("jjk1ga", "How sure");
    anna.press_away(ESCAPE, "How sure");
    anna.press("jj\r", "Enter answer");
}

/// Case 02.
#[test]
fn what_a_terminal_answers_to_others_is_no_typing() {
    let (world, mut anna) = at_room(SIZE);
    let strings = [
        "\x1bP>|tmux 3.4\x1b\\",
        "\x1bP1$r0;1m\x1b\\",
        "\x1b]52;c;UmVzdG9yZWQ=\x07",
        "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b^message\x1b\\",
        "\x1bXmR\x1b\\",
        "\u{90}>|mlterm\u{9c}",
        "\u{9d}10;mR\u{9c}",
        "\x1b[12;40R",
        "\x1b[?64;1;2c",
        "\x1b[>41;354;0c",
        "\x1b[?1u",
        "\x1b[M mR",
        "\x1b[<0;35;4M\x1b[<0;35;4m",
        "\x1b[32;35;4M",
    ];
    for string in strings {
        anna.terminal.send(string);
    }
    anna.press("n", "Enter save");
    for string in strings {
        anna.terminal.send(string);
    }
    // Half of one, and the rest a moment later.
    anna.terminal.send("\x1bP>|tm");
    sleep(Duration::from_millis(60));
    anna.terminal.send("ux\x1b\\");
    anna.write("only this");
    has_line(&mut anna, "only this");
    anna.note("", "only this");
    assert_eq!(recorded(&world), [("note".to_owned(), "only this".to_owned())]);
    assert_eq!(world.status()["state"], "open");
}

/// Case 09.
#[test]
fn a_program_that_was_stopped_without_warning_hears_keys_again() {
    let (world, mut anna) = writing();
    anna.write("before");
    let raw = anna.terminal.line_settings();
    for round in ["one", "two"] {
        anna.terminal.signal(Signal::STOP);
        anna.terminal.wait_until_stopped();
        anna.terminal.restore_line_settings();
        assert_ne!(anna.terminal.line_settings(), raw, "the shell reads lines");
        let drawn = anna.terminal.raw.len();
        anna.terminal.signal(Signal::CONT);
        anna.terminal.wait_for_output("everything is drawn again", |all| {
            String::from_utf8_lossy(&all[drawn..]).contains("before")
        });
        assert_eq!(anna.terminal.line_settings(), raw);
        anna.write(&format!(" {round}"));
    }
    anna.note("", "before one two");
    assert_eq!(recorded(&world), [("note".to_owned(), "before one two".to_owned())]);
    let at_start = anna.terminal.line_settings_at_start().to_owned();
    anna.press(ESCAPE, "press n and write");
    anna.terminal.send("q");
    anna.terminal.wait_for_end();
    assert_eq!(anna.terminal.line_settings(), at_start);
}

/// Case 10.
#[test]
fn option_and_an_arrow_move_by_a_word() {
    let (world, mut anna) = writing();
    for (key, terminal) in [
        ("\x1b\x1b[D", "Terminal.app"),
        ("\x1b\x1bOD", "Terminal.app, application keys"),
        ("\x1bb", "iTerm2"),
        ("\x1b[1;3D", "xterm"),
        ("\x1b[1;9D", "iTerm2"),
        ("\x1b[1;5D", "xterm, Ctrl"),
        ("\x1bOd", "rxvt, Ctrl"),
        ("\x1b[d", "rxvt"),
    ] {
        anna.write("restart team");
        anna.terminal.send(key);
        anna.terminal.send("m");
        has_line(&mut anna, "restart mteam");
        nothing_happened(&world, terminal);
        anna.terminal.send("\x05\x15");
        anna.sees(&["› what happened"]);
    }
    anna.write("one two three");
    anna.terminal.send("\x1b\x7f");
    anna.terminal.send("\x01\x1bf!");
    has_line(&mut anna, "one !two");
}

/// Case 22.
#[test]
fn a_sequence_in_pieces_is_one_key() {
    let mut world = World::new();
    world.open("Card payments down");
    for (ssh, pause) in [(None, 60), (Some("192.0.2.7 50000 192.0.2.1 22"), 150)] {
        if let Some(connection) = ssh {
            world.set("SSH_CONNECTION", connection);
        }
        let mut anna = Hand::sit_down(&world, &[], SIZE);
        anna.sees(&["press n and write"]);
        anna.press("n", "Enter save");
        anna.write("half a note");
        let mut pieces = |pieces: &[&[u8]]| {
            for piece in pieces {
                anna.terminal.send_bytes(piece);
                sleep(Duration::from_millis(pause));
            }
        };
        pieces(&[b"\x1b", b"[D", b"\x1b", b"O", b"D", b"\x1b", b"[", b"1;5", b"D"]);
        pieces(&[b"\xc3", b"\xa5", b"\xf0\x9f", b"\x9a", b"\x92"]);
        pieces(&[b"\x1b", b"[200~", b" pasted\x1b", b"[20", b"1~"]);
        has_line(&mut anna, "half a å🚒 pastednote");
        nothing_happened(&world, "the pieces");
        anna.terminal.send("\x05\x15");
        anna.press(ESCAPE, "press n and write");
        anna.leave();
    }
}

/// Finding D4.
#[test]
fn what_is_copied_has_no_control_in_it() {
    let world = World::new();
    world.open("Card payments down");
    world.klock_reading(["log", "one\x1b[201~\ntwo"], "").ok();
    let mut anna = Hand::sit_down(&world, &[], SIZE);
    anna.sees(&["two", "press n and write"]);
    anna.terminal.send("3");
    anna.terminal.send("k");
    anna.press("y", "Sent to the terminal");
    // “13:05 one^[[201~⏎two”
    let sent = "\x1b]52;c;MTM6MDUgb25lXltbMjAxfuKPjnR3bw==";
    assert!(String::from_utf8_lossy(&anna.terminal.raw).contains(sent));
    anna.leave();
    let environment = world.environment().to_vec();
    let program = World::program().to_str().expect("UTF-8");
    let tmux = Tmux::start(world.dir(), &[program], &environment, SIZE);
    tmux.wait_until("the room is shown", |screen| screen.contains("press n and write"));
    tmux.type_text("3");
    tmux.type_text("k");
    for (key, copied) in [("y", "13:05 one^[[201~⏎two"), ("Y", "13:05 one^[[201~\ntwo")] {
        tmux.type_text(key);
        tmux.wait_until("it is copied", |_| tmux.run(&["show-buffer"]).trim_end() == copied);
    }
}

/// Finding D5.
#[test]
fn a_marked_paste_that_holds_its_own_end_runs_nothing() {
    let (world, mut anna) = at_room(SIZE);
    let hostile = "\x1b[200~one\x1b[201~R\rrestored\r\x1bqL\x1b[201~";
    anna.press(hostile, "pasted lines");
    anna.press_away(ESCAPE, "pasted lines");
    nothing_happened(&world, "in one read");
    anna.press("n", "Enter save");
    anna.press(hostile, "pasted lines");
    anna.press("1", "restored");
    nothing_happened(&world, "in the line");
    anna.terminal.send("\x15");
    anna.press(ESCAPE, "press n and write");
    // Its end comes late.
    anna.terminal.send("\x1b[200~one\x1b[201~");
    has_line(&mut anna, "one");
    anna.terminal.send("two\rthree\r\x1b[201~");
    anna.sees(&["2 pasted lines"]);
    anna.press("1", "three");
    nothing_happened(&world, "in two reads");
}

/// Finding D16.
#[test]
fn a_long_paste_without_marks_is_one_change_of_the_text() {
    let text = "the gateway pool went down again ".repeat(1_800) + "the end";
    assert!(text.len() > 59_000);
    let line = ("n", "Enter save");
    for (opens, place) in [
        (&[line][..], "the line"),
        (&[("/", "╭─ Search")], "the search"),
        (&[("a", "How sure")], "a form"),
        (&[line, ("\x0f", "╭─ Entry")], "the editor"),
    ] {
        let (world, mut anna) = at_room(SIZE);
        for (key, title) in opens {
            anna.press(key, title);
        }
        let began = Instant::now();
        anna.terminal.send(&text);
        anna.sees(&["the end"]);
        // One by one they took 16 s and more in the fastest build.
        assert!(began.elapsed() < Duration::from_secs(10), "{place}: {:?}", began.elapsed());
        nothing_happened(&world, place);
    }
}

/// Finding D20.
#[test]
fn a_paste_can_be_answered_on_the_smallest_screens() {
    for size in [(40, 9), (20, 5)] {
        let world = World::new();
        world.open("Card payments down");
        let mut anna = Hand::sit_down(&world, &[], size);
        anna.sees(&["›"]);
        anna.terminal.send("one\rtwo\rthree\r");
        anna.sees(&["1  as one entry", "2  each line", "Esc  not at all"]);
        let drawn = anna.terminal.raw.len();
        anna.terminal.send("\x0c");
        anna.terminal.wait_for_output("everything is drawn again", |all| {
            String::from_utf8_lossy(&all[drawn..]).contains("entry")
        });
        anna.press_away("2", "as one entry");
        world.wait_for(&["timeline"], "three");
        let notes = ["one", "two", "three"].map(|text| ("note".to_owned(), text.to_owned()));
        assert_eq!(recorded(&world), notes, "{size:?}");
    }
}

/// Finding 40.
#[test]
fn a_paste_as_one_entry_stands_apart_from_the_draft() {
    let (world, mut anna) = writing();
    anna.write("killed");
    anna.press("\x1b[200~line one\rline two\x1b[201~", "2 pasted lines");
    anna.terminal.send("1");
    has_line(&mut anna, "killed⏎line one⏎line two");
    anna.terminal.send(ENTER);
    world.wait_for(&["timeline"], "line two");
    assert_eq!(recorded(&world), [("note".to_owned(), "killed\nline one\nline two".to_owned())]);
}
