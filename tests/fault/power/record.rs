//! Recording the real host while people write: `strace` notes what it does to its files and what it says to them.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use klockslag::client::blocking::BlockingClient;
use klockslag::client::{ClientOptions, HostTarget};
use klockslag::domain::event::{Event, Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId, Seq};
use klockslag::domain::intent::{Intent, Request};
use klockslag::domain::record::Record;
use klockslag::domain::time::Moment;
use klockslag::wire::frame;
use klockslag::wire::message::{Answer, Ask, Draft, HostMsg};
use rustix::process::{Pid, Signal};

use super::super::board::{Board, PATIENCE};
use super::super::declaration::declaration;
use super::super::dice::Dice;
use super::super::journal::Journal;
use super::super::scene::state_of;
use super::super::violation::{Verdict, Violation};
use super::super::world::World;
use super::platter::Platter;
use super::trace::{self, Deed, Step};

/// How often the host is started in one recording; at the end of all but the last it is killed.
const LIVES: usize = 2;

/// How many people write at once, and how much each does in one life of the host.
const PEOPLE: u64 = 3;
const DEEDS: (usize, usize) = (25, 90);

/// What a run of the program left behind, and when.
pub struct Recording {
    pub platter: Platter,
    /// How many moments there are at which the power can go.
    pub steps: usize,
    pub acknowledged: Vec<Acknowledged>,
    /// Entries that people had redacted.
    pub redacted: Vec<Redacted>,
    /// The journals as they were in the end, when nothing was lost.
    pub truth: BTreeMap<RoomId, Journal>,
    pub root: PathBuf,
    pub data: PathBuf,
    _world: World,
}

/// An entry that somebody had redacted, and what it began with.
pub struct Redacted {
    pub room: RoomId,
    pub target: Seq,
    pub words: String,
}

/// Somebody was told, from the moment `at` on.
pub struct Acknowledged {
    pub at: usize,
    pub room: RoomId,
    pub seq: Seq,
    pub id: String,
}

/// Runs the host under load and records it.
///
/// # Errors
/// When it cannot be recorded.
pub fn record(dice: &mut Dice, is_long: bool) -> Verdict<Recording> {
    let mut world = World::new();
    let root = world.dir().join("disk");
    std::fs::create_dir(&root).map_err(|error| gave_up(&error))?;
    let data = root.join("data");
    world.set("KLOCK_DATA_DIR", data.to_str().expect("UTF-8"));
    let (mut platter, mut acknowledged, mut first) = (Platter::default(), Vec::new(), 0);
    let (mut rooms, mut redacted) = (Vec::new(), Vec::new());
    let deeds = if is_long { DEEDS.1 } else { DEEDS.0 };
    for life in 0..LIVES {
        let log = world.dir().join(format!("trace-{life}"));
        let mut host = Traced::start(&world, &log)?;
        redacted.extend(live(&world, &mut rooms, deeds, life as u64, dice.fork())?);
        host.end(&world, life + 1 == LIVES)?;
        let text = std::fs::read(&log).map_err(|error| gave_up(&error))?;
        let steps = trace::read(&text, &root, first).map_err(Violation::GaveUp)?;
        first += text.iter().filter(|byte| **byte == b'\n').count();
        steps.iter().for_each(|step| platter.take(step));
        acknowledged.extend(heard(&steps)?);
        std::fs::remove_file(&log).map_err(|error| gave_up(&error))?;
    }
    let truth = rooms
        .iter()
        .map(|room| Ok((room.clone(), Journal::read(&data.join("rooms").join(format!("{room}.jsonl")))?)))
        .collect::<Verdict<BTreeMap<RoomId, Journal>>>()?;
    for first in acknowledged.iter_mut().filter(|ack| ack.id.is_empty()) {
        let of_it = truth.get(&first.room).and_then(|journal| journal.lines.first());
        first.id = of_it.ok_or_else(|| gave_up(&"a room that was opened has no journal"))?.id.clone();
    }
    let is_heard = |room: &&RoomId| acknowledged.iter().any(|ack| ack.room == **room && ack.seq == 1);
    // Most of what people do is write, and each of them is told.
    if !rooms.iter().all(|room| is_heard(&room)) || acknowledged.len() < LIVES * deeds {
        let said = format!("{} acknowledgements were seen in the recording", acknowledged.len());
        return Err(Violation::NotCounted(said));
    }
    Ok(Recording { platter, steps: first, acknowledged, redacted, truth, root, data, _world: world })
}

fn gave_up(error: &dyn std::fmt::Display) -> Violation {
    Violation::GaveUp(format!("recording: {error}"))
}

/// A host that runs under `strace`.
struct Traced {
    tracer: Child,
}

impl Traced {
    fn start(world: &World, log: &Path) -> Verdict<Self> {
        let plain = world.command(["host", "run"]);
        let mut command = Command::new("strace");
        command.args(["-f", "--seccomp-bpf", "-y", "-xx", "-s"]).arg(trace::LONGEST.to_string());
        command.arg("-e").arg(format!("trace={}", trace::CALLS.replace(' ', ""))).arg("-o").arg(log);
        command.arg(plain.get_program()).args(plain.get_args()).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let tracer = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Violation::GaveUp(format!("strace is needed here: {error}")))?;
        Ok(Traced { tracer })
    }

    /// Kills the host, or asks it to finish; then the recording is complete.
    fn end(&mut self, world: &World, asks: bool) -> Verdict {
        let mut client = connect(world, "last")?;
        let pid = client.welcome().pid;
        if asks {
            client.ask(Ask::StopHost).map_err(|error| gave_up(&error))?;
            client.for_each(drop);
        } else {
            let pid = Pid::from_raw(pid.cast_signed()).expect("a process id");
            rustix::process::kill_process(pid, Signal::KILL).map_err(|error| gave_up(&error))?;
        }
        let came = Board::default().wait(|| matches!(self.tracer.try_wait(), Ok(Some(_))) && state_of(pid).is_none());
        if came { Ok(()) } else { Err(gave_up(&"the host does not end")) }
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        // When it ended as it should, there is nothing left to kill.
        let _ = self.tracer.kill();
        let _ = self.tracer.wait();
    }
}

fn connect(world: &World, name: &str) -> Verdict<BlockingClient> {
    let mut options = ClientOptions { patience: PATIENCE, ..world.options(name) };
    // The host that is recorded is the only one there is to be.
    if let HostTarget::Local(own) = &mut options.target {
        own.exe = None;
    }
    BlockingClient::connect(options).map_err(|error| gave_up(&error))
}

/// One life of the host: people open rooms, write, redact and draft, all at once.
fn live(world: &World, rooms: &mut Vec<RoomId>, deeds: usize, life: u64, mut dice: Dice) -> Verdict<Vec<Redacted>> {
    let mut client = connect(world, "opener")?;
    // The first opening is the hardest for the disk: everything is new.
    for number in 0..2_u64 {
        let id = IntentId(ulid::Ulid::from_parts(1000 + life * 100 + number, 1 << 70));
        let ask = Ask::Open { id, declaration: Box::new(declaration("Card payments down")) };
        match client.ask(ask) {
            Ok(Answer::Opened { room }) => rooms.push(room),
            other => return Err(gave_up(&format!("not opened: {other:?}"))),
        }
    }
    let all: &[RoomId] = rooms;
    std::thread::scope(|scope| {
        let people: Vec<_> = (0..PEOPLE)
            .map(|person| {
                let dice = dice.fork();
                scope.spawn(move || person_at_work(world, all, deeds, life * PEOPLE + person, dice))
            })
            .collect();
        let mut redacted = Vec::new();
        for person in people {
            redacted.extend(person.join().unwrap_or_else(|_| Err(gave_up(&"a writer panicked")))?);
        }
        Ok(redacted)
    })
}

fn person_at_work(
    world: &World,
    rooms: &[RoomId],
    deeds: usize,
    person: u64,
    mut dice: Dice,
) -> Verdict<Vec<Redacted>> {
    let mut client = connect(world, &format!("person-{person}"))?;
    let (mut own, mut redacted): (Vec<(RoomId, Seq, String)>, Vec<Redacted>) = (Vec::new(), Vec::new());
    for room in rooms {
        let ask = Ask::Attach { room: room.clone(), after: None, entries: 1 };
        client.ask(ask).map_err(|error| gave_up(&error))?;
    }
    for deed in 0..deeds {
        let room = dice.pick(rooms).clone();
        let id = IntentId(ulid::Ulid::from_parts(10_000 + (deed as u64) * 16, u128::from(person) << 40));
        let words = format!("{room} person {person} note {deed} ");
        let intent = match (dice.roll(12), own.last()) {
            (0, Some(_)) => {
                let (room, target, words) = own.swap_remove(dice.index(own.len()));
                let intent = Intent::RedactEntry { target, reason: "a name".into() };
                let request = Request { id, room: room.clone(), at: None, intent };
                client.ask(Ask::Do(Box::new(request))).map_err(|error| gave_up(&error))?;
                redacted.push(Redacted { room, target, words });
                continue;
            }
            (1, _) => {
                let began_at = Moment::parse(super::super::world::BEGINNING).expect("a time");
                let draft = Draft { room, slot: "entry".into(), began_at, text: format!("draft {deed}") };
                client.ask(Ask::KeepDraft { draft }).map_err(|error| gave_up(&error))?;
                continue;
            }
            _ => {
                // Mostly a line; now and then more than a page.
                let length = if dice.one_in(6) { dice.index(20_000) } else { dice.index(200) };
                let text = format!("{words}{}", "é".repeat(length / 2));
                Intent::TakeNote { kind: NoteKind::Note, text: text.as_str().into(), facets: Facets::default() }
            }
        };
        let request = Request { id, room: room.clone(), at: None, intent };
        if let Ok(Answer::Recorded { records }) = client.ask(Ask::Do(Box::new(request)))
            && let Some(record) = records.first()
        {
            own.push((room, record.seq, words));
        } else {
            return Err(gave_up(&"a note was not recorded"));
        }
    }
    Ok(redacted)
}

/// What the host told anybody is saved, and when it began to say so.
fn heard(steps: &[Step]) -> Verdict<Vec<Acknowledged>> {
    let mut sends: Vec<(usize, &str, &[u8])> = steps
        .iter()
        .filter_map(|step| match &step.deed {
            Deed::Send { socket, bytes } => Some((step.begun, socket.as_str(), bytes.as_slice())),
            _ => None,
        })
        .collect();
    sends.sort_by_key(|(at, ..)| *at);
    let mut streams: HashMap<&str, Vec<u8>> = HashMap::new();
    let mut heard = Vec::new();
    for (at, socket, bytes) in sends {
        let stream = streams.entry(socket).or_default();
        stream.extend_from_slice(bytes);
        while let Some(length) = stream.first_chunk::<4>().map(|length| u32::from_be_bytes(*length) as usize) {
            if stream.len() < 4 + length {
                break;
            }
            let message: HostMsg = frame::decode(&stream[4..4 + length]).map_err(|error| gave_up(&error))?;
            stream.drain(..4 + length);
            note(at, message, &mut heard);
        }
    }
    Ok(heard)
}

fn note(at: usize, message: HostMsg, heard: &mut Vec<Acknowledged>) {
    let told = |room: &RoomId, record: &Record| Acknowledged {
        at,
        room: room.clone(),
        seq: record.seq,
        id: record.id.to_string(),
    };
    match message {
        HostMsg::Recorded { room, records } => heard.extend(records.iter().map(|record| told(&room, record))),
        HostMsg::Answer { answer, .. } => match *answer {
            // What it is called is known of the journal.
            Ok(Answer::Opened { room }) => heard.push(Acknowledged { at, room, seq: 1, id: String::new() }),
            Ok(Answer::Recorded { records }) => {
                // A note begins with the name of its room; an answer does not say it.
                heard.extend(records.iter().filter_map(|record| match &record.event {
                    Event::NoteTaken { text, .. } => {
                        let room = text.raw().split(' ').next()?.parse().ok()?;
                        Some(told(&room, record))
                    }
                    _ => None,
                }));
            }
            _ => {}
        },
        _ => {}
    }
}
