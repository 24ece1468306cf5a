//! `klock status`: how an incident stands, as a page, in one line, or for programs.

use super::args::StatusArgs;
use super::call::Call;
use super::failure::Failure;
use super::room::{self, Unnamed};
use super::segment;
use crate::config::lang::{countdown, elapsed};
use crate::domain::checklist::Urgency;
use crate::domain::clocks::ClockState;
use crate::domain::phrase::Phrase;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::report::status::{ClockStatus, QuestionStatus, Status};

/// Prints how the room stands.
///
/// # Errors
/// No such room, or no host.
pub fn run(call: &mut Call, args: &StatusArgs) -> Result<(), Failure> {
    if args.tmux {
        return segment::run(call, args);
    }
    let id = room::choose(call, &args.room, Unnamed::OpenOrLast)?;
    let room = call.fold(&id)?;
    let now = call.now();
    let status = Status::of(&room, now, &call.words);
    if args.json.json {
        return call.out.document(&status);
    }
    if args.brief {
        let line = brief(call, &status, now);
        return call.out.line(&line);
    }
    page(call, &status, &room, now)
}

/// One line for a prompt or a status bar.
fn brief(call: &Call, status: &Status, now: Moment) -> String {
    let mut parts = vec![status.id.clone()];
    if status.demo {
        parts.push("DEMO".to_owned());
    }
    parts.extend(status.priority.map(|level| format!("P{level}")));
    parts.push(call.say(&status.state.label()));
    parts.push(elapsed(status.elapsed_s));
    if let Some((clock, due_at)) = status.next_clock().and_then(|clock| Some((clock, clock.due_at?))) {
        parts.push(format!("{} {}", clock.label, countdown(due_at.since(now))));
    }
    let tally = status.checklist;
    parts.push(format!("{}/{}", tally.done + tally.waived, tally.total));
    parts.push(status.title.clone());
    parts.join("  ")
}

fn page(call: &mut Call, status: &Status, room: &Room, now: Moment) -> Result<(), Failure> {
    for line in heading(call, status) {
        call.out.line(&line)?;
    }
    section(call, "cli-clocks")?;
    for clock in &status.clocks {
        let line = clock_line(call, clock, now);
        call.out.line(&line)?;
    }
    section(call, "cli-questions")?;
    for question in &status.questions {
        for line in question_lines(call, question, now) {
            call.out.line(&line)?;
        }
    }
    section(call, "cli-checklist")?;
    let tally = status.checklist;
    let phrase =
        Phrase::new("cli-tally").with("done", tally.done).with("waived", tally.waived).with("total", tally.total);
    let said = call.say(&phrase);
    call.out.line(&format!("  {said}"))?;
    let lang = call.lang();
    for view in room.items_by_urgency(now).iter().filter(|view| view.urgency == Urgency::DueNow) {
        call.out.line(&format!("  ▸ {}  {}", view.item.key, view.item.title.get(lang)))?;
    }
    let open = status.open;
    let counts = [
        ("cli-open-actions", open.actions),
        ("cli-open-late", open.late_actions),
        ("cli-open-resources", open.resources),
        ("cli-open-suppliers", open.suppliers),
        ("cli-open-obstacles", open.obstacles),
    ];
    if counts.iter().any(|(_, count)| *count > 0) {
        section(call, "cli-open")?;
        for (key, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            let said = call.say(&Phrase::new(key).with("count", count));
            call.out.line(&format!("  {said}"))?;
        }
    }
    Ok(())
}

fn section(call: &mut Call, key: &'static str) -> Result<(), Failure> {
    let said = call.say(&Phrase::new(key));
    call.out.line("")?;
    call.out.line(&said)
}

fn heading(call: &Call, status: &Status) -> Vec<String> {
    let customer = status.customer.as_ref().map_or_else(String::new, |customer| format!(" · {customer}"));
    let demo = if status.demo { "DEMO " } else { "" };
    let priority = match (status.priority, &status.priority_name) {
        (Some(level), Some(name)) => format!("P{level} {name}  "),
        (Some(level), None) => format!("P{level}  "),
        _ => String::new(),
    };
    let when = |key: &'static str, at: Option<Moment>| {
        at.map(|at| call.say(&Phrase::new(key).with("time", format!("{} {}", at.date(), at.hm()))))
    };
    let times = [
        when("cli-declared", status.declared_at),
        when("cli-restored", status.restored_at),
        when("cli-closed", status.closed_at),
    ];
    let lead = match &status.cim {
        Some(lead) => call.say(&Phrase::new("cli-led-by").with("person", lead.as_str())),
        None => call.say(&Phrase::new("cli-led-by-nobody")),
    };
    let held = call.say(&Phrase::new("cli-meetings-held").with("count", status.meetings_held));
    vec![
        format!("{}  {demo}{}{customer}", status.id, status.title),
        format!("{priority}{}  {}", call.say(&status.state.label()), elapsed(status.elapsed_s)),
        times.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        format!("{lead} · {held}"),
    ]
}

fn clock_line(call: &Call, clock: &ClockStatus, now: Moment) -> String {
    let mark = match clock.state {
        ClockState::Overdue | ClockState::Due => "!",
        ClockState::Soon => "▸",
        ClockState::Met => "✓",
        ClockState::Stopped => "–",
        ClockState::Snoozed => "z",
        ClockState::Calm => "○",
    };
    let left = clock
        .due_at
        .filter(|_| !clock.state.is_over())
        .map_or_else(String::new, |due_at| format!("  {} ({})", countdown(due_at.since(now)), near(due_at, now)));
    let state = match (clock.state, clock.due_at) {
        (ClockState::Calm, None) => Phrase::new("cli-clock-waiting"),
        (state, _) => state.label(),
    };
    format!("  {mark} {}  {}: {}{left}", clock.id, clock.label, call.say(&state))
}

/// The time of day, with its day when that is another one than today.
pub fn near(at: Moment, now: Moment) -> String {
    let at = at.at_offset_of(now);
    if at.date() == now.date() { at.hm() } else { format!("{} {}", at.date(), at.hm()) }
}

fn question_lines(call: &Call, question: &QuestionStatus, now: Moment) -> Vec<String> {
    let mut lines = vec![format!("  {}  {}", question.key, question.prompt)];
    lines.push(match (&question.answer, question.at) {
        (Some(answer), Some(at)) => {
            let certainty = question.certainty.map_or_else(String::new, |c| call.say(&c.label()));
            let stale =
                if question.stale { format!(", {}", call.say(&Phrase::new("cli-stale"))) } else { String::new() };
            let by = question.by.as_ref().zip(question.sure).map(|(by, sure)| sure.sign(by)).unwrap_or_default();
            let time = question.time.map_or_else(String::new, |time| {
                let hm = if *answer == time.hm() { String::new() } else { format!(" · {}", near(time, now)) };
                format!("{hm} · {}", countdown(time.since(now)))
            });
            format!("      {answer}{time}  ({certainty}, {} {by}{stale})", at.hm())
        }
        _ => format!("      {}", call.say(&Phrase::new("cli-unanswered"))),
    });
    lines
}
