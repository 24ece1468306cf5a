//! The keeper by itself, round by round: who is served when, and what may hold up whom.

mod long;
mod many;
mod redacted;
mod unreadable;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;

use tempfile::TempDir;
use tokio::sync::Semaphore;

use super::*;
use crate::config::routine;
use crate::domain::event::{Event, Facets, NoteKind};
use crate::domain::id::{IntentId, RoomId};
use crate::domain::intent::{Declaration, Intent, Request};
use crate::domain::priority::Grade;
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::text::Text;
use crate::domain::zone::Zone;
use crate::host::door::Door;
use crate::host::held::preparer;
use crate::host::outbox::Outbox;
use crate::host::outbox::tests::Bucket;
use crate::host::passage::Rights;
use crate::host::reader::{Job, Languages, Step};
use crate::host::roster::ClientId;
use crate::host::round::MOST_EACH;
use crate::host::survey::Survey;
use crate::store::{self, FileStore, Opened, Preparation};
use crate::wire::frame;
use crate::wire::message::{Answer, Ask, Draft, Page, PageFrom};

/// How many notes of which length make a long room.
const LONG: usize = 300;
const LONG_NOTE: usize = 4 << 10;

/// A keeper without threads: what it lends to readers is kept until the test reads it.
struct House {
    keeper: Keeper,
    send: Sender<Order>,
    orders: Receiver<Order>,
    reads: Receiver<Job>,
    checks: Receiver<Job>,
    preparations: Receiver<Preparation>,
    surveys: Receiver<Survey>,
    permits: Arc<Semaphore>,
    ids: u64,
    dir: TempDir,
}

/// Somebody's end.
struct Guest {
    client: ClientId,
    told: Bucket,
    asked: u64,
}

impl House {
    fn new() -> Self {
        House::over(TempDir::new().expect("a directory"))
    }

    /// As after the keeper's death, with `hurt` done to the data directory.
    fn again(self, hurt: impl FnOnce(&Path)) -> Self {
        let House { keeper, dir, ids, .. } = self;
        drop(keeper);
        hurt(&dir.path().join("data"));
        House { ids, ..House::over(dir) }
    }

    fn over(dir: TempDir) -> Self {
        let file = dir.path().join("clock");
        std::fs::write(&file, "2026-11-21T12:00:00+01:00").expect("written");
        let clock = Clock::File { path: file, zone: Zone::UTC };
        let data_dir = dir.path().join("data");
        let options = store::StoreOptions {
            now: clock.now(),
            patience: Duration::ZERO,
            salts: Box::new(store::KernelSalts::default()),
            spools: Vec::new(),
        };
        let Opened { store, .. } = FileStore::open(&data_dir, options).expect("it opens");
        let (send, orders) = channel();
        let mut preparer = preparer(send.clone());
        let preparations = preparer.hold();
        let main = Door { path: dir.path().join("socket"), read_only: false, groups: Vec::new() };
        let mut keeper = Keeper::new(Parts {
            store: Box::new(store),
            orders: send.clone(),
            remarks: Vec::new(),
            clock,
            uid: 1000,
            version: "0.1.0".into(),
            data_dir,
            sockets: SocketWatch::default(),
            doors: Doors { main, reading: None, sharing: Default::default() },
            grace: Duration::from_secs(600),
            tick: Duration::from_secs(600),
            lang: Lang::En,
            preparer,
            desktop: None,
        })
        .expect("a keeper");
        let (reads, held_reads) = Reader::held(send.clone());
        let (checks, held_checks) = Reader::held(send.clone());
        (keeper.reads, keeper.checks) = (reads, checks);
        let surveys = keeper.surveys.worker.hold();
        House {
            keeper,
            send,
            orders,
            reads: held_reads,
            checks: held_checks,
            preparations,
            surveys,
            permits: Arc::new(Semaphore::new(100_000)),
            ids: 0,
            dir,
        }
    }

    fn guest(&mut self, client: ClientId, name: &str) -> Guest {
        self.come(client, name, false)
    }

    fn come(&mut self, client: ClientId, name: &str, screen: bool) -> Guest {
        let told = Bucket::with_room(usize::MAX);
        let outbox = Outbox::new(told.clone());
        let who = Author { uid: 1000, name: name.into(), sure: Assurance::Claimed };
        self.send.send(Order::Came { client, who, screen, rights: Rights::default(), outbox }).expect("kept");
        Guest { client, told, asked: 0 }
    }

    fn ask(&mut self, guest: &mut Guest, what: Ask) -> u64 {
        guest.asked += 1;
        let permit = Arc::clone(&self.permits).try_acquire_owned().expect("enough of them");
        self.send.send(Order::Asked { client: guest.client, ask: guest.asked, what, permit }).expect("kept");
        guest.asked
    }

    fn id(&mut self) -> IntentId {
        self.ids += 1;
        IntentId(ulid::Ulid::from_parts(1_763_722_800_000, u128::from(self.ids) << 16))
    }

    fn note(&mut self, guest: &mut Guest, room: &RoomId, text: &str) -> u64 {
        let intent = Intent::TakeNote { kind: NoteKind::Note, text: text.into(), facets: Facets::default() };
        let request = Request { id: self.id(), room: room.clone(), at: None, intent };
        self.ask(guest, Ask::Do(Box::new(request)))
    }

    fn round(&mut self) {
        self.keeper.take_in(&self.orders);
        self.keeper.go_round();
        self.keeper.settle();
    }

    /// Does the preparations that the keeper has given away.
    fn prepare(&mut self) -> usize {
        let prepared: Vec<Order> =
            self.preparations.try_iter().map(|given| Order::Prepared(Box::new(given.run()))).collect();
        let count = prepared.len();
        prepared.into_iter().for_each(|order| self.send.send(order).expect("kept"));
        // One to take them in, one for what waited.
        self.round();
        self.round();
        count
    }

    /// Does the portion of a survey that the keeper has given away; how many there were.
    fn survey(&mut self) -> usize {
        let surveyed: Vec<Order> = self.surveys.try_iter().map(Survey::run).collect();
        let count = surveyed.len();
        surveyed.into_iter().for_each(|order| self.send.send(order).expect("kept"));
        self.round();
        count
    }

    /// A room so long that nobody should wait for its index.
    fn open_long(&mut self, guest: &mut Guest) -> RoomId {
        let room = self.open(guest);
        for n in 0..LONG {
            self.note(guest, &room, &format!("{n} {}", "x".repeat(LONG_NOTE)));
            if n % MOST_EACH == 0 {
                self.round();
            }
        }
        self.round();
        assert_eq!(recorded(&guest.answers()).len(), LONG);
        room
    }

    fn open(&mut self, guest: &mut Guest) -> RoomId {
        let declaration = Declaration {
            title: "Card payments down".into(),
            customer: Text::default(),
            urgency: Grade::HIGHEST,
            impact: Grade::HIGHEST,
            agreed_with: Text::default(),
            classified_by: None,
            began_at: None,
            declared_at: None,
            routine: Box::new(routine::builtin()[0].clone()),
            activate: None,
            activation_reason: Text::default(),
            lead: Text::default(),
            demo: false,
        };
        let id = self.id();
        let asked = self.ask(guest, Ask::Open { id, declaration: Box::new(declaration) });
        self.round();
        match guest.answers().pop() {
            Some((ask, Ok(Answer::Opened { room }))) if ask == asked => room,
            other => panic!("not opened: {other:?}"),
        }
    }
}

impl Guest {
    /// What was said since this was last asked.
    fn heard(&mut self) -> Vec<HostMsg> {
        let told = self.told.empty();
        let mut told = told.as_slice();
        std::iter::from_fn(|| frame::read(&mut told).expect("a message")).collect()
    }

    /// What was answered since this was last asked.
    fn answers(&mut self) -> Vec<(u64, Result<Answer, Failure>)> {
        let answer = |said| match said {
            HostMsg::Answer { ask, answer } => Some((ask, *answer)),
            _ => None,
        };
        self.heard().into_iter().filter_map(answer).collect()
    }
}

fn recorded(answers: &[(u64, Result<Answer, Failure>)]) -> Vec<&Record> {
    let records = answers.iter().filter_map(|(_, answer)| match answer {
        Ok(Answer::Recorded { records }) => Some(records),
        _ => None,
    });
    records.flatten().collect()
}

#[test]
fn a_flood_of_one_client_waits_behind_itself() {
    let mut house = House::new();
    let (mut anna, mut flood) = (house.guest(1, "Anna"), house.guest(2, "Flood"));
    let room = house.open(&mut anna);
    for n in 0..1000 {
        house.note(&mut flood, &room, &format!("{n}"));
    }
    house.note(&mut anna, &room, "the one that matters");
    house.round();
    assert_eq!(recorded(&anna.answers()).len(), 1, "in the first round, whatever came before it");
    let flooded = recorded(&flood.answers()).len();
    assert!((1..=MOST_EACH).contains(&flooded), "{flooded} of the flood in one round");
    for _ in 0..1000_usize.div_ceil(MOST_EACH) {
        house.round();
    }
    assert_eq!(recorded(&flood.answers()).len(), 1000 - flooded, "and none of it is lost");
}

#[test]
fn checks_and_searches_hold_up_nobody_who_writes() {
    let mut house = House::new();
    let (mut anna, mut olle) = (house.guest(1, "Anna"), house.guest(2, "Olle"));
    let room = house.open(&mut anna);
    house.note(&mut anna, &room, "before");
    let page = Page { from: PageFrom::End, limit: 5, filter: Default::default(), lang: Lang::En };
    for what in [
        Ask::Verify { room: room.clone() },
        Ask::Page { room: room.clone(), page },
        Ask::Lines { room: room.clone(), from: 1, limit: 100 },
        Ask::Fold { room: room.clone() },
    ] {
        house.ask(&mut olle, what);
    }
    house.round();
    anna.answers();
    // None of the four has been read yet, and writing goes on.
    house.note(&mut anna, &room, "pool 4711 restarted");
    house.round();
    assert_eq!(recorded(&anna.answers()).len(), 1);
    assert!(olle.answers().is_empty());
    let mut words = Languages::new(Zone::UTC);
    let jobs: Vec<Job> = house.checks.try_iter().chain(house.reads.try_iter()).collect();
    assert_eq!(jobs.len(), 4);
    for mut job in jobs {
        loop {
            match job.go_on(&mut words) {
                Step::Done => break,
                Step::Going(more) => job = more,
                Step::Return(returned) => {
                    house.send.send(Order::Returned(Box::new(returned))).expect("kept");
                    break;
                }
            }
        }
    }
    house.round();
    let answers = olle.answers();
    assert_eq!(answers.len(), 4);
    let seen = |records: &[Record]| {
        let text = |record: &Record| matches!(&record.event, Event::NoteTaken { text, .. } if text.raw() == "pool 4711 restarted");
        records.iter().any(text)
    };
    for (_, answer) in answers {
        match answer.expect("answered") {
            Answer::Verified(found) => assert_eq!(found.faults, [], "what was written meanwhile is no fault"),
            Answer::Page { records, .. } => assert!(!seen(&records), "the room as it was when it was asked for"),
            Answer::Lines(lines) => {
                assert!(!lines.is_empty() && lines.iter().all(|line| !line.contains("pool 4711 restarted")))
            }
            Answer::Fold(fold) => assert_eq!(fold.id, room),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn who_asks_in_the_round_they_came_in_is_known_by_name() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let room = house.open(&mut anna);
    let mut olle = house.guest(2, "Olle");
    house.note(&mut olle, &room, "as Olle");
    house.ask(&mut olle, Ask::TypeAs { name: "Eva".into() });
    house.note(&mut olle, &room, "as Eva");
    house.round();
    let answers = olle.answers();
    let names: Vec<&str> = recorded(&answers).iter().map(|record| record.by.name.as_str()).collect();
    assert_eq!(names, ["Olle", "Eva"]);
}

#[test]
fn a_room_that_is_out_of_step_fails_nobody_else_and_is_read_again() {
    let mut house = House::new();
    let (mut anna, mut olle) = (house.guest(1, "Anna"), house.guest(2, "Olle"));
    let (broken, sound) = (house.open(&mut anna), house.open(&mut anna));
    house.keeper.shelf.put_out_of_step(&broken);
    house.note(&mut anna, &broken, "here");
    house.note(&mut olle, &sound, "there");
    house.round();
    assert_eq!(recorded(&olle.answers()).len(), 1);
    assert_eq!(recorded(&anna.answers()).len(), 1, "read again and decided again");
    assert_eq!(house.keeper.health.cannot_save, None, "the disk is well");
    let draft = Draft { room: broken, slot: "entry".into(), began_at: house.keeper.started_at, text: "kept".into() };
    house.ask(&mut anna, Ask::KeepDraft { draft });
    house.round();
    assert!(matches!(anna.answers()[..], [(_, Ok(Answer::Done))]));
}

#[test]
fn what_is_typed_on_one_screen_is_offered_to_no_other_of_the_same_name_until_it_is_let_go() {
    let mut house = House::new();
    let mut first = house.come(1, "Anna", true);
    let room = house.open(&mut first);
    first.answers();
    let began_at = house.keeper.started_at;
    let draft = Draft { room: room.clone(), slot: "entry".into(), began_at, text: "half a thought".into() };
    house.ask(&mut first, Ask::KeepDraft { draft });
    let mut second = house.come(2, "Anna", true);
    let mut third = house.come(3, "Anna", true);
    assert_eq!(offered(&mut house, &mut second, &room), 0, "it is being typed");
    house.send.send(Order::Left { client: 1 }).expect("kept");
    assert_eq!(offered(&mut house, &mut second, &room), 1, "whoever typed it is gone");
    assert_eq!(offered(&mut house, &mut third, &room), 0, "the first that finds it has it");
    assert_eq!(offered(&mut house, &mut second, &room), 1, "to have it is no reason to lose it");
    house.ask(&mut second, Ask::Detach { room: room.clone() });
    assert_eq!(offered(&mut house, &mut third, &room), 1, "what stays behind in a room is found there");
}

fn offered(house: &mut House, guest: &mut Guest, room: &RoomId) -> usize {
    house.ask(guest, Ask::Attach { room: room.clone(), after: None, entries: 1 });
    house.round();
    let answers = guest.answers();
    let Some((_, Ok(Answer::Attached { drafts, .. }))) = answers.last() else { panic!("{answers:?}") };
    drafts.len()
}

#[test]
fn a_new_room_is_sent_with_its_routine_once() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let room = house.open(&mut anna);
    house.ask(&mut anna, Ask::Attach { room: room.clone(), after: None, entries: 50 });
    house.ask(&mut anna, Ask::Records { room, from: 1, limit: 1 });
    house.round();
    let answers = anna.answers();
    let [(_, Ok(Answer::Attached { room, records, .. }))] = &answers[..] else { panic!("{answers:?}") };
    let routine = room.routine.as_ref().expect("the routine");
    assert_eq!(**routine, routine::builtin()[0]);
    let [Record { event: Event::Opened { title, routine: again, .. }, .. }, ..] = &records[..] else {
        panic!("{records:?}")
    };
    assert_eq!((title, &again.title), (&room.title, &routine.title));
    let once = serde_json::to_string(routine).expect("written").len();
    let rest = serde_json::to_string(records).expect("written").len();
    assert!(rest < once / 3, "{rest} bytes of records beside {once} of the routine");
    let job = house.reads.try_recv().expect("the stored record is read elsewhere");
    assert!(matches!(job.go_on(&mut Languages::new(Zone::UTC)), Step::Done));
    let answers = anna.answers();
    let [(_, Ok(Answer::Records(stored)))] = &answers[..] else { panic!("{answers:?}") };
    assert!(matches!(&stored[0].event, Event::Opened { routine: whole, .. } if whole == routine), "as it was written");
}

#[test]
fn nothing_is_kept_for_a_room_that_there_is_not() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let room = RoomId::of_year(1999, 7);
    let began_at = house.keeper.started_at;
    let draft = Draft { room: room.clone(), slot: "entry".into(), began_at, text: "x".into() };
    house.ask(&mut anna, Ask::KeepDraft { draft });
    house.ask(&mut anna, Ask::Seen { room: room.clone(), seq: 3 });
    house.round();
    let answers = anna.answers();
    assert!(answers.iter().all(|(_, answer)| *answer == Err(Failure::NoSuchRoom(room.clone()))), "{answers:?}");
    assert_eq!(answers.len(), 2);
    assert_eq!(house.keeper.store.drafts(&room, "1000/Anna"), []);
    assert_eq!(house.keeper.store.seen(&room, "1000/Anna"), 0);
}
