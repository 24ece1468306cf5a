//! `klock import`: alerts of monitoring tools become entries, one for each change of state, never twice (A16, H4, H33).
//!
//! Bytes become pieces of JSON ([`input`]), a piece is a message of a tool ([`tool`]) or an envelope around some ([`envelope`]), a
//! message holds alerts ([`alert`]). Those that the room does not know yet ([`history`]) become entries ([`entry`]).

mod alert;
mod entry;
mod envelope;
mod field;
mod form;
mod history;
mod input;
mod link;
mod recording;
mod report;
mod time;
pub mod tool;

use std::io;

use clap::Args;
use serde_json::Value;

use self::alert::AlertItem;
use self::envelope::Content;
use self::input::{FlawKind, Input, InputFlaw, InputPiece, InputPlace};
use self::recording::Recording;
use self::report::{AlertPosition, ImportReport};
use self::tool::Tool;
use super::call::Call;
use super::failure::CommandFailure;
use super::room::{self, Unnamed};
use crate::cli::args::{JsonArg, RoomArg};
use crate::domain::phrase::Phrase;

#[derive(Debug, Args)]
#[command(after_help = "\
Reads the messages that monitoring tools send by webhook, and the lists that their programs and APIs print: JSON in any Unicode encoding, one message after the other, a line each or not, or lists of them. SNS, SQS, Pub/Sub and CloudEvents around a message are opened.

Each alert becomes one observation, tagged #alert, at the time it began, was acknowledged or was resolved. An alert that is told again in the same state is recognised, also when a second server tells a slightly different time: repeated notifications add nothing, and an import that failed can be run again. An alert that was resolved and fires again is a new entry. What is broken is named with its line, and the rest is imported.

Examples:
  klock import -r 2026-014 < alerts.json
  curl -s http://localhost:9093/api/v2/alerts | klock import
  aws cloudwatch describe-alarms --state-value ALARM | klock import
  jq -c '.alerts[]' < huge.json | klock import
  klock import --json < alerts.json | jq 'select(.new) | .seq'

Prints the number and the time of each new entry, once it is on disk.")]
pub struct ImportArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// Whose alerts they are [default: told by their shape]
    #[arg(long, value_name = "TOOL")]
    pub from: Option<Tool>,
    #[command(flatten)]
    pub json: JsonArg,
}

/// How many alerts are compared with the room and recorded together: every batch waits for the disk at its end.
const BATCH: usize = 1024;

/// How deep envelopes are opened: SNS in SQS in a recorded request.
const DEEPEST_ENVELOPE: usize = 3;

/// So much that is no alert in a row is no input for this verb. A guess: some tenths of a second of reading.
const MOST_IN_VAIN: u64 = 100_000;

/// Records the alerts of every message on stdin.
///
/// # Errors
/// No such room, or no host. What is no message, or no alert, is named; the others are imported, and the exit code says it.
pub fn run(call: &mut Call, args: &ImportArgs) -> Result<(), CommandFailure> {
    let room = room::choose(call, &args.room, Unnamed::Open)?;
    room::head(call, &room)?;
    let report = ImportReport::new(room.clone(), args.json.json);
    call.out.wait_for_nobody()?;
    let mut import = Import {
        recording: Recording::new(call, room),
        report,
        named: args.from,
        batch: Vec::new(),
        message: 0,
        alert: 0,
        in_vain: 0,
    };
    let mut input = Input::new(io::stdin().lock());
    loop {
        match input.next() {
            Ok(pieces) if pieces.is_empty() => break,
            Ok(pieces) => import.take(pieces, 0)?,
            Err(error) => {
                let why = Phrase::new("cli-cannot-read").with("why", error.to_string());
                import.report.broken_off(import.recording.call, &why);
            }
        }
        // What is read is on disk before more is read: a sender that waits for the answers to it gets them.
        import.record()?;
        if import.in_vain > MOST_IN_VAIN {
            input.stop();
            let why = Phrase::new("cli-import-in-vain").with("count", MOST_IN_VAIN);
            import.report.broken_off(import.recording.call, &why);
            break;
        }
    }
    import.report.conclude(import.recording.call)
}

struct Import<'a> {
    recording: Recording<'a>,
    report: ImportReport,
    /// Whose messages they are, when that was said.
    named: Option<Tool>,
    /// What waits to be recorded.
    batch: Vec<(AlertPosition, Tool, Box<alert::Alert>)>,
    /// The message that is being read, and how many alerts it has told of.
    message: u64,
    alert: u64,
    /// How much came in a row that says nothing to this verb.
    in_vain: u64,
}

impl Import<'_> {
    /// Takes in pieces, `depth` envelopes deep.
    fn take(&mut self, pieces: Vec<InputPiece>, depth: usize) -> Result<(), CommandFailure> {
        for InputPiece { place, line, json } in pieces {
            if self.in_vain > MOST_IN_VAIN {
                return Ok(());
            }
            if depth == 0 {
                self.enter(place);
            }
            let json = match json {
                Ok(json) => json,
                Err(flaw) => {
                    self.flaw(flaw, depth);
                    continue;
                }
            };
            if std::str::from_utf8(&json).is_err() {
                let at = AlertPosition { message: self.message, alert: 0 };
                self.report.aside(self.recording.call, at, &Phrase::new("cli-import-not-utf8").with("line", line));
            }
            match input::read(&json) {
                Ok(value) => self.value(&value, place, depth)?,
                Err(error) => {
                    let said = error.to_string();
                    let why = said.rsplit_once(" at line ").map_or(said.as_str(), |(why, _)| why);
                    let line = line + error.line().saturating_sub(1) as u64;
                    self.fault(&Phrase::new("cli-import-unread").with("line", line).with("why", why));
                }
            }
        }
        Ok(())
    }

    fn enter(&mut self, place: InputPlace) {
        if place.message != self.message {
            self.message = place.message;
            self.alert = 0;
            self.report.messages += 1;
        }
    }

    fn value(&mut self, value: &Value, place: InputPlace, depth: usize) -> Result<(), CommandFailure> {
        if is_empty(value) {
            self.aside(&Phrase::new("cli-import-empty"));
            return Ok(());
        }
        match envelope::open(value) {
            Some(Content::Messages(texts)) if depth < DEEPEST_ENVELOPE => {
                for text in texts {
                    let mut within = Input::new(text.as_bytes());
                    while let Ok(pieces) = within.next()
                        && !pieces.is_empty()
                    {
                        self.take(pieces, depth + 1)?;
                    }
                }
                return Ok(());
            }
            Some(Content::Nothing(item)) => return self.item(item, None),
            Some(Content::Messages(_)) | None => {}
        }
        match tool::read(value, self.named) {
            Some((tool, items)) => {
                for item in items {
                    if self.in_vain > MOST_IN_VAIN {
                        break;
                    }
                    self.item(item, Some(tool))?;
                }
            }
            None => {
                // An element of a list is named by its number.
                self.alert += u64::from(place.element > 0);
                let at = AlertPosition { message: self.message, alert: self.alert };
                self.in_vain += 1;
                self.report.fault(self.recording.call, Some(at), &Phrase::new("cli-import-strange"));
            }
        }
        Ok(())
    }

    fn item(&mut self, item: AlertItem, tool: Option<Tool>) -> Result<(), CommandFailure> {
        match (item, tool) {
            (AlertItem::Alert(alert), Some(tool)) => {
                self.alert += 1;
                self.in_vain = 0;
                self.batch.push((AlertPosition { message: self.message, alert: self.alert }, tool, alert));
                if self.batch.len() >= BATCH { self.record() } else { Ok(()) }
            }
            (AlertItem::Alert(_), None) => Ok(()),
            (AlertItem::Aside(what), _) => {
                self.alert += u64::from(tool.is_some());
                self.aside(&what);
                Ok(())
            }
            (AlertItem::Fault(why), _) => {
                self.alert += u64::from(tool.is_some());
                self.fault(&why);
                Ok(())
            }
        }
    }

    fn record(&mut self) -> Result<(), CommandFailure> {
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() { Ok(()) } else { self.recording.record(batch, &mut self.report) }
    }

    fn aside(&mut self, what: &Phrase) {
        self.in_vain = 0;
        let at = AlertPosition { message: self.message, alert: self.alert };
        self.report.aside(self.recording.call, at, what);
    }

    fn fault(&mut self, why: &Phrase) {
        self.in_vain += 1;
        let at = AlertPosition { message: self.message, alert: self.alert };
        self.report.fault(self.recording.call, Some(at), why);
    }

    fn flaw(&mut self, flaw: InputFlaw, depth: usize) {
        if depth > 0 {
            // The lines of a text within a message are nothing that anybody sees.
            return self.fault(&Phrase::new("cli-import-envelope"));
        }
        self.in_vain += 1;
        let InputFlaw { line, column, what } = flaw;
        let key = match what {
            FlawKind::NoValue => "cli-import-no-value",
            FlawKind::NoComma => "cli-import-no-comma",
            FlawKind::NoName => "cli-import-no-name",
            FlawKind::NoColon => "cli-import-no-colon",
            FlawKind::OpenText => "cli-import-open-text",
            FlawKind::TooDeep => "cli-import-too-deep",
            FlawKind::TooLarge => "cli-import-too-large",
            FlawKind::CutOff => "cli-import-cut-off",
            FlawKind::OpenList => "cli-import-open-list",
            FlawKind::GivenUp => "cli-import-given-up",
        };
        let why = Phrase::new(key).with("most", input::LONGEST >> 20).with("deepest", input::DEEPEST);
        let phrase = Phrase::new("cli-import-unsound").with("line", line).with("column", column).with("why", why);
        match what {
            FlawKind::GivenUp => self.report.broken_off(self.recording.call, &phrase),
            _ => self.report.fault(self.recording.call, None, &phrase),
        }
    }
}

/// Whether a message says nothing: some tools send such to see whether anybody is there.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
