//! `klock log`: records entries, read as on the screen's entry line.

use std::io::BufRead as _;

use super::args::LogArgs;
use super::call::Call;
use super::failure::Failure;
use super::record::{print, send};
use super::room;
use crate::domain::entry::{self, Kind, Parsed};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;

/// Where the entries come from: stdin instead of words.
const STDIN: &str = "-";

/// Records one entry, or one for each line of stdin.
///
/// # Errors
/// A refusal, an unknown kind, a time that is not understood, no such room, or no host. From stdin: what was printed is on
/// disk, and the line that failed is named.
pub fn run(call: &mut Call, args: &LogArgs) -> Result<(), Failure> {
    let kind = args.kind.as_deref().map(|name| kind(call, name)).transpose()?;
    let at = args.record.at.as_deref().map(|at| call.past(at)).transpose()?;
    let from_stdin = match args.text.as_slice() {
        [] => return Err(Failure::usage(Phrase::new("cli-nothing-to-log"))),
        [only] => only == STDIN,
        _ => false,
    };
    let room = room::choose(call, &args.record.room)?;
    // Only an `@` needs the names: without one there is no question before the entry itself.
    let people = if from_stdin || args.text.iter().any(|word| word.contains('@')) {
        room::head(call, &room)?.people
    } else {
        Vec::new()
    };
    let manner = Manner { room, kind, at, people };
    if !from_stdin {
        return one(call, args, &manner, &args.text.join(" "));
    }
    for (index, line) in std::io::stdin().lock().lines().enumerate() {
        let line =
            line.map_err(|error| Failure::refused(Phrase::new("cli-cannot-read").with("why", error.to_string())))?;
        if line.trim().is_empty() {
            continue;
        }
        one(call, args, &manner, &line).map_err(|failure| {
            failure.with_lines([call.say(&Phrase::new("cli-stdin-line").with("line", index + 1))])
        })?;
        // Each line is acknowledged as it is recorded: whoever feeds us may be waiting for it.
        call.out.flush()?;
    }
    Ok(())
}

/// How every line of this call is taken.
struct Manner {
    room: RoomId,
    kind: Option<Kind>,
    at: Option<Moment>,
    people: Vec<String>,
}

fn one(call: &mut Call, args: &LogArgs, manner: &Manner, line: &str) -> Result<(), Failure> {
    let now = call.now();
    let parsed = entry::parse(line, now, call.zone(), call.lang(), &manner.people);
    // What was said by a flag stands above what the line says.
    let kind = manner.kind.unwrap_or(parsed.kind);
    let at = manner.at.or(parsed.at).unwrap_or(now);
    let intent = Parsed { kind, ..parsed }.into_intent();
    let records = send(call, &manner.room, Some(at), intent)?;
    print(call, &args.record, &manner.room, &records)
}

fn kind(call: &Call, name: &str) -> Result<Kind, Failure> {
    Kind::of_word(name, call.lang()).ok_or_else(|| {
        let known: Vec<String> = Kind::ALL.iter().map(|kind| call.say(&Phrase::new(kind.message_key()))).collect();
        Failure::usage(Phrase::new("cli-no-kind").with("what", name).with("known", known.join(", ")))
    })
}
