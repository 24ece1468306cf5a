//! A round of the writer: everything that waits is decided, each on what those before it leave, and saved with one sync; nothing
//! is answered or told before it is on disk.

use crate::domain::time::Moment;
use crate::host::clients::ClientId;
use crate::host::command::WriterCommand;
use crate::host::writer::Writer;
use crate::host::writer::batch::Batch;
use crate::host::writer::decide::Decision;
use crate::store::StoreError;
use crate::wire::message::{Ask, HostMsg, PROTOCOL, Welcome};

/// The most that is taken into one round: so many of each client, and of all together what is no more than so many notes
/// ([`WriterCommand::weight`]).
pub(in crate::host) const MOST_EACH: usize = 8;
const MOST_ORDERS: usize = 512;

impl Writer {
    /// One round, of everyone's turn: decide all, save once, then answer: what was saved, then what was asked beside it.
    pub(in crate::host) fn go_round(&mut self) {
        let round = self.queue.take(MOST_EACH, MOST_ORDERS, WriterCommand::weight);
        if round.is_empty() {
            return;
        }
        let now = self.time();
        let round = self.hold_back(round);
        let overtaken = self.keep_once(round, now, true);
        self.keep_once(overtaken, now, false);
    }

    /// As [`Writer::go_round`]. `again`: gives back what was decided on a room that was not as it was thought to be, and has been
    /// read again since.
    fn keep_once(&mut self, round: Vec<WriterCommand>, now: Moment, again: bool) -> Vec<WriterCommand> {
        let mut overtaken = Vec::new();
        let mut batch = Batch::new(now);
        let mut due = Vec::with_capacity(round.len());
        for command in round {
            if command.says_who() {
                self.follow(command);
                continue;
            }
            let outcome = match &command {
                WriterCommand::Asked { client, what, .. } => self.decide_what(&mut batch, *client, what),
                _ => None,
            };
            due.push((command, outcome));
        }
        #[cfg(feature = "planted-bugs")]
        if crate::store::planted::Bug::AckBeforeWrite.is_planted() {
            return self.acknowledge_before_write(batch, due);
        }
        let saved = self.save(&mut batch);
        let mut rest = Vec::new();
        let mut recorded = Vec::new();
        for (command, outcome) in due {
            // Whoever wrote learns of it before anything is looked up for others.
            let Some(outcome) = outcome else {
                rest.push(command);
                continue;
            };
            if again && saved.is_overtaken(&outcome) {
                overtaken.push(command);
                continue;
            }
            let answer = self.conclude(&batch, &saved, outcome);
            if let (WriterCommand::Asked { client, what: Ask::Do(request), .. }, Ok(_)) = (&command, &answer) {
                recorded.push((*client, request.room.clone(), request.id));
            }
            if let Some(WriterCommand::Asked { client, ask, .. }) = self.unless_unready(command, answer.is_err()) {
                self.clients.answer(client, ask, answer);
            }
        }
        rest.into_iter().for_each(|command| self.follow(command));
        // After what was kept of it earlier in the same round.
        recorded.into_iter().for_each(|(client, room, id)| self.forget_draft_of(client, &room, id));
        overtaken
    }

    #[cfg(feature = "planted-bugs")]
    fn acknowledge_before_write(
        &mut self,
        mut batch: Batch,
        due: Vec<(WriterCommand, Option<Decision>)>,
    ) -> Vec<WriterCommand> {
        for (command, outcome) in due {
            match (command, outcome) {
                (WriterCommand::Asked { client, ask, .. }, Some(outcome)) => {
                    let answer = self.conclude(&batch, &crate::host::writer::commit::CommitResult::default(), outcome);
                    self.clients.answer(client, ask, answer);
                }
                (command, _) => self.follow(command),
            }
        }
        // Whether that came true nobody is told.
        self.save(&mut batch);
        Vec::new()
    }

    fn decide_what(&mut self, batch: &mut Batch, client: ClientId, what: &Ask) -> Option<Decision> {
        match what {
            Ask::Do(request) => Some(self.decide(batch, client, request)),
            Ask::Open { id, declaration } => Some(self.decide_open(batch, client, *id, declaration)),
            Ask::OpenDemo { id } => Some(self.decide_demo(batch, *id)),
            Ask::Attach { room, .. } => {
                self.note_joining(batch, client, room);
                None
            }
            _ => None,
        }
    }

    /// Does what an order says that saves nothing in a journal.
    fn follow(&mut self, command: WriterCommand) {
        match command {
            WriterCommand::Came { client, who, screen, rights, send_queue } => {
                let welcome = Welcome {
                    protocol: PROTOCOL,
                    version: self.version.clone(),
                    pid: std::process::id(),
                    you: who.clone(),
                    read_only: rights.read_only,
                    reading_door: rights.reading_door,
                    health: self.health.clone(),
                };
                self.clients.add(client, who, screen, rights.read_only, send_queue);
                self.clients.tell(client, &HostMsg::Welcome(welcome));
                self.idle_since = None;
            }
            WriterCommand::Asked { client, ask, what, permit } => match self.reading(&what) {
                Some((room, Err(StoreError::Preparing(_)))) => {
                    self.hold(&room, WriterCommand::Asked { client, ask, what, permit });
                }
                Some(reading) => self.lend(client, ask, reading, permit),
                None => {
                    self.ending |= what == Ask::StopHost;
                    let answer = self.answer(client, &what);
                    let command = WriterCommand::Asked { client, ask, what, permit };
                    if let Some(WriterCommand::Asked { client, ask, .. }) =
                        self.unless_unready(command, answer.is_err())
                    {
                        self.clients.answer(client, ask, answer);
                    }
                }
            },
            WriterCommand::Left { client } => {
                for room in self.clients.remove(client) {
                    self.tell_here(&room);
                }
            }
            WriterCommand::ReturnedJob(returned) => self.take_back(*returned),
            WriterCommand::Prepared(prepared) => self.take_prepared(*prepared),
            WriterCommand::ScrubStep(scrubbed) => self.take_surveyed(*scrubbed),
            WriterCommand::Remark(remark) => self.remark(remark),
            WriterCommand::Moved(endpoints) => self.endpoints = *endpoints,
            WriterCommand::Stop => self.ending = true,
        }
    }
}
