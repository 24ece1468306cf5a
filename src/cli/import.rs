//! `klock import`: alerts from monitoring become entries, one for each, resolved ones too, never twice (A16, H4, H33).

mod alert;
mod entry;
mod message;

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufReader, Read};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Deserializer, Value};

use super::args::{ImportArgs, SourceArg};
use super::call::Call;
use super::failure::{Exit, Failure};
use super::pipeline::{Outcome, Pipeline};
use super::room;
use crate::client::Options;
use crate::client::link::Update;
use crate::domain::id::{RoomId, Seq};
use crate::domain::phrase::Phrase;
use crate::domain::record::{Assurance, Record};
use crate::domain::time::Moment;
use message::{Message, Source};

/// The longest message, in bytes.
const LONGEST_MESSAGE: u64 = 64 << 20;

/// How long to wait for a host that records nothing.
const GIVE_UP_AFTER: Duration = Duration::from_secs(10);

/// How many of the same remarks are made one by one.
const MOST_NAMED: u64 = 10;

/// Records the alerts of every message on stdin.
///
/// # Errors
/// No such room, or no host. What is no message, or no alert, is named; the others are imported, and the exit code says it.
pub fn run(call: &mut Call, args: &ImportArgs) -> Result<(), Failure> {
    let room = room::choose(call, &args.room)?;
    let known_to = room::head(call, &room)?.seq;
    let options = call.options(true);
    // Each source has a connection of its own, under its own name.
    call.leave();
    call.out.wait_for_nobody()?;
    let (tell, events) = channel();
    let mut import = Import {
        call,
        args,
        room,
        known_to,
        options,
        tell,
        events,
        links: BTreeMap::new(),
        seen: HashSet::new(),
        tally: Tally::default(),
        is_printing: true,
    };
    let (stdin, allowance) = Bounded::new(io::stdin().lock());
    let mut messages = Deserializer::from_reader(BufReader::new(stdin)).into_iter::<Value>();
    for number in 1.. {
        match messages.next() {
            None => break,
            Some(Ok(value)) => import.message(number, &value)?,
            Some(Err(error)) => {
                // Where the next message would begin cannot be known.
                import.unsound(&error);
                break;
            }
        }
        allowance.set(LONGEST_MESSAGE);
    }
    import.conclude()
}

/// What came of the alerts.
#[derive(Debug, Default)]
struct Tally {
    new: u64,
    known: u64,
    faults: u64,
    messages: u64,
    moved: u64,
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
    /// The alert's place in what was read: message and alert, from 1.
    message: u64,
    alert: usize,
}

/// By what an alert is known while it is on its way.
#[derive(Debug, Clone, Copy)]
struct Place {
    message: u64,
    alert: usize,
}

struct Import<'a> {
    call: &'a mut Call,
    args: &'a ImportArgs,
    room: RoomId,
    /// What was recorded up to here was known before.
    known_to: Seq,
    options: Options,
    tell: Sender<(Source, Update)>,
    events: Receiver<(Source, Update)>,
    links: BTreeMap<Source, Pipeline<Place>>,
    seen: HashSet<Seq>,
    tally: Tally,
    /// Whether somebody still reads our stdout.
    is_printing: bool,
}

impl Import<'_> {
    /// Records what is in one message, and waits until it is on disk: more may come only when somebody has read that.
    fn message(&mut self, number: u64, value: &Value) -> Result<(), Failure> {
        self.tally.messages = number;
        let message = match Message::read(value, self.args.from.map(Source::from)) {
            Ok(message) => message,
            Err(why) => {
                self.fault(&Phrase::new("cli-import-message").with("message", number).with("why", why));
                return Ok(());
            }
        };
        let source = message.source;
        for (alert, index) in message.alerts.into_iter().zip(1..) {
            let place = Place { message: number, alert: index };
            match alert {
                Ok(alert) => {
                    self.make_room(source)?;
                    let (request, is_moved) = entry::request(self.call, &self.room, &alert);
                    if is_moved {
                        self.moved(place);
                    }
                    let bytes = serde_json::to_string(&request).map_or(0, |text| text.len());
                    self.link(source)?.send(place, request, bytes);
                }
                Err(why) => self.alert_fault(place, why),
            }
        }
        if message.left_out > 0 {
            let phrase = Phrase::new("cli-import-left-out").with("count", message.left_out);
            self.aside(&phrase);
        }
        self.wait_until(source, Pipeline::is_empty)?;
        self.printed(|call| call.out.flush());
        Ok(())
    }

    fn link(&mut self, source: Source) -> Result<&mut Pipeline<Place>, Failure> {
        use std::collections::btree_map::Entry;
        match self.links.entry(source) {
            Entry::Occupied(link) => Ok(link.into_mut()),
            Entry::Vacant(vacant) => {
                let name = self.call.named.clone().unwrap_or_else(|| source.name().to_owned());
                let options = Options { name, sure: Assurance::Script, ..self.options.clone() };
                let tell = self.tell.clone();
                // Whoever takes what it says has gone only when the link is gone.
                let link = Pipeline::start(options, move |update| drop(tell.send((source, update))))?;
                Ok(vacant.insert(link))
            }
        }
    }

    fn make_room(&mut self, source: Source) -> Result<(), Failure> {
        self.wait_until(source, Pipeline::has_room)
    }

    /// Takes in what comes until `is_so`.
    fn wait_until(&mut self, source: Source, is_so: impl Fn(&Pipeline<Place>) -> bool) -> Result<(), Failure> {
        let mut last_progress = Instant::now();
        let mut trouble = None;
        loop {
            let link = self.link(source)?;
            link.ask_again();
            if is_so(link) {
                return Ok(());
            }
            let until = link.deadline().into_iter().chain([last_progress + GIVE_UP_AFTER]).min();
            let wait = until.map_or(GIVE_UP_AFTER, |until| until.saturating_duration_since(Instant::now()));
            if let Ok((source, update)) = self.events.recv_timeout(wait) {
                match self.link(source)?.take(update) {
                    Some(Outcome::Stuck(why)) => trouble = Some(why),
                    Some(Outcome::Dismissed(why)) => return Err(self.given_up(why)),
                    Some(outcome) => {
                        last_progress = Instant::now();
                        trouble = None;
                        self.came(outcome);
                    }
                    None => {}
                }
            }
            if last_progress.elapsed() >= GIVE_UP_AFTER {
                let why = trouble.take().unwrap_or_else(|| Phrase::new("cli-pipe-silent"));
                return Err(self.given_up(why));
            }
        }
    }

    fn came(&mut self, outcome: Outcome<Place>) {
        match outcome {
            Outcome::Recorded { what, records } => self.recorded(what, &records),
            Outcome::Refused { what, failure, .. } => self.alert_fault(what, failure.phrase()),
            Outcome::Stuck(_) | Outcome::Dismissed(_) => {}
        }
    }

    fn recorded(&mut self, place: Place, records: &[Record]) {
        let Some(first) = records.first() else { return };
        let is_new = self.seen.insert(first.seq) && first.seq > self.known_to;
        if is_new {
            self.tally.new += 1;
        } else {
            self.tally.known += 1;
        }
        let (seq, at, rec) = (first.seq, first.at, first.rec);
        if self.args.json.json {
            let Place { message, alert } = place;
            let room = self.room.clone();
            self.printed(|call| call.out.json(&Imported { room: &room, seq, at, rec, new: is_new, message, alert }));
        } else if is_new {
            self.printed(|call| call.out.line(&format!("{seq} {at}")));
        }
    }

    /// Prints; that nobody reads it any more is no reason to leave alerts out.
    fn printed(&mut self, print: impl FnOnce(&mut Call) -> Result<(), Failure>) {
        if self.is_printing && print(self.call).is_err() {
            self.is_printing = false;
        }
    }

    fn moved(&mut self, place: Place) {
        self.tally.moved += 1;
        if self.tally.moved <= MOST_NAMED {
            let phrase = Phrase::new("cli-import-moved").with("message", place.message).with("alert", place.alert);
            self.aside(&phrase);
        }
    }

    fn alert_fault(&mut self, place: Place, why: Phrase) {
        let Place { message, alert } = place;
        let phrase = Phrase::new("cli-import-alert").with("message", message).with("alert", alert).with("why", why);
        self.fault(&phrase);
    }

    fn fault(&mut self, phrase: &Phrase) {
        self.tally.faults += 1;
        if self.tally.faults <= MOST_NAMED {
            self.aside(phrase);
        }
    }

    fn unsound(&mut self, error: &serde_json::Error) {
        let said = error.to_string();
        if error.is_io() {
            return self.fault(&Phrase::new("cli-cannot-read").with("why", said));
        }
        let why = said.rsplit_once(" at line ").map_or(said.as_str(), |(why, _)| why);
        let phrase = Phrase::new("cli-import-unsound").with("line", error.line()).with("column", error.column());
        self.fault(&phrase.with("why", why));
    }

    fn aside(&mut self, phrase: &Phrase) {
        let text = self.call.say(phrase);
        // A closed stdout is no reason to keep silent.
        let _ = self.call.out.aside(&format!("klock: {text}"));
    }

    fn given_up(&self, why: Phrase) -> Failure {
        Failure::new(Exit::NoHost, why).with_lines([self.call.say(&Phrase::new("cli-import-again"))])
    }

    fn conclude(mut self) -> Result<(), Failure> {
        if self.call.out.left_out() > 0 {
            self.aside(&Phrase::new("cli-pipe-unread"));
        }
        let Tally { new, known, faults, messages, .. } = self.tally;
        if messages == 0 && faults == 0 {
            return Err(Failure::refused(Phrase::new("cli-import-nothing")));
        }
        self.aside(&Phrase::new("cli-import-done").with("new", new).with("known", known).with("faults", faults));
        if faults > 0 { Err(Failure::Said(Exit::Refused)) } else { Ok(()) }
    }
}

impl From<SourceArg> for Source {
    fn from(source: SourceArg) -> Self {
        match source {
            SourceArg::Alertmanager => Source::Alertmanager,
            SourceArg::Grafana => Source::Grafana,
        }
    }
}

/// A stream of which no more is read than is allowed at the time.
struct Bounded<R> {
    stream: R,
    allowance: Rc<Cell<u64>>,
}

impl<R: Read> Bounded<R> {
    fn new(stream: R) -> (Self, Rc<Cell<u64>>) {
        let allowance = Rc::new(Cell::new(LONGEST_MESSAGE));
        (Bounded { stream, allowance: Rc::clone(&allowance) }, allowance)
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.stream.read(buffer)?;
        let left = self.allowance.get().checked_sub(length as u64);
        let left = left.ok_or_else(|| {
            let most = LONGEST_MESSAGE >> 20;
            io::Error::new(io::ErrorKind::FileTooLarge, format!("a message of more than {most} MiB"))
        })?;
        self.allowance.set(left);
        Ok(length)
    }
}
