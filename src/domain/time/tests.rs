//! Moments: compared by instant, shown at their own offset.

use proptest::prelude::*;

use super::*;
use crate::domain::fixture::{any_minutes, any_moment, moment};

#[test]
fn the_same_instant_is_equal_at_any_offset() {
    let (here, there) = (moment("2026-11-21T14:31:07.412+01:00"), moment("2026-11-21T13:31:07.412Z"));
    assert_eq!(here, there);
    assert_eq!((here.hm(), there.hms()), ("14:31".to_owned(), "13:31:07".to_owned()));
    assert_eq!(there.at_offset_of(here).hm(), "14:31");
    assert_eq!(here.to_string(), "2026-11-21T14:31:07.412+01:00");
}

#[test]
fn what_the_journal_keeps_is_milliseconds() {
    assert_eq!(moment("2026-11-21T14:31:07.412999+01:00").millis() % 1_000, 412);
    for text in ["", "2026-11-21", "2026-11-21T14:31:07", "14:31"] {
        assert!(Moment::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_moment_stays_within_what_can_be_written() {
    for (text, minutes) in
        [("9999-12-31T23:50:00Z", 20), ("0000-01-01T00:05:00Z", -20), ("2026-11-21T12:00:00Z", i64::MAX)]
    {
        let at = moment(text);
        assert_eq!(at.plus_minutes(minutes), at, "{text}");
        assert_eq!(Moment::parse(&at.to_string()).ok(), Some(at));
    }
}

proptest! {
    #[test]
    fn moving_never_fails_and_writing_loses_nothing(at in any_moment(), minutes in any_minutes()) {
        let moved = at.plus_minutes(minutes);
        prop_assert!(moved == at || moved.since(at).num_minutes() == minutes);
        let line = serde_json::to_string(&at).expect("a moment is JSON");
        let read: Moment = serde_json::from_str(&line).expect("and back");
        prop_assert_eq!((read, read.hms()), (at, at.hms()));
    }
}
