//! `klock log`: records entries, read as on the screen's entry line.

mod event;
pub mod interactive;
mod pipe;
mod queue;
mod reader;
mod reading;
mod sending;
mod spool;

use clap::Args;

use super::call::Call;
use super::failure::CommandFailure;
use super::record::{print, send};
use super::room::{self, Unnamed};
use crate::cli::args::RecordArgs;
use crate::domain::entry::{self, Kind, Parsed};
use crate::domain::event::NoteKind;
use crate::domain::id::RoomId;
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::time::Moment;
use crate::domain::zone::Zone;

#[derive(Debug, Args)]
#[command(after_help = "\
The text is read as on the entry line of the screen: [time] [kind:] text, with @person and #tag. A decision, an action, and any note with an @person at its beginning or end also take +20m, by 15:30 or by friday (when it is due) and #A or #B (the plan). Only time and kind are taken out of the text, all other words stay as typed. What cannot be understood stays text. With --at or --kind the text is stored as it is, from its first character on.

A time is 14:05, 14.05, kl 14:05, 13:05:30, 1:04 PM, -12m, y 23:50 (yesterday), 2026-11-20 23:50 or RFC 3339, also as [14:05:12], - 14:05 or 14:05:, and with a zone after it: UTC, CET, +02:00, Europe/Stockholm. A zone that can be several (IST, CST, BST) is not guessed: the text then stays whole. A time that has not come yet is a plan: the entry is a note of now, due then.

Examples:
  klock log restarted the gateway pool
  klock log \"d: fail over to site B at 14:30\"
  klock log --at 14:05 --kind test \"502 from lb-2 only\"
  klock log \"-12m lb-2 answers again\"
  tail -f deploy.log | klock log -
  ./deploy.sh 2>&1 | tee deploy.log | klock log --kind test - > /dev/null

Prints the number and the time of each entry, once it is on disk.

From stdin each line is an entry, at the time it was read unless it says another; how many lines of those that show times have none that is understood is said on stderr. A pipe never waits for the host: what is read is kept in a file until it is recorded, also when klock is killed, and then the next `klock log -` records it. Each line is recorded once. TERM ends the reading, and what was read is recorded first. A line that is refused is kept in a file that is named; one of more than 255 KiB is cut.")]
pub struct LogArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// The kind of entry: note, decision, test, action …
    #[arg(long, short, value_name = "KIND")]
    pub kind: Option<String>,
    /// Ask for one entry on the terminal, in a line with preview and completion
    ///
    /// Made for a popup: tmux display-popup -E 'klock log --interactive'. Enter records and closes; Esc closes and keeps what is typed as a draft, which is there again the next time.
    #[arg(long, short, conflicts_with_all = ["text", "kind", "at", "json"])]
    pub interactive: bool,
    /// What to record; - reads stdin, one entry a line
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
}

/// Where the entries come from: stdin instead of words.
const STDIN: &str = "-";

/// Records one entry, or one for each line of stdin.
///
/// # Errors
/// A refusal, an unknown kind, a time that is not understood, no such room, or no host. From stdin, for a room that is named:
/// see [`pipe::run`].
pub fn run(call: &mut Call, args: &LogArgs) -> Result<(), CommandFailure> {
    let kind = args.kind.as_deref().map(|name| kind(call, name)).transpose()?;
    let at = call.happened(&args.record)?;
    let from_stdin = match args.text.as_slice() {
        [] => return Err(CommandFailure::usage(Phrase::new("cli-nothing-to-log"))),
        [only] => only == STDIN,
        _ => false,
    };
    let room = room::choose(call, &args.record.room, Unnamed::Open)?;
    // Only an `@` needs the names: without one there is no question before the entry itself.
    let needs_names = from_stdin || args.text.iter().any(|word| word.contains('@'));
    let people = match needs_names.then(|| room::head(call, &room)) {
        None => Vec::new(),
        Some(Ok(head)) => head.people,
        // What a producer has to say it says now. Without the names an `@` is still read, and the host may be there later.
        Some(Err(CommandFailure::Told { may_pass: true, .. })) if from_stdin => Vec::new(),
        Some(Err(failure)) => return Err(failure),
    };
    let manner = Manner { room, kind, at, people, zone: call.zone().clone(), lang: call.lang() };
    if from_stdin {
        return pipe::run(call, &args.record, manner);
    }
    let parsed = manner.read(&args.text.join(" "), call.now());
    let remarks: Vec<String> = entry::remarks(&parsed).iter().map(|remark| call.say(remark)).collect();
    let records = send(call, &manner.room, Some(parsed.happened_at()), parsed.into_intent())?;
    print(call, &args.record, &manner.room, &records)?;
    if !remarks.is_empty() {
        call.out.aside(&format!("klock: {}", remarks.join(" · ")))?;
    }
    // This entry is recorded and said; that what somebody else left behind is not, is no reason for a script to repeat it.
    if let Err(failure) = pipe::send_left(call, &args.record) {
        failure.report(&call.words, call.now());
    }
    Ok(())
}

/// How every line of this call is taken.
struct Manner {
    room: RoomId,
    kind: Option<Kind>,
    at: Option<Moment>,
    people: Vec<String>,
    zone: Zone,
    lang: Lang,
}

impl Manner {
    /// What `line` says, if it came at `now`. Where a flag says the time or the kind, the line is stored as it is.
    fn read(&self, line: &str, now: Moment) -> Parsed {
        self.whole(line, now).unwrap_or_else(|| entry::parse(line, now, &self.zone, self.lang, &self.people))
    }

    /// What `line` says as one of many.
    fn read_one_of_many(&self, line: &str, now: Moment) -> Parsed {
        let read = || entry::parse_one_of_many(line, now, &self.zone, self.lang, &self.people);
        self.whole(line, now).unwrap_or_else(read)
    }

    fn whole(&self, line: &str, now: Moment) -> Option<Parsed> {
        let kind = self.kind.unwrap_or(Kind::Note(NoteKind::Note));
        let at = self.at.unwrap_or(now);
        let parsed = || entry::parse_whole(line, kind, at, &self.zone, self.lang, &self.people);
        (!self.reads_beginning()).then(parsed)
    }

    /// Whether time and kind are read at the beginning of a line: no flag says them.
    fn reads_beginning(&self) -> bool {
        self.kind.is_none() && self.at.is_none()
    }
}

fn kind(call: &Call, name: &str) -> Result<Kind, CommandFailure> {
    Kind::of_word(name, call.lang()).ok_or_else(|| {
        let known: Vec<String> = Kind::ALL.iter().map(|kind| call.say(&Phrase::new(kind.message_key()))).collect();
        CommandFailure::usage(Phrase::new("cli-no-kind").with("what", name).with("known", known.join(", ")))
    })
}
