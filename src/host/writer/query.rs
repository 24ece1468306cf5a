//! Queries: what is answered without saving anything in a journal: being in a room, reading, drafts, how the host is.

use crate::domain::event::Event;
use crate::domain::id::{RoomId, Seq};
use crate::domain::intent::Refusal;
use crate::domain::phrase::Phrase;
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::timeline;
use crate::host::attribution;
use crate::host::clients::ClientId;
use crate::host::endpoint::Endpoints;
use crate::host::failure::read_failure;
use crate::host::portions::{self, MOST_RECORDS};
use crate::host::writer::drafts::Drafts;
use crate::host::writer::ledger::Ledger;
use crate::store::PageStart;
use crate::wire::due::{Due, Ending};
use crate::wire::message::{Answer, Ask, Failure, HostStatus};

/// A client that is behind by no more than this many records is sent those, else the whole room (a guess): about as long.
const MOST_TO_RESUME: u64 = 500;

/// How many names of a room are told, so that `@` can be read (a guess).
const MOST_NAMES: usize = 10_000;

/// How much of what falls due is told to a client that leaves (a guess): a screen has room for no more.
const MOST_DUE: usize = 20;

/// What a host is, for clients that ask.
#[derive(Debug)]
pub struct HostInfo {
    pub version: String,
    pub started_at: Moment,
    pub endpoints: Endpoints,
}

/// Answers what changes no journal.
pub struct Query<'a> {
    pub ledger: &'a mut Ledger,
    pub drafts: &'a mut Drafts,
    pub host: &'a HostInfo,
}

impl Query<'_> {
    /// Answers one question of a client.
    ///
    /// # Errors
    /// There is no such room, or it cannot be read.
    pub fn answer(&mut self, client: ClientId, what: &Ask) -> Result<Answer, Failure> {
        let now = self.ledger.now();
        match what {
            Ask::Rooms => {
                let here = self.ledger.clients.counts();
                Ok(Answer::Rooms(self.ledger.rooms.summaries(now, &here)))
            }
            Ask::OpenRooms => {
                let here = self.ledger.clients.counts();
                Ok(Answer::Rooms(self.ledger.rooms.open_summaries(now, &here)))
            }
            Ask::Head { room } => {
                let live = self.ledger.load(room)?;
                let people = live.room.people.iter().take(MOST_NAMES).cloned().collect();
                Ok(Answer::Head { seq: live.room.seq, people })
            }
            Ask::Attach { room, after, entries } => self.attach(client, room, *after, *entries),
            Ask::Detach { room } => {
                self.drafts.leave_room(client, room);
                if self.ledger.clients.leave_room(client, room) {
                    self.ledger.tell_here(room);
                }
                Ok(Answer::Done)
            }
            Ask::KeepDraft { draft } => self.drafts.keep_draft(self.ledger, client, draft),
            Ask::Drafts { room } => Ok(Answer::Drafts(self.drafts.offer_drafts(self.ledger, client, room))),
            Ask::Seen { room, seq } => {
                self.ledger.check_there(room)?;
                let person = self.ledger.person(client);
                if self.ledger.store.seen(room, &person) < *seq {
                    self.ledger.store.put_seen(room, &person, *seq);
                }
                Ok(Answer::Done)
            }
            Ask::Writing { room, what } => {
                if self.ledger.clients.set_writing(client, room, what.clone()) {
                    self.ledger.tell_here(room);
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
                // These are decided, or read on a thread of their own.
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
        let live = self.ledger.load(room)?;
        let last = live.room.seq;
        let fold = live.for_screens();
        let is_near = |after: &Seq| *after <= last && last - after <= MOST_TO_RESUME;
        let answer = match after.filter(is_near) {
            Some(after) => {
                let behind = usize::try_from(last - after).unwrap_or(0);
                let records =
                    self.ledger.store.records(room, after + 1, behind).map_err(|error| read_failure(&error))?;
                let all = records.len();
                let records = portions::portion(records);
                // A client that missed that words went has them still, in places that no record tells of.
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
                let page = self.ledger.store.page(room, PageStart::End, limit, &fold.moved, is_entry);
                let page = page.map_err(|error| read_failure(&error))?;
                portions::last_portion(page.records.into_iter().map(without_routine).collect())
            }
        };
        if self.ledger.clients.enter_room(client, room) {
            self.ledger.tell_here(room);
        }
        let people = self.ledger.clients.people(room);
        Ok(match answer {
            Some(records) => {
                self.drafts.return_to_hand(self.ledger, client, room);
                Answer::Resumed { records, people }
            }
            None => {
                let drafts = self.drafts.offer_drafts(self.ledger, client, room);
                let person = self.ledger.person(client);
                let seen = self.ledger.store.seen(room, &person);
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
        let (uid, sure) = match self.ledger.clients.get(client).map(|client| &client.who) {
            Some(Author { uid, sure: Assurance::Script, .. }) => (*uid, Assurance::Script),
            Some(Author { uid, .. }) => (*uid, Assurance::Claimed),
            None => (self.ledger.uid, Assurance::Claimed),
        };
        let who = attribution::attribute(uid, &name, sure, None);
        for room in self.ledger.clients.rename(client, who.clone()) {
            self.ledger.tell_here(&room);
        }
        Ok(Answer::You(who))
    }

    /// Returns what falls due, and nobody will be warned of it.
    fn unheard(&self, client: ClientId, ending: Ending, now: Moment) -> Vec<(RoomId, Due)> {
        let mut all = match ending {
            Ending::Host => self.ledger.rooms.due(now),
            // One that is shared stays, and so does one with an incident to watch over or with somebody else to tell.
            Ending::Client if self.stays_without(client) => Vec::new(),
            Ending::Client => self.ledger.rooms.due_after_closing(now),
        };
        all.sort_by(|(room, due), (other, later)| (due.at, room).cmp(&(later.at, other)));
        all.truncate(MOST_DUE);
        all
    }

    /// Returns whether this host goes on when `client` has left.
    fn stays_without(&self, client: ClientId) -> bool {
        self.host.endpoints.is_shared()
            || self.ledger.rooms.open_incidents() > 0
            || self.ledger.clients.has_other_screen(client)
    }

    fn status(&self) -> HostStatus {
        HostStatus {
            pid: std::process::id(),
            version: self.host.version.clone(),
            started_at: self.host.started_at,
            data_dir: self.ledger.data_dir.display().to_string(),
            socket: self.host.endpoints.main.path.display().to_string(),
            read_socket: self.host.endpoints.reading.as_ref().map(|endpoint| endpoint.path.display().to_string()),
            group: self.host.endpoints.sharing.group.clone(),
            read_group: self.host.endpoints.sharing.read_group.clone(),
            clients: self.ledger.clients.len(),
            open_rooms: self.ledger.rooms.open_incidents(),
            health: self.ledger.health.current().clone(),
        }
    }
}

/// Returns the record as the timeline shows it, when the room itself comes beside it: the room's routine, which the record of its opening
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::endpoint::Endpoint;
    use crate::host::writer::fixture::Fixture;

    fn host(now: Moment) -> HostInfo {
        let main = Endpoint { path: "/nowhere".into(), read_only: false, groups: Vec::new() };
        let endpoints = Endpoints { main, reading: None, sharing: Default::default() };
        HostInfo { version: "0.1.0".into(), started_at: now, endpoints }
    }

    #[test]
    fn a_client_that_is_near_is_sent_what_it_missed_and_another_the_whole_room() {
        let mut fixture = Fixture::new();
        let (mut drafts, host) = (Drafts::default(), host(fixture.ledger.now()));
        fixture.connect(1, "Olle");
        let room = fixture.room.clone();
        let before = fixture.ledger.load(&room).unwrap().room.seq;
        let note = fixture.note("meanwhile");
        fixture.record(&note);
        let mut query = Query { ledger: &mut fixture.ledger, drafts: &mut drafts, host: &host };
        let mut attach = |after| query.answer(1, &Ask::Attach { room: room.clone(), after, entries: 10 }).unwrap();
        let Answer::Resumed { records, people } = attach(Some(before)) else { panic!("not resumed") };
        assert_eq!(records.iter().map(|record| record.seq).collect::<Vec<_>>(), [before + 1]);
        assert_eq!(people.len(), 1);
        for after in [None, Some(before + 7)] {
            let Answer::Attached { room, .. } = attach(after) else { panic!("not attached") };
            assert_eq!(room.seq, before + 1);
        }
    }

    #[test]
    fn a_typed_name_is_a_claim_and_the_status_counts_the_clients() {
        let mut fixture = Fixture::new();
        let (mut drafts, host) = (Drafts::default(), host(fixture.ledger.now()));
        fixture.connect(1, "Anna");
        let mut query = Query { ledger: &mut fixture.ledger, drafts: &mut drafts, host: &host };
        let Ok(Answer::You(you)) = query.answer(1, &Ask::TypeAs { name: " Eva ".into() }) else { panic!("no name") };
        assert_eq!((you.name.as_str(), you.sure), ("Eva", Assurance::Claimed));
        assert!(query.answer(1, &Ask::TypeAs { name: " ".into() }).is_err());
        let Ok(Answer::Host(status)) = query.answer(1, &Ask::HostStatus) else { panic!("no status") };
        assert_eq!((status.clients, status.open_rooms, status.version.as_str()), (1, 1, "0.1.0"));
    }
}
