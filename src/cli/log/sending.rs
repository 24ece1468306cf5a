//! The sending end of a pipe: what is in the queue goes to the host, what is on disk is printed, what is refused is kept.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use super::event::LogEvent;
use super::queue::{self, Outlet, TakenLines};
use super::reader::LineEnd;
use super::reading::MOST_NAMED;
use super::spool::{Damaged, Leftover, WaitingLine};
use crate::cli::args::RecordArgs;
use crate::cli::call::Call;
use crate::cli::failure::{CommandFailure, Exit};
use crate::cli::pipeline::{Pipeline, SendOutcome};
use crate::cli::record::print;
use crate::client::ClientOptions;
use crate::domain::id::RoomId;
use crate::domain::intent::{Intent, Request};
use crate::domain::phrase::Phrase;
use crate::domain::record::{Assurance, Record};
use crate::wire::message;

/// When there is nothing more to read, how long to wait for a host that records nothing.
const GIVE_UP_AFTER: Duration = Duration::from_secs(10);

/// By what a line is known while it is on its way.
#[derive(Debug)]
struct Sent {
    line: u64,
    room: RoomId,
    raw: Option<String>,
    file: Option<u32>,
    bytes: usize,
}

/// See the module.
pub struct Sending<'a> {
    call: &'a mut Call,
    args: &'a RecordArgs,
    tell: Sender<LogEvent>,
    events: Receiver<LogEvent>,
    /// Which link is in use.
    link: usize,
    end: Option<LineEnd>,
    last_progress: Instant,
    trouble: Option<Phrase>,
    /// Whether somebody still reads our stdout.
    is_printing: bool,
    /// Whether what is sent was left behind by an earlier pipe.
    is_left: bool,
    left: u64,
    refused: u64,
    /// Whether one of them could not be kept, and was shown instead.
    has_unkept: bool,
    has_lost: bool,
    refused_path: PathBuf,
}

impl<'a> Sending<'a> {
    /// `refused_path`: where lines go that the room refuses.
    pub fn new(
        call: &'a mut Call,
        args: &'a RecordArgs,
        tell: Sender<LogEvent>,
        events: Receiver<LogEvent>,
        refused_path: PathBuf,
    ) -> Self {
        Sending {
            call,
            args,
            tell,
            events,
            link: 0,
            end: None,
            last_progress: Instant::now(),
            trouble: None,
            is_printing: true,
            is_left: false,
            left: 0,
            refused: 0,
            has_unkept: false,
            has_lost: false,
            refused_path,
        }
    }

    /// Nothing is read: all there is to send was left behind.
    #[must_use]
    pub fn of_the_past(self) -> Self {
        Sending { end: Some(LineEnd::Finished), ..self }
    }

    /// Says which files are kept because something in them could not be read.
    pub fn tell_damaged(&mut self, damaged: Vec<Damaged>) {
        for Damaged { path, lines } in damaged {
            self.has_lost = true;
            self.aside(&Phrase::new("cli-pipe-damaged").with("count", lines).with("path", path.display().to_string()));
        }
    }

    /// Sends what earlier pipes left behind, each line under the name of its writer.
    ///
    /// # Errors
    /// As [`Sending::send_all`].
    pub fn send_left(&mut self, left: Vec<Leftover>, options: &ClientOptions) -> Result<(), CommandFailure> {
        if left.is_empty() {
            return Ok(());
        }
        self.is_left = true;
        let mut left = left.into_iter().peekable();
        while let Some(first) = left.next() {
            let name = first.address.name.clone();
            let mut group = vec![first];
            while let Some(next) = left.next_if(|next| next.address.name == name) {
                group.push(next);
            }
            // Its writer is not here to be asked.
            let options = ClientOptions { name, sure: Assurance::Script, ..options.clone() };
            self.send_all(queue::of_leftovers(group), options)?;
        }
        self.is_left = false;
        if self.left > 0 {
            let phrase = Phrase::new("cli-pipe-left").with("count", self.left);
            self.aside(&phrase);
        }
        Ok(())
    }

    /// Sends all that comes out of `outlet`, until nothing is to come.
    ///
    /// # Errors
    /// The host did not answer, or could not save, for so long after the end that it is given up: what is not recorded is in
    /// the files that are named.
    pub fn send_all(&mut self, mut outlet: Outlet, options: ClientOptions) -> Result<(), CommandFailure> {
        self.link += 1;
        let (tell, link) = (self.tell.clone(), self.link);
        // The receiver is gone only when the client is gone.
        let mut pipeline = Pipeline::start(options, move |update| drop(tell.send(LogEvent::Link(link, update))))?;
        loop {
            let is_drained = self.fill(&mut pipeline, &mut outlet);
            let nothing_comes = self.is_left || self.end.is_some();
            if is_drained && nothing_comes && pipeline.is_empty() {
                self.tell_torn(&outlet);
                return Ok(());
            }
            match self.next_event(pipeline.deadline()) {
                Some(LogEvent::Link(link, update)) if link == self.link => match pipeline.take(update) {
                    Some(SendOutcome::Dismissed(why)) => return Err(self.give_up(pipeline, outlet, why)),
                    Some(outcome) => self.came(&mut pipeline, &outlet, outcome),
                    None => {}
                },
                Some(LogEvent::Link(..) | LogEvent::Read) | None => {}
                Some(LogEvent::Remark(remark)) => {
                    self.has_lost |= remark.is_loss;
                    self.aside(&remark.phrase);
                }
                Some(LogEvent::Ended(end)) => {
                    self.end = Some(end);
                    self.last_progress = Instant::now();
                }
            }
            if self.end.is_some() && self.last_progress.elapsed() >= GIVE_UP_AFTER {
                let why = self.trouble.take().unwrap_or_else(|| Phrase::new("cli-pipe-silent"));
                return Err(self.give_up(pipeline, outlet, why));
            }
        }
    }

    /// What there is to say at the end.
    ///
    /// # Errors
    /// Something was refused or cut, or stdin could not be read.
    pub fn conclude(mut self) -> Result<(), CommandFailure> {
        if self.call.out.left_out() > 0 {
            self.aside(&Phrase::new("cli-pipe-unread"));
        }
        if let Some(LineEnd::Failed(error)) = self.end {
            return Err(CommandFailure::refused(Phrase::new("cli-cannot-read").with("why", error.to_string())));
        }
        if self.refused > 0 {
            let path = self.refused_path.display().to_string();
            let key = if self.has_unkept { "cli-pipe-refused-shown" } else { "cli-pipe-refused" };
            return Err(CommandFailure::refused(Phrase::new(key).with("count", self.refused).with("path", path)));
        }
        // Which lines were cut was said when they came.
        if self.has_lost { Err(CommandFailure::Said(Exit::Refused)) } else { Ok(()) }
    }

    /// Sends as much as may be on its way. True: there is nothing more in the queue.
    fn fill(&self, pipeline: &mut Pipeline<Sent>, outlet: &mut Outlet) -> bool {
        pipeline.ask_again();
        while pipeline.has_room() {
            let Some(taken) = outlet.take() else { return true };
            let file = taken.file();
            let TakenLines { waiting: WaitingLine { line, request, raw }, bytes, .. } = taken;
            pipeline.send(Sent { line, room: request.room.clone(), raw, file, bytes }, request, bytes);
        }
        false
    }

    /// What happens next; nothing, when it is time to look again. What was printed is on its way before we wait.
    fn next_event(&mut self, deadline: Option<Instant>) -> Option<LogEvent> {
        match self.events.try_recv() {
            Ok(event) => return Some(event),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
        }
        self.printed(|call| call.out.flush());
        let give_up = self.end.as_ref().map(|_| self.last_progress + GIVE_UP_AFTER);
        let wait = deadline.into_iter().chain(give_up).min();
        let received = match wait {
            Some(until) => self.events.recv_timeout(until.saturating_duration_since(Instant::now())),
            None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        received.ok()
    }

    fn came(&mut self, pipeline: &mut Pipeline<Sent>, outlet: &Outlet, outcome: SendOutcome<Sent>) {
        match outcome {
            SendOutcome::Recorded { what, records } => {
                self.progress();
                self.recorded(&what, &records);
                outlet.settled(what.file);
            }
            // The clock was set back after the line was read. The line is worth more than the moment it came.
            SendOutcome::Refused { what, request, failure }
                if self.args.at.is_none() && is_ahead(&request, &failure) =>
            {
                self.progress();
                let bytes = what.bytes;
                pipeline.send(what, Request { at: None, ..*request }, bytes);
            }
            SendOutcome::Refused { what, request, failure } => {
                self.progress();
                self.refuse(&what, &request, &failure);
                outlet.settled(what.file);
            }
            SendOutcome::Stuck(why) => {
                let phrase = Phrase::new("cli-pipe-stuck").with("why", why.clone());
                self.trouble = Some(why);
                self.aside(&phrase);
            }
            SendOutcome::Dismissed(_) => {}
        }
    }

    fn progress(&mut self) {
        self.last_progress = Instant::now();
        self.trouble = None;
    }

    fn recorded(&mut self, what: &Sent, records: &[Record]) {
        if self.is_left {
            // The reader of these numbers is gone.
            self.left += 1;
            return;
        }
        let args = self.args;
        self.printed(|call| print(call, args, &what.room, records));
    }

    fn refuse(&mut self, what: &Sent, request: &Request, failure: &message::Failure) {
        self.refused += 1;
        if self.refused <= MOST_NAMED {
            let phrase = Phrase::new("cli-pipe-line").with("line", what.line).with("why", failure.phrase());
            self.aside(&phrase);
        }
        let text = raw(what.raw.as_deref(), request);
        if let Err(error) = keep(&self.refused_path, text) {
            self.has_unkept = true;
            let path = self.refused_path.display().to_string();
            let phrase = Phrase::new("cli-cannot-write").with("path", path).with("why", error.to_string());
            self.aside(&phrase);
            self.aside_text(text);
        }
    }

    /// What is not sent any more, because of `failure`: it stays in its files, which are named besides; what is in none goes
    /// to stderr.
    pub fn abandon(&mut self, outlet: Outlet, failure: CommandFailure) -> CommandFailure {
        failure.with_lines(self.keep_waiting(Vec::new(), outlet))
    }

    fn give_up(&mut self, pipeline: Pipeline<Sent>, outlet: Outlet, why: Phrase) -> CommandFailure {
        let on_way = pipeline.unanswered().filter(|(sent, _)| sent.file.is_none());
        let unwritten = on_way.map(|(sent, request)| raw(sent.raw.as_deref(), &request).to_owned()).collect();
        let files = self.keep_waiting(unwritten, outlet);
        let waits = (!files.is_empty()).then(|| self.call.say(&Phrase::new("cli-pipe-waits")));
        CommandFailure::new(Exit::NoHost, why).with_lines(waits.into_iter().chain(files))
    }

    /// Says what is in no file: `unwritten`, then what the queue holds. The files with the rest.
    fn keep_waiting(&mut self, mut unwritten: Vec<String>, mut outlet: Outlet) -> Vec<String> {
        let held = outlet.unwritten();
        unwritten.extend(held.into_iter().map(|held| raw(held.raw.as_deref(), &held.request).to_owned()));
        if !unwritten.is_empty() {
            self.aside(&Phrase::new("cli-pipe-unwritten"));
            unwritten.iter().for_each(|text| self.aside_text(text));
        }
        outlet.files().into_iter().map(|(path, _)| path.display().to_string()).collect()
    }

    fn tell_torn(&mut self, outlet: &Outlet) {
        self.tell_damaged(outlet.damaged());
        for (path, why) in outlet.files() {
            let Some(why) = why else { continue };
            let path = path.display().to_string();
            self.has_lost = true;
            self.aside(&Phrase::new("cli-cannot-open").with("path", path).with("why", why));
        }
    }

    /// Prints; that nobody reads it any more is no reason to stop recording.
    fn printed(&mut self, print: impl FnOnce(&mut Call) -> Result<(), CommandFailure>) {
        if self.is_printing && print(self.call).is_err() {
            self.is_printing = false;
        }
    }

    fn aside(&mut self, phrase: &Phrase) {
        let text = self.call.say(phrase);
        self.aside_text(&format!("klock: {text}"));
    }

    fn aside_text(&mut self, text: &str) {
        // A closed stdout is no reason to keep silent.
        let _ = self.call.out.aside(text);
    }
}

/// Whether `request` was refused because its time has not come yet.
fn is_ahead(request: &Request, failure: &message::Failure) -> bool {
    request.at.is_some() && matches!(failure, message::Failure::Refused(refusal) if refusal.0.key == "refuse-ahead")
}

/// The line as it was read.
fn raw<'a>(raw: Option<&'a str>, request: &'a Request) -> &'a str {
    match (raw, &request.intent) {
        (Some(raw), _) => raw,
        (None, Intent::TakeNote { text, .. }) => text.raw(),
        (None, _) => "",
    }
}

/// Adds a refused line to the file that keeps them.
fn keep(path: &std::path::Path, text: &str) -> io::Result<()> {
    if let Some(dir) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    }
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    file.write_all(format!("{text}\n").as_bytes())
}
