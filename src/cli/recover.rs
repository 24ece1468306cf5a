//! `klock recover`: what is kept beside the journals, and what can be read of it, in lines that `klock log -` takes.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::call::Call;
use super::failure::CommandFailure;
use crate::cli::args::JsonArg;
use crate::client::HostAddress;
use crate::domain::event::{Event, NoteKind};
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::timeline::{self, EntryKind};
use crate::store::{self, KeptFile, KeptReason, SalvagedPiece};

#[derive(Debug, Args)]
#[command(after_help = "\
Without FILE the kept files are listed. With FILE its entries are printed in lines that klock log takes:
  klock recover 2026-014.jsonl.aside-20261121T120000 | klock log -r 2026-014 -
klock verify names such a file until it is moved away or removed.")]
pub struct RecoverArgs {
    /// A kept file, by its name, or any path to one
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// List those of this room only
    #[arg(short = 'r', long = "room", value_name = "ROOM")]
    pub room: Option<String>,
    #[command(flatten)]
    pub json: JsonArg,
}

/// A kept file, for programs.
#[derive(Serialize)]
struct KeptLine {
    file: PathBuf,
    room: RoomId,
    kind: &'static str,
    entries: u64,
    unreadable_bytes: u64,
}

/// A kept entry, for programs. Words without an entry have nothing but their text.
#[derive(Serialize)]
struct EntryLine {
    seq: Option<Seq>,
    at: Option<Moment>,
    rec: Option<Moment>,
    by: Option<String>,
    kind: Option<&'static str>,
    text: String,
}

/// Lists what is kept, or prints what can be read of one file.
///
/// # Errors
/// When the files are on another machine, or cannot be read.
pub fn run(call: &mut Call, args: &RecoverArgs) -> Result<(), CommandFailure> {
    if !matches!(call.place(), HostAddress::Local) {
        return Err(CommandFailure::refused(Phrase::new("cli-recover-elsewhere")));
    }
    match &args.file {
        Some(file) => print_file(call, &find(call, file), args.json.json),
        None => list(call, args),
    }
}

/// The file that is meant: one of those that are kept, by its name, or any path.
fn find(call: &Call, file: &Path) -> PathBuf {
    let kept = call.places.data.join("rooms").join(file);
    if file.components().count() == 1 && !file.exists() { kept } else { file.to_owned() }
}

fn list(call: &mut Call, args: &RecoverArgs) -> Result<(), CommandFailure> {
    let data = call.places.data.clone();
    let mut kept = store::kept_in(&data).map_err(|error| cannot_open(&data.join("rooms"), &error))?;
    if let Some(room) = &args.room {
        let room = super::room::named(room)?;
        kept.retain(|kept| kept.room == room);
    }
    let lines: Vec<KeptLine> = kept.iter().map(|kept| counted(&data, kept)).collect::<Result<_, _>>()?;
    if args.json.json {
        return call.out.document(&lines);
    }
    for line in &lines {
        let kind = Phrase::new(match KeptReason::parse(&name_of(&line.file)).map(|(_, why)| why) {
            Some(KeptReason::Aside) => "kept-aside",
            Some(KeptReason::Cut) => "kept-cut",
            Some(KeptReason::Unfinished) => "kept-unfinished",
            Some(KeptReason::Damaged) | None => "kept-damaged",
        });
        let phrase = Phrase::new("cli-kept")
            .with("file", name_of(&line.file))
            .with("kind", kind)
            .with("entries", line.entries)
            .with("bytes", line.unreadable_bytes);
        let said = call.say(&phrase);
        call.out.line(&said)?;
    }
    if lines.is_empty() {
        let said = call.say(&Phrase::new("cli-nothing-kept"));
        call.out.line(&said)?;
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn cannot_open(path: &Path, error: &std::io::Error) -> CommandFailure {
    let phrase = Phrase::new("cli-cannot-open").with("path", path.display().to_string());
    CommandFailure::refused(phrase.with("why", error.to_string()))
}

fn counted(data: &Path, kept: &KeptFile) -> Result<KeptLine, CommandFailure> {
    let file = data.join("rooms").join(&kept.name);
    let (mut entries, mut unreadable_bytes) = (0, 0);
    store::read_kept(&file, &mut |piece| {
        match piece {
            SalvagedPiece::Entry(_) => entries += 1,
            SalvagedPiece::Words(_) => {}
            SalvagedPiece::Unreadable(bytes) => unreadable_bytes += bytes,
        }
        ControlFlow::Continue(())
    })
    .map_err(|error| cannot_open(&file, &error))?;
    Ok(KeptLine { file, room: kept.room.clone(), kind: kept.why.name(), entries, unreadable_bytes })
}

fn print_file(call: &mut Call, file: &Path, json: bool) -> Result<(), CommandFailure> {
    // Sentences name roles and steps by the routine, which only the opening has.
    let room = KeptReason::parse(&name_of(file)).map_or_else(|| RoomId::of_year(0, 0), |(room, _)| room);
    let mut fold = Room::new(room);
    let mut done = Ok(());
    store::read_kept(file, &mut |piece| {
        if let SalvagedPiece::Entry(record) = &piece {
            fold.apply(record);
        }
        done = print(call, &fold, &piece, json);
        if done.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .map_err(|error| cannot_open(file, &error))?;
    done
}

fn print(call: &mut Call, fold: &Room, piece: &SalvagedPiece, json: bool) -> Result<(), CommandFailure> {
    match piece {
        SalvagedPiece::Entry(record) => print_entry(call, fold, record, json),
        SalvagedPiece::Words(words) if json => {
            let (seq, at, rec, by, kind) = (None, None, None, None, None);
            call.out.json(&EntryLine { seq, at, rec, by, kind, text: words.clone() })
        }
        SalvagedPiece::Words(words) => call.out.line(&one_line(words)),
        // For a person beside the lines, which another program may be reading.
        SalvagedPiece::Unreadable(bytes) => {
            let said = call.say(&Phrase::new("cli-unreadable-bytes").with("bytes", *bytes));
            call.out.aside(&said)
        }
    }
}

fn print_entry(call: &mut Call, fold: &Room, record: &Record, json: bool) -> Result<(), CommandFailure> {
    if matches!(record.event, Event::EntryLost { .. } | Event::EntryStarred { .. }) {
        return Ok(());
    }
    let (kind, phrase) = timeline::said(&record.event, fold);
    let text = call.say(&phrase);
    if json {
        let (seq, at, rec) = (Some(record.seq), Some(call.local(record.at)), Some(call.local(record.rec)));
        let (by, kind) = (Some(record.by.signed()), Some(kind.name()));
        return call.out.json(&EntryLine { seq, at, rec, by, kind, text });
    }
    let kind = match &record.event {
        Event::NoteTaken { kind, .. } if *kind != NoteKind::Note => format!("{}: ", EntryKind::from(*kind).name()),
        _ => String::new(),
    };
    let at = call.words.typed_time(record.at);
    call.out.line(&format!("{at} {kind}{} [{}]", one_line(&text), record.by.signed()))
}

/// Each entry is one line for the reader.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
