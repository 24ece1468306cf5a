//! What waits until a room can be used: a long room whose index is made anew, or whose journal is looked through, keeps only
//! those waiting who ask for it.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;

use crate::domain::id::RoomId;
use crate::host::background::worker::{WorkPriority, Worker};
use crate::host::command::{Requirement, WriterCommand};
use crate::host::writer::{GIVE_BACK_AFTER, Writer};
use crate::store::{Preparation, Prepared, Readiness, Taken};

/// The orders that wait for a room, in the order they came.
#[derive(Debug, Default)]
pub struct WaitingCommands {
    rooms: BTreeMap<RoomId, Vec<WriterCommand>>,
}

impl WaitingCommands {
    /// The room that `order` has to wait for because of what it came after. Who somebody is stays as it is until what they
    /// asked before that is done, and what they ask after it waits as well.
    fn behind(&self, command: &WriterCommand) -> Option<RoomId> {
        let client = command.whose();
        let of_client = |waiting: &&WriterCommand| waiting.whose() == client;
        let waits = |commands: &Vec<WriterCommand>| {
            let mut own = commands.iter().filter(of_client);
            if command.says_who() || command.is_leaving() {
                own.next().is_some()
            } else {
                own.any(WriterCommand::says_who)
            }
        };
        self.rooms.iter().find(|(_, commands)| waits(commands)).map(|(room, _)| room.clone())
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.rooms.is_empty()
    }

    fn hold(&mut self, room: &RoomId, command: WriterCommand) {
        self.rooms.entry(room.clone()).or_default().push(command);
    }

    fn release(&mut self, room: &RoomId) -> Vec<WriterCommand> {
        self.rooms.remove(room).unwrap_or_default()
    }
}

/// A worker that prepares rooms.
pub fn preparer(commands: Sender<WriterCommand>) -> Worker<Preparation> {
    Worker::new("klock-prepare", WorkPriority::Awaited, commands, |preparation| {
        WriterCommand::Prepared(Box::new(preparation.run()))
    })
}

impl Writer {
    /// Gives back what can be done now; the rest waits for its room.
    pub(in crate::host) fn hold_back(&mut self, round: Vec<WriterCommand>) -> Vec<WriterCommand> {
        round.into_iter().filter_map(|command| self.or_hold(command)).collect()
    }

    fn or_hold(&mut self, command: WriterCommand) -> Option<WriterCommand> {
        let room = match command.need() {
            _ if let Some(room) = self.waiting.behind(&command) => Some(room),
            Requirement::Nothing => None,
            Requirement::Earlier(room) => {
                (!self.waiting.rooms.is_empty() && self.waiting.rooms.contains_key(room)).then(|| room.clone())
            }
            Requirement::Journal(room) | Requirement::Fold(room) => {
                let room = room.clone();
                if self.is_ready(&room) {
                    self.recover_opening_of(&command, &room);
                    None
                } else {
                    Some(room)
                }
            }
            Requirement::AllRooms => self.rooms.unknown().cloned(),
        };
        match room {
            None => Some(command),
            Some(room) => {
                self.waiting.hold(&room, command);
                None
            }
        }
    }

    /// What needs the room folded finds one that has a beginning.
    fn recover_opening_of(&mut self, command: &WriterCommand, room: &RoomId) {
        let now = self.clock.now();
        // What cannot be read is told of by whoever reads it next.
        if matches!(command.need(), Requirement::Fold(_)) && self.rooms.load(&mut self.store, room, now).is_ok() {
            self.recover_opening(room);
        }
    }

    /// Holds an order back until its room was prepared.
    pub(in crate::host) fn hold(&mut self, room: &RoomId, command: WriterCommand) {
        if self.is_ready(room) {
            self.queue.give_back(command.whose(), command);
        } else {
            self.waiting.hold(room, command);
        }
    }

    /// The order, unless it could not be followed, or not to its end, because its room is not ready any more: then it is held
    /// back, to be followed once more. What was saved of it is found to be so.
    pub(in crate::host) fn unless_unready(
        &mut self,
        command: WriterCommand,
        is_unfinished: bool,
    ) -> Option<WriterCommand> {
        if !is_unfinished {
            return Some(command);
        }
        match command.need() {
            Requirement::Fold(room) | Requirement::Journal(room) => {
                let room = room.clone();
                let waits = self.waits_for_redaction(&command);
                if self.is_ready(&room) && !waits {
                    return Some(command);
                }
                self.waiting.hold(&room, command);
                None
            }
            Requirement::Nothing | Requirement::Earlier(_) | Requirement::AllRooms => Some(command),
        }
    }

    /// Whether a room can be used now. When it cannot, it is being prepared from now on.
    pub(in crate::host) fn is_ready(&mut self, room: &RoomId) -> bool {
        match self.store.readiness(room, self.rooms.get(room).is_none()) {
            Readiness::Ready if self.rooms.is_unread(room) => {
                self.read(room);
                true
            }
            Readiness::Ready => true,
            Readiness::Preparing => false,
            Readiness::Unready(preparation) => {
                self.preparer.give(preparation);
                false
            }
        }
    }

    /// Reads a room for the first time, or once more.
    pub(in crate::host) fn read(&mut self, room: &RoomId) {
        let now = self.clock.now();
        self.rooms.read_at_last(&mut self.store, room, now);
        self.go_on_with(room);
    }

    /// Goes on with a room that can be used: it has an opening, its screens get it again if words went from it, and what waited
    /// for it is done.
    fn go_on_with(&mut self, room: &RoomId) {
        self.recover_opening(room);
        if self.to_renew.remove(room) {
            self.renew_screens(room);
        }
        self.release(room);
    }

    /// Does what waited for a room.
    fn release(&mut self, room: &RoomId) {
        for command in self.waiting.release(room).into_iter().rev() {
            self.queue.give_back(command.whose(), command);
        }
    }

    /// Reads the next of the rooms that were not read when the host started. A room in which nothing can fall due is not kept
    /// in memory for that.
    pub(in crate::host) fn read_ahead(&mut self) {
        let Some(room) = self.rooms.next_unread() else { return };
        if self.rooms.is_unread(&room) && self.is_ready(&room) && !self.clients.is_attended(&room) {
            let now = self.clock.now();
            self.rooms.put_away(&mut self.store, &room, now);
        }
        // It may have been read for somebody else meanwhile.
        if !self.rooms.is_unread(&room) {
            self.release(&room);
        }
        if !self.rooms.has_unread() {
            self.give_back_in = Some(GIVE_BACK_AFTER);
        }
    }

    /// Goes on with a room that was prepared.
    pub(in crate::host) fn take_prepared(&mut self, prepared: Prepared) {
        self.give_back_in = Some(GIVE_BACK_AFTER);
        let room = prepared.room.clone();
        let Taken { fold, is_redacted } = self.store.take_prepared(prepared);
        if is_redacted {
            // What is in memory is folded from the words that went.
            self.rooms.forget(&room);
            self.to_renew.insert(room.clone());
        }
        let is_new = self.rooms.get(&room).is_none();
        // Nobody gets to see words that are to go first.
        if let Some(fold) = fold.filter(|_| is_new && !self.store.is_redaction_due(&room)) {
            self.rooms.put(fold, self.clock.now());
        }
        if !self.is_ready(&room) {
            return;
        }
        if is_new {
            self.read(&room);
        } else {
            self.go_on_with(&room);
        }
        if is_new && !self.clients.is_attended(&room) && self.queue.is_empty() {
            let now = self.clock.now();
            self.rooms.put_away(&mut self.store, &room, now);
        }
    }
}
