//! Journals and indexes that are damaged, replaced, unreadable or redacted.

mod unreadable;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::hand::Hand;
use crate::world::{Run, World};

/// A world whose data directory is named, so that its log and spool are in it.
fn world() -> World {
    let mut world = World::new();
    let data = world.dir().join("data").display().to_string();
    world.set("KLOCK_DATA_DIR", &data);
    world
}

fn journal(world: &World, room: &str) -> PathBuf {
    world.data_dir().join("rooms").join(format!("{room}.jsonl"))
}

fn stop(world: &World) {
    world.klock(["host", "stop"]).ok();
}

fn without_index(world: &World) {
    fs::remove_dir_all(world.data_dir().join("index.sled")).expect("an index");
}

fn remarks(world: &World) -> Vec<String> {
    world.klock(["rooms"]);
    let status = world.klock(["host", "status", "--json"]).json();
    let remarks = status["health"]["remarks"].as_array().expect("remarks").iter();
    remarks.map(|remark| remark["key"].as_str().expect("a key").to_owned()).collect()
}

/// What `klock verify` says, and its exit code.
fn verify(world: &World) -> (String, Option<i32>) {
    let Run { code, out, .. } = world.klock(["verify"]);
    (out, code)
}

/// The words of all entries in `room`.
fn said(world: &World, room: &str) -> Vec<String> {
    let lines = world.klock(["timeline", "-r", room, "--json"]).ok();
    let text = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["text"].as_str().map(str::to_owned);
    lines.lines().filter_map(text).collect()
}

/// Files in the rooms' directory of which the name has `part`.
fn kept(world: &World, part: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(world.data_dir().join("rooms")).expect("the rooms");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains(part))).collect()
}

/// The files under `dir` in which `words` stand.
fn files_with(dir: &Path, words: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(files_with(&path, words));
        } else if fs::read(&path).is_ok_and(|bytes| bytes.windows(words.len()).any(|part| part == words.as_bytes())) {
            found.push(path);
        }
    }
    found
}

/// D1: the words of an entry go from the journal, the index, drafts and what a pipe keeps.
#[test]
fn redacted_words_stand_in_no_file_any_more() {
    const SECRET: &str = "XYZZY-secret";
    let world = world();
    let room = world.open("Redaction");
    world.klock(["log", &format!("call {SECRET} now")]).ok();
    world.klock(["entry", "amend", "4", &format!("call {SECRET} tomorrow")]).ok();
    let line = world.klock(["export", "--format", "jsonl"]).ok().lines().nth(3).expect("entry 4").to_owned();
    let id = serde_json::from_str::<Value>(&line).expect("JSON")["id"].as_str().expect("an id").to_owned();
    let spool = world.data_dir().join("log/spool");
    fs::create_dir_all(&spool).expect("a directory");
    let intent = format!(r#"{{"TakeNote":{{"kind":"note","text":{{"text":"call {SECRET} now"}},"facets":{{}}}}}}"#);
    let waiting = format!(
        "{{\"v\":1,\"to\":\"nowhere\",\"name\":\"Anna\"}}\n{{\"line\":1,\"request\":{{\"id\":\"{id}\",\"room\":\"{room}\",\"at\":null,\"intent\":{intent}}}}}\n"
    );
    fs::write(spool.join("left.spool"), &waiting).expect("written");
    assert_eq!(files_with(world.dir(), SECRET).len(), 2, "the journal, and the pipe's file");
    world.klock(["entry", "redact", "4", "--reason", "personal data"]).ok();
    assert_eq!(files_with(world.dir(), SECRET), [] as [PathBuf; 0]);
    assert_eq!(fs::read_to_string(spool.join("left.spool")).expect("read").len(), waiting.len());
    assert_eq!(verify(&world).1, Some(0));
    let again = world.klock(["entry", "redact", "4", "--reason", "once more"]).fails(1);
    assert!(again.contains("redacted already"), "{again}");
    stop(&world);
    assert_eq!(files_with(world.dir(), SECRET), [] as [PathBuf; 0], "the host that left wrote nothing of it");
    assert!(said(&world, &room).iter().all(|text| !text.contains(SECRET)));
}

/// D2: names, tags, owners and reasons are words like all others.
#[test]
fn what_was_typed_as_a_name_or_a_tag_goes_with_its_entry() {
    let world = world();
    world.open("Redaction");
    world.klock(["log", "ring @lotta.svensson 070-123 #patient-19121212"]).ok();
    world.klock(["action", "open", "@lotta.svensson rings back by 23:50"]).ok();
    world.klock(["action", "update", "1", "--owner", "lotta.svensson2"]).ok();
    for seq in ["4", "5", "6"] {
        world.klock(["entry", "redact", seq, "--reason", "it named lotta.svensson"]).ok();
    }
    for seq in ["7", "8", "9"] {
        world.klock(["entry", "redact", seq, "--reason", "a reason that named somebody"]).ok();
    }
    for format in ["json", "csv", "jsonl", "md"] {
        let text = world.klock(["export", "--format", format]).ok();
        assert!(!text.contains("lotta") && !text.contains("19121212"), "{format}: {text}");
    }
    assert!(!world.klock(["timeline", "--json"]).ok().contains("lotta"));
    assert!(!world.klock(["action", "list"]).ok().contains("lotta"));
    stop(&world);
    for words in ["lotta", "19121212"] {
        assert_eq!(files_with(world.dir(), words), [] as [PathBuf; 0], "{words}");
    }
    assert_eq!(verify(&world).1, Some(0));
}

/// D17: what was said in the opening stays on no screen.
#[test]
fn a_redacted_title_goes_from_the_screens_that_show_it() {
    let world = world();
    let room = world.klock(["open", "Mr Svensson is missing", "--customer", "Svensson family"]).ok().trim().to_owned();
    let mut anna = Hand::sit_down(&world, &["join", &room], (120, 40));
    anna.sees(&["Mr Svensson is missing", "Svensson family"]);
    world.klock(["entry", "redact", "1", "-r", &room, "--reason", "a name"]).ok();
    anna.terminal.wait_until("the title is gone", |screen| !screen.contains("Svensson") && screen.contains("redacted"));
    let rooms = world.klock(["rooms"]).ok();
    assert!(rooms.contains("[redacted]") && !rooms.contains("Svensson"), "{rooms}");
    assert_eq!(anna.leave(), 0);
    stop(&world);
    assert_eq!(files_with(&world.data_dir(), "Svensson"), [] as [PathBuf; 0]);
}

/// D7: a wrong `cp`.
#[test]
fn entries_of_a_journal_that_was_overwritten_by_another_rooms_are_kept_and_told_of() {
    let world = world();
    let (a, b) = (world.open("A"), world.open("B"));
    for number in 1..=3 {
        world.klock(["log", "-r", &a, &format!("A-{number}")]).ok();
        world.klock(["log", "-r", &b, &format!("B-{number}")]).ok();
    }
    stop(&world);
    let lost = fs::read_to_string(journal(&world, &a)).expect("read");
    fs::copy(journal(&world, &b), journal(&world, &a)).expect("copied");
    assert_eq!(remarks(&world), ["store-replaced-by"]);
    let (out, code) = verify(&world);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains(&format!("{a}.jsonl.aside-")) && out.contains(&format!("room {b}")), "{out}");
    let [aside] = &kept(&world, ".aside-")[..] else { panic!("one file is kept") };
    assert_eq!(fs::read_to_string(aside).expect("read"), lost, "every line of it");
    let name = aside.file_name().expect("a name").to_string_lossy().into_owned();
    let recovered = world.klock(["recover", &name]).ok();
    assert!((1..=3).all(|number| recovered.contains(&format!("A-{number} ["))), "{recovered}");
    // It is told of until it is dealt with, by every host.
    stop(&world);
    assert_eq!(remarks(&world), ["store-kept-aside"]);
    // With its own journal in place again all is as it was.
    stop(&world);
    fs::rename(aside, journal(&world, &a)).expect("moved");
    assert!(said(&world, &a).contains(&"A-3".to_owned()));
    let [aside] = &kept(&world, ".aside-")[..] else { panic!("what stood there meanwhile is kept as well") };
    fs::remove_file(aside).expect("removed");
    stop(&world);
    assert_eq!(verify(&world).1, Some(0));
}

/// D7: two machines wrote on, and were synchronised.
#[test]
fn a_fork_of_a_room_is_told_as_one() {
    let world = world();
    let room = world.open("C");
    world.klock(["log", "common"]).ok();
    stop(&world);
    let common = fs::read(journal(&world, &room)).expect("read");
    for text in ["mine-1", "mine-2"] {
        world.klock(["log", text]).ok();
    }
    stop(&world);
    // The other machine: the same room without what was written here.
    let mut other = World::new();
    other.set("KLOCK_DATA_DIR", &other.dir().join("data").display().to_string());
    other.open("to make the directories");
    stop(&other);
    fs::remove_dir_all(other.data_dir().join("index.sled")).expect("removed");
    fs::write(journal(&other, &room), common).expect("written");
    other.klock(["log", "-r", &room, "theirs-1"]).ok();
    stop(&other);
    fs::copy(journal(&other, &room), journal(&world, &room)).expect("copied");
    assert_eq!(remarks(&world), ["store-forked"]);
    assert_eq!(said(&world, &room)[3..], ["common", "theirs-1"]);
    let [aside] = &kept(&world, ".aside-")[..] else { panic!("one file is kept") };
    let name = aside.file_name().expect("a name").to_string_lossy().into_owned();
    let lines = world.klock(["recover", &name]).ok();
    assert!(lines.contains("mine-1 [") && lines.contains("mine-2 [") && !lines.contains("common"), "{lines}");
    world.klock_reading(["log", "-"], &lines).ok();
    assert!(said(&world, &room).iter().any(|text| text.starts_with("mine-2")), "they can be recorded again");
    assert_eq!(verify(&world).1, Some(1));
    fs::remove_file(aside).expect("removed");
    assert_eq!(verify(&world).1, Some(0), "it was dealt with");
}

/// D8: the last page is zero, and there is no index.
#[test]
fn bytes_that_are_cut_off_an_end_are_kept_and_never_called_unconfirmed() {
    let world = world();
    let room = world.open("Tail");
    let lines: String = (1..=30).map(|number| format!("entry {number}\n")).collect();
    world.klock_reading(["log", "-"], &lines).ok();
    stop(&world);
    without_index(&world);
    let mut bytes = fs::read(journal(&world, &room)).expect("read");
    let from = bytes.len() - 2500;
    bytes[from..].fill(0);
    fs::write(journal(&world, &room), &bytes).expect("written");
    let last = said(&world, &room).pop().expect("entries");
    assert!(last.starts_with("entry 2"), "{last}");
    let [cut] = &kept(&world, ".cut-")[..] else { panic!("the end is kept") };
    let whole = fs::read(journal(&world, &room)).expect("read");
    assert_eq!([whole, fs::read(cut).expect("read")].concat(), bytes, "not a byte is lost");
    let status = world.klock(["host", "status"]).ok();
    assert!(status.contains("may hold confirmed entries") && !status.contains("never confirmed"), "{status}");
    assert_eq!(verify(&world).1, Some(1));
    stop(&world);
    assert_eq!(remarks(&world), ["store-kept-cut"]);
    fs::remove_file(cut).expect("removed");
    stop(&world);
    assert_eq!((remarks(&world), verify(&world).1), (vec![], Some(0)));
}

/// D9: whatever is left of the first record, the room goes on.
#[test]
fn a_room_whose_first_record_is_damaged_goes_on_and_takes_notes() {
    type Hurt = fn(&mut Vec<u8>, usize);
    let hurts: [(&str, Hurt, &str); 5] = [
        ("a byte in the routine", |bytes, _| bytes[20_000] = b'X', "Card payments down"),
        ("a bit in the head", |bytes, _| bytes[60] ^= 1, "Card payments down"),
        ("the line is gone", |bytes, end| drop(bytes.drain(..=end)), "2026-001"),
        ("nothing but garbage", |bytes, end| bytes[..end].fill(0xff), "2026-001"),
        ("zeros at the beginning", |bytes, _| bytes[..4096].fill(0), "Card payments down"),
    ];
    for (what, hurt, title) in hurts {
        let world = world();
        let room = world.open("Card payments down");
        world.klock(["log", "a note"]).ok();
        stop(&world);
        without_index(&world);
        let mut bytes = fs::read(journal(&world, &room)).expect("read");
        let end = bytes.iter().position(|byte| *byte == b'\n').expect("a line");
        hurt(&mut bytes, end);
        fs::write(journal(&world, &room), bytes).expect("written");
        world.klock(["log", "-r", &room, "another note"]).ok();
        let status = world.status_of(&room);
        assert_eq!(status["title"], title, "{what}");
        assert_eq!(status["checklist"]["total"], 24, "{what}: the routine's points");
        let told = remarks(&world);
        assert!(told.contains(&"store-opening-recovered".to_owned()), "{what}: {told:?}");
        assert!(said(&world, &room).iter().any(|text| text == "a note"), "{what}");
        stop(&world);
        world.klock(["log", "-r", &room, "after another host"]).ok();
        let openings = said(&world, &room).iter().filter(|text| text.contains("lost to damage")).count();
        assert_eq!(openings, 1, "{what}: it is recovered once");
    }
}

/// D10: what is no file keeps nobody from the other rooms.
#[test]
fn one_odd_file_is_named_and_the_other_rooms_work() {
    let world = world();
    let rooms: Vec<String> = (0..4).map(|_| world.open("Odd")).collect();
    stop(&world);
    for room in &rooms[..3] {
        fs::remove_file(journal(&world, room)).expect("removed");
    }
    let fifo = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
    fifo(&journal(&world, &rooms[0]));
    symlink("/dev/zero", journal(&world, &rooms[1])).expect("a link");
    fs::create_dir(journal(&world, &rooms[2])).expect("a directory");
    for name in ["host.socket", "sharing", "reserve"] {
        let _ = fs::remove_file(world.data_dir().join(name));
        fifo(&world.data_dir().join(name));
    }
    fs::create_dir_all(world.config_dir().join("routines")).expect("a directory");
    for name in ["settings.toml", "contacts.toml", "routines/x.toml"] {
        fifo(&world.config_dir().join(name));
    }
    let began = Instant::now();
    world.klock(["log", "-r", &rooms[3], "in the other room"]).ok();
    assert!(began.elapsed() < Duration::from_secs(20), "nobody waits for a pipe without an end");
    for (room, what) in rooms[..3].iter().zip(["named pipe", "symbolic link", "directory"]) {
        let why = world.klock(["status", "-r", room]).fails(1);
        assert!(why.contains(what), "{why}");
    }
    let listed = world.klock(["rooms"]);
    assert_eq!(listed.code, Some(1));
    assert!(rooms.iter().all(|room| listed.out.contains(room)), "{}", listed.out);
    let (out, code) = verify(&world);
    assert_eq!((out.matches("ould not be checked").count(), code), (3, Some(1)), "{out}");
    // What can be read again is read again, without a new host.
    fs::remove_file(journal(&world, &rooms[0])).expect("removed");
    fs::copy(journal(&world, &rooms[3]), journal(&world, &rooms[0])).expect("copied");
    let deadline = Instant::now() + Duration::from_secs(20);
    while world.klock(["rooms"]).out.matches("cannot be read").count() == 3 {
        assert!(Instant::now() < deadline, "it is not looked at again");
    }
}

/// D18: one line that claims to stand far ahead.
#[test]
fn a_line_that_claims_a_far_place_is_left_out_and_told_of() {
    use sha2::{Digest, Sha256};
    let world = world();
    let (room, other) = (world.open("Crafted"), world.open("Other"));
    world.klock(["log", "-r", &room, "a note"]).ok();
    stop(&world);
    without_index(&world);
    let text = fs::read_to_string(journal(&world, &room)).expect("read");
    let last = text.lines().last().expect("a line");
    let far = last.split(",\"hash\":").next().expect("hashed").replace("\"seq\":4,", "\"seq\":9000000,");
    let hash: String = Sha256::digest(far.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(journal(&world, &room), format!("{text}{far},\"hash\":\"{hash}\"}}\n")).expect("written");
    let began = Instant::now();
    world.klock(["log", "-r", &other, "meanwhile"]).ok();
    world.klock(["log", "-r", &room, "goes on"]).ok();
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert!(remarks(&world).contains(&"store-left-out".to_owned()), "{:?}", remarks(&world));
    assert_eq!(said(&world, &room)[3..], ["a note", "goes on"]);
    assert_eq!(kept(&world, ".damaged-").len(), 1);
    assert!(fs::metadata(journal(&world, &room)).expect("known").len() < 1 << 20);
}

/// D22: a data directory that is open to all.
#[test]
fn a_data_directory_that_is_open_to_others_is_closed_and_that_is_told() {
    let world = world();
    let rooms = world.data_dir().join("rooms");
    fs::create_dir_all(&rooms).expect("made");
    for dir in [world.data_dir(), rooms.clone()] {
        fs::set_permissions(dir, fs::Permissions::from_mode(0o777)).expect("set");
    }
    world.open("Open to all");
    let mode = |path: &Path| fs::metadata(path).expect("known").permissions().mode() & 0o777;
    assert_eq!((mode(&world.data_dir()), mode(&rooms)), (0o700, 0o700));
    assert_eq!(remarks(&world), ["store-tightened", "store-tightened"]);
}

/// D22: of two lines in one place the one is right that the next goes on from.
#[test]
fn of_two_lines_in_one_place_the_chain_decides() {
    let world = world();
    let room = world.open("Doubled");
    for text in ["first", "second", "third"] {
        world.klock(["log", text]).ok();
    }
    stop(&world);
    without_index(&world);
    let text = fs::read_to_string(journal(&world, &room)).expect("read");
    // Another entry 5, of a history that went another way, stands before the right one.
    let mut other = World::new();
    other.set("KLOCK_DATA_DIR", &other.dir().join("data").display().to_string());
    other.open("to make the directories");
    stop(&other);
    fs::remove_dir_all(other.data_dir().join("index.sled")).expect("removed");
    let beginning: Vec<&str> = text.split_inclusive('\n').take(4).collect();
    fs::write(journal(&other, &room), beginning.concat()).expect("written");
    other.klock(["log", "-r", &room, "an intruder"]).ok();
    stop(&other);
    let intruder = fs::read_to_string(journal(&other, &room)).expect("read");
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    lines.insert(4, intruder.split_inclusive('\n').nth(4).expect("entry 5"));
    fs::write(journal(&world, &room), lines.concat()).expect("written");
    assert_eq!(said(&world, &room)[3..], ["first", "second", "third"]);
    assert_eq!(fs::read_to_string(journal(&world, &room)).expect("read"), text);
    assert!(remarks(&world).contains(&"store-left-out".to_owned()));
    assert_eq!(verify(&world).1, Some(0));
}

/// A journal that is all zeros, as after a power cut, and no index.
#[test]
fn a_room_of_which_nothing_can_be_read_is_named_until_what_is_kept_is_dealt_with() {
    let world = world();
    let (gone, sound) = (world.open("Zeros"), world.open("Sound"));
    stop(&world);
    without_index(&world);
    fs::write(journal(&world, &gone), [0; 20_000]).expect("written");
    for _ in 0..2 {
        let rooms = world.klock(["rooms"]);
        assert_eq!(rooms.code, Some(1), "{}", rooms.out);
        assert!(rooms.out.contains(&format!("Nothing can be read of room {gone}")), "{}", rooms.out);
        let (verified, code) = verify(&world);
        assert!(verified.contains(&format!("{gone}: Could not be checked")), "{verified}");
        assert!(verified.contains(&format!("{sound}: 3 records, every one sound")), "{verified}");
        assert_eq!(code, Some(1));
        let status = world.klock(["status", "-r", &gone]).fails(1);
        assert!(status.contains("Nothing can be read of room") && status.contains(".cut-"), "{status}");
        stop(&world);
    }
    assert_ne!(world.open("Another"), gone, "its number is taken");
    let [cut] = &kept(&world, ".cut-")[..] else { panic!("what it had is kept") };
    assert_eq!(fs::read(cut).expect("read"), [0; 20_000]);
    fs::remove_file(cut).expect("removed");
    let (verified, code) = verify(&world);
    assert_eq!(code, Some(0), "it was dealt with: {verified}");
    stop(&world);
    assert_eq!(world.klock(["rooms"]).code, Some(0));
}
