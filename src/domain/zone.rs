//! A time zone: which offset is in force when, also in the hours that come twice or not at all.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDateTime, Offset as _, Timelike as _, Utc};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use super::time::{Moment, WRITABLE};

/// The abbreviations that zones with different offsets share, by the IANA database as of 2026: they do not tell the zone.
const AMBIGUOUS: [&str; 4] = ["CDT", "CST", "IST", "PST"];

/// A time zone and its rules, with or without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone(TimeZone::UTC);

    /// A zone of the IANA database, such as `Europe/Stockholm`; `None` if it has no such zone. The database is a part of the
    /// program, so that two machines never disagree.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Zone)
    }

    /// The zone with these rules.
    pub fn new(rules: TimeZone) -> Self {
        Zone(rules)
    }

    /// The zone whose clocks are always so many minutes ahead of UTC; UTC for more than a day.
    pub fn fixed(minutes: i32) -> Self {
        let offset = minutes.checked_mul(60).and_then(|seconds| Offset::from_seconds(seconds).ok());
        Zone(TimeZone::fixed(offset.unwrap_or(Offset::UTC)))
    }

    /// The zone in which the clocks always show the offset of `moment`.
    pub fn of_offset(moment: Moment) -> Self {
        Zone::fixed(moment.datetime().offset().local_minus_utc() / 60)
    }

    /// Returns what the IANA database calls it; `None` if the machine names rules or an offset instead.
    pub fn name(&self) -> Option<&str> {
        self.0.iana_name()
    }

    /// The same instant, with the offset that is in force here then.
    pub fn at(&self, instant: DateTime<impl chrono::TimeZone>) -> Moment {
        let offset = timestamp(instant.timestamp()).map_or(Offset::UTC, |at| self.0.to_offset(at));
        let here = instant.with_timezone(&fixed(offset));
        // At the ends of the calendar an offset would lead beyond what can be written.
        let is_writable = WRITABLE.contains(&here.year());
        Moment::new(if is_writable { here } else { instant.with_timezone(&Utc.fix()) })
    }

    /// The moment `minutes` after `moment` (before it when negative), with the offset that is in force here then.
    pub fn later(&self, moment: Moment, minutes: i64) -> Moment {
        self.local(moment.plus_minutes(minutes))
    }

    /// The same instant, with the offset that is in force here then.
    pub fn local(&self, moment: Moment) -> Moment {
        self.at(moment.datetime())
    }

    /// The shortest name that tells the offset in force at `moment`: `CET`, or `UTC+05:30` where the abbreviation has no
    /// letters or stands for several offsets.
    pub fn short_name(&self, moment: Moment) -> String {
        match self.letters(moment) {
            Some(name) if !AMBIGUOUS.contains(&name.as_str()) => name,
            _ => offset_name(self.local(moment)),
        }
    }

    /// Abbreviation and offset in force at `moment`: `CET (UTC+01:00)`; `UTC`; `UTC-03:00` where there is no abbreviation.
    pub fn long_name(&self, moment: Moment) -> String {
        let offset = offset_name(self.local(moment));
        match self.letters(moment) {
            Some(name) if name != offset => format!("{name} ({offset})"),
            _ => offset,
        }
    }

    /// The abbreviation in force at `moment`, unless it only repeats the offset, as in `-03`.
    fn letters(&self, moment: Moment) -> Option<String> {
        let name = self.abbreviation(self.local(moment))?;
        name.chars().all(|c| c.is_ascii_alphabetic()).then_some(name)
    }

    /// What the zone is called at that moment, as in `CET`; `None` if the moment was not noted in this zone.
    pub fn abbreviation(&self, moment: Moment) -> Option<String> {
        let info = self.0.to_offset_info(timestamp(moment.datetime().timestamp())?);
        (fixed(info.offset()) == *moment.datetime().offset()).then(|| info.abbreviation().to_owned())
    }

    /// Every moment at which the clocks here show `said`, in order: one; two in the hour that comes twice; for an hour that is
    /// left out the moment that many minutes later. None only at the ends of the calendar.
    pub fn moments(&self, said: NaiveDateTime) -> Vec<Moment> {
        let Some(civil) = civil(said) else { return Vec::new() };
        let moment = |offset| Some(Moment::new(said.and_local_timezone(fixed(offset)).single()?));
        match self.0.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => moment(offset).into_iter().collect(),
            // What the clocks would show had they not been put forward.
            AmbiguousOffset::Gap { before, .. } => {
                moment(before).map(|at| self.at(at.datetime())).into_iter().collect()
            }
            AmbiguousOffset::Fold { before, after } => [before, after].into_iter().filter_map(moment).collect(),
        }
    }
}

/// The offset of `moment` as `UTC+01:00`; `UTC` where it is none.
fn offset_name(moment: Moment) -> String {
    let offset = moment.datetime().offset().local_minus_utc();
    if offset == 0 { "UTC".to_owned() } else { format!("UTC{}", moment.datetime().format("%:z")) }
}

fn timestamp(seconds: i64) -> Option<Timestamp> {
    Timestamp::from_second(seconds).ok()
}

/// The offset in whole minutes: RFC 3339 writes no seconds, and the local times of the nineteenth century have some. With them
/// a time would be another one after it was written and read.
fn fixed(offset: Offset) -> FixedOffset {
    FixedOffset::east_opt(offset.seconds() / 60 * 60).unwrap_or(Utc.fix())
}

fn civil(said: NaiveDateTime) -> Option<civil::DateTime> {
    let small = |number: u32| i8::try_from(number).ok();
    let year = i16::try_from(said.year()).ok()?;
    // A leap second has no number of its own: the nanoseconds tell it, and no zone changes its offset there.
    civil::DateTime::new(
        year,
        small(said.month())?,
        small(said.day())?,
        small(said.hour())?,
        small(said.minute())?,
        small(said.second())?,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn stockholm() -> Zone {
        Zone::named("Europe/Stockholm").expect("a zone")
    }

    fn said(month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, month, day).and_then(|day| day.and_hms_opt(hour, minute, 0)).expect("a time")
    }

    fn moments(zone: &Zone, said: NaiveDateTime) -> Vec<String> {
        zone.moments(said).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_time_of_day_is_one_moment_or_two_and_never_none() {
        let zone = stockholm();
        assert_eq!(moments(&zone, said(7, 1, 14, 5)), ["2026-07-01T14:05:00.000+02:00"]);
        let twice = ["2026-10-25T02:30:00.000+02:00", "2026-10-25T02:30:00.000+01:00"];
        assert_eq!(moments(&zone, said(10, 25, 2, 30)), twice);
        assert_eq!(moments(&zone, said(3, 29, 2, 30)), ["2026-03-29T03:30:00.000+02:00"], "left out");
    }

    #[test]
    fn a_moment_is_named_only_where_it_was_noted() {
        let zone = stockholm();
        let summer = zone.at(DateTime::UNIX_EPOCH + chrono::Duration::days(200));
        assert_eq!(zone.abbreviation(summer).as_deref(), Some("CET"), "there was no summer time in 1970");
        let noted = |text: &str| Moment::parse(text).expect("a moment");
        assert_eq!(zone.abbreviation(noted("2026-07-01T14:05:00+02:00")).as_deref(), Some("CEST"));
        assert_eq!(zone.abbreviation(noted("2026-07-01T14:05:00+01:00")), None);
    }

    #[test]
    fn names_tell_the_offset() {
        let at = |text: &str| Moment::parse(text).expect("a moment");
        for (zone, moment, short, long) in [
            ("Europe/Stockholm", "2026-11-29T20:45:00Z", "CET", "CET (UTC+01:00)"),
            ("Europe/Stockholm", "2026-07-01T09:45:00-05:00", "CEST", "CEST (UTC+02:00)"),
            ("America/New_York", "2026-11-29T20:45:00Z", "EST", "EST (UTC-05:00)"),
            ("Asia/Kolkata", "2026-11-29T20:45:00Z", "UTC+05:30", "IST (UTC+05:30)"),
            ("Asia/Shanghai", "2026-11-29T20:45:00Z", "UTC+08:00", "CST (UTC+08:00)"),
            ("America/Sao_Paulo", "2026-11-29T20:45:00Z", "UTC-03:00", "UTC-03:00"),
            ("Europe/London", "2026-11-29T20:45:00Z", "GMT", "GMT (UTC)"),
            ("UTC", "2026-11-29T21:45:00+01:00", "UTC", "UTC"),
        ] {
            let (zone, moment) = (Zone::named(zone).expect("a zone"), at(moment));
            assert_eq!((zone.short_name(moment).as_str(), zone.long_name(moment).as_str()), (short, long), "{zone:?}");
        }
    }

    #[test]
    fn a_moment_of_long_ago_is_the_same_when_it_is_read_again() {
        let moment = stockholm().at(DateTime::parse_from_rfc3339("1820-06-01T12:00:00Z").expect("a time"));
        assert_eq!(moment.to_string(), "1820-06-01T12:53:00.000+00:53");
        assert_eq!(Moment::parse(&moment.to_string()), Ok(moment));
    }

    #[test]
    fn no_short_name_stands_for_two_offsets() {
        let mut offsets = std::collections::BTreeMap::new();
        for name in jiff::tz::db().available() {
            let zone = Zone::named(name.as_str()).expect("a zone");
            for month in 1..=12 {
                let moment = zone.at(said(month, 15, 12, 0).and_utc());
                let offset = moment.datetime().offset().local_minus_utc();
                let known = *offsets.entry(zone.short_name(moment)).or_insert(offset);
                assert_eq!(known, offset, "{} in {}", zone.short_name(moment), name.as_str());
            }
        }
        assert!(offsets.len() > 40, "{offsets:?}");
    }

    #[test]
    fn another_reader_of_the_same_zones_agrees() {
        use chrono::TimeZone as _;
        for name in ["Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"] {
            let zone = Zone::named(name).expect("a zone");
            let other: chrono_tz::Tz = name.parse().expect("the other reader knows it");
            let hours = (0..6 * 366 * 48).map(|halves| said(1, 1, 0, 0) + chrono::Duration::minutes(30 * halves));
            for said in hours {
                let expected = other.from_local_datetime(&said);
                let expected: Vec<Moment> = [expected.earliest(), expected.latest()]
                    .into_iter()
                    .flatten()
                    .map(|at| Moment::new(at.fixed_offset()))
                    .collect();
                let found = zone.moments(said);
                // For one moment the other reader's first and last are the same; a gap has none there.
                assert!(expected.is_empty() || found.first() == expected.first(), "{name} {said}: {found:?}");
                assert!(expected.is_empty() || found.last() == expected.last(), "{name} {said}: {found:?}");
                assert_eq!(found.len(), if expected.first() == expected.last() { 1 } else { 2 }, "{name} {said}");
                let offset = other.offset_from_utc_datetime(&said).fix();
                assert_eq!(*zone.at(said.and_utc()).datetime().offset(), offset, "{name} {said}");
            }
        }
    }

    #[test]
    fn rules_without_a_name_hold_as_well() {
        let zone = Zone::new(TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").expect("rules"));
        assert_eq!(zone.name(), None);
        assert_eq!(moments(&zone, said(7, 1, 14, 5)), ["2026-07-01T14:05:00.000-04:00"]);
        assert_eq!(moments(&zone, said(1, 5, 14, 5)), ["2026-01-05T14:05:00.000-05:00"]);
    }
}
