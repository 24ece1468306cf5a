//! `klock notice`: messages to people outside the room, recorded.

use super::args::{ChannelArg, MessageArgs, NoticeVerb};
use super::call::Call;
use super::failure::CommandFailure;
use super::record::{print, send, text};
use super::room::{self, Unnamed};
use crate::domain::intent::Intent;
use crate::domain::routine::Channel;
use crate::domain::text::Text;

/// Records that a message went out, or keeps its wording.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn run(call: &mut Call, verb: &NoticeVerb) -> Result<(), CommandFailure> {
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
