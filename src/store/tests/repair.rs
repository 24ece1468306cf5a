//! Mending what nobody writes by accident: its work is bounded by the file, and what has no place is told of.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::*;
use crate::store::journal::encode::encode;
use crate::store::journal::hash::Hash;

fn journal(dir: &Path) -> PathBuf {
    dir.join("rooms/2026-014.jsonl")
}

/// A journal of eight notes without an index, with `more` after them.
fn with(dir: &Path, more: &str) {
    let Opened { mut store, .. } = open(dir);
    store.append_batch(&[append(0, (1..=8).map(|seq| note(seq, "a note")).collect())]).expect("saved");
    drop(store);
    fs::remove_dir_all(dir.join("index.sled")).expect("removed");
    let text = fs::read_to_string(journal(dir)).expect("read");
    fs::write(journal(dir), text + more).expect("written");
}

/// A sound line that claims the place `seq`.
fn crafted(seq: Seq) -> String {
    let record = Record { seq, ..note(9, "crafted") };
    let line = encode(&record, 0, Hash::NONE, &mut *options().salts).expect("written");
    String::from_utf8(line.bytes).expect("text") + "\n"
}

/// What is told, how many records there are then, and how many of them are named as lost.
fn mended(dir: &Path) -> (Vec<StoreNotice>, Seq, u64) {
    let begun = Instant::now();
    let Opened { mut store, .. } = open(dir);
    let last = store.load_room(&room()).expect("folded").seq;
    let lost = store.lost_entries(&room()).expect("known").count();
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    (store.take_notices(), last, lost)
}

fn left_out(notices: &[StoreNotice]) -> Option<u64> {
    notices.iter().find_map(|notice| match notice {
        StoreNotice::LeftOut { lines, .. } => Some(*lines),
        _ => None,
    })
}

#[test]
fn lines_that_claim_far_places_are_left_out_however_many_they_are() {
    for (claims, expected, out) in [
        (vec![9_000_000], 8, 1),
        (vec![Seq::MAX, Seq::MAX - 1], 8, 2),
        (vec![0], 8, 1),
        ((1..200).map(|nth| 9 + nth * 19_000).collect(), 19_009, 198),
    ] {
        let dir = tempfile::tempdir().expect("a directory");
        with(dir.path(), &claims.iter().map(|seq| crafted(*seq)).collect::<String>());
        let (notices, last, lost) = mended(dir.path());
        assert_eq!((last, left_out(&notices)), (expected, Some(out)), "{notices:?}");
        assert_eq!(lost, expected.saturating_sub(9), "the gap that is believed");
        assert_eq!(open(dir.path()).store.verify(&room()).expect("verified").records, expected);
    }
}

#[test]
fn a_gap_that_can_be_is_named_and_what_comes_after_it_stays() {
    let dir = tempfile::tempdir().expect("a directory");
    with(dir.path(), &(500..520).map(crafted).collect::<String>());
    let (notices, last, lost) = mended(dir.path());
    assert_eq!((last, lost, left_out(&notices)), (519, 491, None), "{notices:?}");
}

#[test]
fn a_file_full_of_pieces_is_no_file_full_of_entries() {
    for (more, most) in [("\n".repeat(500_000), 0), ("{\"v\":\n".repeat(20_000), 500), ("x".repeat(40 << 20) + "\n", 4)]
    {
        let dir = tempfile::tempdir().expect("a directory");
        with(dir.path(), &more);
        let (_, last, lost) = mended(dir.path());
        assert!(lost <= most, "{lost} of at most {most}");
        assert_eq!(last, 8 + lost);
        assert!(fs::metadata(journal(dir.path())).expect("known").len() < 1 << 20);
    }
}
