//! What the keeper answers without saving anything in a journal: being in a room, reading, drafts, how the host is.

use super::attribution;
use super::keeper::{Keeper, unreadable};
use super::read::{self, MOST_RECORDS};
use super::roster::ClientId;
use crate::domain::event::Event;
use crate::domain::id::{RoomId, Seq};
use crate::domain::intent::Refusal;
use crate::domain::phrase::Phrase;
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::timeline;
use crate::store::PageStart;
use crate::wire::due::{Due, Ending};
use crate::wire::message::{Answer, Ask, Failure, HostMsg, HostStatus};

/// A client that is behind by no more than this many records is sent those, else the whole room.
const MOST_TO_RESUME: u64 = 500;

/// How many names of a room are told for `@` to be read.
const MOST_NAMES: usize = 10_000;

/// How much of what falls due is told to a client that leaves.
const MOST_DUE: usize = 20;

impl Keeper {
    /// Answers one question of a client.
    ///
    /// # Errors
    /// No such room, or the store cannot be read.
    pub(super) fn answer(&mut self, client: ClientId, what: &Ask) -> Result<Answer, Failure> {
        let now = self.clock.now();
        match what {
            Ask::Rooms => {
                let here = self.roster.counts();
                Ok(Answer::Rooms(self.shelf.summaries(now, &here)))
            }
            Ask::OpenRooms => {
                let here = self.roster.counts();
                Ok(Answer::Rooms(self.shelf.open_summaries(now, &here)))
            }
            Ask::Head { room } => {
                let live = self.shelf.load(&mut *self.store, room, now).map_err(|error| unreadable(&error))?;
                let people = live.room.people.iter().take(MOST_NAMES).cloned().collect();
                Ok(Answer::Head { seq: live.room.seq, people })
            }
            Ask::Attach { room, after, entries } => self.attach(client, room, *after, *entries),
            Ask::Detach { room } => {
                if self.roster.leave(client, room) {
                    self.tell_here(room);
                }
                Ok(Answer::Done)
            }
            Ask::KeepDraft { draft } => self.keep_draft(client, draft),
            Ask::Drafts { room } => Ok(Answer::Drafts(self.drafts(client, room))),
            Ask::Seen { room, seq } => {
                self.check_there(room)?;
                let person = self.person(client);
                if self.store.seen(room, &person) < *seq {
                    self.store.put_seen(room, &person, *seq);
                }
                Ok(Answer::Done)
            }
            Ask::Writing { room, what } => {
                if self.roster.write(client, room, what.clone()) {
                    self.tell_here(room);
                }
                Ok(Answer::Done)
            }
            Ask::TypeAs { name } => self.type_as(client, name),
            Ask::Ping => Ok(Answer::Done),
            Ask::Unheard(ending) => Ok(Answer::Unheard(self.unheard(client, *ending, now))),
            Ask::HostStatus => Ok(Answer::Host(self.status())),
            Ask::StopHost => Ok(Answer::Done),
            Ask::Open { .. }
            | Ask::OpenDemo { .. }
            | Ask::Do(_)
            | Ask::Fold { .. }
            | Ask::Records { .. }
            | Ask::Lines { .. }
            | Ask::Find { .. }
            | Ask::Page { .. }
            | Ask::Verify { .. } => {
                // The keeper takes these elsewhere.
                Err(Failure::Broken(Phrase::new("failure-not-understood")))
            }
        }
    }

    fn attach(
        &mut self,
        client: ClientId,
        room: &RoomId,
        after: Option<Seq>,
        entries: usize,
    ) -> Result<Answer, Failure> {
        let now = self.clock.now();
        let live = self.shelf.load(&mut *self.store, room, now).map_err(|error| unreadable(&error))?;
        let last = live.room.seq;
        let fold = live.for_screens();
        let is_near = |after: &Seq| *after <= last && last - after <= MOST_TO_RESUME;
        let answer = match after.filter(is_near) {
            Some(after) => {
                let behind = usize::try_from(last - after).unwrap_or(0);
                let records = self.store.records(room, after + 1, behind).map_err(|error| unreadable(&error))?;
                let all = records.len();
                let records = read::portion(records);
                // Whoever missed that words went has them still, in places that no record tells of.
                let has_redaction = records.iter().any(|record| matches!(record.event, Event::EntryRedacted { .. }));
                // Only all of them leave no gap before what comes next.
                if records.len() == all && !has_redaction { Some(records) } else { None }
            }
            None => None,
        };
        let latest = match &answer {
            Some(_) => Vec::new(),
            None => {
                let is_entry = &mut |record: &Record| timeline::is_entry(&record.event);
                let limit = entries.min(MOST_RECORDS);
                let page = self.store.page(room, PageStart::End, limit, &fold.moved, is_entry);
                let page = page.map_err(|error| unreadable(&error))?;
                read::last_portion(page.records.into_iter().map(without_routine).collect())
            }
        };
        if self.roster.enter(client, room) {
            self.tell_here(room);
        }
        let people = self.roster.people(room);
        Ok(match answer {
            Some(records) => {
                self.take_waiting_drafts(client, room);
                Answer::Resumed { records, people }
            }
            None => {
                let drafts = self.drafts(client, room);
                let seen = self.store.seen(room, &self.person(client));
                let room = Box::new(Room::clone(&fold));
                Answer::Attached { room, records: latest, seen, drafts, people }
            }
        })
    }

    /// Attributes what the client does to `name` from now on: a name that was typed is only ever claimed, a script stays one.
    fn type_as(&mut self, client: ClientId, name: &str) -> Result<Answer, Failure> {
        let Some(name) = attribution::trimmed(name) else {
            return Err(Failure::Refused(Refusal(Phrase::new("refuse-no-name"))));
        };
        let (uid, sure) = match self.roster.get(client).map(|client| &client.who) {
            Some(Author { uid, sure: Assurance::Script, .. }) => (*uid, Assurance::Script),
            Some(Author { uid, .. }) => (*uid, Assurance::Claimed),
            None => (self.uid, Assurance::Claimed),
        };
        let who = attribution::attribute(uid, &name, sure, None);
        for room in self.roster.rename(client, who.clone()) {
            self.tell_here(&room);
        }
        Ok(Answer::You(who))
    }

    pub(super) fn check_there(&self, room: &RoomId) -> Result<(), Failure> {
        if self.shelf.knows(room) { Ok(()) } else { Err(Failure::NoSuchRoom(room.clone())) }
    }

    /// Tells everyone in `room` who is there.
    pub(super) fn tell_here(&self, room: &RoomId) {
        let people = self.roster.people(room);
        self.roster.tell_room(room, &HostMsg::Here { room: room.clone(), people });
    }

    /// What falls due, and nobody will be warned of it.
    fn unheard(&self, client: ClientId, ending: Ending, now: Moment) -> Vec<(RoomId, Due)> {
        let mut all = match ending {
            Ending::Host => self.shelf.due(now),
            // One that is shared stays, and so does one with an incident to watch over or with somebody else to tell.
            Ending::Client if self.stays_without(client) => Vec::new(),
            Ending::Client => self.shelf.due_after_closing(now),
        };
        all.sort_by(|(room, due), (other, later)| (due.at, room).cmp(&(later.at, other)));
        all.truncate(MOST_DUE);
        all
    }

    /// Whether this host goes on when `client` has left.
    fn stays_without(&self, client: ClientId) -> bool {
        self.doors.is_shared() || self.shelf.open_incidents() > 0 || self.roster.others_look(client)
    }

    fn status(&self) -> HostStatus {
        HostStatus {
            pid: std::process::id(),
            version: self.version.clone(),
            started_at: self.started_at,
            data_dir: self.data_dir.display().to_string(),
            socket: self.doors.main.path.display().to_string(),
            read_socket: self.doors.reading.as_ref().map(|door| door.path.display().to_string()),
            group: self.doors.sharing.group.clone(),
            read_group: self.doors.sharing.read_group.clone(),
            clients: self.roster.len(),
            open_rooms: self.shelf.open_incidents(),
            health: self.health.clone(),
        }
    }

    /// Under which name a person's drafts and their place are kept.
    pub(super) fn person(&self, client: ClientId) -> String {
        let Some(Author { uid, name, .. }) = self.roster.get(client).map(|client| &client.who) else {
            return String::new();
        };
        format!("{uid}/{name}")
    }
}

/// The record as the timeline shows it, when the room itself comes beside it: the room's routine, which the record of its opening
/// holds once more, is nearly half of what is sent.
fn without_routine(mut record: Record) -> Record {
    if let Event::Opened { routine, .. } | Event::OpeningRecovered { routine, .. } = &mut record.event {
        routine.principles.clear();
        routine.classifiers.clear();
        routine.roles.clear();
        routine.escalation.clear();
        routine.questions.clear();
        routine.phases.clear();
        routine.checklist.clear();
        routine.clocks.clear();
        routine.agenda.clear();
        routine.notices.clear();
        routine.debrief.clear();
    }
    record
}
