//! The program as a guest on a terminal: it takes what is typed however it comes, and leaves the terminal as it found it.

use std::process::Stdio;

use rustix::process::Signal;

use super::death::kill;
use super::disk::SmallDisk;
use super::freeze::{freeze, thaw};
use super::hand::{ENTER, ESCAPE, Hand, SAVE, entry_line};
use super::world::World;

const SIZE: (u16, u16) = (100, 30);

/// A room, and Anna in it with the cursor in the entry line.
fn writing(world: &World) -> Hand {
    world.open("Card payments down");
    let mut anna = Hand::sit_down(world, &[], SIZE);
    anna.sees(&["press n and write", "✓ saved"]);
    anna.press("n", "Enter save");
    anna
}

/// What a screenful program switches on, still on at the end.
fn left_on(raw: &[u8]) -> Vec<&'static str> {
    let modes = [
        ("alternate screen", "\x1b[?1049h", "\x1b[?1049l"),
        ("bracketed paste", "\x1b[?2004h", "\x1b[?2004l"),
        ("focus reports", "\x1b[?1004h", "\x1b[?1004l"),
        ("hidden cursor", "\x1b[?25l", "\x1b[?25h"),
    ];
    let text = String::from_utf8_lossy(raw);
    let on = modes.into_iter().filter(|(_, on, off)| text.rfind(on).is_some_and(|at| text.rfind(off) < Some(at)));
    on.map(|(what, ..)| what).collect()
}

#[track_caller]
fn is_clean(anna: &Hand, before: &str) {
    assert_eq!(left_on(&anna.terminal.raw), [""; 0]);
    assert_eq!(anna.terminal.line_settings(), before, "the terminal's own settings are as they were");
}

#[test]
fn leaving_leaves_the_terminal_clean_and_says_how_to_come_back() {
    let world = World::new();
    world.open("Card payments down");
    let mut anna = Hand::sit_down(&world, &[], SIZE);
    let before = anna.terminal.line_settings_at_start().to_owned();
    anna.sees(&["press n and write"]);
    assert_ne!(anna.terminal.line_settings(), before, "keys are read one by one");
    assert_eq!(left_on(&anna.terminal.raw).len(), 4);
    anna.terminal.send("q");
    assert_eq!(anna.terminal.wait_for_end(), 0);
    is_clean(&anna, &before);
    assert!(anna.terminal.text().contains("klock join 2026-001"), "{}", anna.terminal.text());
}

#[test]
fn a_signal_leaves_the_terminal_clean_and_keeps_what_was_typed() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let world = World::new();
        let mut anna = writing(&world);
        let before = anna.terminal.line_settings_at_start().to_owned();
        anna.write("half a sentence");
        anna.terminal.signal(signal);
        assert_eq!(anna.terminal.wait_for_end(), 0, "{signal:?}");
        is_clean(&anna, &before);
        let mut again = Hand::sit_down(&world, &[], SIZE);
        again.sees(&["half a sentence"]);
        assert!(!world.klock(["timeline"]).ok().contains("half a sentence"), "a draft is no entry");
    }
}

#[test]
fn a_pause_gives_the_terminal_back_and_takes_it_again() {
    let world = World::new();
    let mut anna = writing(&world);
    let before = anna.terminal.line_settings_at_start().to_owned();
    anna.write("before the pause");
    let raw = anna.terminal.line_settings();
    let mark = anna.terminal.raw.len();
    anna.terminal.signal(Signal::TSTP);
    anna.terminal.wait_until_stopped();
    anna.terminal.wait_for_output("a shell can be used meanwhile", |raw| left_on(raw).is_empty());
    assert_eq!(anna.terminal.line_settings(), before);
    assert!(anna.terminal.raw.len() > mark);
    anna.terminal.signal(Signal::CONT);
    anna.sees(&["before the pause", "Enter save"]);
    anna.write(" and after it");
    assert_eq!(anna.terminal.line_settings(), raw);
    assert_eq!(left_on(&anna.terminal.raw).len(), 3, "the cursor is shown: a line is being typed");
    anna.note("", "before the pause and after it");
}

#[test]
fn a_terminal_made_tiny_and_large_again_shows_everything() {
    let world = World::new();
    let mut anna = writing(&world);
    anna.write("still here");
    for (columns, rows) in [(10, 3), (2, 2), (40, 9), (3, 40)] {
        anna.terminal.resize(columns, rows);
    }
    anna.terminal.resize(SIZE.0, SIZE.1);
    anna.sees(&["still here", "Enter save", "P1 CRITICAL"]);
    anna.note(" all along", "still here all along");
}

#[test]
fn without_a_terminal_it_says_so() {
    let world = World::new();
    let said = world.klock([] as [&str; 0]).fails(1);
    assert!(said.contains("needs a terminal") && said.contains("klock status"), "{said}");
    let mut command = world.command(["join", "2026-001"]);
    world.open("Card payments down");
    let output = command.stdin(Stdio::piped()).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("needs a terminal"));
}

#[test]
fn a_room_that_is_not_there_is_told_in_the_shell() {
    let world = World::new();
    world.open("Card payments down");
    let mut anna = Hand::sit_down(&world, &["join", "2026-999"], SIZE);
    let before = anna.terminal.line_settings_at_start().to_owned();
    assert_eq!(anna.terminal.wait_for_end(), 3);
    is_clean(&anna, &before);
    let said = anna.terminal.text();
    assert!(said.contains("2026-999") && said.contains("klock rooms"), "{said}");
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let world = World::new();
    let mut anna = writing(&world);
    anna.write("the lid was closed");
    anna.terminal.hang_up();
    // Spinning, it would never end.
    anna.terminal.wait_for_end();
    let mut again = Hand::sit_down(&world, &[], SIZE);
    again.sees(&["the lid was closed"]);
}

#[test]
fn a_burst_arrives_whole() {
    let world = World::new();
    let mut anna = writing(&world);
    let text: String = (0..400).map(|n| format!("{n:04}·")).collect();
    assert_eq!(text.chars().count(), 2000);
    let frames = anna.terminal.raw.len();
    anna.terminal.send(&text);
    anna.sees(&["0399·"]);
    let spent = anna.terminal.raw.len() - frames;
    assert!(spent < 200 * 1024, "2,000 letters cost {spent} bytes: they were drawn one by one");
    anna.terminal.send(ENTER);
    anna.terminal.wait_until("the entry is saved", |screen| screen.contains("what happened, who, by when"));
    world.wait_for(&["timeline"], "0399");
    assert!(world.klock(["timeline"]).ok().contains(&text), "every letter is there, in order");
}

#[test]
fn a_marked_paste_of_many_lines_asks_first() {
    let world = World::new();
    let mut anna = writing(&world);
    anna.press("\x1b[200~first line\rsecond line\x1b[201~", "2 pasted lines");
    anna.press("1", "second line");
    anna.terminal.send(ENTER);
    world.wait_for(&["timeline"], "second line");
    let notes = world.klock(["timeline", "--kind", "note", "--json"]).ok();
    assert_eq!(notes.lines().count(), 1, "{notes}");
}

#[test]
fn a_paste_without_an_end_gives_the_keyboard_back_and_stays_text() {
    let world = World::new();
    let mut anna = writing(&world);
    anna.press("\x1b[200~cut off in the", "A paste has no end yet: 14 letters");
    anna.terminal.send("q");
    anna.sees(&["15 letters"]);
    anna.press("\x03", "cut off in theq");
    anna.note(" middle", "cut off in theq middle");
}

#[test]
fn lines_typed_too_fast_for_a_hand_are_not_sent_one_by_one() {
    let world = World::new();
    let mut anna = writing(&world);
    // A terminal that does not mark pastes.
    anna.press("alpha\rbeta\rgamma", "3 pasted lines");
    anna.press("2", "gamma");
    world.wait_for(&["timeline"], "gamma");
    let notes = world.klock(["timeline", "--kind", "note", "--json"]).ok();
    assert_eq!(notes.lines().count(), 3, "{notes}");
}

#[test]
fn a_draft_survives_the_sudden_death_of_client_and_host() {
    let world = World::new();
    let mut anna = writing(&world);
    anna.write("d: almost decided");
    // Kept within a second of the wall clock that people live by.
    world.advance(1);
    world.wait_until_on_disk("d: almost decided");
    let host = world.host_pid();
    anna.terminal.signal(Signal::KILL);
    kill(host);
    anna.terminal.wait_for_end();
    let mut again = Hand::sit_down(&world, &[], SIZE);
    again.sees(&["d: almost decided", "13:05:00 ~Anna ›"]);
    again.terminal.send("n");
    again.write(" at last");
    again.note("", "DECISION");
    assert!(world.klock(["timeline"]).ok().contains("almost decided at last"));
}

#[test]
fn what_is_typed_while_the_host_is_dead_is_saved_when_it_is_back() {
    let world = World::new();
    let mut anna = writing(&world);
    anna.write("typed before");
    kill(world.host_pid());
    anna.write(" and after");
    anna.note("", "typed before and after");
    let timeline = world.klock(["timeline"]).ok();
    assert_eq!(timeline.matches("typed before and after").count(), 1, "{timeline}");
}

#[test]
fn an_idle_screen_soon_says_that_the_host_is_frozen_and_when_it_wakes() {
    let world = World::new();
    let mut anna = writing(&world);
    anna.note("just heard from it", "just heard from it");
    let host = world.host_pid();
    freeze(host);
    let stopped = std::time::Instant::now();
    anna.sees(&["the host has been silent since"]);
    // Asked only every ten seconds, it would take longer than that.
    assert!(stopped.elapsed() < std::time::Duration::from_secs(8), "{:?}", stopped.elapsed());
    thaw(host);
    anna.terminal.wait_until("it is heard again", |screen| !screen.contains("silent") && screen.contains("✓ saved"));
}

/// The parameters of every colour and style sequence that was written.
fn styles(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw).into_owned();
    let parts = text.split("\x1b[").skip(1);
    let is_style = |part: &&str| part.chars().find(|c| !c.is_ascii_digit() && *c != ';' && *c != ':') == Some('m');
    parts.filter(is_style).map(|part| part.split('m').next().unwrap_or_default().to_owned()).collect()
}

fn is_colour(style: &str) -> bool {
    let mut numbers = style.split([';', ':']).filter_map(|n| n.parse::<u8>().ok());
    numbers.any(|n| matches!(n, 30..=38 | 40..=48 | 90..=97 | 100..=107))
}

#[test]
fn as_many_colours_as_the_terminal_shows() {
    let looks = [
        ("NO_COLOR", &[("NO_COLOR", "1")][..], "none"),
        ("TERM=xterm", &[("TERM", "xterm")][..], "16"),
        ("TERM=xterm-256color", &[][..], "256"),
        ("COLORTERM", &[("COLORTERM", "truecolor"), ("COLORFGBG", "15;0")][..], "true"),
    ];
    for (look, variables, depth) in looks {
        let mut world = World::new();
        for (name, value) in variables {
            world.set(name, value);
        }
        world.open("Card payments down");
        let mut anna = Hand::sit_down(&world, &[], SIZE);
        anna.sees(&["P1 CRITICAL", "press n and write"]);
        let styles = styles(&anna.terminal.raw);
        let has = |wanted: &str| styles.iter().any(|style| style.split(';').any(|n| n == wanted));
        let indexed = styles.iter().any(|style| style.contains("8;5;") && index(style) > 15);
        let direct = styles.iter().any(|style| style.contains("8;2;"));
        let used = match (styles.iter().any(|style| is_colour(style)), indexed, direct) {
            (false, ..) => "none",
            (_, _, true) => "true",
            (_, true, _) => "256",
            _ => "16",
        };
        assert_eq!(used, depth, "{look}: {styles:?}");
        assert!(has("1"), "{look}: bold is there: {styles:?}");
        if depth == "none" {
            assert!(has("7"), "{look}: reverse is there: {styles:?}");
        }
    }
}

#[test]
fn a_terminal_that_is_asked_for_its_background_may_answer_in_the_middle_of_typing() {
    let mut world = World::new();
    world.set("COLORTERM", "truecolor");
    let mut anna = writing(&world);
    assert!(String::from_utf8_lossy(&anna.terminal.raw).contains("\x1b]11;?"), "it is asked");
    anna.write("pool rest");
    let before = styles(&anna.terminal.raw);
    anna.terminal.send("\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\arted");
    anna.sees(&["pool restarted"]);
    anna.terminal.wait_for_output("the light theme is drawn", |raw| {
        styles(raw).iter().any(|style| is_colour(style) && !before.contains(style))
    });
}

fn index(style: &str) -> u16 {
    style.split("8;5;").nth(1).and_then(|rest| rest.split(';').next()?.parse().ok()).unwrap_or(0)
}

#[test]
fn the_screen_speaks_swedish() {
    let mut world = World::new();
    world.set("KLOCK_LANG", "sv");
    let mut anna = Hand::sit_down(&world, &[], (120, 40));
    anna.press("D", "Prioritet 1: Kritisk");
    anna.write("Kortbetalningar nere");
    anna.press("\x13", "Vad har hänt?");
    anna.sees(&["P1 KRITISK", "Vad har hänt?", "Checklista", "lördag 21 november 2026"]);
    anna.press("n", "Enter spara");
    anna.write("b: växla till ställe B");
    anna.press(ENTER, "BESLUT");
}

/// Writes notes on a disk that is filled until one cannot be saved: that one.
fn write_until_refused(anna: &mut Hand, disk: &SmallDisk) -> String {
    disk.fill();
    // The last block of the journal may take a few more lines.
    let refused = (0..60).map(|number| format!("while it was full {number}")).find(|text| {
        anna.write(text);
        anna.terminal.send(ENTER);
        anna.terminal.wait_until("it is saved or not", |screen| {
            screen.contains("NOT SAVED") || entry_line(screen).ends_with("saved")
        });
        disk.fill();
        anna.terminal.text().contains("NOT SAVED")
    });
    refused.expect("a full disk refuses")
}

fn on_small_disk() -> (SmallDisk, World) {
    let disk = SmallDisk::mount();
    let mut world = World::new();
    world.set("KLOCK_DATA_DIR", disk.path().join("data").to_str().expect("UTF-8"));
    (disk, world)
}

#[test]
fn a_full_disk_is_said_in_red_and_what_was_written_goes_by_itself() {
    let (disk, world) = on_small_disk();
    let mut anna = writing(&world);
    anna.note("before it was full", "before it was full");
    let refused = write_until_refused(&mut anna, &disk);
    anna.press("3", "› 3");
    anna.sees(&["NOT SAVED", &refused, "1 unsent"]);
    let screen = anna.terminal.screen();
    let row = anna.terminal.text().lines().position(|line| line.contains("NOT SAVED")).expect("it is said");
    let line = anna.terminal.text().lines().nth(row).unwrap_or_default().to_owned();
    let at = line.split("NOT SAVED").next().unwrap_or_default().chars().count();
    let cell = screen.cell(u16::try_from(row).expect("a row"), u16::try_from(at).expect("a column")).expect("a cell");
    assert!(is_red(cell.fgcolor()) || is_red(cell.bgcolor()), "{:?} on {:?}", cell.fgcolor(), cell.bgcolor());
    disk.free();
    anna.terminal.wait_until("it is saved with no key pressed", |screen| {
        // The index may have met the full disk, too; then that is said where “✓ saved” would stand.
        let status = screen.contains("✓ saved") || screen.contains("There is no index for now");
        let is_there = screen.contains(&format!("{refused} "));
        status && is_there && !screen.contains("NOT SAVED") && !screen.contains("unsent")
    });
    anna.sees(&["› 3"]);
    let timeline = world.klock(["timeline"]).ok();
    assert_eq!(timeline.lines().filter(|line| line.contains(&format!("{refused} "))).count(), 1, "{timeline}");
}

#[test]
fn who_leaves_while_the_disk_is_full_finds_the_text_in_the_shell() {
    let (disk, world) = on_small_disk();
    let mut anna = writing(&world);
    let refused = write_until_refused(&mut anna, &disk);
    anna.press(ESCAPE, "press n and write");
    anna.press("q", "The disk takes nothing");
    anna.terminal.send("y");
    assert_eq!(anna.terminal.wait_for_end(), 0);
    let said = anna.terminal.text();
    assert!(said.contains("This is not saved") && said.contains(&refused), "{said}");
}

/// The reds of the 16 and of the 256 colours.
fn is_red(colour: vt100::Color) -> bool {
    match colour {
        vt100::Color::Idx(index) => matches!(index, 1 | 9 | 88 | 124 | 160 | 167 | 196 | 197 | 203 | 204 | 209 | 210),
        vt100::Color::Rgb(red, green, blue) => red > green && red > blue,
        vt100::Color::Default => false,
    }
}

#[test]
fn a_half_filled_form_is_kept_and_offered_again() {
    let world = World::new();
    let mut anna = writing(&world);
    anna.press_away(ESCAPE, "Enter save");
    anna.press("a", "How sure");
    anna.write("Terminals get 502");
    world.advance(1);
    world.wait_until_on_disk("Terminals get 502");
    anna.terminal.signal(Signal::KILL);
    anna.terminal.wait_for_end();
    let mut again = Hand::sit_down(&world, &[], SIZE);
    again.sees(&["press n and write", "✓ saved"]);
    again.press("a", "How sure");
    again.sees(&["Terminals get 502"]);
    again.terminal.send(SAVE);
    world.wait_for(&["timeline"], "Terminals get 502");
}
