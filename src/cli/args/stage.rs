//! The verbs that move an incident from one stage to the next.

use clap::Args;

use super::RecordArgs;

#[derive(Debug, Args)]
pub struct PriorityArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// How urgent it is: 1 (highest) to 3
    #[arg(value_name = "URGENCY", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub urgency: u8,
    /// How many are affected: 1 (widest) to 3
    #[arg(value_name = "IMPACT", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub impact: u8,
    /// With whom at the business it was agreed
    #[arg(long, value_name = "NAME")]
    pub agreed_with: Option<String>,
}

#[derive(Debug, Args)]
pub struct ClassifyArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// By what right: a key of the routine, as `klock routine show` lists them
    #[arg(value_name = "KEY")]
    pub entitled: String,
    /// Who
    #[arg(value_name = "NAME")]
    pub who: Option<String>,
}

#[derive(Debug, Args)]
pub struct ActivateArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Why; needed where the priority does not call for the routine
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

#[derive(Debug, Args)]
pub struct PhaseArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which phase, by its key
    #[arg(value_name = "PHASE")]
    pub phase: String,
}

#[derive(Debug, Args)]
pub struct DeliverArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// To whom
    #[arg(value_name = "WHO", required = true)]
    pub to: Vec<String>,
}

#[derive(Debug, Args)]
pub struct ProblemArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Its number or address
    #[arg(value_name = "REFERENCE", required = true)]
    pub reference: Vec<String>,
}
