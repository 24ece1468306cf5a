//! The register of pending requests: everything that was asked and has no answer yet. No other part of the program keeps one. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::id::{RoomId, Seq};
use crate::wire::frame;
use crate::wire::message::{Ask, ClientMsg};

/// A request as it goes to the host. It is encoded once, however often it is sent; it lives as long as its answer is awaited.
#[derive(Debug)]
pub struct RequestFrame {
    bytes: Option<bytes::Bytes>,
}

impl RequestFrame {
    /// Encodes a question as request `number`. Only one that is too long cannot be encoded.
    fn encode(number: u64, what: Ask) -> Self {
        RequestFrame { bytes: frame::encode_request(&ClientMsg::Ask { ask: number, what }).ok() }
    }

    /// Returns the bytes to write, or nothing when they are more than the host takes.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.bytes.as_deref()
    }
}

/// A request's number and frame, to be handed to the send buffer.
pub type ToSend = (u64, Arc<RequestFrame>);

/// What becomes of a request that the host cannot save at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parking {
    /// Its failure is its answer.
    Never,
    /// It stays in the register, and so does everything of its kind that is asked after it: nothing overtakes what it may
    /// rest on. [`PendingRequests::resume`] sends them, in order.
    WhileHostCannotSave,
}

/// What the client has to know of a request when its answer comes or the connection is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestKind {
    /// To be in a room.
    Attach { room: RoomId, after: Option<Seq>, entries: usize },
    /// The same, asked by the client itself after a loss or a gap.
    Resync { room: RoomId },
    /// To record something in a room: its records are the answer.
    Do { room: RoomId },
    /// A state of a draft; only the latest matters.
    Draft { room: RoomId, slot: String },
    /// A place looked up to; only the latest matters.
    Seen { room: RoomId },
    /// Another name: what is kept by name before it is not the same as after it.
    Name,
    /// What matters only on this connection: what a person is writing at the moment, whether the host is there.
    Momentary,
    /// Anything else.
    Other,
}

impl RequestKind {
    fn of(what: &Ask) -> Self {
        match what {
            Ask::Attach { room, after, entries } => {
                RequestKind::Attach { room: room.clone(), after: *after, entries: *entries }
            }
            Ask::Do(request) => RequestKind::Do { room: request.room.clone() },
            Ask::KeepDraft { draft } => RequestKind::Draft { room: draft.room.clone(), slot: draft.slot.clone() },
            Ask::Seen { room, .. } => RequestKind::Seen { room: room.clone() },
            Ask::TypeAs { .. } => RequestKind::Name,
            Ask::Writing { .. } | Ask::Ping => RequestKind::Momentary,
            _ => RequestKind::Other,
        }
    }

    /// Whether it is asked again on the next connection as it is.
    fn outlives_connection(&self) -> bool {
        !matches!(self, RequestKind::Momentary | RequestKind::Resync { .. })
    }
}

/// A request that has its answer.
#[derive(Debug)]
pub struct SettledRequest<C> {
    pub kind: RequestKind,
    /// What the asker gave to know it by; nothing for a request of the client itself.
    pub context: Option<C>,
}

/// See the module. `C` is what an asker gives to know its request by.
#[derive(Debug)]
pub struct PendingRequests<C> {
    last: u64,
    requests: BTreeMap<u64, PendingRequest<C>>,
}

#[derive(Debug)]
struct PendingRequest<C> {
    frame: Arc<RequestFrame>,
    kind: RequestKind,
    context: Option<C>,
    parking: Parking,
    is_parked: bool,
}

impl<C> Default for PendingRequests<C> {
    fn default() -> Self {
        PendingRequests { last: 0, requests: BTreeMap::new() }
    }
}

impl<C> PendingRequests<C> {
    /// Registers a request; one that makes an earlier one needless takes its place. Returns its number, and the frame unless
    /// it is parked.
    pub fn add(&mut self, what: Ask, context: C, parking: Parking) -> (u64, Option<ToSend>) {
        let kind = RequestKind::of(&what);
        if let Some(needless) = self.needless(&kind) {
            self.requests.remove(&needless);
        }
        let is_parked = parking == Parking::WhileHostCannotSave && self.has_parked();
        let (number, frame) = self.register(what, kind, Some(context), parking, is_parked);
        (number, (!is_parked).then_some((number, frame)))
    }

    /// Registers a request of the client itself: its answer is for nobody else.
    pub fn add_own(&mut self, what: Ask) -> ToSend {
        let kind = RequestKind::of(&what);
        self.register(what, kind, None, Parking::Never, false)
    }

    /// Registers the client's own request to be in `room` again.
    pub fn add_resync(&mut self, room: RoomId, what: Ask) -> ToSend {
        self.register(what, RequestKind::Resync { room }, None, Parking::Never, false)
    }

    fn register(
        &mut self,
        what: Ask,
        kind: RequestKind,
        context: Option<C>,
        parking: Parking,
        is_parked: bool,
    ) -> ToSend {
        self.last += 1;
        let frame = Arc::new(RequestFrame::encode(self.last, what));
        let request = PendingRequest { frame: Arc::clone(&frame), kind, context, parking, is_parked };
        self.requests.insert(self.last, request);
        (self.last, frame)
    }

    /// Removes the request of that number, which has its answer. Nothing when it is not awaited: it was answered on an earlier
    /// connection, or a later one took its place.
    pub fn settle(&mut self, number: u64) -> Option<SettledRequest<C>> {
        let PendingRequest { kind, context, .. } = self.requests.remove(&number)?;
        Some(SettledRequest { kind, context })
    }

    /// Parks the request of that number, which the host cannot save now, when it is one that may be parked. Returns its context.
    pub fn park(&mut self, number: u64) -> Option<&C> {
        let request = self.requests.get_mut(&number)?;
        request.is_parked = request.parking == Parking::WhileHostCannotSave;
        request.context.as_ref().filter(|_| request.is_parked)
    }

    /// Parks nothing any more, and returns what was parked, in the order it was asked.
    pub fn resume(&mut self) -> Vec<ToSend> {
        let parked = self.requests.iter_mut().filter(|(_, request)| request.is_parked);
        parked
            .map(|(number, request)| {
                request.is_parked = false;
                (*number, Arc::clone(&request.frame))
            })
            .collect()
    }

    fn has_parked(&self) -> bool {
        self.requests.values().any(|request| request.is_parked)
    }

    /// Forgets what mattered only on the connection that was lost.
    pub fn forget_momentary(&mut self) {
        self.requests.retain(|_, request| request.kind.outlives_connection());
    }

    /// Returns what to send on a new connection, in the order it was asked. The host knows by its id what it carried out before.
    pub fn to_resend(&self) -> impl Iterator<Item = ToSend> {
        let sent = self.requests.iter().filter(|(_, request)| !request.is_parked && request.kind.outlives_connection());
        sent.map(|(number, request)| (*number, Arc::clone(&request.frame)))
    }

    /// Whether an answer is awaited that somebody waits for.
    pub fn is_settled(&self) -> bool {
        !self.requests.values().any(|request| !request.is_parked && request.kind.outlives_connection())
    }

    /// Whether no answer at all is awaited.
    pub fn is_quiet(&self) -> bool {
        self.requests.values().all(|request| request.is_parked)
    }

    /// Whether somebody has asked to be in `room`.
    pub fn is_attaching(&self, room: &RoomId) -> bool {
        self.requests
            .values()
            .any(|request| matches!(&request.kind, RequestKind::Attach { room: asked, .. } if asked == room))
    }

    /// Whether the client itself has asked to be in `room` again.
    pub fn is_resyncing(&self, room: &RoomId) -> bool {
        self.requests
            .values()
            .any(|request| matches!(&request.kind, RequestKind::Resync { room: asked } if asked == room))
    }

    /// What need not be asked any more once a request of that kind is: an earlier state of the same draft, or an earlier place
    /// looked up to. While a host is away for hours they would pile up to more than it takes from anybody. Not across a change
    /// of name, for they are kept by name.
    fn needless(&self, kind: &RequestKind) -> Option<u64> {
        if !matches!(kind, RequestKind::Draft { .. } | RequestKind::Seen { .. }) {
            return None;
        }
        let same_name = self.requests.iter().rev().take_while(|(_, request)| request.kind != RequestKind::Name);
        same_name.into_iter().find(|(_, request)| request.kind == *kind).map(|(number, _)| *number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Moment;
    use crate::wire::message::Draft;

    fn room() -> RoomId {
        RoomId::of_year(2026, 1)
    }

    fn keep(text: &str) -> Ask {
        let began_at = Moment::parse("2026-11-21T14:00:00+01:00").unwrap();
        Ask::KeepDraft { draft: Draft { room: room(), slot: "entry".into(), began_at, text: text.into() } }
    }

    fn numbers(to_send: impl IntoIterator<Item = ToSend>) -> Vec<u64> {
        to_send.into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn a_request_is_encoded_once_and_with_its_number() {
        let mut pending = PendingRequests::default();
        let (number, sent) = pending.add(Ask::Rooms, (), Parking::Never);
        let (_, frame) = sent.expect("nothing is parked");
        let mut bytes = frame.bytes().expect("short");
        let message = frame::read::<ClientMsg>(&mut bytes).unwrap();
        assert_eq!(message, Some(ClientMsg::Ask { ask: number, what: Ask::Rooms }));
        let (_, again) = pending.to_resend().next().expect("not answered");
        assert!(Arc::ptr_eq(&frame, &again));
    }

    #[test]
    fn a_frame_is_gone_once_its_answer_is_here_or_a_later_request_took_its_place() {
        let mut pending = PendingRequests::default();
        let (first, sent) = pending.add(keep("a"), (), Parking::Never);
        let frame = Arc::downgrade(&sent.expect("sent").1);
        let (second, _) = pending.add(keep("ab"), (), Parking::Never);
        assert!(frame.upgrade().is_none() && pending.settle(first).is_none());
        assert!(pending.settle(second).is_some() && pending.is_quiet());
    }

    #[test]
    fn what_is_too_long_for_the_host_has_no_bytes() {
        let mut pending = PendingRequests::default();
        let (_, sent) = pending.add(keep(&"x".repeat(frame::LONGEST_ASK)), (), Parking::Never);
        assert_eq!(sent.expect("it is answered by the client").1.bytes(), None);
    }

    #[test]
    fn nothing_overtakes_what_is_parked() {
        let mut pending = PendingRequests::default();
        let may_park = Parking::WhileHostCannotSave;
        let (first, _) = pending.add(Ask::Rooms, "first", may_park);
        assert_eq!(pending.park(first), Some(&"first"));
        let (second, sent) = pending.add(Ask::Rooms, "second", may_park);
        assert!(sent.is_none(), "parked behind the first");
        let (other, sent) = pending.add(Ask::HostStatus, "other", Parking::Never);
        assert!(sent.is_some() && pending.park(other).is_none(), "its failure is its answer");
        assert_eq!(numbers(pending.to_resend()), [other], "a new connection does not send it either");
        pending.settle(other);
        assert!(pending.is_settled() && pending.is_quiet(), "no answer is awaited");
        assert_eq!(numbers(pending.resume()), [first, second]);
        assert!(!pending.is_settled() && pending.resume().is_empty(), "once");
        assert_eq!(pending.settle(first).and_then(|settled| settled.context), Some("first"));
    }

    #[test]
    fn what_mattered_on_one_connection_is_not_asked_on_the_next() {
        let mut pending = PendingRequests::default();
        pending.add_own(Ask::Ping);
        pending.add_resync(room(), Ask::Rooms);
        let (rooms, _) = pending.add(Ask::Rooms, (), Parking::Never);
        assert!(!pending.is_quiet() && pending.is_resyncing(&room()));
        pending.forget_momentary();
        assert_eq!(numbers(pending.to_resend()), [rooms]);
        assert!(!pending.is_resyncing(&room()));
    }
}
