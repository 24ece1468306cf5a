//! What the screen shows of what the person did and the host has not acknowledged. The requests themselves are in the client's register
//! of pending requests; here is what was typed for them. Pure.

use crate::domain::id::{IntentId, RoomId};
use crate::domain::intent::Request;
use crate::domain::time::Moment;
use crate::tui::app::effect::{Effect, Tag};
use crate::tui::drafts::slot::id_of_slot;
use crate::wire::message::{Ask, Draft};

/// What was typed for it.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedText {
    pub text: String,
    /// When its first key was pressed.
    pub began_at: Moment,
    /// The draft that it came from, kept until it is acknowledged.
    pub slot: Option<String>,
}

impl TypedText {
    /// Whether it was typed as an entry, and not in a form.
    pub fn is_entry(&self) -> bool {
        self.slot.as_deref().and_then(id_of_slot).is_some()
    }
}

/// One thing done.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub id: IntentId,
    /// `None` when it was done with a key.
    pub typed: Option<TypedText>,
    /// The room it is for; `None` if it opens one.
    room: Option<RoomId>,
    held: bool,
}

impl Sent {
    /// Returns the room it is for. `None` when it opens one.
    pub fn room(&self) -> Option<&RoomId> {
        self.room.as_ref()
    }

    /// What the host keeps of it as a draft.
    pub fn draft(&self) -> Option<Draft> {
        let (room, typed) = (self.room()?, self.typed.as_ref()?);
        let slot = typed.slot.clone()?;
        Some(Draft { room: room.clone(), slot, began_at: typed.began_at, text: typed.text.clone() })
    }
}

/// All of it, in the order it was done.
#[derive(Debug, Default)]
pub struct PendingIntents {
    sent: Vec<Sent>,
}

impl PendingIntents {
    /// Notes `request`, and returns the wish to ask the host for it.
    pub fn request(&mut self, request: Request, typed: Option<TypedText>) -> Effect {
        let (id, room) = (request.id, request.room.clone());
        self.note(id, Some(room), typed);
        Effect::Ask { tag: Tag::Do { id }, what: Ask::Do(Box::new(request)) }
    }

    /// The same for a room that `what` opens, whose id is `id`.
    pub fn open(&mut self, id: IntentId, what: Ask, typed: Option<TypedText>) -> Effect {
        self.note(id, None, typed);
        Effect::Ask { tag: Tag::Open { id }, what }
    }

    fn note(&mut self, id: IntentId, room: Option<RoomId>, typed: Option<TypedText>) {
        // The client parks what is asked behind something that is parked.
        let held = self.holds();
        self.sent.push(Sent { id, typed, room, held });
    }

    /// It is acknowledged, or refused for good.
    pub fn take(&mut self, id: IntentId) -> Option<Sent> {
        let at = self.sent.iter().position(|sent| sent.id == id)?;
        Some(self.sent.remove(at))
    }

    /// The host could not save it: it waits.
    pub fn hold(&mut self, id: IntentId) {
        if let Some(sent) = self.sent.iter_mut().find(|sent| sent.id == id) {
            sent.held = true;
        }
    }

    /// Notes that all that is held back goes now, and returns the wish for that, if there is any.
    pub fn resume(&mut self) -> Option<Effect> {
        let resumes = self.holds().then_some(Effect::Resume);
        self.sent.iter_mut().for_each(|sent| sent.held = false);
        resumes
    }

    /// Whether anything is held back.
    pub fn holds(&self) -> bool {
        self.sent.iter().any(|sent| sent.held)
    }

    /// How much is not acknowledged.
    pub fn len(&self) -> usize {
        self.sent.len()
    }

    /// Whether all is acknowledged.
    pub fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }

    /// What was typed of it, in order.
    pub fn typed(&self) -> impl Iterator<Item = &TypedText> {
        self.sent.iter().filter_map(|sent| sent.typed.as_ref()).filter(|typed| !typed.text.trim().is_empty())
    }

    /// The entries among it, in order.
    pub fn entries(&self) -> impl Iterator<Item = &TypedText> {
        self.typed().filter(|typed| typed.is_entry())
    }

    /// Those of them that are for `room`.
    pub fn entries_of<'a>(&'a self, room: &'a RoomId) -> impl Iterator<Item = &'a TypedText> {
        let here = self.sent.iter().filter(move |sent| sent.room() == Some(room));
        here.filter_map(|sent| sent.typed.as_ref()).filter(|typed| typed.is_entry())
    }

    /// Whether `id` is among it.
    pub fn has(&self, id: IntentId) -> bool {
        self.sent.iter().any(|sent| sent.id == id)
    }
}
