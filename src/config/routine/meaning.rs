//! What a routine file has to mean: its parts fit each other. Reads the file as it is, so that a fault of form elsewhere
//! hides none of these.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::{RoutineFindings, number};
use crate::domain::near::nearest;

/// Looks for everything that does not fit.
pub(super) fn check(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    keys_are_unique(findings, routine);
    roles_are_known(findings, routine);
    priorities_have_names(findings, routine);
    clocks_can_be_met(findings, routine);
    notices_meet_their_clock(findings, routine);
    items_can_be_settled(findings, routine);
    steps_have_one_time(findings, routine);
}

/// Looks for what can be used, and yet contradicts itself.
pub(super) fn advise(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    notices_have_one_time(findings, routine);
}

type Part<'a, 'i> = (&'a DeTable<'i>, Range<usize>);

/// The tables of the list `name`.
fn parts<'a, 'i>(table: &'a DeTable<'i>, name: &str) -> Vec<Part<'a, 'i>> {
    list(table, name).filter_map(|part| Some((part.get_ref().as_table()?, part.span()))).collect()
}

fn list<'a, 'i>(table: &'a DeTable<'i>, name: &str) -> impl Iterator<Item = &'a Spanned<DeValue<'i>>> {
    table.get(name).and_then(|list| list.get_ref().as_array()).into_iter().flat_map(|list| list.iter())
}

fn text<'a>(table: &'a DeTable<'_>, name: &str) -> Option<(&'a str, Range<usize>)> {
    let value = table.get(name)?;
    Some((value.get_ref().as_str()?, value.span()))
}

fn count(value: &Spanned<DeValue<'_>>) -> Option<(i64, Range<usize>)> {
    Some((number(value.get_ref().as_integer()?)?, value.span()))
}

fn flag<'a>(table: &'a DeTable<'_>, name: &str) -> Option<&'a Spanned<DeValue<'a>>> {
    table.get(name).filter(|value| value.get_ref().as_bool() == Some(true))
}

fn keys_are_unique(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    let mut unique = |what: &str, tables: Vec<Part<'_, '_>>| {
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        let mut keys: Vec<_> = tables.iter().filter_map(|(table, _)| text(table, "key")).collect();
        keys.sort_by_key(|(_, span)| span.start);
        for (key, span) in keys {
            match first.get(key) {
                Some(at) => {
                    let line = findings.line(*at);
                    let message = format!("the key “{key}” is used twice in {what}");
                    findings.add(span, message, format!("give one of them another key; the first is in line {line}"));
                }
                None => {
                    first.insert(key.to_owned(), span.start);
                }
            }
        }
    };
    for name in [
        "principles",
        "classifiers",
        "roles",
        "questions",
        "phases",
        "checklist",
        "clocks",
        "agenda",
        "notices",
        "debrief",
    ] {
        unique(&format!("`{name}`"), parts(routine, name));
    }
    // A point of the checklist is known by its key alone, whichever section it is in.
    let sections = parts(routine, "checklist");
    unique("the checklist's items", sections.iter().flat_map(|(section, _)| parts(section, "items")).collect());
    if let Some(report) = routine.get("report").and_then(|report| report.get_ref().as_table()) {
        unique("`report.sections`", parts(report, "sections"));
    }
}

fn roles_are_known(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    let roles = parts(routine, "roles");
    let known: Vec<&str> = roles.iter().filter_map(|(role, _)| text(role, "key")).map(|(key, _)| key).collect();
    let mut seen = Vec::new();
    let escalation = list(routine, "escalation").filter_map(|step| Some((step.get_ref().as_str()?, step.span())));
    for (place, (role, span)) in
        text(routine, "lead").map(|lead| ("lead", lead)).into_iter().chain(escalation.map(|step| ("escalation", step)))
    {
        if !known.contains(&role) {
            let help = match nearest(role, known.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None if known.is_empty() => "describe it with a table [[roles]]".to_owned(),
                None => format!("the roles are {}; a new one needs a table [[roles]]", known.join(", ")),
            };
            findings.add(span, format!("`{place}` names the role “{role}”, which is not described"), help);
        } else if place == "escalation" && seen.contains(&role) {
            findings.add(span, format!("the role “{role}” stands twice in `escalation`"), "take one of them out");
        } else if place == "escalation" {
            seen.push(role);
        }
    }
}

fn priorities_have_names(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    let Some(priority) = routine.get("priority").and_then(|priority| priority.get_ref().as_table()) else { return };
    let names = list(priority, "names").count();
    let named = i64::try_from(names).unwrap_or(i64::MAX);
    let cells = list(priority, "matrix").filter_map(|row| row.get_ref().as_array()).flat_map(|row| row.iter());
    for (level, span) in cells.filter_map(count).filter(|(level, _)| *level > named) {
        let help = format!("there are {names} names: use 1 to {names}, or add to `names`");
        findings.add(span, format!("the matrix gives priority {level}, which has no name"), help);
    }
    let limit = |name: &str| priority.get(name).and_then(count);
    for name in ["mandatory", "optional"] {
        if let Some((level, span)) = limit(name).filter(|(level, _)| *level > named) {
            let help = format!("there are {names} names: use 0 to {names}");
            findings.add(span, format!("`{name}` is priority {level}, which has no name"), help);
        }
    }
    if let (Some((mandatory, _)), Some((optional, span))) = (limit("mandatory"), limit("optional"))
        && optional < mandatory
    {
        let message = format!("`optional` is {optional}, but up to {mandatory} the routine is mandatory");
        findings.add(span, message, format!("write {mandatory} or more; {mandatory} means that it is never optional"));
    }
}

fn clocks_can_be_met(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    let clocks = parts(routine, "clocks");
    let is = |clock: &DeTable<'_>, name: &str, value: &str| text(clock, name).is_some_and(|(text, _)| text == value);
    let some_first_meeting =
        clocks.iter().any(|(clock, _)| is(clock, "met_by", "meeting") && !is(clock, "after", "meeting-held"));
    for (clock, _) in &clocks {
        if let Some((minutes, _)) = clock.get("minutes").and_then(count) {
            for (before, span) in list(clock, "warn_before").filter_map(count).filter(|(before, _)| *before >= minutes)
            {
                let message = format!("it warns {before} minutes before, but the clock has only {minutes}");
                findings.add(span, message, format!("write less than {minutes}"));
            }
        }
        let met_by_meeting = is(clock, "met_by", "meeting");
        if let Some((_, span)) = text(clock, "after").filter(|(after, _)| *after == "meeting-held")
            && met_by_meeting
            && !some_first_meeting
        {
            let help = "add a clock that is met by a meeting and starts after \"declared\" or \"began\"";
            findings.add(span, "nothing asks for a first meeting, so this clock may never start", help);
        }
        if let Some(adjustable) = flag(clock, "adjustable").filter(|_| !met_by_meeting) {
            let help = "take it out; only the interval between meetings is the lead's to set";
            findings.add(adjustable.span(), "`adjustable` on a clock that no meeting meets", help);
        }
        if let Some((_, span)) = text(clock, "met_by").filter(|(met_by, _)| *met_by == "debrief")
            && parts(routine, "debrief").is_empty()
        {
            findings.add(span, "the routine has no debrief questions, so nothing meets this clock", "add [[debrief]]");
        }
    }
}

fn notices_meet_their_clock(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    let notices = parts(routine, "notices");
    let mut firsts: Vec<_> =
        notices.iter().filter_map(|(notice, _)| flag(notice, "first")).map(Spanned::span).collect();
    firsts.sort_by_key(|span| span.start);
    for again in firsts.iter().skip(1) {
        let line = findings.line(firsts[0].start);
        findings.add(again.clone(), "two notices are the first", format!("keep one; the other is in line {line}"));
    }
    let clocks = parts(routine, "clocks");
    let asked = clocks.iter().filter_map(|(clock, _)| text(clock, "met_by")).find(|(by, _)| *by == "first-notice");
    if let Some((_, span)) = asked.filter(|_| firsts.is_empty()) {
        findings.add(
            span,
            "no notice is the first, so nothing meets this clock",
            "add `first = true` to one of [[notices]]",
        );
    }
}

fn items_can_be_settled(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    for (item, _) in items(routine) {
        let due = item.get("due").and_then(|due| due.get_ref().as_table());
        if let Some((_, span)) = due.and_then(|due| text(due, "after")).filter(|(after, _)| *after == "closed") {
            let message = "an incident is closed when every point is settled, so this one would come too late";
            findings.add(span, message, "let it fall due after \"restored\", or make it a clock");
        }
    }
}

fn items<'a, 'i>(routine: &'a DeTable<'i>) -> Vec<Part<'a, 'i>> {
    parts(routine, "checklist").iter().flat_map(|(section, _)| parts(section, "items")).collect()
}

/// After what, and how many minutes after it, something falls due: the `due` of an item, or a clock.
fn time_of<'a>(table: &'a DeTable<'_>) -> Option<(&'a str, i64)> {
    Some((text(table, "after")?.0, table.get("minutes").and_then(count)?.0))
}

/// A step has a time of its own, or that of its clock; and a clock has one step.
fn steps_have_one_time(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    let clocks = parts(routine, "clocks");
    let keys: Vec<&str> = clocks.iter().filter_map(|(clock, _)| text(clock, "key")).map(|(key, _)| key).collect();
    let mut tied: BTreeMap<String, usize> = BTreeMap::new();
    for (item, place) in items(routine) {
        let Some((key, span)) = text(item, "clock") else {
            // A misspelt key is one fault, not two.
            let is_meant = |key: &str| key == "due" || nearest(key, ["due", "clock"]).is_some();
            if !item.iter().any(|(key, _)| is_meant(key.get_ref())) {
                let help = "add `due = { after = \"declared\", minutes = 30 }`, or `clock` and the key of a clock";
                findings.add(place, "this step has no time: it has neither `due` nor `clock`", help);
            }
            continue;
        };
        let Some((clock, _)) = clocks.iter().find(|(clock, _)| text(clock, "key").is_some_and(|(k, _)| k == key))
        else {
            let help = match nearest(key, keys.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("the clocks are {}", keys.join(", ")),
            };
            findings.add(span, format!("`clock` names “{key}”, which is no clock"), help);
            continue;
        };
        if let Some(due) = item.get("due") {
            let message = match (due.get_ref().as_table().and_then(time_of), time_of(clock)) {
                (Some(own), Some(other)) if own != other => format!(
                    "two times for one thing: this step is due {} min after “{}”, its clock “{key}” {} min after “{}”",
                    own.1, own.0, other.1, other.0
                ),
                _ => format!("this step has a time of its own and that of its clock “{key}”"),
            };
            findings.add(due.span(), message, "take `due` out: the step falls due when its clock does");
        }
        if text(clock, "after").is_some_and(|(after, _)| after == "meeting-held")
            && text(clock, "met_by").is_some_and(|(met_by, _)| met_by == "meeting")
        {
            let message = format!("the clock “{key}” starts again after each meeting, and a step is done once");
            findings.add(span.clone(), message, "give the step a `due` of its own");
        }
        match tied.get(key) {
            Some(at) => {
                let line = findings.line(*at);
                let message = format!("two steps are tied to the clock “{key}”");
                findings.add(
                    span,
                    message,
                    format!("give one of them a `due` of its own; the other is in line {line}"),
                );
            }
            None => drop(tied.insert(key.to_owned(), span.start)),
        }
    }
}

/// A step that the first notice shows to be done, with another time than the notice's clock: people are told two times for one
/// notice, and checking the step leaves the clock running. Routines for version 0.1.0 had no way to say that they are one.
fn notices_have_one_time(findings: &mut RoutineFindings<'_>, routine: &DeTable<'_>) {
    let is_first = |clock: &DeTable<'_>| text(clock, "met_by").is_some_and(|(met_by, _)| met_by == "first-notice");
    let clocks = parts(routine, "clocks");
    let Some((clock, _)) = clocks.iter().find(|(clock, _)| is_first(clock)) else { return };
    let Some((key, _)) = text(clock, "key") else { return };
    for (item, _) in items(routine).iter().filter(|(item, _)| !item.contains_key("clock")) {
        let Some((_, span)) = text(item, "shown_by").filter(|(proof, _)| *proof == "first-notice") else { continue };
        let times = item.get("due").and_then(|due| due.get_ref().as_table()).and_then(time_of).zip(time_of(clock));
        let (own, other) = times.map_or((0, 0), |(own, other)| (own.1, other.1));
        let message = format!(
            "the first notice is a step (due after {own} min) and the clock “{key}” (after {other} min), and checking the step \
             leaves the clock running"
        );
        findings.add(span, message, format!("write `clock = \"{key}\"` in place of `due`: then they are one"));
    }
}
