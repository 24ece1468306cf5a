//! The verbs of the meetings and of the clocks that call for them.

use clap::{Args, Subcommand};

use super::RecordArgs;

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
