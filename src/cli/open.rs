//! `klock open`: declares an incident and prints the id of its room.

use clap::Args;
use serde_json::json;

use super::call::{Call, unexpected};
use super::failure::CommandFailure;
use super::record::optional;
use super::routine;
use crate::cli::args::{AgeArg, JsonArg};
use crate::domain::intent::Declaration;
use crate::domain::phrase::Phrase;
use crate::domain::priority::{Activation, Grade};
use crate::wire::message::{Answer, Ask};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock open \"Card payments down\"
  klock open \"Card payments down\" --urgency 1 --impact 1 --customer Nordbank --began 12:58
  klock open \"Slow logins\" --urgency 2 --impact 2 --activate --reason \"payday\"
  klock open \"Ransomware\" --routine healthcare-disruption --classified-by care-staff

What 1, 2 and 3 mean, who may classify and which priorities put the routine in force is the
routine's: `klock routine show [ID]`. Prints the id of the new room.")]
pub struct OpenArgs {
    /// What is wrong, in a few words
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// How urgent it is, or how likely, as the routine has it: 1 (highest) to 3
    #[arg(long, value_name = "1..3", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
    pub urgency: u8,
    /// How many are affected: 1 (widest) to 3
    #[arg(long, value_name = "1..3", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
    pub impact: u8,
    /// With whom at the business the priority was agreed
    #[arg(long, value_name = "NAME")]
    pub agreed_with: Option<String>,
    /// The routine to follow [default: as set, else critical-incident]
    #[arg(long, value_name = "ID")]
    pub routine: Option<String>,
    /// Whose system it is
    #[arg(long, value_name = "NAME")]
    pub customer: Option<String>,
    /// When it was declared [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// When it began [default: when it was declared]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub began: Option<String>,
    #[command(flatten)]
    pub age: AgeArg,
    /// By what right it was classified: a key of the routine, as `klock routine show` lists them
    #[arg(long, value_name = "KEY")]
    pub classified_by: Option<String>,
    /// Who classified it
    #[arg(long, value_name = "NAME", requires = "classified_by")]
    pub classifier: Option<String>,
    /// Who leads from the start
    #[arg(long, value_name = "NAME")]
    pub lead: Option<String>,
    /// Put the routine in force where the priority leaves the choice; where it does not call for it, with --reason
    #[arg(long)]
    pub activate: bool,
    /// Why the routine is, or is not, put in force
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub json: JsonArg,
}

/// Declares the incident.
///
/// # Errors
/// A refusal, an unknown routine, a time that is not understood, or no host.
pub fn run(call: &mut Call, args: &OpenArgs) -> Result<(), CommandFailure> {
    let grade = |n: u8| Grade::new(n).ok_or_else(|| CommandFailure::usage(Phrase::new("cli-grade")));
    let mut routine = routine::find(call, args.routine.as_deref())?;
    call.settings.settle(&mut routine);
    let title = routine.title.clone();
    let rule = routine.priority.clone();
    let declaration = Declaration {
        title: args.title.as_str().into(),
        customer: optional(args.customer.as_ref()),
        urgency: grade(args.urgency)?,
        impact: grade(args.impact)?,
        agreed_with: optional(args.agreed_with.as_ref()),
        classified_by: args.classified_by.clone().map(|key| (key, optional(args.classifier.as_ref()))),
        began_at: args.began.as_deref().map(|began| call.time("--began", began, args.age.purpose())).transpose()?,
        declared_at: args.at.as_deref().map(|at| call.time("--at", at, args.age.purpose())).transpose()?,
        routine: Box::new(routine),
        activate: args.activate.then_some(true),
        activation_reason: optional(args.reason.as_ref()),
        lead: optional(args.lead.as_ref()),
        demo: false,
    };
    let id = call.intent_id();
    let room = match call.ask(Ask::Open { id, declaration: Box::new(declaration) })? {
        Answer::Opened { room } => room,
        other => return Err(unexpected(&other)),
    };
    if args.json.json {
        call.out.json(&json!({ "id": room }))?;
    } else {
        call.out.line(room.as_str())?;
    }
    if args.activate {
        return Ok(());
    }
    let level = rule.level(grade(args.urgency)?, grade(args.impact)?);
    let phrase = match rule.activation(level) {
        Activation::Mandatory => return Ok(()),
        Activation::Optional => Phrase::new("cli-activation-optional"),
        Activation::Unneeded => Phrase::new("cli-activation-unneeded").with("mandatory", usize::from(rule.mandatory)),
    };
    let said = call.say(&phrase.with("level", usize::from(level)).with("routine", title).with("room", room.as_str()));
    call.out.aside(&said)
}
