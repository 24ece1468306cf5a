//! `klock resource`, `klock supplier` and `klock obstacle`: what is needed, who is called in, and what is in the way.

use clap::{Args, Subcommand};

use crate::cli::args::RecordArgs;
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::cli::record::{optional, record, text};
use crate::domain::intent::Intent;

#[derive(Debug, Args)]
pub struct ResourceArgs {
    #[command(subcommand)]
    pub verb: ResourceVerb,
}

#[derive(Debug, Subcommand)]
pub enum ResourceVerb {
    /// Ask for somebody or something
    Ask {
        #[command(flatten)]
        record: RecordArgs,
        /// Who or what
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// It came
    Allocate {
        #[command(flatten)]
        record: RecordArgs,
        /// Which one that was asked for
        #[arg(value_name = "NO")]
        no: u32,
        /// Who or what came
        #[arg(value_name = "WHO", required = true)]
        who: Vec<String>,
    },
    /// It is no longer needed
    Drop {
        #[command(flatten)]
        record: RecordArgs,
        /// Which one that was asked for
        #[arg(value_name = "NO")]
        no: u32,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock supplier engage Paygate
  klock supplier update 1 --case SE-4711 --critical yes --staff \"two network engineers\"")]
pub struct SupplierArgs {
    #[command(subcommand)]
    pub verb: SupplierVerb,
}

/// What is known of a supplier.
#[derive(Debug, Args)]
pub struct SupplierFacts {
    /// Their case number
    #[arg(long, value_name = "NUMBER")]
    pub case: Option<String>,
    /// Whether they registered it as critical
    #[arg(long, value_name = "yes|no", value_parser = clap::builder::BoolishValueParser::new())]
    pub critical: Option<bool>,
    /// Who they put on it
    #[arg(long, value_name = "WHO")]
    pub staff: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum SupplierVerb {
    /// Call a supplier in
    Engage {
        #[command(flatten)]
        record: RecordArgs,
        /// Which supplier
        #[arg(value_name = "NAME")]
        supplier: String,
        #[command(flatten)]
        facts: SupplierFacts,
    },
    /// Note what has become known
    Update {
        #[command(flatten)]
        record: RecordArgs,
        /// Which supplier, by its number
        #[arg(value_name = "NO")]
        no: u32,
        #[command(flatten)]
        facts: SupplierFacts,
    },
}

#[derive(Debug, Args)]
pub struct ObstacleArgs {
    #[command(subcommand)]
    pub verb: ObstacleVerb,
}

#[derive(Debug, Subcommand)]
pub enum ObstacleVerb {
    /// Something is in the way
    Raise {
        #[command(flatten)]
        record: RecordArgs,
        /// What
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// It is out of the way
    Clear {
        #[command(flatten)]
        record: RecordArgs,
        /// Which one
        #[arg(value_name = "NO")]
        no: u32,
        /// How
        #[arg(value_name = "HOW")]
        how: Vec<String>,
    },
}

/// Asks for one, says that it came, or that it is not needed any more.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn resource(call: &mut Call, verb: &ResourceVerb) -> Result<(), CommandFailure> {
    match verb {
        ResourceVerb::Ask { record: args, text: words } => {
            record(call, args, Intent::AskResource { what: text(words) })
        }
        ResourceVerb::Allocate { record: args, no, who } => {
            record(call, args, Intent::AllocateResource { no: *no, who: text(who) })
        }
        ResourceVerb::Drop { record: args, no, reason } => {
            record(call, args, Intent::DropResource { no: *no, reason: reason.as_str().into() })
        }
    }
}

/// Calls a supplier in, or notes what has become known.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn supplier(call: &mut Call, verb: &SupplierVerb) -> Result<(), CommandFailure> {
    match verb {
        SupplierVerb::Engage { record: args, supplier, facts } => record(call, args, intent(None, supplier, facts)),
        SupplierVerb::Update { record: args, no, facts } => record(call, args, intent(Some(*no), "", facts)),
    }
}

fn intent(no: Option<u32>, name: &str, facts: &SupplierFacts) -> Intent {
    Intent::EngageSupplier {
        no,
        name: name.into(),
        case: optional(facts.case.as_ref()),
        critical: facts.critical,
        staff: optional(facts.staff.as_ref()),
    }
}

/// Raises an obstacle, or clears it.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn obstacle(call: &mut Call, verb: &ObstacleVerb) -> Result<(), CommandFailure> {
    match verb {
        ObstacleVerb::Raise { record: args, text: words } => {
            record(call, args, Intent::RaiseObstacle { text: text(words) })
        }
        ObstacleVerb::Clear { record: args, no, how } => {
            record(call, args, Intent::ClearObstacle { no: *no, how: text(how) })
        }
    }
}
