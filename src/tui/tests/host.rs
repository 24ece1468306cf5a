//! A host in memory: the real decisions and the real fold, without a store or a socket.

use std::collections::BTreeMap;

use crate::domain::decide::{self, Context};
use crate::domain::event::{Event, Facets, NoteKind};
use crate::domain::id::{IntentId, RoomId, Seq};
use crate::domain::intent::{Intent, Refusal};
use crate::domain::phrase::Phrase;
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::room::Room;
use crate::domain::time::Moment;
use crate::domain::timeline;
use crate::domain::zone::Zone;
use crate::tui::app::effect::Tag;
use crate::tui::app::msg::Msg;
use crate::wire::message::{
    Answer, Ask, Draft, Failure, Health, HostMsg, PageFrom, Place, Presence, RoomSummary, Writing,
};

/// The rooms, and what was kept.
pub struct FakeHost {
    pub rooms: BTreeMap<RoomId, (Room, Vec<Record>)>,
    pub drafts: Vec<Draft>,
    /// How far the person has looked.
    pub seen: BTreeMap<RoomId, Seq>,
    /// Answers nothing while it is away; what was asked waits.
    pub away: bool,
    pub waiting: Vec<(Tag, Ask)>,
    /// Refuses to save.
    pub full: bool,
    /// As whom the screen's person is known.
    pub me: Author,
    /// What the screen said of what is written, in order.
    pub told: Vec<Option<Writing>>,
    /// The rooms that the screen left, in order.
    pub left: Vec<RoomId>,
    next_id: u128,
}

impl FakeHost {
    pub fn new(_: Moment) -> Self {
        FakeHost {
            rooms: BTreeMap::new(),
            drafts: Vec::new(),
            seen: BTreeMap::new(),
            away: false,
            waiting: Vec::new(),
            full: false,
            me: Author { uid: 1000, name: "anna".into(), sure: Assurance::Verified },
            told: Vec::new(),
            left: Vec::new(),
            next_id: 1,
        }
    }

    /// The only room there is.
    pub fn room(&self) -> &Room {
        &self.rooms.values().next().expect("a room").0
    }

    /// The texts of the notes in the only room, as recorded.
    pub fn notes(&self) -> Vec<String> {
        let (_, records) = self.rooms.values().next().expect("a room");
        let text = |event: &Event| match event {
            Event::NoteTaken { text, .. } => Some(text.raw().to_owned()),
            _ => None,
        };
        records.iter().filter_map(|record| text(&record.event)).collect()
    }

    /// The messages that come of what was asked, the last first.
    pub fn ask(&mut self, tag: Tag, what: Ask, now: Moment) -> Vec<Msg> {
        if self.away {
            self.waiting.push((tag, what));
            return Vec::new();
        }
        let (said, answer) = self.answer(what, now);
        let mut msgs = vec![Msg::Answered { tag, answer: Box::new(answer) }];
        msgs.extend(said.map(Msg::Host));
        msgs
    }

    /// Comes back and answers what waited.
    pub fn come_back(&mut self, now: Moment) -> Vec<Msg> {
        self.away = false;
        let waiting = std::mem::take(&mut self.waiting);
        waiting.into_iter().flat_map(|(tag, what)| self.ask(tag, what, now)).collect()
    }

    /// There is room on the disk again: what every client is told.
    pub fn make_room(&mut self) -> Msg {
        self.full = false;
        Msg::Host(health(None))
    }

    /// The marks that have come by `now`.
    pub fn ring(&mut self, now: Moment) -> Vec<Msg> {
        let ids: Vec<RoomId> = self.rooms.keys().cloned().collect();
        let mut msgs = Vec::new();
        for id in ids {
            let events = self.rooms[&id].0.marks_to_ring(now);
            if !events.is_empty() {
                let klock = Author::klock(1000);
                let first = self.fresh_id();
                let records = self.append(&id, first, now, now, &klock, events);
                msgs.push(Msg::Host(HostMsg::Recorded { room: id, records }));
            }
        }
        msgs
    }

    /// Somebody else notes `text` in the only room, while nobody attached is told.
    pub fn note(&mut self, text: &str, now: Moment) {
        let eva = Author { uid: 1000, name: "eva".into(), sure: Assurance::Claimed };
        let id = self.room().id.clone();
        let first = self.fresh_id();
        let facets = Facets::default();
        let note = Event::NoteTaken { kind: NoteKind::Note, text: text.into(), facets, meeting: None, action: None };
        self.append(&id, first, now, now, &eva, vec![note]);
    }

    /// Somebody else does `intent` in the only room: what everyone is told.
    pub fn other(&mut self, who: &str, intent: &Intent, now: Moment) -> Msg {
        let by = Author { uid: 1000, name: who.into(), sure: Assurance::Claimed };
        let (room, kept) = self.rooms.values().next().expect("a room");
        let target = intent.target().and_then(|seq| kept.iter().find(|record| record.seq == seq));
        let events = decide::decide(room, intent, Context { now, at: now, zone: &Zone::UTC, by: &by, target });
        let events = events.unwrap_or_else(|refusal| panic!("{who} cannot do {intent:?}: {refusal:?}"));
        let id = room.id.clone();
        let first = self.fresh_id();
        let records = self.append(&id, first, now, now, &by, events);
        Msg::Host(HostMsg::Recorded { room: id, records })
    }

    /// The same person's other screen does `intent` under the id `id` in the only room, while this one is not told.
    pub fn elsewhere(&mut self, id: IntentId, intent: &Intent, now: Moment) {
        let (room, by) = (self.room().id.clone(), self.me.clone());
        let context = Context { now, at: now, zone: &Zone::UTC, by: &by, target: None };
        let events = decide::decide(self.room(), intent, context).expect("it can be done");
        self.append(&room, id, now, now, &by, events);
    }

    fn fresh_id(&mut self) -> IntentId {
        self.next_id += 1000;
        IntentId(ulid::Ulid(self.next_id))
    }

    fn append(
        &mut self,
        id: &RoomId,
        intent: IntentId,
        at: Moment,
        now: Moment,
        by: &Author,
        events: Vec<Event>,
    ) -> Vec<Record> {
        let (room, kept) = self.rooms.get_mut(id).expect("a room");
        let mut records = Vec::new();
        for (nth, event) in events.into_iter().enumerate() {
            let record = Record { seq: room.seq + 1, id: intent.event(nth), at, rec: now, by: by.clone(), event };
            room.apply(&record);
            kept.push(record.clone());
            records.push(record);
        }
        records
    }

    fn answer(&mut self, what: Ask, now: Moment) -> (Option<HostMsg>, Result<Answer, Failure>) {
        let anna = self.me.clone();
        if self.full && matches!(what, Ask::Open { .. } | Ask::OpenDemo { .. } | Ask::Do(_)) {
            return (Some(health(Some(disk_full()))), Err(Failure::CannotSave(disk_full())));
        }
        let answer = match what {
            Ask::Rooms => Ok(Answer::Rooms(self.rooms.values().map(|(room, _)| RoomSummary::of(room, now)).collect())),
            Ask::Open { id, declaration } => match decide::open(&declaration, now) {
                Ok((at, events)) => {
                    let room = RoomId::of_year(2026, u32::try_from(self.rooms.len() + 1).expect("few rooms"));
                    self.rooms.insert(room.clone(), (Room::new(room.clone()), Vec::new()));
                    self.append(&room, id, at, now, &anna, events);
                    Ok(Answer::Opened { room })
                }
                Err(refusal) => Err(Failure::Refused(refusal)),
            },
            Ask::Attach { room, .. } => match self.rooms.get(&room) {
                Some((fold, records)) => Ok(Answer::Attached {
                    room: Box::new(fold.clone()),
                    records: records.clone(),
                    seen: self.seen.get(&room).copied().unwrap_or(0),
                    drafts: self.drafts.iter().filter(|draft| draft.room == room).cloned().collect(),
                    people: vec![Presence { who: anna, writing: None, read_only: false }],
                }),
                None => Err(Failure::NoSuchRoom(room)),
            },
            Ask::Do(request) => {
                let at = request.at.unwrap_or(now);
                let (room, kept) = self.rooms.get(&request.room).expect("a room");
                let target = request.intent.target().and_then(|seq| kept.iter().find(|record| record.seq == seq));
                let recorded = |n| kept.iter().find(|record| record.id == request.id.event(n)).cloned();
                let records: Vec<Record> = (0..).map_while(recorded).collect();
                if !records.is_empty() {
                    let is_repeat = decide::is_repeat(room, &request.intent, request.at, &records, target);
                    let answer = Answer::Recorded { records: records.clone() };
                    return (None, if is_repeat { Ok(answer) } else { Err(Failure::RecordedOtherwise { records }) });
                }
                let context = Context { now, at, zone: &Zone::UTC, by: &anna, target };
                match decide::decide(room, &request.intent, context) {
                    Ok(events) => {
                        let records = self.append(&request.room, request.id, at, now, &anna, events);
                        self.drafts.retain(|draft| Draft::intent_of(&draft.slot) != Some(request.id));
                        let said = HostMsg::Recorded { room: request.room, records: records.clone() };
                        return (Some(said), Ok(Answer::Recorded { records }));
                    }
                    Err(Refusal(why)) => Err(Failure::Refused(Refusal(why))),
                }
            }
            Ask::Page { room, page } => {
                let (fold, records) = &self.rooms[&room];
                let words = crate::config::lang::Words::new(page.lang, crate::domain::zone::Zone::UTC);
                let mut found: Vec<&Record> = records
                    .iter()
                    .filter(|record| {
                        timeline::entry(record, fold)
                            .is_some_and(|entry| page.filter.admits(&entry, &entry.said(&words)))
                    })
                    .collect();
                let place = |record: &&Record| Place { at: fold.happened_at(record), seq: record.seq };
                found.sort_by_key(place);
                match page.from {
                    PageFrom::Before(before) => found.retain(|record| place(record) < before),
                    PageFrom::After(after) => found.retain(|record| place(record) > after),
                    PageFrom::End | PageFrom::Start => {}
                }
                Ok(Answer::Page { records: found.into_iter().cloned().collect(), more: false })
            }
            Ask::KeepDraft { draft } => {
                self.drafts.retain(|kept| kept.slot != draft.slot);
                if !draft.text.is_empty() {
                    self.drafts.push(draft);
                }
                Ok(Answer::Done)
            }
            Ask::Seen { room, seq } => {
                self.seen.insert(room, seq);
                Ok(Answer::Done)
            }
            Ask::Writing { what, .. } => {
                self.told.push(what);
                Ok(Answer::Done)
            }
            Ask::Detach { room } => {
                self.left.push(room);
                Ok(Answer::Done)
            }
            Ask::TypeAs { name } => {
                self.me = Author { name, sure: Assurance::Claimed, ..anna };
                Ok(Answer::You(self.me.clone()))
            }
            _ => Ok(Answer::Done),
        };
        (None, answer)
    }
}

fn health(cannot_save: Option<Phrase>) -> HostMsg {
    HostMsg::Health(Health { cannot_save, remarks: Vec::new() })
}

fn disk_full() -> Phrase {
    Phrase::new("store-full").with("path", "/var/klock")
}
