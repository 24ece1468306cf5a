//! `klock timeline`: what has happened, in the order in which it happened; with `--follow` as it happens.

use chrono::NaiveDate;

use super::args::TimelineArgs;
use super::call::{Call, unexpected};
use super::failure::{Exit, Failure};
use super::room;
use crate::client::blocking::Client;
use crate::domain::action::Track;
use crate::domain::id::RoomId;
use crate::domain::phrase::{Lexicon as _, Phrase};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::timeline::{Entry, EntryKind, Filter, entry};
use crate::report::timeline::Line;
use crate::wire::message::{Answer, Ask, HostMsg, Page, PageFrom, Place};

/// How many entries are asked for at a time.
const PAGE: usize = 500;

/// Prints the timeline.
///
/// # Errors
/// An unknown kind, a time that is not understood, no such room, or no host.
pub fn run(call: &mut Call, args: &TimelineArgs) -> Result<(), Failure> {
    let filter = filter(call, args)?;
    let room = room::choose(call, &args.room)?;
    let mut printer = Printer { json: args.json, day: None };
    let fold = call.fold(&room)?;
    let mut last = Some(PageFrom::Start);
    while let Some(from) = last {
        let (records, more) = page(call, &room, from, filter.clone())?;
        // Later than the fold was taken, so that nothing is printed twice when following from there.
        let within = records.iter().filter(|record| !args.follow || record.seq <= fold.seq);
        for entry in within.filter_map(|record| entry(record, &fold)) {
            printer.print(call, &entry)?;
        }
        last = records.last().filter(|_| more).map(|r| PageFrom::After(Place { at: r.at, seq: r.seq }));
    }
    if args.follow {
        call.out.flush()?;
        return follow(call, &mut printer, fold, &filter);
    }
    Ok(())
}

/// Every entry of a room, in the order in which things happened.
///
/// # Errors
/// No such room, or no host.
pub fn entries(call: &mut Call, fold: &Room) -> Result<Vec<Entry>, Failure> {
    let mut entries = Vec::new();
    let mut from = PageFrom::Start;
    loop {
        let (records, more) = page(call, &fold.id, from, Filter::default())?;
        entries.extend(records.iter().filter(|record| record.seq <= fold.seq).filter_map(|record| entry(record, fold)));
        match records.last().filter(|_| more) {
            Some(last) => from = PageFrom::After(Place { at: last.at, seq: last.seq }),
            None => return Ok(entries),
        }
    }
}

fn page(call: &mut Call, room: &RoomId, from: PageFrom, filter: Filter) -> Result<(Vec<Record>, bool), Failure> {
    let page = Page { from, limit: PAGE, filter, lang: call.lang() };
    match call.ask(Ask::Page { room: room.clone(), page })? {
        Answer::Page { records, more } => Ok((records, more)),
        other => Err(unexpected(&other)),
    }
}

fn filter(call: &Call, args: &TimelineArgs) -> Result<Filter, Failure> {
    let kinds: Result<Vec<EntryKind>, Failure> = args.kind.iter().map(|name| kind(call, name)).collect();
    Ok(Filter {
        text: args.text.clone().unwrap_or_default(),
        kinds: kinds?,
        person: args.person.as_ref().map(|person| person.trim_start_matches('@').to_owned()),
        tag: args.tag.as_ref().map(|tag| tag.trim_start_matches('#').to_owned()),
        track: None::<Track>,
        starred: args.starred,
        since: args.since.as_deref().map(|since| call.past(since)).transpose()?,
        until: args.until.as_deref().map(|until| call.past(until)).transpose()?,
    })
}

fn kind(call: &Call, name: &str) -> Result<EntryKind, Failure> {
    let wanted = name.trim().to_lowercase();
    let said = |kind: &EntryKind| call.say(&kind.label()).to_lowercase() == wanted;
    EntryKind::from_name(&wanted).or_else(|| EntryKind::ALL.into_iter().find(said)).ok_or_else(|| {
        let known = EntryKind::ALL.map(EntryKind::name).join(", ");
        Failure::usage(Phrase::new("cli-no-kind").with("what", name).with("known", known))
    })
}

/// Goes on from `fold` until the reader of stdout leaves or the host cannot be reached again.
fn follow(call: &mut Call, printer: &mut Printer, mut fold: Room, filter: &Filter) -> Result<(), Failure> {
    loop {
        let attach = Ask::Attach { room: fold.id.clone(), after: Some(fold.seq), entries: PAGE };
        let missed = match call.ask(attach)? {
            Answer::Resumed { records, .. } => records,
            Answer::Attached { room, .. } => records_after(call, &fold, room.seq)?,
            other => return Err(unexpected(&other)),
        };
        for record in &missed {
            happened(call, printer, &mut fold, filter, record)?;
        }
        call.out.flush()?;
        while let Some(said) = call.client().map(Client::next)? {
            match said {
                HostMsg::Recorded { room, records } if room == fold.id => {
                    for record in &records {
                        happened(call, printer, &mut fold, filter, record)?;
                    }
                    call.out.flush()?;
                }
                HostMsg::Goodbye { why, again: false } => return Err(Failure::new(Exit::NoHost, why)),
                _ => {}
            }
        }
        // The connection was lost: the next question makes it again, and what was missed is asked for.
    }
}

fn records_after(call: &mut Call, fold: &Room, until: u64) -> Result<Vec<Record>, Failure> {
    let mut missed: Vec<Record> = Vec::new();
    loop {
        let from = missed.last().map_or(fold.seq, |record| record.seq) + 1;
        if from > until {
            return Ok(missed);
        }
        match call.ask(Ask::Records { room: fold.id.clone(), from, limit: PAGE })? {
            Answer::Records(records) if records.is_empty() => return Ok(missed),
            Answer::Records(records) => missed.extend(records),
            other => return Err(unexpected(&other)),
        }
    }
}

fn happened(
    call: &mut Call,
    printer: &mut Printer,
    fold: &mut Room,
    filter: &Filter,
    record: &Record,
) -> Result<(), Failure> {
    if record.seq <= fold.seq {
        return Ok(());
    }
    fold.apply(record);
    match entry(record, fold) {
        Some(entry) if filter.admits(&entry, &call.words.say(&entry.phrase)) => printer.print(call, &entry),
        _ => Ok(()),
    }
}

/// Prints entries, under a rule for each day.
struct Printer {
    json: bool,
    day: Option<NaiveDate>,
}

impl Printer {
    fn print(&mut self, call: &mut Call, entry: &Entry) -> Result<(), Failure> {
        let line = Line::of(entry, &call.words);
        if self.json {
            return call.out.json(&line);
        }
        if self.day != Some(entry.at.date()) {
            self.day = Some(entry.at.date());
            let date = call.words.date(entry.at.date());
            call.out.line(&format!("── {date} ──"))?;
        }
        let kind = call.say(&entry.kind.label());
        let star = if line.starred { "★ " } else { "" };
        let mut text = format!("{:>5}  {}  {kind:<10}  {star}{}", line.seq, entry.at.hms(), line.text);
        if let Some(due) = line.due {
            text.push_str(&format!(" · {}", call.say(&Phrase::new("cli-due").with("time", due))));
        }
        if let Some(track) = &line.track {
            text.push_str(&format!(" · #{track}"));
        }
        text.push_str(&format!("  ({})", line.signed()));
        if let Some(reason) = &line.struck {
            let said = call.say(&Phrase::new("cli-struck").with("text", reason.as_str()));
            text.push_str(&format!("  {said}"));
        }
        if line.was.is_some() {
            text.push_str(&format!("  {}", call.say(&Phrase::new("cli-amended"))));
        }
        if line.late {
            text.push_str(&format!("  {}", call.say(&Phrase::new("cli-late-entry").with("time", entry.rec))));
        }
        call.out.line(&text)
    }
}
