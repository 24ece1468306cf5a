//! A host killed at every step of a redaction: once it is recorded, whoever opens the store next finishes it, in every copy.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use klockslag::client::blocking::BlockingClient;
use klockslag::client::{ClientOptions, HostTarget};
use klockslag::domain::id::{IntentId, RoomId};
use klockslag::domain::intent::{Intent, Request};
use klockslag::domain::time::Moment;
use klockslag::wire::message::{Ask, Draft};

use super::board::{Board, PATIENCE};
use super::dice::Dice;
use super::figure::Figures;
use super::journal::Journal;
use super::scene::{number, state_of};
use super::suite::{Effort, Outcome};
use super::violation::{Verdict, Violation};
use super::world::{BEGINNING, World};

/// How many steps are struck in the short selection; the full one strikes all there are, twice.
const SHORT: usize = 12;

/// The calls that change a file, a name or what of them is lasting, and those that say something to somebody.
const STEPS: &str =
    "unlink,unlinkat,rmdir,rename,renameat,renameat2,link,linkat,fsync,fdatasync,ftruncate,write,pwrite64";

/// What has to go.
const SECRET: &str = "XYZZY the secret word";
/// The entry in which it is, after those of the opening.
const TARGET: u64 = 4;

/// A call of a thread, and which of its calls of that name: strace counts them for each thread, and the first that comes so far is
/// struck.
#[derive(Debug, Clone)]
struct Step {
    call: String,
    nth: u32,
}

/// Who asks again after the host died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    /// The client that asked, of the host that it starts.
    Itself,
    /// Nobody: another client comes, and asks for something else.
    Nobody,
}

/// Strikes each step in turn.
///
/// # Errors
/// The first promise that does not hold.
pub fn run(effort: Effort, dice: &mut Dice) -> Verdict<Outcome> {
    let mut outcome = Outcome::default();
    let steps = steps()?;
    outcome.figures.count("steps of a redaction", steps.len());
    let all = 2 * steps.len();
    let wanted = effort.rounds.map_or(if effort.full { all } else { SHORT }, |rounds| rounds as usize);
    for round in 0..wanted {
        let step = if wanted >= all { &steps[round / 2 % steps.len()] } else { dice.pick(&steps) };
        let asker = if round.is_multiple_of(2) { Asker::Nobody } else { Asker::Itself };
        match strike(step, asker)? {
            Some(figures) => {
                outcome.figures.merge(figures);
                outcome.counted += 1;
            }
            None => {
                outcome.missed += 1;
                outcome.last = format!("{step:?} was not reached");
            }
        }
    }
    Ok(outcome)
}

fn gave_up(error: &dyn std::fmt::Display) -> Violation {
    Violation::GaveUp(format!("redacting: {error}"))
}

/// A world with the secret in every place where words of a room can stand, and a host.
fn make() -> Verdict<(World, RoomId)> {
    let mut world = World::new();
    let data = world.dir().join("data");
    world.set("KLOCK_DATA_DIR", data.to_str().expect("UTF-8"));
    let room: RoomId = world.open("Redaction").parse().expect("an id");
    world.klock(["log", &format!("{SECRET} @lotta #tag")]).ok();
    world.klock(["log", "after it"]).ok();
    let journal = data.join("rooms").join(format!("{room}.jsonl"));
    world.klock(["host", "stop"]).ok();
    let aside = data.join("index.sled.set-aside-20261121T130000");
    fs::DirBuilder::new().mode(0o700).create(&aside).map_err(|error| gave_up(&error))?;
    for copy in [
        aside.join("db"),
        data.join("rooms").join(format!("{room}.jsonl.damaged-20261121T130000")),
        data.join("rooms").join(format!("{room}.jsonl.unfinished-20261121T130000")),
        data.join("rooms").join(format!("{room}.jsonl.new")),
    ] {
        fs::copy(&journal, copy).map_err(|error| gave_up(&error))?;
    }
    let mut client = BlockingClient::connect(ClientOptions { patience: PATIENCE, ..world.options("Anna") })
        .map_err(|error| gave_up(&error.phrase().key))?;
    let began_at = Moment::parse(BEGINNING).expect("a time");
    let draft = Draft { room: room.clone(), slot: "entry:draft".into(), began_at, text: format!("so: {SECRET}") };
    client.ask(Ask::KeepDraft { draft }).map_err(|error| gave_up(&error))?;
    Ok((world, room))
}

/// A tracer, and its stderr: without anybody to tell of new threads it would end.
struct Tracer {
    process: Child,
    _said: BufReader<ChildStderr>,
}

impl Drop for Tracer {
    fn drop(&mut self) {
        // When the host it traced is gone, it is as well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A tracer of the host of `world`, attached.
fn trace(world: &World, arguments: &[String]) -> Verdict<Tracer> {
    let pid = rustix::process::Pid::as_raw(Some(world.host_pid()));
    let mut process = Command::new("strace")
        .args(["-f", "-p", &pid.to_string()])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Violation::GaveUp(format!("strace is needed here: {error}")))?;
    let mut said = BufReader::new(process.stderr.take().expect("its stderr"));
    // The first line says to how many threads it is attached.
    let mut line = String::new();
    let read = said.read_line(&mut line);
    let tracer = Tracer { process, _said: said };
    if read.is_ok() && line.contains("attached") { Ok(tracer) } else { Err(gave_up(&format!("strace: {line:?}"))) }
}

/// The steps of a redaction that nobody disturbs.
fn steps() -> Verdict<Vec<Step>> {
    let (world, room) = make()?;
    let log = world.dir().join("trace");
    let mut tracer = trace(&world, &["-e".into(), format!("trace={STEPS}"), "-o".into(), log.display().to_string()])?;
    world.klock(redaction(&room)).ok();
    world.klock(["host", "stop"]).ok();
    let _ = tracer.process.wait();
    hold(&world, &room, true, "nobody was killed")?;
    let text = fs::read(&log).map_err(|error| gave_up(&error))?;
    let mut counts: BTreeMap<(String, String), u32> = BTreeMap::new();
    for line in String::from_utf8_lossy(&text).lines() {
        let mut words = line.split_whitespace();
        if let (Some(thread), Some((call, _))) = (words.next(), words.next().and_then(|rest| rest.split_once('('))) {
            *counts.entry((call.to_owned(), thread.to_owned())).or_default() += 1;
        }
    }
    let mut most: BTreeMap<String, u32> = BTreeMap::new();
    for ((call, _), count) in counts {
        let known = most.entry(call).or_default();
        *known = count.max(*known);
    }
    let steps: Vec<Step> = most
        .into_iter()
        .flat_map(|(call, count)| (1..=count).map(move |nth| Step { call: call.clone(), nth }))
        .collect();
    if steps.len() < 10 { Err(gave_up(&format!("only {steps:?} were seen"))) } else { Ok(steps) }
}

fn redaction(room: &RoomId) -> [String; 7] {
    ["entry", "redact", &TARGET.to_string(), "-r", room.as_str(), "--reason", "it named lotta"].map(str::to_owned)
}

/// Kills the host at its `step`. None: it was done before that.
fn strike(step: &Step, asker: Asker) -> Verdict<Option<Figures>> {
    let (world, room) = make()?;
    let pid = world.host_pid();
    let Step { call, nth } = step;
    let inject = format!("inject={call}:signal=SIGKILL:when={nth}");
    let log = world.dir().join("trace").display().to_string();
    let tracer = trace(&world, &["-e".into(), format!("trace={call}"), "-e".into(), inject, "-o".into(), log])?;
    match asker {
        Asker::Itself => drop(world.klock(redaction(&room)).ok()),
        Asker::Nobody => ask_once(&world, &room)?,
    }
    // A host that was done before that step lives.
    let is_dead = || matches!(state_of(number(pid)), None | Some('Z'));
    let is_killed = match asker {
        Asker::Itself => is_dead(),
        Asker::Nobody => {
            let mut waited = 0;
            Board::default().wait(|| {
                waited += 1;
                is_dead() || waited > MOST_LOOKS
            });
            is_dead()
        }
    };
    drop(tracer);
    if !is_killed {
        return Ok(None);
    }
    world.klock(["rooms"]).ok();
    // What is being finished keeps whoever asks for the room waiting.
    world.klock(["timeline", "-r", room.as_str()]).ok();
    world.klock(["host", "stop"]).ok();
    hold(&world, &room, asker == Asker::Itself, &format!("killed at {step:?}, asked again by {asker:?}"))?;
    let mut figures = Figures::default();
    figures.count("hosts killed", 1);
    Ok(Some(figures))
}

/// How often it is looked whether a host that nobody waits for is dead.
const MOST_LOOKS: u32 = 50;

/// Asks for the redaction, of this host and no other.
fn ask_once(world: &World, room: &RoomId) -> Verdict {
    let mut options = ClientOptions { patience: Duration::ZERO, ..world.options("Anna") };
    if let HostTarget::Local(own) = &mut options.target {
        own.exe = None;
    }
    let mut client = BlockingClient::connect(options).map_err(|error| gave_up(&error.phrase().key))?;
    let id = IntentId(ulid::Ulid::from_parts(77_000, 1));
    let intent = Intent::RedactEntry { target: TARGET, reason: "it named lotta".into() };
    // The host is to die over it.
    let _ = client.ask(Ask::Do(Box::new(Request { id, room: room.clone(), at: None, intent })));
    Ok(())
}

/// When the redaction is recorded, no file has the words; the chain holds in any case, and nothing else is gone.
fn hold(world: &World, room: &RoomId, is_asked: bool, how: &str) -> Verdict {
    let path = world.data_dir().join("rooms").join(format!("{room}.jsonl"));
    let journal = Journal::read(&path).map_err(|found| Violation::Chain(format!("{how}: {found}")))?;
    let is_recorded = journal.lines.iter().any(|line| line.kind == "EntryRedacted");
    if is_asked && !is_recorded {
        return Err(Violation::AcknowledgedNotPresent(format!("{how}: the redaction that was confirmed")));
    }
    if !journal.notes().any(|(_, note)| note == "after it") {
        return Err(Violation::AcknowledgedNotPresent(format!("{how}: the entry after it")));
    }
    let left = files_with(world.dir(), SECRET);
    match is_recorded {
        true if !left.is_empty() => Err(Violation::Wrong(format!("{how}: the words stand in {left:?}"))),
        false if !left.contains(&path) => {
            Err(Violation::AcknowledgedNotPresent(format!("{how}: words nobody redacted")))
        }
        _ => Ok(()),
    }
}

/// The files under `dir` in which `words` stand.
pub fn files_with(dir: &Path, words: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files_with(&path, words)),
            Ok(kind) if kind.is_file() => {
                let bytes = fs::read(&path).unwrap_or_default();
                if bytes.windows(words.len()).any(|part| part == words.as_bytes()) {
                    found.push(path);
                }
            }
            _ => {}
        }
    }
    found
}
