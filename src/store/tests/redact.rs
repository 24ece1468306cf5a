//! Words that are to go: from every file, wherever the work is cut short.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::damage::copy;
use super::*;
use crate::store::journal::line;
use crate::store::redact::is_marked;

const SECRET: &str = "hunter2 is the password";

fn files_with(dir: &Path, words: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("listed").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, words));
        } else if memchr::memmem::find(&fs::read(&path).expect("read"), words.as_bytes()).is_some() {
            found.push(path);
        }
    }
    found
}

fn redaction(seq: Seq, target: Seq) -> Record {
    Record { event: Event::EntryRedacted { target, reason: Text::from("personal data") }, ..note(seq, "") }
}

fn text_of(record: &Record) -> &Text {
    match &record.event {
        Event::NoteTaken { text, .. } => text,
        other => panic!("not a note: {other:?}"),
    }
}

/// A room with a secret in entry 2, a draft and a kept fold, and a second room.
fn filled(dir: &Path) -> FileStore {
    let Opened { mut store, .. } = open(dir);
    store.append_batch(&[append(0, vec![note(1, "one"), note(2, SECRET), note(3, "three")])]).expect("saved");
    let other = Append { room: RoomId::of_year(2026, 15), expected: 0, records: vec![note(1, "another room")] };
    store.append_batch(&[other]).expect("saved");
    store.put_draft(&room(), "Anna", "entry:x", format!(r#"{{"text":"{SECRET}"}}"#).as_bytes());
    store.put_draft(&room(), "Anna", "entry:y", br#"{"text":"half a thought"}"#);
    store.put_summary(&room(), SECRET.as_bytes());
    store.load_room(&room()).expect("folded");
    store.flush();
    store
}

#[test]
fn redacted_words_leave_every_file_and_the_chain_holds() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut store = filled(dir.path());
    assert_eq!(files_with(dir.path(), SECRET).len(), 1, "the index has no words in the clear");
    store.append_batch(&[append(3, vec![redaction(4, 2)])]).expect("saved");
    assert!(is_marked(dir.path(), &room()));
    store.redact(&room()).expect("redacted");
    assert!(!is_marked(dir.path(), &room()));
    assert_eq!(files_with(dir.path(), SECRET), [] as [PathBuf; 0]);
    assert!(text_of(&store.record(&room(), 2).expect("read").expect("there")).is_redacted());
    assert_eq!(text_of(&store.record(&room(), 3).expect("read").expect("there")).raw(), "three");
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
    assert_eq!(store.drafts(&room(), "Anna"), [("entry:y".to_owned(), br#"{"text":"half a thought"}"#.to_vec())]);
    assert_eq!(store.summaries(), []);
    store.append_batch(&[append(4, vec![note(5, "after")])]).expect("life goes on");
    drop(store);
    let Opened { mut store, notices } = open(dir.path());
    assert_eq!(store.records(&room(), 1, 9).expect("read").len(), 5);
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
    assert_eq!(store.records(&RoomId::of_year(2026, 15), 1, 9).expect("read").len(), 1);
    assert_eq!((notices, store.take_notices()), (vec![], vec![]));
}

/// Names and tags are words as well, and so is the reason of a redaction.
#[test]
fn names_tags_owners_and_reasons_go_like_all_that_people_type() {
    let dir = tempfile::tempdir().expect("a directory");
    let Opened { mut store, .. } = open(dir.path());
    let facets =
        Facets { people: vec!["lotta.svensson".into()], tags: vec!["patient-1912".into()], ..Facets::default() };
    let mut named = note(2, "ring");
    named.event = Event::NoteTaken { kind: NoteKind::Note, text: "ring".into(), facets, meeting: None, action: None };
    let owned =
        Event::ActionUpdated { no: 1, owner: Some("lotta.svensson".into()), due: None, track: None, note: "".into() };
    let owned = Record { event: owned, ..note(3, "") };
    let reason = Event::EntryRedacted { target: 2, reason: "it named lotta.svensson".into() };
    let reason = Record { event: reason, ..note(4, "") };
    store.append_batch(&[append(0, vec![note(1, "one"), named, owned, reason])]).expect("saved");
    assert!(store.load_room(&room()).expect("folded").people.contains("lotta.svensson"));
    store.append_batch(&[append(4, vec![redaction(5, 3), redaction(6, 4)])]).expect("saved");
    store.redact(&room()).expect("redacted");
    store.flush();
    for words in ["lotta", "patient-1912"] {
        assert_eq!(files_with(dir.path(), words), [] as [PathBuf; 0], "{words}");
    }
    let fold = store.load_room(&room()).expect("folded");
    assert!(fold.people.iter().all(|name| name != "lotta.svensson") && fold.tags.is_empty());
    assert_eq!(store.verify(&room()).expect("verified").faults, []);
}

/// A journal of version 1, which kept names and tags in the hashed part of each line.
#[test]
fn names_go_from_a_line_of_the_first_version_and_the_chain_holds() {
    let dir = tempfile::tempdir().expect("a directory");
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/journal-v1.jsonl");
    fs::DirBuilder::new().mode(0o700).create(dir.path().join("rooms")).expect("made");
    let journal = dir.path().join("rooms/2026-014.jsonl");
    fs::copy(golden, &journal).expect("copied");
    let Opened { mut store, .. } = open(dir.path());
    let named = |record: &Record| serde_json::to_string(&record.event).expect("JSON").contains(r#""people":["#);
    let records = store.records(&room(), 1, 1000).expect("read");
    let target = records.iter().find(|record| named(record)).expect("an entry with names").seq;
    let before = fs::read_to_string(&journal).expect("read");
    let line = |text: &str| text.lines().nth(target as usize - 1).expect("a line").to_owned();
    let names: Vec<String> = serde_json::from_str::<serde_json::Value>(&line(&before)).expect("JSON")["event"]
        .as_object()
        .and_then(|event| event.values().next()?.get("people")?.as_array().cloned())
        .expect("names")
        .iter()
        .map(|name| name.as_str().expect("a bare name").to_owned())
        .collect();
    let last = records.len() as Seq;
    store.append_batch(&[append(last, vec![redaction(last + 1, target)])]).expect("saved");
    store.redact(&room()).expect("redacted");
    let after = fs::read_to_string(&journal).expect("read");
    for name in names {
        assert!(!line(&after).contains(&name), "{name} in {}", line(&after));
    }
    let hashes =
        |text: &str| text.lines().map(|line| line::parse(line.as_bytes()).expect("sound").link()).collect::<Vec<_>>();
    assert_eq!(hashes(&after)[..records.len()], hashes(&before), "the chain is as it was");
    assert!(line(&after).contains(r#""was":""#), "what its hash was is said");
    let faults = store.verify(&room()).expect("verified").faults;
    // The golden journal tells of lost entries and of redactions of its own.
    assert!(faults.iter().all(|fault| fault.key == "verify-lost" || fault.key == "verify-words-there"), "{faults:?}");
    assert_eq!(store.record(&room(), target).expect("read").expect("there").at, records[target as usize - 1].at);
}

/// What a host that died at any moment leaves: each state of the files on the way, and the copies that it may have made.
#[test]
fn a_redaction_that_was_recorded_is_finished_by_whoever_opens_the_store_next() {
    let base = tempfile::tempdir().expect("a directory");
    let before = base.path().join("before");
    let mut store = filled(&before);
    store.append_batch(&[append(3, vec![redaction(4, 2)])]).expect("saved");
    drop(store);
    let after = base.path().join("after");
    copy(&before, &after);
    open(&after).store.redact(&room()).expect("redacted");
    let journal = Path::new("rooms/2026-014.jsonl");
    // Which of the files are already as they are afterwards, and what else lies about.
    for (nth, (journal_is_done, index, litter)) in [
        (false, "before", None),
        (true, "before", None),
        (false, "gone", None),
        (true, "gone", None),
        (true, "before", Some("rooms/2026-014.jsonl.damaged-20261121T120000")),
        (true, "before", Some("rooms/2026-014.jsonl.cut-20261121T120000")),
        (true, "before", Some("rooms/2026-014.jsonl.aside-20261121T120000")),
        (false, "before", Some("rooms/2026-014.jsonl.new")),
        (true, "before", Some("index.sled.set-aside-20261121T120000/db")),
        (true, "after", Some("index.sled.set-aside-20261121T120000/db")),
    ]
    .into_iter()
    .enumerate()
    {
        let dir = base.path().join(format!("state-{nth}"));
        copy(&before, &dir);
        if journal_is_done {
            fs::copy(after.join(journal), dir.join(journal)).expect("copied");
        }
        if index != "before" {
            fs::remove_dir_all(dir.join("index.sled")).expect("removed");
        }
        if index == "after" {
            copy(&after.join("index.sled"), &dir.join("index.sled"));
        }
        if let Some(litter) = litter {
            fs::create_dir_all(dir.join(litter).parent().expect("a parent")).expect("made");
            fs::copy(before.join(journal), dir.join(litter)).expect("copied");
        }
        let Opened { mut store, .. } = open(&dir);
        assert!(text_of(&store.record(&room(), 2).expect("read").expect("there")).is_redacted(), "state {nth}");
        store.flush();
        assert_eq!(files_with(&dir, SECRET), [] as [PathBuf; 0], "state {nth}");
        assert!(!is_marked(&dir, &room()), "state {nth}");
        let faults = store.verify(&room()).expect("verified").faults;
        // Entries of another history are kept until somebody looks at them, without the words.
        assert!(faults.iter().all(|fault| fault.key == "verify-kept-aside"), "state {nth}: {faults:?}");
    }
}

#[test]
fn a_marker_without_a_record_takes_no_words() {
    let dir = tempfile::tempdir().expect("a directory");
    drop(filled(dir.path()));
    fs::write(dir.path().join("rooms/2026-014.redacting"), "").expect("written");
    fs::write(dir.path().join("rooms/2026-099.redacting"), "").expect("written");
    let Opened { mut store, .. } = open(dir.path());
    assert_eq!(text_of(&store.record(&room(), 2).expect("read").expect("there")).raw(), SECRET);
    assert!(!is_marked(dir.path(), &room()));
    assert_eq!(store.drafts(&room(), "Anna").len(), 2, "nothing was to go");
    assert!(matches!(store.load_room(&RoomId::of_year(2026, 99)), Err(StoreError::NoSuchRoom(_))));
}

/// What version 1 of the program leaves when it is killed between the new journal and the removal of the old index.
#[test]
fn an_old_index_that_was_set_aside_with_the_words_goes_as_well() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut store = filled(dir.path());
    store.append_batch(&[append(3, vec![redaction(4, 2)])]).expect("saved");
    store.redact(&room()).expect("redacted");
    drop(store);
    fs::remove_dir_all(dir.path().join("index.sled")).expect("removed");
    let aside = dir.path().join("index.sled.set-aside-20261121T120000");
    fs::create_dir(&aside).expect("made");
    fs::write(aside.join("db"), SECRET).expect("written");
    let Opened { mut store, .. } = open(dir.path());
    assert!(text_of(&store.record(&room(), 2).expect("read").expect("there")).is_redacted());
    assert_eq!(files_with(dir.path(), SECRET), [] as [PathBuf; 0]);
}

/// Version 1 of the program knew no markers.
#[test]
fn words_that_an_older_program_left_behind_go_when_the_journal_is_read() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut store = filled(dir.path());
    store.append_batch(&[append(3, vec![redaction(4, 2)])]).expect("saved");
    drop(store);
    fs::remove_file(dir.path().join("rooms/2026-014.redacting")).expect("removed");
    fs::remove_dir_all(dir.path().join("index.sled")).expect("removed");
    let Opened { mut store, .. } = open(dir.path());
    assert!(text_of(&store.record(&room(), 2).expect("read").expect("there")).is_redacted());
    store.flush();
    assert_eq!(files_with(dir.path(), SECRET), [] as [PathBuf; 0]);
}
