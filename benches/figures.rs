//! The figures that are promised, each beside its reference in the same run. `cargo bench --bench figures` prints them.
//!
//! The references: a bare ratatui program with 100,000 rows (this file run again with `--bare`), and a bare append followed
//! by `fdatasync` of the same bytes on the same disk.

mod bare;
mod measure;
#[path = "../tests/it/pty.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod pty;
mod world;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use klockslag::domain::event::{Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::intent::{Intent, Request};
use klockslag::wire::message::{Answer, Ask};
use measure::{Series, cpu_time, ms, proportional_memory, row, wakeups};
use pty::Terminal;
use world::World;

const SIZE: (u16, u16) = (120, 40);
const BARE_ROWS: usize = 100_000;
const PAINTS: usize = 30;
const KEYS: usize = 400;
const NOTES: usize = 400;
const CALLS: usize = 50;
const REST: Duration = Duration::from_secs(30);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("--bare") => return bare::run(BARE_ROWS).expect("the reference runs on a terminal"),
        Some("--fill") => {
            let entries = arguments[3].parse().expect("a number");
            return println!("{}", world::fill(Path::new(&arguments[2]), entries).as_str());
        }
        _ => {}
    }
    let world = World::new();
    println!(
        "klock {} on {} cores, {SIZE:?}\n",
        env!("CARGO_PKG_VERSION"),
        std::thread::available_parallelism().map_or(0, usize::from)
    );
    let rooms: Vec<(usize, RoomId)> =
        [50, 5_000, 500_000].into_iter().map(|entries| (entries, fill(&world, entries))).collect();
    // The notes go into a room of their own: the others keep their last row.
    let for_notes = fill(&world, 50);
    world.start_host();
    first_paint(&world, &rooms);
    key_to_paint(&world, &rooms[1].1);
    at_rest(&world, &rooms[2].1);
    acknowledged_note(&world, &for_notes);
    whole_verbs(&world, &for_notes);
    world.stop_host();
    first_paint_with_start(&world, &rooms[0].1);
}

/// A room of `entries` entries, made by another process: a program is started by copying what this one maps, and its time would
/// be that of the copying.
fn fill(world: &World, entries: usize) -> RoomId {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    command.arg("--fill").arg(world.data()).arg(entries.to_string()).stderr(Stdio::inherit());
    let filled = command.output().expect("it runs");
    String::from_utf8_lossy(&filled.stdout).trim().parse().expect("a room was filled")
}

fn bare_terminal(world: &World) -> Terminal {
    let program = std::env::current_exe().expect("this program");
    Terminal::start(&program, &["--bare"], &world.environment(), SIZE)
}

fn klock_terminal(world: &World, room: &RoomId) -> Terminal {
    Terminal::start(World::klock(), &["join", room.as_str()], &world.environment(), SIZE)
}

/// How long a program takes to begin and to end.
struct Paint {
    /// From the start of the process until the last entry is on the terminal.
    painted: Series,
    /// The CPU time that took, on all cores.
    cpu: Series,
    /// From the key that quits until it is gone.
    ended: Series,
}

impl Paint {
    fn cpu_note(&self) -> String {
        format!("{} of CPU", ms(self.cpu.median()))
    }
}

fn time_to_paint(start: impl Fn() -> Terminal, quit: &str) -> Paint {
    let (mut all, mut cpu, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..PAINTS {
        let began = Instant::now();
        let mut terminal = start();
        let mut painted = began;
        while !contains(&terminal.raw, bare::LAST_ROW.as_bytes()) {
            let (at, _) = terminal
                .next_output(began + pty::PATIENCE)
                .unwrap_or_else(|| panic!("the last entry was never painted; the screen says:\n{}", terminal.text()));
            painted = at;
        }
        all.push(painted - began);
        cpu.push(cpu_time(terminal.pid()));
        let quits = Instant::now();
        terminal.send(quit);
        terminal.wait_for_end();
        ends.push(quits.elapsed());
    }
    Paint { painted: Series::new(all), cpu: Series::new(cpu), ended: Series::new(ends) }
}

fn first_paint(world: &World, rooms: &[(usize, RoomId)]) {
    println!("First useful paint: process start to the last entry on the terminal ({PAINTS} starts each)");
    let bare = time_to_paint(|| bare_terminal(world), "\x1b");
    row("  bare ratatui program, 100,000 rows", &bare.painted, &format!("{}   reference", bare.cpu_note()));
    let mut least = None;
    let mut quitting = None;
    for (entries, room) in rooms {
        let paint = time_to_paint(|| klock_terminal(world, room), "q");
        let note = match least {
            None => "promised: 10 ms".to_owned(),
            Some(least) => format!("{:.2} × the room of 50", ratio(paint.painted.median(), least)),
        };
        least.get_or_insert(paint.painted.median());
        let what = format!("  klock join, {entries} entries, host up");
        row(&what, &paint.painted, &format!("{}   {note}", paint.cpu_note()));
        quitting = Some(paint.ended);
    }
    if let Some(ended) = quitting {
        row("  quitting: the key until the process is gone", &ended, "promised: 5 ms");
    }
    println!();
}

/// Memory, wake-ups and bytes of a client that shows a room and of the host behind it, while nobody does anything.
fn at_rest(world: &World, room: &RoomId) {
    println!("At rest for {} s, the room of 500,000 on the screen", REST.as_secs());
    let mut bare = bare_terminal(world);
    bare.wait_for(bare::LAST_ROW);
    settle(&mut bare);
    let processes = [("bare ratatui program, 100,000 rows", bare.pid(), "reference")];
    rest(&mut bare, &processes);
    bare.send("\x1b");
    bare.wait_for_end();
    let mut klock = klock_terminal(world, room);
    klock.wait_for(bare::LAST_ROW);
    settle(&mut klock);
    let client = ("klock", klock.pid(), "promised: 9 MiB, 1 wake-up");
    let host = ("klock host", world.host_pid(), "promised: 30 MiB, 10 wake-ups");
    rest(&mut klock, &[client, host]);
    println!();
}

/// What each of `processes` costs while `terminal` shows the first of them at rest.
fn rest(terminal: &mut Terminal, processes: &[(&str, u32, &str)]) {
    let before: Vec<u64> = processes.iter().map(|(_, pid, _)| wakeups(*pid)).collect();
    let bytes = terminal.raw.len();
    let until = Instant::now() + REST;
    while terminal.next_output(until).is_some() {}
    for ((name, pid, note), before) in processes.iter().zip(before) {
        let a_second = (wakeups(*pid) - before) as f64 / REST.as_secs_f64();
        let memory = proportional_memory(*pid) as f64 / f64::from(1 << 20);
        println!("  {name:<36} {memory:>6.1} MiB PSS, {a_second:>5.1} wake-ups a second   {note}");
    }
    println!("  to the terminal: {:.1} bytes a second", (terminal.raw.len() - bytes) as f64 / REST.as_secs_f64());
}

fn first_paint_with_start(world: &World, room: &RoomId) {
    let mut all = Vec::new();
    for _ in 0..10 {
        let series = time_to_first(world, room);
        all.push(series);
        world.stop_host();
    }
    row("First useful paint when the host must be started, 50 entries", &Series::new(all), "promised: 60 ms");
}

fn time_to_first(world: &World, room: &RoomId) -> Duration {
    let began = Instant::now();
    let mut terminal = klock_terminal(world, room);
    let mut painted = began;
    while !contains(&terminal.raw, bare::LAST_ROW.as_bytes()) {
        let (at, _) = terminal.next_output(began + pty::PATIENCE).expect("the last entry is painted");
        painted = at;
    }
    terminal.send("q");
    terminal.wait_for_end();
    painted - began
}

fn key_to_paint(world: &World, room: &RoomId) {
    println!("Key to paint: a letter written to the terminal until the program's first output ({KEYS} keys each)");
    let mut bare = bare_terminal(world);
    bare.wait_for(bare::LAST_ROW);
    type_and_measure("  bare ratatui program", &mut bare, "reference");
    bare.send("\x1b");
    let mut klock = klock_terminal(world, room);
    klock.wait_for(bare::LAST_ROW);
    klock.send("n");
    type_and_measure("  klock, in the entry line of a room of 5,000", &mut klock, "");
    println!();
}

fn type_and_measure(what: &str, terminal: &mut Terminal, note: &str) {
    settle(terminal);
    let (cpu, bytes) = (cpu_time(terminal.pid()), terminal.raw.len());
    let mut all = Vec::new();
    for key in 0..KEYS {
        let letter = char::from(b'a' + u8::try_from(key % 26).expect("below 26"));
        let pressed = Instant::now();
        terminal.send(&letter.to_string());
        let (at, _) = terminal.next_output(pressed + pty::PATIENCE).expect("a key is answered");
        all.push(at - pressed);
        settle(terminal);
        if key % 60 == 59 {
            // A line is never longer than the terminal is wide, in either program.
            terminal.send(&"\x7f".repeat(60));
            terminal.send("\x15");
            settle(terminal);
        }
    }
    let keys = u32::try_from(KEYS).expect("small");
    let (cpu, bytes) = ((cpu_time(terminal.pid()) - cpu) / keys, (terminal.raw.len() - bytes) / KEYS);
    row(what, &Series::new(all), &format!("{bytes} bytes, {} µs CPU a key  {note}", cpu.as_micros()));
}

/// Reads on until the program has been silent for a moment.
fn settle(terminal: &mut Terminal) {
    while terminal.next_output(Instant::now() + Duration::from_millis(3)).is_some() {}
}

fn acknowledged_note(world: &World, room: &RoomId) {
    println!("Acknowledged note: one client, one after the other ({NOTES} each)");
    let line = world.a_journal_line(room);
    let path = world.folder().join("bare.jsonl");
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).expect("a file");
    let mut client = world.client();
    let (mut bare, mut notes) = (Vec::new(), Vec::new());
    // Taken in turn, so that whatever else the disk does falls on both.
    for number in 0..NOTES {
        let began = Instant::now();
        file.write_all(line.as_bytes()).and_then(|()| file.sync_data()).expect("the disk takes it");
        bare.push(began.elapsed());
        let id = IntentId(ulid::Ulid::from_parts(u64::try_from(number).expect("small") + 1, 7));
        let text = "pool restarted on gw-2, error rate falling".into();
        let intent = Intent::TakeNote { kind: NoteKind::Note, text, facets: Facets::default() };
        let request = Request { id, room: room.clone(), at: None, intent };
        let began = Instant::now();
        let answer = client.ask(Ask::Do(Box::new(request))).expect("the note is taken");
        notes.push(began.elapsed());
        assert!(matches!(answer, Answer::Recorded { .. }), "not acknowledged: {answer:?}");
    }
    let (bare, notes) = (Series::new(bare), Series::new(notes));
    row("  bare append + fdatasync of the same line", &bare, "reference");
    row(
        "  klock, note to acknowledgement",
        &notes,
        &format!("{:.2} × the reference", ratio(notes.median(), bare.median())),
    );
    println!("  (one note costs {} more than the bare sync)\n", ms(notes.median().saturating_sub(bare.median())));
}

/// A verb as a script or tmux calls it: from the start of the process to its end.
fn whole_verbs(world: &World, room: &RoomId) {
    println!("A whole process: start to end, the host up ({CALLS} calls each)");
    let calls = |program: &Path, arguments: &[&str]| {
        let times = (0..CALLS).map(|_| {
            let mut command = Command::new(program);
            command.args(arguments).env_clear().envs(world.environment()).stdout(Stdio::null());
            let began = Instant::now();
            let status = command.status().expect("it starts");
            let took = began.elapsed();
            assert!(status.success(), "{arguments:?}: {status}");
            took
        });
        Series::new(times.collect())
    };
    row("  /bin/true", &calls(Path::new("/bin/true"), &[]), "reference");
    let klock = World::klock();
    let log = ["log", "-r", room.as_str(), "pool restarted on gw-2"];
    row("  klock log TEXT", &calls(klock, &log), "promised: 30 ms");
    row("  klock status --tmux", &calls(klock, &["status", "--tmux"]), "promised: 20 ms");
    println!();
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
