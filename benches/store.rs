//! What a long room costs the store: filling it, making its index anew, checking it, memory. `cargo bench --bench store`.
//!
//! The references: reading the same journal line by line with `serde_json`, the SHA-256 of the same bytes, and an empty
//! store. `-- --entries N` measures a room of another length than 500,000.

#[allow(dead_code, reason = "figures.rs uses all of it")]
mod bare;
#[allow(dead_code, reason = "figures.rs uses all of it")]
mod measure;
#[allow(dead_code, reason = "figures.rs uses all of it")]
mod world;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use klockslag::clock::Clock;
use klockslag::domain::id::RoomId;
use klockslag::store::{FileStore, KernelSalts, PageStart, StoreOptions};
use measure::proportional_memory;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use world::World;

/// How long the room is unless told otherwise.
const ENTRIES: usize = 500_000;
/// How many pages of the timeline are read, and how long each is.
const PAGES: (usize, usize) = (50, 40);
/// Another start of this program, that uses a store and says what it weighs.
const USE: &str = "--use";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |flag: &str| arguments.iter().position(|argument| argument == flag).map(|at| &arguments[at + 1..]);
    if let Some([dir, ..]) = after(USE) {
        weigh(Path::new(dir));
        return;
    }
    let entries = after("--entries").map_or(ENTRIES, |rest| rest[0].parse().expect("a number"));
    let (world, empty) = (World::new(), World::new());
    println!("klock {}, a room of {entries} entries\n", env!("CARGO_PKG_VERSION"));
    let room = timed("filled: made, saved, indexed", "", entries, || world::fill(&world.data(), entries));
    let journal = world.data().join("rooms").join(format!("{room}.jsonl"));
    println!("  the journal {}, the index {}\n", megabytes(&journal), megabytes(&world.data().join("index.sled")));

    println!("The index made anew from the journal");
    let lines = timed("every line by serde_json, nothing kept", "reference", entries, || parse(&journal));
    assert_eq!(lines, entries, "one line an entry");
    timed("SHA-256 of the same bytes", "reference", entries, || hash(&journal));
    fs::remove_dir_all(world.data().join("index.sled")).expect("an index");
    let mut store = open(&world.data());
    timed("klock, first use of the room", "aim: 100,000 a second", entries, || store.lines(&room, 1, 1).expect("read"));
    timed("klock, folded and the fold kept", "", entries, || store.load_room(&room).expect("it folds"));
    println!("\nChecked from end to end, as `klock verify` does");
    let verification = timed("klock, journal and index", "", entries, || store.verify(&room).expect("it is read"));
    assert_eq!(verification.faults, []);
    drop(store);

    println!("\nMemory of a process that has the store open, MiB PSS (this one has the bench's own code as well)");
    weigh_elsewhere("an empty store", &empty);
    weigh_elsewhere("a store with the room", &world);
    fs::remove_dir_all(world.data().join("index.sled")).expect("an index");
    weigh_elsewhere("the same, its index made anew", &world);
}

fn open(dir: &Path) -> FileStore {
    let options = StoreOptions {
        now: Clock::from_env().now(),
        patience: Duration::from_secs(5),
        salts: Box::new(KernelSalts::default()),
        spools: Vec::new(),
    };
    FileStore::open(dir, options).expect("the store opens").store
}

/// Does `work` and says how much of it was done a second, by the clock and by what it cost in CPU.
fn timed<T>(what: &str, note: &str, entries: usize, work: impl FnOnce() -> T) -> T {
    let (cpu, began) = (own_cpu_time(), Instant::now());
    let done = work();
    let (wall, cpu) = (began.elapsed(), own_cpu_time().saturating_sub(cpu));
    let rate = |span: Duration| entries as f64 / span.as_secs_f64().max(f64::EPSILON);
    println!("  {what:<44} {:>9.0} a second, {:>9.0} a second of CPU   {note}", rate(wall), rate(cpu));
    done
}

/// What this process has used, threads that have ended counted.
fn own_cpu_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.cast_unsigned(), u32::try_from(now.tv_nsec).unwrap_or(0))
}

fn parse(journal: &Path) -> usize {
    let mut reader = BufReader::with_capacity(1 << 18, File::open(journal).expect("a journal"));
    let mut line = Vec::new();
    let mut lines = 0;
    while reader.read_until(b'\n', &mut line).expect("it is read") > 0 {
        serde_json::from_slice::<IgnoredAny>(&line).expect("JSON");
        line.clear();
        lines += 1;
    }
    lines
}

fn hash(journal: &Path) -> [u8; 32] {
    let mut file = File::open(journal).expect("a journal");
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 18];
    loop {
        match file.read(&mut block).expect("it is read") {
            0 => return hasher.finalize().into(),
            read => hasher.update(&block[..read]),
        }
    }
}

fn megabytes(path: &Path) -> String {
    fn size(path: &Path) -> u64 {
        match fs::read_dir(path) {
            Ok(entries) => entries.flatten().map(|entry| size(&entry.path())).sum(),
            Err(_) => fs::metadata(path).map_or(0, |meta| meta.len()),
        }
    }
    format!("{:.0} MB", size(path) as f64 / 1e6)
}

fn weigh_elsewhere(what: &str, world: &World) {
    println!("  {what}");
    let program = std::env::current_exe().expect("this program");
    let status = Command::new(program).arg(USE).arg(world.data()).status().expect("it starts");
    assert!(status.success(), "{status}");
}

/// Uses the store in `dir` step by step, and says after each what this process weighs.
fn weigh(dir: &Path) {
    let said = |what: &str| {
        let weight = proportional_memory(std::process::id()) as f64 / f64::from(1 << 20);
        println!("    {what:<42} {weight:>6.1}");
    };
    said("before");
    let mut store = open(dir);
    said("open");
    let Some(room) = store.list_rooms().expect("listed").pop() else { return };
    let fold = store.load_room(&room).expect("folded");
    said("the room folded");
    turn_pages(&mut store, &room);
    said("pages of its timeline read");
    drop(fold);
    store.verify(&room).expect("checked");
    said("checked from end to end");
}

fn turn_pages(store: &mut FileStore, room: &RoomId) {
    let mut from = PageStart::End;
    for _ in 0..PAGES.0 {
        let page = store.page(room, from, PAGES.1, &std::collections::BTreeMap::new(), &mut |_| true).expect("a page");
        let Some(first) = page.records.first() else { return };
        assert_eq!(store.find_event(room, first.id).expect("sought"), Some(first.seq));
        from = PageStart::Before(first.at, first.seq);
    }
}
