//! One cycle of the writer: decides the commands whose turn it is, commits them, and answers.

use std::collections::BTreeSet;

use crate::domain::time::Moment;
use crate::host::background::pages::{ReadJob, ReturnedJob};
use crate::host::background::scrub::{ScrubStep, Scrubbed, Scrubs};
use crate::host::clients::{Access, ClientId};
use crate::host::command::WriterCommand;
use crate::host::failure::read_failure;
use crate::host::writer::batch::{Asker, Batch};
use crate::host::writer::commit::CommitResult;
use crate::host::writer::decide::{Decider, Decision};
use crate::host::writer::drafts::Drafts;
use crate::host::writer::inbox::Inbox;
use crate::host::writer::ledger::{Commit, Ledger};
use crate::host::writer::lend::{self, Lending};
use crate::host::writer::lifetime::Lifetime;
use crate::host::writer::query::{HostInfo, Query};
use crate::store::StoreError;
use crate::wire::message::{Answer, Ask, Failure, HostMsg, PROTOCOL, Welcome};

/// What commands are decided, committed and answered with.
pub struct Processor {
    pub ledger: Ledger,
    pub inbox: Inbox,
    pub drafts: Drafts,
    pub lending: Lending,
    pub scrubs: Scrubs<WriterCommand>,
    pub host: HostInfo,
    pub lifetime: Lifetime,
}

/// Whether commands are decided for the first time in their cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attempt {
    /// Commands decided on a room that was not as it was thought to be are decided once more.
    First,
    Last,
}

impl Processor {
    /// Decides, commits and answers the commands whose turn it is.
    pub fn run_cycle(&mut self, now: Moment) {
        let commands = self.inbox.take_cycle(&mut self.ledger);
        if !commands.is_empty() {
            let overtaken = self.decide_and_commit(commands, now, Attempt::First);
            self.decide_and_commit(overtaken, now, Attempt::Last);
        }
    }

    /// Decides all, commits once, then answers: first what was saved, then what was asked beside it. Returns the commands that
    /// have to be decided once more.
    fn decide_and_commit(&mut self, commands: Vec<WriterCommand>, now: Moment, attempt: Attempt) -> Vec<WriterCommand> {
        let mut batch = Batch::new(now);
        let mut decided = Vec::with_capacity(commands.len());
        for command in commands {
            if command.says_who() {
                self.follow(command);
                continue;
            }
            let decision = match &command {
                WriterCommand::Asked { client, ask, what, .. } => self.decide(&mut batch, *client, *ask, what),
                _ => None,
            };
            decided.push((command, decision));
        }
        #[cfg(feature = "planted-bugs")]
        if crate::store::planted::Bug::AckBeforeWrite.is_planted() {
            return self.acknowledge_before_write(batch, decided);
        }
        let Commit { result, answered } = self.ledger.commit(&mut batch);
        let (mut rest, mut recorded, mut overtaken) = (Vec::new(), Vec::new(), Vec::new());
        let mut attaching = BTreeSet::new();
        for (command, decision) in decided {
            // A client that waits for its record is answered before anything is looked up for others.
            let Some(decision) = decision else {
                if let WriterCommand::Asked { client, what: Ask::Attach { .. }, .. } = &command {
                    attaching.insert(*client);
                }
                rest.push((command, None));
                continue;
            };
            if attempt == Attempt::First && result.is_overtaken(decision.index()) {
                overtaken.push(command);
                continue;
            }
            let WriterCommand::Asked { client, ask, what, .. } = &command else { continue };
            let client = *client;
            let answer = match answered.contains(&(client, *ask)) {
                true => None,
                false => Some(self.conclude(&batch, &result, decision)),
            };
            if let (Ask::Do(request), None | Some(Ok(_))) = (what, &answer) {
                recorded.push((client, request.room.clone(), request.id));
            }
            match answer {
                // One that comes back to a room is sent what it missed before what it wrote after that.
                Some(answer) if attaching.contains(&client) => rest.push((command, Some(answer))),
                Some(answer) => self.answer(command, answer),
                None => {}
            }
        }
        for (command, answer) in rest {
            match answer {
                Some(answer) => self.answer(command, answer),
                None => self.follow(command),
            }
        }
        // After what was kept of it earlier in the same cycle.
        for (client, room, id) in recorded {
            self.drafts.forget_intent(&mut self.ledger, client, &room, id);
        }
        overtaken
    }

    #[cfg(feature = "planted-bugs")]
    fn acknowledge_before_write(
        &mut self,
        mut batch: Batch,
        decided: Vec<(WriterCommand, Option<Decision>)>,
    ) -> Vec<WriterCommand> {
        for (command, decision) in decided {
            match (command, decision) {
                (WriterCommand::Asked { client, ask, .. }, Some(decision)) => {
                    let answer = self.conclude(&batch, &CommitResult::default(), decision);
                    self.ledger.clients.send_answer(client, ask, answer);
                }
                (command, _) => self.follow(command),
            }
        }
        // Whether that came true nobody is told.
        self.ledger.commit(&mut batch);
        Vec::new()
    }

    /// Decides what a question records; `None` for one that is answered without.
    fn decide(&mut self, batch: &mut Batch, client: ClientId, ask: u64, what: &Ask) -> Option<Decision> {
        let by = self.ledger.author(client);
        let joins =
            self.ledger.clients.get(client).is_some_and(|client| client.screen && client.access == Access::Full);
        let Ledger { store, rooms, clock, uid, .. } = &mut self.ledger;
        let mut decider = Decider { store: &mut **store, rooms, zone: clock.zone(), uid: *uid };
        match what {
            Ask::Do(request) => {
                let decision = decider.decide_request(batch, by, request);
                if let Decision::Staged(index) = decision {
                    batch.set_asker(index, Asker { client, ask });
                }
                Some(decision)
            }
            Ask::Open { id, declaration } => Some(decider.decide_opening(batch, by, *id, declaration)),
            Ask::OpenDemo { id } => Some(decider.decide_demo(batch, *id)),
            // A client that only reads changes nothing, not even by coming.
            Ask::Attach { room, .. } if joins => {
                decider.decide_joining(batch, by, room);
                None
            }
            _ => None,
        }
    }

    /// Returns the answer to what was decided, now that it is saved or not.
    fn conclude(&mut self, batch: &Batch, result: &CommitResult, decision: Decision) -> Result<Answer, Failure> {
        let saved = |index| match result.failure(index) {
            None => Ok(batch.records(index)),
            Some(failure) => Err(failure.clone()),
        };
        match decision {
            Decision::Answered(answer) => *answer,
            Decision::Staged(index) => Ok(Answer::Recorded { records: saved(index)?.1.to_vec() }),
            Decision::StagedRedaction(index) => {
                let (room, records) = saved(index)?;
                self.inbox.finish_redaction(&mut self.ledger, room)?;
                Ok(Answer::Recorded { records: records.to_vec() })
            }
            Decision::RepeatedRedaction { room, records } => {
                self.inbox.finish_redaction(&mut self.ledger, &room)?;
                Ok(Answer::Recorded { records })
            }
            Decision::StagedRoom(index) => Ok(Answer::Opened { room: saved(index)?.0.clone() }),
        }
    }

    /// Answers a command, or parks it when it failed because its room is not ready any more.
    fn answer(&mut self, command: WriterCommand, answer: Result<Answer, Failure>) {
        let command = match answer {
            Ok(_) => Some(command),
            Err(_) => self.inbox.park_if_unready(&mut self.ledger, command),
        };
        if let Some(WriterCommand::Asked { client, ask, .. }) = command {
            self.ledger.clients.send_answer(client, ask, answer);
        }
    }

    /// Does what a command says that saves nothing in a journal.
    fn follow(&mut self, command: WriterCommand) {
        match command {
            WriterCommand::Came { client, who, screen, access, send_queue } => {
                let welcome = Welcome {
                    protocol: PROTOCOL,
                    version: self.host.version.clone(),
                    pid: std::process::id(),
                    you: who.clone(),
                    read_only: access.is_read_only(),
                    reading_door: access == Access::ReadingEndpoint,
                    health: self.ledger.health.current().clone(),
                };
                self.ledger.clients.add(client, who, screen, access, send_queue);
                self.ledger.clients.tell(client, &HostMsg::Welcome(welcome));
                self.lifetime.note_client();
            }
            WriterCommand::Asked { .. } => self.answer_query(command),
            WriterCommand::Left { client } => {
                self.drafts.forget_client(client);
                for room in self.ledger.clients.remove(client) {
                    self.ledger.tell_here(&room);
                }
            }
            WriterCommand::ReturnedJob(returned) => self.accept_returned(*returned),
            WriterCommand::Prepared(prepared) => self.inbox.accept_prepared(&mut self.ledger, *prepared),
            WriterCommand::ScrubStep(step) => self.accept_scrub_step(*step),
            WriterCommand::Remark(notice) => self.ledger.add_notice(notice),
            WriterCommand::Moved(endpoints) => self.host.endpoints = *endpoints,
            WriterCommand::Stop => self.lifetime.end(),
        }
    }

    /// Answers a question that changes no journal: at once, or by a thread that reads.
    fn answer_query(&mut self, command: WriterCommand) {
        let WriterCommand::Asked { client, ask, what, permit } = command else { return };
        match lend::read_task(&mut self.ledger, &what) {
            Some((room, Err(StoreError::Preparing(_)))) => {
                self.inbox.park(&mut self.ledger, &room, WriterCommand::Asked { client, ask, what, permit });
            }
            Some((_, Err(error))) => self.ledger.clients.send_answer(client, ask, Err(read_failure(&error))),
            Some((room, Ok(what))) => {
                let Some(send_queue) = self.ledger.clients.send_queue(client) else { return };
                self.lend(ReadJob { client, ask, room, what, send_queue, doubts: 0, permit });
            }
            None => {
                if what == Ask::StopHost {
                    self.lifetime.end();
                }
                let mut query = Query { ledger: &mut self.ledger, drafts: &mut self.drafts, host: &self.host };
                let answer = query.answer(client, &what);
                self.answer(WriterCommand::Asked { client, ask, what, permit }, answer);
            }
        }
    }

    fn lend(&mut self, job: ReadJob) {
        self.inbox.heap.expect_garbage();
        self.lending.start(job);
    }

    /// Goes on with what a reader could not finish.
    fn accept_returned(&mut self, returned: ReturnedJob) {
        let Some(job) = lend::accept_returned(&mut self.ledger, returned) else { return };
        if !self.inbox.is_ready(&mut self.ledger, &job.room) {
            let room = job.room.clone();
            let unready = WriterCommand::ReturnedJob(Box::new(ReturnedJob::Unready(job)));
            return self.inbox.park(&mut self.ledger, &room, unready);
        }
        if let Some(job) = lend::renew(&mut self.ledger, job) {
            self.lend(job);
        }
    }

    /// Goes on with a scrub after a portion of it.
    fn accept_scrub_step(&mut self, step: ScrubStep) {
        let Some(Scrubbed { room, findings }) = self.scrubs.accept_step(step, self.ledger.saves) else { return };
        self.inbox.heap.expect_garbage();
        let verification = findings.map(|findings| self.ledger.store.finish_verification(&room, findings));
        // What was replaced or redacted meanwhile is looked at again.
        if let Some(None) = verification {
            return;
        }
        if let Some(Some(found)) = verification
            && !found.faults.is_empty()
        {
            tracing::warn!(%room, faults = ?found.faults, "a scrub found faults");
            // It is put right though nobody asks for the room.
            self.inbox.is_ready(&mut self.ledger, &room);
        }
        self.scrubs.note_done(room);
    }

    /// Reads the next of the rooms that were not read when the host started.
    pub fn read_ahead(&mut self) {
        self.inbox.read_ahead(&mut self.ledger);
    }
}
