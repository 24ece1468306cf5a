//! The verbs of what the team needs: resources, suppliers, and obstacles out of the way.

use clap::{Args, Subcommand};

use super::RecordArgs;

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
