//! The verbs of who leads: roles, calls, handover, shifts.

use clap::{Args, Subcommand, ValueEnum};

use super::RecordArgs;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock role assign cim \"Anna Lind\"
  klock role call driftchef \"Bo Ek\" --outcome no-answer --how phone")]
pub struct RoleArgs {
    #[command(subcommand)]
    pub verb: RoleVerb,
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutcomeArg {
    /// Takes it, and leads from now on
    Accepted,
    NoAnswer,
    Declined,
    LeftMessage,
}

#[derive(Debug, Subcommand)]
pub enum RoleVerb {
    /// Give a role to somebody
    Assign {
        #[command(flatten)]
        record: RecordArgs,
        /// Which role, by its key
        #[arg(value_name = "ROLE")]
        role: String,
        /// To whom
        #[arg(value_name = "PERSON")]
        person: String,
    },
    /// Nobody holds the role any more
    Release {
        #[command(flatten)]
        record: RecordArgs,
        /// Which role, by its key
        #[arg(value_name = "ROLE")]
        role: String,
    },
    /// Record that somebody was called, and what came of it
    Call {
        #[command(flatten)]
        record: RecordArgs,
        /// As what they were called, by the key of the role
        #[arg(value_name = "ROLE")]
        role: String,
        /// Who
        #[arg(value_name = "PERSON")]
        person: String,
        /// What came of it
        #[arg(long, value_enum, value_name = "OUTCOME")]
        outcome: OutcomeArg,
        /// By phone, by SMS …
        #[arg(long, value_name = "TEXT", default_value = "")]
        how: String,
    },
}

#[derive(Debug, Args)]
pub struct HandoverArgs {
    #[command(subcommand)]
    pub verb: HandoverVerb,
}

#[derive(Debug, Subcommand)]
pub enum HandoverVerb {
    /// Offer the lead to somebody
    Offer {
        #[command(flatten)]
        record: RecordArgs,
        /// To whom
        #[arg(value_name = "PERSON")]
        person: String,
        /// What they should know
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Take the lead that was offered
    Accept {
        #[command(flatten)]
        record: RecordArgs,
    },
}

#[derive(Debug, Args)]
pub struct ShiftArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// When it starts: 22:00, +2h, "tomorrow 06:00", "fri 06:00"
    #[arg(value_name = "TIME")]
    pub starts: String,
    /// Who takes over
    #[arg(value_name = "WHO", required = true)]
    pub who: Vec<String>,
}
