//! Opening a store that something was done to: time-limited, panics caught, and everything in it read.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use klockslag::domain::id::{RoomId, Seq};
use klockslag::domain::record::Record;
use klockslag::domain::time::Moment;
use klockslag::store::{self, FileStore, KernelSalts, Opened, Spans, StoreError, StoreNotice};
use tempfile::TempDir;

use super::suite::words_of;
use super::violation::{Verdict, Violation};

/// How long opening, reading and checking a store may take.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// What was found in a store.
#[derive(Debug, Default)]
pub struct Found {
    pub rooms: BTreeMap<RoomId, Vec<Record>>,
    /// Entries that are named as lost.
    pub lost: BTreeMap<RoomId, Spans>,
    pub remarks: Vec<StoreNotice>,
}

/// A directory for one state, in memory where there is such a place: a state is read once.
pub fn place() -> TempDir {
    let memory = Path::new("/dev/shm");
    let builder = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix("klock-state").permissions(std::fs::Permissions::from_mode(0o700));
        builder
    };
    let made = if memory.is_dir() { builder().tempdir_in(memory) } else { builder().tempdir() };
    made.or_else(|_| builder().tempdir()).expect("a temporary directory")
}

/// Opens the store at `dir`, reads all of it, checks it from end to end, and closes it. `how`: what was done to it.
///
/// # Errors
/// When it does not open, hangs, panics, or what it says of itself does not hold.
pub fn open(dir: &Path, how: &str) -> Verdict<Found> {
    let (done, outcome) = channel();
    let (dir, said) = (dir.to_owned(), how.to_owned());
    std::thread::spawn(move || {
        let found = catch_unwind(AssertUnwindSafe(|| read_all(&dir, &said)));
        let found = found.unwrap_or_else(|panic| Err(Violation::Panicked(format!("{said}: {}", words_of(&*panic)))));
        // Whoever waited may have given up.
        let _ = done.send(found);
    });
    match outcome.recv_timeout(TIME_LIMIT) {
        Ok(found) => found,
        Err(RecvTimeoutError::Timeout) => Err(Violation::GaveUp(format!("{how}: the store hangs"))),
        Err(RecvTimeoutError::Disconnected) => Err(Violation::Panicked(format!("{how}: the opening thread is gone"))),
    }
}

fn read_all(dir: &Path, how: &str) -> Verdict<Found> {
    let wrong = |error: StoreError| Violation::Wrong(format!("{how}: {error}"));
    let now = Moment::parse(super::world::BEGINNING).expect("a time");
    let salts = Box::new(KernelSalts::default());
    let options = store::StoreOptions { now, patience: Duration::from_secs(5), salts, spools: Vec::new() };
    let Opened { mut store, notices: remarks } = FileStore::open(dir, options).map_err(wrong)?;
    let mut found = Found { remarks, ..Found::default() };
    for room in store.list_rooms().map_err(wrong)? {
        match store.records(&room, 1, usize::MAX) {
            Ok(records) => {
                let lost = store.lost_entries(&room).map_err(wrong)?.clone();
                hold_together(&mut store, &room, &records, &lost, how)?;
                found.lost.insert(room.clone(), lost);
                found.rooms.insert(room, records);
            }
            // Nothing of it was whole, and that is said.
            Err(StoreError::NoSuchRoom(_)) => {}
            Err(error) => return Err(wrong(error)),
        }
    }
    found.remarks.extend(store.take_notices());
    Ok(found)
}

/// The fold, the numbers and the check from end to end say the same.
fn hold_together(store: &mut FileStore, room: &RoomId, records: &[Record], lost: &Spans, how: &str) -> Verdict {
    let wrong = |error: StoreError| Violation::Wrong(format!("{how}: {error}"));
    let fold = store.load_room(room).map_err(wrong)?;
    if fold.seq != records.len() as Seq {
        return Err(Violation::Gap(format!("{how}: {room}: the fold is as of {}, of {}", fold.seq, records.len())));
    }
    let verified = store.verify(room).map_err(wrong)?;
    // What is kept and may hold an entry is a fault until somebody has dealt with it.
    let is_told = |key: &str| key.starts_with("verify-kept-") || (key == "verify-lost" && !lost.is_empty());
    if verified.faults.iter().any(|fault| !is_told(&fault.key)) {
        return Err(Violation::Chain(format!("{how}: {room}: {:?}", verified.faults)));
    }
    Ok(())
}
