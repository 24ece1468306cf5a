//! The verb that takes alerts from monitoring.

use clap::Args;

use super::{JsonArg, RoomArg};
use crate::cli::import::tool::Tool;

#[derive(Debug, Args)]
#[command(after_help = "\
Reads the messages that monitoring tools send by webhook, and the lists that their programs and APIs print: JSON in any Unicode encoding, one message after the other, a line each or not, or lists of them. SNS, SQS, Pub/Sub and CloudEvents around a message are opened.

Each alert becomes one observation, tagged #alert, at the time it began, was acknowledged or was resolved. An alert that is told again in the same state is recognised, also when a second server tells a slightly different time: repeated notifications add nothing, and an import that failed can be run again. An alert that was resolved and fires again is a new entry. What is broken is named with its line, and the rest is imported.

Examples:
  klock import -r 2026-014 < alerts.json
  curl -s http://localhost:9093/api/v2/alerts | klock import
  aws cloudwatch describe-alarms --state-value ALARM | klock import
  jq -c '.alerts[]' < huge.json | klock import
  klock import --json < alerts.json | jq 'select(.new) | .seq'

Prints the number and the time of each new entry, once it is on disk.")]
pub struct ImportArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// Whose alerts they are [default: told by their shape]
    #[arg(long, value_name = "TOOL")]
    pub from: Option<Tool>,
    #[command(flatten)]
    pub json: JsonArg,
}
