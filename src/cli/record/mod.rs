//! What all verbs do that record something: ask the room, wait until it is on disk, print number and time.

pub mod action;
pub mod answer;
pub mod checklist;
pub mod entry;
pub mod meeting;
pub mod needs;
pub mod notice;
pub mod role;
pub mod stage;

use serde::Serialize;

use crate::cli::args::RecordArgs;
use crate::cli::call::{Call, unexpected};
use crate::cli::failure::CommandFailure;
use crate::cli::room::{self, Unnamed};
use crate::domain::id::RoomId;
use crate::domain::intent::{Intent, Request};
use crate::domain::record::Record;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::wire::message::{Answer, Ask};

/// What was recorded, for programs.
#[derive(Serialize)]
struct Receipt<'a> {
    room: &'a RoomId,
    seq: u64,
    at: Moment,
    rec: Moment,
}

/// Asks the room that `args` means for `intent`, at the time `args` says, and prints `SEQ TIME`. Without a name the room of an
/// incident that goes on is meant.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn record(call: &mut Call, args: &RecordArgs, intent: Intent) -> Result<(), CommandFailure> {
    record_in(call, args, Unnamed::Open, intent)
}

/// The same for what may come after an incident: without a name, and when none goes on, the one closed last is meant.
///
/// # Errors
/// As [`record`].
pub fn record_afterwards(call: &mut Call, args: &RecordArgs, intent: Intent) -> Result<(), CommandFailure> {
    record_in(call, args, Unnamed::OpenOrLast, intent)
}

fn record_in(call: &mut Call, args: &RecordArgs, unnamed: Unnamed, intent: Intent) -> Result<(), CommandFailure> {
    let at = call.happened(args)?;
    let room = room::choose(call, &args.room, unnamed)?;
    let records = send(call, &room, at, intent)?;
    print(call, args, &room, &records)
}

/// Asks `room` for `intent`, and waits until it is on disk.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn send(call: &mut Call, room: &RoomId, at: Option<Moment>, intent: Intent) -> Result<Vec<Record>, CommandFailure> {
    let request = Request { id: call.intent_id(), room: room.clone(), at, intent };
    match call.ask(Ask::Do(Box::new(request)))? {
        Answer::Recorded { records } => Ok(records),
        other => Err(unexpected(&other)),
    }
}

/// Prints what an intent caused: `SEQ TIME` of its first record, or JSON.
///
/// # Errors
/// When stdout cannot be written to.
pub fn print(call: &mut Call, args: &RecordArgs, room: &RoomId, records: &[Record]) -> Result<(), CommandFailure> {
    let Some(first) = records.first() else { return Ok(()) };
    if args.json.json {
        return call.out.json(&Receipt { room, seq: first.seq, at: call.local(first.at), rec: call.local(first.rec) });
    }
    call.out.line(&format!("{} {}", first.seq, call.local(first.at)))
}

/// The words of a command line as one text.
pub fn text(words: &[String]) -> Text {
    words.join(" ").into()
}

/// The text of a flag, or nothing.
pub fn optional(text: Option<&String>) -> Text {
    text.cloned().unwrap_or_default().into()
}
