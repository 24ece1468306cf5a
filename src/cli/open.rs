//! `klock open`: declares an incident and prints the id of its room.

use serde_json::json;

use super::args::OpenArgs;
use super::call::{Call, unexpected};
use super::failure::CommandFailure;
use super::record::optional;
use super::routine;
use crate::domain::intent::Declaration;
use crate::domain::phrase::Phrase;
use crate::domain::priority::{Activation, Grade};
use crate::wire::message::{Answer, Ask};

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
