//! The writer by itself, round by round: who is served when, and what may hold up whom.

mod drafts;
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
use crate::domain::intent::{Intent, Request};
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::zone::Zone;
use crate::host::background::pages::{Languages, PageReader, ReadJob, ReadStep};
use crate::host::background::prepare::preparer;
use crate::host::background::scrub::Scrub;
use crate::host::clients::{Access, ClientId};
use crate::host::endpoint::Endpoint;
use crate::host::send_queue::SendQueue;
use crate::host::send_queue::tests::Bucket;
use crate::host::writer::fixture::declaration;
use crate::host::writer::inbox::{MOST_EACH, MOST_READ_AGAIN};
use crate::store::{self, FileStore, Opened};
use crate::wire::frame;
use crate::wire::message::{Answer, Ask, Draft, Failure, Page, PageFrom};

/// How many notes of which length make a long room.
const LONG: usize = 300;
const LONG_NOTE: usize = 4 << 10;

/// A writer without threads: what it lends to readers is kept until the test reads it.
struct House {
    writer: Writer,
    send: Sender<WriterCommand>,
    commands: Receiver<WriterCommand>,
    pages: Receiver<ReadJob>,
    checks: Receiver<ReadJob>,
    preparations: Receiver<Preparation>,
    scrubs: Receiver<Scrub>,
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

    /// Returns as after the writer's death, with `hurt` done to the data directory.
    fn again(self, hurt: impl FnOnce(&Path)) -> Self {
        let House { writer, dir, ids, .. } = self;
        drop(writer);
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
        let (send, commands) = channel();
        let mut preparer = preparer(send.clone());
        let preparations = preparer.run_by_hand();
        let main = Endpoint { path: dir.path().join("socket"), read_only: false, groups: Vec::new() };
        let mut writer = Writer::new(WriterParts {
            store: Box::new(store),
            commands: send.clone(),
            notices: Vec::new(),
            clock,
            uid: 1000,
            version: "0.1.0".into(),
            data_dir,
            sockets: SocketWatch::default(),
            endpoints: Endpoints { main, reading: None, sharing: Default::default() },
            grace: Duration::from_secs(600),
            tick: Duration::from_secs(600),
            lang: Lang::En,
            preparer,
            desktop: None,
        })
        .expect("a writer");
        let (pages, pages_to_do) = PageReader::by_hand(send.clone());
        let (checks, checks_to_do) = PageReader::by_hand(send.clone());
        writer.processor.lending = Lending::by_hand(pages, checks);
        let scrubs = writer.processor.scrubs.run_by_hand();
        House {
            writer,
            send,
            commands,
            pages: pages_to_do,
            checks: checks_to_do,
            preparations,
            scrubs,
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
        let send_queue = SendQueue::new(told.clone());
        let who = Author { uid: 1000, name: name.into(), sure: Assurance::Claimed };
        self.send.send(WriterCommand::Came { client, who, screen, access: Access::Full, send_queue }).expect("kept");
        Guest { client, told, asked: 0 }
    }

    fn ask(&mut self, guest: &mut Guest, what: Ask) -> u64 {
        guest.asked += 1;
        let permit = Arc::clone(&self.permits).try_acquire_owned().expect("enough of them");
        self.send.send(WriterCommand::Asked { client: guest.client, ask: guest.asked, what, permit }).expect("kept");
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

    fn tick(&mut self) {
        let now = self.writer.check_clock();
        self.writer.tick(now);
    }

    fn round(&mut self) {
        self.writer.receive_waiting(&self.commands);
        let now = self.writer.check_clock();
        self.writer.processor.run_cycle(now);
        self.writer.processor.ledger.settle();
    }

    /// Does the preparations that the writer has given away.
    fn prepare(&mut self) -> usize {
        let prepared: Vec<WriterCommand> =
            self.preparations.try_iter().map(|given| WriterCommand::Prepared(Box::new(given.run()))).collect();
        let count = prepared.len();
        prepared.into_iter().for_each(|command| self.send.send(command).expect("kept"));
        // One to take them in, one for what waited.
        self.round();
        self.round();
        count
    }

    /// Does the portion of a survey that the writer has given away; how many there were.
    fn scrub(&mut self) -> usize {
        let scrubbed: Vec<WriterCommand> = self.scrubs.try_iter().map(|scrub| scrub.run().into()).collect();
        let count = scrubbed.len();
        scrubbed.into_iter().for_each(|command| self.send.send(command).expect("kept"));
        self.round();
        count
    }

    /// Returns a room so long that nobody should wait for its index.
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
        let declaration = declaration();
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
    /// Returns what was said since this was last asked.
    fn heard(&mut self) -> Vec<HostMsg> {
        let told = self.told.empty();
        let mut told = told.as_slice();
        std::iter::from_fn(|| frame::read(&mut told).expect("a message")).collect()
    }

    /// Returns what was answered since this was last asked.
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
    let jobs: Vec<ReadJob> = house.checks.try_iter().chain(house.pages.try_iter()).collect();
    assert_eq!(jobs.len(), 4);
    for mut job in jobs {
        loop {
            match job.read_slice(&mut words) {
                ReadStep::Done => break,
                ReadStep::Going(more) => job = more,
                ReadStep::Return(returned) => {
                    house.send.send(WriterCommand::ReturnedJob(Box::new(returned))).expect("kept");
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
    house.writer.processor.ledger.rooms.put_out_of_step(&broken);
    house.note(&mut anna, &broken, "here");
    house.note(&mut olle, &sound, "there");
    house.round();
    assert_eq!(recorded(&olle.answers()).len(), 1);
    assert_eq!(recorded(&anna.answers()).len(), 1, "read again and decided again");
    assert_eq!(house.writer.processor.ledger.health.current().cannot_save, None, "the disk is well");
    let draft = Draft {
        room: broken,
        slot: "entry".into(),
        began_at: house.writer.processor.host.started_at,
        text: "kept".into(),
    };
    house.ask(&mut anna, Ask::KeepDraft { draft });
    house.round();
    assert!(matches!(anna.answers()[..], [(_, Ok(Answer::Done))]));
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
    let job = house.pages.try_recv().expect("the stored record is read elsewhere");
    assert!(matches!(job.read_slice(&mut Languages::new(Zone::UTC)), ReadStep::Done));
    let answers = anna.answers();
    let [(_, Ok(Answer::Records(stored)))] = &answers[..] else { panic!("{answers:?}") };
    assert!(matches!(&stored[0].event, Event::Opened { routine: whole, .. } if whole == routine), "as it was written");
}

#[test]
fn a_client_that_comes_back_is_sent_what_it_missed_before_its_own_record() {
    let mut house = House::new();
    let (mut anna, mut olle) = (house.guest(1, "Anna"), house.guest(2, "Olle"));
    let room = house.open(&mut anna);
    let last = house.writer.processor.ledger.rooms.get(&room).expect("in memory").room.seq;
    house.note(&mut anna, &room, "meanwhile");
    house.round();
    house.ask(&mut olle, Ask::Attach { room: room.clone(), after: Some(last), entries: 5 });
    let own = house.note(&mut olle, &room, "sent again");
    house.round();
    let answers = olle.answers();
    let [(_, Ok(Answer::Resumed { records, .. })), (answered, Ok(Answer::Recorded { records: own_records }))] =
        &answers[..]
    else {
        panic!("{answers:?}")
    };
    assert_eq!(*answered, own);
    assert_eq!(records.iter().map(|record| record.seq).collect::<Vec<_>>(), [last + 1, last + 2]);
    assert_eq!(own_records[0].seq, last + 2);
    // From now on it is in the room: its own record is its answer, and the others hear of it.
    house.ask(&mut anna, Ask::Attach { room: room.clone(), after: Some(last + 2), entries: 5 });
    house.round();
    anna.heard();
    house.note(&mut olle, &room, "once");
    house.round();
    let heard = olle.heard();
    assert!(matches!(&heard[..], [HostMsg::Answer { .. }]), "{heard:?}");
    assert!(matches!(&anna.heard()[..], [HostMsg::Recorded { records, .. }] if records[0].seq == last + 3));
}
