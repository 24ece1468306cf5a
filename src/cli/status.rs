//! `klock status`: how an incident stands, as a page, in one line, or for programs.

use chrono::Duration;
use clap::Args;

use super::call::Call;
use super::failure::CommandFailure;
use super::room::{self, Unnamed};
use super::segment;
use crate::cli::args::{JsonArg, RoomArg};
use crate::config::lang::{countdown, elapsed};
use crate::domain::checklist::Urgency;
use crate::domain::clocks::ClockState;
use crate::domain::phrase::{Lexicon as _, Phrase};
use crate::domain::room::{Room, State};
use crate::domain::time::Moment;
use crate::report::status::{ClockStatus, QuestionStatus, Status};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock status
  klock status --brief
  klock status --tmux                           for status-right in tmux, see assets/tmux.conf
  klock status --json | jq -r '.questions[] | select(.answer == null) | .prompt'")]
pub struct StatusArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// One line
    #[arg(long, conflicts_with = "json")]
    pub brief: bool,
    /// A segment for tmux's status line: the clock that falls due first, of all open rooms
    ///
    /// For #(klock status --tmux) in status-right. Starts no host, waits for none, and prints nothing when none runs.
    #[arg(long, conflicts_with_all = ["json", "brief"])]
    pub tmux: bool,
    /// How many columns the segment may take [default: 40]
    #[arg(long, value_name = "COLUMNS", requires = "tmux")]
    pub width: Option<u16>,
    #[command(flatten)]
    pub json: JsonArg,
}

/// Prints how the room stands.
///
/// # Errors
/// No such room, or no host.
pub fn run(call: &mut Call, args: &StatusArgs) -> Result<(), CommandFailure> {
    if args.tmux {
        return segment::run(call, &args.room, args.width);
    }
    let id = room::choose(call, &args.room, Unnamed::OpenOrLast)?;
    let room = call.fold(&id)?;
    let now = call.now();
    let mut status = Status::of(&room, now, &call.words);
    for due_at in status.clocks.iter_mut().filter_map(|clock| clock.due_at.as_mut()) {
        // A change of clocks may lie between what it is counted from and then.
        *due_at = call.zone().local(*due_at);
    }
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
    parts.push(lasted(call, status));
    if let Some((clock, due_at)) = status.next_clock().and_then(|clock| Some((clock, clock.due_at?))) {
        parts.push(format!("{} {}", clock.label, countdown(due_at.since(now))));
    }
    let tally = status.checklist;
    parts.push(format!("{}/{}", tally.done + tally.waived, tally.total));
    parts.push(status.title.clone());
    parts.join("  ")
}

fn page(call: &mut Call, status: &Status, room: &Room, now: Moment) -> Result<(), CommandFailure> {
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
        for line in question_lines(call, question, status.state, now) {
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

fn section(call: &mut Call, key: &'static str) -> Result<(), CommandFailure> {
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
    let when = |key: &'static str, at: Option<Moment>| at.map(|at| call.say(&Phrase::new(key).with("time", at)));
    let mut times = vec![when("cli-declared", status.declared_at)];
    for (nth, outage) in status.outages.iter().enumerate() {
        times.push(when("cli-reopened", (nth > 0).then_some(outage.began_at)));
        times.push(when("cli-restored", outage.restored_at));
    }
    times.push(when("cli-closed", status.closed_at));
    times.push(Some(call.zone().long_name(call.now())));
    let lead = match &status.cim {
        Some(lead) => call.say(&Phrase::new("cli-led-by").with("person", lead.as_str())),
        None => call.say(&Phrase::new("cli-led-by-nobody")),
    };
    let held = call.say(&Phrase::new("cli-meetings-held").with("count", status.meetings_held));
    vec![
        format!("{}  {demo}{}{customer}", status.id, status.title),
        format!("{priority}{}  {}", call.say(&status.state.label()), lasted(call, status)),
        times.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        format!("{lead} · {held}"),
    ]
}

/// How long it has lasted since it was declared; reopened, how much of that the service was down.
fn lasted(call: &Call, status: &Status) -> String {
    let elapsed = elapsed(status.elapsed_s);
    if status.outages.len() < 2 {
        return elapsed;
    }
    let down = countdown(Duration::seconds(status.down_s));
    call.say(&Phrase::new("cli-down").with("down", down).with("elapsed", elapsed))
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
    let left = clock.due_at.filter(|_| !clock.state.is_over()).map_or_else(String::new, |due_at| {
        format!("  {} ({})", countdown(due_at.since(now)), call.words.time(due_at, now))
    });
    let state = match (clock.state, clock.due_at) {
        (ClockState::Calm, None) => Phrase::new("cli-clock-waiting"),
        (state, _) => state.label(),
    };
    format!("  {mark} {}  {}: {}{left}", clock.id, clock.label, call.say(&state))
}

fn question_lines(call: &Call, question: &QuestionStatus, state: State, now: Moment) -> Vec<String> {
    let mut lines = vec![format!("  {}  {}", question.key, question.prompt)];
    lines.push(match (&question.answer, question.at) {
        (Some(answer), Some(at)) => {
            let certainty = question.certainty.map_or_else(String::new, |c| call.say(&c.label()));
            let stale =
                if question.stale { format!(", {}", call.say(&Phrase::new("cli-stale"))) } else { String::new() };
            let by = question.by.as_ref().zip(question.sure).map(|(by, sure)| sure.sign(by)).unwrap_or_default();
            let time = question.time.map_or_else(String::new, |time| {
                let said = call.words.time(time, now);
                let said = if *answer == said { String::new() } else { format!(" · {said}") };
                // Once service is back nobody waits for it.
                let left =
                    if state == State::Open { format!(" · {}", countdown(time.since(now))) } else { String::new() };
                format!("{said}{left}")
            });
            format!("      {answer}{time}  ({certainty}, {} {by}{stale})", call.words.time(at, now))
        }
        _ => format!("      {}", call.say(&Phrase::new("cli-unanswered"))),
    });
    lines
}
