//! Damaged stores and journals: bits, tails, pages. Each opens, nothing is silent, hangs or panics.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use klockslag::domain::event::Event;
use klockslag::domain::id::RoomId;
use klockslag::domain::record::Record;
use klockslag::store::{Spans, StoreNotice};
use rustix::process::Signal;

use super::board::Board;
use super::dice::Dice;
use super::figure::Figures;
use super::scene::{Ground, Load, Scene, state_of};
use super::shelf::{self, Found};
use super::suite::{Effort, Outcome};
use super::violation::{Verdict, Violation};

/// How many are damaged, in the short and in the full selection, and how many are copies of one store.
const ROUNDS: (u32, u32) = (80, 1000);
const ROUNDS_A_STORE: u32 = 40;

/// How many notes a store has at least.
const NOTES: (usize, usize) = (120, 700);

const LOAD: Load = Load { writers: 3, window: 4, watchers: 0, feeders: 0, followers: 0, screens: 0, in_flight: 0 };

/// What is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Journal,
    Index,
    /// The journal, and the index with all that was set aside is gone.
    JournalAlone,
    /// One place in each.
    Both,
}

/// Fills stores with the real program, and damages copies of them.
///
/// # Errors
/// The first promise that does not hold.
pub fn run(effort: Effort, dice: &mut Dice) -> Verdict<Outcome> {
    let wanted = effort.rounds.unwrap_or(if effort.full { ROUNDS.1 } else { ROUNDS.0 });
    let mut outcome = Outcome::default();
    while outcome.counted < u64::from(wanted) {
        // The second store, and every third one after it, was left by a host that was killed.
        let was_killed = outcome.counted / u64::from(ROUNDS_A_STORE) % 3 == 1;
        let mother = Mother::make(was_killed, effort.full, &mut dice.fork())?;
        for _ in 0..ROUNDS_A_STORE.min(wanted - u32::try_from(outcome.counted).unwrap_or(wanted)) {
            outcome.figures.merge(mother.damage(&mut dice.fork())?);
            outcome.counted += 1;
        }
    }
    Ok(outcome)
}

/// A store in which all is well, and what is in it.
struct Mother {
    scene: Scene,
    /// Whether its host was killed: then the index lags behind the journal, and is no witness of its end.
    was_killed: bool,
    records: BTreeMap<RoomId, Vec<Record>>,
}

impl Mother {
    /// Most stores were closed; the host of the others was killed.
    fn make(was_killed: bool, is_full: bool, dice: &mut Dice) -> Verdict<Self> {
        let mut scene = Scene::begin(Ground::plain(), LOAD, is_full, dice.fork())?;
        scene.wait_for_more(if is_full { NOTES.1 } else { NOTES.0 })?;
        scene.members.iter().for_each(super::member::Member::rest);
        scene
            .wait("every question is answered", |scene| scene.members.iter().all(|member| member.unanswered() == 0))?;
        let pid = scene.one_host()?;
        scene.members.clear();
        if !was_killed {
            scene.world.klock(["host", "stop"]).ok();
        } else {
            rustix::process::kill_process(pid, Signal::KILL)
                .map_err(|error| Violation::GaveUp(format!("the host is gone: {error}")))?;
        }
        let is_gone = Board::default().wait(|| matches!(state_of(super::scene::number(pid)), None | Some('Z')));
        if !is_gone {
            return Err(Violation::GaveUp("the host does not end".into()));
        }
        let place = shelf::place();
        let found = copy(&scene.world.data_dir(), place.path())
            .map_err(|error| gave_up(&error))
            .and_then(|()| shelf::open(place.path(), "a store in which all is well"))?;
        if !found.remarks.is_empty() {
            return Err(Violation::Wrong(format!("a store in which all is well: {:?}", found.remarks)));
        }
        Ok(Mother { scene, was_killed, records: found.rooms })
    }

    fn damage(&self, dice: &mut Dice) -> Verdict<Figures> {
        let place = shelf::place();
        copy(&self.scene.world.data_dir(), place.path()).map_err(|error| gave_up(&error))?;
        let victims: &[Victim] = match self.was_killed {
            true => &[Victim::Index],
            false => &[Victim::Journal, Victim::Journal, Victim::Index, Victim::JournalAlone, Victim::Both],
        };
        let victim = *dice.pick(victims);
        let index = place.path().join("index.sled");
        if victim == Victim::JournalAlone {
            fs::remove_dir_all(&index).map_err(|error| gave_up(&error))?;
        }
        let mut said = Vec::new();
        let mut cuts_a_line_off = false;
        if victim != Victim::Index {
            let hurt = hurt(&files(&place.path().join("rooms")), dice).map_err(|error| gave_up(&error))?;
            cuts_a_line_off |= hurt.cut && victim != Victim::Journal;
            said.push(hurt.said);
        }
        if matches!(victim, Victim::Index | Victim::Both) {
            said.push(hurt(&files(&index), dice).map_err(|error| gave_up(&error))?.said);
        }
        let how = format!("{victim:?}: {}", said.join(" and "));
        let found = shelf::open(place.path(), &how)?;
        let mut figures = self.hold(&found, cuts_a_line_off, &how)?;
        // Whatever of a journal was put right, somebody is told of it. What an index holds may be damaged where nothing is read.
        if victim != Victim::Index && !cuts_a_line_off && found.remarks.is_empty() {
            return Err(Violation::Silent(format!("{how}: put right, and nobody is told")));
        }
        // What was put right stays so, and nobody is told of it again.
        let again = shelf::open(place.path(), &format!("{how}, opened again"))?;
        if again.rooms != found.rooms {
            return Err(Violation::Wrong(format!("{how}: opened again it is another")));
        }
        if !again.remarks.iter().all(|remark| matches!(remark, StoreNotice::Kept { .. })) {
            return Err(Violation::Wrong(format!("{how}: opened again it is told of again: {:?}", again.remarks)));
        }
        figures.count(victim.name(), 1);
        Ok(figures)
    }

    /// Every record is there as it was, or named as lost. `cuts_a_line_off`: the end of the only copy is gone, of which
    /// nothing can know that is left.
    fn hold(&self, found: &Found, cuts_a_line_off: bool, how: &str) -> Verdict<Figures> {
        let mut figures = Figures::default();
        let (none, no_seq) = (Vec::new(), Spans::default());
        for (room, records) in &self.records {
            let now = found.rooms.get(room).unwrap_or(&none);
            let lost: &Spans = found.lost.get(room).unwrap_or(&no_seq);
            for (record, seq) in now.iter().zip(1..) {
                let is_lost = matches!(record.event, Event::EntryLost { .. });
                if is_lost != lost.contains(seq) {
                    return Err(Violation::Silent(format!(
                        "{how}: {room} {seq} is lost and not named, or the reverse"
                    )));
                }
                let as_it_was = usize::try_from(seq - 1).ok().and_then(|nth| records.get(nth)) == Some(record);
                if !is_lost && !as_it_was {
                    return Err(Violation::Silent(format!("{how}: {room} {seq} is {:?}", record.event)));
                }
            }
            let is_told = found.remarks.iter().any(tells_of_loss);
            let gone = records.len().saturating_sub(now.len());
            if (gone > 0 && !is_told && !cuts_a_line_off) || (!lost.is_empty() && !is_told) {
                let said = format!("{how}: {room} has {} of {}, told: {:?}", now.len(), records.len(), found.remarks);
                return Err(Violation::Silent(said));
            }
            figures
                .count("entries there", now.len().saturating_sub(usize::try_from(lost.count()).unwrap_or(usize::MAX)));
            figures.count("entries named as lost", usize::try_from(lost.count()).unwrap_or(usize::MAX));
            figures.count("entries cut off the only copy", gone);
        }
        figures.count("told of", usize::from(!found.remarks.is_empty()));
        Ok(figures)
    }
}

impl Victim {
    fn name(self) -> &'static str {
        match self {
            Victim::Journal => "journals",
            Victim::Index => "indexes",
            Victim::JournalAlone => "journals without an index",
            Victim::Both => "both",
        }
    }
}

fn tells_of_loss(remark: &StoreNotice) -> bool {
    matches!(remark, StoreNotice::Lost { .. } | StoreNotice::TailCut { .. })
}

fn gave_up(error: &io::Error) -> Violation {
    Violation::GaveUp(format!("damaging: {error}"))
}

/// What was done to a file.
struct Hurt {
    said: String,
    /// Whether its end was taken away.
    cut: bool,
}

/// Damages one of `files`.
fn hurt(files: &[PathBuf], dice: &mut Dice) -> io::Result<Hurt> {
    let path = dice.pick(files);
    let sound = fs::read(path)?;
    let (bytes, how, cut) = loop {
        let (bytes, how, cut) = damaged(sound.clone(), dice);
        // A page of nothing written over a page of nothing is no damage.
        if bytes != sound {
            break (bytes, how, cut);
        }
    };
    fs::write(path, &bytes)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Hurt { said: format!("{name} ({} bytes): {how}", sound.len()), cut })
}

/// The bytes after something was done to them, what that was, and whether the end is gone.
fn damaged(mut bytes: Vec<u8>, dice: &mut Dice) -> (Vec<u8>, String, bool) {
    const PAGE: usize = 4096;
    let length = bytes.len();
    let at = dice.index(length);
    let mut cut = false;
    let how = match dice.roll(7) {
        0 => {
            bytes[at] ^= 1 << dice.roll(8);
            format!("a bit flipped at {at}")
        }
        1 => {
            let count = 1 + dice.index(64);
            for _ in 0..count {
                let at = dice.index(length);
                bytes[at] ^= 1 << dice.roll(8);
            }
            format!("{count} bits flipped")
        }
        2 => {
            bytes.truncate(at);
            cut = true;
            format!("cut off at {at}")
        }
        3 => {
            let from = at / PAGE * PAGE;
            let to = length.min(from + PAGE);
            bytes[from..to].fill(0);
            cut = to == length;
            format!("the page {from}..{to} zeroed")
        }
        4 => {
            let (from, other) = (at / PAGE * PAGE, dice.index(length) / PAGE * PAGE);
            let page = bytes[from..length.min(from + PAGE)].to_vec();
            let end = length.min(other + page.len());
            bytes[other..end].copy_from_slice(&page[..end - other]);
            cut = end == length;
            format!("the page at {from} written over that at {other}")
        }
        5 => {
            let count = 1 + dice.index(600);
            let noise: Vec<u8> = (0..count).map(|_| u8::try_from(dice.roll(256)).unwrap_or_default()).collect();
            bytes.splice(at..at, noise);
            format!("{count} bytes of noise put in at {at}")
        }
        _ => {
            let to = length.min(at + 1 + dice.index(2000));
            bytes.drain(at..to);
            cut = to == length;
            format!("{at}..{to} taken out")
        }
    };
    (bytes, how, cut)
}

/// The files under `dir` that have something in them, in order.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if entry.metadata().is_ok_and(|meta| meta.len() > 0) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(to)?;
    for entry in fs::read_dir(from)?.flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else if entry.file_type()?.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
