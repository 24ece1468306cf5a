//! `klock export`: writes a room out, as a report or as its journal.

use clap::{Args, ValueEnum};

use super::call::{Call, unexpected};
use super::failure::CommandFailure;
use super::room::{self, Unnamed};
use super::timeline;
use crate::cli::args::RoomArg;
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::report::{Report, csv, json, markdown};
use crate::wire::message::{Answer, Ask};

/// What a room is written out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The report, to be read
    Md,
    /// The report as one document, for programs
    Json,
    /// The timeline, for a spreadsheet
    Csv,
    /// The journal's own lines, to be checked with sha256sum
    Jsonl,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock export > report.md
  klock export -r 2026-014 --format csv > timeline.csv
  klock export --format jsonl | jq -c .event")]
pub struct ExportArgs {
    #[command(flatten)]
    pub room: RoomArg,
    /// As what
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value = "md")]
    pub format: Format,
}

/// How many lines of the journal are asked for at a time.
const LINES: usize = 1000;

/// Writes the room to stdout.
///
/// # Errors
/// No such room, or no host.
pub fn run(call: &mut Call, args: &ExportArgs) -> Result<(), CommandFailure> {
    let id = room::choose(call, &args.room, Unnamed::OpenOrLast)?;
    if args.format == Format::Jsonl {
        return journal(call, &id);
    }
    let fold = call.fold(&id)?;
    let entries = timeline::entries(call, &fold)?;
    let report = Report::of(&fold, &entries, call.now(), &call.words);
    match args.format {
        Format::Csv => call.out.rendered(&csv::render(&report)),
        Format::Json => {
            let text = json::render(&report).map_err(|error| {
                CommandFailure::refused(Phrase::new("cli-cannot-print").with("why", error.to_string()))
            })?;
            call.out.json_text(&text)
        }
        Format::Md | Format::Jsonl => call.out.rendered(&markdown::render(&report, &call.words)),
    }
}

fn journal(call: &mut Call, room: &RoomId) -> Result<(), CommandFailure> {
    let mut from = 1;
    loop {
        let lines = match call.ask(Ask::Lines { room: room.clone(), from, limit: LINES })? {
            Answer::Lines(lines) => lines,
            other => return Err(unexpected(&other)),
        };
        if lines.is_empty() {
            return Ok(());
        }
        for line in &lines {
            call.out.original_json(&format!("{}\n", line.trim_end_matches('\n')))?;
        }
        from += lines.len() as u64;
    }
}
