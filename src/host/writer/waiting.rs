//! Commands that wait until their room can be used.

use std::collections::BTreeMap;

use crate::domain::id::RoomId;
use crate::host::command::WriterCommand;

/// The commands that wait for a room, in the order they came.
#[derive(Debug, Default)]
pub struct WaitingCommands {
    rooms: BTreeMap<RoomId, Vec<WriterCommand>>,
}

impl WaitingCommands {
    /// Returns the room that `command` has to wait for because of what the same client asked before it. The client's name stays
    /// until what it asked under that name is done, and what it asks under the next name waits as well.
    pub fn room_before(&self, command: &WriterCommand) -> Option<RoomId> {
        let client = command.client();
        let of_client = |waiting: &&WriterCommand| waiting.client() == client;
        let has_to_wait = |commands: &Vec<WriterCommand>| {
            let mut own = commands.iter().filter(of_client);
            if command.says_who() || command.is_leaving() {
                own.next().is_some()
            } else {
                own.any(WriterCommand::says_who)
            }
        };
        self.rooms.iter().find(|(_, commands)| has_to_wait(commands)).map(|(room, _)| room.clone())
    }

    /// Returns whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.rooms.is_empty()
    }

    /// Returns whether anything waits for `room`.
    pub fn has_any_for(&self, room: &RoomId) -> bool {
        self.rooms.contains_key(room)
    }

    /// Has `command` wait for `room`.
    pub fn park(&mut self, room: &RoomId, command: WriterCommand) {
        self.rooms.entry(room.clone()).or_default().push(command);
    }

    /// Returns what waited for `room`, in the order it came.
    pub fn release(&mut self, room: &RoomId) -> Vec<WriterCommand> {
        self.rooms.remove(room).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::Semaphore;

    use super::*;
    use crate::wire::message::Ask;

    fn asked(client: u64, what: Ask) -> WriterCommand {
        let permit = Arc::new(Semaphore::new(1)).try_acquire_owned().unwrap();
        WriterCommand::Asked { client, ask: 1, what, permit }
    }

    #[test]
    fn a_name_waits_for_what_was_asked_before_it_and_what_comes_after_waits_for_the_name() {
        let room = RoomId::of_year(2026, 1);
        let named = || asked(1, Ask::TypeAs { name: "Eva".into() });
        let mut waiting = WaitingCommands::default();
        assert_eq!(waiting.room_before(&named()), None);
        waiting.park(&room, asked(1, Ask::Head { room: room.clone() }));
        assert_eq!(waiting.room_before(&asked(1, Ask::Ping)), None, "only its own room is not ready");
        assert_eq!(waiting.room_before(&named()), Some(room.clone()));
        assert_eq!(waiting.room_before(&asked(2, Ask::TypeAs { name: "Olle".into() })), None, "another client");
        waiting.park(&room, named());
        assert_eq!(waiting.room_before(&asked(1, Ask::Ping)), Some(room.clone()));
        assert_eq!(waiting.room_before(&WriterCommand::Left { client: 1 }), Some(room.clone()));
        let released = waiting.release(&room);
        assert!(matches!(&released[..], [WriterCommand::Asked { what: Ask::Head { .. }, .. }, _]), "{released:?}");
        assert!(waiting.is_empty());
    }
}
