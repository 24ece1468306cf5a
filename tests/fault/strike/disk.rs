//! The disk is full, may not be written, or does not confirm: nothing is acknowledged, and it goes on by itself.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal};

use super::super::fault::Round;
use super::super::member::Member;
use super::super::scene::{Scene, kill, number};
use super::super::violation::{Verdict, Violation};

/// Fills the disk until notes are refused, and frees it.
pub fn full(scene: &mut Scene) -> Verdict<Round> {
    let disk = scene.disk.take().ok_or_else(|| Violation::GaveUp("there is no small disk".into()))?;
    // The store keeps something in reserve, and a block has room for a few lines more: it is filled until that is felt.
    let felt = feel(scene, || disk.fill());
    disk.free();
    scene.disk = Some(disk);
    let felt = felt?;
    resume(scene)?;
    scene.figures.count("notes refused", felt.refused);
    Ok(felt.round(scene))
}

/// The host dies, and when the next one comes, nothing may be written: it cannot serve, and that is said.
pub fn remounted(scene: &mut Scene) -> Verdict<Round> {
    let pid = scene.one_host()?;
    scene.wait_for_more(5)?;
    let disk = scene.disk.take().ok_or_else(|| Violation::GaveUp("there is no small disk".into()))?;
    // Before it dies: the next host comes a moment later.
    disk.cover_read_only();
    let killed = kill(pid);
    let text = format!("on a disk that may not be written {}", scene.dice.number());
    scene.ledger.attempt(&text);
    scene.ledger.leave_open(std::slice::from_ref(&text));
    let refused = scene.world.klock(["log", "-r", &scene.room, &text]);
    let in_flight = scene.ledger.in_flight();
    disk.uncover();
    scene.disk = Some(disk);
    killed?;
    scene.wait("all have another host", |scene| scene.host_pid().is_some_and(|new| new != pid))?;
    scene.wait_for_more(20)?;
    if in_flight < scene.load.in_flight {
        return Ok(Round::Missed(format!("{in_flight} notes were on their way")));
    }
    if refused.code == Some(0) || refused.err.trim().is_empty() {
        return Err(Violation::Silent(format!("on a read-only disk `klock log` came to {refused:?}")));
    }
    scene.figures.count("hosts that said why they cannot start", 1);
    Ok(Round::Counted)
}

/// The journal is as long as a file may be, until every writer knows of it.
pub fn file_limit(scene: &mut Scene) -> Verdict<Round> {
    let pid = scene.one_host()?;
    scene.wait_for_more(5)?;
    let length = std::fs::metadata(scene.journal_path()).map_err(|error| Violation::GaveUp(error.to_string()))?.len();
    let set = |current| {
        let limit = rustix::process::Rlimit { current, maximum: None };
        rustix::process::prlimit(Some(pid), rustix::process::Resource::Fsize, limit)
            .map_err(|error| Violation::GaveUp(format!("the limit cannot be set: {error}")))
    };
    // Somewhere in the middle of the next notes.
    set(Some(length + 500 + scene.dice.roll(3000)))?;
    let felt = feel(scene, || ());
    set(None)?;
    let felt = felt?;
    resume(scene)?;
    if felt.meanwhile > 0 {
        let said = format!("{} notes were acknowledged beyond the limit", felt.meanwhile);
        return Err(Violation::Wrong(said));
    }
    scene.figures.count("notes refused", felt.refused);
    Ok(felt.round(scene))
}

/// The journal and the probes may not be written, as on a disk that was remounted.
pub fn read_only(scene: &mut Scene) -> Verdict<Round> {
    inject(scene, "write:error=EROFS")
}

/// No sync succeeds.
pub fn sync_fails(scene: &mut Scene) -> Verdict<Round> {
    inject(scene, "fdatasync,fsync:error=EIO")
}

/// Makes calls of the host fail that concern what is saved, until every writer knows of it.
fn inject(scene: &mut Scene, what: &str) -> Verdict<Round> {
    let pid = scene.one_host()?;
    let log = scene.world.dir().join("injected");
    let data = scene.world.data_dir();
    let places = [scene.journal_path(), data.join("rooms"), data.join("rooms/.probe"), data.join(".probe")];
    let tracer = Tracer::attach(pid, what, &places, &log)?;
    let felt = feel(scene, || ())?;
    tracer.detach()?;
    let injected = std::fs::read_to_string(&log).unwrap_or_default().matches("(INJECTED)").count();
    resume(scene)?;
    if injected == 0 {
        return Ok(Round::Missed("no call failed".into()));
    }
    if felt.meanwhile > 0 {
        let said = format!("{} notes were acknowledged while nothing could be saved", felt.meanwhile);
        return Err(Violation::Wrong(said));
    }
    scene.figures.count("calls that failed", injected);
    scene.figures.count("notes refused", felt.refused);
    Ok(felt.round(scene))
}

/// What the writers felt of it.
struct Felt {
    refused: usize,
    in_flight: usize,
    /// How far the room came while it went on. A full disk has room again when the store gives up its reserve.
    meanwhile: u64,
}

/// Lets it go on until every writer knows of it and has an answer to what was on its way. Who had a note saved as the last
/// before that and heard of it then was refused nothing: how much was refused decides whether the round counts. Meanwhile
/// the room can be read.
fn feel(scene: &Scene, go_on: impl Fn()) -> Verdict<Felt> {
    let refused = || scene.members.iter().map(Member::refused).sum::<usize>();
    let before = refused();
    scene.wait("every writer knows that nothing is saved", |scene| {
        go_on();
        let mut writers = scene.members.iter().filter(|member| member.is_writer());
        refused() > before && writers.all(|writer| writer.is_alarmed() && writer.notes_on_their_way() == 0)
    })?;
    let in_flight = scene.ledger.in_flight();
    // By its place in the room: what was acknowledged before may be heard of later, by a pipe that waited for the processor.
    let stood = scene.fold()?.seq;
    let printed = scene.world.klock(["timeline", "-r", &scene.room]);
    if printed.code != Some(0) {
        return Err(Violation::Wrong(format!("the timeline cannot be read: {}", printed.err)));
    }
    let meanwhile = scene.fold()?.seq.max(scene.ledger.last()) - stood;
    Ok(Felt { refused: refused() - before, in_flight, meanwhile })
}

/// It goes on by itself: what was refused is saved, and more.
fn resume(scene: &mut Scene) -> Verdict {
    let undone = std::time::Instant::now();
    scene.wait("all are told that it saves again", |scene| !scene.members.iter().any(Member::is_alarmed))?;
    scene.figures.took("saving again", undone.elapsed());
    scene.wait_for_more(20)
}

impl Felt {
    fn round(&self, scene: &Scene) -> Round {
        if self.refused < scene.load.in_flight || self.in_flight < scene.load.in_flight {
            return Round::Missed(format!("{} notes were refused, {} on their way", self.refused, self.in_flight));
        }
        Round::Counted
    }
}

/// `strace` at work on a host.
struct Tracer {
    child: Child,
}

impl Tracer {
    fn attach(pid: Pid, what: &str, places: &[PathBuf], log: &Path) -> Verdict<Self> {
        let mut command = Command::new("strace");
        command.args(["-f", "-q", "-e", &format!("inject={what}")]);
        command.args(["-e", &format!("trace={}", what.split(':').next().unwrap_or_default())]);
        for place in places {
            command.arg("-P").arg(place);
        }
        let child = command
            .arg("-o")
            .arg(log)
            .args(["-p", &number(pid).to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Violation::GaveUp(format!("strace is needed here: {error}")))?;
        Ok(Tracer { child })
    }

    /// Lets go of the host, which goes on.
    fn detach(mut self) -> Verdict {
        let pid = Pid::from_raw(self.child.id().cast_signed()).expect("a process id");
        rustix::process::kill_process(pid, Signal::INT).map_err(|error| Violation::GaveUp(error.to_string()))?;
        self.child.wait().map(drop).map_err(|error| Violation::GaveUp(error.to_string()))
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        // When it let go as it should, there is nothing left to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
