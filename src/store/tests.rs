//! The store as its users see it.

use std::path::Path;
use std::time::Duration;

use super::*;
use crate::domain::event::{Event, Facets, NoteKind};
use crate::domain::id::IntentId;
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::text::Text;

pub(super) fn noon() -> Moment {
    Moment::parse("2026-11-21T12:00:00.000+01:00").expect("a moment")
}

pub(super) fn options() -> Options {
    let mut next = 0u128;
    Options {
        now: noon(),
        patience: Duration::ZERO,
        salts: Box::new(move || {
            next += 1;
            next.to_be_bytes()
        }),
    }
}

pub(super) fn open(dir: &Path) -> Opened {
    Store::open(dir, options()).expect("it opens")
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
        let Opened { mut store, remarks } = open(dir.path());
        assert_eq!(remarks, []);
        store.append_all(&[append(0, records[..2].to_vec()), append(2, records[2..].to_vec())]).expect("saved");
        assert_eq!(store.records(&room(), 1, 100).expect("read"), records);
    }
    let Opened { mut store, .. } = open(dir.path());
    assert_eq!(store.rooms().expect("listed"), [room()]);
    assert_eq!(store.records(&room(), 1, 100).expect("read"), records);
    assert_eq!(store.room(&room()).expect("folded").seq, 5);
    assert_eq!(store.find(&room(), records[3].id).expect("sought"), Some(4));
}
