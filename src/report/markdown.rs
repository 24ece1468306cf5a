//! The report as a Markdown document: what is delivered within three days of close (P80–P82).

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

/// What a section needs besides the report: the language and the report's own time zone.
struct Page<'a> {
    lexicon: &'a dyn Lexicon,
    now: Moment,
}

impl Page<'_> {
    fn say(&self, key: &'static str) -> String {
        self.lexicon.say(&Phrase::new(key))
    }

    fn say_with(&self, key: &'static str, name: &'static str, arg: impl Into<Arg>) -> String {
        self.lexicon.say(&Phrase::new(key).with(name, arg))
    }

    /// A span in minutes, as the language writes it.
    fn span(&self, minutes: i64) -> String {
        self.say_with("report-span", "span", Arg::Minutes(minutes))
    }

    /// Day and time of day, at the offset in force where it was noted.
    fn day_time(&self, at: Moment) -> String {
        format!("{} {}", at.date(), at.hms())
    }

    /// The time of day alone when it is the day of `beside`, else with its day.
    fn short(&self, at: Moment, beside: Option<Moment>) -> String {
        match beside {
            Some(beside) if beside.date() == at.date() => at.hm(),
            _ => format!("{} {}", at.date(), at.hm()),
        }
    }
}

/// The report as Markdown (CommonMark with tables). People's words are escaped: they can neither form a heading, a link,
/// an image or HTML, nor hide.
pub fn render(report: &Report, lexicon: &dyn Lexicon) -> String {
    let page = Page { lexicon, now: report.made_at };
    let mut text = format!("# {}: {}\n", report.status.id, escape::inline(&report.status.title));
    if report.status.demo {
        text.push_str(&format!("\n**{}**\n", page.say("report-demo")));
    }
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
