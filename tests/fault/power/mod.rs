//! Power cuts: what the real program wrote, synced and said is recorded, and every way a disk can lose the rest is opened.

mod platter;
mod record;
mod trace;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use klockslag::domain::event::Event;
use klockslag::domain::id::{RoomId, Seq};
use klockslag::domain::record::Record;

use self::platter::Loss;
use self::record::{Acknowledged, Recording, Redacted};
use super::dice::Dice;
use super::figure::Figures;
use super::journal::Journal;
use super::redaction::files_with;
use super::shelf::{self, Found};
use super::suite::{Effort, Outcome};
use super::violation::{Verdict, Violation};

/// How many states are made, in the short and in the full selection, and of how many recordings.
const STATES: (u32, u32) = (160, 5000);
const STATES_A_RECORDING: u32 = 500;

/// How many states are opened at a time.
const AT_A_TIME: usize = 2;

/// Records the program under load, and cuts the power again and again.
///
/// # Errors
/// The first promise that does not hold.
pub fn run(effort: Effort, dice: &mut Dice) -> Verdict<Outcome> {
    let wanted = effort.rounds.unwrap_or(if effort.full { STATES.1 } else { STATES.0 });
    let mut outcome = Outcome::default();
    while outcome.counted < u64::from(wanted) {
        let states = STATES_A_RECORDING.min(wanted - u32::try_from(outcome.counted).unwrap_or(wanted));
        let recording = Arc::new(record::record(&mut dice.fork(), effort.full)?);
        outcome.figures.count("steps recorded", recording.steps);
        outcome.figures.count("acknowledgements seen", recording.acknowledged.len());
        hold_each_acknowledgement(&recording)?;
        outcome.figures.merge(cut_often(&recording, states, dice)?);
        outcome.counted += u64::from(states);
    }
    Ok(outcome)
}

/// Each entry was synced, and so were the names that lead to it, before anybody was told of it.
fn hold_each_acknowledgement(recording: &Recording) -> Verdict {
    for Acknowledged { at, room, seq, id } in &recording.acknowledged {
        let path = recording.data.join("rooms").join(format!("{room}.jsonl"));
        let sure = recording.platter.sure(&path, *at).unwrap_or_default();
        if !String::from_utf8_lossy(&sure).contains(&format!("\"id\":\"{id}\"")) {
            let said = format!("{room} {seq} was acknowledged at step {at}, when it was not certain to be on the disk");
            return Err(Violation::AcknowledgedNotPresent(said));
        }
    }
    Ok(())
}

fn cut_often(recording: &Arc<Recording>, states: u32, dice: &mut Dice) -> Verdict<Figures> {
    let seeds: Vec<Dice> = (0..states).map(|_| dice.fork()).collect();
    let next = AtomicUsize::new(0);
    let figures: Mutex<Figures> = Mutex::default();
    let wrong: Mutex<Option<Violation>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(dice) = seeds.get(next.fetch_add(1, Ordering::SeqCst)) {
                    match cut(recording, &mut dice.clone()) {
                        Ok(more) => figures.lock().unwrap_or_else(PoisonError::into_inner).merge(more),
                        Err(found) => {
                            wrong.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(found);
                            return;
                        }
                    }
                    if wrong.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
                        return;
                    }
                }
            });
        }
    });
    match wrong.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(found) => Err(found),
        None => Ok(figures.into_inner().unwrap_or_else(PoisonError::into_inner)),
    }
}

/// One power cut.
fn cut(recording: &Recording, dice: &mut Dice) -> Verdict<Figures> {
    // At any moment, and as often just after somebody was told something.
    let moment = match dice.one_in(2) {
        true => 1 + dice.index(recording.steps),
        false => dice.pick(&recording.acknowledged).at + 1,
    };
    let loss = Loss::any(dice);
    let how = format!("power cut at step {moment} of {}, lost: {loss:?}", recording.steps);
    let place = shelf::place();
    recording
        .platter
        .put_down(moment, loss, &recording.root, place.path(), dice)
        .map_err(|error| Violation::GaveUp(format!("{how}: {error}")))?;
    let mut acknowledged: BTreeMap<&RoomId, Vec<(Seq, &str)>> = BTreeMap::new();
    for ack in recording.acknowledged.iter().filter(|ack| ack.at < moment) {
        acknowledged.entry(&ack.room).or_default().push((ack.seq, &ack.id));
    }
    let data = place.path().join(recording.data.strip_prefix(&recording.root).expect("under the root"));
    let found = shelf::open(&data, &how)?;
    let mut figures = Figures::default();
    for (room, acknowledged) in &acknowledged {
        hold(recording, room, acknowledged, &found, &data, &how)?;
        figures.count("acknowledged entries found again", acknowledged.len());
    }
    for room in found.rooms.keys().filter(|room| !acknowledged.contains_key(*room)) {
        hold(recording, room, &[], &found, &data, &how)?;
    }
    figures.count("redactions finished", hold_redactions(recording, &found, place.path(), &how)?);
    figures.count("remarks", found.remarks.len());
    Ok(figures)
}

/// Where a redaction is recorded, no file has the words any more; how many there are.
fn hold_redactions(recording: &Recording, found: &Found, place: &Path, how: &str) -> Verdict<usize> {
    let mut count = 0;
    for Redacted { room, target, words } in &recording.redacted {
        let is_it = |record: &Record| matches!(record.event, Event::EntryRedacted { target: of, .. } if of == *target);
        if !found.rooms.get(room).is_some_and(|records| records.iter().any(is_it)) {
            continue;
        }
        let left = files_with(place, words);
        if !left.is_empty() {
            return Err(Violation::Wrong(format!("{how}: words of {room} {target} that were redacted: {left:?}")));
        }
        count += 1;
    }
    Ok(count)
}

fn hold(
    recording: &Recording,
    room: &RoomId,
    acknowledged: &[(Seq, &str)],
    found: &Found,
    data: &Path,
    how: &str,
) -> Verdict {
    let none = Vec::new();
    let records = found.rooms.get(room).unwrap_or(&none);
    for (seq, id) in acknowledged {
        match usize::try_from(*seq).ok().and_then(|seq| records.get(seq - 1)) {
            Some(record) if record.id.to_string() == *id => {}
            other => {
                let other = other.map(|record| (record.seq, record.event.clone()));
                return Err(Violation::AcknowledgedNotPresent(format!("{how}: {room} {seq} is {other:?}")));
            }
        }
    }
    let truth = recording.truth.get(room).ok_or_else(|| Violation::Silent(format!("{how}: a room {room}")))?;
    for (record, seq) in records.iter().zip(1..) {
        if record.seq != seq {
            return Err(Violation::Gap(format!("{how}: {room} has {} in place of {seq}", record.seq)));
        }
        let was_written = truth.lines.get(records_index(seq)).is_some_and(|line| line.id == record.id.to_string());
        // What was never acknowledged may be lost; where something after it was not, the gap has a name.
        if !was_written && !matches!(record.event, Event::EntryLost { .. }) {
            return Err(Violation::PresentNotAttempted(format!("{how}: {room} {seq} is {:?}", record.event)));
        }
    }
    if records.iter().any(|record| matches!(record.event, Event::EntryLost { .. })) {
        if found.remarks.is_empty() {
            return Err(Violation::Silent(format!("{how}: {room} has lost entries and nobody is told")));
        }
        return Ok(());
    }
    if records.is_empty() {
        return Ok(());
    }
    let journal = Journal::read(&data.join("rooms").join(format!("{room}.jsonl")))
        .map_err(|found| Violation::Chain(format!("{how}: {room}: {found}")))?;
    if journal.last() != records.len() as u64 {
        return Err(Violation::Gap(format!("{how}: {room}: the journal ends at {}", journal.last())));
    }
    Ok(())
}

fn records_index(seq: Seq) -> usize {
    usize::try_from(seq - 1).unwrap_or(usize::MAX)
}
