//! `klock timeline`: what has happened, in the order in which it happened; with `--follow` as it happens.

mod follow;
mod pages;
mod printer;

use clap::Args;

use self::pages::{beginning, page};
use self::printer::EntryPrinter;
use super::call::Call;
use super::failure::CommandFailure;
use super::room::{self, Unnamed};
use crate::cli::args::RoomArg;
use crate::domain::action::Track;
use crate::domain::entry::Purpose;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::room::Room;
use crate::domain::timeline::{Entry, EntryKind, Filter, entry};
use crate::wire::message::PageFrom;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock timeline --since -1h --kind decision
  klock timeline --follow --since -10m
  klock timeline --json | jq -r 'select(.kind == \"decision\") | .text'
  klock timeline --follow --json --kind decision | while read -r line; do …; done

With --follow the entries come in the order in which they were recorded, each once. When the host dies, another is looked for and started, and nothing is left out; the stream ends when its reader does.

Who wrote it stands last: anna is a login of this machine, ~anna a name that was claimed (in a shared window, by --name or a setting), $anna a script. With --json: by, sure (verified, claimed, script) and uid.")]
pub struct TimelineArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// Only what happened from this time or day on
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Only what happened until this time, or the end of this day
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Only this kind of entry; may be given several times
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// Only entries with all of these words
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Only entries by this person, or in which they are named
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Only entries with this #tag
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// Only starred entries
    #[arg(long)]
    pub starred: bool,
    /// Go on printing as things happen
    #[arg(long, short)]
    pub follow: bool,
    /// Print one JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// Prints the timeline.
///
/// # Errors
/// An unknown kind, a time that is not understood, no such room, or no host.
pub fn run(call: &mut Call, args: &TimelineArgs) -> Result<(), CommandFailure> {
    let filter = filter(call, args)?;
    let room = room::choose(call, &args.room, Unnamed::OpenOrLast)?;
    let printer = EntryPrinter { json: args.json, under: None };
    if args.follow { follow::run(call, printer, &room, &filter) } else { in_order(call, printer, &room, &filter) }
}

/// Prints what there is, in the order in which it happened.
fn in_order(call: &mut Call, mut printer: EntryPrinter, room: &RoomId, filter: &Filter) -> Result<(), CommandFailure> {
    let fold = call.fold(room)?;
    let mut next = Some(beginning(filter));
    while let Some(from) = next {
        let (records, after) = page(call, &fold, from, filter.clone())?;
        for entry in records.iter().filter_map(|record| entry(record, &fold)) {
            printer.print(call, &entry)?;
        }
        next = after;
    }
    Ok(())
}

/// Every entry of a room, in the order in which things happened.
///
/// # Errors
/// No such room, or no host.
pub fn entries(call: &mut Call, fold: &Room) -> Result<Vec<Entry>, CommandFailure> {
    let mut entries = Vec::new();
    let mut next = Some(PageFrom::Start);
    while let Some(from) = next {
        let (records, after) = page(call, fold, from, Filter::default())?;
        entries.extend(records.iter().filter(|record| record.seq <= fold.seq).filter_map(|record| entry(record, fold)));
        next = after;
    }
    Ok(entries)
}

fn filter(call: &Call, args: &TimelineArgs) -> Result<Filter, CommandFailure> {
    let kinds: Result<Vec<EntryKind>, CommandFailure> = args.kind.iter().map(|name| kind(call, name)).collect();
    Ok(Filter {
        text: args.text.clone().unwrap_or_default(),
        kinds: kinds?,
        person: args.person.as_ref().map(|person| person.trim_start_matches('@').to_owned()),
        tag: args.tag.as_ref().map(|tag| tag.trim_start_matches('#').to_owned()),
        track: None::<Track>,
        starred: args.starred,
        since: args.since.as_deref().map(|since| call.time("--since", since, Purpose::Since)).transpose()?,
        until: args.until.as_deref().map(|until| call.time("--until", until, Purpose::Until)).transpose()?,
    })
}

fn kind(call: &Call, name: &str) -> Result<EntryKind, CommandFailure> {
    let wanted = name.trim().to_lowercase();
    let said = |kind: &EntryKind| call.say(&kind.label()).to_lowercase() == wanted;
    EntryKind::from_name(&wanted).or_else(|| EntryKind::ALL.into_iter().find(said)).ok_or_else(|| {
        let known = EntryKind::ALL.map(EntryKind::name).join(", ");
        CommandFailure::usage(Phrase::new("cli-no-kind").with("what", name).with("known", known))
    })
}
