//! A disk that is full, or does not confirm: nothing half-saved is visible, and saving resumes by itself.

use std::sync::{Arc, Mutex};
use std::{fs, io};

use super::damage::copy;
use super::*;
use crate::store::journal::disk::{Disk, FileSystem, JournalFile};
use crate::store::journal::file::UNSYNCED;

/// What the disk does wrong at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Well,
    /// So many more bytes fit.
    Full(usize),
    Unsynced,
    /// The sync fails, and so does every attempt to put it right.
    Dead,
    /// The host dies between the write and the sync.
    Killed,
}

#[derive(Clone)]
struct Moody(Arc<Mutex<Mood>>, Arc<Mutex<Platter>>);

/// What the kernel was given since the last sync, and what the disk really has. What a sync failed on is never written: the
/// kernel shows it to whoever reads, and the next sync says that all is well.
#[derive(Debug, Default)]
struct Platter {
    waiting: Vec<u8>,
    written: Vec<u8>,
}

impl Platter {
    fn write(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        self.written.extend(waiting);
    }
}

struct MoodyTape(Box<dyn JournalFile>, Moody);

impl MoodyTape {
    fn platter(&self) -> std::sync::MutexGuard<'_, Platter> {
        self.1.1.lock().expect("unpoisoned")
    }
}

impl Moody {
    fn mood(&self) -> Mood {
        *self.0.lock().expect("unpoisoned")
    }

    fn set(&self, mood: Mood) {
        *self.0.lock().expect("unpoisoned") = mood;
    }
}

impl Disk for Moody {
    fn open(&self, path: &Path) -> io::Result<Box<dyn JournalFile>> {
        Ok(Box::new(MoodyTape(FileSystem.open(path)?, self.clone())))
    }

    fn renew(&self, path: &Path, from: u64) -> io::Result<()> {
        let bytes = fs::read(path)?.split_off(usize::try_from(from).expect("small"));
        let mut file = self.open(path)?;
        self.1.lock().expect("unpoisoned").waiting.extend(bytes);
        file.sync()?;
        FileSystem.renew(path, from)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        FileSystem.sync_dir(dir)
    }
}

impl JournalFile for MoodyTape {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.1.mood() {
            Mood::Full(room) if room < bytes.len() => {
                self.0.append(&bytes[..room])?;
                Err(io::ErrorKind::StorageFull.into())
            }
            _ => {
                self.platter().waiting.extend_from_slice(bytes);
                self.0.append(bytes)
            }
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        match self.1.mood() {
            Mood::Unsynced | Mood::Dead => {
                self.platter().waiting.clear();
                Err(io::Error::other("the disk went away"))
            }
            Mood::Killed => Err(io::Error::other("nobody is there to hear it")),
            _ => {
                self.platter().write();
                self.0.sync()
            }
        }
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        match self.1.mood() {
            Mood::Dead | Mood::Killed => Err(io::Error::other("the disk went away")),
            _ => self.0.cut(len),
        }
    }
}

fn with_two_notes(dir: &Path) -> (FileStore, Moody) {
    let moody = Moody(Arc::new(Mutex::new(Mood::Well)), Arc::default());
    let Opened { mut store, .. } = FileStore::open_on(dir, options(), Arc::new(moody.clone())).expect("it opens");
    store.append_batch(&[append(0, vec![note(1, "one"), note(2, "two")])]).expect("saved");
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
        let refused = store.append_batch(&[append(2, vec![note(3, &"x".repeat(500))])]).expect_err("full");
        assert!(matches!(refused, StoreError::Full { .. }) && refused.cannot_save(), "{refused}");
        assert_eq!(fs::read(&journal).expect("read"), before);
        assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 2);
        moody.set(Mood::Well);
        store.append_batch(&[append(2, vec![note(3, "three")])]).expect("saved again");
        assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 3);
        assert_eq!(store.take_notices(), []);
    }
}

#[test]
fn a_failed_sync_acknowledges_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let (mut store, moody) = with_two_notes(dir.path());
    let other = Append { room: RoomId::of_year(2026, 15), expected: 0, records: vec![note(1, "elsewhere")] };
    moody.set(Mood::Unsynced);
    let refused = store.append_batch(&[append(2, vec![note(3, "three")]), other.clone()]).expect_err("unsynced");
    assert!(matches!(refused, StoreError::SyncFailed { .. }), "{refused}");
    assert_eq!(store.list_rooms().expect("listed"), [room()]);
    moody.set(Mood::Well);
    store.append_batch(&[append(2, vec![note(3, "three")]), other]).expect("saved again");
    assert_eq!(store.list_rooms().expect("listed").len(), 2);
    assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 3);
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
}

#[test]
fn what_could_not_be_taken_back_is_read_afresh_before_anything_is_added() {
    let dir = tempfile::tempdir().expect("a directory");
    let (mut store, moody) = with_two_notes(dir.path());
    moody.set(Mood::Dead);
    let three = append(2, vec![note(3, "three")]);
    store.append_batch(std::slice::from_ref(&three)).expect_err("dead");
    store.append_batch(std::slice::from_ref(&three)).expect_err("still dead");
    assert_eq!(store.records(&room(), 1, 10).expect("reading goes on").len(), 2, "what failed is not shown as saved");
    moody.set(Mood::Well);
    // Whoever asks again has it saved now: what the disk gave up on is never taken for saved.
    assert_eq!(store.find_event(&room(), three.records[0].id).expect("sought"), None);
    store.append_batch(std::slice::from_ref(&three)).expect("saved now");
    store.append_batch(&[append(3, vec![note(4, "four")])]).expect("saved again");
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
    assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 4);
}

#[test]
fn what_is_acknowledged_is_on_a_disk_that_forgets_what_it_failed_to_write() {
    let dir = tempfile::tempdir().expect("a directory");
    let (mut store, moody) = with_two_notes(dir.path());
    let mut acknowledged = vec!["\"one\"".to_owned(), "\"two\"".to_owned()];
    let moods = [Mood::Dead, Mood::Dead, Mood::Well, Mood::Unsynced, Mood::Well, Mood::Dead, Mood::Well, Mood::Well];
    let mut seq = 3;
    for mood in moods {
        moody.set(mood);
        let text = format!("note number {seq}");
        let record = note(seq, &text);
        // As the host does it: whoever was told nothing asks again with the same id.
        let known = store.find_event(&room(), record.id).expect("sought");
        if known.is_some() || store.append_batch(&[append(seq - 1, vec![record])]).is_ok() {
            acknowledged.push(format!("\"{text}\""));
            seq += 1;
        }
    }
    assert_eq!(acknowledged.len(), 6, "{acknowledged:?}");
    let written = String::from_utf8(moody.1.lock().expect("unpoisoned").written.clone()).expect("text");
    for text in acknowledged {
        assert!(written.contains(&text), "{text} was acknowledged and is not on the disk");
    }
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
}

/// The next host finds a line in the journal that the one before it wrote and told nobody of. It takes it for saved, so it has
/// to be: a power cut a moment later must not take it.
#[test]
fn what_a_dead_host_never_confirmed_is_on_the_disk_before_the_next_one_confirms_it() {
    for (death, length) in [(Mood::Killed, 2), (Mood::Dead, 2), (Mood::Killed, 3_000), (Mood::Dead, 3_000)] {
        let base = tempfile::tempdir().expect("a directory");
        let (dir, left) = (base.path().join("live"), base.path().join("left"));
        let (mut store, moody) = with_two_notes(&dir);
        store.append_batch(&[append(2, (3..=length).map(|seq| note(seq, "more")).collect())]).ok();
        store.flush();
        moody.set(death);
        let last = note(length + 1, "the last words");
        store.append_batch(&[append(length, vec![last.clone()])]).expect_err("nobody was told");
        copy(&dir, &left);
        assert!(fs::read_to_string(left.join("rooms/2026-014.jsonl")).expect("read").contains("the last words"));
        for mood in [Mood::Unsynced, Mood::Well] {
            moody.set(mood);
            let Opened { store: mut next, .. } =
                FileStore::open_on(&left, options(), Arc::new(moody.clone())).expect("open");
            // As the host does it: what is found is confirmed, and not saved again.
            let known = next.find_event(&room(), last.id);
            match mood {
                Mood::Well => assert_eq!(known.expect("sought"), Some(length + 1), "{death:?}, {length}"),
                _ => assert!(matches!(known, Err(StoreError::SyncFailed { .. })), "{death:?}, {length}: {known:?}"),
            }
            assert_eq!(next.records(&room(), length + 1, 1).expect("readable all the same").len(), 1);
        }
        let written = String::from_utf8(moody.1.lock().expect("unpoisoned").written.clone()).expect("text");
        assert!(written.contains("the last words"), "{death:?}, {length}: confirmed, and not on the disk");
        assert_eq!(store.records(&room(), 1, 10_000).expect("read").len() as Seq, length);
    }
}

#[test]
fn nothing_is_confirmed_in_a_journal_that_was_removed_and_it_comes_back() {
    let dir = tempfile::tempdir().expect("a directory");
    let Opened { mut store, .. } = open(dir.path());
    store.append_batch(&[append(0, vec![note(1, "one"), note(2, "two")])]).expect("saved");
    store.catch_up();
    let journal = dir.path().join("rooms/2026-014.jsonl");
    fs::remove_file(&journal).expect("removed");
    let refused = store.append_batch(&[append(2, vec![note(3, "three")])]).expect_err("it would be nowhere");
    assert!(refused.cannot_save(), "{refused}");
    store.append_batch(&[append(2, vec![note(3, "three")])]).expect("saved in what came back from the index");
    assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 3);
    assert_eq!(fs::read_to_string(&journal).expect("it is there").lines().count(), 3);
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
}

#[test]
fn a_store_knows_when_its_directory_is_not_its_own_any_more() {
    let base = tempfile::tempdir().expect("a directory");
    let (dir, elsewhere) = (base.path().join("data"), base.path().join("elsewhere"));
    let Opened { store, .. } = open(&dir);
    assert!(!store.is_detached());
    fs::rename(&dir, &elsewhere).expect("moved");
    assert!(store.is_detached());
    let Opened { store: next, .. } = open(&dir);
    assert_eq!((store.is_detached(), next.is_detached()), (true, false));
    drop(next);
    fs::remove_dir_all(&dir).expect("removed");
    fs::rename(&elsewhere, &dir).expect("moved back");
    assert!(!store.is_detached());
}

/// The real disk, and how many bytes were ever without a sync.
#[derive(Clone, Default)]
struct Counting(Arc<Mutex<(usize, usize)>>);

struct CountingTape(Box<dyn JournalFile>, Counting);

impl Disk for Counting {
    fn open(&self, path: &Path) -> io::Result<Box<dyn JournalFile>> {
        Ok(Box::new(CountingTape(FileSystem.open(path)?, self.clone())))
    }

    fn renew(&self, path: &Path, from: u64) -> io::Result<()> {
        self.0.lock().expect("unpoisoned").0 = usize::try_from(fs::metadata(path)?.len() - from).expect("small");
        FileSystem.renew(path, from)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        FileSystem.sync_dir(dir)
    }
}

impl JournalFile for CountingTape {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut counted = self.1.0.lock().expect("unpoisoned");
        counted.0 += bytes.len();
        counted.1 = counted.1.max(counted.0);
        self.0.append(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.1.0.lock().expect("unpoisoned").0 = 0;
        self.0.sync()
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.0.cut(len)
    }
}

#[test]
fn no_more_is_ever_without_a_sync_than_is_written_anew_after_a_death() {
    let dir = tempfile::tempdir().expect("a directory");
    let counting = Counting::default();
    let start = || FileStore::open_on(dir.path(), options(), Arc::new(counting.clone())).expect("it opens").store;
    let long = |seq| note(seq, &"x".repeat(UNSYNCED));
    let mut store = start();
    store.append_batch(&[append(0, vec![long(1), note(2, "two"), long(3)])]).expect("saved");
    drop(store);
    assert_eq!(*counting.0.lock().expect("unpoisoned"), (0, UNSYNCED));
    fs::remove_dir_all(dir.path().join("index.sled")).expect("an index");
    assert_eq!(start().records(&room(), 1, 9).expect("read").len(), 3);
    assert_eq!(counting.0.lock().expect("unpoisoned").0, UNSYNCED, "and no less is written anew");
}
