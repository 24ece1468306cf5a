//! `klock item`: lists the checklist, takes a point back, assigns it.

use serde::Serialize;

use super::args::{ItemVerb, JsonArg, RoomArg};
use super::call::Call;
use super::failure::Failure;
use super::record::{optional, record};
use super::room::{self, Unnamed};
use crate::domain::checklist::{ItemView, Settlement, Urgency};
use crate::domain::intent::Intent;
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::record::Assurance;
use crate::domain::text::Text;
use crate::domain::time::Moment;

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
pub fn run(call: &mut Call, verb: &ItemVerb) -> Result<(), Failure> {
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

fn list(call: &mut Call, room: &RoomArg, json: JsonArg) -> Result<(), Failure> {
    let id = room::choose(call, room, Unnamed::OpenOrLast)?;
    let fold = call.fold(&id)?;
    let lang = call.lang();
    let items = fold.items_by_urgency(call.now());
    if json.json {
        let lines: Vec<ItemLine<'_>> = items.iter().map(|view| line(view, lang)).collect();
        return call.out.document(&lines);
    }
    let widest = items.iter().map(|view| view.item.key.len()).max().unwrap_or(0);
    for view in &items {
        let settled = view.state.and_then(|state| state.settled.as_ref());
        let mark = match (settled.map(|settled| settled.how), view.urgency) {
            (Some(Settlement::Done), _) => "✓",
            (Some(Settlement::Waived), _) => "–",
            (None, Urgency::DueNow) => "▸",
            (None, _) => "○",
        };
        let by = settled.map_or_else(String::new, |settled| format!("  {} {}", settled.at.hm(), settled.by.signed()));
        let due = view.due_at.filter(|_| settled.is_none() && view.urgency == Urgency::Later);
        let due =
            due.map_or_else(String::new, |at| format!("  {}", call.say(&Phrase::new("cli-due").with("time", at))));
        call.out.line(&format!("{mark} {:widest$}  {}{by}{due}", view.item.key, view.item.title.get(lang)))?;
    }
    Ok(())
}

fn line<'a>(view: &ItemView<'a>, lang: Lang) -> ItemLine<'a> {
    let settled = view.state.and_then(|state| state.settled.as_ref());
    ItemLine {
        key: &view.item.key,
        section: view.section.title.get(lang),
        title: view.item.title.get(lang),
        settled: settled.map(|settled| settled.how),
        due_now: view.urgency == Urgency::DueNow,
        due_at: view.due_at,
        by: settled.map(|settled| settled.by.name.as_str()),
        sure: settled.map(|settled| settled.by.sure),
        at: settled.map(|settled| settled.at),
        note: settled.map(|settled| settled.text.raw()).filter(|note| !note.is_empty()),
        assignee: view.state.and_then(|state| state.assignee.as_ref()).map(Text::raw),
        clauses: &view.item.serves,
    }
}
