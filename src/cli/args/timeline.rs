//! What `klock timeline` takes.

use clap::Args;

use super::RoomArg;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock timeline --since -1h --kind decision
  klock timeline --follow --since -10m
  klock timeline --json | jq -r 'select(.kind == \"decision\") | .text'
  klock timeline --follow --json --kind decision | while read -r line; do …; done

With --follow the entries come in the order in which they were recorded, each once. When the host dies, another is looked for and started, and nothing is left out; the stream ends when its reader does.

Who wrote it stands last: anna is a login of this machine, ~anna a name that was claimed (in a shared window, by --name or a setting), $anna a script. With --json: by, sure (verified, claimed, script) and uid.")]
pub struct TimelineArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// Only what happened from this time or day on
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Only what happened until this time, or the end of this day
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Only this kind of entry; may be given several times
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// Only entries with all of these words
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Only entries by this person, or in which they are named
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Only entries with this #tag
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// Only starred entries
    #[arg(long)]
    pub starred: bool,
    /// Go on printing as things happen
    #[arg(long, short)]
    pub follow: bool,
    /// Print one JSON object a line
    #[arg(long)]
    pub json: bool,
}
