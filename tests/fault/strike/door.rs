//! Whoever comes to the door with a flood, a frame without end, garbage or words of the future is refused; the others go on.

use std::io::Write as _;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::super::fault::Round;
use super::super::figure::percentile;
use super::super::intruder::{Intruder, Kind, Tally};
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

/// How many intruders come at a time, and how often they are told why at least in each slice.
const AT_A_TIME: usize = 3;

/// A client that asks as fast as it can, for what is dear to answer.
pub fn flood(scene: &mut Scene) -> Verdict<Round> {
    beside(scene, Kind::Flood, "questions of the flood")
}

/// A client that comes and goes as fast as it can.
pub fn storm(scene: &mut Scene) -> Verdict<Round> {
    beside(scene, Kind::Storm, "messages of the storm")
}

/// A frame that says it is a gigabyte long, and goes on to send it.
pub fn endless_frame(scene: &mut Scene) -> Verdict<Round> {
    beside(scene, Kind::EndlessFrame, "endless frames")
}

/// Bytes that are no frames, frames that are no messages, messages at the wrong time.
pub fn garbage(scene: &mut Scene) -> Verdict<Round> {
    beside(scene, Kind::Garbage, "kinds of garbage")
}

/// A client of a version that does not exist yet, which says what nobody understands yet.
pub fn future(scene: &mut Scene) -> Verdict<Round> {
    beside(scene, Kind::Future, "words of the future")
}

/// How a line without an end begins.
const ENDLESS: &str = "a line without an end ";

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
    // No two notes of a world are alike.
    let beginning = format!("{ENDLESS}{:016x} ", scene.dice.number());
    stdin.write_all(beginning.as_bytes()).map_err(|error| Violation::Wrong(format!("klock log -: {error}")))?;
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
    scene.ledger.expect(|text| text.starts_with(ENDLESS));
    let printed = scene.world.klock(["timeline", "-r", &scene.room, "--json", "--text", beginning.trim()]).ok();
    if printed.lines().count() != 1 || !printed.contains("[cut]") {
        let shown: String = printed.chars().take(400).collect();
        return Err(Violation::Wrong(format!("of a line of {length} bytes there is: {shown}")));
    }
    scene.figures.count("KiB of memory at most", memory);
    scene.figures.count("MiB in one line", length >> 20);
    if in_flight < scene.load.in_flight || meanwhile == 0 {
        return Ok(Round::Missed(format!("{in_flight} notes were on their way, {meanwhile} saved meanwhile")));
    }
    Ok(Round::Counted)
}

/// What the entry of an alert behind an endless one says.
const BEHIND: &str = "FIRING BehindAnEndlessOne ";

/// An alert with a text that goes on and on, on the stdin of `klock import`: named, in little memory, and the next is imported.
pub fn endless_alert(scene: &mut Scene) -> Verdict<Round> {
    const MOST_MEMORY_KIB: usize = 160 << 10;
    let length: usize = if scene.is_full { 1 << 30 } else { 64 << 20 };
    let mut child = scene
        .world
        .command(["import", "-r", &scene.room])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Violation::GaveUp(error.to_string()))?;
    let in_flight = scene.ledger.in_flight();
    let begun = scene.ledger.acknowledged();
    let mut stdin = child.stdin.take().expect("its stdin");
    let mut write = |bytes: &[u8]| {
        stdin.write_all(bytes).map_err(|error| Violation::Wrong(format!("klock import stopped reading: {error}")))
    };
    write(b"{\"alerts\":[{\"labels\":{\"alertname\":\"")?;
    let block = vec![b'x'; 1 << 20];
    for _ in 0..length >> 20 {
        write(&block)?;
    }
    // No two alerts of a world are alike.
    let number = format!("{:016x}", scene.dice.number());
    write(
        format!("\"}}}}]}}\n{{\"labels\":{{\"alertname\":\"BehindAnEndlessOne\",\"number\":\"{number}\"}},\"status\":\"firing\"}}\n")
            .as_bytes(),
    )?;
    let memory = most_memory(child.id()).unwrap_or(0);
    let meanwhile = scene.ledger.acknowledged() - begun;
    drop(stdin);
    let output = child.wait_with_output().map_err(|error| Violation::GaveUp(error.to_string()))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.code() != Some(1) || !said.contains("too large") || !said.contains("1 new") {
        return Err(Violation::Silent(format!(
            "{length} bytes in an alert: {:?}, said “{said}”",
            output.status.code()
        )));
    }
    if memory > MOST_MEMORY_KIB {
        return Err(Violation::Wrong(format!("an alert of {length} bytes took {memory} KiB of memory")));
    }
    scene.ledger.expect(|text| text.starts_with(BEHIND));
    let printed = scene.world.klock(["timeline", "-r", &scene.room, "--json", "--text", &number]).ok();
    if printed.lines().count() != 1 {
        return Err(Violation::Wrong(format!("the alert behind it is there {} times", printed.lines().count())));
    }
    scene.figures.count("KiB of memory at most", memory);
    scene.figures.count("MiB in one alert", length >> 20);
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

/// Lets intruders come, again and again and several at a time, in every second slice, and compares what the others feel of it.
fn beside(scene: &mut Scene, kind: Kind, what: &'static str) -> Verdict<Round> {
    scene.one_host()?;
    let (socket, room) = (scene.socket(), scene.room.clone());
    let tally = Arc::<Tally>::default();
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for _ in 0..SLICES {
        without.extend(slice(scene, |_| true)?);
        let [came, told] = [&tally.came, &tally.told].map(counted);
        let mut send = || Intruder::send(kind, &socket, &room, &mut scene.dice, (&tally, &scene.board));
        let intruders = (0..AT_A_TIME).map(|_| send()).collect::<Verdict<Vec<Intruder>>>()?;
        scene.wait("the intruders have come", |_| counted(&tally.came) >= came + AT_A_TIME)?;
        with.extend(slice(scene, |_| counted(&tally.told) >= told + AT_A_TIME)?);
        drop(intruders);
    }
    let [came, told, sent] = [&tally.came, &tally.told, &tally.sent].map(counted);
    if let Some(heard) = tally.untold.get() {
        return Err(Violation::Silent(format!("one was not told why it was sent away, in {told} times: {heard}")));
    }
    scene.figures.count(what, sent);
    scene.figures.count("visits", came);
    scene.figures.count("told why", told);
    let [without, with] = [("others without", without), ("others beside it", with)].map(|(name, samples)| {
        samples.iter().for_each(|took| scene.figures.took(name, *took));
        percentile(&samples.iter().map(|took| took.as_secs_f64() * 1000.0).collect::<Vec<f64>>(), 0.99)
    });
    // A machine that does something else at that moment slows either half. A round like that is repeated, and the row fails when
    // it cannot get its rounds.
    if with > (MOST_TIMES * without).max(NOISE) {
        return Ok(Round::Missed(format!("the others' p99 is {with:.1} ms beside it, {without:.1} ms without")));
    }
    Ok(Round::Counted)
}

fn counted(count: &AtomicUsize) -> usize {
    count.load(Ordering::SeqCst)
}

/// How long the notes took that were saved until there were enough of them, and something else was so.
fn slice(scene: &Scene, is_enough: impl Fn(&Scene) -> bool) -> Verdict<Vec<Duration>> {
    let begun = Instant::now();
    scene.wait_for_more(NOTES_A_SLICE)?;
    scene.wait("the intruders have been told why", is_enough)?;
    Ok(scene.ledger.took(begun, Instant::now()))
}
