//! What the person did and the host has not acknowledged: on its way, or held back until the host can save again. Pure.

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
    what: Ask,
    held: bool,
}

impl Sent {
    /// Returns the room it is for. `None` when it opens one.
    pub fn room(&self) -> Option<&RoomId> {
        match &self.what {
            Ask::Do(request) => Some(&request.room),
            _ => None,
        }
    }

    /// What the host keeps of it as a draft.
    pub fn draft(&self) -> Option<Draft> {
        let (room, typed) = (self.room()?, self.typed.as_ref()?);
        let slot = typed.slot.clone()?;
        Some(Draft { room: room.clone(), slot, began_at: typed.began_at, text: typed.text.clone() })
    }

    fn effect(&self) -> Effect {
        let tag = match self.what {
            Ask::Do(_) => Tag::Do { id: self.id },
            _ => Tag::Open { id: self.id },
        };
        Effect::Ask { tag, what: self.what.clone() }
    }
}

/// All of it, in the order it was done.
#[derive(Debug, Default)]
pub struct PendingIntents {
    sent: Vec<Sent>,
}

impl PendingIntents {
    /// Takes `request` in, and says what to ask the host now: nothing while something before it is held back, for nothing
    /// may overtake what it may rest on.
    pub fn request(&mut self, request: Request, typed: Option<TypedText>) -> Option<Effect> {
        self.put(request.id, Ask::Do(Box::new(request)), typed)
    }

    /// The same for a room that `what` opens, whose id is `id`.
    pub fn open(&mut self, id: IntentId, what: Ask, typed: Option<TypedText>) -> Option<Effect> {
        self.put(id, what, typed)
    }

    fn put(&mut self, id: IntentId, what: Ask, typed: Option<TypedText>) -> Option<Effect> {
        let held = self.holds();
        let sent = Sent { id, typed, what, held };
        let effect = (!held).then(|| sent.effect());
        self.sent.push(sent);
        effect
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

    /// Asks again for all that is held back, in order and under the same ids.
    pub fn resume(&mut self) -> Vec<Effect> {
        let held = self.sent.iter_mut().filter(|sent| sent.held);
        held.map(|sent| {
            sent.held = false;
            sent.effect()
        })
        .collect()
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
