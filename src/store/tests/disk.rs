//! A disk that is full, or does not confirm: nothing half-saved is visible, and saving resumes by itself.

use std::fs;
use std::io;
use std::sync::{Arc, Mutex};

use super::super::medium::{Disk, Medium, Tape};
use super::*;

/// What the disk does wrong at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Well,
    /// So many more bytes fit.
    Full(usize),
    Unsynced,
    /// The sync fails, and so does every attempt to put it right.
    Dead,
}

#[derive(Clone)]
struct Moody(Arc<Mutex<Mood>>);

struct MoodyTape(Box<dyn Tape>, Moody);

impl Moody {
    fn mood(&self) -> Mood {
        *self.0.lock().expect("unpoisoned")
    }

    fn set(&self, mood: Mood) {
        *self.0.lock().expect("unpoisoned") = mood;
    }
}

impl Medium for Moody {
    fn open(&self, path: &Path) -> io::Result<Box<dyn Tape>> {
        Ok(Box::new(MoodyTape(Disk.open(path)?, self.clone())))
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        Disk.sync_dir(dir)
    }
}

impl Tape for MoodyTape {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.1.mood() {
            Mood::Full(room) if room < bytes.len() => {
                self.0.append(&bytes[..room])?;
                Err(io::ErrorKind::StorageFull.into())
            }
            _ => self.0.append(bytes),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        match self.1.mood() {
            Mood::Unsynced | Mood::Dead => Err(io::Error::other("the disk went away")),
            _ => self.0.sync(),
        }
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        match self.1.mood() {
            Mood::Dead => Err(io::Error::other("the disk went away")),
            _ => self.0.cut(len),
        }
    }
}

fn with_two_notes(dir: &Path) -> (Store, Moody) {
    let moody = Moody(Arc::new(Mutex::new(Mood::Well)));
    let Opened { mut store, .. } = Store::open_on(dir, options(), Box::new(moody.clone())).expect("it opens");
    store.append_all(&[append(0, vec![note(1, "one"), note(2, "two")])]).expect("saved");
    (store, moody)
}

#[test]
fn a_full_disk_refuses_and_keeps_what_there_was() {
    let dir = tempfile::tempdir().expect("a directory");
    for room_left in [0, 1, 100, 400] {
        let dir = dir.path().join(room_left.to_string());
        let (mut store, moody) = with_two_notes(&dir);
        let journal = dir.join("rooms/2026-014.jsonl");
        let before = fs::read(&journal).expect("read");
        moody.set(Mood::Full(room_left));
        let refused = store.append_all(&[append(2, vec![note(3, &"x".repeat(500))])]).expect_err("full");
        assert!(matches!(refused, StoreError::Full { .. }) && refused.cannot_save(), "{refused}");
        assert_eq!(fs::read(&journal).expect("read"), before);
        assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 2);
        moody.set(Mood::Well);
        store.append_all(&[append(2, vec![note(3, "three")])]).expect("saved again");
        assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 3);
        assert_eq!(store.take_remarks(), []);
    }
}

#[test]
fn a_failed_sync_acknowledges_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let (mut store, moody) = with_two_notes(dir.path());
    let other = Append { room: RoomId::of_year(2026, 15), expected: 0, records: vec![note(1, "elsewhere")] };
    moody.set(Mood::Unsynced);
    let refused = store.append_all(&[append(2, vec![note(3, "three")]), other.clone()]).expect_err("unsynced");
    assert!(matches!(refused, StoreError::SyncFailed { .. }), "{refused}");
    assert_eq!(store.rooms().expect("listed"), [room()]);
    moody.set(Mood::Well);
    store.append_all(&[append(2, vec![note(3, "three")]), other]).expect("saved again");
    assert_eq!(store.rooms().expect("listed").len(), 2);
    assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 3);
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
}

#[test]
fn what_could_not_be_taken_back_is_read_afresh_before_anything_is_added() {
    let dir = tempfile::tempdir().expect("a directory");
    let (mut store, moody) = with_two_notes(dir.path());
    moody.set(Mood::Dead);
    let three = append(2, vec![note(3, "three")]);
    store.append_all(std::slice::from_ref(&three)).expect_err("dead");
    store.append_all(std::slice::from_ref(&three)).expect_err("still dead");
    assert!(store.records(&room(), 1, 10).expect("reading goes on").len() >= 2);
    moody.set(Mood::Well);
    // The line came down after all; whoever asks again finds it by its id instead of saving it twice.
    let found = store.find(&room(), three.records[0].id).expect("sought");
    let again = store.append_all(std::slice::from_ref(&three));
    assert!(found == Some(3) && matches!(again, Err(StoreError::WrongSeq { found: 3, .. })) || again.is_ok());
    store.append_all(&[append(3, vec![note(4, "four")])]).expect("saved again");
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
    assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 4);
}
