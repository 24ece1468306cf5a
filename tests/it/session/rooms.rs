//! Several people in one room.

use klockslag::domain::event::Event;
use klockslag::domain::intent::Intent;
use klockslag::domain::phrase::Lang;
use klockslag::domain::time::Moment;
use klockslag::domain::timeline::Filter;
use klockslag::wire::message::{Answer, Ask, Draft, Page, PageFrom, Place};

use super::world::{NOON, World, notes};

#[test]
fn two_people_see_each_others_notes_and_each_other() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let (mut anna, mut olle) = (world.screen_in("Anna", &room), world.screen_in("Olle", &room));
    let ask = anna.ask(world.note(&room, "gateway restarted"));
    assert!(matches!(anna.answer(ask), Ok(Answer::Recorded { records }) if records.len() == 1));
    assert_eq!(anna.notes(), ["gateway restarted"], "what is answered has been told before");
    olle.ask(world.note(&room, "502 gone"));
    for screen in [&mut anna, &mut olle] {
        screen.wait_until("both notes", |screen| screen.notes() == ["gateway restarted", "502 gone"]);
        screen.wait_until("both people", |screen| screen.people == ["Anna", "Olle"]);
    }
    assert_eq!(anna.room, olle.room);
    let joined = |records: &[klockslag::domain::record::Record]| {
        records.iter().filter(|record| matches!(record.event, Event::Joined { .. })).count()
    };
    assert_eq!(joined(&world.records(&room)), 1, "Olle joined; Anna opened it");
    drop(olle);
    anna.wait_until("Olle's absence", |screen| screen.people == ["Anna"]);
    host.stop();
}

#[test]
fn the_lobby_lists_rooms_with_the_latest_first() {
    let world = World::new();
    let host = world.host();
    let first = world.open("Anna");
    let second = world.open("Anna");
    let rooms = match world.verb("Olle").ask(Ask::Rooms) {
        Ok(Answer::Rooms(rooms)) => rooms,
        other => panic!("{other:?}"),
    };
    assert_eq!(rooms.iter().map(|room| &room.id).collect::<Vec<_>>(), [&second, &first]);
    assert_eq!((first.as_str(), second.as_str()), ("2026-001", "2026-002"));
    assert!(rooms[0].next_clock.is_some());
    host.stop();
}

#[test]
fn words_that_are_redacted_leave_the_disk_with_their_later_wordings() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.verb("Anna");
    let Ok(Answer::Recorded { records }) = anna.ask(world.note(&room, "the key is sesame")) else { panic!("no note") };
    let target = records[0].seq;
    let amended = Intent::AmendEntry { target, text: "the key is open sesame".into(), at: None };
    assert!(anna.ask(world.request(&room, amended)).is_ok());
    let redact = world.request(&room, Intent::RedactEntry { target, reason: "a secret".into() });
    assert!(matches!(anna.ask(redact.clone()), Ok(Answer::Recorded { .. })));
    assert!(matches!(anna.ask(redact), Ok(Answer::Recorded { .. })), "twice is once");
    let Ok(Answer::Verified(found)) = anna.ask(Ask::Verify { room: room.clone() }) else { panic!("unverified") };
    assert_eq!(found.faults, []);
    host.stop();
    for entry in std::fs::read_dir(world.data_dir().join("rooms")).expect("listed") {
        let text = std::fs::read(entry.expect("listed").path()).expect("read");
        assert!(!String::from_utf8_lossy(&text).contains("sesame"));
    }
    let host = world.host();
    assert!(world.records(&room).iter().any(|record| record.seq == target), "its place is kept");
    host.stop();
}

#[test]
fn a_search_reads_as_the_reader_does_and_pages_meet() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let mut anna = world.verb("Anna");
    for n in 0..40 {
        let text = if n % 4 == 0 { format!("gateway {n}") } else { format!("other {n}") };
        assert!(anna.ask(world.note(&room, &text)).is_ok());
    }
    let mut ask = |from: PageFrom, text: &str, limit: usize| {
        let filter = Filter { text: text.into(), ..Filter::default() };
        let page = Page { from, limit, filter, lang: Lang::En };
        match anna.ask(Ask::Page { room: room.clone(), page }) {
            Ok(Answer::Page { records, more }) => (records, more),
            other => panic!("{other:?}"),
        }
    };
    let (latest, more) = ask(PageFrom::End, "GATEWAY", 4);
    assert_eq!(
        (notes(&latest), more),
        (["gateway 24", "gateway 28", "gateway 32", "gateway 36"].map(String::from).to_vec(), true)
    );
    let place = Place { at: latest[0].at, seq: latest[0].seq };
    let (earlier, more) = ask(PageFrom::Before(place), "gateway", 50);
    assert_eq!((notes(&earlier).len(), more), (6, false));
    let (later, _) = ask(PageFrom::After(place), "gateway", 2);
    assert_eq!(notes(&later), ["gateway 28", "gateway 32"]);
    let (first, _) = ask(PageFrom::Start, "", 1);
    assert!(matches!(first[0].event, Event::Opened { .. }));
    let (none, more) = ask(PageFrom::End, "no such words", 5);
    assert_eq!((none, more), (Vec::new(), false));
    host.stop();
}

#[test]
fn drafts_and_the_place_read_to_outlive_the_host_and_belong_to_one_person() {
    let world = World::new();
    let host = world.host();
    let room = world.open("Anna");
    let began_at = Moment::parse(NOON).expect("a time");
    let draft = |text: &str| Draft { room: room.clone(), slot: "entry".into(), began_at, text: text.into() };
    let mut anna = world.verb("Anna");
    assert!(matches!(anna.ask(Ask::KeepDraft { draft: draft("half a thou") }), Ok(Answer::Done)));
    assert!(matches!(anna.ask(Ask::Seen { room: room.clone(), seq: 3 }), Ok(Answer::Done)));
    host.stop();
    let host = world.host();
    let attached = |name: &str| match world.verb(name).ask(Ask::Attach { room: room.clone(), after: None, entries: 10 })
    {
        Ok(Answer::Attached { drafts, seen, .. }) => (drafts, seen),
        other => panic!("{other:?}"),
    };
    assert_eq!(attached("Anna"), (vec![draft("half a thou")], 3));
    assert_eq!(attached("Olle"), (Vec::new(), 0));
    let mut anna = world.verb("Anna");
    assert!(matches!(anna.ask(Ask::KeepDraft { draft: draft(" ") }), Ok(Answer::Done)));
    assert_eq!(attached("Anna"), (Vec::new(), 3));
    host.stop();
}

#[test]
fn a_demo_room_is_full_at_once_and_is_no_incident() {
    let world = World::new();
    let host = world.host();
    let mut anna = world.verb("Anna");
    let open = Ask::OpenDemo { id: world.id() };
    let Ok(Answer::Opened { room }) = anna.ask(open.clone()) else { panic!("not opened") };
    assert!(matches!(anna.ask(open), Ok(Answer::Opened { room: same }) if same == room), "twice is once");
    let Ok(Answer::Fold(fold)) = anna.ask(Ask::Fold { room }) else { panic!("no fold") };
    assert!(fold.demo && fold.entries > 30, "{} entries", fold.entries);
    let Ok(Answer::Host(status)) = anna.ask(Ask::HostStatus) else { panic!("no status") };
    assert_eq!(status.open_rooms, 0);
    host.stop();
}
