//! What falls due and which marks have come: pure functions of the room and the time (P45, P65, P73–P76, P80–P82).

use chrono::{Datelike, Duration, Weekday};
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::room::{Room, State};
use super::routine::{ClockRule, MetBy};
use super::time::Moment;

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClockState {
    /// Nothing to do yet, or not started.
    Calm,
    /// The first warning has come.
    Soon,
    /// The mark is now (its first minute).
    Due,
    Overdue,
    /// Met, or no longer asked for.
    Met,
    /// Put off with a reason.
    Snoozed,
}

/// A clock as it stands at a moment.
#[derive(Debug, Clone)]
pub struct ClockView<'a> {
    pub rule: &'a ClockRule,
    /// What it is counted from; none while it has not started.
    pub from: Option<Moment>,
    /// When it falls due, a snooze included; none while it has not started.
    pub due_at: Option<Moment>,
    pub state: ClockState,
}

impl ClockView<'_> {
    /// What a snooze at `now` is counted from: when it falls due, or now when that has been.
    pub fn snoozed_from(&self, now: Moment) -> Moment {
        self.due_at.map_or(now, |due| due.max(now))
    }

    /// Whether it runs: started and not met.
    pub fn is_running(&self) -> bool {
        self.due_at.is_some() && self.state != ClockState::Met
    }
}

impl Room {
    /// Every clock of the routine, in its order, as it stands at `now`.
    pub fn clock_views(&self, now: Moment) -> Vec<ClockView<'_>> {
        let Some(routine) = self.routine.as_deref() else { return Vec::new() };
        routine.clocks.iter().map(|rule| self.clock_view(rule, now)).collect()
    }

    /// The running clock that falls due first.
    pub fn next_clock(&self, now: Moment) -> Option<ClockView<'_>> {
        self.clock_views(now).into_iter().filter(ClockView::is_running).min_by_key(|view| view.due_at)
    }

    /// The marks that have come by `now` and have not rung: one for each clock, the latest. Marks slept through are
    /// covered by it, so nothing rings twice and nothing rings in a volley.
    pub fn marks_to_ring(&self, now: Moment) -> Vec<Event> {
        self.clock_views(now).iter().filter_map(|view| self.mark_to_ring(view, now)).collect()
    }

    /// The interval between meetings in force for `rule`, in minutes.
    pub fn interval(&self, rule: &ClockRule) -> i64 {
        match self.cadence_minutes {
            Some(minutes) if rule.adjustable => minutes,
            _ => rule.minutes,
        }
    }

    fn clock_view<'a>(&self, rule: &'a ClockRule, now: Moment) -> ClockView<'a> {
        let from = self.counted_from(rule);
        let asked_at = from.map(|from| due_time(rule, from, self.interval(rule)));
        let due_at = asked_at.map(|due| self.with_snooze(rule, from, due));
        let state = match due_at {
            _ if self.is_met(rule) => ClockState::Met,
            None => ClockState::Calm,
            Some(due) if now >= due.plus_minutes(1) => ClockState::Overdue,
            Some(due) if now >= due => ClockState::Due,
            due if due != asked_at => ClockState::Snoozed,
            Some(due) => match rule.warn_before.iter().max() {
                Some(first) if now >= before(due, *first) => ClockState::Soon,
                _ => ClockState::Calm,
            },
        };
        ClockView { rule, from, due_at, state }
    }

    fn counted_from(&self, rule: &ClockRule) -> Option<Moment> {
        if !self.active {
            return None;
        }
        let from = self.anchor(rule.after)?;
        // After a reopening the team starts anew: nobody can have met while the incident was thought to be over.
        match (rule.met_by, self.reopened_at) {
            (MetBy::Meeting, Some(reopened)) => Some(from.max(reopened)),
            _ => Some(from),
        }
    }

    fn with_snooze(&self, rule: &ClockRule, from: Option<Moment>, due: Moment) -> Moment {
        self.clocks
            .get(&rule.key)
            .and_then(|memory| memory.snooze.as_ref())
            .filter(|snooze| from.is_some_and(|from| snooze.at >= from))
            .map_or(due, |snooze| due.max(snooze.until))
    }

    fn is_met(&self, rule: &ClockRule) -> bool {
        match rule.met_by {
            MetBy::FirstNotice => self.first_notice_at().is_some() || self.state == State::Closed,
            // The rule that counts from the last meeting never ends while the incident is open; the one that counts from
            // the declaration is met by any meeting.
            MetBy::Meeting => {
                self.state != State::Open
                    || (rule.after != super::routine::Anchor::MeetingHeld && self.last_meeting_at().is_some())
            }
            MetBy::Debrief => self.debriefed_at.is_some(),
            MetBy::Report => self.report_delivered.is_some(),
        }
    }

    fn mark_to_ring(&self, view: &ClockView<'_>, now: Moment) -> Option<Event> {
        let due_at = view.due_at.filter(|_| view.is_running())?;
        let offset = if now >= due_at {
            let repeat = view.rule.repeat.max(1);
            now.since(due_at).num_minutes() / repeat * repeat
        } else if view.state == ClockState::Snoozed {
            return None;
        } else {
            view.rule.warn_before.iter().filter(|span| now >= before(due_at, **span)).min()?.saturating_neg()
        };
        let last = self.clocks.get(&view.rule.key).and_then(|memory| memory.rang.get(&due_at));
        let rang = last.is_some_and(|last| *last >= offset);
        (!rang).then(|| Event::ClockRang { clock: view.rule.key.clone(), due_at, offset })
    }
}

fn before(due: Moment, minutes: i64) -> Moment {
    due.plus_minutes(minutes.saturating_neg())
}

fn due_time(rule: &ClockRule, from: Moment, minutes: i64) -> Moment {
    if !rule.working_days {
        return from.plus_minutes(minutes);
    }
    let mut due = from;
    for _ in 0..(minutes / MINUTES_A_DAY).min(MOST_WORKING_DAYS) {
        due = due.plus(Duration::days(1));
        while matches!(due.datetime().weekday(), Weekday::Sat | Weekday::Sun) {
            due = due.plus(Duration::days(1));
        }
    }
    due.plus_minutes(minutes % MINUTES_A_DAY)
}

const MINUTES_A_DAY: i64 = 24 * 60;
/// A routine that asks for more is capped, so that no figure in a file can hang the room.
const MOST_WORKING_DAYS: i64 = 10_000;

#[cfg(test)]
mod tests;
