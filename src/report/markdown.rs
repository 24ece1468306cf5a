//! The report as a Markdown document: what is delivered within three days of close (P80–P82).

mod address;
mod escape;
mod record;
mod summary;

use crate::domain::phrase::{Arg, Lexicon, Phrase};
use crate::domain::time::Moment;

use super::Report;

/// The sections by the key that a routine's report template gives them, in the order a report has them when the routine
/// does not say otherwise.
const SECTIONS: [(&str, &str, Section); 10] = [
    ("summary", "report-summary", summary::summary),
    ("facts", "report-facts", summary::facts),
    ("answers", "report-answers", summary::answers),
    ("timeline", "report-timeline", record::timeline),
    ("meetings", "report-meetings", record::meetings),
    ("actions", "report-actions", record::actions),
    ("notices", "report-notices", record::notices),
    ("routine", "report-routine", summary::routine),
    ("debrief", "report-debrief", summary::debrief),
    ("corrective-actions", "report-corrective", record::corrective_actions),
];

/// Writes one section's body; nothing when it has nothing to say.
type Section = fn(&Report, &Page<'_>) -> String;

/// What a section needs besides the report.
struct Page<'a> {
    lexicon: &'a dyn Lexicon,
    now: Moment,
    /// When the incident was declared. The zone in force then is named at the top, and a time without a day is of this day.
    began: Moment,
}

impl Page<'_> {
    fn say(&self, key: &'static str) -> String {
        self.lexicon.say(&Phrase::new(key))
    }

    fn say_with(&self, key: &'static str, name: &'static str, arg: impl Into<Arg>) -> String {
        self.lexicon.say(&Phrase::new(key).with(name, arg))
    }

    /// The texts as a list in a sentence: `one, two and three`.
    fn listed(&self, texts: &[String]) -> String {
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
    fn span(&self, minutes: i64) -> String {
        self.say_with("report-span", "span", Arg::Minutes(minutes))
    }

    /// Names the zone of all times, and what it is called where the clocks were changed on the way.
    fn zone_line(&self, report: &Report) -> String {
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
    fn day_time(&self, at: Moment) -> String {
        let local = self.lexicon.zone().local(at);
        format!("{} {}", local.date(), self.second(at))
    }

    /// The time of day to the second, with the zone where it is another than the one named at the top.
    fn second(&self, at: Moment) -> String {
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
    fn time(&self, at: Moment) -> String {
        self.lexicon.time(at, self.began)
    }
}

/// The report as Markdown (CommonMark with tables). People's words are escaped: they can neither form a heading, a link,
/// an image or HTML, nor hide.
pub fn render(report: &Report, lexicon: &dyn Lexicon) -> String {
    let began = report.status.declared_at.unwrap_or(report.made_at);
    let page = Page { lexicon, now: report.made_at, began };
    let mut text = format!("# {}: {}\n", report.status.id, escape::inline(&report.status.title));
    if report.status.demo {
        text.push_str(&format!("\n**{}**\n", page.say("report-demo")));
    }
    text.push_str(&format!("\n{}\n", page.zone_line(report)));
    for (heading, section) in ordered(report, &page) {
        let body = section(report, &page);
        if !body.trim().is_empty() {
            text.push_str(&format!("\n## {heading}\n\n{}\n", body.trim_end()));
        }
    }
    text.push_str(&format!(
        "\n---\n\n{}\n",
        page.lexicon.say(
            &Phrase::new("report-made")
                .with("time", page.day_time(report.made_at))
                .with("id", report.status.id.as_str())
        )
    ));
    text
}

/// The routine's template first, under its own titles; what it does not name follows in the usual order (P80).
fn ordered(report: &Report, page: &Page<'_>) -> Vec<(String, Section)> {
    let template = report.outline.routine.as_ref().map_or(&[][..], |routine| &routine.sections);
    let named = template.iter().filter_map(|(key, title)| {
        SECTIONS.iter().find(|(known, ..)| known == key).map(|(_, _, section)| (escape::inline(title), *section))
    });
    let rest = SECTIONS
        .iter()
        .filter(|(key, ..)| !template.iter().any(|(named, _)| named == key))
        .map(|(_, heading, section)| (page.say(heading), *section));
    named.chain(rest).collect()
}
