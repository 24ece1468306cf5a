//! The report's record: timeline, meetings, actions and plans, what was asked for, and what was told.

use std::fmt::Write as _;

use crate::domain::room::MessageStatus;
use crate::report::Report;
use crate::report::outline::ActionLine;

use super::escape::{block, inline};
use super::page::ReportPage;

/// Every entry under its day, in the order in which things happened (P30).
pub(super) fn timeline(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    let mut day = None;
    for line in &report.timeline {
        if day != Some(line.at.date()) {
            if day.is_some() {
                text.push('\n');
            }
            day = Some(line.at.date());
            let _ = writeln!(text, "### {}\n", line.at.date());
        }
        let kind = page.lexicon.say(&line.kind.label());
        let words = match (&line.struck, &line.was) {
            (Some(reason), _) if reason.is_empty() => format!("~~{}~~", block(&line.text)),
            (Some(reason), _) => format!("~~{}~~ ({})", block(&line.text), inline(reason)),
            (None, Some(was)) => format!("{} ~~{}~~", block(&line.text), block(was)),
            (None, None) => block(&line.text),
        };
        let star = if line.starred { "★ " } else { "" };
        let late = if line.late {
            format!(" *{}*", page.say_with("report-late", "time", page.lexicon.time(line.rec, line.at)))
        } else {
            String::new()
        };
        let moved = line.was_at.map_or_else(String::new, |was_at| {
            format!(" *{}*", page.say_with("report-moved", "time", page.lexicon.time(was_at, line.at)))
        });
        let _ = writeln!(
            text,
            "- {} **{kind}** {star}{words} ({}){moved}{late}",
            page.second(line.at),
            inline(&line.signed())
        );
    }
    if report.timeline.iter().any(|line| !line.sure.mark(&line.by).is_empty()) {
        let _ = writeln!(text, "\n*{}*", inline(&page.say("report-names")));
    }
    text
}

/// Every meeting with its agenda and outcomes (P65–P75).
pub(super) fn meetings(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    for meeting in &report.outline.meetings {
        let from = page.time(meeting.started_at);
        let to = meeting.ended_at.map(|at| page.lexicon.time(at, meeting.started_at));
        let heading = page.say_with("report-meeting", "no", meeting.no);
        let _ = writeln!(text, "### {heading}: {from}–{}\n", to.unwrap_or_default());
        if meeting.held == Some(false) {
            let _ = writeln!(text, "**{}**\n", page.say("report-called-off"));
        }
        if !meeting.attendees.is_empty() {
            let names: Vec<String> = meeting.attendees.iter().map(|name| inline(name)).collect();
            let _ = writeln!(text, "{}: {}\n", page.say("report-attendees"), names.join(", "));
        }
        for point in &meeting.agenda {
            let (mark, when) = match point.at {
                Some(at) => ("x", format!(" ({})", page.lexicon.time(at, meeting.started_at))),
                None => (" ", String::new()),
            };
            let outcome = point.outcome.as_deref().map(|outcome| format!(": {}", block(outcome))).unwrap_or_default();
            let _ = writeln!(text, "- [{mark}] {}{when}{outcome}", inline(&point.title));
        }
        if let Some(summary) = &meeting.summary {
            let _ = writeln!(text, "\n{}", block(summary));
        }
        text.push('\n');
    }
    text
}

/// What was done and what it took: actions, plan A and plan B, suppliers, what was asked for, what was in the way.
pub(super) fn actions(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text: String = report.outline.actions.iter().map(|action| action_line(action, page)).collect();
    for (heading, body) in [
        ("report-tracks", tracks(report, page)),
        ("report-suppliers", suppliers(report, page)),
        ("report-resources", resources(report, page)),
        ("report-obstacles", obstacles(report, page)),
        ("report-shifts", shifts(report, page)),
    ] {
        if !body.is_empty() {
            let _ = writeln!(text, "\n### {}\n\n{}", page.say(heading), body.trim_end());
        }
    }
    text
}

/// What is to keep it from happening again (P28, P79).
pub(super) fn corrective_actions(report: &Report, page: &ReportPage<'_>) -> String {
    report.outline.corrective_actions.iter().map(|action| action_line(action, page)).collect()
}

fn action_line(action: &ActionLine, page: &ReportPage<'_>) -> String {
    let mark = if action.state == "done" { "x" } else { " " };
    let mut line = format!("- [{mark}] {}\\. {}", action.no, block(&action.text));
    if let Some(owner) = &action.owner {
        let _ = write!(line, " · {}", inline(owner));
    }
    if let Some(track) = &action.track {
        let _ = write!(line, " · {}", page.say_with("report-track", "track", track.as_str()));
    }
    if let Some(due) = action.due {
        let due = page.time(due);
        let _ = write!(line, " · {}", page.say_with("report-due", "time", due));
    }
    if let Some(late) = action.late_minutes {
        let _ = write!(line, " · **{}**", page.say_with("report-overdue", "span", page.span(late)));
    }
    let ended = match action.state {
        "done" => Some("report-done"),
        "dropped" => Some("report-dropped"),
        _ => None,
    };
    if let (Some(ended), Some(at)) = (ended, action.ended_at) {
        let at = page.time(at);
        let _ = write!(line, " · {}", page.say_with(ended, "time", at));
    }
    if let Some(outcome) = &action.outcome {
        let _ = write!(line, ": {}", block(outcome));
    }
    line.push('\n');
    line
}

/// Plan A and plan B, what would make us switch, and the choice (P59, P60).
fn tracks(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    let outline = &report.outline;
    for track in &outline.tracks {
        let at = page.time(track.opened_at);
        let heading = page.say_with("report-track", "track", track.track.as_str());
        let _ = write!(text, "- **{heading}** ({at}): {}", block(&track.plan));
        if let Some(reason) = &track.dropped {
            let _ = write!(text, " · {}: {}", page.say("report-track-dropped"), block(reason));
        }
        text.push('\n');
    }
    if let Some(condition) = &outline.switch_condition {
        let _ = writeln!(text, "- {}: {}", page.say("report-switch"), block(condition));
    }
    if let Some(choice) = &outline.chosen_track {
        let heading = page.say_with("report-chosen", "track", choice.track.as_str());
        let at = page.time(choice.at);
        let reason = choice.reason.as_deref().map(|reason| format!(": {}", block(reason))).unwrap_or_default();
        let _ = writeln!(text, "- {heading} ({at}){reason}");
    }
    text
}

/// Suppliers: their case, whether they hold it as critical, who they put on it (P34–P36, P63, P64).
fn suppliers(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    for supplier in &report.outline.suppliers {
        let case = supplier.case.as_deref().map_or_else(|| page.say("report-no-case"), inline);
        let critical = page.say(match supplier.critical {
            Some(true) => "report-critical",
            Some(false) => "report-not-critical",
            None => "report-critical-unknown",
        });
        let staff = supplier.staff.as_deref().map(|staff| format!(" · {}", inline(staff))).unwrap_or_default();
        let at = page.time(supplier.engaged_at);
        let _ = writeln!(text, "- {at} **{}** · {case} · {critical}{staff}", inline(&supplier.name));
    }
    text
}

/// People, teams and things that were asked for (P52–P54, P58).
fn resources(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    for resource in &report.outline.resources {
        let state = match (&resource.allocated, &resource.dropped) {
            (Some(who), _) => {
                let at = resource.allocated_at.map(|at| page.time(at)).unwrap_or_default();
                format!("{}: {}", page.say_with("report-allocated", "time", at), block(who))
            }
            (None, Some(reason)) => format!("{}: {}", page.say("report-not-needed"), block(reason)),
            (None, None) => format!("**{}**", page.say("report-waiting")),
        };
        let at = page.time(resource.asked_at);
        let _ = writeln!(text, "- {at} {} · {state}", block(&resource.what));
    }
    text
}

/// What was in the way of those who worked (P55–P58).
fn obstacles(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    for obstacle in &report.outline.obstacles {
        let state = match obstacle.cleared_at {
            Some(at) => {
                let at = page.time(at);
                let how = obstacle.how.as_deref().map(|how| format!(": {}", block(how))).unwrap_or_default();
                format!("{}{how}", page.say_with("report-cleared", "time", at))
            }
            None => format!("**{}**", page.say("report-in-the-way")),
        };
        let at = page.time(obstacle.raised_at);
        let _ = writeln!(text, "- {at} {} · {state}", block(&obstacle.text));
    }
    text
}

/// Who relieves whom (P61, P62).
fn shifts(report: &Report, page: &ReportPage<'_>) -> String {
    let shifts = report.outline.shifts.iter();
    shifts.map(|s| format!("- {} {}\n", page.time(s.starts_at), inline(&s.who))).collect()
}

/// What was told, to whom and how (P37, P43–P49).
pub(super) fn notices(report: &Report, page: &ReportPage<'_>) -> String {
    let mut text = String::new();
    for message in &report.outline.messages {
        let status = page.say(match message.status {
            MessageStatus::Drafted => "report-drafted",
            MessageStatus::Sent => "report-sent",
            MessageStatus::Failed => "report-failed",
        });
        let notice = message.notice.as_deref().map(|notice| format!(" · {}", inline(notice))).unwrap_or_default();
        let audience = match message.audience.trim() {
            "" => String::new(),
            audience => format!(" → {}", inline(audience)),
        };
        let _ = writeln!(
            text,
            "- {} **{status}** {}{audience}{notice}: {}",
            page.time(message.at),
            inline(&message.channel_name),
            block(&message.text)
        );
    }
    text
}
