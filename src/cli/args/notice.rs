//! The verbs of what is told to people outside the room.

use clap::{Args, Subcommand, ValueEnum};

use super::RecordArgs;

/// How something was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChannelArg {
    Sms,
    Email,
    Phone,
    Chat,
    Web,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock notice sent --notice first --to Leadership \"CIM in place. Bridge 08-123 45 67, code 4711\"
  klock notice sent --channel phone --to \"Nordbank service desk\" \"Told them about the workaround\"

A notice that names the routine's first notice stops its clock.")]
pub struct NoticeArgs {
    #[command(subcommand)]
    pub verb: NoticeVerb,
}

#[derive(Debug, Args)]
pub struct MessageArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which notice of the routine it is, by its key
    #[arg(long, value_name = "KEY")]
    pub notice: Option<String>,
    /// How it is told [default: as the routine says, else sms]
    #[arg(long, value_enum, value_name = "CHANNEL")]
    pub channel: Option<ChannelArg>,
    /// To whom [default: as the routine says]
    #[arg(long, value_name = "AUDIENCE")]
    pub to: Option<String>,
    /// What is said
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub enum NoticeVerb {
    /// A message went out
    Sent(MessageArgs),
    /// Keep the wording of a message that has not gone out
    Draft(MessageArgs),
}
