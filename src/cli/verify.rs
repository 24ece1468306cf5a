//! `klock verify`: checks a room's journal and index from end to end.

use clap::Args;
use serde::Serialize;

use super::call::{Call, unexpected};
use super::failure::{CommandFailure, Exit};
use super::room;
use crate::cli::args::JsonArg;
use crate::client::AskError;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::wire::message::{self, Answer, Ask, Verification};

#[derive(Debug, Args)]
#[command(after_help = "Without -r every room is checked. Exit code 1 when anything is wrong.")]
pub struct VerifyArgs {
    /// The room [default: every one]
    #[arg(short = 'r', long = "room", value_name = "ROOM")]
    pub room: Option<String>,
    #[command(flatten)]
    pub json: JsonArg,
}

/// What was found in a room, for programs.
#[derive(Serialize)]
struct Finding {
    room: RoomId,
    records: u64,
    head: String,
    faults: Vec<String>,
    /// Whether it was looked at; when not, the fault says why.
    checked: bool,
}

/// Checks the room that is named, or every one.
///
/// # Errors
/// When anything is wrong or could not be checked (it was printed), no such room, or no host.
pub fn run(call: &mut Call, args: &VerifyArgs) -> Result<(), CommandFailure> {
    let rooms = match &args.room {
        Some(name) => vec![room::named(name)?],
        None => room::all(call)?.into_iter().map(|room| room.id).collect(),
    };
    let mut findings = Vec::new();
    for room in rooms {
        let asked = call.client()?.ask(Ask::Verify { room: room.clone() });
        let finding = match asked {
            Ok(Answer::Verified(found)) => finding(call, room, found),
            Ok(other) => return Err(unexpected(&other)),
            // One room that cannot be read keeps nobody from knowing how the others are.
            Err(AskError::Failed(message::Failure::Broken(why) | message::Failure::CannotSave(why))) => {
                let fault = call.say(&Phrase::new("verify-unchecked").with("why", why));
                Finding { room, records: 0, head: String::new(), faults: vec![fault], checked: false }
            }
            // It went while the others were looked at.
            Err(AskError::Failed(message::Failure::NoSuchRoom(_))) if args.room.is_none() => continue,
            Err(error) => return Err(error.into()),
        };
        if !args.json.json {
            print(call, &finding)?;
        }
        findings.push(finding);
    }
    if args.json.json {
        call.out.document(&findings)?;
    } else if findings.is_empty() {
        let said = call.say(&Phrase::new("cli-no-rooms"));
        call.out.line(&said)?;
    }
    if findings.iter().any(|finding| !finding.faults.is_empty()) {
        call.out.flush()?;
        return Err(CommandFailure::Said(Exit::Refused));
    }
    Ok(())
}

fn finding(call: &Call, room: RoomId, found: Verification) -> Finding {
    let faults = found.faults.iter().map(|fault| call.say(fault)).collect();
    Finding { room, records: found.records, head: found.head, faults, checked: true }
}

fn print(call: &mut Call, finding: &Finding) -> Result<(), CommandFailure> {
    if !finding.checked {
        return finding.faults.iter().try_for_each(|fault| call.out.line(&format!("{}: {fault}", finding.room)));
    }
    let key = if finding.faults.is_empty() { "cli-verified" } else { "cli-verified-faults" };
    let phrase = Phrase::new(key)
        .with("room", finding.room.as_str())
        .with("records", finding.records)
        .with("head", finding.head.as_str())
        .with("faults", finding.faults.len());
    let said = call.say(&phrase);
    call.out.line(&said)?;
    finding.faults.iter().try_for_each(|fault| call.out.line(&format!("  {fault}")))
}
