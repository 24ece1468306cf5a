//! A time as it was said, and which moment that is here and now.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::day::{Day, days_until, in_year};
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

/// A time of day this far ahead still means now; this far behind still means now, not the next time.
const TOLERANCE: Duration = Duration::minutes(1);
/// A time of day that has not come yet and was so short a while ago before midnight is last night's. A guess: a night shift
/// writes down at three what happened at ten.
pub const LAST_NIGHT: Duration = Duration::hours(6);
/// The same in a log: it tells of what has been, so the nearer of the two is meant.
pub const LAST_NIGHT_IN_LOG: Duration = Duration::hours(12);
/// What is due on a day, without a time of day, is due when its working day ends.
const END_OF_WORKING_DAY: (u32, u32) = (17, 0);
/// What is due today, said after that, is due when the day ends.
const END_OF_DAY: (u32, u32) = (23, 59);

/// A time as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Now,
    /// So many minutes before.
    Ago(i64),
    /// So many minutes ahead.
    In(i64),
    At(DayOrTime),
}

/// A day, a time of day or both. One of the two is always there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOrTime {
    pub day: Option<Day>,
    pub time: Option<NaiveTime>,
    /// Whose clocks are meant, when that was said.
    pub zone: Option<Zone>,
}

/// Which moment a time means that should have passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    Passed(Moment),
    /// It was said without a day, and was yesterday's.
    LastNight(Moment),
    /// It has not come yet.
    Ahead(Moment),
}

impl Past {
    /// The moment itself.
    pub fn moment(self) -> Moment {
        match self {
            Past::Passed(at) | Past::LastNight(at) | Past::Ahead(at) => at,
        }
    }

    /// The same moment, with the offset that is in force in `zone`.
    fn here(self, zone: &Zone) -> Self {
        match self {
            Past::Passed(at) => Past::Passed(zone.local(at)),
            Past::LastNight(at) => Past::LastNight(zone.local(at)),
            Past::Ahead(at) => Past::Ahead(zone.local(at)),
        }
    }
}

/// Where a day begins or ends, for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

impl Said {
    /// Whether a day was said without a time of day.
    pub fn lacks_time(&self) -> bool {
        matches!(self, Said::At(DayOrTime { time: None, .. }))
    }

    /// The same time of day yesterday.
    fn yesterday(&self) -> Said {
        match self {
            Said::At(at) => Said::At(DayOrTime { day: Some(Day::Relative(-1)), ..at.clone() }),
            other => other.clone(),
        }
    }

    /// Whether it is a time of day without a day.
    pub fn lacks_day(&self) -> bool {
        matches!(self, Said::At(DayOrTime { day: None, .. }))
    }

    /// The moment meant, when it should have passed by `now`; none without a time of day, and outside of the calendar.
    ///
    /// A bare time of day is today's, or last night's when that was within `last_night`. A weekday is the latest one, a date
    /// without a year the nearest.
    pub fn past(&self, now: Moment, zone: &Zone, last_night: Duration) -> Option<Past> {
        let at = match self {
            Said::Now => return Some(Past::Passed(now)),
            Said::Ago(minutes) => return Some(Past::Passed(zone.later(now, -minutes))),
            Said::In(minutes) => return Some(Past::Ahead(zone.later(now, *minutes))),
            Said::At(at) => at,
        };
        let there = at.zone.as_ref().unwrap_or(zone);
        let (today, time) = (there.local(now).date(), at.time?);
        let latest = now.plus(TOLERANCE);
        let on = |date| passed(date, time, there, latest);
        let meant = match at.day {
            None => {
                let yesterday = || match on(days_from(today, -1)?)? {
                    Past::Passed(at) if now.since(at) <= last_night => Some(Past::LastNight(at)),
                    _ => None,
                };
                match on(today)? {
                    ahead @ Past::Ahead(_) => yesterday().unwrap_or(ahead),
                    passed => passed,
                }
            }
            Some(Day::Relative(days)) => on(days_from(today, days)?)?,
            Some(Day::Date(date)) => on(date)?,
            Some(Day::Weekday(weekday)) => {
                let next = days_from(today, days_until(weekday, today))?;
                match on(next)? {
                    Past::Ahead(_) => on(days_from(next, -7)?)?,
                    passed => passed,
                }
            }
            Some(Day::Yearly { month, day }) => on(nearest_year(today, month, day)?)?,
        };
        Some(meant.here(zone))
    }

    /// The earliest moment not behind `now` that this can mean; none outside of the calendar. A date is taken at its word.
    ///
    /// A day without a time of day means the end of its working day.
    pub fn ahead(&self, now: Moment, zone: &Zone) -> Option<Moment> {
        let at = match self {
            Said::Now => return Some(now),
            Said::Ago(minutes) => return Some(zone.later(now, -minutes)),
            Said::In(minutes) => return Some(zone.later(now, *minutes)),
            Said::At(at) => at,
        };
        let there = at.zone.as_ref().unwrap_or(zone);
        let today = there.local(now).date();
        let earliest = now.plus(-TOLERANCE);
        let default = |date: NaiveDate| {
            let ends = moments(date, END_OF_WORKING_DAY, there).into_iter().next();
            let is_over = date == today && ends.is_some_and(|ends| ends < earliest);
            let (hour, minute) = if is_over { END_OF_DAY } else { END_OF_WORKING_DAY };
            NaiveTime::from_hms_opt(hour, minute, 0)
        };
        let on = |date: NaiveDate| {
            let time = at.time.or_else(|| default(date))?;
            let all = there.moments(date.and_time(time));
            all.iter().find(|at| **at >= earliest).or(all.first()).copied()
        };
        let is_ahead = |at: &Moment| *at >= earliest;
        let meant = match at.day {
            None => (0..=2).find_map(|days| on(days_from(today, days)?).filter(is_ahead))?,
            Some(Day::Relative(days)) => on(days_from(today, days)?)?,
            Some(Day::Date(date)) => on(date)?,
            Some(Day::Weekday(weekday)) => {
                let next = days_from(today, days_until(weekday, today))?;
                let is_today_over = next == today && at.time.is_none() && {
                    let ends = moments(next, END_OF_WORKING_DAY, there);
                    ends.iter().all(|ends| *ends < earliest)
                };
                match on(next).filter(is_ahead) {
                    Some(at) if !is_today_over => at,
                    _ => on(days_from(next, 7)?)?,
                }
            }
            Some(Day::Yearly { month, day }) => {
                let year = chrono::Datelike::year(&today);
                let this_year = on(in_year(year, month, day)?).filter(is_ahead);
                this_year.or_else(|| on(in_year(year + 1, month, day)?))?
            }
        };
        Some(zone.local(meant))
    }

    /// The moment at which a period begins or ends: a day without a time of day is in it as a whole.
    pub fn edge(&self, edge: Edge, now: Moment, zone: &Zone) -> Option<Moment> {
        let Said::At(at @ DayOrTime { time: None, .. }) = self else {
            return match self.past(now, zone, LAST_NIGHT)? {
                // Nothing is recorded at it: the latest such time is meant.
                Past::Ahead(_) if self.lacks_day() => self.yesterday().past(now, zone, LAST_NIGHT).map(Past::moment),
                found => Some(found.moment()),
            };
        };
        let time = match edge {
            Edge::Start => NaiveTime::MIN,
            Edge::End => NaiveTime::from_hms_milli_opt(23, 59, 59, 999)?,
        };
        // Which day is meant does not depend on the time of day at which the period begins.
        let there = at.zone.as_ref().unwrap_or(zone);
        let today = there.local(now).date();
        let date = match at.day? {
            Day::Relative(days) => days_from(today, days)?,
            Day::Date(date) => date,
            Day::Weekday(weekday) => days_from(today, -((7 - days_until(weekday, today)) % 7))?,
            Day::Yearly { month, day } => nearest_year(today, month, day)?,
        };
        let all = there.moments(date.and_time(time));
        let meant = match edge {
            Edge::Start => all.first(),
            Edge::End => all.last(),
        };
        meant.map(|at| zone.local(*at))
    }
}

fn moments(date: NaiveDate, (hour, minute): (u32, u32), zone: &Zone) -> Vec<Moment> {
    date.and_hms_opt(hour, minute, 0).map_or_else(Vec::new, |said| zone.moments(said))
}

/// The last of the moments not ahead of `latest`, or the first when all are.
fn passed(date: NaiveDate, time: NaiveTime, zone: &Zone, latest: Moment) -> Option<Past> {
    let all = zone.moments(date.and_time(time));
    let passed = all.iter().rfind(|at| **at <= latest).map(|at| Past::Passed(*at));
    passed.or_else(|| all.first().map(|at| Past::Ahead(*at)))
}

fn days_from(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    day.checked_add_signed(Duration::try_days(days)?)
}

/// That day of the year in which it is nearest to `today`.
fn nearest_year(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let year = chrono::Datelike::year(&today);
    let dates = (-1..=1).filter_map(|by| in_year(year + by, month, day));
    dates.min_by_key(|date| date.signed_duration_since(today).num_days().abs())
}
