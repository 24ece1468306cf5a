//! The verbs of who leads: roles, calls, handover, shifts.

use clap::{Args, Subcommand, ValueEnum};

use super::RecordArgs;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock role assign cim \"Anna Lind\"
  klock role call driftchef \"Bo Ek\" --outcome answered --about \"may we fail over? yes\"
  klock role call - \"Olle Berg\" --for information --outcome left-message --how SMS
  klock role call cim \"Per Ek\" --for role --takes-role

A call changes no role unless --takes-role says so.")]
pub struct RoleArgs {
    #[command(subcommand)]
    pub verb: RoleVerb,
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutcomeArg {
    /// Answered the call
    Answered,
    /// Agreed to what was asked
    Accepted,
    NoAnswer,
    Declined,
    LeftMessage,
}

/// Why somebody was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PurposeArg {
    /// They are to decide
    Decision,
    /// They are to know, or to tell
    Information,
    /// They are to take a role
    Role,
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
        /// As what they were called, by the key of the role; `-` for somebody without one
        #[arg(value_name = "ROLE")]
        role: String,
        /// Who
        #[arg(value_name = "PERSON")]
        person: String,
        /// Why they were called [default: decision; role with --takes-role]
        #[arg(long = "for", value_enum, value_name = "PURPOSE")]
        purpose: Option<PurposeArg>,
        /// What came of it [default with --takes-role: accepted]
        #[arg(long, value_enum, value_name = "OUTCOME", required_unless_present = "takes_role")]
        outcome: Option<OutcomeArg>,
        /// They take the role from now on: the one they were called as, or the one named here
        #[arg(long, value_name = "ROLE", num_args = 0..=1)]
        takes_role: Option<Option<String>>,
        /// What it was about and what was said
        #[arg(long, value_name = "TEXT", default_value = "")]
        about: String,
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
