//! Names of rooms, which are also names of files, and ids that follow from ids.

use proptest::prelude::*;

use super::*;
use crate::domain::fixture::hostile;

#[test]
fn a_rooms_name() {
    assert_eq!(RoomId::of_year(2026, 14).as_str(), "2026-014");
    assert_eq!(RoomId::demo(1).as_str(), "demo-001");
    assert_eq!(RoomId::of_year(2026, 12_345).number(), 12_345);
    assert_eq!(RoomId::of_year(1, 1).as_str(), "0001-001");
    assert_eq!((RoomId::of_year(-5, 1).as_str(), RoomId::of_year(12_345, 1).as_str()), ("0000-001", "9999-001"));
    for name in ["2026-014", "demo-001", "2026-12345"] {
        assert_eq!(name.parse::<RoomId>().map(|id| id.to_string()).as_deref(), Ok(name));
    }
    for name in
        ["", "2026", "2026-14", "26-014", "demo-1", "../2026-014", "2026-014/x", "2026-０１４", "2026-014\n", "x-014"]
    {
        assert!(name.parse::<RoomId>().is_err(), "{name:?}");
        assert!(serde_json::from_value::<RoomId>(serde_json::json!(name)).is_err(), "{name:?}");
    }
}

#[test]
fn the_events_of_an_intent_follow_its_id() {
    let intent = IntentId(ulid::Ulid(7));
    assert_eq!(intent.event(0), EventId(ulid::Ulid(7)));
    assert_eq!(intent.event(2), EventId(ulid::Ulid(9)));
    assert_eq!(IntentId(ulid::Ulid(u128::MAX)).event(1), EventId(ulid::Ulid(0)));
}

proptest! {
    #[test]
    fn no_path_gets_into_a_rooms_name(text in hostile()) {
        if let Ok(id) = text.parse::<RoomId>() {
            prop_assert!(id.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        }
    }
}
