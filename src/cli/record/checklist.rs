//! `klock check`, `klock waive` and `klock item`: the points of the checklist.

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::cli::args::{JsonArg, RecordArgs, RoomArg};
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::cli::record::{optional, record};
use crate::cli::room::{self, Unnamed};
use crate::domain::checklist::{ItemView, Urgency};
use crate::domain::intent::Intent;
use crate::domain::item_state::Settlement;
use crate::domain::phrase::{Lang, Lexicon as _, Phrase};
use crate::domain::record::Assurance;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which point, by its key
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// A note beside it
    #[arg(long, short, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct WaiveArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which point, by its key
    #[arg(value_name = "ITEM")]
    pub item: String,
    /// Why it does not apply
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct ItemArgs {
    #[command(subcommand)]
    pub verb: ItemVerb,
}

#[derive(Debug, Subcommand)]
pub enum ItemVerb {
    /// List the points, what is due now first
    List {
        #[command(flatten)]
        room: RoomArg,
        #[command(flatten)]
        json: JsonArg,
    },
    /// Take back that a point is done or waived
    Reopen {
        #[command(flatten)]
        record: RecordArgs,
        /// Which point, by its key
        #[arg(value_name = "ITEM")]
        item: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Give a point to somebody
    Assign {
        #[command(flatten)]
        record: RecordArgs,
        /// Which point, by its key
        #[arg(value_name = "ITEM")]
        item: String,
        /// To whom
        #[arg(value_name = "PERSON")]
        person: String,
    },
}

/// A point, for programs.
#[derive(Serialize)]
struct ItemLine<'a> {
    key: &'a str,
    section: &'a str,
    title: &'a str,
    /// `done`, `waived`, or none.
    settled: Option<Settlement>,
    due_now: bool,
    due_at: Option<Moment>,
    by: Option<&'a str>,
    sure: Option<Assurance>,
    at: Option<Moment>,
    note: Option<&'a str>,
    assignee: Option<&'a str>,
    clauses: &'a [String],
}

/// Does what is asked of the checklist.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn item(call: &mut Call, verb: &ItemVerb) -> Result<(), CommandFailure> {
    match verb {
        ItemVerb::List { room, json } => list(call, room, *json),
        ItemVerb::Reopen { record: args, item, reason } => {
            record(call, args, Intent::ReopenItem { item: item.clone(), reason: optional(reason.as_ref()) })
        }
        ItemVerb::Assign { record: args, item, person } => {
            record(call, args, Intent::AssignItem { item: item.clone(), person: person.as_str().into() })
        }
    }
}

fn list(call: &mut Call, room: &RoomArg, json: JsonArg) -> Result<(), CommandFailure> {
    let id = room::choose(call, room, Unnamed::OpenOrLast)?;
    let fold = call.fold(&id)?;
    let (lang, now) = (call.lang(), call.now());
    let items = fold.items_by_urgency(now);
    if json.json {
        let lines: Vec<ItemLine<'_>> = items.iter().map(|view| line(view, lang, call.zone())).collect();
        return call.out.document(&lines);
    }
    let widest = items.iter().map(|view| view.item.key.len()).max().unwrap_or(0);
    if items.iter().any(|view| time_shown(view).is_some()) {
        let zone = call.zone_line();
        call.out.line(&zone)?;
    }
    for view in &items {
        let settled = view.state.and_then(|state| state.settled.as_ref());
        let mark = match (settled.map(|settled| settled.how), view.urgency) {
            (Some(Settlement::Done), _) => "✓",
            (Some(Settlement::Waived), _) => "–",
            (None, Urgency::DueNow) => "▸",
            (None, _) => "○",
        };
        let when = match (time_shown(view), settled) {
            (Some(at), Some(settled)) => format!("  {} {}", call.words.time(at, now), settled.by.signed()),
            (Some(at), None) => format!("  {}", call.words.say_beside(&Phrase::new("cli-due").with("time", at), now)),
            (None, _) => String::new(),
        };
        call.out.line(&format!("{mark} {:widest$}  {}{when}", view.item.key, view.item.title.get(lang)))?;
    }
    Ok(())
}

/// When the point was settled, or when it will be due; `None` if it is due already.
fn time_shown(view: &ItemView<'_>) -> Option<Moment> {
    match view.state.and_then(|state| state.settled.as_ref()) {
        Some(settled) => Some(settled.at),
        None => view.due_at.filter(|_| view.urgency == Urgency::Later),
    }
}

fn line<'a>(view: &ItemView<'a>, lang: Lang, zone: &Zone) -> ItemLine<'a> {
    let settled = view.state.and_then(|state| state.settled.as_ref());
    ItemLine {
        key: &view.item.key,
        section: view.section.title.get(lang),
        title: view.item.title.get(lang),
        settled: settled.map(|settled| settled.how),
        due_now: view.urgency == Urgency::DueNow,
        due_at: view.due_at.map(|due| zone.local(due)),
        by: settled.map(|settled| settled.by.name.as_str()),
        sure: settled.map(|settled| settled.by.sure),
        at: settled.map(|settled| zone.local(settled.at)),
        note: settled.map(|settled| settled.text.raw()).filter(|note| !note.is_empty()),
        assignee: view.state.and_then(|state| state.assignee.as_ref()).map(Text::raw),
        clauses: &view.item.serves,
    }
}

/// Marks the point as done.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn check(call: &mut Call, args: &CheckArgs) -> Result<(), CommandFailure> {
    record(call, &args.record, Intent::CheckItem { item: args.item.clone(), note: optional(args.note.as_ref()) })
}

/// Sets the point aside.
///
/// # Errors
/// A refusal, no such room, or no host.
pub fn waive(call: &mut Call, args: &WaiveArgs) -> Result<(), CommandFailure> {
    record(call, &args.record, Intent::WaiveItem { item: args.item.clone(), reason: args.reason.as_str().into() })
}
