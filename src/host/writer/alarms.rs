//! Alarms: a mark of a clock that has come is recorded, told on every screen and said on the desktop, once.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;

use crate::config::lang::Words;
use crate::domain::event::Event;
use crate::domain::id::RoomId;
use crate::domain::phrase::Lexicon;
use crate::domain::record::{Author, Record};
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::timeline;
use crate::domain::zone::Zone;
use crate::host::clients::Clients;
use crate::host::notify::DesktopNotice;
use crate::host::rooms::{LiveRoom, Rooms};
use crate::host::writer::batch::{Batch, Decided};
use crate::wire::message::HostMsg;

/// A mark that has come, in a room as it was before.
#[derive(Debug, Clone)]
pub struct DueMark {
    room: Arc<Room>,
    record: Record,
}

/// Whether marks are on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkState {
    Recorded,
    /// Nothing could be saved: they come again.
    Unrecorded,
}

/// Returns the records of the marks that have come by the batch's moment, in rooms where `may_ring`. A demo rings only for
/// clients that are in it.
pub fn due_marks(rooms: &Rooms, now: Moment, zone: &Zone, uid: u32, may_ring: impl Fn(&LiveRoom) -> bool) -> Batch {
    let mut batch = Batch::new(now);
    let by = Author::klock(uid);
    for live in rooms.in_memory().filter(|live| may_ring(live)) {
        let marks = live.room.marks_to_ring(now).into_iter();
        let events: Vec<Event> = marks.map(|mark| in_force_then(mark, zone)).collect();
        if !events.is_empty() {
            batch.add(live.base(), Decided { id: None, at: now, by: by.clone(), events });
        }
    }
    batch
}

/// Returns the mark with the offset that is in force when its clock falls due: a change of clocks may lie between.
fn in_force_then(mark: Event, zone: &Zone) -> Event {
    match mark {
        Event::ClockRang { clock, due_at, offset } => Event::ClockRang { clock, due_at: zone.local(due_at), offset },
        other => other,
    }
}

/// Returns the marks in a batch that is not committed yet.
pub fn marks_in(batch: &Batch, rooms: &Rooms) -> Vec<DueMark> {
    let appends = batch.appends().iter();
    let records = appends.flat_map(|append| append.records.iter().map(move |record| (&append.room, record)));
    records
        .filter(|(_, record)| matches!(record.event, Event::ClockRang { .. }))
        .filter_map(|(room, record)| Some(DueMark { room: Arc::clone(&rooms.get(room)?.room), record: record.clone() }))
        .collect()
}

/// The way to the desktop, and what was told without being recorded.
pub struct Alarms {
    desktop: Option<UnboundedSender<DesktopNotice>>,
    words: Words,
    /// Room and clock → the last mark that was told while nothing could be saved.
    unsaved: HashMap<(RoomId, String), (Moment, i64)>,
}

impl Alarms {
    /// Returns alarms that are said on `desktop`, if there is one, in `words`.
    pub fn new(desktop: Option<UnboundedSender<DesktopNotice>>, words: Words) -> Self {
        Alarms { desktop, words, unsaved: HashMap::new() }
    }

    /// Tells of marks that have come. A warning must not depend on the disk: one that is not recorded is told to everyone, but
    /// only once.
    pub fn tell_marks(&mut self, marks: Vec<DueMark>, state: MarkState, clients: &Clients) {
        for DueMark { room, record } in marks {
            if !self.is_news(&room.id, &record.event, state) {
                continue;
            }
            self.say_on_desktop(&room, &record);
            let (id, title) = (room.id.clone(), room.title.clone());
            let rang = HostMsg::Rang { room: id, title, record: Box::new(record) };
            match state {
                // Clients in the room have the record itself.
                MarkState::Recorded => clients.tell_screens_outside(&room.id, &rang),
                MarkState::Unrecorded => clients.tell_all(&rang),
            }
        }
    }

    fn say_on_desktop(&self, room: &Room, record: &Record) {
        let Some(desktop) = self.desktop.as_ref().filter(|_| !room.demo) else { return };
        let event = &record.event;
        let urgent = matches!(event, Event::ClockRang { offset: 0.., .. });
        let notice = DesktopNotice {
            title: format!("{} {}", room.id, room.title.raw()),
            body: self.words.say_beside(&timeline::said(event, room).1, record.rec),
            urgent,
        };
        // Its task ends only with the host.
        let _ = desktop.send(notice);
    }

    /// Returns whether this mark has not been told yet, and remembers it while it is not recorded.
    fn is_news(&mut self, room: &RoomId, event: &Event, state: MarkState) -> bool {
        let Event::ClockRang { clock, due_at, offset } = event else { return true };
        let key = (room.clone(), clock.clone());
        let mark = (*due_at, *offset);
        let told = match state {
            MarkState::Recorded => self.unsaved.remove(&key),
            MarkState::Unrecorded => self.unsaved.insert(key, mark),
        };
        told != Some(mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::IntentId;
    use crate::domain::phrase::Lang;

    #[test]
    fn a_mark_is_said_once_however_often_it_could_not_be_saved() {
        let at = Moment::parse("2026-11-21T12:00:00+01:00").unwrap();
        let event = Event::ClockRang { clock: "update".into(), due_at: at, offset: 0 };
        let id = IntentId(ulid::Ulid(1)).event(0);
        let record = Record { seq: 1, id, at, rec: at, by: Author::klock(1), event };
        let mark = DueMark { room: Arc::new(Room::new(RoomId::of_year(2026, 1))), record };
        let (send, mut said) = tokio::sync::mpsc::unbounded_channel();
        let mut alarms = Alarms::new(Some(send), Words::new(Lang::En, Zone::UTC));
        let mut tell = |state| {
            alarms.tell_marks(vec![mark.clone()], state, &Clients::default());
            std::iter::from_fn(|| said.try_recv().ok()).count()
        };
        assert_eq!([MarkState::Unrecorded; 3].map(&mut tell), [1, 0, 0]);
        assert_eq!(tell(MarkState::Recorded), 0, "it was told before it was recorded");
        assert_eq!(tell(MarkState::Recorded), 1, "the next time that clock comes there");
    }
}
