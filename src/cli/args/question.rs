//! The verbs that answer: the status questions, and those of the debrief.

use clap::{Args, ValueEnum};

use super::RecordArgs;

/// How sure an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CertaintyArg {
    /// We know it
    #[value(alias = "confirmed")]
    Sure,
    /// We believe it
    Assumed,
    /// We do not know
    Unknown,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock answer what \"Card terminals get 502 from the gateway since 12:58\"
  klock answer why \"Expired certificate on lb-2\" --certainty assumed
  klock answer eta \"after the failover\" --eta 16:00

The keys are the routine's: `klock status` lists them.")]
pub struct AnswerArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which question
    #[arg(value_name = "KEY")]
    pub key: String,
    /// The answer
    #[arg(value_name = "TEXT", required_unless_present = "eta")]
    pub text: Vec<String>,
    /// How sure it is
    #[arg(long, short, value_enum, value_name = "CERTAINTY", default_value = "sure")]
    pub certainty: CertaintyArg,
    /// The time, for a question that takes one: 16:00, +2h, "tomorrow 08:00", friday (17:00)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub eta: Option<String>,
}

#[derive(Debug, Args)]
pub struct DebriefArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which question, by its key
    #[arg(value_name = "KEY")]
    pub key: String,
    /// The answer
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
}
