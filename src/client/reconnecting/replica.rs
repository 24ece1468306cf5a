//! What a link must remember to survive the loss of its host: what was asked and not answered, and where it was. Pure.

use std::collections::BTreeMap;

use super::update::Update;
use crate::domain::id::{RoomId, Seq};
use crate::wire::message::{Answer, Ask, Failure, HostMsg, Writing};

/// A question on its way, by its number.
pub type Asked = (u64, Ask);

/// See the module.
#[derive(Debug, Default)]
pub struct Replica {
    last_ask: u64,
    /// Asked by the person's end and not answered, in order.
    pending: BTreeMap<u64, Ask>,
    /// Asked by the link itself, to be in a room again.
    resyncs: BTreeMap<u64, RoomId>,
    /// Asked, and not worth asking again after a loss: what a person is writing at the moment, whether the host is there.
    passing: BTreeMap<u64, Ask>,
    /// The rooms we are in.
    held: BTreeMap<RoomId, RoomPosition>,
}

#[derive(Debug, Clone)]
struct RoomPosition {
    last: Seq,
    /// Words went from it: all of it has to be got again.
    is_stale: bool,
    entries: usize,
    /// What the person is writing there, as the others were told.
    writing: Option<Writing>,
}

/// What follows from something the host said.
#[derive(Debug, Default)]
pub struct Consequences {
    /// For the person's end.
    pub update: Option<Update>,
    /// And a second one, when one message means two things.
    pub also: Option<Update>,
    /// To be sent.
    pub send: Option<Asked>,
}

impl Replica {
    /// Notes a question, and gives it its number. One that makes an earlier one needless takes its place.
    pub fn ask(&mut self, what: Ask) -> u64 {
        if let Ask::Detach { room } = &what {
            self.held.remove(room);
        }
        if let Some(needless) = self.needless(&what) {
            self.pending.remove(&needless);
        }
        let ask = self.number();
        match &what {
            Ask::Writing { room, what: writing } => {
                if let Some(held) = self.held.get_mut(room) {
                    held.writing.clone_from(writing);
                }
                self.passing.insert(ask, what);
            }
            Ask::Ping => drop(self.passing.insert(ask, what)),
            _ => drop(self.pending.insert(ask, what)),
        }
        ask
    }

    /// The question of that number, as long as its answer is awaited.
    pub fn what(&self, ask: u64) -> Option<Ask> {
        let asked = self.pending.get(&ask).or_else(|| self.passing.get(&ask)).cloned();
        asked.or_else(|| self.entering(self.resyncs.get(&ask)?))
    }

    /// Whether every question that is worth waiting for has its answer.
    pub fn is_settled(&self) -> bool {
        self.pending.is_empty()
    }

    /// Whether nothing at all is awaited.
    pub fn is_quiet(&self) -> bool {
        self.pending.is_empty() && self.passing.is_empty() && self.resyncs.is_empty()
    }

    /// What to send on a new connection: be in the same rooms again, writing what was being written there; then what was not
    /// answered, in the order asked. A `Do` among them may have been carried out; its id tells the host.
    pub fn resend(&mut self) -> Vec<Asked> {
        self.resyncs.clear();
        self.passing.clear();
        let rooms: Vec<RoomId> = self.held.keys().filter(|room| !self.is_attaching(room)).cloned().collect();
        let mut asked: Vec<Asked> = rooms.iter().filter_map(|room| self.resync(room.clone())).collect();
        let writing = rooms.into_iter().filter_map(|room| {
            let what = self.held.get(&room)?.writing.clone()?;
            Some(Ask::Writing { room, what: Some(what) })
        });
        let writing: Vec<Ask> = writing.collect();
        asked.extend(writing.into_iter().map(|what| (self.ask(what.clone()), what)));
        asked.extend(self.pending.iter().map(|(ask, what)| (*ask, what.clone())));
        asked
    }

    /// Takes in what the host said.
    pub fn accept_message(&mut self, said: HostMsg) -> Consequences {
        match said {
            HostMsg::Answer { ask, answer } => match self.resyncs.remove(&ask) {
                Some(room) => self.hear_resync(room, *answer),
                None => self.hear_answer(ask, answer),
            },
            HostMsg::Recorded { room, mut records } => {
                let Some(held) = self.held.get_mut(&room) else { return Consequences::default() };
                records.retain(|record| record.seq > held.last);
                match (records.first(), records.last()) {
                    (Some(first), Some(last)) if first.seq == held.last + 1 => {
                        held.last = last.seq;
                        Consequences {
                            update: Some(Update::Said(HostMsg::Recorded { room, records })),
                            ..Consequences::default()
                        }
                    }
                    // Something was missed, which the host promises not to let happen: ask for it.
                    (Some(_), _) if !self.resyncs.values().any(|known| *known == room) => {
                        Consequences { send: self.resync(room), ..Consequences::default() }
                    }
                    _ => Consequences::default(),
                }
            }
            HostMsg::Renewed { room } => {
                let is_held = self.held.get_mut(&room).map(|held| held.is_stale = true).is_some();
                let send = if is_held { self.resync(room.clone()) } else { None };
                Consequences { update: Some(Update::Said(HostMsg::Renewed { room })), send, ..Consequences::default() }
            }
            other => Consequences { update: Some(Update::Said(other)), ..Consequences::default() },
        }
    }

    fn hear_answer(&mut self, ask: u64, answer: Box<Result<Answer, Failure>>) -> Consequences {
        // An answer to nothing: it was answered on the connection before.
        let known = self.pending.remove(&ask).or_else(|| self.passing.remove(&ask));
        let Some(what) = known else { return Consequences::default() };
        if what == Ask::Ping {
            // The link asked it on its own account.
            return Consequences::default();
        }
        if let (Ask::Attach { room, after, entries }, Ok(answer)) = (&what, answer.as_ref()) {
            let last = match answer {
                Answer::Attached { room, .. } => Some(room.seq),
                Answer::Resumed { records, .. } => records.last().map(|record| record.seq).or(*after),
                _ => None,
            };
            if let Some(last) = last {
                self.held
                    .insert(room.clone(), RoomPosition { last, is_stale: false, entries: *entries, writing: None });
            }
        }
        Consequences { update: Some(Update::Answer { ask, answer }), ..Consequences::default() }
    }

    fn hear_resync(&mut self, room: RoomId, answer: Result<Answer, Failure>) -> Consequences {
        let Some(held) = self.held.get_mut(&room) else { return Consequences::default() };
        match answer {
            Ok(Answer::Resumed { mut records, people }) => {
                records.retain(|record| record.seq > held.last);
                held.last = records.last().map_or(held.last, |record| record.seq);
                let recorded = HostMsg::Recorded { room: room.clone(), records };
                Consequences {
                    update: Some(Update::Said(recorded)),
                    also: Some(Update::Said(HostMsg::Here { room, people })),
                    send: None,
                }
            }
            other => {
                if let Ok(Answer::Attached { room: fold, .. }) = &other {
                    held.last = fold.seq;
                    held.is_stale = false;
                }
                Consequences {
                    update: Some(Update::Resynced { room, answer: Box::new(other) }),
                    ..Consequences::default()
                }
            }
        }
    }

    fn is_attaching(&self, room: &RoomId) -> bool {
        self.pending.values().any(|what| matches!(what, Ask::Attach { room: asked, .. } if asked == room))
    }

    fn resync(&mut self, room: RoomId) -> Option<Asked> {
        let what = self.entering(&room)?;
        let ask = self.number();
        self.resyncs.insert(ask, room);
        Some((ask, what))
    }

    /// What is asked to be in `room` again.
    fn entering(&self, room: &RoomId) -> Option<Ask> {
        let held = self.held.get(room)?;
        let after = Some(held.last).filter(|_| !held.is_stale);
        Some(Ask::Attach { room: room.clone(), after, entries: held.entries })
    }

    /// What need not be asked any more once `what` is: an earlier state of the same draft, or an earlier place looked up to.
    /// While a host is away for hours they would pile up to more than it takes from anybody. Not across a change of name,
    /// for they are kept by name.
    fn needless(&self, what: &Ask) -> Option<u64> {
        let is_needless = |earlier: &Ask| match (earlier, what) {
            (Ask::KeepDraft { draft: old }, Ask::KeepDraft { draft: new }) => {
                (&old.room, &old.slot) == (&new.room, &new.slot)
            }
            (Ask::Seen { room: old, .. }, Ask::Seen { room: new, .. }) => old == new,
            _ => false,
        };
        let same_name = self.pending.iter().rev().take_while(|(_, earlier)| !matches!(earlier, Ask::TypeAs { .. }));
        same_name.into_iter().find(|(_, earlier)| is_needless(earlier)).map(|(ask, _)| *ask)
    }

    fn number(&mut self) -> u64 {
        self.last_ask += 1;
        self.last_ask
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Event;
    use crate::domain::id::IntentId;
    use crate::domain::record::{Author, Record};
    use crate::domain::room::Room;
    use crate::domain::time::Moment;
    use crate::wire::message::Draft;

    fn room() -> RoomId {
        RoomId::of_year(2026, 1)
    }

    fn record(seq: Seq) -> Record {
        let at = Moment::parse("2026-11-21T14:00:00+01:00").unwrap();
        let id = IntentId(ulid::Ulid(u128::from(seq))).event(0);
        Record { seq, id, at, rec: at, by: Author::klock(1), event: Event::ClockMoved { seconds: 1 } }
    }

    fn recorded(seqs: impl IntoIterator<Item = Seq>) -> HostMsg {
        HostMsg::Recorded { room: room(), records: seqs.into_iter().map(record).collect() }
    }

    fn attached_at(seq: Seq) -> Replica {
        let mut memory = Replica::default();
        let ask = memory.ask(Ask::Attach { room: room(), after: None, entries: 40 });
        let mut fold = Room::new(room());
        fold.seq = seq;
        let attached = Answer::Attached {
            room: Box::new(fold),
            records: Vec::new(),
            seen: 0,
            drafts: Vec::new(),
            people: Vec::new(),
        };
        let heard = memory.accept_message(HostMsg::Answer { ask, answer: Box::new(Ok(attached)) });
        assert!(matches!(heard.update, Some(Update::Answer { ask: 1, .. })));
        memory
    }

    #[test]
    fn what_was_not_answered_is_sent_again_after_the_rooms_and_in_order() {
        let mut memory = attached_at(7);
        let rooms = memory.ask(Ask::Rooms);
        let status = memory.ask(Ask::HostStatus);
        let sent = memory.resend();
        assert_eq!(sent[0].1, Ask::Attach { room: room(), after: Some(7), entries: 40 });
        assert_eq!(sent[1..], [(rooms, Ask::Rooms), (status, Ask::HostStatus)]);
        memory.accept_message(HostMsg::Answer { ask: rooms, answer: Box::new(Ok(Answer::Done)) });
        assert_eq!(memory.resend()[1..], [(status, Ask::HostStatus)]);
        assert!(
            memory.accept_message(HostMsg::Answer { ask: rooms, answer: Box::new(Ok(Answer::Done)) }).update.is_none()
        );
    }

    #[test]
    fn records_pass_once_and_a_gap_is_asked_for() {
        let mut memory = attached_at(7);
        let heard = memory.accept_message(recorded(6..=9));
        let Some(Update::Said(HostMsg::Recorded { records, .. })) = heard.update else { panic!("{heard:?}") };
        assert_eq!(records.iter().map(|record| record.seq).collect::<Vec<_>>(), [8, 9]);
        let heard = memory.accept_message(recorded([12]));
        assert!(heard.update.is_none());
        let Some((ask, Ask::Attach { after: Some(9), .. })) = heard.send else { panic!("{heard:?}") };
        assert!(memory.accept_message(recorded([13])).send.is_none(), "asked for twice");
        let resumed = Answer::Resumed { records: (9..=13).map(record).collect(), people: Vec::new() };
        let heard = memory.accept_message(HostMsg::Answer { ask, answer: Box::new(Ok(resumed)) });
        let Some(Update::Said(HostMsg::Recorded { records, .. })) = heard.update else { panic!("{heard:?}") };
        assert_eq!(records.iter().map(|record| record.seq).collect::<Vec<_>>(), [10, 11, 12, 13]);
    }

    #[test]
    fn a_room_from_which_words_went_is_got_again_whatever_becomes_of_the_connection() {
        let mut memory = attached_at(7);
        let whole = Ask::Attach { room: room(), after: None, entries: 40 };
        let heard = memory.accept_message(HostMsg::Renewed { room: room() });
        assert!(matches!(heard.send, Some((_, what)) if what == whole));
        assert_eq!(memory.resend()[0].1, whole, "the host died before it answered");
        let (ask, _) = memory.resend().remove(0);
        let mut fold = Room::new(room());
        fold.seq = 9;
        let (records, drafts, people) = (Vec::new(), Vec::new(), Vec::new());
        let attached = Answer::Attached { room: Box::new(fold), records, seen: 0, drafts, people };
        let heard = memory.accept_message(HostMsg::Answer { ask, answer: Box::new(Ok(attached)) });
        assert!(matches!(heard.update, Some(Update::Resynced { .. })));
        assert_eq!(memory.resend()[0].1, Ask::Attach { room: room(), after: Some(9), entries: 40 });
    }

    #[test]
    fn of_a_draft_only_the_last_state_is_asked_for_under_each_name() {
        let mut memory = Replica::default();
        let at = record(1).at;
        let keep = |slot: &str, text: &str| {
            let (room, slot, text) = (room(), slot.to_owned(), text.to_owned());
            Ask::KeepDraft { draft: Draft { room, slot, began_at: at, text } }
        };
        let seen = |seq| Ask::Seen { room: room(), seq };
        let as_olle = Ask::TypeAs { name: "Olle".into() };
        let first = memory.ask(keep("entry", "a"));
        for what in [keep("why", "b"), seen(4), keep("entry", "ab"), seen(5), Ask::Rooms] {
            memory.ask(what);
        }
        for what in [as_olle.clone(), keep("entry", "abc"), seen(5), keep("entry", "abcd")] {
            memory.ask(what);
        }
        assert_eq!(memory.what(first), None);
        let sent: Vec<(u64, Ask)> = memory.resend();
        assert!(sent.iter().all(|(ask, what)| memory.what(*ask).as_ref() == Some(what)));
        assert_eq!(
            sent.into_iter().map(|(_, what)| what).collect::<Vec<_>>(),
            [keep("why", "b"), keep("entry", "ab"), seen(5), Ask::Rooms, as_olle, seen(5), keep("entry", "abcd"),]
        );
        let late = memory.accept_message(HostMsg::Answer { ask: first, answer: Box::new(Ok(Answer::Done)) });
        assert!(late.update.is_none(), "it was sent before it was needless");
    }

    #[test]
    fn what_is_being_written_is_said_again_and_only_the_last_of_it() {
        let mut memory = attached_at(7);
        let writing = |what| Ask::Writing { room: room(), what };
        let answer = Writing::Answer { question: "why".into() };
        for what in [Some(Writing::Entry), None, Some(answer.clone())] {
            memory.ask(writing(what));
        }
        memory.ask(Ask::Ping);
        assert!(memory.is_settled(), "nobody waits for these");
        let sent: Vec<Ask> = memory.resend().into_iter().map(|(_, what)| what).collect();
        assert_eq!(
            sent,
            [Ask::Attach { room: room(), after: Some(7), entries: 40 }, writing(Some(answer))],
            "after the room, and once"
        );
        memory.ask(writing(None));
        assert_eq!(memory.resend().len(), 1);
    }

    #[test]
    fn a_room_that_was_left_is_not_entered_again() {
        let mut memory = attached_at(7);
        let left = memory.ask(Ask::Detach { room: room() });
        assert_eq!(memory.resend(), [(left, Ask::Detach { room: room() })]);
        assert!(memory.accept_message(recorded([8])).update.is_none());
    }
}
