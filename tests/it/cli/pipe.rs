//! `klock log -`: every line once and in order, whatever dies, stops or is full meanwhile.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};

use super::log::with_room;
use crate::death::kill;
use crate::freeze::{freeze, thaw};
use crate::pty::PATIENCE;
use crate::world::World;

/// A `klock log -` that runs, with both ends in hand.
struct Pipe {
    child: Child,
    stdin: Option<ChildStdin>,
    printed: BufReader<std::process::ChildStdout>,
}

impl Pipe {
    fn start(world: &World) -> Self {
        Pipe::run(world.command(["log", "-"]))
    }

    fn run(mut command: Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stdin = child.stdin.take();
        let printed = BufReader::new(child.stdout.take().expect("its stdout"));
        Pipe { child, stdin, printed }
    }

    fn write(&mut self, bytes: &[u8]) {
        self.stdin.as_mut().expect("still open").write_all(bytes).expect("it reads");
    }

    /// The next number that was printed.
    fn seq(&mut self) -> u64 {
        let mut line = String::new();
        self.printed.read_line(&mut line).expect("UTF-8");
        number(&line)
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("it is there");
    }

    /// How it ended: the numbers still printed, its exit code, and what it said.
    fn end(self) -> (Vec<u64>, Option<i32>, String) {
        self.end_counting(&AtomicUsize::new(0))
    }

    /// As [`Pipe::end`], counting the numbers as they are printed.
    fn end_counting(mut self, count: &AtomicUsize) -> (Vec<u64>, Option<i32>, String) {
        drop(self.stdin.take());
        let mut seqs = Vec::new();
        for line in self.printed.by_ref().lines() {
            seqs.push(number(&line.expect("UTF-8")));
            count.fetch_add(1, Ordering::SeqCst);
        }
        let output = self.child.wait_with_output().expect("it ends");
        (seqs, output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    }
}

/// The texts of the entries of these kinds, in the order in which they were recorded.
fn texts(world: &World, kinds: &str) -> Vec<String> {
    let printed = world.klock(["timeline", "--json", "--kind", kinds]).ok();
    let mut texts: Vec<(u64, String)> = printed
        .lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
            (line["seq"].as_u64().expect("a number"), line["text"].as_str().expect("a text").to_owned())
        })
        .collect();
    texts.sort();
    texts.into_iter().map(|(_, text)| text).collect()
}

/// The notes in the order in which they were recorded.
fn notes(world: &World) -> Vec<String> {
    texts(world, "note")
}

/// The number at the beginning of what was printed of an entry.
fn number(line: &str) -> u64 {
    line.split(' ').next().and_then(|seq| seq.parse().ok()).unwrap_or_else(|| panic!("no number: {line:?}"))
}

fn are_consecutive(seqs: &[u64]) -> bool {
    seqs.windows(2).all(|two| two[1] == two[0] + 1)
}

fn numbered(range: std::ops::Range<u32>) -> (Vec<String>, String) {
    let lines: Vec<String> = range.map(|n| format!("line {n}")).collect();
    let input = lines.iter().map(|line| format!("{line}\n")).collect();
    (lines, input)
}

/// All that lies in the directory of what is not recorded yet.
fn spooled(world: &World) -> String {
    let dir = world.dir().join("home/.local/state/klockslag/spool");
    let Ok(entries) = fs::read_dir(dir) else { return String::new() };
    // A file may be gone by the time it is read: then it is acknowledged.
    let text = entries.filter_map(|entry| fs::read(entry.expect("an entry").path()).ok());
    text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

fn wait_until_spooled(world: &World, what: &str) {
    let deadline = Instant::now() + PATIENCE;
    while !spooled(world).contains(what) {
        assert!(Instant::now() < deadline, "what is read is not written down");
        std::thread::yield_now();
    }
}

#[test]
fn a_log_of_windows_is_read() {
    let world = with_room();
    let lines = ["The service stopped", "Ärendet är löst → 😀", "", "last"];
    let text = lines.join("\r\n");
    let encodings: [Vec<u8>; 4] = [
        format!("\u{feff}{text}").into_bytes(),
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    let count = encodings.len();
    for bytes in encodings {
        let mut pipe = Pipe::start(&world);
        // As it may come: in the middle of a character.
        let (first, rest) = bytes.split_at(41);
        pipe.write(first);
        pipe.write(rest);
        let (seqs, code, said) = pipe.end();
        assert_eq!((seqs.len(), code), (3, Some(0)), "{said}");
    }
    let expected: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(texts(&world, "note"), expected.repeat(count));
}

#[test]
fn a_host_killed_in_the_middle_of_a_pipe_loses_and_doubles_nothing() {
    let world = with_room();
    let (lines, input) = numbered(0..6000);
    let mut pipe = Pipe::start(&world);
    let mut stdin = pipe.stdin.take().expect("its stdin");
    // The last lines come when the last host has died: so every one of them died in the middle.
    let (before, after) = input.split_at(input.find("line 5000\n").expect("it is there"));
    let (before, after) = (before.to_owned(), after.to_owned());
    let (killed, all_killed) = channel();
    let feeder = std::thread::spawn(move || {
        stdin.write_all(before.as_bytes())?;
        all_killed.recv().expect("every host was killed");
        stdin.write_all(after.as_bytes())
    });
    let printed = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&printed);
    let ending = std::thread::spawn(move || pipe.end_counting(&count));
    for round in 0..5 {
        let host = world.host_pid();
        let deadline = Instant::now() + PATIENCE;
        while printed.load(Ordering::SeqCst) < 1 + round * 500 {
            assert!(Instant::now() < deadline, "nothing more is acknowledged in round {round}");
            std::thread::yield_now();
        }
        kill(host);
    }
    killed.send(()).expect("the feeder waits");
    feeder.join().expect("no panic").expect("all was read");
    let (seqs, code, err) = ending.join().expect("no panic");
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(notes(&world), lines);
    assert_eq!(seqs.len(), lines.len());
    assert!(are_consecutive(&seqs), "acknowledged in order, each once");
    assert_eq!(spooled(&world), "", "nothing is left to be sent");
}

/// A pipe of which "first" is recorded.
fn begun(world: &World) -> Pipe {
    let mut pipe = Pipe::start(world);
    pipe.write(b"first\n");
    pipe.seq();
    pipe
}

/// The same, and the host, which does not answer any more.
fn at_a_frozen_host(world: &World) -> (Pipe, Pid) {
    let pipe = begun(world);
    let host = world.host_pid();
    freeze(host);
    (pipe, host)
}

#[test]
fn what_a_killed_pipe_had_read_the_next_one_records() {
    let world = with_room();
    let (mut pipe, host) = at_a_frozen_host(&world);
    // A host that does not answer keeps no producer waiting: this is more than a pipe holds.
    let (lines, input) = numbered(0..20_000);
    pipe.write(input.as_bytes());
    wait_until_spooled(&world, "line 19999\"");
    pipe.signal(Signal::KILL);
    let (seqs, code, _) = pipe.end();
    assert_eq!((seqs.len(), code), (0, None));
    thaw(host);
    let run = world.klock(["log", "-"]);
    assert!(run.err.contains("an earlier pipe left behind"), "{}", run.err);
    assert_eq!(run.ok(), "", "whoever waited for those numbers is gone");
    assert_eq!(notes(&world)[0], "first");
    assert_eq!(notes(&world)[1..], lines);
    assert_eq!(spooled(&world), "");
}

/// The only file of what is not recorded yet, of a pipe that was killed after "first" was recorded and `lines` were not.
fn left_behind(world: &World, lines: &[&str]) -> std::path::PathBuf {
    let (mut pipe, host) = at_a_frozen_host(world);
    for line in lines {
        pipe.write(format!("{line}\n").as_bytes());
    }
    wait_until_spooled(world, &format!("{}\"", lines.last().expect("a line")));
    pipe.signal(Signal::KILL);
    pipe.end();
    // With what had reached it.
    kill(host);
    let mut files = fs::read_dir(world.dir().join("home/.local/state/klockslag/spool")).expect("a directory");
    files.next().expect("a file").expect("an entry").path()
}

#[test]
fn what_a_killed_pipe_left_behind_goes_with_the_next_entry_too() {
    let world = with_room();
    left_behind(&world, &["one", "two"]);
    let run = world.klock(["log", "three"]);
    assert!(run.err.contains("3 lines that an earlier pipe left behind are recorded"), "{}", run.err);
    assert_eq!(run.ok().lines().count(), 1, "of its own entry");
    assert_eq!(notes(&world), ["first", "three", "one", "two"]);
    assert_eq!(spooled(&world), "");
    assert_eq!(world.klock(["log", "four"]).err, "");
}

#[test]
fn a_damaged_line_costs_no_other_and_is_told_once() {
    for damages_address in [false, true] {
        let world = with_room();
        let file = left_behind(&world, &["one", "two", "three"]);
        let text = fs::read_to_string(&file).expect("read");
        let hurt = if damages_address {
            text.replacen("\"to\"", "\"t\"", 1)
        } else {
            text.replacen("\"line\":3", "\"line\":\"", 1)
        };
        assert_ne!(hurt, text);
        fs::write(&file, hurt).expect("written");
        let run = world.klock(["log", "four"]);
        let kept = file.with_extension("damaged");
        let lost = if damages_address { "4 lines" } else { "1 line" };
        assert!(run.err.contains(lost) && run.err.contains(kept.to_str().expect("UTF-8")), "{}", run.err);
        assert_eq!(run.code, Some(0));
        let recorded: &[&str] = if damages_address { &["first", "four"] } else { &["first", "four", "one", "three"] };
        assert_eq!(notes(&world), recorded);
        assert!(kept.exists() && !file.exists());
        assert_eq!(world.klock_reading(["log", "-"], "five\n").err, "", "said once");
    }
}

#[test]
fn lines_read_before_the_clock_was_set_back_are_recorded_all_the_same() {
    let world = with_room();
    let (mut pipe, host) = at_a_frozen_host(&world);
    world.set_clock("2026-11-21T13:45:00+01:00");
    pipe.write(b"read at a quarter to two\n");
    wait_until_spooled(&world, "a quarter to two");
    world.set_clock("2026-11-21T13:15:00+01:00");
    thaw(host);
    drop(pipe.stdin.take());
    let (_, code, err) = pipe.end();
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(notes(&world), ["first", "read at a quarter to two"]);
}

#[test]
fn a_pipe_that_is_asked_to_stop_records_what_was_written_to_it() {
    let world = with_room();
    let mut pipe = begun(&world);
    let (lines, input) = numbered(0..2000);
    pipe.write(input.as_bytes());
    // As `timeout` does it: to the program, and to its group.
    pipe.signal(Signal::TERM);
    pipe.signal(Signal::TERM);
    let producer = pipe.stdin.take();
    let (seqs, code, err) = pipe.end();
    assert_eq!((seqs.len(), code), (2000, Some(0)), "{err}");
    drop(producer);
    assert_eq!(notes(&world)[1..], lines);
}

#[test]
fn no_line_is_too_long_or_too_strange_for_those_after_it() {
    let world = with_room();
    let mut pipe = Pipe::start(&world);
    pipe.write(b"one\n");
    for _ in 0..48 {
        pipe.write(&[b'x'; 64 << 10]);
    }
    pipe.write(b"\nd:\n\xff\xfe broken\nnul \0 and \x1b[31m red\nlast");
    let (seqs, code, err) = pipe.end();
    assert_eq!((seqs.len(), code), (5, Some(1)), "{err}");
    let notes = notes(&world);
    assert!(notes[1].starts_with("xxx") && notes[1].ends_with("… [cut]") && notes[1].len() <= 256 << 10);
    assert_eq!(
        [&notes[0], &notes[2], &notes[3], &notes[4]],
        ["one", "\u{fffd}\u{fffd} broken", "nul \0 and \u{1b}[31m red", "last"]
    );
    for said in ["Line 2 is too long", "Line 3: ", "Line 4 is not UTF-8", "1 line was refused"] {
        assert!(err.contains(said), "{said} is missing from:\n{err}");
    }
    let kept = err.split_whitespace().find(|word| word.contains("refused-")).expect("the path");
    assert_eq!(fs::read_to_string(kept).expect("it is there"), "d:\n");
}

#[test]
fn without_a_file_to_write_to_a_pipe_still_records_everything() {
    let world = with_room();
    fs::write(world.dir().join("home/.local/state/klockslag/spool"), "in the way").expect("written");
    let (lines, input) = numbered(0..3000);
    let run = world.klock_reading(["log", "-"], &input);
    assert!(run.err.contains("cannot be kept in a file"), "{}", run.err);
    assert_eq!(run.ok().lines().count(), lines.len());
    assert_eq!(notes(&world), lines);
}

#[test]
fn a_pipe_that_begins_while_the_host_does_not_answer_loses_nothing() {
    let world = World::new();
    let room = world.open("Card payments down");
    let host = world.host_pid();
    freeze(host);
    let (lines, input) = numbered(0..2000);
    let said = world.klock_reading(["log", "-r", &room, "-"], &input).fails(4);
    assert!(said.contains(&format!("kill -CONT {}", host.as_raw_nonzero())) && said.contains(".spool"), "{said}");
    thaw(host);
    world.klock(["log", "afterwards"]).ok();
    assert_eq!(notes(&world).split_first(), Some((&"afterwards".to_owned(), lines.as_slice())));
    assert_eq!(spooled(&world), "");
}

#[test]
fn what_is_in_no_file_is_said_also_when_what_an_earlier_pipe_left_behind_comes_first() {
    let world = World::new();
    let room = world.open("Card payments down");
    let left = left_behind(&world, &["left behind"]);
    let host = world.host_pid();
    freeze(host);
    // A limit on the length of files stands for a full disk.
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh"]).arg(World::program()).args(["log", "-r", &room, "-"]);
    shell.env_clear().envs(world.environment().iter().map(|(name, value)| (name, value)));
    let mut pipe = Pipe::run(shell);
    pipe.write(b"only in memory\n");
    let (_, code, err) = pipe.end();
    assert_eq!(code, Some(4), "{err}");
    assert!(err.contains("\nonly in memory\n") && err.contains(left.to_str().expect("UTF-8")), "{err}");
    thaw(host);
}

#[test]
fn a_reader_of_the_numbers_that_leaves_stops_no_line() {
    let world = with_room();
    let Pipe { mut child, stdin, mut printed } = Pipe::start(&world);
    let mut stdin = stdin.expect("its stdin");
    let (lines, input) = numbered(0..3000);
    stdin.write_all(input.as_bytes()).expect("it reads");
    printed.read_line(&mut String::new()).expect("a first number");
    drop((printed, stdin));
    assert!(child.wait().expect("it ends").success());
    assert_eq!(notes(&world), lines);
}

#[test]
fn every_line_of_stdin_is_an_entry() {
    let world = with_room();
    let printed = world.klock_reading(["log", "-"], "one\n\nd: two\n  three  \nfyra å ä ö").ok();
    let seqs: Vec<u64> = printed.lines().map(number).collect();
    assert_eq!(seqs.len(), 4);
    assert!(are_consecutive(&seqs), "{seqs:?}");
    assert_eq!(texts(&world, "note,decision"), ["one", "two", "three", "fyra å ä ö"]);
}
