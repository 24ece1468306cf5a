//! `klock meeting`: calls, starts, runs and ends critical-incident meetings.

use super::args::{MeetingVerb, RecordArgs};
use super::call::Call;
use super::failure::Failure;
use super::record::{print, record, send, text};
use super::room::{self, Unnamed};
use crate::domain::entry::Purpose;
use crate::domain::intent::Intent;

/// Does what is asked of the meeting.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn run(call: &mut Call, verb: &MeetingVerb) -> Result<(), Failure> {
    match verb {
        MeetingVerb::Call { record: args, starts, text: words } => {
            let starts_at = call.time_ahead("TIME", starts, Purpose::Start, args)?;
            record(call, args, Intent::CallMeeting { starts_at, text: text(words) })?;
            call.say_day(starts_at)
        }
        MeetingVerb::Start { record: args, with } => start(call, args, with),
        MeetingVerb::Attend { record: args, person } => {
            record(call, args, Intent::AttendMeeting { person: person.as_str().into() })
        }
        MeetingVerb::Point { record: args, point, outcome } => {
            record(call, args, Intent::FinishAgendaPoint { point: point.clone(), outcome: text(outcome) })
        }
        MeetingVerb::End { record: args, summary } => {
            record(call, args, Intent::EndMeeting { held: true, summary: text(summary) })
        }
        MeetingVerb::CallOff { record: args, reason } => {
            record(call, args, Intent::EndMeeting { held: false, summary: reason.as_str().into() })
        }
    }
}

fn start(call: &mut Call, args: &RecordArgs, with: &[String]) -> Result<(), Failure> {
    let at = call.happened(args)?;
    let room = room::choose(call, &args.room, Unnamed::Open)?;
    let started = send(call, &room, at, Intent::StartMeeting)?;
    for person in with {
        send(call, &room, at, Intent::AttendMeeting { person: person.as_str().into() })?;
    }
    print(call, args, &room, &started)
}
