//! Ringing: a mark of a clock that has come is recorded, told on every screen and said on the desktop, once.

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
use crate::host::notify::DesktopNotice;
use crate::host::rooms::LiveRoom;
use crate::host::writer::Writer;
use crate::host::writer::batch::{Batch, Decided};
use crate::wire::message::HostMsg;

/// The mark with the offset that is in force when its clock falls due: a change of clocks may lie between.
fn in_force_then(mark: Event, zone: &Zone) -> Event {
    match mark {
        Event::ClockRang { clock, due_at, offset } => Event::ClockRang { clock, due_at: zone.local(due_at), offset },
        other => other,
    }
}

/// The way to the desktop, and what rang without being saved.
pub struct Alarms {
    desktop: Option<UnboundedSender<DesktopNotice>>,
    words: Words,
    /// Room and clock → the last mark that was told while nothing could be saved.
    unsaved: HashMap<(RoomId, String), (Moment, i64)>,
}

impl Alarms {
    /// A bell that says its notices on `desktop`, in `words`.
    pub fn new(desktop: Option<UnboundedSender<DesktopNotice>>, words: Words) -> Self {
        Alarms { desktop, words, unsaved: HashMap::new() }
    }

    fn say(&self, room: &Room, record: &Record) {
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

    /// Whether this mark has not been told yet; remembers it while it is not `saved`.
    fn is_news(&mut self, room: &RoomId, event: &Event, saved: bool) -> bool {
        let Event::ClockRang { clock, due_at, offset } = event else { return true };
        let key = (room.clone(), clock.clone());
        let mark = (*due_at, *offset);
        let told = if saved { self.unsaved.remove(&key) } else { self.unsaved.insert(key, mark) };
        told != Some(mark)
    }
}

impl Writer {
    /// The present moment, to record by. When the machine's clock was set, that is recorded first, once, in every room of an
    /// incident that goes on.
    pub(in crate::host) fn time(&mut self) -> Moment {
        let Some(reading) = self.clock.reading() else { return self.clock.now() };
        if let Some(seconds) = self.clock_watch.look(reading) {
            self.record_clock_moved(reading.now, seconds);
        }
        reading.now
    }

    fn record_clock_moved(&mut self, now: Moment, seconds: i64) {
        let mut batch = Batch::new(now);
        // A room that is not ready yet misses it, unless the clock went back: then its next record says so.
        let unready = self.unready();
        for live in self.rooms.live().filter(|live| live.is_open_incident() && !unready.contains(&live.room.id)) {
            batch.add_clock_moved(live.base(), seconds, self.uid);
        }
        tracing::warn!(seconds, "the machine's clock was set");
        if self.save(&mut batch).is_whole() {
            self.clock_watch.is_recorded();
        }
    }

    /// The rooms in memory that cannot be appended to now. They are being prepared, and record nothing by themselves until then.
    fn unready(&mut self) -> Vec<RoomId> {
        let unchecked = |live: &&LiveRoom| !self.store.is_checked(&live.room.id);
        let rooms: Vec<RoomId> = self.rooms.live().filter(unchecked).map(|live| live.room.id.clone()).collect();
        rooms.into_iter().filter(|room| !self.is_ready(room)).collect()
    }

    /// Rings what has come by `now`. A demo rings only for those who look at it.
    pub(in crate::host) fn ring(&mut self, now: Moment) {
        let mut batch = Batch::new(now);
        let by = Author::klock(self.uid);
        let unready = self.unready();
        for live in self.rooms.live().filter(|live| !unready.contains(&live.room.id)) {
            if live.room.demo && !self.clients.is_attended(&live.room.id) {
                continue;
            }
            let marks = live.room.marks_to_ring(now).into_iter();
            let events: Vec<Event> = marks.map(|mark| in_force_then(mark, self.clock.zone())).collect();
            if !events.is_empty() {
                batch.add(live.base(), Decided { id: None, at: now, by: by.clone(), events });
            }
        }
        if batch.is_empty() {
            return;
        }
        let rang: Vec<(RoomId, Record)> = batch
            .by_room()
            .into_iter()
            .flat_map(|(room, records)| records.into_iter().map(move |record| (room.clone(), record)))
            .filter(|(_, record)| matches!(record.event, Event::ClockRang { .. }))
            .collect();
        let folds: HashMap<RoomId, Arc<Room>> =
            rang.iter().filter_map(|(room, _)| Some((room.clone(), self.rooms.get(room)?.room.clone()))).collect();
        let saved = self.save(&mut batch).is_whole();
        for (room, record) in rang {
            let Some(fold) = folds.get(&room) else { continue };
            // A warning must not depend on the disk: unsaved it is told to everyone, but only once.
            if !self.alarms.is_news(&room, &record.event, saved) {
                continue;
            }
            self.alarms.say(fold, &record);
            let title = fold.title.clone();
            let rang = HostMsg::Rang { room: room.clone(), title, record: Box::new(record) };
            if saved {
                self.clients.tell_screens_outside(&room, &rang);
            } else {
                self.clients.tell_all(&rang);
            }
        }
    }
}
