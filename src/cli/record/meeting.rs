//! `klock meeting` and `klock clock`: meetings, and the clocks that call for them.

use clap::{Args, Subcommand};

use crate::cli::args::RecordArgs;
use crate::cli::call::{Call, misplaced};
use crate::cli::failure::CommandFailure;
use crate::cli::record::{print, record, send, text};
use crate::cli::room::{self, Unnamed};
use crate::domain::entry::{self, Purpose};
use crate::domain::id::RoomId;
use crate::domain::intent::Intent;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock meeting start --with Anna --with Olle
  klock meeting point briefing \"All on the bridge have the same picture\"
  klock meeting end \"Fail over at 14:30 unless the certificate is renewed\"

A meeting counts when it was held: started and ended. Calling one does not move the clock.")]
pub struct MeetingArgs {
    #[command(subcommand)]
    pub verb: MeetingVerb,
}

#[derive(Debug, Subcommand)]
pub enum MeetingVerb {
    /// Call a meeting for a time
    Call {
        #[command(flatten)]
        record: RecordArgs,
        /// When it is to start: 15:30, +20m, "tomorrow 08:00", "fri 15:00"
        #[arg(value_name = "TIME")]
        starts: String,
        /// Where, or why
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
    },
    /// Start a meeting
    Start {
        #[command(flatten)]
        record: RecordArgs,
        /// Who takes part; may be given several times
        #[arg(long, value_name = "PERSON")]
        with: Vec<String>,
    },
    /// Add somebody who takes part
    Attend {
        #[command(flatten)]
        record: RecordArgs,
        /// Who
        #[arg(value_name = "PERSON")]
        person: String,
    },
    /// Tick a point of the agenda
    Point {
        #[command(flatten)]
        record: RecordArgs,
        /// Which point, by its key
        #[arg(value_name = "POINT")]
        point: String,
        /// What came of it
        #[arg(value_name = "OUTCOME")]
        outcome: Vec<String>,
    },
    /// End the meeting: it was held
    End {
        #[command(flatten)]
        record: RecordArgs,
        /// What was decided
        #[arg(value_name = "SUMMARY")]
        summary: Vec<String>,
    },
    /// Call the meeting off: it does not count
    CallOff {
        #[command(flatten)]
        record: RecordArgs,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub struct ClockArgs {
    #[command(subcommand)]
    pub verb: ClockVerb,
}

#[derive(Debug, Subcommand)]
pub enum ClockVerb {
    /// Put a clock off
    Snooze {
        #[command(flatten)]
        record: RecordArgs,
        /// Which clock, by its id
        #[arg(value_name = "CLOCK")]
        clock: String,
        /// For how long, or until when: 15, 1h30m, 15:30, "tomorrow 08:00"
        #[arg(value_name = "MINUTES", allow_hyphen_values = true)]
        minutes: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Change how often to meet
    Cadence {
        #[command(flatten)]
        record: RecordArgs,
        /// How long from one meeting to the next: 90, 2h
        #[arg(value_name = "MINUTES", allow_hyphen_values = true)]
        minutes: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Does what is asked of the meeting.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn meeting(call: &mut Call, verb: &MeetingVerb) -> Result<(), CommandFailure> {
    match verb {
        MeetingVerb::Call { record: args, starts, text: words } => {
            let starts_at = call.time_ahead("TIME", starts, Purpose::Start, args)?;
            record(call, args, Intent::CallMeeting { starts_at, text: text(words) })?;
            call.say_day(starts_at)
        }
        MeetingVerb::Start { record: args, with } => start(call, args, with),
        MeetingVerb::Attend { record: args, person } => {
            record(call, args, Intent::AttendMeeting { person: person.as_str().into() })
        }
        MeetingVerb::Point { record: args, point, outcome } => {
            record(call, args, Intent::FinishAgendaPoint { point: point.clone(), outcome: text(outcome) })
        }
        MeetingVerb::End { record: args, summary } => {
            record(call, args, Intent::EndMeeting { held: true, summary: text(summary) })
        }
        MeetingVerb::CallOff { record: args, reason } => {
            record(call, args, Intent::EndMeeting { held: false, summary: reason.as_str().into() })
        }
    }
}

fn start(call: &mut Call, args: &RecordArgs, with: &[String]) -> Result<(), CommandFailure> {
    let at = call.happened(args)?;
    let room = room::choose(call, &args.room, Unnamed::Open)?;
    let started = send(call, &room, at, Intent::StartMeeting)?;
    for person in with {
        send(call, &room, at, Intent::AttendMeeting { person: person.as_str().into() })?;
    }
    print(call, args, &room, &started)
}

/// Does what is asked of the clocks.
///
/// # Errors
/// A refusal, a length of time that is not understood, no such room, or no host.
pub fn clock(call: &mut Call, verb: &ClockVerb) -> Result<(), CommandFailure> {
    match verb {
        ClockVerb::Snooze { record: args, clock, minutes, reason } => {
            let (clock, reason) = (clock.clone(), reason.as_str().into());
            // Those of the debrief and the report run after the close.
            let room = room::choose(call, &args.room, Unnamed::OpenOrLast)?;
            let minutes = minutes_until(call, &room, &clock, minutes)?;
            let at = call.happened(args)?;
            let records = send(call, &room, at, Intent::SnoozeClock { clock, minutes, reason })?;
            print(call, args, &room, &records)
        }
        ClockVerb::Cadence { record: args, minutes, reason } => {
            let minutes = entry::parse_span_minutes(minutes).map_err(|why| misplaced("MINUTES", why))?;
            record(call, args, Intent::SetCadence { minutes, reason: reason.as_str().into() })
        }
    }
}

/// For how many minutes `clock` is put off: a span, or the time until which. Only a time needs the room.
fn minutes_until(call: &mut Call, room: &RoomId, clock: &str, text: &str) -> Result<i64, CommandFailure> {
    if let Ok(minutes) = entry::parse_span_minutes(text) {
        return Ok(minutes);
    }
    let fold = call.fold(room)?;
    // The host counts the minutes from now, not from `--at`.
    let now = call.now();
    let view = fold.clock_views(now).into_iter().find(|view| view.rule.key == clock);
    let from = view.map_or(now, |view| view.snoozed_from(now));
    entry::parse_minutes_until(text, from, now, call.zone()).map_err(|why| misplaced("MINUTES", why))
}
