//! `klock role`, `klock handover` and `klock shift`: who holds which role, and who takes over.

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::args::RecordArgs;
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::cli::record::{optional, record, text};
use crate::domain::entry::Purpose;
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::role::{CallPurpose, EscalationOutcome};

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

/// Does what is asked of the roles.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn role(call: &mut Call, verb: &RoleVerb) -> Result<(), CommandFailure> {
    match verb {
        RoleVerb::Assign { record: args, role, person } => {
            record(call, args, Intent::AssignRole { role: role.clone(), person: person.as_str().into() })
        }
        RoleVerb::Release { record: args, role } => record(call, args, Intent::ReleaseRole { role: role.clone() }),
        RoleVerb::Call { record: args, role, person, purpose, outcome, takes_role, about, how } => {
            let role = if role == NO_ROLE { String::new() } else { role.clone() };
            let takes = takes_role.as_ref().map(|named| named.clone().unwrap_or_else(|| role.clone()));
            let by_default = if takes.is_some() { PurposeArg::Role } else { PurposeArg::Decision };
            let outcome = match outcome {
                None | Some(OutcomeArg::Accepted) => EscalationOutcome::Accepted,
                Some(OutcomeArg::Answered) => EscalationOutcome::Answered,
                Some(OutcomeArg::NoAnswer) => EscalationOutcome::NoAnswer,
                Some(OutcomeArg::Declined) => EscalationOutcome::Declined,
                Some(OutcomeArg::LeftMessage) => EscalationOutcome::LeftMessage,
            };
            let purpose = match purpose.unwrap_or(by_default) {
                PurposeArg::Decision => CallPurpose::Decision,
                PurposeArg::Information => CallPurpose::Information,
                PurposeArg::Role => CallPurpose::Role,
            };
            let gives_none = outcome == EscalationOutcome::Accepted && takes.is_none();
            let (person, how, about) = (person.as_str().into(), how.as_str().into(), about.as_str().into());
            record(call, args, Intent::TryEscalation { role, person, how, outcome, purpose, about, takes })?;
            if gives_none {
                // Up to version 0.1.0 that outcome made them lead.
                let said = call.say(&Phrase::new("cli-call-gives-no-role"));
                call.out.aside(&said)?;
            }
            Ok(())
        }
    }
}

/// In place of a role: they have none of the routine's.
const NO_ROLE: &str = "-";

/// Offers the lead, or accepts it.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn handover(call: &mut Call, verb: &HandoverVerb) -> Result<(), CommandFailure> {
    match verb {
        HandoverVerb::Offer { record: args, person, note } => {
            record(call, args, Intent::HandOver { to: person.as_str().into(), note: optional(note.as_ref()) })
        }
        HandoverVerb::Accept { record: args } => record(call, args, Intent::AcceptHandover),
    }
}

/// Plans the shift.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn shift(call: &mut Call, args: &ShiftArgs) -> Result<(), CommandFailure> {
    let starts_at = call.time_ahead("TIME", &args.starts, Purpose::Start, &args.record)?;
    record(call, &args.record, Intent::PlanShift { starts_at, who: text(&args.who) })?;
    call.say_day(starts_at)
}
