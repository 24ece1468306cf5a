//! The contract of the door, held against every store that stands behind it.

use super::*;
use crate::domain::id::EventId;
use crate::domain::room::Room;
use crate::store::memory_store::MemoryStore;

/// Opens each kind of store, empty, and holds `contract` against it.
fn each_store(contract: impl Fn(&mut dyn Store)) {
    contract(&mut MemoryStore::new(options().salts));
    let dir = tempfile::tempdir().expect("a directory");
    let mut file_store = open(dir.path()).store;
    contract(&mut file_store);
    // The same without an index.
    let dir = tempfile::tempdir().expect("a directory");
    let mut file_store = open(dir.path()).store;
    file_store.part_with_index();
    contract(&mut file_store);
}

fn notes(upto: Seq) -> Vec<Record> {
    (1..=upto).map(|seq| note(seq, &format!("note {seq}"))).collect()
}

fn redaction(seq: Seq, target: Seq) -> Record {
    Record { event: Event::EntryRedacted { target, reason: Text::from("personal data") }, ..note(seq, "") }
}

/// Does what the host does until `room` is ready.
fn make_ready(store: &mut dyn Store) -> bool {
    let mut is_redacted = false;
    while let Readiness::Unready(preparation) = store.readiness(&room(), RoomUse::Load) {
        is_redacted |= store.finish_preparation(preparation.run()).is_redacted;
    }
    is_redacted
}

fn verify(store: &mut dyn Store) -> Verification {
    let mut verifier = store.start_verification(&room()).expect("started");
    loop {
        if let Some(findings) = verifier.verify_next().expect("read") {
            return store.finish_verification(&room(), findings).expect("worth something");
        }
    }
}

#[test]
fn records_come_back_as_they_were_appended() {
    each_store(|store| {
        let records = notes(9);
        store.append_batch(&[append(0, records[..2].to_vec()), append(2, records[2..].to_vec())]).expect("saved");
        assert_eq!(store.records(&room(), 1, 100).expect("read"), records);
        assert_eq!(store.records(&room(), 8, 100).expect("read"), records[7..]);
        assert_eq!(store.records(&room(), 3, 2).expect("read"), records[2..4]);
        assert_eq!(store.records(&room(), 10, 5).expect("read"), []);
        assert_eq!(store.record(&room(), 4).expect("read").as_ref(), Some(&records[3]));
        assert_eq!(store.record(&room(), 10).expect("read"), None);
        assert_eq!(store.first_event_id(&room()), Some(records[0].id));
        assert_eq!(store.find_event(&room(), records[6].id).expect("sought"), Some(7));
        assert_eq!(store.find_event(&room(), note(99, "").id).expect("sought"), None);
        assert_eq!(store.load_room(&room()).expect("loaded"), Room::fold(room(), &records));
    });
}

#[test]
fn an_append_builds_on_the_last_seq_or_writes_nothing() {
    each_store(|store| {
        let nowhere = store.append_batch(&[append(4, vec![note(5, "five")])]).expect_err("no room");
        assert!(matches!(nowhere, StoreError::NoSuchRoom(_)), "{nowhere}");
        store.append_batch(&[append(0, notes(1))]).expect("saved");
        for (refused, expected, found) in [(append(0, notes(1)), 0, 1), (append(2, vec![note(3, "three")]), 2, 1)] {
            let error = store.append_batch(&[refused]).expect_err("moved on");
            let StoreError::WrongSeq { expected: said, found: last, .. } = error else { panic!("{error}") };
            assert_eq!((said, last), (expected, found));
        }
        let gap = store.append_batch(&[append(1, vec![note(3, "three")])]).expect_err("a gap");
        assert!(matches!(gap, StoreError::OutOfOrder { expected: 2, found: 3, .. }), "{gap}");
        // One part of a batch is refused: nothing of it is saved, in no room.
        let other = Append { room: RoomId::of_year(2026, 15), expected: 0, records: notes(3) };
        store.append_batch(&[other, append(7, vec![note(8, "eight")])]).expect_err("the second is refused");
        assert_eq!(store.list_rooms().expect("listed"), [room()]);
        assert_eq!(store.records(&room(), 1, 10).expect("read").len(), 1);
        store.append_batch(&[append(1, vec![note(2, "two")])]).expect("it goes on");
    });
}

#[test]
fn a_reader_follows_a_room_without_a_hole_and_without_a_double() {
    each_store(|store| {
        let records = notes(40);
        let mut followed: Vec<Record> = Vec::new();
        for chunk in records.chunks(7) {
            store.append_batch(&[append(chunk[0].seq - 1, chunk.to_vec())]).expect("saved");
            if chunk[0].seq % 2 == 1 {
                store.catch_up();
                assert_eq!(store.backlog(), 0);
            }
            let last = followed.last().map_or(0, |record| record.seq);
            followed.extend(store.records(&room(), last + 1, 1_000).expect("read"));
        }
        assert_eq!(followed, records);
    });
}

#[test]
fn a_view_shows_the_room_as_it_stood() {
    each_store(|store| {
        let records = notes(9);
        store.append_batch(&[append(0, records.clone())]).expect("saved");
        let view = store.read_view(&room()).expect("a view");
        store.append_batch(&[append(9, vec![note(10, "ten")])]).expect("saved");
        let is_all = |records: &[Record]| records.len() == 9;
        for view in [view, store.read_view(&room()).expect("a view").without_index()] {
            let upto = view.records(1, 100).expect("read").len();
            assert!(upto == 9 || upto == 10);
            assert_eq!(view.lines(2, 3).expect("read").len(), 3);
            let (from, to): (EventId, EventId) = (records[1].id, records[3].id);
            assert_eq!(view.within(&[(from, to)], 100).expect("found"), records[1..4]);
            let page = view.page(PageStart::Start, 9, &BTreeMap::new(), &mut |_| true).expect("paged");
            assert!(is_all(&page.records));
        }
    });
}

#[test]
fn pages_follow_the_time_things_happened() {
    each_store(|store| {
        let mut records = notes(9);
        records[8].at = noon().plus_minutes(-600);
        store.append_batch(&[append(0, records.clone())]).expect("saved");
        let moved = BTreeMap::from([(2, records[5].at)]);
        let mut page = |from, limit| {
            let page = store.page(&room(), from, limit, &moved, &mut |record| record.seq != 4).expect("paged");
            (page.records.iter().map(|record| record.seq).collect::<Vec<_>>(), page.more)
        };
        assert_eq!(page(PageStart::Start, 4), (vec![9, 1, 3, 5], true));
        assert_eq!(page(PageStart::End, 4), (vec![2, 6, 7, 8], true));
        assert_eq!(page(PageStart::After(records[5].at, 2), 9), (vec![6, 7, 8], false));
        assert_eq!(page(PageStart::Before(records[0].at, 1), 9), (vec![9], false));
    });
}

#[test]
fn rooms_are_listed_and_named_onwards() {
    each_store(|store| {
        assert_eq!(store.list_rooms().expect("listed"), []);
        assert!(matches!(store.load_room(&room()), Err(StoreError::NoSuchRoom(_))));
        assert_eq!((store.room_size(&room()), store.is_room_readable(&room())), (None, true));
        assert_eq!(store.next_room_id(2026).expect("named"), RoomId::of_year(2026, 1));
        store.append_batch(&[append(0, notes(1))]).expect("saved");
        let size = store.room_size(&room()).expect("there");
        store.append_batch(&[append(1, vec![note(2, "two")])]).expect("saved");
        assert!(store.room_size(&room()).expect("there") > size && store.is_room_readable(&room()));
        assert_eq!(store.list_rooms().expect("listed"), [room()]);
        assert_eq!(store.next_room_id(2026).expect("named"), RoomId::of_year(2026, 15));
        assert_eq!(store.next_demo_id().expect("named"), RoomId::demo(1));
    });
}

#[test]
fn what_is_left_beside_a_room_is_kept_for_each_person() {
    each_store(|store| {
        store.put_draft(&room(), "Anna", "entry", &vec![b'x'; 20_000]);
        store.put_draft(&room(), "Anna", "answer:why", b"because");
        store.put_draft(&room(), "Ann", "a", b"somebody else's");
        assert_eq!(store.drafts(&room(), "Anna").len(), 2);
        store.drop_draft(&room(), "Anna", "entry");
        assert_eq!(store.drafts(&room(), "Anna"), [("answer:why".to_owned(), b"because".to_vec())]);
        store.put_seen(&room(), "Anna", 12);
        assert_eq!((store.seen(&room(), "Anna"), store.seen(&room(), "Olle")), (12, 0));
        store.put_summary(&room(), b"a line");
        assert_eq!(store.summaries(), [(room(), b"a line".to_vec())]);
    });
}

#[test]
fn redacted_words_are_gone_and_the_room_verifies() {
    each_store(|store| {
        let secret = "hunter2 is the password";
        store.append_batch(&[append(0, vec![note(1, "one"), note(2, secret), note(3, "three")])]).expect("saved");
        store.put_draft(&room(), "Anna", "entry:x", format!(r#"{{"text":"{secret}"}}"#).as_bytes());
        store.put_draft(&room(), "Anna", "entry:y", br#"{"text":"half a thought"}"#);
        store.put_summary(&room(), secret.as_bytes());
        store.append_batch(&[append(3, vec![redaction(4, 2)])]).expect("saved");
        make_ready(store);
        assert!(!store.has_to_redact(&room()) && store.redactions_due().is_empty());
        assert!(store.failed_redaction(&room()).is_none() && !store.is_redaction_put_off(&room()));
        let records = store.records(&room(), 1, 10).expect("read");
        let Event::NoteTaken { text, .. } = &records[1].event else { panic!("{records:?}") };
        assert!(text.is_redacted());
        let lines = store.read_view(&room()).expect("a view").lines(1, 10).expect("read");
        assert!(lines.len() == 4 && !lines.concat().contains("hunter2"));
        assert_eq!((records[0].clone(), records[2].clone()), (note(1, "one"), note(3, "three")));
        assert_eq!(verify(store).faults, []);
    });
}

#[test]
fn a_room_that_is_sound_verifies() {
    each_store(|store| {
        store.append_batch(&[append(0, notes(5))]).expect("saved");
        let verification = verify(store);
        assert_eq!((verification.records, verification.faults), (5, Vec::new()));
        assert_eq!(verification.head.len(), 64);
        store.append_batch(&[append(5, vec![note(6, "six")])]).expect("saved");
        assert_ne!(verify(store).head, verification.head);
        assert_eq!(store.take_notices().iter().filter(|notice| !is_of_the_index(notice)).count(), 0);
    });
}

/// The store without an index tells that it has none.
fn is_of_the_index(notice: &StoreNotice) -> bool {
    matches!(notice, StoreNotice::NoIndex { .. } | StoreNotice::IndexSetAside { .. })
}

#[test]
fn a_room_that_was_loaded_is_ready_for_both_uses() {
    each_store(|store| {
        store.append_batch(&[append(0, notes(5))]).expect("saved");
        store.defer_long_work();
        let loaded = store.load_room(&room()).expect("loaded");
        store.save_snapshot(&loaded);
        store.flush();
        for wanted in [RoomUse::Append, RoomUse::Load] {
            assert!(matches!(store.readiness(&room(), wanted), Readiness::Ready));
        }
        assert!(store.is_checked(&room()) && !store.is_preparing() && !store.is_long_room(&room()));
        assert!(!store.is_detached());
        assert_eq!(store.load_room(&room()).expect("loaded"), loaded);
    });
}
