//! The report's findings: what happened, in figures, who led, what was answered, how the routine was followed, what was learnt.

use std::fmt::Write as _;

use crate::domain::item_state::Settlement;
use crate::domain::phrase::{Arg, Phrase};
use crate::domain::question::Certainty;
use crate::domain::room::State;
use crate::report::Report;
use crate::report::outline::{AnswerLine, ItemLine};

use super::escape::{block, inline};
use super::page::ReportPage;

/// What happened in a sentence or two, and what is still open (P3).
pub(super) fn summary(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = format!("{}\n\n", page.lexicon.say(&outcome(report, page)));
    for key in ["what", "why"] {
        let answer = report.status.questions.iter().find(|question| question.key == key);
        if let Some((question, answer)) = answer.and_then(|q| Some((q, q.answer.as_deref()?))) {
            // What is assumed must not reach the reader as a fact.
            let doubt = match question.certainty {
                Some(certainty @ (Certainty::Assumed | Certainty::Unknown)) => {
                    format!(" *({})*", page.lexicon.say(&certainty.label()))
                }
                Some(Certainty::Confirmed) | None => String::new(),
            };
            let _ = writeln!(text, "- **{}** {}{doubt}", inline(&question.prompt), block(answer));
        }
    }
    let _ = writeln!(text, "\n### {}\n", page.say("report-open"));
    if report.outline.left_open.is_empty() {
        text.push_str(&page.say("report-nothing-open"));
    }
    text.extend(report.outline.left_open.iter().map(|sentence| format!("- {}\n", inline(sentence))));
    text
}

/// How it stands and how long it lasted. Reopened, it names each restoration and how long each outage was.
fn outcome(report: &Report, page: &ReportPage<'_>) -> Phrase {
    let status = &report.status;
    let once = status.outages.len() < 2;
    let phrase = match (status.state, status.restored_at) {
        (State::Open, _) | (_, None) if once => Phrase::new("report-summary-open"),
        (State::Open, _) | (_, None) => Phrase::new("report-summary-reopened"),
        (State::Restored, Some(at)) if once => Phrase::new("report-summary-restored").with("time", page.day_time(at)),
        (State::Restored, _) => Phrase::new("report-summary-restored-again"),
        (State::Closed, Some(at)) if once => Phrase::new("report-summary-closed").with("time", page.day_time(at)),
        (State::Closed, _) => Phrase::new("report-summary-closed-again"),
    };
    let phrase = phrase.with("meetings", status.meetings_held);
    if once {
        return phrase.with("span", Arg::Minutes(status.elapsed_s / 60));
    }
    let restored: Vec<String> =
        status.outages.iter().filter_map(|outage| outage.restored_at).map(|at| page.day_time(at)).collect();
    let reopened = status.outages.last().map(|outage| page.day_time(outage.began_at)).unwrap_or_default();
    let began = status.outages.first().map_or(page.now, |outage| outage.began_at);
    let whole = status.restored_at.unwrap_or(page.now).since(began).num_minutes();
    phrase
        .with("times", page.listed(&restored))
        .with("reopened", reopened)
        .with("spans", spans(report, page))
        .with("span", Arg::Minutes(whole))
}

/// How long each outage was: `1 h + 1 h`.
fn spans(report: &Report, page: &ReportPage<'_>) -> String {
    let spans = report.status.outages.iter().map(|outage| page.span(outage.seconds / 60));
    spans.collect::<Vec<_>>().join(" + ")
}

/// The incident in figures, then who led and who was called.
pub(super) fn facts(report: &Report, page: &ReportPage<'_>) -> String {
    let roles = roles(report, page);
    let gap = if roles.is_empty() { "" } else { "\n" };
    format!("{}{gap}{roles}", figures(report, page))
}

/// States, priority, times and durations.
fn figures(report: &Report, page: &ReportPage<'_>) -> String {
    let (status, outline) = (&report.status, &report.outline);
    let mut rows: Vec<(&'static str, String)> = Vec::new();
    let mut row = |key: &'static str, value: Option<String>| rows.extend(value.map(|value| (key, value)));
    row("report-customer", status.customer.as_deref().map(inline));
    row(
        "report-state",
        Some(page.say(match status.state {
            State::Open => "state-open",
            State::Restored => "state-restored",
            State::Closed => "state-closed",
        })),
    );
    row("report-priority", priority(report));
    row("report-agreed-with", outline.agreed_with.as_deref().map(inline));
    row(
        "report-classified",
        outline.classified.as_ref().map(|classified| match &classified.who {
            Some(who) => format!("{} ({})", inline(who), inline(&classified.entitled)),
            None => inline(&classified.entitled),
        }),
    );
    row(
        "report-routine-force",
        outline.routine.as_ref().map(|_| {
            let force = page.say(if status.routine_active { "report-in-force" } else { "report-not-in-force" });
            outline.activation_reason.as_ref().map_or(force.clone(), |reason| format!("{force}: {}", inline(reason)))
        }),
    );
    row("report-lead", status.cim.as_deref().map(inline));
    row("report-began", status.began_at.map(|at| page.day_time(at)));
    row("report-declared", status.declared_at.map(|at| page.day_time(at)));
    row("report-mitigated", status.mitigated_at.map(|at| page.day_time(at)));
    for (nth, outage) in status.outages.iter().enumerate() {
        row("report-reopened", (nth > 0).then(|| page.day_time(outage.began_at)));
        row("report-restored", outage.restored_at.map(|at| page.day_time(at)));
    }
    row("report-closed", status.closed_at.map(|at| page.day_time(at)));
    let (duration, outage) = match status.restored_at {
        Some(_) => ("report-duration", "report-outage"),
        None => ("report-duration-open", "report-outage-open"),
    };
    row(duration, status.declared_at.map(|_| page.span(status.elapsed_s / 60)));
    match status.outages.as_slice() {
        [] => {}
        [only] => row(outage, Some(page.span(only.seconds / 60))),
        _ => row("report-outages", Some(outages(report, page))),
    }
    row("report-meetings-held", Some(status.meetings_held.to_string()));
    row(
        "report-checklist-tally",
        (status.checklist.total > 0).then(|| {
            page.lexicon.say(
                &Phrase::new("report-tally")
                    .with("done", status.checklist.done)
                    .with("waived", status.checklist.waived)
                    .with("total", status.checklist.total),
            )
        }),
    );
    row("report-problem", outline.problem.as_deref().map(inline));
    row(
        "report-delivered",
        outline.report_delivered.as_ref().map(|d| format!("{} · {}", page.day_time(d.at), inline(&d.to))),
    );
    let mut text = String::from("| | |\n|---|---|\n");
    for (key, value) in rows {
        let _ = writeln!(text, "| {} | {value} |", page.say(key));
    }
    for phase in &outline.phases {
        let _ = writeln!(text, "| {} | {} |", inline(&phase.phase), page.day_time(phase.at));
    }
    text
}

/// Every outage with its times, and how long they were together: `11:00–12:00 (1 h), 16:00–17:00 (1 h): 1 h + 1 h = 2 h`.
fn outages(report: &Report, page: &ReportPage<'_>) -> String {
    let each = report.status.outages.iter().map(|outage| {
        let end = outage.restored_at.map(|at| page.lexicon.time(at, outage.began_at)).unwrap_or_default();
        format!("{}–{end}", page.time(outage.began_at))
    });
    // The sum of what is shown: seconds that are left out of each would come back as a minute in the sum.
    let sum: i64 = report.status.outages.iter().map(|outage| outage.seconds / 60).sum();
    let sum = Phrase::new("report-outages-sum").with("spans", spans(report, page)).with("sum", Arg::Minutes(sum));
    format!("{}: {}", each.collect::<Vec<_>>().join(", "), page.lexicon.say(&sum))
}

fn priority(report: &Report) -> Option<String> {
    let level = report.status.priority?;
    let name = report.status.priority_name.as_deref().map(inline).unwrap_or_default();
    let grade = |label: &Option<String>, grade: Option<u8>| match (label, grade) {
        (Some(label), Some(grade)) => format!("{grade} {}", inline(label)),
        (None, Some(grade)) => grade.to_string(),
        _ => String::new(),
    };
    Some(format!(
        "{level} {name} ({} {}, {} {})",
        inline(&report.outline.urgency_name),
        grade(&report.outline.urgency_label, report.status.urgency),
        inline(&report.outline.impact_name),
        grade(&report.outline.impact_label, report.status.impact),
    ))
}

/// Who held which role, and the calls that were made to staff them.
fn roles(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    for holder in &report.outline.roles {
        let since = page.say_with("report-since", "time", page.time(holder.since));
        let _ = writeln!(text, "- **{}** {} ({since})", inline(&holder.role), inline(&holder.person));
    }
    if !report.outline.escalations.is_empty() {
        let _ = writeln!(text, "\n{}\n", page.say("report-escalations"));
        for call in &report.outline.escalations {
            let (at, said) = (page.time(call.at), inline(&call.said));
            let _ = match call.struck.as_deref() {
                None => writeln!(text, "- {at} {said}"),
                Some("") => writeln!(text, "- {at} ~~{said}~~"),
                Some(reason) => writeln!(text, "- {at} ~~{said}~~ ({})", inline(reason)),
            };
        }
    }
    text
}

/// Every question with its present answer, and what was answered before (P23–P28, P50, P51).
pub(super) fn answers(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    for question in &report.outline.answers {
        let _ = writeln!(text, "### {}\n", inline(&question.prompt));
        let Some((present, earlier)) = question.history.split_last() else {
            let _ = writeln!(text, "*{}*\n", page.say("report-unanswered"));
            continue;
        };
        let said = |answer: &AnswerLine| {
            let certainty = page.say(match answer.certainty {
                "sure" => "certainty-confirmed",
                "assumed" => "certainty-assumed",
                _ => "certainty-unknown",
            });
            let at = page.time(answer.at);
            let time = answer
                .time
                .map(|time| page.lexicon.time(time, answer.at))
                .filter(|time| *time != answer.answer)
                .map(|time| format!(" · {time}"));
            format!(
                "{}{} ({certainty}, {at}, {})",
                block(&answer.answer),
                time.unwrap_or_default(),
                inline(&answer.sure.sign(&answer.by))
            )
        };
        let _ = writeln!(text, "{}\n", said(present));
        for answer in earlier {
            let _ = writeln!(text, "- {} {}", page.say("report-earlier"), said(answer));
        }
        if !earlier.is_empty() {
            text.push('\n');
        }
    }
    text
}

/// What the debrief answered (P76–P79).
pub(super) fn debrief(report: &Report, page: &ReportPage<'_>) -> String {
    if report.status.state == State::Open && report.outline.debrief.iter().all(|line| line.answer.is_none()) {
        return String::new();
    }
    let mut text = String::new();
    for line in &report.outline.debrief {
        let answer = line.answer.as_deref().map_or_else(|| format!("*{}*", page.say("report-unanswered")), block);
        let _ = writeln!(text, "### {}\n\n{answer}\n", inline(&line.prompt));
    }
    text
}

/// Which procedure was followed, point by point: done by whom and when, waived why, or neither (P1, P3, P21, P83).
pub(super) fn routine(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    if let Some(routine) = &report.outline.routine {
        let _ = writeln!(text, "{} ({})\n", inline(&routine.title), inline(&routine.id));
        for (key, value) in [
            ("report-version", &routine.version),
            ("report-date", &routine.date),
            ("report-author", &routine.author),
            ("report-owner", &routine.owner),
        ] {
            let _ = writeln!(text, "- {}: {}", page.say(key), inline(value));
        }
        if !routine.clauses.is_empty() {
            let _ = writeln!(text, "- {}: {}", page.say("report-clauses"), inline(&routine.clauses.join(", ")));
        }
    }
    for section in &report.outline.checklist_sections {
        let _ = writeln!(text, "\n### {}\n", inline(&section.title));
        text.extend(section.items.iter().map(|item| item_line(item, report, page)));
    }
    text
}

fn item_line(item: &ItemLine, report: &Report, page: &ReportPage<'_>) -> String {
    let mark = if item.settled == Some(Settlement::Done) { "x" } else { " " };
    let mut line = format!("- [{mark}] {}", inline(&item.title));
    match item.settled {
        Some(Settlement::Waived) => {
            let _ = write!(line, " · **{}**", page.say("report-waived"));
        }
        None if report.status.routine_active => {
            let _ = write!(line, " · **{}**", page.say("report-unsettled"));
        }
        _ => {}
    }
    if let (Some(at), Some(by), Some(sure)) = (item.at, &item.by, item.sure) {
        let _ = write!(line, " · {} {}", page.time(at), inline(&sure.sign(by)));
    }
    if let Some(assignee) = &item.assignee {
        let _ = write!(line, " · {}", page.say_with("report-assigned", "person", inline(assignee)));
    }
    if let Some(note) = &item.note {
        let _ = write!(line, " · {}", block(note));
    }
    if !item.clauses.is_empty() {
        let _ = write!(line, " ({})", inline(&item.clauses.join(", ")));
    }
    line.push('\n');
    line
}
