//! Drafts: kept while they are typed, offered to the person who comes back, forgotten when the intent that they become is
//! recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, UNIX_EPOCH};

use crate::domain::decide::is_repeat;
use crate::domain::entry;
use crate::domain::event::Event;
use crate::domain::id::{IntentId, RoomId};
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::record::Record;
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::zone::Zone;
use crate::host::clients::ClientId;
use crate::host::writer::ledger::Ledger;
use crate::wire::message::{Answer, Draft, Failure};

/// The longest draft that is kept, in bytes, and the longest name of its slot (guesses): a frame has room for both.
const LONGEST_DRAFT: usize = 512 << 10;
const LONGEST_SLOT: usize = 200;

/// How many bytes of drafts go to a screen at a time (a guess); the rest waits until those are saved.
const MOST_DRAFTS: usize = 2 << 20;

/// Whose draft, in which room and slot.
type DraftKey = (String, RoomId, String);

/// The drafts that clients have in hand: what is typed on one screen is offered to no other.
#[derive(Debug, Default)]
pub struct Drafts {
    in_hand: BTreeMap<ClientId, BTreeSet<DraftKey>>,
}

impl Drafts {
    /// Keeps a draft of `client`; a blank one is dropped.
    ///
    /// # Errors
    /// It is too long, or there is no such room.
    pub fn keep_draft(&mut self, ledger: &mut Ledger, client: ClientId, draft: &Draft) -> Result<Answer, Failure> {
        if draft.text.len() > LONGEST_DRAFT || draft.slot.len() > LONGEST_SLOT {
            return Err(Failure::Broken(Phrase::new("failure-draft-too-long")));
        }
        // What is kept for a room that there never is would stay for ever.
        ledger.check_there(&draft.room)?;
        let bytes = match draft.text.trim() {
            "" => Vec::new(),
            _ => serde_json::to_vec(draft).map_err(|_| Failure::Broken(Phrase::new("failure-not-understood")))?,
        };
        let person = ledger.person(client);
        ledger.store.put_draft(&draft.room, &person, &draft.slot, &bytes);
        let key = (person, draft.room.clone(), draft.slot.clone());
        let in_hand = self.in_hand.entry(client).or_default();
        if bytes.is_empty() {
            in_hand.remove(&key);
        } else {
            in_hand.insert(key);
        }
        Ok(Answer::Done)
    }

    /// Forgets what `client` kept of the intent `id`, which is recorded now. It is not handed to the disk at once: a draft that
    /// a crash brings back is recognised by its id. What another screen has in hand stays: it may say more.
    pub fn forget_intent(&mut self, ledger: &mut Ledger, client: ClientId, room: &RoomId, id: IntentId) {
        let Some(in_hand) = self.in_hand.get_mut(&client) else { return };
        let is_of = |(_, of, slot): &&DraftKey| of == room && Draft::intent_of(slot) == Some(id);
        let done: Vec<DraftKey> = in_hand.iter().filter(is_of).cloned().collect();
        in_hand.retain(|key| !is_of(&key));
        for key in done {
            if !self.is_in_other_hands(client, &key) {
                ledger.store.drop_draft(room, &key.0, &key.2);
            }
        }
    }

    /// Lets go of what `client` has in hand in `room`: others find it there.
    pub fn leave_room(&mut self, client: ClientId, room: &RoomId) {
        if let Some(in_hand) = self.in_hand.get_mut(&client) {
            in_hand.retain(|(_, of, _)| of != room);
        }
    }

    /// Lets go of all that `client` has in hand: it left.
    pub fn forget_client(&mut self, client: ClientId) {
        self.in_hand.remove(&client);
    }

    /// Returns the drafts that wait for the person at `client`. What is being typed elsewhere under the same name is not among
    /// them. The first screen that finds a draft has it. A draft whose intent is recorded already has nothing more to say, or it
    /// says something else and becomes an intent of its own: under the recorded id its words would be lost.
    pub fn offer_drafts(&mut self, ledger: &mut Ledger, client: ClientId, room: &RoomId) -> Vec<Draft> {
        let waiting = self.waiting(ledger, client, room);
        let offered: Vec<Option<Draft>> = waiting.iter().map(|draft| unrecorded(ledger, draft)).collect();
        // A verb that asks leaves them as they are.
        if ledger.clients.get(client).is_some_and(|client| client.screen) {
            let person = ledger.person(client);
            for (old, new) in waiting.iter().zip(&offered) {
                replace(ledger, &person, old, new.as_ref());
            }
            self.take_in_hand(client, &person, offered.iter().flatten());
        }
        offered.into_iter().flatten().collect()
    }

    /// Gives a client that comes back in hand what it was typing.
    pub fn return_to_hand(&mut self, ledger: &mut Ledger, client: ClientId, room: &RoomId) {
        if ledger.clients.get(client).is_some_and(|client| client.screen) {
            let waiting = self.waiting(ledger, client, room);
            let person = ledger.person(client);
            self.take_in_hand(client, &person, &waiting);
        }
    }

    fn waiting(&self, ledger: &mut Ledger, client: ClientId, room: &RoomId) -> Vec<Draft> {
        if ledger.clients.get(client).is_none_or(|client| client.access.is_read_only()) {
            return Vec::new();
        }
        let person = ledger.person(client);
        let kept = ledger.store.drafts(room, &person).into_iter();
        let waits = |slot: &String| !self.is_in_other_hands(client, &(person.clone(), room.clone(), slot.clone()));
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

    fn take_in_hand<'a>(&mut self, client: ClientId, person: &str, drafts: impl IntoIterator<Item = &'a Draft>) {
        let keys = drafts.into_iter().map(|draft| (person.to_owned(), draft.room.clone(), draft.slot.clone()));
        self.in_hand.entry(client).or_default().extend(keys);
    }

    /// Returns whether a client other than `client` has the draft in hand.
    fn is_in_other_hands(&self, client: ClientId, draft: &DraftKey) -> bool {
        self.in_hand.iter().any(|(other, in_hand)| *other != client && in_hand.contains(draft))
    }
}

/// Returns the draft as it can be offered: see [`Drafts::offer_drafts`].
fn unrecorded(ledger: &mut Ledger, draft: &Draft) -> Option<Draft> {
    let Some(recorded) = record_of(ledger, draft) else { return Some(draft.clone()) };
    let says_it = ledger.rooms.get(&draft.room).is_some_and(|live| says(&live.room, draft, &recorded));
    let slot = Draft::slot_for(&draft.slot, fresh_id(ledger.now()));
    (!says_it).then(|| Draft { slot, ..draft.clone() })
}

fn replace(ledger: &mut Ledger, person: &str, old: &Draft, new: Option<&Draft>) {
    if new == Some(old) {
        return;
    }
    if let Some((new, bytes)) = new.and_then(|new| Some((new, serde_json::to_vec(new).ok()?))) {
        ledger.store.put_draft(&new.room, person, &new.slot, &bytes);
    }
    ledger.store.drop_draft(&old.room, person, &old.slot);
}

/// Returns the record of the intent that the draft would become. When it cannot be read, the draft is offered as it is: its
/// words are refused later, and not lost.
fn record_of(ledger: &mut Ledger, draft: &Draft) -> Option<Record> {
    let id = Draft::intent_of(&draft.slot)?;
    let seq = ledger.store.find_event(&draft.room, id.event(0)).ok()??;
    ledger.store.record(&draft.room, seq).ok()?
}

fn fresh_id(now: Moment) -> IntentId {
    let millis = u64::try_from(now.millis()).unwrap_or(0);
    IntentId(ulid::Ulid::from_datetime(UNIX_EPOCH + Duration::from_millis(millis)))
}

/// Returns whether `recorded` says all that stands in `draft`. In doubt no: the words are offered once more.
fn says(room: &Room, draft: &Draft, recorded: &Record) -> bool {
    is_typed_in_line(draft, room, recorded)
        || main_words(&recorded.event).is_some_and(|words| words == draft.text.trim())
}

/// Returns whether the draft, read as an entry line in any language, is what was recorded.
fn is_typed_in_line(draft: &Draft, room: &Room, recorded: &Record) -> bool {
    let people: Vec<String> = room.people.iter().cloned().collect();
    let zone = Zone::of_offset(draft.began_at);
    Lang::ALL.iter().any(|lang| {
        let parsed = entry::parse(&draft.text, draft.began_at, &zone, *lang, &people);
        let at = parsed.happened_at();
        is_repeat(room, &parsed.into_intent(), Some(at), std::slice::from_ref(recorded), None)
    })
}

/// Returns the words of an event that a form keeps as a draft.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::writer::fixture::Fixture;

    fn draft(fixture: &Fixture, slot: &str, text: &str) -> Draft {
        let began_at = fixture.ledger.now();
        Draft { room: fixture.room.clone(), slot: slot.into(), began_at, text: text.into() }
    }

    #[test]
    fn a_draft_goes_with_its_intent_unless_another_screen_has_it_in_hand() {
        let mut fixture = Fixture::new();
        let mut drafts = Drafts::default();
        fixture.connect(1, "Anna");
        fixture.connect(2, "Anna");
        let (room, id) = (fixture.room.clone(), fixture.id());
        let draft = draft(&fixture, &format!("entry:{}", id.0), "half a thought");
        let kept = |fixture: &mut Fixture| fixture.ledger.store.drafts(&fixture.room, "1000/Anna").len();
        for client in [1, 2] {
            drafts.keep_draft(&mut fixture.ledger, client, &draft).unwrap();
        }
        drafts.forget_intent(&mut fixture.ledger, 1, &room, id);
        assert_eq!(kept(&mut fixture), 1, "the second screen may say more");
        drafts.forget_intent(&mut fixture.ledger, 2, &room, id);
        assert_eq!(kept(&mut fixture), 0);
    }

    #[test]
    fn a_draft_of_a_recorded_intent_is_offered_under_an_id_of_its_own_when_it_says_more() {
        let mut fixture = Fixture::new();
        let mut drafts = Drafts::default();
        fixture.connect(1, "Anna");
        let (said, more) = (fixture.note("restarted"), fixture.note("restarted"));
        let room = fixture.room.clone();
        for (request, text) in [(&said, "restarted"), (&more, "restarted, and slow")] {
            fixture.record(request);
            let draft = draft(&fixture, &format!("entry:{}", request.id.0), text);
            drafts.keep_draft(&mut fixture.ledger, 1, &draft).unwrap();
        }
        drafts.forget_client(1);
        fixture.connect(2, "Anna");
        let offered = drafts.offer_drafts(&mut fixture.ledger, 2, &room);
        let [Draft { text, slot, .. }] = &offered[..] else { panic!("{offered:?}") };
        assert_eq!(text, "restarted, and slow");
        let id = Draft::intent_of(slot);
        assert!(id.is_some() && id != Some(more.id));
    }
}
