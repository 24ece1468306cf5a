//! Noticing that the machine's clock was set: what the wall clock gains or loses on the machine's steady time.
//!
//! Both are needed, one before and one after, so this sees only what happens while a host runs. A clock that was set back
//! while none ran is seen too, in the next record (`batch`): nothing may come before what is on disk. One that was set
//! forward meanwhile cannot be known. The steady time of an earlier run says nothing after a restart of the machine, and
//! without that a clock that was set forward by an hour, and an hour in which nobody was there, leave the same traces: a record,
//! and the next one an hour later. Nothing is then out of order, and what falls due falls due by the clock that people see.

use crate::clock::Reading;
use crate::domain::id::RoomId;
use crate::domain::time::Moment;
use crate::host::rooms::Rooms;
use crate::host::writer::batch::Batch;

/// A clock that was set by less, in milliseconds, is not recorded (a guess): a machine that asks others for the time corrects
/// itself by less.
const SET_FROM_MILLIS: i64 = 5_000;

/// See the module. A machine that slept was not set: the steady time counts on while it sleeps.
#[derive(Debug, Default)]
pub struct ClockWatch {
    /// How far the wall clock was ahead of the steady time when last looked at, in milliseconds.
    ahead: Option<i64>,
    /// By how much it was set, forward or back, that is not recorded yet.
    set: i64,
}

impl ClockWatch {
    /// Looks at the clocks. Returns by how many seconds the wall clock was set back (negative: forward), if it was set; the same
    /// again until [`ClockWatch::note_recorded`].
    pub fn check(&mut self, reading: Reading) -> Option<i64> {
        let steady = i64::try_from(reading.steady.as_millis()).unwrap_or(i64::MAX);
        let ahead = reading.now.millis().saturating_sub(steady);
        let gained = ahead.saturating_sub(self.ahead.unwrap_or(ahead));
        self.ahead = Some(ahead);
        if gained.abs() >= SET_FROM_MILLIS {
            self.set = self.set.saturating_add(gained);
        }
        let back = self.set.saturating_neg() / 1000;
        (back != 0).then_some(back)
    }

    /// Notes that it is recorded that the clock was set.
    pub fn note_recorded(&mut self) {
        self.set = 0;
    }
}

/// Returns the records that the clock was set back by `seconds` (negative: forward), one in every room of an incident that
/// goes on. A room that is not ready yet (`unready`) misses it, unless the clock went back: then its next record says so.
pub fn clock_moved(rooms: &Rooms, now: Moment, seconds: i64, uid: u32, unready: &[RoomId]) -> Batch {
    let mut batch = Batch::new(now);
    for live in rooms.in_memory().filter(|live| live.is_open_incident() && !unready.contains(&live.room.id)) {
        batch.add_clock_moved(live.base(), seconds, uid);
    }
    batch
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn reading(wall: i64, steady: u64) -> Reading {
        let noon = Moment::parse("2026-11-21T12:00:00+01:00").unwrap();
        Reading { now: noon.plus(chrono::Duration::seconds(wall)), steady: Duration::from_secs(steady) }
    }

    #[test]
    fn time_that_passes_or_is_slept_through_is_no_setting() {
        let mut clock_watch = ClockWatch::default();
        for passed in [0, 1, 2, 5_700, 5_704, 1_000_000] {
            assert_eq!(clock_watch.check(reading(i64::try_from(passed).unwrap(), 100 + passed)), None);
        }
    }

    #[test]
    fn a_clock_set_either_way_is_said_until_it_note_recorded() {
        let mut clock_watch = ClockWatch::default();
        assert_eq!(clock_watch.check(reading(0, 100)), None);
        assert_eq!(clock_watch.check(reading(4, 101)), None, "a machine corrects itself by less");
        assert_eq!(clock_watch.check(reading(-3595, 102)), Some(3600));
        assert_eq!(clock_watch.check(reading(-3594, 103)), Some(3600), "the disk was full");
        clock_watch.note_recorded();
        assert_eq!(clock_watch.check(reading(-3593, 104)), None);
        assert_eq!(clock_watch.check(reading(7, 104)), Some(-3600));
        clock_watch.note_recorded();
        assert_eq!(clock_watch.check(reading(1007, 104)), Some(-1000));
        assert_eq!(clock_watch.check(reading(7, 104)), None, "set and set back, and nothing was recorded in between");
    }
}
