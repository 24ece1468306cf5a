//! How long a room is when it is sent to a screen: what bounds it, and what is sent when it is longer than a message may be.

use std::sync::Arc;

use serde_json::Value;

use crate::domain::event::Event;
use crate::domain::intent::Intent;
use crate::domain::record::{Record, written_length};
use crate::domain::room::Room;

/// A room longer than this, in bytes, takes nothing long into its lists any more; half of what a message may have
/// ([`crate::wire::frame::LONGEST_FRAME`]).
const HEAVY: usize = 8 << 20;

/// One longer than this takes nothing new into its lists. Notes, and what ends things, it takes.
const FULL: usize = 12 << 20;

/// From this length on, in bytes, something is long (a guess): no honest text of a list is.
const LONG: usize = 2 << 10;

/// How much a room may grow before it is measured again, in bytes (a guess): measuring takes as long as sending.
const UNMEASURED: usize = 256 << 10;

/// What is left in a room that is too long to be sent, of a long text in bytes and of a long list in rows, the latest ones: at
/// first, and when that does not do.
const CUTS: [(usize, usize); 3] = [(4 << 10, usize::MAX), (256, usize::MAX), (256, 2000)];

/// How much a room that was cut may grow before it is cut once more, in bytes: with it the room still fits a message.
const UNCUT: usize = 2 << 20;

/// The length of one room, measured when it is first asked for and counted on from there.
#[derive(Debug, Default)]
pub struct RoomSize {
    measured: Option<usize>,
    /// How many bytes came since.
    added: usize,
    /// What screens are sent while the room itself is too long, and how much it grew; `None` when that is the room.
    cut: Option<(Arc<Room>, usize)>,
}

impl RoomSize {
    /// Counts what the room took in.
    pub fn add_records(&mut self, records: &[Record]) {
        if self.measured.is_none() {
            return;
        }
        let growth = records.iter().map(|record| growth(&record.event)).sum::<usize>();
        self.added += growth;
        self.cut = self.cut.take().filter(|(_, grown)| grown + growth <= UNCUT).map(|(mut cut, grown)| {
            let room = Arc::make_mut(&mut cut);
            records.iter().for_each(|record| room.apply(record));
            (cut, grown + growth)
        });
    }

    /// Returns about how long `room` is, in bytes; never less.
    fn of(&mut self, room: &Room) -> usize {
        match self.measured {
            Some(measured) if self.added <= UNMEASURED + measured / 8 => measured + self.added,
            _ => {
                let measured = written_length(room).unwrap_or(usize::MAX);
                *self = RoomSize { measured: Some(measured), added: 0, cut: self.cut.take() };
                measured
            }
        }
    }

    /// Returns whether `room` has no place for what `intent` adds to it.
    pub fn has_no_place_for(&mut self, room: &Room, intent: &Intent) -> bool {
        if !adds_to_lists(intent) {
            return false;
        }
        match self.of(room) {
            FULL.. => true,
            HEAVY.. => written_length(intent).is_none_or(|length| length > LONG),
            _ => false,
        }
    }

    /// Returns the room as screens are sent it: where it would not fit a message, with its long texts cut, and if need be without the
    /// oldest rows of its longest lists. All of it stands in the timeline.
    pub fn for_screens(&mut self, room: &Arc<Room>) -> Arc<Room> {
        if self.of(room) <= FULL {
            self.cut = None;
            return Arc::clone(room);
        }
        let (cut, _) = self.cut.get_or_insert_with(|| (Arc::new(shortened(room)), 0));
        Arc::clone(cut)
    }
}

/// Returns how much longer an event makes the room at most, in bytes. The words of a note stand in the timeline alone.
fn growth(event: &Event) -> usize {
    match event {
        Event::NoteTaken { facets, action: None, .. } => written_length(facets).unwrap_or(0),
        other => written_length(other).unwrap_or(0),
    }
}

/// Returns whether an intent puts something on a list of the room. What ends, ticks off or hands over does not: an incident can be
/// brought to its end in any room.
fn adds_to_lists(intent: &Intent) -> bool {
    match intent {
        Intent::TakeNote { facets, .. } => facets.due.is_some(),
        Intent::AmendEntry { .. }
        | Intent::AnswerQuestion { .. }
        | Intent::AskResource { .. }
        | Intent::DraftMessage { .. }
        | Intent::EngageSupplier { no: None, .. }
        | Intent::OpenAction { .. }
        | Intent::OpenCorrectiveAction { .. }
        | Intent::OpenTrack { .. }
        | Intent::PlanShift { .. }
        | Intent::RaiseObstacle { .. }
        | Intent::RecordMessage { .. }
        | Intent::SetSwitchCondition { .. }
        | Intent::TryEscalation { .. }
        | Intent::UpdateAction { .. } => true,
        _ => false,
    }
}

/// Returns `room`, cut until it can be sent.
fn shortened(room: &Room) -> Room {
    let mut shortest = room.clone();
    for (longest, most) in CUTS {
        let cut = serde_json::to_value(room).map(|mut value| {
            cut_value(&mut value, longest, most);
            value
        });
        // Nothing but texts and the rows of lists was changed, so it is a room again.
        match cut.and_then(serde_json::from_value) {
            Ok(cut) => shortest = cut,
            Err(error) => tracing::error!(%error, room = %room.id, "a room cannot be shortened"),
        }
        if written_length(&shortest).is_some_and(|length| length <= FULL) {
            break;
        }
    }
    shortest
}

fn cut_value(value: &mut Value, longest: usize, most: usize) {
    match value {
        Value::String(text) if text.len() > longest => {
            let end = (0..=longest).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let more = (text.len() - end).div_ceil(1024);
            text.truncate(end);
            text.push_str(&format!("… (+{more} KiB)"));
        }
        Value::Array(all) => {
            all.drain(..all.len().saturating_sub(most));
            all.iter_mut().for_each(|value| cut_value(value, longest, most));
        }
        Value::Object(fields) => {
            let too_many = fields.len().saturating_sub(most);
            let oldest: Vec<String> = fields.keys().take(too_many).cloned().collect();
            oldest.iter().for_each(|key| drop(fields.remove(key)));
            fields.values_mut().for_each(|value| cut_value(value, longest, most));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Facets;
    use crate::domain::id::{IntentId, RoomId};
    use crate::domain::record::Author;
    use crate::domain::time::Moment;

    fn opened(no: u32, text: String) -> Record {
        let at = Moment::parse("2026-11-21T14:00:00+01:00").unwrap();
        let id = IntentId(ulid::Ulid(u128::from(no))).event(0);
        let event = Event::ActionOpened { no, text: text.into(), facets: Facets::default() };
        Record { seq: u64::from(no), id, at, rec: at, by: Author::klock(1), event }
    }

    fn action(bytes: usize) -> Intent {
        Intent::OpenAction { text: "x".repeat(bytes).into(), facets: Facets::default() }
    }

    #[test]
    fn a_room_that_is_nearly_full_takes_nothing_long_and_a_full_one_what_ends_things() {
        let mut size = RoomSize::default();
        let mut room = Room::new(RoomId::of_year(2026, 1));
        let mut limits = Vec::new();
        for no in 1..=900 {
            limits.push((size.has_no_place_for(&room, &action(9)), size.has_no_place_for(&room, &action(LONG))));
            let record = opened(no, "x".repeat(16 << 10));
            room.apply(&record);
            size.add_records(&[record]);
        }
        let first = |is: fn(&(bool, bool)) -> bool| limits.iter().position(is).unwrap() * (16 << 10);
        assert!(first(|limit| limit.1).abs_diff(HEAVY) < 1 << 20 && first(|limit| limit.0).abs_diff(FULL) < 1 << 20);
        let finish = Intent::FinishAction { no: 1, outcome: "done".into() };
        assert!(!size.has_no_place_for(&room, &finish));
    }

    /// D6: what an earlier version let in.
    #[test]
    fn a_room_too_long_to_be_sent_is_sent_with_its_long_texts_cut() {
        let mut size = RoomSize::default();
        let mut room = Room::new(RoomId::of_year(2026, 1));
        (1..=70).for_each(|no| room.apply(&opened(no, "å".repeat(125_000))));
        let room = Arc::new(room);
        let sent = size.for_screens(&room);
        assert!(written_length(&*sent).unwrap() < 1 << 20);
        assert_eq!((sent.actions.len(), sent.seq), (70, 70));
        assert!(sent.actions[69].text.raw().ends_with("å… (+241 KiB)"), "{}", &sent.actions[69].text.raw()[4000..]);
        let last = opened(71, "short".into());
        size.add_records(std::slice::from_ref(&last));
        let mut room = Room::clone(&room);
        room.apply(&last);
        assert_eq!(size.for_screens(&Arc::new(room)).actions[70].text.raw(), "short", "it goes on with the room");
    }

    #[test]
    fn a_room_with_too_many_rows_is_sent_with_the_latest() {
        let mut room = Room::new(RoomId::of_year(2026, 1));
        (1..=80_000).for_each(|no| room.apply(&opened(no, format!("action {no}"))));
        room.people.extend((0..100_000).map(|n| format!("user-{n}")));
        let sent = RoomSize::default().for_screens(&Arc::new(room));
        assert!(written_length(&*sent).unwrap() < FULL);
        assert_eq!((sent.actions.len(), sent.actions[1999].no, sent.people.len()), (2000, 80_000, 2000));
    }

    #[test]
    fn an_ordinary_room_is_sent_as_it_is() {
        let room = Arc::new(Room::new(RoomId::of_year(2026, 1)));
        assert!(Arc::ptr_eq(&RoomSize::default().for_screens(&room), &room));
    }
}
