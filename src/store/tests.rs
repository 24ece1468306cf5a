//! The store as its users see it.

mod contract;
mod crash;
mod damage;
mod disk;
mod golden;
mod line;
mod prepare;
mod redact;
mod repair;

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use super::journal::scan::READ_WHOLE;
use super::*;
use crate::domain::event::{Event, Facets, NoteKind};
use crate::domain::id::{IntentId, RoomId, Seq};
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::text::Text;
use crate::domain::time::Moment;

pub(super) fn noon() -> Moment {
    Moment::parse("2026-11-21T12:00:00.000+01:00").expect("a moment")
}

pub(super) fn options() -> StoreOptions {
    let mut next = 0u128;
    StoreOptions {
        now: noon(),
        patience: Duration::ZERO,
        salts: Box::new(move || {
            next += 1;
            next.to_be_bytes()
        }),
        spools: Vec::new(),
    }
}

pub(super) fn open(dir: &Path) -> Opened {
    // A temporary directory is open to others, and a store that closes one says so.
    for dir in [dir.to_owned(), dir.join("rooms")].iter().filter(|dir| dir.exists()) {
        std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700)).expect("closed");
    }
    FileStore::open(dir, options()).expect("it opens")
}

pub(super) fn room() -> RoomId {
    RoomId::of_year(2026, 14)
}

pub(super) fn note(seq: Seq, text: &str) -> Record {
    let at = noon().plus_minutes(i64::try_from(seq).expect("small"));
    Record {
        seq,
        id: IntentId(ulid::Ulid::from_parts(1_700_000_000_000 + seq, 7)).event(0),
        at,
        rec: at,
        by: Author { uid: 1000, name: "Anna \"Lind\"".into(), sure: Assurance::Claimed },
        event: Event::NoteTaken {
            kind: NoteKind::Note,
            text: Text::from(text),
            facets: Facets::default(),
            meeting: None,
            action: None,
        },
    }
}

pub(super) fn append(expected: Seq, records: Vec<Record>) -> Append {
    Append { room: room(), expected, records }
}

#[test]
fn what_was_saved_is_there_after_reopening() {
    let dir = tempfile::tempdir().expect("a directory");
    let records: Vec<Record> = (1..=5).map(|seq| note(seq, &format!("note {seq}"))).collect();
    {
        let Opened { mut store, notices } = open(dir.path());
        assert_eq!(notices, []);
        store.append_batch(&[append(0, records[..2].to_vec()), append(2, records[2..].to_vec())]).expect("saved");
        assert_eq!(store.records(&room(), 1, 100).expect("read"), records);
    }
    let Opened { mut store, .. } = open(dir.path());
    assert_eq!(store.list_rooms().expect("listed"), [room()]);
    assert_eq!(store.records(&room(), 1, 100).expect("read"), records);
    assert_eq!(store.load_room(&room()).expect("folded").seq, 5);
    assert_eq!(store.find_event(&room(), records[3].id).expect("sought"), Some(4));
}

#[test]
fn records_are_found_by_spans_of_their_ids_with_the_index_and_without() {
    let dir = tempfile::tempdir().expect("a directory");
    let Opened { mut store, .. } = open(dir.path());
    let records: Vec<Record> = (1..=9).map(|seq| note(seq, &format!("note {seq}"))).collect();
    store.append_batch(&[append(0, records.clone())]).expect("saved");
    let id = |seq: usize| records[seq - 1].id;
    let spans = [(id(6), id(7)), (id(2), id(2)), (id(3), id(2))];
    let expected = [&records[5], &records[6], &records[1]].map(Clone::clone);
    let view = store.read_view(&room()).expect("a view");
    assert_eq!(view.within(&spans, 100).expect("found"), expected);
    assert_eq!(view.within(&spans, 2).expect("found"), expected[..2]);
    // What comes later is not in the view.
    store.append_batch(&[append(9, vec![note(10, "note 10")])]).expect("saved");
    let all = [(id(1), note(10, "").id)];
    assert_eq!(view.within(&all, 100).expect("found"), records);
    assert_eq!(store.read_view(&room()).expect("a view").within(&all, 100).expect("found").len(), 10);
    let journal = store.read_view(&room()).expect("a view").journal_alone();
    assert_eq!(journal.within(&spans, 100).expect("found"), expected);
    assert_eq!(journal.within(&spans, 2).expect("found"), expected[..2]);
}

#[test]
fn a_store_can_be_sent_to_the_thread_that_writes() {
    fn is_send<T: Send>(_: &T) {}
    let dir = tempfile::tempdir().expect("a directory");
    is_send(&open(dir.path()).store);
}

#[test]
fn one_process_owns_a_directory() {
    let dir = tempfile::tempdir().expect("a directory");
    let first = open(dir.path());
    let refused = FileStore::open(dir.path(), options()).err().expect("locked");
    let me = std::process::id();
    assert!(matches!(refused, StoreError::Locked { pid: Some(pid), .. } if pid == me), "{refused}");
    drop(first);
    open(dir.path());
}

#[test]
fn everything_on_disk_is_its_owners_alone() {
    fn look(dir: &Path) {
        let mode = |path: &Path| std::fs::metadata(path).expect("known").permissions().mode() & 0o777;
        assert_eq!(mode(dir), 0o700, "{}", dir.display());
        for entry in std::fs::read_dir(dir).expect("listed").flatten() {
            if entry.path().is_dir() {
                look(&entry.path());
            } else {
                assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
            }
        }
    }
    let base = tempfile::tempdir().expect("a directory");
    let dir = base.path().join("data");
    let Opened { mut store, .. } = open(&dir);
    store.append_batch(&[append(0, vec![note(1, "one")])]).expect("saved");
    drop(store);
    look(&dir);
}

#[test]
fn an_append_on_top_of_something_else_is_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    let Opened { mut store, .. } = open(dir.path());
    let nowhere = store.append_batch(&[append(4, vec![note(5, "five")])]).expect_err("no room");
    assert!(matches!(nowhere, StoreError::NoSuchRoom(_)), "{nowhere}");
    store.append_batch(&[append(0, vec![note(1, "one")])]).expect("saved");
    let late = store.append_batch(&[append(0, vec![note(1, "one")])]).expect_err("too late");
    assert!(matches!(late, StoreError::WrongSeq { expected: 0, found: 1, .. }), "{late}");
    let gap = store.append_batch(&[append(1, vec![note(3, "three")])]).expect_err("a gap");
    assert!(matches!(gap, StoreError::OutOfOrder { expected: 2, found: 3, .. }), "{gap}");
    assert!(!gap.cannot_save());
    assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 1);
}

#[test]
fn pages_follow_the_time_things_happened() {
    let dir = tempfile::tempdir().expect("a directory");
    let Opened { mut store, .. } = open(dir.path());
    let mut records: Vec<Record> = (1..=9).map(|seq| note(seq, &format!("{seq}"))).collect();
    records[8].at = noon().plus_minutes(-600);
    records[4].at = records[5].at;
    store.append_batch(&[append(0, records.clone())]).expect("saved");
    let mut seqs = |from, limit, admit: &mut dyn FnMut(&Record) -> bool| {
        let page = store.page(&room(), from, limit, &BTreeMap::new(), admit).expect("paged");
        (page.records.iter().map(|record| record.seq).collect::<Vec<_>>(), page.more)
    };
    assert_eq!(seqs(PageStart::Start, 3, &mut |_| true), (vec![9, 1, 2], true));
    assert_eq!(seqs(PageStart::End, 3, &mut |_| true), (vec![6, 7, 8], true));
    assert_eq!(seqs(PageStart::Before(records[4].at, 6), 2, &mut |_| true), (vec![4, 5], true));
    assert_eq!(seqs(PageStart::After(records[4].at, 5), 9, &mut |_| true), (vec![6, 7, 8], false));
    assert_eq!(seqs(PageStart::Before(records[0].at, 1), 5, &mut |_| true), (vec![9], false));
    assert_eq!(seqs(PageStart::End, 2, &mut |record| record.seq % 2 == 1), (vec![5, 7], true));
}

#[test]
fn pages_follow_corrected_times() {
    // Case 23: with an index and without one, page by page in both directions.
    let dir = tempfile::tempdir().expect("a directory");
    let Opened { mut store, .. } = open(dir.path());
    let records: Vec<Record> = (1..=40).map(|seq| note(seq, &format!("{seq}"))).collect();
    store.append_batch(&[append(0, records.clone())]).expect("saved");
    let at = |seq: usize| records[seq - 1].at;
    let moved = BTreeMap::from([
        (30, at(3).plus(chrono::Duration::seconds(1))),
        (2, at(25)),
        (17, noon().plus_minutes(-9_000)),
        (18, noon().plus_minutes(9_000)),
        (5, at(5)),
        // Not there yet, and never.
        (41, at(7)),
        (0, at(7)),
    ]);
    let mut expected: Vec<(Moment, Seq)> =
        records.iter().map(|record| (moved.get(&record.seq).copied().unwrap_or(record.at), record.seq)).collect();
    expected.sort_unstable();
    let expected: Vec<Seq> = expected.into_iter().map(|(_, seq)| seq).collect();
    let view = store.read_view(&room()).expect("a view");
    assert!(view.index.is_some());
    for view in [view, store.read_view(&room()).expect("a view").journal_alone()] {
        for limit in [1, 3, 7, 100] {
            let place = |record: &Record| (moved.get(&record.seq).copied().unwrap_or(record.at), record.seq);
            let (mut forward, mut from) = (Vec::new(), PageStart::Start);
            loop {
                let page = view.page(from, limit, &moved, &mut |_| true).expect("paged");
                forward.extend(page.records.iter().map(|record| record.seq));
                let Some(last) = page.records.last().filter(|_| page.more) else { break };
                let (at, seq) = place(last);
                from = PageStart::After(at, seq);
            }
            assert_eq!(forward, expected, "{limit} at a time");
            let (mut backward, mut from) = (Vec::new(), PageStart::End);
            loop {
                let page = view.page(from, limit, &moved, &mut |_| true).expect("paged");
                backward.splice(0..0, page.records.iter().map(|record| record.seq));
                let Some(first) = page.records.first().filter(|_| page.more) else { break };
                let (at, seq) = place(first);
                from = PageStart::Before(at, seq);
            }
            assert_eq!(backward, expected, "{limit} at a time, from the end");
        }
    }
}

#[test]
fn long_rooms_open_from_a_kept_fold_and_agree_with_the_whole() {
    let dir = tempfile::tempdir().expect("a directory");
    let records: Vec<Record> = (1..=4_000).map(|seq| note(seq, &format!("note {seq}"))).collect();
    {
        let Opened { mut store, .. } = open(dir.path());
        for chunk in records.chunks(500) {
            store.append_batch(&[append(chunk[0].seq - 1, chunk.to_vec())]).expect("saved");
        }
    }
    let Opened { mut store, .. } = open(dir.path());
    let fold = store.load_room(&room()).expect("folded");
    assert_eq!(fold, crate::domain::room::Room::fold(room(), &records));
    assert!(store.room_state(&room()).expect("there").unkept < 1_000, "it was not folded from the start");
    assert!(store.room_state(&room()).expect("there").end.len > READ_WHOLE);
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
    store.append_batch(&[append(4_000, vec![note(4_001, "more")])]).expect("saved");
    assert_eq!(store.load_room(&room()).expect("folded").seq, 4_001);
}

#[test]
fn a_long_text_goes_through_in_pieces() {
    let dir = tempfile::tempdir().expect("a directory");
    let Opened { mut store, .. } = open(dir.path());
    let records: Vec<Record> = (1..=3).map(|seq| note(seq, &"lång text ".repeat(5_000))).collect();
    store.append_batch(&[append(0, records.clone())]).expect("saved");
    assert_eq!(store.records(&room(), 1, 10).expect("read"), records);
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
    let draft = vec![b'x'; 20_000];
    store.put_draft(&room(), "Anna", "entry", &draft);
    store.put_draft(&room(), "Anna", "answer:why", b"short");
    store.put_draft(&room(), "Ann", "a", b"somebody else");
    let drafts = store.drafts(&room(), "Anna");
    assert_eq!(drafts, [("entry".to_owned(), draft), ("answer:why".to_owned(), b"short".to_vec())]);
    store.put_draft(&room(), "Anna", "entry", b"");
    assert_eq!(store.drafts(&room(), "Anna").len(), 1);
}

#[test]
fn the_desk_keeps_what_was_seen_and_the_lobbys_lines() {
    let dir = tempfile::tempdir().expect("a directory");
    {
        let Opened { mut store, .. } = open(dir.path());
        store.put_seen(&room(), "Anna", 12);
        store.put_summary(&room(), b"line");
    }
    let Opened { mut store, .. } = open(dir.path());
    assert_eq!((store.seen(&room(), "Anna"), store.seen(&room(), "Olle")), (12, 0));
    assert_eq!(store.summaries(), [(room(), b"line".to_vec())]);
    assert_eq!(store.next_room_id(2026).expect("named"), RoomId::of_year(2026, 1));
    store.append_batch(&[append(0, vec![note(1, "one")])]).expect("saved");
    assert_eq!(store.next_room_id(2026).expect("named"), RoomId::of_year(2026, 15));
    assert_eq!(store.next_demo_id().expect("named"), RoomId::demo(1));
}
