//! `klock doctor`: looks at everything klock leans on, says how it stands, and what to do about it.

mod command;
mod disk;
mod finding;
mod host;
mod setting;
mod ssh;
mod store;
mod terminal;
mod time;
mod tmux;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use self::finding::{Finding, FindingState, Topic, fail, ok, skipped, warn};
use super::call::Call;
use super::failure::{CommandFailure, Exit};
use super::routine;
use crate::cli::args::JsonArg;
use crate::client::{ClientOptions, HostAddress};
use crate::clock::Clock;
use crate::config::load::Config;
use crate::config::place::Places;
use crate::config::routine::RoutineCollection;
use crate::domain::phrase::{Lexicon, Phrase};
use crate::host::send_notice;
use crate::tui::command::table;

#[derive(Debug, Args)]
#[command(after_help = "\
Looks at the terminal, colours and the width of emoji, tmux's settings, desktop notices (sends one), the host and the rights of its directories, the disk and how long a sync takes, journals and index, settings, keys, theme, routines, contacts, ssh and the clock. It reads only, but for a probe file in the data directory that is gone again; starts no host; and takes eight seconds at most, whatever hangs.

Run it where you work: inside tmux it explains tmux, with KLOCK_HOST set it goes there.

Exit code 0: nothing fails (warnings are allowed). 1: something does.

Examples:
  klock doctor
  klock doctor --json | jq -r '.findings[] | select(.state == \"fail\") | .remedy'")]
pub struct DoctorArgs {
    /// Do not send a desktop notice
    #[arg(long)]
    pub no_notice: bool,
    #[command(flatten)]
    pub json: JsonArg,
}

/// However long something hangs, the doctor goes on without it after this.
const WITHIN: Duration = Duration::from_secs(8);

/// What the checks are made on.
struct Patient {
    places: Places,
    /// How to reach the host without starting one.
    options: ClientOptions,
    place: HostAddress,
    clock: Clock,
    config: Config,
    routines: RoutineCollection,
    /// The routine that new rooms get.
    routine: String,
}

/// What is printed for programs. The names of the fields are a promise to scripts.
#[derive(Serialize)]
struct Report<'a> {
    /// Of this program.
    version: &'static str,
    failed: usize,
    warned: usize,
    findings: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    topic: Topic,
    state: FindingState,
    what: String,
    remedy: Option<String>,
    #[serde(skip)]
    finding: &'a Finding,
}

/// Checks everything and prints what was found. Reads only, but for a probe file in the data directory that is gone again.
///
/// # Errors
/// Refused when something failed; that was said on stdout.
pub fn run(call: &mut Call, args: &DoctorArgs) -> Result<(), CommandFailure> {
    let patient = Arc::new(Patient {
        places: call.places.clone(),
        options: call.options(false),
        place: call.place().clone(),
        clock: call.clock.clone(),
        config: Config::read(&call.places, &table::ids()),
        routines: routine::all(call),
        routine: call.settings.routine.clone(),
    });
    let notice = match (args.no_notice, call.settings.desktop_notices) {
        (true, _) => Err("cli-doctor-notice-not-sent"),
        (_, false) => Err("cli-doctor-notice-off"),
        _ => Ok((call.say(&Phrase::new("cli-doctor-notice-title")), call.say(&Phrase::new("cli-doctor-notice-body")))),
    };
    // Each on a thread of its own: what hangs holds up nobody, and the whole takes as long as its slowest.
    let checks: Vec<(Topic, Receiver<Vec<Finding>>)> = vec![
        begin(Topic::Terminal, &patient, |_| terminal::check()),
        begin(Topic::Tmux, &patient, |_| tmux::check()),
        begin(Topic::Notices, &patient, move |_| vec![check_notice(notice)]),
        begin(Topic::Host, &patient, host::check),
        begin(Topic::Disk, &patient, disk::check),
        begin(Topic::Store, &patient, store::check),
        begin(Topic::Settings, &patient, setting::check),
        begin(Topic::Ssh, &patient, ssh::check),
        begin(Topic::Time, &patient, time::check),
    ];
    let deadline = Instant::now() + WITHIN;
    let findings: Vec<Finding> =
        checks.into_iter().flat_map(|(topic, check)| collect(topic, &check, deadline)).collect();
    print(call, &findings, args.json.json)?;
    call.out.flush()?;
    if findings.iter().any(|finding| finding.state == FindingState::Fail) {
        return Err(CommandFailure::Said(Exit::Refused));
    }
    Ok(())
}

fn begin(
    topic: Topic,
    patient: &Arc<Patient>,
    check: impl FnOnce(&Patient) -> Vec<Finding> + Send + 'static,
) -> (Topic, Receiver<Vec<Finding>>) {
    let (found, findings) = channel();
    let patient = Arc::clone(patient);
    // Without a thread nothing is sent, which reads as no answer.
    let _ = std::thread::Builder::new().name("klock-doctor".into()).spawn(move || {
        let _ = found.send(check(&patient));
    });
    (topic, findings)
}

fn collect(topic: Topic, check: &Receiver<Vec<Finding>>, deadline: Instant) -> Vec<Finding> {
    check.recv_timeout(deadline.saturating_duration_since(Instant::now())).unwrap_or_else(|_| {
        let seconds = Phrase::new("cli-doctor-no-answer").with("seconds", WITHIN.as_secs().to_string());
        vec![fail(topic, seconds, Phrase::new("cli-doctor-no-answer-remedy"))]
    })
}

fn check_notice(notice: Result<(String, String), &'static str>) -> Finding {
    let (title, body) = match notice {
        Ok(words) => words,
        Err(key) => return skipped(Topic::Notices, Phrase::new(key)),
    };
    match send_notice(title, body) {
        Ok(()) => ok(Topic::Notices, Phrase::new("cli-doctor-notice-sent")),
        Err(why) => warn(
            Topic::Notices,
            Phrase::new("cli-doctor-notice-failed").with("why", why),
            Phrase::new("cli-doctor-notice-remedy"),
        ),
    }
}

fn print(call: &mut Call, findings: &[Finding], json: bool) -> Result<(), CommandFailure> {
    let lines: Vec<Line<'_>> = findings
        .iter()
        .map(|finding| Line {
            topic: finding.topic,
            state: finding.state,
            what: call.say(&finding.what),
            remedy: finding.remedy.as_ref().map(|remedy| call.say(remedy)),
            finding,
        })
        .collect();
    let count = |state| findings.iter().filter(|finding| finding.state == state).count();
    let (failed, warned) = (count(FindingState::Fail), count(FindingState::Warn));
    if json {
        return call.out.document(&Report { version: env!("CARGO_PKG_VERSION"), failed, warned, findings: lines });
    }
    let label = |line: &Line<'_>| {
        let state = call.words.say(&line.finding.state.label());
        let topic = call.words.say(&line.finding.topic.label());
        (format!("{} {state}", line.finding.state.mark()), topic)
    };
    let labels: Vec<(String, String)> = lines.iter().map(label).collect();
    let wide = |text: &str| text.chars().count();
    let states = labels.iter().map(|(state, _)| wide(state)).max().unwrap_or(0);
    let topics = labels.iter().map(|(_, topic)| wide(topic)).max().unwrap_or(0);
    for ((state, topic), line) in labels.iter().zip(&lines) {
        call.out.line(&format!("{state:states$}  {topic:topics$}  {}", line.what))?;
        if let Some(remedy) = &line.remedy {
            call.out.line(&format!("{:states$}  {:topics$}  → {remedy}", "", ""))?;
        }
    }
    let sum = Phrase::new("cli-doctor-sum").with("failed", failed).with("warned", warned);
    let said = call.say(&sum);
    call.out.line("")?;
    call.out.line(&said)
}
