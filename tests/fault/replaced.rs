//! A journal that was replaced by another sound one, while the index knows what was there: nothing that only it has is lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use klockslag::domain::event::{Event, Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId, Seq};
use klockslag::domain::record::{Assurance, Author, Record};
use klockslag::domain::time::Moment;
use klockslag::store::{self, Append, FileStore, KernelSalts, Opened, StoreNotice};

use super::dice::Dice;
use super::figure::Figures;
use super::shelf;
use super::suite::{Effort, Outcome};
use super::violation::{Verdict, Violation};
use super::world::BEGINNING;

/// How many journals are replaced, in the short and in the full selection.
const ROUNDS: (u32, u32) = (30, 400);

/// How many entries a history has at most; now and then so many that a journal is not read whole when it is opened.
const SHORT: usize = 60;
const LONG: usize = 2_500;

/// Replaces journals by others of their own room, or of another one.
///
/// # Errors
/// The first promise that does not hold.
pub fn run(effort: Effort, dice: &mut Dice) -> Verdict<Outcome> {
    let wanted = effort.rounds.unwrap_or(if effort.full { ROUNDS.1 } else { ROUNDS.0 });
    let mut outcome = Outcome::default();
    for _ in 0..wanted {
        outcome.figures.merge(replace(&mut dice.fork())?);
        outcome.counted += 1;
    }
    Ok(outcome)
}

fn gave_up(error: &dyn std::fmt::Display) -> Violation {
    Violation::GaveUp(format!("replacing: {error}"))
}

fn room() -> RoomId {
    RoomId::of_year(2026, 14)
}

fn journal(dir: &Path) -> PathBuf {
    dir.join("rooms").join(format!("{}.jsonl", room()))
}

fn open(dir: &Path) -> Verdict<Opened> {
    let now = Moment::parse(BEGINNING).expect("a time");
    let salts = Box::new(KernelSalts::default());
    let options = store::StoreOptions { now, patience: Duration::from_secs(5), salts, spools: Vec::new() };
    FileStore::open(dir, options).map_err(|error| gave_up(&error))
}

fn note(seq: Seq, whose: &str) -> Record {
    let at = Moment::parse(BEGINNING).expect("a time").plus_minutes(seq.cast_signed());
    let words = format!("{whose} {seq} {}", "é".repeat(100)).as_str().into();
    let (kind, facets) = (NoteKind::Note, Facets::default());
    let event = Event::NoteTaken { kind, text: words, facets, meeting: None, action: None };
    let by = Author { uid: 1000, name: whose.to_owned(), sure: Assurance::Claimed };
    let salt = u128::from(whose.as_bytes()[0]);
    Record { seq, id: IntentId(ulid::Ulid::from_parts(1_700_000_000_000 + seq, salt)).event(0), at, rec: at, by, event }
}

/// Writes entries from `from` on up to `upto`.
fn write(dir: &Path, from: Seq, upto: Seq, whose: &str) -> Verdict {
    let Opened { mut store, .. } = open(dir)?;
    // Each by itself: a save of several is cut off whole when its end is missing.
    let save = |seq| Append { room: room(), expected: seq - 1, records: vec![note(seq, whose)] };
    let saves: Vec<Append> = (from..=upto).map(save).collect();
    if saves.is_empty() {
        return Ok(());
    }
    store.append_batch(&saves).map_err(|error| gave_up(&error))?;
    // The index takes it in.
    store.load_room(&room()).map(drop).map_err(|error| gave_up(&error))
}

fn replace(dice: &mut Dice) -> Verdict<Figures> {
    let (here, there) = (shelf::place(), shelf::place());
    let most = if dice.one_in(8) { LONG } else { SHORT };
    let (ours, common, theirs) = (1 + dice.index(most) as Seq, dice.index(most) as Seq, dice.index(most) as Seq);
    let (common, theirs) = (common.min(ours), common.min(ours) + theirs);
    let how = format!("{ours} entries, {common} in common with another {theirs}");
    write(here.path(), 1, ours, "ours")?;
    let whole = fs::read_to_string(journal(here.path())).map_err(|error| gave_up(&error))?;
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    let (before, after) = lines.split_at(usize::try_from(common).unwrap_or(lines.len()));
    write(there.path(), 1, 0, "theirs")?;
    fs::write(journal(there.path()), before.concat()).map_err(|error| gave_up(&error))?;
    write(there.path(), common + 1, theirs, "theirs")?;
    let other = fs::read_to_string(journal(there.path())).map_err(|error| gave_up(&error))?;
    if other.is_empty() {
        // A journal without a line is one that is gone: it comes back.
        return Ok(Figures::default());
    }
    fs::copy(journal(there.path()), journal(here.path())).map_err(|error| gave_up(&error))?;
    let found = shelf::open(here.path(), &how)?;
    let now = fs::read_to_string(journal(here.path())).map_err(|error| gave_up(&error))?;
    let mut figures = Figures::default();
    if theirs == common {
        // It had only lost its end, or nothing at all.
        if now != whole {
            return Err(Violation::AcknowledgedNotPresent(format!("{how}: the end that the index has")));
        }
        figures.count("ends put back", usize::from(ours > common));
        return Ok(figures);
    }
    if now != other {
        return Err(Violation::Wrong(format!("{how}: the journal is neither of the two")));
    }
    if after.is_empty() {
        figures.count("that only went on", 1);
        return if found.remarks.is_empty() { Ok(figures) } else { Err(told(&how, &found.remarks)) };
    }
    let [StoreNotice::Forked { from, entries, kept, .. }] = &found.remarks[..] else {
        return Err(told(&how, &found.remarks));
    };
    let kept = fs::read_to_string(here.path().join("rooms").join(kept)).map_err(|error| gave_up(&error))?;
    if (*from, *entries) != (common + 1, ours - common) || kept != after.concat() {
        return Err(Violation::AcknowledgedNotPresent(format!("{how}: kept are {entries} from {from} on")));
    }
    let again = shelf::open(here.path(), &format!("{how}, opened again"))?;
    if again.rooms != found.rooms || !matches!(again.remarks[..], [StoreNotice::Kept { .. }]) {
        return Err(told(&format!("{how}, opened again"), &again.remarks));
    }
    figures.count("forks told", 1);
    figures.count("entries kept", after.len());
    Ok(figures)
}

fn told(how: &str, remarks: &[StoreNotice]) -> Violation {
    Violation::Silent(format!("{how}: told is {remarks:?}"))
}
