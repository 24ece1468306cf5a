//! `klock rooms`: lists the rooms.

use clap::Args;
use serde::Serialize;

use super::call::Call;
use super::failure::{CommandFailure, Exit};
use super::room;
use crate::cli::args::JsonArg;
use crate::config::lang::countdown;
use crate::domain::clocks::ClockState;
use crate::domain::outage::Outage;
use crate::domain::phrase::Phrase;
use crate::domain::room::State;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::wire::message::RoomSummary;

#[derive(Debug, Args)]
pub struct RoomsArgs {
    /// Closed rooms and demo rooms, too
    #[arg(long, short)]
    pub all: bool,
    #[command(flatten)]
    pub json: JsonArg,
}

/// A room, for programs.
#[derive(Serialize)]
struct RoomLine {
    id: String,
    title: String,
    customer: Option<String>,
    demo: bool,
    state: State,
    priority: Option<u8>,
    declared_at: Moment,
    restored_at: Option<Moment>,
    /// Every span in which the service was down.
    outages: Vec<Outage>,
    closed_at: Option<Moment>,
    cim: Option<String>,
    next_clock: Option<ClockLine>,
    entries: u64,
    here: usize,
    /// Why the room cannot be read, if it cannot: all else is then unknown.
    trouble: Option<String>,
}

/// A room's next due clock, for programs.
#[derive(Serialize)]
struct ClockLine {
    id: String,
    label: String,
    due_at: Moment,
    state: ClockState,
}

/// Lists the rooms that are not closed, and those that cannot be read; with `--all` every one.
///
/// # Errors
/// When a room cannot be read (it was printed), or the host cannot be reached.
pub fn run(call: &mut Call, args: &RoomsArgs) -> Result<(), CommandFailure> {
    let mut rooms = room::all(call)?;
    let hidden = |room: &RoomSummary| room.demo || room.state == State::Closed;
    let left_out = rooms.iter().filter(|room| hidden(room)).count();
    if !args.all {
        rooms.retain(|room| !hidden(room));
    }
    if args.json.json {
        let lines: Vec<RoomLine> = rooms.iter().map(|room| line(call, room)).collect();
        call.out.document(&lines)?;
        return told(call, &rooms);
    }
    for room in &rooms {
        let text = text_line(call, room);
        call.out.line(&text)?;
    }
    if rooms.is_empty() {
        let phrase = match left_out {
            0 => Phrase::new("cli-no-rooms"),
            left_out => Phrase::new("cli-no-rooms-open").with("count", left_out),
        };
        let said = call.say(&phrase);
        call.out.line(&said)?;
    }
    told(call, &rooms)
}

/// A failure when one of the rooms that were printed cannot be read.
fn told(call: &mut Call, rooms: &[RoomSummary]) -> Result<(), CommandFailure> {
    if rooms.iter().all(|room| room.trouble.is_none()) {
        return Ok(());
    }
    call.out.flush()?;
    Err(CommandFailure::Said(Exit::Refused))
}

fn line(call: &Call, room: &RoomSummary) -> RoomLine {
    let words = |text: &Text| Some(text.raw().to_owned()).filter(|text| !text.is_empty());
    RoomLine {
        id: room.id.to_string(),
        title: room.title.raw().to_owned(),
        customer: words(&room.customer),
        demo: room.demo,
        state: room.state,
        priority: room.priority,
        declared_at: call.local(room.declared_at),
        restored_at: room.restored_at.map(|at| call.local(at)),
        outages: room
            .outages
            .iter()
            .map(|outage| Outage {
                began_at: call.local(outage.began_at),
                restored_at: outage.restored_at.map(|at| call.local(at)),
            })
            .collect(),
        closed_at: room.closed_at.map(|at| call.local(at)),
        cim: room.lead.as_ref().and_then(words),
        next_clock: room.next_clock.as_ref().map(|clock| ClockLine {
            id: clock.key.clone(),
            label: clock.label.get(call.lang()).to_owned(),
            due_at: call.local(clock.due_at),
            state: clock.state,
        }),
        entries: room.entries,
        here: room.here,
        trouble: room.trouble.as_ref().map(|why| call.say(why)),
    }
}

fn text_line(call: &Call, room: &RoomSummary) -> String {
    if let Some(why) = &room.trouble {
        return format!("{}  {}", room.id, call.say(&Phrase::new("cli-room-unreadable").with("why", why.clone())));
    }
    let priority = room.priority.map_or_else(|| "P-".to_owned(), |level| format!("P{level}"));
    let state = call.say(&room.state.label());
    let customer = room.customer.raw().trim();
    let customer = if customer.is_empty() { String::new() } else { format!(" · {customer}") };
    let title = match room.title.is_redacted() {
        true => call.say(&Phrase::new("text-redacted")),
        false => room.title.raw().to_owned(),
    };
    let demo = if room.demo { "DEMO " } else { "" };
    let next = room.next_clock.as_ref().map_or_else(String::new, |clock| {
        format!("  {} {}", clock.label.get(call.lang()), countdown(clock.due_at.since(call.now())))
    });
    let declared = call.words.stamp(room.declared_at);
    format!("{}  {declared}  {priority}  {state:<10}  {demo}{title}{customer}{next}", room.id)
}
