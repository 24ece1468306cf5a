//! What the writer has yet to do: commands in turn, and those that wait until their room can be used.
//!
//! A long room whose index is made again, or whose journal is looked through, keeps only those waiting that ask for it.

use crate::domain::id::RoomId;
use crate::host::background::worker::Worker;
use crate::host::command::{Requirement, WriterCommand};
use crate::host::fair_queue::FairQueue;
use crate::host::heap::HeapTrim;
use crate::host::writer::ledger::Ledger;
use crate::host::writer::redact::{self, RedactionState, Renewals};
use crate::host::writer::waiting::WaitingCommands;
use crate::store::{Preparation, Prepared, PreparedRoom, Readiness, RoomUse, StoreError};
use crate::wire::message::{Failure, HostMsg};

/// The most commands of one client in one cycle (a guess): a burst of keys, and another client's note waits for no more.
pub const MOST_EACH: usize = 8;

/// The most of all clients in one cycle, in the time of a note ([`WriterCommand::weight`]; a guess): some milliseconds of
/// deciding for one sync.
const MOST_COMMANDS: usize = 512;

/// How many of the rooms that cannot be read are looked at in each tick (a guess): each costs a few calls of the system.
pub const MOST_READ_AGAIN: usize = 16;

/// See the module.
pub struct Inbox {
    queue: FairQueue<WriterCommand>,
    waiting: WaitingCommands,
    preparer: Worker<Preparation, WriterCommand>,
    renewals: Renewals,
    /// When memory is given back that reading rooms took.
    pub heap: HeapTrim,
}

impl Inbox {
    /// Returns an empty inbox, whose rooms are prepared by `preparer`.
    pub fn new(preparer: Worker<Preparation, WriterCommand>) -> Self {
        Inbox {
            queue: FairQueue::default(),
            waiting: WaitingCommands::default(),
            preparer,
            renewals: Renewals::default(),
            heap: HeapTrim::default(),
        }
    }

    /// Returns whether nothing can be done now.
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Returns whether nothing waits for a room.
    pub fn has_no_waiting(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Adds a command, behind what its client asked before.
    pub fn push(&mut self, command: WriterCommand) {
        self.queue.push(command.client(), command);
    }

    /// Takes the commands of the next cycle, of each client in turn, that can be done now; the others are parked.
    pub fn take_cycle(&mut self, ledger: &mut Ledger) -> Vec<WriterCommand> {
        let commands = self.queue.take_turns(MOST_EACH, MOST_COMMANDS, WriterCommand::weight);
        commands.into_iter().filter_map(|command| self.ready_or_park(ledger, command)).collect()
    }

    fn ready_or_park(&mut self, ledger: &mut Ledger, command: WriterCommand) -> Option<WriterCommand> {
        let room = match command.requirement() {
            _ if let Some(room) = self.waiting.room_before(&command) => Some(room),
            Requirement::Nothing => None,
            Requirement::Earlier(room) => self.waiting.has_any_for(room).then(|| room.clone()),
            Requirement::Journal(room) => {
                let room = room.clone();
                (!self.is_ready(ledger, &room)).then_some(room)
            }
            Requirement::Fold(room) => {
                let room = room.clone();
                if self.is_ready(ledger, &room) {
                    // What needs the room in memory finds one that has a beginning. What cannot be read is told of when it is
                    // asked for.
                    let now = ledger.now();
                    if ledger.rooms.load(&mut *ledger.store, &room, now).is_ok() {
                        ledger.recover_opening(&room);
                    }
                    None
                } else {
                    Some(room)
                }
            }
            Requirement::AllRooms => ledger.rooms.unknown().cloned(),
        };
        match room {
            None => Some(command),
            Some(room) => {
                self.waiting.park(&room, command);
                None
            }
        }
    }

    /// Parks a command until its room was prepared.
    pub fn park(&mut self, ledger: &mut Ledger, room: &RoomId, command: WriterCommand) {
        if self.is_ready(ledger, room) {
            self.queue.put_back(command.client(), command);
        } else {
            self.waiting.park(room, command);
        }
    }

    /// Returns a command that failed, unless it failed because its room is not ready any more: then it is parked, to be followed
    /// once more. What was saved of it is found to be so.
    pub fn park_if_unready(&mut self, ledger: &mut Ledger, command: WriterCommand) -> Option<WriterCommand> {
        match command.requirement() {
            Requirement::Fold(room) | Requirement::Journal(room) => {
                let room = room.clone();
                let is_awaiting = redact::is_awaited_by(&*ledger.store, &command);
                if self.is_ready(ledger, &room) && !is_awaiting {
                    return Some(command);
                }
                self.waiting.park(&room, command);
                None
            }
            Requirement::Nothing | Requirement::Earlier(_) | Requirement::AllRooms => Some(command),
        }
    }

    /// Returns whether a room can be used now. When it cannot, it is being prepared from now on.
    pub fn is_ready(&mut self, ledger: &mut Ledger, room: &RoomId) -> bool {
        match ledger.store.readiness(room, ledger.rooms.get(room).map_or(RoomUse::Load, |_| RoomUse::Append)) {
            Readiness::Ready if ledger.rooms.is_unread(room) => {
                self.read_room(ledger, room);
                true
            }
            Readiness::Ready => true,
            Readiness::Preparing => false,
            Readiness::Unready(preparation) => {
                self.preparer.start(preparation);
                false
            }
        }
    }

    /// Reads a room for the first time, or once more.
    fn read_room(&mut self, ledger: &mut Ledger, room: &RoomId) {
        let now = ledger.now();
        ledger.rooms.read_unread(&mut *ledger.store, room, now);
        self.go_on_with(ledger, room);
    }

    /// Goes on with a room that can be used: it gets an opening if it has none, its screens get it again if words went from it,
    /// and what waited for it is done.
    fn go_on_with(&mut self, ledger: &mut Ledger, room: &RoomId) {
        ledger.recover_opening(room);
        if self.renewals.take_room(room) {
            ledger.clients.tell_all(&HostMsg::Renewed { room: room.clone() });
        }
        self.release(room);
    }

    fn release(&mut self, room: &RoomId) {
        // Given back first of all, so the last one first.
        for command in self.waiting.release(room).into_iter().rev() {
            self.queue.put_back(command.client(), command);
        }
    }

    /// Reads the next of the rooms that were not read when the host started. A room in which nothing can fall due is not kept
    /// in memory for that.
    pub fn read_ahead(&mut self, ledger: &mut Ledger) {
        let Some(room) = ledger.rooms.next_unread() else { return };
        if ledger.rooms.is_unread(&room) && self.is_ready(ledger, &room) && !ledger.clients.is_attended(&room) {
            let now = ledger.now();
            ledger.rooms.put_away(&mut *ledger.store, &room, now);
        }
        // It may have been read for another command meanwhile.
        if !ledger.rooms.is_unread(&room) {
            self.release(&room);
        }
        if !ledger.rooms.has_unread() {
            self.heap.expect_garbage();
        }
    }

    /// Looks whether rooms that could not be read can be read now: some of them in each tick, in turn.
    pub fn read_again(&mut self, ledger: &mut Ledger, ticks: u32) {
        let rooms = ledger.rooms.unreadable();
        let begin = ticks as usize * MOST_READ_AGAIN % rooms.len().max(1);
        for room in rooms.iter().cycle().skip(begin).take(rooms.len().min(MOST_READ_AGAIN)) {
            if ledger.store.is_room_readable(room) && self.is_ready(ledger, room) {
                self.read_room(ledger, room);
            }
        }
    }

    /// Goes on with a room that was prepared.
    pub fn accept_prepared(&mut self, ledger: &mut Ledger, prepared: Prepared) {
        self.heap.expect_garbage();
        let room = prepared.room.clone();
        let PreparedRoom { fold, is_redacted } = ledger.store.finish_preparation(prepared);
        if is_redacted {
            // What is in memory is folded from the words that went.
            ledger.rooms.forget_room(&room);
            self.renewals.add(room.clone());
        }
        let is_new = ledger.rooms.get(&room).is_none();
        // Nobody gets to see words that have to go first.
        if let Some(fold) = fold.filter(|_| is_new && !ledger.store.is_redaction_due(&room)) {
            let now = ledger.now();
            ledger.rooms.insert_folded(fold, now);
        }
        if !self.is_ready(ledger, &room) {
            return;
        }
        if is_new {
            self.read_room(ledger, &room);
        } else {
            self.go_on_with(ledger, &room);
        }
        if is_new && !ledger.clients.is_attended(&room) && self.queue.is_empty() {
            let now = ledger.now();
            ledger.rooms.put_away(&mut *ledger.store, &room, now);
        }
    }

    /// Has the words go from `room` that were recorded to go.
    ///
    /// # Errors
    /// The room is not ready for it, and the command has to be parked. Or why it cannot be done now: the words are then still
    /// there, and it is tried again.
    pub fn finish_redaction(&mut self, ledger: &mut Ledger, room: &RoomId) -> Result<(), Failure> {
        let state =
            if self.is_ready(ledger, room) { redact::state(&*ledger.store, room) } else { RedactionState::Pending };
        match state {
            RedactionState::Done => Ok(()),
            RedactionState::Pending => Err(Failure::Broken(StoreError::Preparing(room.clone()).phrase())),
            RedactionState::Broken(why) => Err(Failure::Broken(why)),
            RedactionState::CannotSave { why, file } => {
                // Clients that wait send it again when the disk takes something.
                ledger.note_cannot_save(why.clone(), file);
                Err(Failure::CannotSave(why))
            }
        }
    }

    /// Begins the redactions that were put off, and tries again those that could not be done.
    pub fn redact_again(&mut self, ledger: &mut Ledger) {
        for room in ledger.store.redactions_due() {
            self.is_ready(ledger, &room);
        }
    }

    /// Returns the rooms in memory that cannot be appended to now. They are being prepared, and record nothing by themselves
    /// until then.
    pub fn unready(&mut self, ledger: &mut Ledger) -> Vec<RoomId> {
        let ids = ledger.rooms.in_memory().map(|live| &live.room.id);
        let unchecked: Vec<RoomId> = ids.filter(|room| !ledger.store.is_checked(room)).cloned().collect();
        unchecked.into_iter().filter(|room| !self.is_ready(ledger, room)).collect()
    }

    /// Waits until the room that is being prepared is done.
    pub fn end(self) {
        self.preparer.end();
    }
}
