//! The incident's own steps, one verb each: priority, classification, activation, phases, mitigated, restored, reopened, closed
//! and what follows.

use clap::Args;

use crate::cli::args::{NoteArgs, ReasonArgs, RecordArgs};
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::cli::record::{optional, print, record, record_afterwards, send, text};
use crate::cli::room::{self, Unnamed};
use crate::domain::id::RoomId;
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::priority::Grade;
use crate::report::outline::Outline;

#[derive(Debug, Args)]
pub struct PriorityArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// How urgent it is: 1 (highest) to 3
    #[arg(value_name = "URGENCY", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub urgency: u8,
    /// How many are affected: 1 (widest) to 3
    #[arg(value_name = "IMPACT", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub impact: u8,
    /// With whom at the business it was agreed
    #[arg(long, value_name = "NAME")]
    pub agreed_with: Option<String>,
}

#[derive(Debug, Args)]
pub struct ClassifyArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// By what right: a key of the routine, as `klock routine show` lists them
    #[arg(value_name = "KEY")]
    pub entitled: String,
    /// Who
    #[arg(value_name = "NAME")]
    pub who: Option<String>,
}

#[derive(Debug, Args)]
pub struct ActivateArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Why; needed where the priority does not call for the routine
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

#[derive(Debug, Args)]
pub struct PhaseArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which phase, by its key
    #[arg(value_name = "PHASE")]
    pub phase: String,
}

#[derive(Debug, Args)]
pub struct DeliverArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// To whom
    #[arg(value_name = "WHO", required = true)]
    pub to: Vec<String>,
}

#[derive(Debug, Args)]
pub struct ProblemArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Its number or address
    #[arg(value_name = "REFERENCE", required = true)]
    pub reference: Vec<String>,
}

#[derive(Debug, Args)]
pub struct DebriefArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which question, by its key
    #[arg(value_name = "KEY")]
    pub key: String,
    /// The answer
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
}

/// `klock priority`.
///
/// # Errors
/// A refusal, no such room, or no host. So for every verb here.
pub fn priority(call: &mut Call, args: &PriorityArgs) -> Result<(), CommandFailure> {
    let grade = |n: u8| Grade::new(n).ok_or_else(|| CommandFailure::usage(Phrase::new("cli-grade")));
    let (urgency, impact) = (grade(args.urgency)?, grade(args.impact)?);
    let agreed_with = optional(args.agreed_with.as_ref());
    record(call, &args.record, Intent::SetPriority { urgency, impact, agreed_with })
}

/// `klock classify`.
pub fn classify(call: &mut Call, args: &ClassifyArgs) -> Result<(), CommandFailure> {
    let who = optional(args.who.as_ref());
    record(call, &args.record, Intent::Classify { entitled: args.entitled.clone(), who })
}

/// `klock activate`.
pub fn activate(call: &mut Call, args: &ActivateArgs) -> Result<(), CommandFailure> {
    record(call, &args.record, Intent::ActivateRoutine { reason: optional(args.reason.as_ref()) })
}

/// `klock phase`.
pub fn phase(call: &mut Call, args: &PhaseArgs) -> Result<(), CommandFailure> {
    record(call, &args.record, Intent::EnterPhase { phase: args.phase.clone() })
}

/// `klock mitigate`.
pub fn mitigate(call: &mut Call, args: &NoteArgs) -> Result<(), CommandFailure> {
    record(call, &args.record, Intent::Mitigate { note: text(&args.text) })
}

/// `klock restore`.
pub fn restore(call: &mut Call, args: &NoteArgs) -> Result<(), CommandFailure> {
    let at = call.happened(&args.record)?;
    let room = room::choose(call, &args.record.room, Unnamed::Open)?;
    let records = send(call, &room, at, Intent::Restore { note: text(&args.text) })?;
    print(call, &args.record, &room, &records)?;
    say_unsettled(call, &room)
}

/// Says which points of the routine are neither done nor waived (P3).
fn say_unsettled(call: &mut Call, room: &RoomId) -> Result<(), CommandFailure> {
    let fold = call.fold(room)?;
    let unsettled = fold.unsettled();
    if !fold.active || unsettled.is_empty() {
        return Ok(());
    }
    let said = call.say(&Phrase::new("cli-unsettled").with("count", unsettled.len()));
    call.out.aside(&said)?;
    let lang = call.lang();
    unsettled.iter().try_for_each(|item| call.out.aside(&format!("  {}  {}", item.key, item.title.get(lang))))
}

/// `klock reopen`.
pub fn reopen(call: &mut Call, args: &ReasonArgs) -> Result<(), CommandFailure> {
    record_afterwards(call, &args.record, Intent::Reopen { reason: args.reason.as_str().into() })
}

/// `klock close`.
pub fn close(call: &mut Call, args: &NoteArgs) -> Result<(), CommandFailure> {
    let at = call.happened(&args.record)?;
    let room = room::choose(call, &args.record.room, Unnamed::Open)?;
    let records = send(call, &room, at, Intent::Close { note: text(&args.text) })?;
    print(call, &args.record, &room, &records)?;
    // It may stay open, and nobody should be surprised by it.
    let outline = Outline::of(&call.fold(&room)?, call.now(), &call.words);
    if outline.left_open.is_empty() {
        return Ok(());
    }
    let said = call.say(&Phrase::new("cli-closed-open"));
    call.out.aside(&said)?;
    outline.left_open.iter().try_for_each(|sentence| call.out.aside(&format!("  {sentence}")))
}

/// `klock debrief`.
pub fn debrief(call: &mut Call, args: &DebriefArgs) -> Result<(), CommandFailure> {
    record_afterwards(
        call,
        &args.record,
        Intent::RecordDebrief { question: args.key.clone(), answer: text(&args.text) },
    )
}

/// `klock deliver`.
pub fn deliver(call: &mut Call, args: &DeliverArgs) -> Result<(), CommandFailure> {
    record_afterwards(call, &args.record, Intent::DeliverReport { to: text(&args.to) })
}

/// `klock problem`.
pub fn problem(call: &mut Call, args: &ProblemArgs) -> Result<(), CommandFailure> {
    record_afterwards(call, &args.record, Intent::LinkProblem { reference: text(&args.reference) })
}
