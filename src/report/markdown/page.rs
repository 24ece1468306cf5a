//! What every section of the report is written with: the words, the reader's zone and the times of the document.

use crate::domain::phrase::{Arg, Lexicon, Phrase};
use crate::domain::time::Moment;
use crate::report::Report;

use super::escape;

/// What a section needs besides the report.
pub(super) struct ReportPage<'a> {
    pub(super) lexicon: &'a dyn Lexicon,
    pub(super) now: Moment,
    /// When the incident was declared. The zone in force then is named at the top, and a time without a day is of this day.
    pub(super) began: Moment,
}

impl ReportPage<'_> {
    pub(super) fn say(&self, key: &'static str) -> String {
        self.lexicon.say(&Phrase::new(key))
    }

    pub(super) fn say_with(&self, key: &'static str, name: &'static str, arg: impl Into<Arg>) -> String {
        self.lexicon.say(&Phrase::new(key).with(name, arg))
    }

    /// The texts as a list in a sentence: `one, two and three`.
    pub(super) fn listed(&self, texts: &[String]) -> String {
        match texts {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => {
                let phrase = Phrase::new("report-and").with("first", first.join(", ")).with("last", last.as_str());
                self.lexicon.say(&phrase)
            }
        }
    }

    /// A span in minutes, as the language writes it.
    pub(super) fn span(&self, minutes: i64) -> String {
        self.say_with("report-span", "span", Arg::Minutes(minutes))
    }

    /// Names the zone of all times, and what it is called where the clocks were changed on the way.
    pub(super) fn zone_line(&self, report: &Report) -> String {
        let zone = self.lexicon.zone();
        let mut name = zone.long_name(self.began);
        if let Some(place) = zone.name().filter(|place| !name.starts_with(place)) {
            name = format!("{place}, {name}");
        }
        let status = &report.status;
        let ends = [status.began_at, status.restored_at, status.closed_at, Some(report.made_at)];
        let all =
            report.timeline.iter().flat_map(|line| [Some(line.at), Some(line.rec), line.due]).chain(ends).flatten();
        let mut others: Vec<String> = all.filter(|at| !self.is_named(*at)).map(|at| zone.long_name(at)).collect();
        others.sort();
        others.dedup();
        if others.is_empty() {
            return escape::inline(&self.say_with("report-zone", "zone", name));
        }
        let phrase = Phrase::new("report-zones").with("zone", name).with("others", others.join(", "));
        escape::inline(&self.lexicon.say(&phrase))
    }

    /// Date and time of day, with the zone where it is another than the one named at the top.
    pub(super) fn day_time(&self, at: Moment) -> String {
        let local = self.lexicon.zone().local(at);
        format!("{} {}", local.date(), self.second(at))
    }

    /// The time of day to the second, with the zone where it is another than the one named at the top.
    pub(super) fn second(&self, at: Moment) -> String {
        let zone = self.lexicon.zone();
        let time = zone.local(at).hms();
        if self.is_named(at) { time } else { format!("{time} {}", zone.short_name(at)) }
    }

    /// Whether the offset in force at `at` is the one named at the top.
    fn is_named(&self, at: Moment) -> bool {
        let offset = |at: Moment| *self.lexicon.zone().local(at).datetime().offset();
        offset(at) == offset(self.began)
    }

    /// `at` beside the time that the incident was declared: with its day when that is another.
    pub(super) fn time(&self, at: Moment) -> String {
        self.lexicon.time(at, self.began)
    }
}
