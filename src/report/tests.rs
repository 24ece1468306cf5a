//! The report as data: whatever the writers' zones were, every time in it is in the reader's.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::domain::event::Event;
use crate::domain::fixture::event::any_event;
use crate::domain::fixture::{any_moment, minute, opened, record, room_id};
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::record::Record;
use crate::domain::timeline::entry;
use crate::domain::zone::Zone;

/// Says keys instead of sentences, for a reader in one zone.
struct Keys(Zone);

impl Lexicon for Keys {
    fn lang(&self) -> Lang {
        Lang::En
    }

    fn zone(&self) -> &Zone {
        &self.0
    }

    fn say(&self, phrase: &Phrase) -> String {
        phrase.key.to_string()
    }

    fn say_beside(&self, phrase: &Phrase, _: Moment) -> String {
        self.say(phrase)
    }

    fn time(&self, at: Moment, _: Moment) -> String {
        self.0.local(at).hm()
    }
}

/// Every moment in `value`.
fn moments(value: &Value, found: &mut Vec<Moment>) {
    match value {
        Value::String(text) => found.extend(Moment::parse(text)),
        Value::Array(values) => values.iter().for_each(|value| moments(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| moments(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn report(records: &[Record], now: Moment, lexicon: &dyn Lexicon) -> Report {
    let room = Room::fold(room_id(), records);
    let entries: Vec<Entry> = records.iter().filter_map(|record| entry(record, &room)).collect();
    Report::of(&room, &entries, now, lexicon)
}

proptest! {
    #[test]
    fn every_time_is_in_the_zone_of_the_reader(
        events in prop::collection::vec((any_event(), any_moment()), 0..40),
        now in any_moment(),
    ) {
        let opening = record(1, minute(0), opened());
        let later = (2..).zip(events).map(|(seq, (event, at)): (_, (Event, Moment))| record(seq, at, event));
        let records: Vec<Record> = std::iter::once(opening).chain(later).collect();
        let keys = Keys(Zone::named("America/New_York").expect("a zone"));
        let value = serde_json::to_value(report(&records, now, &keys)).expect("JSON");
        let mut found = Vec::new();
        moments(&value, &mut found);
        prop_assert!(found.len() > 3);
        for moment in found {
            prop_assert_eq!(moment.to_string(), keys.0.local(moment).to_string());
        }
    }
}
