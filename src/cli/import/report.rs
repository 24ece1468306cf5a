//! What is said of an import: the new entries on stdout, all else on stderr, and no flood of either.

use serde::Serialize;

use crate::cli::call::Call;
use crate::cli::failure::{CommandFailure, Exit};
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;

/// How many of the same remarks are made one by one.
const MOST_NAMED: u64 = 10;

/// Where an alert stands in what was read: the message and the alert in it, from 1. Alert 0: the message itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertPosition {
    pub message: u64,
    pub alert: u64,
}

/// An alert's entry, for programs.
#[derive(Serialize)]
struct Imported<'a> {
    room: &'a RoomId,
    seq: Seq,
    at: Moment,
    rec: Moment,
    /// Whether it was recorded now, and not before.
    new: bool,
    message: u64,
    alert: u64,
}

/// An entry about an alert.
#[derive(Debug, Clone, Copy)]
pub struct ImportedEntry {
    pub seq: Seq,
    pub at: Moment,
    pub rec: Moment,
    pub is_new: bool,
}

/// See the module.
#[derive(Debug)]
pub struct ImportReport {
    room: RoomId,
    is_json: bool,
    /// Whether somebody still reads our stdout.
    is_printing: bool,
    pub messages: u64,
    new: u64,
    known: u64,
    moved: u64,
    asides: u64,
    /// Those that are named one by one, and those that are not.
    faults: u64,
    broken_off: u64,
}

impl ImportReport {
    pub fn new(room: RoomId, is_json: bool) -> Self {
        ImportReport {
            room,
            is_json,
            is_printing: true,
            messages: 0,
            new: 0,
            known: 0,
            moved: 0,
            asides: 0,
            faults: 0,
            broken_off: 0,
        }
    }

    /// An alert has its entry.
    pub fn entry(&mut self, call: &mut Call, place: AlertPosition, entry: ImportedEntry) {
        let ImportedEntry { seq, at, rec, is_new } = entry;
        *(if is_new { &mut self.new } else { &mut self.known }) += 1;
        let room = self.room.clone();
        let (at, rec) = (call.local(at), call.local(rec));
        let AlertPosition { message, alert } = place;
        if self.is_json {
            let imported = Imported { room: &room, seq, at, rec, new: is_new, message, alert };
            self.printed(call, |call| call.out.json(&imported));
        } else if is_new {
            self.printed(call, |call| call.out.line(&format!("{seq} {at}")));
        }
    }

    /// An entry does not stand at the time that was told.
    pub fn moved(&mut self, call: &mut Call, place: AlertPosition, why: &Phrase) {
        self.moved += 1;
        if self.moved <= MOST_NAMED {
            let AlertPosition { message, alert } = place;
            let phrase = Phrase::new("cli-import-moved").with("message", message).with("alert", alert);
            self.say(call, &phrase.with("why", why.clone()));
        }
    }

    /// Something is nothing to record, and no fault.
    pub fn aside(&mut self, call: &mut Call, place: AlertPosition, what: &Phrase) {
        self.asides += 1;
        if self.asides <= MOST_NAMED {
            self.say(call, &Phrase::new("cli-import-message").with("message", place.message).with("why", what.clone()));
        }
    }

    /// Something is not imported, and why; `place`: where, unless that is said already.
    pub fn fault(&mut self, call: &mut Call, place: Option<AlertPosition>, why: &Phrase) {
        self.faults += 1;
        if self.faults > MOST_NAMED {
            return;
        }
        let phrase = match place {
            None => why.clone(),
            Some(AlertPosition { message, alert: 0 }) => {
                Phrase::new("cli-import-message").with("message", message).with("why", why.clone())
            }
            Some(AlertPosition { message, alert }) => {
                let phrase = Phrase::new("cli-import-alert").with("message", message).with("alert", alert);
                phrase.with("why", why.clone())
            }
        };
        self.say(call, &phrase);
    }

    /// Reading ends before the end of the input, and why: said however many faults there were.
    pub fn broken_off(&mut self, call: &mut Call, why: &Phrase) {
        self.broken_off += 1;
        self.say(call, why);
    }

    /// The entries so far are to be read by now.
    pub fn flush(&mut self, call: &mut Call) {
        self.printed(call, |call| call.out.flush());
    }

    /// Says what it came to.
    ///
    /// # Errors
    /// There was nothing to import, or something was not imported.
    pub fn conclude(&mut self, call: &mut Call) -> Result<(), CommandFailure> {
        let ImportReport { new, known, asides, messages, .. } = *self;
        let faults = self.faults + self.broken_off;
        if call.out.left_out() > 0 {
            self.say(call, &Phrase::new("cli-pipe-unread"));
        }
        if messages == 0 && faults == 0 {
            return Err(CommandFailure::refused(Phrase::new("cli-import-nothing")));
        }
        for (count, key) in [
            (self.faults, "cli-import-more-faults"),
            (asides, "cli-import-more-asides"),
            (self.moved, "cli-import-more-moved"),
        ] {
            if count > MOST_NAMED {
                self.say(call, &Phrase::new(key).with("count", count - MOST_NAMED));
            }
        }
        self.say(call, &Phrase::new("cli-import-done").with("new", new).with("known", known).with("faults", faults));
        if faults > 0 { Err(CommandFailure::Said(Exit::Refused)) } else { Ok(()) }
    }

    /// Prints; that nobody reads it any more is no reason to leave alerts out.
    fn printed(&mut self, call: &mut Call, print: impl FnOnce(&mut Call) -> Result<(), CommandFailure>) {
        if self.is_printing && print(call).is_err() {
            self.is_printing = false;
        }
    }

    fn say(&mut self, call: &mut Call, phrase: &Phrase) {
        let text = call.say(phrase);
        // A closed stdout is no reason to keep silent.
        let _ = call.out.aside(&format!("klock: {text}"));
    }
}
