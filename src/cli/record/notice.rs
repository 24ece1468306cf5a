//! `klock notice`: messages to people outside the room, recorded.

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::args::RecordArgs;
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::cli::record::{print, send, text};
use crate::cli::room::{self, Unnamed};
use crate::domain::intent::Intent;
use crate::domain::routine::Channel;
use crate::domain::text::Text;

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

/// Records that a message went out, or keeps its wording.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn notice(call: &mut Call, verb: &NoticeVerb) -> Result<(), CommandFailure> {
    let (args, sent) = match verb {
        NoticeVerb::Sent(args) => (args, true),
        NoticeVerb::Draft(args) => (args, false),
    };
    let at = call.happened(&args.record)?;
    let room = room::choose(call, &args.record.room, Unnamed::Open)?;
    let (channel, audience) = as_routine_says(call, args, &room)?;
    let (notice, text) = (args.notice.clone(), text(&args.text));
    let intent = if sent {
        Intent::RecordMessage { notice, channel, audience, text }
    } else {
        Intent::DraftMessage { notice, channel, audience, text }
    };
    let records = send(call, &room, at, intent)?;
    print(call, &args.record, &room, &records)
}

/// What was not said is what the routine says of the notice.
fn as_routine_says(
    call: &mut Call,
    args: &MessageArgs,
    room: &crate::domain::id::RoomId,
) -> Result<(Channel, Text), CommandFailure> {
    let fold = call.fold(room)?;
    let known = args.notice.as_deref().and_then(|key| fold.routine.as_deref()?.notice(key));
    let channel = match (args.channel, known) {
        (Some(ChannelArg::Sms), _) | (None, None) => Channel::Sms,
        (Some(ChannelArg::Email), _) => Channel::Email,
        (Some(ChannelArg::Phone), _) => Channel::Phone,
        (Some(ChannelArg::Chat), _) => Channel::Chat,
        (Some(ChannelArg::Web), _) => Channel::Web,
        (None, Some(notice)) => notice.channel,
    };
    let audience = match (&args.to, known) {
        (Some(to), _) => to.as_str().into(),
        (None, Some(notice)) => notice.audience.get(call.lang()).into(),
        (None, None) => Text::default(),
    };
    Ok((channel, audience))
}
