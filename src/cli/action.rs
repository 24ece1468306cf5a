//! `klock action`: opens, lists, changes, finishes, drops and reopens actions.

use super::args::{ActionVerb, JsonArg, RecordArgs, RoomArg};
use super::call::Call;
use super::failure::Failure;
use super::plan;
use super::record::{optional, print, record_afterwards, send, text};
use super::room::{self, Unnamed};
use crate::domain::entry::{self, Kind, Purpose};
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
            let due = due.as_deref().map(|due| call.time_ahead("--due", due, Purpose::Due, args)).transpose()?;
            let note = optional(note.as_ref());
            let track = plan.map(plan::track);
            record_afterwards(call, args, Intent::UpdateAction { no: *no, owner: owner.clone(), due, track, note })?;
            due.map_or(Ok(()), |due| call.say_day(due))
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

/// Opens an action. The verb says what it is: its words are stored as they are.
fn open(call: &mut Call, args: &RecordArgs, corrective: bool, words: &[String]) -> Result<(), Failure> {
    let at = call.happened(args)?;
    // What is to be done so that it does not happen again is often decided after the close.
    let unnamed = if corrective { Unnamed::OpenOrLast } else { Unnamed::Open };
    let room = room::choose(call, &args.room, unnamed)?;
    let words = words.join(" ");
    let people = if words.contains('@') { room::head(call, &room)?.people } else { Vec::new() };
    let now = at.unwrap_or_else(|| call.now());
    let parsed = entry::parse_whole(&words, Kind::Action, now, call.zone(), call.lang(), &people);
    let undue = entry::undue(&parsed);
    let (text, facets) = (parsed.text.into(), parsed.facets);
    let due = facets.due;
    let intent =
        if corrective { Intent::OpenCorrectiveAction { text, facets } } else { Intent::OpenAction { text, facets } };
    let records = send(call, &room, at, intent)?;
    print(call, args, &room, &records)?;
    if let Some(undue) = undue {
        let said = call.say(&undue);
        call.out.aside(&format!("klock: {said}"))?;
    }
    due.map_or(Ok(()), |due| call.say_day(due))
}

fn list(call: &mut Call, room: &RoomArg, all: bool, json: JsonArg) -> Result<(), Failure> {
    let id = room::choose(call, room, Unnamed::OpenOrLast)?;
    let outline = Outline::of(&call.fold(&id)?, call.now(), &call.words);
    let actions: Vec<_> =
        outline.actions.into_iter().chain(outline.corrective_actions).filter(|a| all || a.state == "open").collect();
    if json.json {
        return call.out.document(&actions);
    }
    if actions.iter().any(|action| action.due.is_some() && action.state == "open") {
        let zone = call.zone_line();
        call.out.line(&zone)?;
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
