//! The host is killed again and again while people write: nothing that was acknowledged is lost, doubled or reordered.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use klockslag::domain::event::{Event, Facets, NoteKind};
use klockslag::domain::id::{IntentId, RoomId, Seq};
use klockslag::domain::intent::{Intent, Request};
use klockslag::wire::message::{Answer, Ask};

use super::world::World;

const ROUNDS: u64 = 200;
const WRITERS: u64 = 3;

/// What the writers were told: the place of each note, by its text.
type Acknowledged = Arc<Mutex<Vec<(String, Seq)>>>;

#[test]
fn nothing_acknowledged_is_lost_when_the_host_is_killed() {
    let world = World::new();
    let room: RoomId = world.open("Card payments down").parse().expect("an id");
    let acknowledged: Acknowledged = Arc::default();
    let attempts = Arc::new(AtomicU64::new(0));
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let client = world.client();
            let (room, acknowledged, attempts, stop) =
                (room.clone(), acknowledged.clone(), attempts.clone(), stop.clone());
            std::thread::spawn(move || write_until(writer, client, &room, &acknowledged, &attempts, &stop))
        })
        .collect();
    let mut pids = Vec::new();
    for round in 0..ROUNDS {
        let pid = world.host()["pid"].as_i64().and_then(|pid| i32::try_from(pid).ok());
        let pid = pid.and_then(rustix::process::Pid::from_raw).expect("a process id");
        let before = acknowledged.lock().expect("no writer panicked").len();
        // A round counts only under load: some notes were acknowledged by this host, and more are on their way.
        let wanted = before + 3 + usize::try_from(round % 7).expect("small");
        while acknowledged.lock().expect("no writer panicked").len() < wanted {
            assert!(!writers.iter().any(std::thread::JoinHandle::is_finished), "a writer gave up in round {round}");
            std::thread::yield_now();
        }
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("the host was there");
        pids.push(pid);
    }
    stop.store(true, Ordering::SeqCst);
    for writer in writers {
        writer.join().expect("the writer ends");
    }
    pids.dedup();
    assert_eq!(pids.len() as u64, ROUNDS, "every round killed a host of its own");

    let acknowledged = acknowledged.lock().expect("no writer panicked");
    let present = notes(&world, &room);
    let mut at: std::collections::HashMap<&str, Vec<Seq>> = std::collections::HashMap::new();
    for (seq, text) in &present {
        at.entry(text).or_default().push(*seq);
    }
    for (text, seq) in acknowledged.iter() {
        assert_eq!(at.get(text.as_str()), Some(&vec![*seq]), "“{text}” was acknowledged as {seq}");
    }
    assert!(present.len() as u64 <= attempts.load(Ordering::SeqCst), "no more notes than were attempted");
    assert!(present.windows(2).all(|pair| pair[0].0 < pair[1].0), "in order");
    world.klock(["verify", "-r", room.as_str()]).ok();
    println!("{ROUNDS} kills, {} notes acknowledged, {} present", acknowledged.len(), present.len());
}

fn write_until(
    writer: u64,
    mut client: klockslag::client::blocking::Client,
    room: &RoomId,
    acknowledged: &Acknowledged,
    attempts: &AtomicU64,
    stop: &AtomicBool,
) {
    let mut number = 0_u64;
    while !stop.load(Ordering::SeqCst) {
        number += 1;
        let text = format!("writer {writer} note {number}");
        let id = IntentId(ulid::Ulid::from_parts(1 + number, u128::from(writer) << 40));
        let intent = Intent::TakeNote { kind: NoteKind::Note, text: text.as_str().into(), facets: Facets::default() };
        let ask = Ask::Do(Box::new(Request { id, room: room.clone(), at: None, intent }));
        attempts.fetch_add(1, Ordering::SeqCst);
        match client.ask(ask).expect("a host is always found again") {
            Answer::Recorded { records } => {
                assert_eq!(records.len(), 1, "a note is one event");
                acknowledged.lock().expect("no writer panicked").push((text, records[0].seq));
            }
            other => panic!("not an acknowledgement: {other:?}"),
        }
    }
}

/// Every note of the room with its place.
fn notes(world: &World, room: &RoomId) -> Vec<(Seq, String)> {
    let mut client = world.client();
    let (mut all, mut from) = (Vec::new(), 1);
    loop {
        let ask = Ask::Records { room: room.clone(), from, limit: 1000 };
        let Answer::Records(records) = client.ask(ask).expect("the host answers") else { panic!("not records") };
        let Some(last) = records.last() else { return all };
        from = last.seq + 1;
        all.extend(records.iter().filter_map(|record| match &record.event {
            Event::NoteTaken { text, .. } => Some((record.seq, text.raw().to_owned())),
            _ => None,
        }));
    }
}
