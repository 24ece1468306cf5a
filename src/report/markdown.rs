//! The report as a Markdown document: what is delivered within three days of close (P80–P82).

mod address;
mod escape;
mod page;
mod record;
mod summary;

use crate::domain::phrase::{Lexicon, Phrase};

use self::page::ReportPage;
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
type Section = fn(&Report, &ReportPage<'_>) -> String;

/// The report as Markdown (CommonMark with tables). People's words are escaped: they can neither form a heading, a link,
/// an image or HTML, nor hide.
pub fn render(report: &Report, lexicon: &dyn Lexicon) -> String {
    let began = report.status.declared_at.unwrap_or(report.made_at);
    let page = ReportPage { lexicon, now: report.made_at, began };
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
fn ordered(report: &Report, page: &ReportPage<'_>) -> Vec<(String, Section)> {
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
