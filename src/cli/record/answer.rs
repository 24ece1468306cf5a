//! `klock answer`: answers a status question.

use clap::{Args, ValueEnum};

use crate::cli::args::RecordArgs;
use crate::cli::call::Call;
use crate::cli::failure::CommandFailure;
use crate::cli::record::{print, send, text};
use crate::cli::room::{self, Unnamed};
use crate::domain::entry::Purpose;
use crate::domain::intent::Intent;
use crate::domain::question::Certainty;
use crate::domain::text::Text;

/// How sure an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CertaintyArg {
    /// We know it
    #[value(alias = "confirmed")]
    Sure,
    /// We believe it
    Assumed,
    /// We do not know
    Unknown,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock answer what \"Card terminals get 502 from the gateway since 12:58\"
  klock answer why \"Expired certificate on lb-2\" --certainty assumed
  klock answer eta \"after the failover\" --eta 16:00

The keys are the routine's: `klock status` lists them.")]
pub struct AnswerArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Which question
    #[arg(value_name = "KEY")]
    pub key: String,
    /// The answer
    #[arg(value_name = "TEXT", required_unless_present = "eta")]
    pub text: Vec<String>,
    /// How sure it is
    #[arg(long, short, value_enum, value_name = "CERTAINTY", default_value = "sure")]
    pub certainty: CertaintyArg,
    /// The time, for a question that takes one: 16:00, +2h, "tomorrow 08:00", friday (17:00)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub eta: Option<String>,
}

/// Answers the question. For one that takes a time, a text that is a time is taken as one, as on the screen.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn answer(call: &mut Call, args: &AnswerArgs) -> Result<(), CommandFailure> {
    let at = call.happened(&args.record)?;
    let eta = args.eta.as_deref().map(|eta| call.time_ahead("--eta", eta, Purpose::Due, &args.record)).transpose()?;
    let room = room::choose(call, &args.record.room, Unnamed::Open)?;
    let words = text(&args.text);
    let takes_time = |call: &mut Call| -> Result<bool, CommandFailure> {
        let fold = call.fold(&room)?;
        Ok(fold.routine.as_deref().and_then(|routine| routine.question(&args.key)).is_some_and(|q| q.takes_time))
    };
    let (words, time) = match eta {
        Some(eta) => (words, Some(eta)),
        None if takes_time(call)? => match call.time_or_words("TEXT", words.raw(), Purpose::Due, &args.record)? {
            Some(time) => (Text::default(), Some(time)),
            None => (words, None),
        },
        None => (words, None),
    };
    let certainty = match args.certainty {
        CertaintyArg::Sure => Certainty::Confirmed,
        CertaintyArg::Assumed => Certainty::Assumed,
        CertaintyArg::Unknown => Certainty::Unknown,
    };
    let intent = Intent::AnswerQuestion { question: args.key.clone(), text: words, certainty, time };
    let records = send(call, &room, at, intent)?;
    print(call, &args.record, &room, &records)?;
    time.map_or(Ok(()), |time| call.say_day(time))
}
