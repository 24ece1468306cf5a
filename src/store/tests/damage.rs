//! Damage: bits flipped, tails cut, pages zeroed, in journal and index. Nothing is lost in silence, nothing panics.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::*;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides.max(1)
    }
}

const NOTES: Seq = 60;

fn filled(dir: &Path) -> Vec<Record> {
    let records: Vec<Record> = (1..=NOTES).map(|seq| note(seq, &format!("note {seq} {}", "é".repeat(40)))).collect();
    let Opened { mut store, .. } = open(dir);
    for (expected, chunk) in records.chunks(3).enumerate() {
        store.append_batch(&[append(expected as Seq * 3, chunk.to_vec())]).expect("saved");
    }
    store.put_draft(&room(), "Anna", "entry", b"half a thought");
    records
}

pub(super) fn copy(from: &Path, to: &Path) {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(to).expect("made");
    for entry in fs::read_dir(from).expect("listed").flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("listed").flatten() {
        if entry.file_type().expect("a type").is_dir() {
            files(&entry.path(), found);
        } else if entry.metadata().expect("known").len() > 0 {
            found.push(entry.path());
        }
    }
    found.sort();
}

fn hurt(path: &Path, dice: &mut Dice) -> String {
    let mut bytes = fs::read(path).expect("read");
    let len = bytes.len() as u64;
    let at = dice.roll(len) as usize;
    let how = match dice.roll(4) {
        0 => {
            bytes[at] ^= 1 << dice.roll(8);
            format!("bit flipped at {at}")
        }
        1 => {
            for _ in 0..8 {
                let at = dice.roll(len) as usize;
                bytes[at] = dice.roll(256) as u8;
            }
            "eight bytes overwritten".to_owned()
        }
        2 => {
            bytes.truncate(at);
            format!("cut to {at}")
        }
        _ => {
            let end = bytes.len().min(at + 512);
            bytes[at..end].fill(0);
            format!("zeroed {at}..{end}")
        }
    };
    fs::write(path, bytes).expect("written");
    format!("{} {how} of {len}", path.display())
}

/// What a damaged store has to hold: every record, or a word about each that is gone.
fn assert_nothing_silent(dir: &Path, records: &[Record], how: &str) {
    let Opened { mut store, mut notices } = open(dir);
    let found = store.records(&room(), 1, 1000);
    let lost = store.lost_entries(&room()).cloned().unwrap_or_default();
    notices.extend(store.take_notices());
    let found = match found {
        Ok(found) => found,
        Err(StoreError::NoSuchRoom(_) | StoreError::NothingLeft { .. }) => {
            // Nothing at all was left, of either copy.
            assert!(!notices.is_empty(), "{how}: the room vanished in silence");
            return;
        }
        Err(e) => panic!("{how}: {e}"),
    };
    for (record, seq) in found.iter().zip(1..) {
        assert_eq!(record.seq, seq, "{how}: {notices:?}");
        if lost.contains(seq) {
            assert!(matches!(record.event, Event::EntryLost { .. }), "{how}");
        } else {
            assert_eq!(Some(record), records.get(seq as usize - 1), "{how}: {notices:?}");
        }
    }
    if found.len() < records.len() {
        let said = notices.iter().any(|r| matches!(r, StoreNotice::TailCut { .. } | StoreNotice::Lost { .. }));
        let cut_on_a_line = !said && how.contains("journal only") && how.contains("cut to");
        assert!(said || cut_on_a_line, "{how}: {} of {} in silence: {notices:?}", found.len(), records.len());
    }
    if !lost.is_empty() {
        assert!(notices.iter().any(|r| matches!(r, StoreNotice::Lost { .. })), "{how}: {notices:?}");
    }
    // The timeline shows the same, and life goes on.
    let page =
        store.page(&room(), PageStart::Start, 1000, &std::collections::BTreeMap::new(), &mut |_| true).expect("paged");
    assert_eq!(page.records.len(), found.len(), "{how}");
    let next = store.load_room(&room()).expect("folded").seq + 1;
    assert_eq!(next, found.len() as Seq + 1, "{how}");
    store.append_batch(&[append(next - 1, vec![note(next, "after")])]).unwrap_or_else(|e| panic!("{how}: {e}"));
    let is_cut = notices.iter().any(|notice| matches!(notice, StoreNotice::TailCut { is_unfinished: false, .. }));
    let verified = store.verify(&room()).expect("verified");
    let expected = usize::from(!lost.is_empty()) + usize::from(is_cut);
    assert_eq!(verified.faults.len(), expected, "{how}: {:?}", verified.faults);
    drop(store);
    let Opened { mut store, mut notices } = open(dir);
    notices.retain(|notice| !matches!(notice, StoreNotice::Kept { is_cut: true, .. } if is_cut));
    assert_eq!(store.records(&room(), 1, 1000).expect("read").len() as Seq, next, "{how}");
    let later = store.take_notices();
    assert!(notices.is_empty() && later.is_empty(), "{how}: put right once and for all: {notices:?} {later:?}");
}

fn suite(seed: u64, rounds: usize, pick: impl Fn(&Path) -> bool, keep_index: bool) {
    let base = tempfile::tempdir().expect("a directory");
    let whole = base.path().join("whole");
    let records = filled(&whole);
    let mut dice = Dice(seed);
    for round in 0..rounds {
        let dir = base.path().join(format!("round-{round}"));
        copy(&whole, &dir);
        if !keep_index {
            fs::remove_dir_all(dir.join("index.sled")).expect("removed");
        }
        let mut all = Vec::new();
        files(&dir, &mut all);
        all.retain(|path| pick(path.strip_prefix(&dir).expect("inside")));
        let victim = &all[dice.roll(all.len() as u64) as usize];
        let how = hurt(victim, &mut dice);
        let how = if keep_index { how } else { format!("journal only, {how}") };
        assert_nothing_silent(&dir, &records, &how);
        fs::remove_dir_all(&dir).expect("removed");
    }
}

#[test]
fn a_damaged_journal_is_mended_from_the_index() {
    let base = tempfile::tempdir().expect("a directory");
    let whole = base.path().join("whole");
    let records = filled(&whole);
    let mut dice = Dice(11);
    for round in 0..60 {
        let dir = base.path().join(format!("round-{round}"));
        copy(&whole, &dir);
        let how = hurt(&dir.join("rooms/2026-014.jsonl"), &mut dice);
        let Opened { mut store, mut notices } = open(&dir);
        assert_eq!(store.records(&room(), 1, 1000).expect("read"), records, "{how}");
        notices.extend(store.take_notices());
        let was = fs::read(whole.join("rooms/2026-014.jsonl")).expect("read");
        assert_eq!(fs::read(dir.join("rooms/2026-014.jsonl")).expect("read"), was, "{how}: {notices:?}");
        drop(store);
        fs::remove_dir_all(&dir).expect("removed");
    }
}

#[test]
fn a_damaged_journal_without_an_index_names_what_is_gone() {
    suite(23, 100, |path| path.starts_with("rooms"), false);
}

#[test]
fn a_damaged_index_is_noticed_and_rebuilt() {
    suite(37, 100, |path| path.starts_with("index.sled"), true);
}

#[test]
fn a_journal_that_is_gone_comes_back_from_the_index() {
    let dir = tempfile::tempdir().expect("a directory");
    let records = filled(dir.path());
    fs::remove_file(dir.path().join("rooms/2026-014.jsonl")).expect("removed");
    let Opened { mut store, notices } = open(dir.path());
    assert!(matches!(notices[..], [StoreNotice::TailRestored { entries: NOTES, .. }]), "{notices:?}");
    assert_eq!(store.records(&room(), 1, 1000).expect("read"), records);
}

#[test]
fn a_room_of_which_nothing_is_left_but_what_is_kept_is_named_until_that_is_dealt_with() {
    let dir = tempfile::tempdir().expect("a directory");
    drop(filled(dir.path()));
    fs::remove_dir_all(dir.path().join("index.sled")).expect("removed");
    fs::write(dir.path().join("rooms/2026-014.jsonl"), [0; 5000]).expect("written");
    let look = |is_first: bool| {
        let Opened { mut store, .. } = open(dir.path());
        assert_eq!(store.list_rooms().expect("listed"), [room()]);
        let error = store.load_room(&room()).expect_err("nothing can be read");
        assert!(
            matches!(&error, StoreError::NothingLeft { kept, .. } if kept.starts_with("2026-014.jsonl.cut-")),
            "{error}"
        );
        let opened = store.append_batch(&[append(0, vec![note(1, "another room")])]).expect_err("its number is taken");
        assert!(matches!(opened, StoreError::NothingLeft { .. }), "{opened} {is_first}");
        dir.path().join("rooms").join(match error {
            StoreError::NothingLeft { kept, .. } => kept,
            _ => String::new(),
        })
    };
    look(true);
    let kept = look(false);
    assert_eq!(fs::read(&kept).expect("kept"), [0; 5000]);
    fs::remove_file(kept).expect("dealt with");
    let Opened { mut store, .. } = open(dir.path());
    assert_eq!(store.list_rooms().expect("listed"), []);
    assert!(matches!(store.load_room(&room()), Err(StoreError::NoSuchRoom(_))));
}

#[test]
fn an_empty_line_at_the_end_is_no_entry_that_is_lost() {
    for blank in ["\n", "\r\n", "  \n\n", "\t"] {
        let dir = tempfile::tempdir().expect("a directory");
        let records = filled(dir.path());
        let path = dir.path().join("rooms/2026-014.jsonl");
        let text = fs::read_to_string(&path).expect("read");
        fs::write(&path, format!("{text}{blank}")).expect("written");
        let Opened { mut store, .. } = open(dir.path());
        assert_eq!(store.records(&room(), 1, 1000).expect("read"), records, "{blank:?}");
        assert_eq!(store.verify(&room()).expect("verified").faults, [], "{blank:?}");
        assert_eq!(fs::read_to_string(&path).expect("read"), text, "{blank:?}");
        assert_eq!(store.to_be_dealt_with().count(), 0, "{blank:?}");
    }
}

#[test]
fn drafts_survive_an_index_that_is_set_aside() {
    let dir = tempfile::tempdir().expect("a directory");
    filled(dir.path());
    let Opened { mut store, .. } = open(dir.path());
    store.distrust(index::IndexFault::Doubt("a test says so".into()));
    assert_eq!(store.drafts(&room(), "Anna"), [("entry".to_owned(), b"half a thought".to_vec())]);
    assert_eq!(store.records(&room(), 1, 1000).expect("read").len() as Seq, NOTES);
    let notices = store.take_notices();
    assert!(matches!(&notices[..], [StoreNotice::IndexSetAside { why, .. }] if why == "a test says so"), "{notices:?}");
}

#[test]
fn an_append_of_which_only_a_part_came_down_is_taken_away_whole() {
    let dir = tempfile::tempdir().expect("a directory");
    let records = filled(dir.path());
    fs::remove_dir_all(dir.path().join("index.sled")).expect("removed");
    let path = dir.path().join("rooms/2026-014.jsonl");
    let text = fs::read_to_string(&path).expect("read");
    let two_of_three: String = text.split_inclusive('\n').take(NOTES as usize - 1).collect();
    fs::write(&path, two_of_three).expect("written");
    let Opened { mut store, .. } = open(dir.path());
    assert_eq!(store.records(&room(), 1, 1000).expect("read"), records[..NOTES as usize - 3]);
    assert!(matches!(store.take_notices()[..], [StoreNotice::TailCut { .. }]));
}

#[test]
fn words_that_went_missing_are_told_by_verify() {
    let dir = tempfile::tempdir().expect("a directory");
    filled(dir.path());
    fs::remove_dir_all(dir.path().join("index.sled")).expect("removed");
    let path = dir.path().join("rooms/2026-014.jsonl");
    let text = fs::read_to_string(&path).expect("read");
    let robbed: Vec<String> = text
        .lines()
        .map(|line| match line.split_once(",\"texts\":") {
            Some((kept, _)) if line.contains("note 20 ") => format!("{kept}}}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    fs::write(&path, robbed.concat()).expect("written");
    let Opened { mut store, .. } = open(dir.path());
    let faults = store.verify(&room()).expect("verified").faults;
    assert_eq!(
        faults,
        [crate::domain::phrase::Phrase::new("verify-words-gone").with("entries", "20").with("count", 1u64)]
    );
}

/// A journal too long to be read whole at its room's first use.
fn long(dir: &Path) -> PathBuf {
    let Opened { mut store, .. } = open(dir);
    let records: Vec<Record> = (1..=3_000).map(|seq| note(seq, &format!("note {seq}"))).collect();
    store.append_batch(&[append(0, records)]).expect("saved");
    let path = dir.join("rooms/2026-014.jsonl");
    assert!(fs::metadata(&path).expect("known").len() > READ_WHOLE);
    path
}

#[test]
fn what_verify_finds_inside_a_long_journal_is_put_right_when_the_room_is_next_used() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = long(dir.path());
    let whole = fs::read(&path).expect("read");
    let mut bytes = whole.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).expect("written");
    let Opened { mut store, notices } = open(dir.path());
    assert_eq!(store.records(&room(), 1, 10_000).expect("read").len(), 3_000, "the index has them all");
    assert_eq!((notices, store.take_notices()), (vec![], vec![]));
    assert_ne!(store.verify(&room()).expect("verified").faults, []);
    assert_eq!(store.records(&room(), 3_000, 1).expect("read").len(), 1);
    assert!(matches!(store.take_notices()[..], [StoreNotice::Mended { filled: 1, .. }]));
    assert_eq!(fs::read(&path).expect("read"), whole);
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
}

#[test]
fn a_damaged_line_is_missing_from_no_fold() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = long(dir.path());
    let expected = open(dir.path()).store.load_room(&room()).expect("folded");
    let whole = fs::read(&path).expect("read");
    let mut bytes = whole.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).expect("written");
    let Opened { mut store, .. } = open(dir.path());
    // As after a new version of the program: the fold that was kept is of no use.
    store.query(|index| index.put_snapshot(&room(), b"of another version")).expect("written");
    assert_eq!(store.load_room(&room()).expect("folded"), expected);
    assert_eq!(fs::read(&path).expect("read"), whole);
    assert!(matches!(store.take_notices()[..], [StoreNotice::Mended { filled: 1, .. }]));
}
