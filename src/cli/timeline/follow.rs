//! `klock timeline --follow`: every entry once, in the order recorded, even if the host is replaced meanwhile.

use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;

use super::pages::{beginning, page};
use super::printer::EntryPrinter;
use crate::cli::call::{Call, unexpected};
use crate::cli::failure::CommandFailure;
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::timeline::{Filter, entry};
use crate::wire::message::{Answer, Ask, HostMsg};

/// How many records are asked for at a time.
const PORTION: usize = 2000;

/// How long to wait before looking for a host again when there was none.
const PAUSE: Duration = Duration::from_secs(1);

/// Prints the entries that there are, then those that come, until the reader of stdout leaves. A host that is gone is
/// looked for, and started, without end.
///
/// # Errors
/// No such room; no host at the beginning, or one that will not have this program, such as a newer one.
pub fn run(call: &mut Call, printer: EntryPrinter, room: &RoomId, filter: &Filter) -> Result<(), CommandFailure> {
    end_with_reader()?;
    let fold = call.fold(room)?;
    let mut following = Following { printer, filter, printed: 0, fold };
    if filter.since.is_some() {
        following.since(call)?;
        call.out.flush()?;
    }
    let mut has_told = false;
    loop {
        match following.go_on(call) {
            Ok(()) => has_told = false,
            Err(CommandFailure::Told { may_pass: true, phrase, .. }) => {
                if !std::mem::replace(&mut has_told, true) {
                    let said = call.say(&Phrase::new("cli-follow-waits").with("why", phrase));
                    call.out.aside(&format!("klock: {said}"))?;
                }
                std::thread::sleep(PAUSE);
            }
            Err(failure) => return Err(failure),
        }
    }
}

struct Following<'a> {
    printer: EntryPrinter,
    filter: &'a Filter,
    /// Everything up to here was printed, or passed over by the filter.
    printed: Seq,
    /// The room as it stands there, or later.
    fold: Room,
}

impl Following<'_> {
    /// Prints what there is from the filter's time on, without going through all that was before it.
    fn since(&mut self, call: &mut Call) -> Result<(), CommandFailure> {
        let until = self.fold.seq;
        let (mut found, mut next) = (Vec::new(), Some(beginning(self.filter)));
        while let Some(from) = next {
            let (records, after) = page(call, &self.fold, from, self.filter.clone())?;
            found.extend(records.into_iter().filter(|record| record.seq <= until));
            next = after;
        }
        // The index finds by time; here they come as they were recorded.
        found.sort_by_key(|record| record.seq);
        self.took(call, &found)?;
        self.printed = until;
        Ok(())
    }

    /// Prints what was not printed yet and what comes, as long as the connection lasts.
    fn go_on(&mut self, call: &mut Call) -> Result<(), CommandFailure> {
        let room = self.fold.id.clone();
        let attached = call.ask(Ask::Attach { room: room.clone(), after: Some(self.printed), entries: 1 })?;
        let connection = call.client()?.connections();
        match attached {
            Answer::Resumed { records, .. } => self.took(call, &records)?,
            Answer::Attached { room, .. } => {
                // Too far behind to be sent what was missed: it is fetched.
                let until = room.seq;
                self.fold = *room;
                self.catch_up(call, until)?;
            }
            other => return Err(unexpected(&other)),
        }
        call.out.flush()?;
        loop {
            let client = call.client()?;
            // What was asked on the way may have been asked again of another host, to whom we are in no room yet.
            if client.connections() != connection {
                return Ok(());
            }
            let Some(said) = client.next() else { return Ok(()) };
            match said {
                HostMsg::Recorded { room: of, records } if of == room => {
                    if let Some(first) = records.first() {
                        self.catch_up(call, first.seq - 1)?;
                    }
                    self.took(call, &records)?;
                    call.out.flush()?;
                }
                HostMsg::Renewed { room: of } if of == room => self.fold = call.fold(&room)?,
                HostMsg::Goodbye { why, again: false } => return Err(CommandFailure::refused(why)),
                _ => {}
            }
        }
    }

    /// Prints everything up to `until` that was not printed yet.
    fn catch_up(&mut self, call: &mut Call, until: Seq) -> Result<(), CommandFailure> {
        while self.printed < until {
            let ask = Ask::Records { room: self.fold.id.clone(), from: self.printed + 1, limit: PORTION };
            let records = match call.ask(ask)? {
                Answer::Records(records) => records,
                other => return Err(unexpected(&other)),
            };
            self.took(call, &records)?;
            if records.is_empty() {
                // What the store has lost it names itself; here it is passed over, not waited for.
                self.printed = until;
            }
        }
        Ok(())
    }

    fn took(&mut self, call: &mut Call, records: &[Record]) -> Result<(), CommandFailure> {
        for record in records {
            if record.seq <= self.printed {
                continue;
            }
            if record.seq > self.fold.seq {
                self.fold.apply(record);
            }
            self.happened(call, record)?;
        }
        Ok(())
    }

    fn happened(&mut self, call: &mut Call, record: &Record) -> Result<(), CommandFailure> {
        self.printed = record.seq;
        match entry(record, &self.fold) {
            Some(entry) if self.filter.admits(&entry, &entry.said(&call.words)) => self.printer.print(call, &entry),
            _ => Ok(()),
        }
    }
}

/// Ends the program when the reader of its stdout leaves, also while there is nothing to print.
fn end_with_reader() -> Result<(), CommandFailure> {
    std::thread::Builder::new().name("klock-reader".into()).stack_size(64 << 10).spawn(|| {
        let stdout = std::io::stdout();
        // The system tells that the other end is gone without being asked for it.
        let mut entry = [PollFd::new(&stdout, PollFlags::empty())];
        let is_told = retry_on_intr(|| poll(&mut entry, None)).is_ok();
        if is_told && entry[0].revents().intersects(PollFlags::ERR | PollFlags::HUP) {
            std::process::exit(0);
        }
    })?;
    Ok(())
}
