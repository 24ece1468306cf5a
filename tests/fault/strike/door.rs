//! Whoever comes to the door with a flood, a frame without end, garbage or words of the future is refused; the others go on.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use klockslag::domain::id::RoomId;
use klockslag::domain::record::Assurance;
use klockslag::wire::frame;
use klockslag::wire::message::{Ask, ClientMsg, Hello, HostMsg, PROTOCOL};

use super::super::board::PATIENCE;
use super::super::dice::Dice;
use super::super::fault::Round;
use super::super::figure::percentile;
use super::super::scene::Scene;
use super::super::violation::{Verdict, Violation};

/// With and without, one after the other, so often: what else the machine does hits both.
const SLICES: usize = 5;

/// How many notes are saved in each slice.
const NOTES_A_SLICE: usize = 200;

/// The others' p99 may double.
const MOST_TIMES: f64 = 2.0;

/// Below this, in milliseconds, a p99 is the scheduler's and says nothing about the host: hardly anything in a release, much in
/// a build whose every message costs ten times as much.
const NOISE: f64 = if cfg!(debug_assertions) { 250.0 } else { 20.0 };

/// How many of them come at a time.
const AT_A_TIME: usize = 3;

/// What the hostile ones came to.
#[derive(Default)]
struct Tally {
    /// How often one of them was refused with a reason.
    refused: AtomicUsize,
    /// How often one was sent away without a word, or let do as it liked.
    wrong: AtomicUsize,
    /// How much they sent, in what the row counts.
    sent: AtomicUsize,
    /// What the others felt, when that was more than is promised.
    too_slow: OnceLock<String>,
}

/// A client that asks as fast as it can, for what is dear to answer.
pub fn flood(scene: &mut Scene) -> Verdict<Round> {
    let room: RoomId = scene.room.parse().expect("an id");
    let tally = beside(scene, move |stream, tally, is_over, _| {
        let Some(mut reader) = greet(&stream, PROTOCOL, env!("CARGO_PKG_VERSION")) else { return };
        let mut writer = stream;
        let reading = std::thread::spawn(move || {
            let mut answers = 0;
            while let Ok(Some(_)) = frame::read::<HostMsg>(&mut reader) {
                answers += 1;
            }
            answers
        });
        for ask in 1.. {
            let what = if ask % 8 == 0 { Ask::Fold { room: room.clone() } } else { Ask::Rooms };
            if is_over.load(Ordering::SeqCst) || frame::write(&mut writer, &ClientMsg::Ask { ask, what }).is_err() {
                break;
            }
            tally.sent.fetch_add(1, Ordering::SeqCst);
        }
        // The end of the connection ends the reader.
        let _ = writer.shutdown(std::net::Shutdown::Both);
        let answers: usize = reading.join().unwrap_or(0);
        tally.refused.fetch_add(answers, Ordering::SeqCst);
    })?;
    scene.figures.count("questions of the flood", tally.sent.load(Ordering::SeqCst));
    Ok(counted(tally.sent.load(Ordering::SeqCst) >= 1000 && tally.refused.load(Ordering::SeqCst) >= 100, &tally))
}

/// A frame that says it is a gigabyte long, and goes on to send it.
pub fn endless_frame(scene: &mut Scene) -> Verdict<Round> {
    let tally = beside(scene, |mut stream, tally, is_over, dice| {
        let is_greeted = dice.one_in(2);
        let reader = if is_greeted { greet(&stream, PROTOCOL, env!("CARGO_PKG_VERSION")) } else { None };
        let said = stream.write_all(&(1_u32 << 30).to_be_bytes());
        let block = vec![b'x'; 1 << 16];
        let mut sent = 0_usize;
        // It may be shown the door at the length already, before it has sent anything.
        while said.is_ok() && sent < 1 << 30 && !is_over.load(Ordering::SeqCst) && stream.write_all(&block).is_ok() {
            sent += block.len();
        }
        tally.sent.fetch_add(1, Ordering::SeqCst);
        if sent >= 1 << 30 {
            tally.wrong.fetch_add(1, Ordering::SeqCst);
        }
        let mut reader = reader.unwrap_or(stream);
        tally.hear_farewell(&mut reader, is_over);
    })?;
    told(scene, &tally, "endless frames")
}

/// Bytes that are no frames, frames that are no messages, messages at the wrong time.
pub fn garbage(scene: &mut Scene) -> Verdict<Round> {
    let tally = beside(scene, |mut stream, tally, is_over, dice| {
        let mut reader = None;
        if dice.one_in(2) {
            reader = greet(&stream, PROTOCOL, env!("CARGO_PKG_VERSION"));
        }
        let length = u32::try_from(1 + dice.roll(4096)).expect("small");
        let mut bytes: Vec<u8> = (0..length).map(|_| u8::try_from(dice.roll(256)).expect("a byte")).collect();
        match dice.roll(3) {
            // Noise inside a right frame.
            0 => bytes.splice(..0, length.to_be_bytes()).for_each(drop),
            // JSON that is no message.
            1 => {
                bytes = br#"{"Ask":{"ask":"seven","what":{"Nothing":[]}}}"#.to_vec();
                let length = u32::try_from(bytes.len()).expect("small");
                bytes.splice(..0, length.to_be_bytes()).for_each(drop);
            }
            // Noise from the first byte on, which names a length far beyond any frame.
            _ => bytes.splice(..0, [0xff]).for_each(drop),
        }
        // It may be shown the door before all is sent.
        let _ = stream.write_all(&bytes);
        tally.sent.fetch_add(1, Ordering::SeqCst);
        let mut reader = reader.unwrap_or(stream);
        tally.hear_farewell(&mut reader, is_over);
    })?;
    told(scene, &tally, "kinds of garbage")
}

/// A client of a version that does not exist yet, which says what nobody understands yet.
pub fn future(scene: &mut Scene) -> Verdict<Round> {
    let tally = beside(scene, |stream, tally, is_over, _| {
        let mut stream = stream;
        let reader = greet(&stream, PROTOCOL + 1, "99.0.0");
        let words = br#"{"Ask":{"ask":1,"what":{"Teleport":{"room":"2026-001","whither":"mars"}}}}"#;
        let length = u32::try_from(words.len()).expect("small");
        let mut said = length.to_be_bytes().to_vec();
        said.extend_from_slice(words);
        // It may have been shown the door already.
        let _ = stream.write_all(&said);
        tally.sent.fetch_add(1, Ordering::SeqCst);
        let mut reader = reader.unwrap_or(stream);
        tally.hear_farewell(&mut reader, is_over);
    })?;
    told(scene, &tally, "clients of the future")
}

/// A line without an end on the stdin of `klock log -`: cut and told, in little memory.
pub fn endless_line(scene: &mut Scene) -> Verdict<Round> {
    const MOST_MEMORY_KIB: usize = 96 << 10;
    let length: usize = if scene.is_full { 1 << 30 } else { 64 << 20 };
    let mut child = scene
        .world
        .command(["log", "-r", &scene.room, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Violation::GaveUp(error.to_string()))?;
    let in_flight = scene.ledger.in_flight();
    let mut stdin = child.stdin.take().expect("its stdin");
    let block = vec![b'x'; 1 << 20];
    let begun = scene.ledger.acknowledged();
    for _ in 0..length >> 20 {
        stdin.write_all(&block).map_err(|error| Violation::Wrong(format!("klock log - stopped reading: {error}")))?;
    }
    let memory = most_memory(child.id()).unwrap_or(0);
    let meanwhile = scene.ledger.acknowledged() - begun;
    drop(stdin);
    let output = child.wait_with_output().map_err(|error| Violation::GaveUp(error.to_string()))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.code() != Some(1) || said.trim().is_empty() {
        return Err(Violation::Silent(format!("{length} bytes in a line: {:?}, said “{said}”", output.status.code())));
    }
    if memory > MOST_MEMORY_KIB {
        return Err(Violation::Wrong(format!("a line of {length} bytes took {memory} KiB of memory")));
    }
    // What was kept of the line is a note that nobody of the ledger wrote.
    scene.ledger.expect(|text| text.starts_with("xxxxxxxxxxxxxxxx"));
    scene.figures.count("KiB of memory at most", memory);
    scene.figures.count("MiB in one line", length >> 20);
    if in_flight < scene.load.in_flight || meanwhile == 0 {
        return Ok(Round::Missed(format!("{in_flight} notes were on their way, {meanwhile} saved meanwhile")));
    }
    Ok(Round::Counted)
}

/// The most memory that a process has had, in KiB.
fn most_memory(pid: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

impl Tally {
    fn slowdown(&self, without: f64, with: f64) {
        if with > (MOST_TIMES * without).max(NOISE) {
            let said = format!("the others' p99 is {with:.1} ms beside it, {without:.1} ms without");
            // There is one comparison for each tally.
            let _ = self.too_slow.set(said);
        }
    }

    /// Reads until the host says goodbye, and why.
    fn hear_farewell(&self, reader: &mut UnixStream, is_over: &AtomicBool) {
        loop {
            match frame::read::<HostMsg>(reader) {
                Ok(Some(HostMsg::Goodbye { why, again: false })) if !why.key.is_empty() => {
                    self.refused.fetch_add(1, Ordering::SeqCst);
                    return;
                }
                Ok(Some(HostMsg::Goodbye { .. }) | None) | Err(_) => {
                    // At the end of a slice it is cut off by us.
                    if !is_over.load(Ordering::SeqCst) {
                        self.wrong.fetch_add(1, Ordering::SeqCst);
                    }
                    return;
                }
                Ok(Some(_)) => {}
            }
        }
    }
}

/// Says hello, and takes whatever is answered to that. None: it was not even let speak.
fn greet(stream: &UnixStream, protocol: u32, version: &str) -> Option<UnixStream> {
    let hello = Hello {
        protocol,
        version: version.into(),
        name: "hostile".into(),
        sure: Assurance::Claimed,
        screen: false,
        read_only: false,
    };
    let mut both = stream.try_clone().ok()?;
    frame::write(&mut both, &ClientMsg::Hello(hello)).ok()?;
    Some(both)
}

/// Lets hostile clients come, one after the other and several at a time, in every second slice, and compares what the others
/// feel of it.
fn beside(
    scene: &mut Scene,
    hostile: impl Fn(UnixStream, &Tally, &AtomicBool, &mut Dice) + Send + Sync + 'static,
) -> Verdict<Arc<Tally>> {
    scene.one_host()?;
    let socket = scene.socket();
    let (tally, hostile) = (Arc::<Tally>::default(), Arc::new(hostile));
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for _ in 0..SLICES {
        without.extend(slice(scene)?);
        let is_over = Arc::new(AtomicBool::new(false));
        let crowd: Vec<_> = (0..AT_A_TIME)
            .map(|_| {
                let (tally, hostile, is_over) = (Arc::clone(&tally), Arc::clone(&hostile), Arc::clone(&is_over));
                let (socket, mut dice) = (socket.clone(), scene.dice.fork());
                std::thread::spawn(move || {
                    while !is_over.load(Ordering::SeqCst) {
                        let Ok(stream) = UnixStream::connect(&socket) else { return };
                        // A host that never says goodbye is found by that.
                        let _ = stream.set_read_timeout(Some(PATIENCE));
                        hostile(stream, &tally, &is_over, &mut dice);
                    }
                })
            })
            .collect();
        let before = tally.sent.load(Ordering::SeqCst);
        scene.wait("the hostile ones have come", |_| tally.sent.load(Ordering::SeqCst) > before)?;
        let felt = slice(scene);
        is_over.store(true, Ordering::SeqCst);
        for one in crowd {
            one.join().map_err(|_| Violation::GaveUp("a hostile client panicked".into()))?;
        }
        with.extend(felt?);
    }
    let milliseconds =
        |samples: &[Duration]| samples.iter().map(|took| took.as_secs_f64() * 1000.0).collect::<Vec<f64>>();
    let [without, with] = [without, with].map(|samples| {
        let p99 = percentile(&milliseconds(&samples), 0.99);
        (samples, p99)
    });
    without.0.iter().for_each(|took| scene.figures.took("others without", *took));
    with.0.iter().for_each(|took| scene.figures.took("others beside it", *took));
    tally.slowdown(without.1, with.1);
    Ok(tally)
}

fn slice(scene: &Scene) -> Verdict<Vec<Duration>> {
    let begun = Instant::now();
    scene.wait_for_more(NOTES_A_SLICE)?;
    Ok(scene.ledger.took(begun, Instant::now()))
}

/// A round of those who have to be refused.
fn told(scene: &mut Scene, tally: &Tally, what: &'static str) -> Verdict<Round> {
    let [refused, wrong, sent] = [&tally.refused, &tally.wrong, &tally.sent].map(|count| count.load(Ordering::SeqCst));
    if wrong > 0 {
        return Err(Violation::Silent(format!("{wrong} of {sent} {what} were not told why they were sent away")));
    }
    scene.figures.count(what, refused);
    Ok(counted(refused >= SLICES, tally))
}

fn counted(is_enough: bool, tally: &Tally) -> Round {
    // A machine that does something else at that moment slows either half. A round like that is repeated, and the row fails when
    // it cannot get its rounds.
    if let Some(said) = tally.too_slow.get() {
        return Round::Missed(said.clone());
    }
    if is_enough {
        return Round::Counted;
    }
    let [refused, sent] = [&tally.refused, &tally.sent].map(|count| count.load(Ordering::SeqCst));
    Round::Missed(format!("{sent} came, {refused} were answered"))
}
