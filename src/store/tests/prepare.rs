//! Long rooms that are made ready on another thread: as they would be where they are used, whatever happens meanwhile.

use std::fs;
use std::path::Path;

use super::*;
use crate::domain::room::Room;

const NOTES: Seq = 400;

/// A long room, its fold, and nothing kept in memory.
fn filled(dir: &Path) -> Room {
    let Opened { mut store, .. } = open(dir);
    let records: Vec<Record> = (1..=NOTES).map(|seq| note(seq, &format!("note {seq} {}", "é".repeat(2_000)))).collect();
    store.append_batch(&[append(0, records)]).expect("saved");
    assert!(store.room_size(&room()).expect("a journal") > READ_WHOLE);
    store.load_room(&room()).expect("folded")
}

fn opened(dir: &Path) -> FileStore {
    let mut store = open(dir).store;
    store.defer_long_work();
    store
}

fn unready(store: &mut FileStore) -> Preparation {
    match store.readiness(&room(), RoomUse::Load) {
        Readiness::Unready(preparation) => preparation,
        Readiness::Ready | Readiness::Preparing => panic!("ready"),
    }
}

fn is_ready(store: &mut FileStore) -> bool {
    matches!(store.readiness(&room(), RoomUse::Append), Readiness::Ready)
}

fn without_index(dir: &Path) {
    fs::remove_dir_all(dir.join("index.sled")).expect("an index");
}

#[test]
fn a_prepared_room_is_as_it_would_be_anyway() {
    let dir = tempfile::tempdir().expect("a directory");
    let whole = filled(dir.path());
    assert!(is_ready(&mut opened(dir.path())), "a room with its index needs nothing");
    without_index(dir.path());
    let mut store = opened(dir.path());
    assert!(matches!(store.records(&room(), 1, 1), Err(StoreError::Preparing(_))));
    let preparation = unready(&mut store);
    assert!(matches!(store.readiness(&room(), RoomUse::Load), Readiness::Preparing));
    let after = append(NOTES, vec![note(NOTES + 1, "after")]);
    assert!(matches!(store.append_batch(std::slice::from_ref(&after)), Err(StoreError::Preparing(_))), "one writer");
    let fold = store.finish_preparation(preparation.run()).fold.expect("folded");
    assert_eq!(fold.room, whole);
    assert_eq!(fold.last_rec, Some(note(NOTES, "").rec));
    assert!(is_ready(&mut store));
    store.append_batch(&[after]).expect("saved");
    assert_eq!(store.find_event(&room(), note(7, "").id).expect("sought"), Some(7));
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
    assert_eq!(store.take_notices(), []);
}

#[test]
fn a_preparation_that_the_owner_did_not_live_to_see_is_begun_anew() {
    let dir = tempfile::tempdir().expect("a directory");
    let whole = filled(dir.path());
    without_index(dir.path());
    for is_called_off in [true, false] {
        let mut store = opened(dir.path());
        let preparation = unready(&mut store);
        if is_called_off {
            store.cancel_long_work();
        }
        // All of it may be in the index, or a part: nobody was told.
        drop(preparation.run());
        drop(store);
        let kept = fs::read_dir(dir.path()).expect("listed").flatten().map(|entry| entry.file_name());
        let set_aside = kept.filter(|name| name.to_string_lossy().contains("set-aside")).collect::<Vec<_>>();
        assert!(set_aside.is_empty(), "{set_aside:?}");
    }
    let mut store = opened(dir.path());
    if let Readiness::Unready(preparation) = store.readiness(&room(), RoomUse::Load) {
        store.finish_preparation(preparation.run());
    }
    assert_eq!(store.load_room(&room()).expect("folded"), whole);
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
    assert_eq!(store.take_notices(), []);
}

#[test]
fn an_index_that_is_replaced_meanwhile_costs_another_preparation() {
    let dir = tempfile::tempdir().expect("a directory");
    let whole = filled(dir.path());
    without_index(dir.path());
    let mut store = opened(dir.path());
    let preparation = unready(&mut store);
    store.put_index_in_doubt();
    store.finish_preparation(preparation.run());
    let preparation = unready(&mut store);
    store.finish_preparation(preparation.run());
    assert!(is_ready(&mut store));
    assert_eq!(store.load_room(&room()).expect("folded"), whole);
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
}

#[test]
fn damage_is_put_right_and_named_on_the_other_thread_too() {
    let dir = tempfile::tempdir().expect("a directory");
    filled(dir.path());
    without_index(dir.path());
    flip(dir.path(), "note 200 ");
    let mut store = opened(dir.path());
    let preparation = unready(&mut store);
    store.finish_preparation(preparation.run());
    let notices = store.take_notices();
    let lost: Spans = [200].into_iter().collect();
    assert!(
        matches!(&notices[..], [StoreNotice::Mended { .. }, StoreNotice::Lost { entries, .. }] if *entries == lost),
        "{notices:?}"
    );
    assert!(is_ready(&mut store));
    assert_eq!(store.lost_entries(&room()).expect("known"), &lost);
}

/// Flips a bit in the journal, in the line with these words.
pub(super) fn flip(dir: &Path, words: &str) {
    let path = dir.join("rooms").join(format!("{}.jsonl", room()));
    let mut bytes = fs::read(&path).expect("read");
    let at = bytes.windows(words.len()).position(|window| window == words.as_bytes()).expect("there");
    bytes[at] ^= 1;
    fs::write(&path, bytes).expect("written");
}

#[test]
fn taking_words_out_loses_nothing_that_only_the_index_has() {
    let dir = tempfile::tempdir().expect("a directory");
    filled(dir.path());
    flip(dir.path(), "note 200 ");
    let Opened { mut store, .. } = open(dir.path());
    let last = store.load_room(&room()).expect("folded").seq;
    let event = Event::EntryRedacted { target: 300, reason: "a name".into() };
    store.append_batch(&[append(last, vec![Record { event, ..note(last + 1, "") }])]).expect("saved");
    store.redact(&room()).expect("redacted");
    let Some(Record { event: Event::NoteTaken { text, .. }, .. }) = store.record(&room(), 200).expect("read") else {
        panic!("entry 200 was lost");
    };
    assert!(text.raw().starts_with("note 200 "));
    assert!(matches!(&store.take_notices()[..], [StoreNotice::Mended { filled: 1, .. }]));
}
