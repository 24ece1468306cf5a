//! Long rooms beside short ones: what takes seconds in one makes nobody wait in another.

use super::*;

fn without_index(data: &Path) {
    std::fs::remove_dir_all(data.join("index.sled")).expect("an index");
}

#[test]
fn a_long_room_whose_index_is_gone_keeps_only_those_waiting_who_ask_for_it() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let (long, short) = (house.open_long(&mut anna), house.open(&mut anna));
    let mut house = house.again(without_index);
    let (mut anna, mut olle, mut eva) = (house.guest(1, "Anna"), house.guest(2, "Olle"), house.guest(3, "Eva"));
    house.note(&mut anna, &short, "goes on");
    let attached = house.ask(&mut olle, Ask::Attach { room: long.clone(), after: None, entries: 5 });
    let noted = house.note(&mut olle, &long, "waits");
    house.ask(&mut eva, Ask::OpenRooms);
    house.round();
    assert_eq!(recorded(&anna.answers()).len(), 1, "other rooms go on");
    house.open(&mut anna);
    assert!(olle.answers().is_empty() && eva.answers().is_empty(), "they wait");
    let began_at = house.writer.processor.host.started_at;
    let draft = Draft { room: long.clone(), slot: "entry".into(), began_at, text: "meanwhile".into() };
    house.ask(&mut olle, Ask::KeepDraft { draft });
    house.round();
    assert!(matches!(olle.answers()[..], [(_, Ok(Answer::Done))]), "what is typed is kept all the same");

    assert_eq!(house.prepare(), 1, "once, however many ask");
    let answers = olle.answers();
    let mut asked: Vec<u64> = answers.iter().map(|(ask, _)| *ask).collect();
    asked.sort_unstable();
    assert_eq!(asked, [attached, noted]);
    assert_eq!(recorded(&answers).len(), 1);
    let [(_, Ok(Answer::Rooms(rooms)))] = &eva.answers()[..] else { panic!("no rooms") };
    assert_eq!(rooms.len(), 3);
    assert_eq!(house.prepare(), 0);
}

#[test]
fn an_index_that_is_in_doubt_is_made_anew_while_others_write() {
    let mut house = House::new();
    let (mut anna, mut olle) = (house.guest(1, "Anna"), house.guest(2, "Olle"));
    let (long, short) = (house.open_long(&mut anna), house.open(&mut anna));
    house.writer.processor.ledger.store.file_store().put_index_in_doubt();
    let noted = house.note(&mut anna, &long, "once");
    house.note(&mut olle, &short, "meanwhile");
    house.round();
    assert_eq!(recorded(&olle.answers()).len(), 1);
    assert!(anna.answers().is_empty());
    assert_eq!(house.prepare(), 1);
    let answers = anna.answers();
    assert!(matches!(&answers[..], [(ask, Ok(_))] if *ask == noted), "{answers:?}");
    assert_eq!(recorded(&answers).len(), 1);
    assert_eq!(house.writer.processor.ledger.store.file_store().verify(&long).expect("verified").faults, []);
}

#[test]
fn who_somebody_is_stays_until_what_they_asked_before_is_done() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let (long, short) = (house.open_long(&mut anna), house.open(&mut anna));
    house.writer.processor.ledger.store.file_store().put_index_in_doubt();
    house.note(&mut anna, &long, "as Anna");
    house.ask(&mut anna, Ask::TypeAs { name: "Eva".into() });
    house.note(&mut anna, &short, "as Eva");
    house.send.send(WriterCommand::Left { client: 1 }).expect("kept");
    house.round();
    assert!(anna.answers().is_empty());
    house.prepare();
    house.round();
    let answers = anna.answers();
    let names: Vec<&str> = recorded(&answers).iter().map(|record| record.by.name.as_str()).collect();
    assert_eq!(names, ["Anna", "Eva"]);
    assert!(house.writer.processor.ledger.clients.is_empty());
}

#[test]
fn words_that_are_to_go_from_a_long_room_go_and_its_people_come_back() {
    let mut house = House::new();
    let (mut anna, mut olle) = (house.guest(1, "Anna"), house.guest(2, "Olle"));
    let (long, short) = (house.open_long(&mut anna), house.open(&mut anna));
    house.note(&mut anna, &long, "hunter2");
    house.round();
    let target = recorded(&anna.answers())[0].seq;
    let intent = Intent::RedactEntry { target, reason: "a password".into() };
    let request = Request { id: house.id(), room: long.clone(), at: None, intent };
    house.ask(&mut anna, Ask::Do(Box::new(request)));
    house.note(&mut olle, &short, "meanwhile");
    house.round();
    assert_eq!(recorded(&olle.answers()).len(), 1);
    house.note(&mut anna, &long, "after");
    house.round();
    assert!(anna.answers().is_empty(), "nobody is told before the words are gone");
    house.prepare();
    assert_eq!(recorded(&anna.answers()).len(), 2);
    let is_renewed = |said: &HostMsg| matches!(said, HostMsg::Renewed { room } if *room == long);
    assert!(olle.heard().iter().any(is_renewed), "whoever has the list of the rooms gets it again");
    let journal = house.dir.path().join(format!("data/rooms/{long}.jsonl"));
    assert!(!std::fs::read_to_string(journal).expect("a journal").contains("hunter2"));
    house.ask(&mut olle, Ask::OpenRooms);
    house.round();
    assert!(matches!(&olle.answers()[..], [(_, Ok(Answer::Rooms(rooms)))] if rooms.len() == 2));
}

/// A room that was closed for long is used before it is closed again, whatever is to be redacted there.
#[test]
fn a_redaction_that_is_put_off_waits_alone() {
    let mut house = House::new();
    let (mut anna, mut olle) = (house.guest(1, "Anna"), house.guest(2, "Olle"));
    let room = house.open_long(&mut anna);
    house.note(&mut anna, &room, "hunter2");
    house.round();
    let target = recorded(&anna.answers())[0].seq;
    let soon = std::time::Instant::now() + Duration::from_secs(3600);
    house.writer.processor.ledger.store.file_store().put_redactions_off(&room, Some(soon));
    let intent = Intent::RedactEntry { target, reason: "a password".into() };
    let request = Request { id: house.id(), room: room.clone(), at: None, intent };
    house.ask(&mut anna, Ask::Do(Box::new(request)));
    house.round();
    house.note(&mut olle, &room, "meanwhile");
    house.round();
    house.tick();
    assert_eq!(recorded(&olle.answers()).len(), 1, "the room can be used");
    assert!(anna.answers().is_empty() && house.prepare() == 0);
    house.writer.processor.ledger.store.file_store().put_redactions_off(&room, None);
    house.tick();
    assert_eq!(house.prepare(), 1);
    house.round();
    assert_eq!(recorded(&anna.answers()).len(), 1);
    let journal = house.dir.path().join(format!("data/rooms/{room}.jsonl"));
    assert!(!std::fs::read_to_string(journal).expect("a journal").contains("hunter2"));
}

#[test]
fn damage_in_the_middle_of_a_long_journal_is_put_right_though_nobody_reads_there() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let room = house.open_long(&mut anna);
    let journal = format!("rooms/{room}.jsonl");
    let mut sound = Vec::new();
    let mut house = house.again(|data| {
        sound = std::fs::read(data.join(&journal)).expect("a journal");
        let mut bytes = sound.clone();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(data.join(&journal), bytes).expect("written");
    });
    house.tick();
    let portions = std::iter::from_fn(|| Some(house.scrub())).take_while(|count| *count > 0).count();
    assert!(portions >= 2, "in {portions}");
    assert_eq!(house.prepare(), 1);
    let keys: Vec<&str> =
        house.writer.processor.ledger.health.current().remarks.iter().map(|remark| &*remark.key).collect();
    assert_eq!(keys, ["store-mended"]);
    assert!(std::fs::read(house.dir.path().join("data").join(&journal)).expect("a journal") == sound);
    house.tick();
    assert_eq!(house.scrub(), 0, "once is enough");
}

#[test]
fn a_survey_lets_those_who_write_go_first() {
    let mut house = House::new();
    let mut anna = house.guest(1, "Anna");
    let room = house.open_long(&mut anna);
    house.tick();
    house.note(&mut anna, &room, "first");
    house.round();
    assert_eq!(house.scrub(), 1);
    assert_eq!(house.scrub(), 0, "it waits for the next look at the clocks");
    house.tick();
    while house.scrub() > 0 {}
    assert_eq!(house.prepare(), 0, "what was written meanwhile is no fault");
    assert_eq!(house.writer.processor.ledger.health.current().remarks, []);
}
