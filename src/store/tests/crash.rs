//! A host that dies at any moment, and an index that fell behind or belongs elsewhere.

use std::fs;
use std::path::Path;

use super::damage::copy;
use super::*;

/// What a `kill -9` leaves: the files as they are, nothing closed.
#[test]
fn whatever_was_acknowledged_is_there_after_any_crash() {
    let base = tempfile::tempdir().expect("a directory");
    let dir = base.path().join("live");
    let Opened { mut store, .. } = open(&dir);
    let mut records = Vec::new();
    for round in 1..=24 {
        let first = records.len() as Seq + 1;
        let more: Vec<Record> = (first..first + 7).map(|seq| note(seq, &format!("note {seq}"))).collect();
        store.append_batch(&[append(first - 1, more.clone())]).expect("saved");
        records.extend(more);
        if round % 3 == 0 {
            store.load_room(&room()).expect("folded");
        }
        let left = base.path().join(format!("left-{round}"));
        copy(&dir, &left);
        let Opened { store: mut next, notices } = open(&left);
        assert_eq!(notices, [], "round {round}");
        assert_eq!(next.records(&room(), 1, 1000).expect("read"), records, "round {round}");
        assert_eq!(next.take_notices(), [], "round {round}: a lag is caught up with without a word");
        assert_eq!(next.verify(&room()).expect("verified").faults, []);
        drop(next);
        fs::remove_dir_all(&left).expect("removed");
    }
}

fn grow(dir: &Path, upto: Seq, text: &str) {
    let Opened { mut store, .. } = open(dir);
    let from = store.load_room(&room()).map_or(0, |fold| fold.seq);
    let more: Vec<Record> = (from + 1..=upto).map(|seq| note(seq, text)).collect();
    store.append_batch(&[append(from, more)]).expect("saved");
}

fn with_index_of(dir: &Path, other: &Path) {
    fs::remove_dir_all(dir.join("index.sled")).expect("removed");
    copy(&other.join("index.sled"), &dir.join("index.sled"));
}

/// Lines are put first and how far they go is noted after: a host that is killed between leaves an index that holds more than
/// it knows of, in a room too long to be compared line by line.
#[test]
fn an_index_that_holds_more_than_it_knows_of_is_kept() {
    let base = tempfile::tempdir().expect("a directory");
    let dir = base.path().join("now");
    grow(&dir, 3_000, "early");
    let known = |store: &mut FileStore| store.query(|index| index.known(&room())).flatten().expect("a room it knows");
    let early = known(&mut open(&dir).store);
    grow(&dir, 3_200, "late");
    let Opened { mut store, .. } = open(&dir);
    assert!(store.load_room(&room()).is_ok() && known(&mut store).end.seq == 3_200 && early.end.len > READ_WHOLE);
    store.query(|index| index.put_known(&room(), &early)).expect("written");
    drop(store);
    let Opened { mut store, notices } = open(&dir);
    assert_eq!(store.records(&room(), 1, 10_000).expect("read").len(), 3_200);
    assert_eq!((notices, store.take_notices()), (vec![], vec![]), "nothing is set aside");
    drop(store);
    // Where the journal's end is lost as well, what the index holds beyond what it knows of is the only copy.
    let journal = dir.join("rooms").join(format!("{}.jsonl", room()));
    let whole = fs::read(&journal).expect("read");
    let Opened { mut store, .. } = open(&dir);
    store.query(|index| index.put_known(&room(), &early)).expect("written");
    drop(store);
    let cut = whole.len() - whole.iter().rev().skip(1).position(|byte| *byte == b'\n').expect("a line") - 1;
    fs::write(&journal, &whole[..cut]).expect("cut");
    let Opened { mut store, .. } = open(&dir);
    assert_eq!(store.records(&room(), 3_200, 1).expect("read").len(), 1, "the entry is back");
    assert_eq!(fs::read(&journal).expect("read"), whole);
}

#[test]
fn an_index_that_fell_behind_catches_up_without_a_word() {
    for (early, late) in [(5, 40), (3_000, 3_500)] {
        let base = tempfile::tempdir().expect("a directory");
        let (dir, before) = (base.path().join("now"), base.path().join("before"));
        grow(&dir, early, "early");
        copy(&dir, &before);
        grow(&dir, late, "late");
        with_index_of(&dir, &before);
        let Opened { mut store, notices } = open(&dir);
        assert_eq!(notices, []);
        assert_eq!(store.records(&room(), 1, 10_000).expect("read").len() as Seq, late);
        assert_eq!(store.load_room(&room()).expect("folded").seq, late);
        assert_eq!(store.verify(&room()).expect("verified").faults, []);
        assert_eq!(store.take_notices(), []);
    }
}

#[test]
fn a_journal_that_lost_its_end_gets_it_back() {
    for (early, late) in [(5, 40), (3_000, 3_500)] {
        let base = tempfile::tempdir().expect("a directory");
        let dir = base.path().join("now");
        grow(&dir, early, "early");
        let journal = dir.join("rooms/2026-014.jsonl");
        let was = fs::read(&journal).expect("read");
        grow(&dir, late, "late");
        let whole = fs::read(&journal).expect("read");
        fs::write(&journal, was).expect("written");
        let Opened { mut store, .. } = open(&dir);
        assert_eq!(store.load_room(&room()).expect("folded").seq, late);
        assert_eq!(fs::read(&journal).expect("read"), whole);
        assert!(matches!(store.take_notices()[..], [StoreNotice::TailRestored { .. }]));
    }
}

/// Which of the two was replaced nobody can know: what only the index has is kept where it can be read.
#[test]
fn an_index_of_another_history_gives_what_only_it_has() {
    for length in [12, 3_000] {
        let base = tempfile::tempdir().expect("a directory");
        let (dir, other) = (base.path().join("this"), base.path().join("other"));
        grow(&dir, length, "this");
        grow(&other, length, "other");
        with_index_of(&dir, &other);
        let Opened { mut store, mut notices } = open(&dir);
        let records = store.records(&room(), 1, 10_000).expect("read");
        assert_eq!(records, (1..=length).map(|seq| note(seq, "this")).collect::<Vec<_>>());
        notices.extend(store.take_notices());
        let [StoreNotice::Forked { from: 1, entries, kept, other: None, .. }] = &notices[..] else {
            panic!("{length}: {notices:?}")
        };
        assert_eq!(*entries, length);
        assert_eq!(
            fs::read(dir.join("rooms").join(kept)).expect("kept"),
            fs::read(other.join("rooms/2026-014.jsonl")).expect("read")
        );
    }
}

#[test]
fn a_record_changed_by_hand_with_a_right_hash_is_told_of() {
    let base = tempfile::tempdir().expect("a directory");
    let (dir, other) = (base.path().join("this"), base.path().join("other"));
    grow(&dir, 6, "this");
    grow(&other, 6, "other");
    let lines = |dir: &Path| {
        let text = fs::read_to_string(dir.join("rooms/2026-014.jsonl")).expect("read");
        text.lines().map(|line| format!("{line}\n")).collect::<Vec<_>>()
    };
    let mut forged = lines(&dir);
    forged[3] = lines(&other)[3].clone();
    fs::write(dir.join("rooms/2026-014.jsonl"), forged.concat()).expect("written");
    fs::remove_dir_all(dir.join("index.sled")).expect("removed");
    let Opened { mut store, .. } = open(&dir);
    assert_eq!(store.load_room(&room()).expect("folded").seq, 6);
    assert_eq!(store.take_notices(), [StoreNotice::Unlinked { room: room(), entries: [4, 5].into_iter().collect() }]);
    assert_eq!(store.verify(&room()).expect("verified").faults.len(), 2);
}

/// What lies beside an index that was set aside or made anew.
fn set_aside(dir: &Path) -> usize {
    let kept = fs::read_dir(dir).expect("listed").flatten();
    kept.filter(|entry| entry.file_name().to_string_lossy().starts_with("index.sled.set-aside")).count()
}

#[test]
fn an_index_of_another_version_is_made_anew_without_a_word() {
    for (length, version) in [(12, 1), (3_000, 1), (12, 9)] {
        let base = tempfile::tempdir().expect("a directory");
        let dir = base.path().join("data");
        grow(&dir, length, "this");
        let Opened { mut store, .. } = open(&dir);
        store.put_draft(&room(), "Anna", "entry", b"half a thought");
        store.query(|index| index.put_version(version)).expect("written");
        drop(store);
        let Opened { mut store, notices } = open(&dir);
        assert_eq!((notices, set_aside(&dir)), (vec![], 0), "{length}, {version}");
        assert_eq!(store.query(|index| index.known(&room())), Some(None), "nothing of the other is taken over");
        let records = store.records(&room(), 1, 10_000).expect("read");
        assert_eq!(records, (1..=length).map(|seq| note(seq, "this")).collect::<Vec<_>>());
        assert_eq!(store.drafts(&room(), "Anna"), [("entry".to_owned(), b"half a thought".to_vec())]);
        assert_eq!(store.verify(&room()).expect("verified").faults, []);
        assert!(store.query(|index| index.known(&room())).flatten().is_some_and(|known| known.end.seq == length));
        assert_eq!(store.take_notices(), []);
    }
}

/// The journals tell nothing of a tail that they lost; the index that another version made does.
#[test]
fn an_index_of_another_version_is_kept_where_it_is_the_only_witness() {
    let base = tempfile::tempdir().expect("a directory");
    let dir = base.path().join("data");
    grow(&dir, 12, "this");
    let Opened { mut store, .. } = open(&dir);
    store.query(|index| index.put_version(1)).expect("written");
    drop(store);
    let journal = dir.join("rooms/2026-014.jsonl");
    let whole = fs::read(&journal).expect("read");
    let cut = whole.len() - whole.iter().rev().skip(1).position(|byte| *byte == b'\n').expect("a line") - 1;
    fs::write(&journal, &whole[..cut]).expect("cut");
    let Opened { notices, .. } = open(&dir);
    assert!(
        matches!(&notices[..], [StoreNotice::IndexSetAside { why, .. }] if why.contains("2026-014")),
        "{notices:?}"
    );
    assert_eq!(set_aside(&dir), 1);
}
