//! `klock action`: opens, lists, changes, finishes, drops and reopens actions.

use super::args::{ActionVerb, JsonArg, RecordArgs, RoomArg};
use super::call::Call;
use super::failure::Failure;
use super::plan;
use super::record::{optional, record, record_afterwards, text};
use super::room::{self, Unnamed};
use crate::domain::entry;
use crate::domain::intent::Intent;
use crate::domain::phrase::{Arg, Phrase};
use crate::report::outline::Outline;

/// Does what is asked of the actions.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn run(call: &mut Call, verb: &ActionVerb) -> Result<(), Failure> {
    match verb {
        ActionVerb::Open { record: args, corrective, text: words } => open(call, args, *corrective, words),
        ActionVerb::List { room, all, json } => list(call, room, *all, *json),
        ActionVerb::Update { record: args, no, owner, due, plan, note } => {
            let due = due.as_deref().map(|due| call.future(due)).transpose()?;
            let note = optional(note.as_ref());
            let track = plan.map(plan::track);
            record_afterwards(call, args, Intent::UpdateAction { no: *no, owner: owner.clone(), due, track, note })
        }
        ActionVerb::Done { record: args, no, outcome } => {
            record_afterwards(call, args, Intent::FinishAction { no: *no, outcome: text(outcome) })
        }
        ActionVerb::Drop { record: args, no, reason } => {
            record_afterwards(call, args, Intent::DropAction { no: *no, reason: reason.as_str().into() })
        }
        ActionVerb::Reopen { record: args, no, reason } => {
            record_afterwards(call, args, Intent::ReopenAction { no: *no, reason: optional(reason.as_ref()) })
        }
    }
}

fn open(call: &mut Call, args: &RecordArgs, corrective: bool, words: &[String]) -> Result<(), Failure> {
    let parsed = entry::parse(&words.join(" "), call.now(), call.zone(), call.lang(), &[]);
    let args = RecordArgs { at: args.at.clone().or_else(|| parsed.at.map(|at| at.to_string())), ..args.clone() };
    let (text, facets) = (parsed.text.into(), parsed.facets);
    if corrective {
        return record_afterwards(call, &args, Intent::OpenCorrectiveAction { text, facets });
    }
    record(call, &args, Intent::OpenAction { text, facets })
}

fn list(call: &mut Call, room: &RoomArg, all: bool, json: JsonArg) -> Result<(), Failure> {
    let id = room::choose(call, room, Unnamed::OpenOrLast)?;
    let outline = Outline::of(&call.fold(&id)?, call.now(), &call.words);
    let actions: Vec<_> =
        outline.actions.into_iter().chain(outline.corrective_actions).filter(|a| all || a.state == "open").collect();
    if json.json {
        return call.out.document(&actions);
    }
    for action in &actions {
        let mark = match (action.state, action.late_minutes) {
            ("open", Some(_)) => "!",
            ("open", None) => "○",
            ("done", _) => "✓",
            _ => "–",
        };
        let owner = action.owner.as_ref().map_or_else(String::new, |owner| format!("  @{owner}"));
        let track = action.track.as_ref().map_or_else(String::new, |track| format!("  #{track}"));
        let due = action.due.filter(|_| action.state == "open");
        let due =
            due.map_or_else(String::new, |at| format!("  {}", call.say(&Phrase::new("cli-due").with("time", at))));
        let late = action.late_minutes.map_or_else(String::new, |minutes| {
            format!("  {}", call.say(&Phrase::new("cli-late").with("span", Arg::Minutes(minutes))))
        });
        call.out.line(&format!("{mark} {:>3}  {}{owner}{track}{due}{late}", action.no, action.text))?;
    }
    Ok(())
}
