//! `klock answer`: answers a status question.

use super::args::{AnswerArgs, CertaintyArg};
use super::call::Call;
use super::failure::Failure;
use super::record::{print, send, text};
use super::room::{self, Unnamed};
use crate::domain::entry::Purpose;
use crate::domain::intent::Intent;
use crate::domain::phrase::Phrase;
use crate::domain::question::Certainty;
use crate::domain::text::Text;

/// Answers the question. For one that takes a time, a text that is a time is taken as one, as on the screen.
///
/// # Errors
/// A refusal, a time that is not understood, no such room, or no host.
pub fn run(call: &mut Call, args: &AnswerArgs) -> Result<(), Failure> {
    let at = call.happened(&args.record)?;
    let eta = args.eta.as_deref().map(|eta| call.time_ahead("--eta", eta, Purpose::Due, &args.record)).transpose()?;
    let room = room::choose(call, &args.record.room, Unnamed::Open)?;
    let words = text(&args.text);
    let takes_time = |call: &mut Call| -> Result<bool, Failure> {
        let fold = call.fold(&room)?;
        Ok(fold.routine.as_deref().and_then(|routine| routine.question(&args.key)).is_some_and(|q| q.takes_time))
    };
    let mut lacks_time = None;
    let (words, time) = match eta {
        Some(eta) => (words, Some(eta)),
        None if takes_time(call)? => match call.time_or_words("TEXT", words.raw(), Purpose::Due, &args.record)? {
            Some(time) => (Text::default(), Some(time)),
            None => {
                let said = args.certainty != CertaintyArg::Unknown && !words.is_blank();
                lacks_time = said.then(|| Phrase::new("cli-no-clock-set").with("text", words.raw()));
                (words, None)
            }
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
    if let Some(lacks) = lacks_time {
        let said = call.say(&lacks);
        call.out.aside(&format!("klock: {said}"))?;
    }
    time.map_or(Ok(()), |time| call.say_day(time))
}
