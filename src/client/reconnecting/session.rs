//! What outlives the loss of a connection: the pending requests and the rooms that the client is in; what follows for them from
//! what is asked and from what the host says. Pure.

use super::pending::{Parking, PendingRequests, RequestKind, SettledRequest, ToSend};
use super::replica::{NewRecords, Replica};
use super::update::Update;
use crate::domain::id::RoomId;
use crate::domain::record::Record;
use crate::wire::message::{Answer, Ask, Failure, HostMsg};

/// See the module. `C` is what an asker gives to know its request by.
#[derive(Debug)]
pub struct ResumableSession<C> {
    pending: PendingRequests<C>,
    replica: Replica,
}

/// What follows from something the host said.
#[derive(Debug)]
pub struct Consequences<C> {
    /// For the person's end.
    pub update: Option<Update<C>>,
    /// And a second one, when one message means two things.
    pub also: Option<Update<C>>,
    pub send: Option<ToSend>,
}

impl<C> Default for Consequences<C> {
    fn default() -> Self {
        Consequences { update: None, also: None, send: None }
    }
}

impl<C> Default for ResumableSession<C> {
    fn default() -> Self {
        ResumableSession { pending: PendingRequests::default(), replica: Replica::default() }
    }
}

impl<C: Clone> ResumableSession<C> {
    /// Registers a question. Returns its number, and what to send unless it is parked.
    pub fn ask(&mut self, what: Ask, context: C, parking: Parking) -> (u64, Option<ToSend>) {
        match &what {
            Ask::Detach { room } => self.replica.leave(room),
            Ask::Writing { room, what: writing } => self.replica.set_writing(room, writing.clone()),
            _ => {}
        }
        self.pending.add(what, context, parking)
    }

    /// Returns what to send to learn whether the host is there.
    pub fn ping(&mut self) -> ToSend {
        self.pending.add_own(Ask::Ping)
    }

    /// Returns what was parked, to be sent now, in the order it was asked.
    pub fn resume(&mut self) -> Vec<ToSend> {
        self.pending.resume()
    }

    /// Whether every question that somebody waits for has its answer, or is parked.
    pub fn is_settled(&self) -> bool {
        self.pending.is_settled()
    }

    /// Whether nothing at all is awaited.
    pub fn is_quiet(&self) -> bool {
        self.pending.is_quiet()
    }

    /// Returns what to send on a new connection: be in the same rooms again, writing what was being written there; then what
    /// was not answered, in the order asked. A `Do` among them may have been carried out; its id tells the host.
    pub fn resend(&mut self) -> Vec<ToSend> {
        self.pending.forget_momentary();
        let rooms = self.replica.rooms().filter(|room| !self.pending.is_attaching(room));
        let rooms: Vec<RoomId> = rooms.cloned().collect();
        let mut to_send: Vec<ToSend> = rooms.iter().filter_map(|room| self.resync(room)).collect();
        to_send.extend(rooms.iter().filter_map(|room| Some(self.pending.add_own(self.replica.writing(room)?))));
        to_send.extend(self.pending.to_resend());
        to_send
    }

    /// Takes in what the host said.
    pub fn accept_message(&mut self, said: HostMsg) -> Consequences<C> {
        match said {
            HostMsg::Answer { ask, answer } => self.accept_answer(ask, answer),
            HostMsg::Recorded { room, records } => self.accept_records(room, records),
            HostMsg::Renewed { room } => {
                let send = if self.replica.mark_stale(&room) { self.resync(&room) } else { None };
                Consequences { update: Some(Update::Said(HostMsg::Renewed { room })), send, ..Consequences::default() }
            }
            other => Consequences { update: Some(Update::Said(other)), ..Consequences::default() },
        }
    }

    fn accept_records(&mut self, room: RoomId, records: Vec<Record>) -> Consequences<C> {
        match self.replica.accept_records(&room, records) {
            NewRecords::Next(records) => Consequences {
                update: Some(Update::Said(HostMsg::Recorded { room, records })),
                ..Consequences::default()
            },
            // Something was missed, which the host promises not to let happen: it is asked for, once.
            NewRecords::AfterGap if !self.pending.is_resyncing(&room) => {
                Consequences { send: self.resync(&room), ..Consequences::default() }
            }
            NewRecords::AfterGap | NewRecords::Nothing => Consequences::default(),
        }
    }

    fn accept_answer(&mut self, ask: u64, answer: Box<Result<Answer, Failure>>) -> Consequences<C> {
        if let Err(Failure::CannotSave(why)) = answer.as_ref()
            && let Some(context) = self.pending.park(ask).cloned()
        {
            let parked = Update::Parked { ask, context, why: why.clone() };
            return Consequences { update: Some(parked), ..Consequences::default() };
        }
        // An answer to nothing: it was answered on the connection before.
        let Some(SettledRequest { kind, context }) = self.pending.settle(ask) else { return Consequences::default() };
        let (mut said, mut send) = (None, None);
        match kind {
            // The host sends this client's own records once, as the answer, at their place among those of others. They pass as
            // new records first: what is answered has been told before.
            RequestKind::Do { room } => {
                if let Ok(Answer::Recorded { records }) = answer.as_ref() {
                    let Consequences { update, send: asked, .. } = self.accept_records(room, records.clone());
                    (said, send) = (update, asked);
                }
            }
            RequestKind::Resync { room } => return self.accept_resync(room, *answer),
            RequestKind::Attach { room, after, entries } => {
                let last = match answer.as_ref() {
                    Ok(Answer::Attached { room, .. }) => Some(room.seq),
                    Ok(Answer::Resumed { records, .. }) => records.last().map(|record| record.seq).or(after),
                    _ => None,
                };
                if let Some(last) = last {
                    self.replica.enter(room, last, entries);
                }
            }
            _ => {}
        }
        let answered = context.map(|context| Update::Answer { ask, context, answer });
        match said {
            Some(said) => Consequences { update: Some(said), also: answered, send },
            None => Consequences { update: answered, also: None, send },
        }
    }

    fn accept_resync(&mut self, room: RoomId, answer: Result<Answer, Failure>) -> Consequences<C> {
        if let Ok(Answer::Resumed { records, people }) = answer {
            let Some(records) = self.replica.accept_missing(&room, records) else { return Consequences::default() };
            let recorded = HostMsg::Recorded { room: room.clone(), records };
            return Consequences {
                update: Some(Update::Said(recorded)),
                also: Some(Update::Said(HostMsg::Here { room, people })),
                send: None,
            };
        }
        if !self.replica.is_in(&room) {
            return Consequences::default();
        }
        if let Ok(Answer::Attached { room: fold, .. }) = &answer {
            self.replica.replace(&room, fold.seq);
        }
        Consequences { update: Some(Update::Resynced { room, answer: Box::new(answer) }), ..Consequences::default() }
    }

    fn resync(&mut self, room: &RoomId) -> Option<ToSend> {
        let what = self.replica.reenter(room)?;
        Some(self.pending.add_resync(room.clone(), what))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::event::Event;
    use crate::domain::id::{IntentId, Seq};
    use crate::domain::intent::{Intent, Request};
    use crate::domain::phrase::Phrase;
    use crate::domain::record::Author;
    use crate::domain::room::Room;
    use crate::domain::time::Moment;
    use crate::wire::frame;
    use crate::wire::message::{ClientMsg, Draft, Writing};

    type Session = ResumableSession<()>;

    fn room() -> RoomId {
        RoomId::of_year(2026, 1)
    }

    fn record(seq: Seq) -> Record {
        let at = Moment::parse("2026-11-21T14:00:00+01:00").unwrap();
        let id = IntentId(ulid::Ulid(u128::from(seq))).event(0);
        Record { seq, id, at, rec: at, by: Author::klock(1), event: Event::ClockMoved { seconds: 1 } }
    }

    fn ask(session: &mut Session, what: Ask) -> u64 {
        session.ask(what, (), Parking::Never).0
    }

    fn decoded(to_send: impl IntoIterator<Item = ToSend>) -> Vec<(u64, Ask)> {
        let read = |(number, frame): ToSend| {
            let mut bytes = frame.bytes().expect("short");
            match frame::read::<ClientMsg>(&mut bytes) {
                Ok(Some(ClientMsg::Ask { ask, what })) if ask == number => (ask, what),
                other => panic!("no question: {other:?}"),
            }
        };
        to_send.into_iter().map(read).collect()
    }

    fn recorded(seqs: impl IntoIterator<Item = Seq>) -> HostMsg {
        HostMsg::Recorded { room: room(), records: seqs.into_iter().map(record).collect() }
    }

    fn attached_at(seq: Seq) -> Session {
        let mut session = Session::default();
        let ask = ask(&mut session, Ask::Attach { room: room(), after: None, entries: 40 });
        let mut fold = Room::new(room());
        fold.seq = seq;
        let attached = Answer::Attached {
            room: Box::new(fold),
            records: Vec::new(),
            seen: 0,
            drafts: Vec::new(),
            people: Vec::new(),
        };
        let heard = session.accept_message(HostMsg::Answer { ask, answer: Box::new(Ok(attached)) });
        assert!(matches!(heard.update, Some(Update::Answer { ask: 1, .. })));
        session
    }

    #[test]
    fn what_was_not_answered_is_sent_again_after_the_rooms_and_in_order() {
        let mut session = attached_at(7);
        let rooms = ask(&mut session, Ask::Rooms);
        let status = ask(&mut session, Ask::HostStatus);
        let sent = decoded(session.resend());
        assert_eq!(sent[0].1, Ask::Attach { room: room(), after: Some(7), entries: 40 });
        assert_eq!(sent[1..], [(rooms, Ask::Rooms), (status, Ask::HostStatus)]);
        session.accept_message(HostMsg::Answer { ask: rooms, answer: Box::new(Ok(Answer::Done)) });
        assert_eq!(decoded(session.resend())[1..], [(status, Ask::HostStatus)]);
        assert!(
            session.accept_message(HostMsg::Answer { ask: rooms, answer: Box::new(Ok(Answer::Done)) }).update.is_none()
        );
    }

    #[test]
    fn records_pass_once_and_a_gap_is_asked_for() {
        let mut session = attached_at(7);
        let heard = session.accept_message(recorded(6..=9));
        let Some(Update::Said(HostMsg::Recorded { records, .. })) = heard.update else { panic!("{heard:?}") };
        assert_eq!(records.iter().map(|record| record.seq).collect::<Vec<_>>(), [8, 9]);
        let heard = session.accept_message(recorded([12]));
        assert!(heard.update.is_none());
        let asked = decoded(heard.send).pop();
        let Some((ask, Ask::Attach { after: Some(9), .. })) = asked else { panic!("{asked:?}") };
        assert!(session.accept_message(recorded([13])).send.is_none(), "asked for twice");
        let resumed = Answer::Resumed { records: (9..=13).map(record).collect(), people: Vec::new() };
        let heard = session.accept_message(HostMsg::Answer { ask, answer: Box::new(Ok(resumed)) });
        let Some(Update::Said(HostMsg::Recorded { records, .. })) = heard.update else { panic!("{heard:?}") };
        assert_eq!(records.iter().map(|record| record.seq).collect::<Vec<_>>(), [10, 11, 12, 13]);
    }

    #[test]
    fn a_record_of_ones_own_comes_with_its_answer_and_those_of_others_go_on_from_it() {
        let mut session = attached_at(7);
        let own = |session: &mut Session, seqs: std::ops::RangeInclusive<Seq>| {
            let intent = Intent::RaiseObstacle { text: "x".into() };
            let request = Request { id: IntentId(ulid::Ulid(1)), room: room(), at: None, intent };
            let ask = ask(session, Ask::Do(Box::new(request)));
            let answer = Box::new(Ok(Answer::Recorded { records: seqs.map(record).collect() }));
            session.accept_message(HostMsg::Answer { ask, answer })
        };
        let heard = own(&mut session, 8..=9);
        let Some(Update::Said(HostMsg::Recorded { records, .. })) = heard.update else { panic!("{heard:?}") };
        assert_eq!(records.iter().map(|record| record.seq).collect::<Vec<_>>(), [8, 9]);
        assert!(matches!(heard.also, Some(Update::Answer { .. })) && heard.send.is_none());
        let heard = own(&mut session, 8..=9);
        assert!(matches!(heard.update, Some(Update::Answer { .. })), "the answer to what was sent twice");
        assert!(heard.also.is_none() && heard.send.is_none());
        let heard = session.accept_message(recorded([10]));
        assert!(heard.update.is_some() && heard.send.is_none());
        let heard = own(&mut session, 13..=13);
        assert!(matches!(heard.update, Some(Update::Answer { .. })));
        assert_eq!(decoded(heard.send)[0].1, Ask::Attach { room: room(), after: Some(10), entries: 40 });
    }

    #[test]
    fn a_room_from_which_words_went_is_got_again_whatever_becomes_of_the_connection() {
        let mut session = attached_at(7);
        let whole = Ask::Attach { room: room(), after: None, entries: 40 };
        let heard = session.accept_message(HostMsg::Renewed { room: room() });
        assert_eq!(decoded(heard.send)[0].1, whole);
        assert_eq!(decoded(session.resend())[0].1, whole, "the host died before it answered");
        let (ask, _) = decoded(session.resend()).remove(0);
        let mut fold = Room::new(room());
        fold.seq = 9;
        let (records, drafts, people) = (Vec::new(), Vec::new(), Vec::new());
        let attached = Answer::Attached { room: Box::new(fold), records, seen: 0, drafts, people };
        let heard = session.accept_message(HostMsg::Answer { ask, answer: Box::new(Ok(attached)) });
        assert!(matches!(heard.update, Some(Update::Resynced { .. })));
        assert_eq!(decoded(session.resend())[0].1, Ask::Attach { room: room(), after: Some(9), entries: 40 });
    }

    #[test]
    fn of_a_draft_only_the_last_state_is_asked_for_under_each_name() {
        let mut session = Session::default();
        let at = record(1).at;
        let keep = |slot: &str, text: &str| {
            let (room, slot, text) = (room(), slot.to_owned(), text.to_owned());
            Ask::KeepDraft { draft: Draft { room, slot, began_at: at, text } }
        };
        let seen = |seq| Ask::Seen { room: room(), seq };
        let as_olle = Ask::TypeAs { name: "Olle".into() };
        let (first, frame) = session.ask(keep("entry", "a"), (), Parking::Never);
        let frame = Arc::downgrade(&frame.expect("nothing is parked").1);
        for what in [keep("why", "b"), seen(4), keep("entry", "ab"), seen(5), Ask::Rooms] {
            ask(&mut session, what);
        }
        for what in [as_olle.clone(), keep("entry", "abc"), seen(5), keep("entry", "abcd")] {
            ask(&mut session, what);
        }
        assert!(frame.upgrade().is_none(), "the writer does not send it any more");
        assert_eq!(
            decoded(session.resend()).into_iter().map(|(_, what)| what).collect::<Vec<_>>(),
            [keep("why", "b"), keep("entry", "ab"), seen(5), Ask::Rooms, as_olle, seen(5), keep("entry", "abcd"),]
        );
        let late = session.accept_message(HostMsg::Answer { ask: first, answer: Box::new(Ok(Answer::Done)) });
        assert!(late.update.is_none(), "it was sent before it was needless");
    }

    #[test]
    fn what_is_being_written_is_said_again_and_only_the_last_of_it() {
        let mut session = attached_at(7);
        let writing = |what| Ask::Writing { room: room(), what };
        let answer = Writing::Answer { question: "why".into() };
        for what in [Some(Writing::Entry), None, Some(answer.clone())] {
            ask(&mut session, writing(what));
        }
        ask(&mut session, Ask::Ping);
        assert!(session.is_settled(), "nobody waits for these");
        let sent: Vec<Ask> = decoded(session.resend()).into_iter().map(|(_, what)| what).collect();
        assert_eq!(
            sent,
            [Ask::Attach { room: room(), after: Some(7), entries: 40 }, writing(Some(answer))],
            "after the room, and once"
        );
        ask(&mut session, writing(None));
        assert_eq!(decoded(session.resend()).len(), 1);
    }

    #[test]
    fn a_room_that_was_left_is_not_entered_again() {
        let mut session = attached_at(7);
        let left = ask(&mut session, Ask::Detach { room: room() });
        assert_eq!(decoded(session.resend()), [(left, Ask::Detach { room: room() })]);
        assert!(session.accept_message(recorded([8])).update.is_none());
    }

    #[test]
    fn what_the_host_cannot_save_is_parked_and_told_and_goes_again_when_asked() {
        let mut session = Session::default();
        let (number, _) = session.ask(Ask::Rooms, (), Parking::WhileHostCannotSave);
        let why = || Phrase::new("store-full");
        let cannot_save = |ask| HostMsg::Answer { ask, answer: Box::new(Err(Failure::CannotSave(why()))) };
        let told = session.accept_message(cannot_save(number)).update;
        assert!(matches!(told, Some(Update::Parked { ask, .. }) if ask == number), "{told:?}");
        assert!(decoded(session.resend()).is_empty(), "not by a new connection alone");
        assert_eq!(decoded(session.resume()), [(number, Ask::Rooms)]);
        let other = ask(&mut session, Ask::Rooms);
        let told = session.accept_message(cannot_save(other)).update;
        assert!(matches!(told, Some(Update::Answer { ask, .. }) if ask == other), "{told:?}");
    }
}
