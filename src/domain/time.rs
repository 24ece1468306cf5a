//! A moment as the room keeps it: to the millisecond, with the offset that was in force where it was noted.

use std::fmt;

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, SecondsFormat, SubsecRound, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The years that RFC 3339 can write.
pub(super) const WRITABLE: std::ops::RangeInclusive<i32> = 0..=9999;

/// A point in time with its offset. Compared by instant; the offset only says how to show it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(DateTime<FixedOffset>);

impl Moment {
    /// The moment `at`, cut to the millisecond (what the journal keeps).
    pub fn new(at: DateTime<FixedOffset>) -> Self {
        Moment(at.trunc_subsecs(3))
    }

    /// The moment an RFC 3339 text names.
    ///
    /// # Errors
    /// When the text is not RFC 3339 with an offset.
    pub fn parse(text: &str) -> Result<Self, chrono::ParseError> {
        DateTime::parse_from_rfc3339(text).map(Moment::new)
    }

    /// As chrono has it.
    pub fn datetime(self) -> DateTime<FixedOffset> {
        self.0
    }

    /// Milliseconds since 1970 (UTC).
    pub fn millis(self) -> i64 {
        self.0.timestamp_millis()
    }

    /// `HH:MM`, at its own offset.
    pub fn hm(self) -> String {
        format!("{:02}:{:02}", self.0.hour(), self.0.minute())
    }

    /// `HH:MM:SS`, at its own offset.
    pub fn hms(self) -> String {
        format!("{:02}:{:02}:{:02}", self.0.hour(), self.0.minute(), self.0.second())
    }

    /// The calendar day, at its own offset.
    pub fn date(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// The same instant, shown at the offset of `other`.
    pub fn at_offset_of(self, other: Moment) -> Self {
        Moment(self.0.with_timezone(other.0.offset()))
    }

    /// This moment moved by `minutes` (may be negative), as [`Moment::plus`] moves it.
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Duration::try_minutes(minutes).map_or(self, |span| self.plus(span))
    }

    /// This moment moved by `span`. A span beyond what RFC 3339 can write (the years 0 to 9999) leaves the moment where it
    /// is: a journal holds nothing that it cannot be read back from.
    pub fn plus(self, span: Duration) -> Self {
        let moved = self.0.checked_add_signed(span).filter(|moved| WRITABLE.contains(&moved.year()));
        Moment(moved.unwrap_or(self.0))
    }

    /// How long after `earlier` this is (negative when before).
    pub fn since(self, earlier: Moment) -> Duration {
        self.0 - earlier.0
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, false))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Moment::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
