//! The verb that takes alerts from monitoring.

use clap::Args;

use super::{JsonArg, RoomArg};
use crate::cli::import::tool::Tool;

#[derive(Debug, Args)]
#[command(after_help = "\
Reads what Alertmanager (webhook, or the list of its API) and Grafana (webhook) send: one message, or one after the other. Each alert becomes one observation, tagged #alert, at the time it began or was resolved. An alert that was imported before, in the same state, is recognised: repeated notifications add nothing, and an import that failed can be run again.

Examples:
  klock import -r 2026-014 < alerts.json
  curl -s http://localhost:9093/api/v2/alerts | klock import
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
