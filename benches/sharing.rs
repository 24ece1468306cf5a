//! A room with many in it: what one writes on every screen, load, coming in, a host that dies. `cargo bench --bench sharing`.
//!
//! The reference is a bare room ([`bare_room`]), in the same run on the same disk.

#[allow(dead_code, reason = "the other bench uses all of it")]
mod bare;
mod bare_room;
#[allow(dead_code, reason = "the other bench uses all of it")]
mod measure;
#[allow(dead_code, reason = "the other bench uses all of it")]
mod world;

use std::io::{BufRead, BufReader, Write};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use klockslag::client::reconnecting::{ReconnectingClient, Update};
use klockslag::domain::event::{Event, Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::intent::{Intent, Request};
use klockslag::domain::record::Record;
use klockslag::wire::message::{Answer, Ask, HostMsg};
use measure::{Series, row};
use world::World;

/// How many entries are written one after the other for each number of clients.
const ENTRIES: usize = 300;
/// The load that is promised: so many clients, each with so many entries a second, for so many seconds.
const CLIENTS: usize = 50;
const A_SECOND: usize = 20;
const SECONDS: usize = 60;
/// How often a room is entered.
const ENTRANCES: usize = 30;
/// How many hosts are killed.
const KILLS: usize = 100;
/// How long anything may take before the bench gives up.
const PATIENCE: Duration = Duration::from_secs(30);

fn main() {
    let world = World::new();
    let room = world::fill(&world.data(), 50);
    let large = world::fill(&world.data(), 500_000);
    world.start_host();
    println!(
        "klock {} on {} cores\n",
        env!("CARGO_PKG_VERSION"),
        thread::available_parallelism().map_or(0, usize::from)
    );
    let line = world.a_journal_line(&room).trim_end().to_owned();
    println!("Entry to every screen ({ENTRIES} entries, one after the other)");
    for clients in [1, 10, CLIENTS] {
        let (heard, all) = (bare_room(&world, clients, &line), ENTRIES * clients);
        one_after_the_other(&heard, clients).print(&format!("bare room, {clients} clients"), all, "reference");
        let heard = people(&world, &room, clients);
        one_after_the_other(&heard, clients).print(&format!("klock, {clients} clients"), all, "");
    }
    println!("\n{CLIENTS} clients, each {A_SECOND} entries a second for {SECONDS} s (promised: p99 150 ms and 250 ms)");
    let all = CLIENTS * A_SECOND * SECONDS * CLIENTS;
    at_once(&bare_room(&world, CLIENTS, &line)).print("bare room", all, "reference");
    at_once(&people(&world, &room, CLIENTS)).print("klock", all, "");
    println!();
    entrances(&world, &room, &large);
    takeover(&world, &room);
}

/// A line that somebody has: which one, when, and whether it is the answer to the one who wrote it.
struct Heard {
    number: usize,
    at: Instant,
    own: bool,
}

/// People who write when they are told to, and report what they hear.
struct Company {
    /// Writes line `number` for person `who`.
    write: Box<dyn Fn(usize, usize)>,
    heard: Receiver<Heard>,
}

/// How the line `number` begins, in either room.
fn line_of(number: usize, rest: &str) -> String {
    format!("{number:08} {rest}")
}

fn number_of(line: &str) -> Option<usize> {
    line.get(..8)?.parse().ok()
}

fn bare_room(world: &World, clients: usize, line: &str) -> Company {
    let file = tempfile::Builder::new().tempfile_in(world.folder()).expect("a file");
    let seats = bare_room::open(file.path(), clients);
    let (tell, heard) = channel();
    for (who, seat) in seats.iter().enumerate() {
        let (ears, tell) = (seat.try_clone().expect("a descriptor"), tell.clone());
        thread::spawn(move || {
            for line in BufReader::new(ears).lines() {
                let at = Instant::now();
                let Some(number) = line.ok().as_deref().and_then(number_of) else { return };
                if tell.send(Heard { number, at, own: number % clients == who }).is_err() {
                    return;
                }
            }
        });
    }
    let line = line.to_owned();
    let write = move |who: usize, number: usize| {
        let mut seat = &seats[who];
        seat.write_all((line_of(number, &line) + "\n").as_bytes()).expect("the room takes it");
    };
    Company { write: Box::new(write), heard }
}

fn people(world: &World, room: &RoomId, clients: usize) -> Company {
    let (tell, heard) = channel();
    let links: Vec<ReconnectingClient> = (0..clients)
        .map(|who| {
            let tell = tell.clone();
            come(world, room, &format!("Person {who}"), move |update| {
                let at = Instant::now();
                let (records, own) = match update {
                    Update::Answer { answer, .. } => match &**answer {
                        Ok(Answer::Recorded { records }) => (records.as_slice(), true),
                        _ => return,
                    },
                    Update::Said(HostMsg::Recorded { records, .. }) => (records.as_slice(), false),
                    _ => return,
                };
                // One's own line counts when it is acknowledged.
                for number in records.iter().filter_map(note).filter_map(number_of) {
                    if own || number % clients != who {
                        // The bench may have what it wanted and be gone.
                        let _ = tell.send(Heard { number, at, own });
                    }
                }
            })
        })
        .collect();
    let room = room.clone();
    let write = move |who: usize, number: usize| {
        let text = line_of(number, "pool restarted on gw-2, error rate falling");
        links[who].ask(take_note(&room, &text));
    };
    Company { write: Box::new(write), heard }
}

/// A link that is in `room`. What it is told from then on goes to `hear`.
fn come(world: &World, room: &RoomId, name: &str, hear: impl Fn(&Update) + Send + 'static) -> ReconnectingClient {
    let (tell, told) = channel();
    let link = ReconnectingClient::start(world.options(name, true), move |update| {
        hear(&update);
        if let Update::Answer { answer, .. } = &update
            && matches!(**answer, Ok(Answer::Attached { .. }))
        {
            let _ = tell.send(());
        }
    });
    let link = link.expect("threads");
    link.ask(Ask::Attach { room: room.clone(), after: None, entries: 40 });
    told.recv_timeout(PATIENCE).expect("the room is there");
    link
}

fn take_note(room: &RoomId, text: &str) -> Ask {
    let intent = Intent::TakeNote { kind: NoteKind::Note, text: text.into(), facets: Facets::default() };
    Ask::Do(Box::new(Request { id: IntentId(ulid::Ulid::new()), room: room.clone(), at: None, intent }))
}

fn note(record: &Record) -> Option<&str> {
    match &record.event {
        Event::NoteTaken { text, .. } => Some(text.raw()),
        _ => None,
    }
}

/// How long lines took to whoever wrote them, and to each of the others.
#[derive(Default)]
struct Delays {
    to_writer: Vec<Duration>,
    to_others: Vec<Duration>,
}

impl Delays {
    fn add(&mut self, heard: &Heard, said: Instant) {
        let delays = if heard.own { &mut self.to_writer } else { &mut self.to_others };
        delays.push(heard.at.saturating_duration_since(said));
    }

    fn print(self, what: &str, all: usize, note: &str) {
        let (own, others) = (self.to_writer.len(), self.to_others.len());
        assert_eq!(own + others, all, "everybody has every line once");
        row(&format!("  {what}: to the writer ({own})"), &Series::new(self.to_writer), note);
        if others > 0 {
            row(&format!("  {what}: to each other screen"), &Series::new(self.to_others), note);
        }
    }
}

/// Each line is written when everybody has the one before.
fn one_after_the_other(company: &Company, clients: usize) -> Delays {
    let mut delays = Delays::default();
    for number in 0..ENTRIES {
        let said = Instant::now();
        (company.write)(number % clients, number);
        for _ in 0..clients {
            let heard = company.heard.recv_timeout(PATIENCE).expect("everybody has the line");
            assert_eq!(heard.number, number, "no other line is on its way");
            delays.add(&heard, said);
        }
    }
    delays
}

/// Everybody writes, each line when its time has come, whatever has become of the ones before.
fn at_once(company: &Company) -> Delays {
    let lines = CLIENTS * A_SECOND * SECONDS;
    let said: Arc<Vec<OnceLock<Instant>>> = Arc::new((0..lines).map(|_| OnceLock::new()).collect());
    let gap = Duration::from_secs(1) / u32::try_from(CLIENTS * A_SECOND).expect("small");
    let mut delays = Delays::default();
    let began = Instant::now();
    for (number, said) in said.iter().enumerate() {
        let due = began + gap * u32::try_from(number).expect("small");
        thread::sleep(due.saturating_duration_since(Instant::now()));
        said.set(Instant::now()).expect("each line is said once");
        (company.write)(number % CLIENTS, number);
    }
    for _ in 0..lines * CLIENTS {
        let heard = company.heard.recv_timeout(PATIENCE).expect("everybody has every line");
        delays.add(&heard, *said[heard.number].get().expect("it was said"));
    }
    delays
}

/// From nothing to the folded room and its latest entries.
fn entrances(world: &World, room: &RoomId, large: &RoomId) {
    println!("Coming in: connect, introduce, attach ({ENTRANCES} times)");
    let measure = |room: &RoomId| {
        // One process that comes in a hundred times without a pause is made to wait: each row begins with a full allowance.
        thread::sleep(Duration::from_secs(1));
        let times = (0..ENTRANCES).map(|_| {
            let began = Instant::now();
            let mut client = world.client();
            let ask = Ask::Attach { room: room.clone(), after: None, entries: 40 };
            let answer = client.ask(ask).expect("the host answers");
            assert!(matches!(answer, Answer::Attached { .. }), "not attached: {answer:?}");
            began.elapsed()
        });
        Series::new(times.collect())
    };
    row("  a room of 50 entries", &measure(room), "reference");
    row("  a room of 500,000 entries", &measure(large), "");
    println!();
}

/// A host is killed; the time until the next one has acknowledged what was written meanwhile.
fn takeover(world: &World, room: &RoomId) {
    println!(
        "Takeover: kill -9 on the host until the next one acknowledges an entry, {CLIENTS} screens attached ({KILLS} kills)"
    );
    let (tell, acknowledged) = channel();
    let writer = come(world, room, "Writer", move |update| {
        if let Update::Answer { answer, .. } = update
            && let Ok(Answer::Recorded { records }) = &**answer
        {
            for number in records.iter().filter_map(note).filter_map(number_of) {
                // Whoever reads this has what it wanted after the last one.
                let _ = tell.send((number, Instant::now()));
            }
        }
    });
    let _others: Vec<ReconnectingClient> =
        (1..CLIENTS).map(|who| come(world, room, &format!("Person {who}"), |_| {})).collect();
    let mut times = Vec::new();
    for number in 0..KILLS {
        let host = i32::try_from(world.host_pid()).ok().and_then(rustix::process::Pid::from_raw).expect("a process");
        let began = Instant::now();
        rustix::process::kill_process(host, rustix::process::Signal::KILL).expect("it can be killed");
        writer.ask(take_note(room, &line_of(number, "written while nobody keeps")));
        let next = || acknowledged.recv_timeout(PATIENCE).expect("the next host acknowledges it");
        let at = std::iter::repeat_with(next).find_map(|(known, at)| (known == number).then_some(at));
        let at = at.expect("the series has no end");
        times.push(at - began);
    }
    row("  klock", &Series::new(times), "promised: p99 1 s");
    world.stop_host();
    let starts = (0..KILLS.min(20)).map(|_| {
        let began = Instant::now();
        world.start_host();
        let took = began.elapsed();
        world.stop_host();
        took
    });
    row("  a first host started by `klock rooms`, nobody attached", &Series::new(starts.collect()), "reference");
}
