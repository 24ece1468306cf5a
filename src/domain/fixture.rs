//! What the tests of the domain share: a small routine, records, and values of every shape for property tests.

pub(crate) mod event;
pub(crate) mod intent;
pub(crate) mod routine;

use proptest::prelude::*;

use super::event::{Event, Facets};
use super::id::{IntentId, No, RoomId, Seq};
use super::record::{Assurance, Author, Record};
use super::room::Room;
use super::text::Text;
use super::time::Moment;

/// The moment of an RFC 3339 text.
pub(crate) fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("an RFC 3339 time")
}

/// When the incidents of the tests are declared: a Saturday at 13:05 in Stockholm.
pub(crate) fn declared() -> Moment {
    moment("2026-11-21T13:05:00+01:00")
}

/// So many minutes after the declaration.
pub(crate) fn minute(minutes: i64) -> Moment {
    declared().plus_minutes(minutes)
}

/// Who does everything in the tests.
pub(crate) fn author() -> Author {
    Author { uid: 1000, name: "Anna Lind".to_owned(), sure: Assurance::Verified }
}

/// The record `seq` of `event`, happened and recorded at `at`.
pub(crate) fn record(seq: Seq, at: Moment, event: Event) -> Record {
    let id = IntentId(ulid::Ulid(u128::from(seq))).event(0);
    Record { seq, id, at, rec: at, by: author(), event }
}

/// `events`, each at so many minutes after the declaration, numbered from 1.
pub(crate) fn records(events: impl IntoIterator<Item = (i64, Event)>) -> Vec<Record> {
    (1..).zip(events).map(|(seq, (minutes, event))| record(seq, minute(minutes), event)).collect()
}

/// The name of the rooms in the tests.
pub(crate) fn room_id() -> RoomId {
    RoomId::of_year(2026, 14)
}

/// The room after an opening with the routine in force, and `events`.
pub(crate) fn room_after(events: impl IntoIterator<Item = (i64, Event)>) -> Room {
    let opening = [(0, opened()), (0, Event::ActivationChosen { active: true, reason: Text::default() })];
    Room::fold(room_id(), &records(opening.into_iter().chain(events)))
}

/// The opening of a room with the small routine.
pub(crate) fn opened() -> Event {
    Event::Opened {
        title: "Card payments down".into(),
        customer: "Nordbank".into(),
        began_at: minute(-7),
        routine: Box::new(routine::small()),
        demo: false,
    }
}

/// Texts made of what has broken terminals before, mixed with ordinary characters and any others.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let known = prop::sample::select(
        "\u{200d}\u{fe0f}\u{fe0e}\u{301}\u{20e3}😀👩🏽❤🇸🇪\u{94d}क\u{1100}\u{1161}\u{11a8}각\u{d4e}\u{e01}\u{200b}漢\u{202e}\u{1b}\
         \n\r\t\u{9b}\u{7f}\u{3164}\u{e0067}\u{e0100}1- ⟨⟩⏎\u{644}\u{627}\u{feff}\u{ad}"
            .chars()
            .collect::<Vec<_>>(),
    );
    let piece = prop_oneof![2 => any::<char>(), 3 => prop::char::range(' ', '~'), 5 => known];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.into_iter().collect())
}

/// A person's words: ordinary, hostile, blank or redacted.
pub(crate) fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        6 => "[A-Za-zåäö ]{1,12}".prop_map(Text::from),
        2 => hostile().prop_map(Text::from),
        1 => Just(Text::default()),
        1 => "[0-9a-f]{8}".prop_map(|redacted| Text::Redacted { redacted }),
    ]
}

/// A moment within some days of the declaration, or one from the ends of the calendar.
pub(crate) fn any_moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        9 => (-3_000_i64..9_000).prop_map(minute),
        1 => prop::sample::select(vec![moment("0001-01-01T00:00:00Z"), moment("9999-12-31T23:59:59-12:00")]),
    ]
}

/// Minutes: ordinary ones, and the ends of the number line.
pub(crate) fn any_minutes() -> impl Strategy<Value = i64> {
    prop_oneof![9 => -200_i64..5_000, 1 => prop::sample::select(vec![i64::MIN, i64::MAX, 0])]
}

/// A key that the small routine has somewhere, or none of it.
pub(crate) fn any_key() -> impl Strategy<Value = String> {
    let keys = [
        "cim",
        "driftchef",
        "what",
        "eta",
        "notes",
        "supplier",
        "first-notice",
        "first-meeting",
        "next-meeting",
        "debrief",
        "report",
        "briefing",
        "sms",
        "origin",
        "containment",
        "staff",
        "nonsense",
        "",
    ];
    prop::sample::select(keys.map(str::to_owned).to_vec())
}

/// Facets of any shape.
pub(crate) fn facets() -> impl Strategy<Value = Facets> {
    let names = prop::collection::vec("[A-Za-zåäö]{1,6}", 0..3);
    let tags = prop::collection::vec("[a-z]{1,4}", 0..3);
    (
        names,
        tags,
        prop::option::of(any_moment()),
        prop::option::of(prop::sample::select(super::action::Track::ALL.to_vec())),
    )
        .prop_map(|(people, tags, due, track)| Facets { people, tags, due, track })
}

/// One throw of everything an event or an intent can be made of.
#[derive(Debug, Clone)]
pub(crate) struct Throw {
    pub pick: usize,
    pub one: Text,
    pub two: Text,
    pub key: String,
    pub no: No,
    pub seq: Seq,
    pub at: Moment,
    pub minutes: i64,
    pub facets: Facets,
    pub roll: usize,
}

impl Throw {
    /// Any throw with `pick` below `kinds`.
    pub(crate) fn any(kinds: usize) -> impl Strategy<Value = Throw> {
        let words = (text(), text(), any_key(), facets());
        (0..kinds, words, 0_u32..5, 0_u64..40, any_moment(), any_minutes(), any::<usize>()).prop_map(
            |(pick, (one, two, key, facets), no, seq, at, minutes, roll)| Throw {
                pick,
                one,
                two,
                key,
                no,
                seq,
                at,
                minutes,
                facets,
                roll,
            },
        )
    }

    /// One of `all`.
    pub(crate) fn of<T: Copy>(&self, all: &[T]) -> T {
        all[self.roll % all.len()]
    }

    /// A value, or none.
    pub(crate) fn maybe<T>(&self, value: T) -> Option<T> {
        (!self.roll.is_multiple_of(3)).then_some(value)
    }

    pub(crate) fn flag(&self) -> bool {
        self.roll.is_multiple_of(2)
    }
}
