//! Drafts: kept while they are typed, offered to who comes back, forgotten when the intent that they become is recorded.

use std::time::{Duration, UNIX_EPOCH};

use super::keeper::Keeper;
use super::roster::{ClientId, DraftKey};
use crate::domain::decide::is_repeat;
use crate::domain::entry;
use crate::domain::event::Event;
use crate::domain::id::{IntentId, RoomId};
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;
use crate::wire::message::{Answer, Draft, Failure};

/// The longest draft that is kept, in bytes, and the longest name of what it is for.
const LONGEST_DRAFT: usize = 512 << 10;
const LONGEST_SLOT: usize = 200;

/// How many bytes of drafts go to a screen at a time; the rest waits until those are saved.
const MOST_DRAFTS: usize = 2 << 20;

impl Keeper {
    pub(super) fn keep_draft(&mut self, client: ClientId, draft: &Draft) -> Result<Answer, Failure> {
        if draft.text.len() > LONGEST_DRAFT || draft.slot.len() > LONGEST_SLOT {
            return Err(Failure::Broken(Phrase::new("failure-draft-too-long")));
        }
        // What is kept for a room that there never is would stay for ever.
        self.check_there(&draft.room)?;
        let bytes = match draft.text.trim() {
            "" => Vec::new(),
            _ => serde_json::to_vec(draft).map_err(|_| Failure::Broken(Phrase::new("failure-not-understood")))?,
        };
        let person = self.person(client);
        self.store.put_draft(&draft.room, &person, &draft.slot, &bytes);
        let key = (person, draft.room.clone(), draft.slot.clone());
        if bytes.is_empty() {
            self.roster.put_draft_down(client, &key);
        } else {
            self.roster.take_draft(client, key);
        }
        Ok(Answer::Done)
    }

    /// Forgets what `client` kept of the intent `id`, which is recorded now. It is not handed to the disk at once: a draft that
    /// a crash brings back is recognised by its id. What another screen has in hand stays: it may say more.
    pub(super) fn forget_draft_of(&mut self, client: ClientId, room: &RoomId, id: IntentId) {
        let is_of = |(_, of, slot): &DraftKey| of == room && Draft::intent_of(slot) == Some(id);
        for key in self.roster.put_drafts_down(client, is_of) {
            if !self.roster.is_draft_taken(client, &key) {
                self.store.drop_draft(room, &key.0, &key.2);
            }
        }
    }

    /// The drafts that wait for this person. What is being typed elsewhere under the same name is not among them. The first
    /// screen that finds a draft has it. A draft whose intent is recorded already has nothing more to say, or it says something
    /// else and becomes an intent of its own: under the recorded id its words would be lost.
    pub(super) fn drafts(&mut self, client: ClientId, room: &RoomId) -> Vec<Draft> {
        let waiting = self.waiting_drafts(client, room);
        let offered: Vec<Option<Draft>> = waiting.iter().map(|draft| self.unrecorded(draft)).collect();
        // A verb that asks leaves them as they are.
        if self.roster.get(client).is_some_and(|client| client.screen) {
            let person = self.person(client);
            for (old, new) in waiting.iter().zip(&offered) {
                self.replace_draft(&person, old, new.as_ref());
            }
            self.take_drafts(client, &person, offered.iter().flatten());
        }
        offered.into_iter().flatten().collect()
    }

    /// A client that comes back has in hand what it was typing.
    pub(super) fn take_waiting_drafts(&mut self, client: ClientId, room: &RoomId) {
        if self.roster.get(client).is_some_and(|client| client.screen) {
            let waiting = self.waiting_drafts(client, room);
            let person = self.person(client);
            self.take_drafts(client, &person, &waiting);
        }
    }

    fn waiting_drafts(&mut self, client: ClientId, room: &RoomId) -> Vec<Draft> {
        if self.roster.get(client).is_none_or(|client| client.read_only) {
            return Vec::new();
        }
        let person = self.person(client);
        let kept = self.store.drafts(room, &person).into_iter();
        let waits = |slot: &String| !self.roster.is_draft_taken(client, &(person.clone(), room.clone(), slot.clone()));
        let mut length = 0;
        let fits = |(_, bytes): &(String, Vec<u8>)| {
            let is_first = length == 0;
            length += bytes.len();
            is_first || length <= MOST_DRAFTS
        };
        kept.filter(|(slot, _)| waits(slot))
            .take_while(fits)
            .filter_map(|(_, bytes)| serde_json::from_slice(&bytes).ok())
            .collect()
    }

    fn take_drafts<'a>(&mut self, client: ClientId, person: &str, drafts: impl IntoIterator<Item = &'a Draft>) {
        for Draft { room, slot, .. } in drafts {
            self.roster.take_draft(client, (person.to_owned(), room.clone(), slot.clone()));
        }
    }

    /// The draft as it can be offered: see [`Keeper::drafts`].
    fn unrecorded(&mut self, draft: &Draft) -> Option<Draft> {
        let Some(recorded) = self.record_of(draft) else { return Some(draft.clone()) };
        let says_it = self.shelf.get(&draft.room).is_some_and(|live| says(&live.room, draft, &recorded));
        let slot = Draft::slot_for(&draft.slot, fresh_id(self.clock.now()));
        (!says_it).then(|| Draft { slot, ..draft.clone() })
    }

    fn replace_draft(&mut self, person: &str, old: &Draft, new: Option<&Draft>) {
        if new == Some(old) {
            return;
        }
        if let Some((new, bytes)) = new.and_then(|new| Some((new, serde_json::to_vec(new).ok()?))) {
            self.store.put_draft(&new.room, person, &new.slot, &bytes);
        }
        self.store.drop_draft(&old.room, person, &old.slot);
    }

    /// The record of the intent that the draft would become. When it cannot be read, the draft is offered as it is: its words
    /// are refused later, and not lost.
    fn record_of(&mut self, draft: &Draft) -> Option<Record> {
        let id = Draft::intent_of(&draft.slot)?;
        let seq = self.store.find_event(&draft.room, id.event(0)).ok()??;
        self.store.record(&draft.room, seq).ok()?
    }
}

fn fresh_id(now: Moment) -> IntentId {
    let millis = u64::try_from(now.millis()).unwrap_or(0);
    IntentId(ulid::Ulid::from_datetime(UNIX_EPOCH + Duration::from_millis(millis)))
}

/// Whether `recorded` says all that stands in `draft`. In doubt no: the words are offered once more.
fn says(room: &Room, draft: &Draft, recorded: &Record) -> bool {
    is_typed_in_line(draft, room, recorded)
        || main_words(&recorded.event).is_some_and(|words| words == draft.text.trim())
}

/// Whether the draft, read as an entry line in any language, is what was recorded.
fn is_typed_in_line(draft: &Draft, room: &Room, recorded: &Record) -> bool {
    let people: Vec<String> = room.people.iter().cloned().collect();
    let zone = Zone::of_offset(draft.began_at);
    Lang::ALL.iter().any(|lang| {
        let parsed = entry::parse(&draft.text, draft.began_at, &zone, *lang, &people);
        let at = parsed.happened_at();
        is_repeat(room, &parsed.into_intent(), Some(at), std::slice::from_ref(recorded), None)
    })
}

/// The words of an event that a form keeps as a draft.
fn main_words(event: &Event) -> Option<&str> {
    let words = match event {
        Event::NoteTaken { text, .. }
        | Event::QuestionAnswered { text, .. }
        | Event::MessageSent { text, .. }
        | Event::ActionOpened { text, .. }
        | Event::CorrectiveActionOpened { text, .. } => text,
        Event::DebriefRecorded { answer, .. } => answer,
        Event::TrackOpened { plan, .. } => plan,
        Event::AgendaPointDone { outcome, .. } => outcome,
        Event::MeetingEnded { summary, .. } => summary,
        Event::HandedOver { note, .. } | Event::Restored { note } => note,
        _ => return None,
    };
    (!words.is_redacted()).then(|| words.raw())
}
