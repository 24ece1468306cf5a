//! What falls due and which marks have come: pure functions of the room and the time (P45, P65, P73–P76, P80–P82).

use chrono::{Datelike, Duration, Weekday};
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::item_state::{Settled, Settlement};
use super::room::{Room, State};
use super::routine::{Anchor, ClockRule, Item, MetBy};
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
    /// What it asks for was done.
    Met,
    /// Put off with a reason.
    Snoozed,
    /// Not met, and no longer asked for: the incident came to where it does not run, or its step was waived.
    Stopped,
}

impl ClockState {
    /// Whether nothing of it is to come.
    pub fn is_over(self) -> bool {
        matches!(self, ClockState::Met | ClockState::Stopped)
    }
}

/// Where the incident stands, as far as a clock goes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Open,
    Mitigated,
    Reopened,
    Restored,
    Closed,
}

/// How a clock goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    /// It runs from its anchor on, and while it is late it rings as often as the routine says.
    Presses,
    /// As [`Course::Presses`]; what was not met before the reopening is counted from there: nobody could meet it while the
    /// incident was thought to be over.
    PressesAnew,
    /// It runs from its anchor on, and while it is late it reminds: see [`Room::repeat`].
    Reminds,
    /// It is no longer asked for. It rings no more; what was not done shows as not done.
    Stops,
}

/// The course of every clock in every stage, by what meets it: open, mitigated, reopened, restored, closed.
///
/// First notice and meetings belong to the work on the incident and end with it. Debrief and report belong to what comes
/// after: they start when their anchor comes, and nobody is woken at night for them.
const COURSES: [(MetBy, [Course; 5]); 4] = {
    use Course::{Presses, PressesAnew, Reminds, Stops};
    [
        (MetBy::FirstNotice, [Presses, Presses, PressesAnew, Stops, Stops]),
        (MetBy::Meeting, [Presses, Presses, PressesAnew, Stops, Stops]),
        (MetBy::Debrief, [Reminds, Reminds, Reminds, Reminds, Reminds]),
        (MetBy::Report, [Reminds, Reminds, Reminds, Reminds, Reminds]),
    ]
};

/// While it is late, what comes after the incident is reminded of no more often than once a day, or once in the span that was
/// given for it when that is shorter: a person wants to hear of it each morning, not each hour of the night.
const REMIND_EVERY: i64 = MINUTES_A_DAY;
/// And for a week. Who has not done it by then knows; the lobby goes on showing it as late.
const REMIND_FOR: i64 = 7 * MINUTES_A_DAY;

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

    /// Whether it runs: started, and neither met nor stopped.
    pub fn is_running(&self) -> bool {
        self.due_at.is_some() && !self.state.is_over()
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
            _ if self.met_at(rule).is_some() => ClockState::Met,
            _ if self.is_stopped(rule) => ClockState::Stopped,
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

    /// When the clock falls due, a snooze included; none while it has not started.
    pub fn due_at(&self, rule: &ClockRule) -> Option<Moment> {
        let from = self.counted_from(rule)?;
        Some(self.with_snooze(rule, Some(from), due_time(rule, from, self.interval(rule))))
    }

    /// When what the clock asks for was done, the earliest of what counts.
    pub fn met_at(&self, rule: &ClockRule) -> Option<Moment> {
        let done = self.deed_at(rule);
        let ticked =
            self.settled_step(rule).filter(|settled| settled.how == Settlement::Done).map(|settled| settled.at);
        done.into_iter().chain(ticked).min()
    }

    /// When what the clock asks for was recorded itself: the notice, the meeting.
    fn deed_at(&self, rule: &ClockRule) -> Option<Moment> {
        match rule.met_by {
            MetBy::FirstNotice => self.first_notice_at(),
            MetBy::Meeting if rule.after == Anchor::MeetingHeld => self.kept_at(rule),
            MetBy::Meeting => self.first_meeting_at(),
            MetBy::Debrief => self.debriefed_at,
            MetBy::Report => self.report_delivered.as_ref().map(|(_, at)| *at),
        }
    }

    /// Each meeting starts a clock again that counts from the last one; it was met to the end when the work ended before the next
    /// one was due. When that last meeting began.
    fn kept_at(&self, rule: &ClockRule) -> Option<Moment> {
        let ended = self.restored_at.filter(|_| self.course(rule) == Course::Stops)?;
        self.due_at(rule).filter(|due| *due >= ended)?;
        self.last_meeting_at()
    }

    /// Whether `item` was checked by what its clock asks for, and by no person since.
    pub fn is_checked_by_deed(&self, item: &Item) -> bool {
        let rule = item.clock.as_deref().and_then(|key| self.routine.as_deref()?.clock(key));
        let settled = self.checklist.get(&item.key).and_then(|state| state.settled.as_ref());
        let checked = settled.filter(|settled| settled.how == Settlement::Done && settled.text.is_blank());
        rule.zip(checked).is_some_and(|(rule, checked)| self.deed_at(rule) == Some(checked.at))
    }

    /// How the step of the checklist that is tied to the clock was dealt with.
    fn settled_step(&self, rule: &ClockRule) -> Option<&Settled> {
        let step = self.routine.as_deref()?.step_of(rule)?;
        self.checklist.get(&step.key)?.settled.as_ref()
    }

    fn is_stopped(&self, rule: &ClockRule) -> bool {
        let is_waived = self.settled_step(rule).is_some_and(|settled| settled.how == Settlement::Waived);
        is_waived || self.course(rule) == Course::Stops
    }

    fn stage(&self) -> Stage {
        match self.state {
            State::Closed => Stage::Closed,
            State::Restored => Stage::Restored,
            State::Open if self.reopened_at.is_some() => Stage::Reopened,
            State::Open if self.mitigated_at.is_some() => Stage::Mitigated,
            State::Open => Stage::Open,
        }
    }

    fn course(&self, rule: &ClockRule) -> Course {
        course(rule, self.stage())
    }

    fn counted_from(&self, rule: &ClockRule) -> Option<Moment> {
        if !self.active {
            return None;
        }
        let from = self.anchor(rule.after)?;
        let Some(reopened) = self.reopened_at.filter(|_| course(rule, Stage::Reopened) == Course::PressesAnew) else {
            return Some(from);
        };
        let was_met = rule.after != Anchor::MeetingHeld && self.met_at(rule).is_some_and(|met| met <= reopened);
        Some(if was_met { from } else { from.max(reopened) })
    }

    /// After how many minutes, while it is late, the clock rings again.
    fn repeat(&self, rule: &ClockRule) -> i64 {
        match self.course(rule) {
            Course::Reminds => rule.repeat.max(REMIND_EVERY.min(rule.minutes)),
            _ => rule.repeat,
        }
        .max(1)
    }

    fn with_snooze(&self, rule: &ClockRule, from: Option<Moment>, due: Moment) -> Moment {
        self.clocks
            .get(&rule.key)
            .and_then(|memory| memory.snooze.as_ref())
            .filter(|snooze| from.is_some_and(|from| snooze.at >= from))
            .map_or(due, |snooze| due.max(snooze.until))
    }

    fn mark_to_ring(&self, view: &ClockView<'_>, now: Moment) -> Option<Event> {
        let due_at = view.due_at.filter(|_| view.is_running())?;
        let offset = if now >= due_at {
            let late = now.since(due_at).num_minutes();
            let late = if self.course(view.rule) == Course::Reminds { late.min(REMIND_FOR) } else { late };
            let repeat = self.repeat(view.rule);
            late / repeat * repeat
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

fn course(rule: &ClockRule, stage: Stage) -> Course {
    let of = COURSES.iter().find(|(met_by, _)| *met_by == rule.met_by);
    of.map_or(Course::Stops, |(_, stages)| stages[stage as usize])
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
