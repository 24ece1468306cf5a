//! Rooms, and data directories, that may not be read.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{journal, stop, world};
use crate::person::Person;
use crate::world::World;

const PERSON: u32 = 65_529;

/// A world of which the directories belong to that user.
fn world_of(person: u32) -> World {
    let world = world();
    for dir in [world.dir().to_owned(), world.dir().join("home"), world.dir().join("run")] {
        give(&dir, person);
    }
    world
}

fn give(path: &Path, user: u32) {
    chown(path, Some(user), Some(user)).expect("its owner; run it as root");
}

/// Case 16: one journal belongs to somebody else.
#[test]
fn a_room_that_may_not_be_read_is_named_by_every_verb() {
    let world = world_of(PERSON);
    let person = Person { world: &world, uid: PERSON };
    person.klock(["open", "One"]).ok();
    person.klock(["open", "Two"]).ok();
    person.klock(["host", "stop"]).ok();
    give(&journal(&world, "2026-002"), 0);
    let rooms = person.klock(["rooms"]);
    assert_eq!(rooms.code, Some(1));
    assert!(rooms.out.contains("One") && rooms.out.contains("permission denied"), "{}", rooms.out);
    let json = person.klock(["rooms", "--json"]);
    let json: Value = serde_json::from_str(&json.out).expect("JSON");
    assert!(json[0]["trouble"].as_str().is_some_and(|why| why.contains("permission denied")), "{json}");
    let verified = person.klock(["verify"]);
    assert_eq!(verified.code, Some(1));
    assert!(verified.out.contains("2026-002: Could not be checked"), "{}", verified.out);
    assert!(verified.out.contains("2026-001: 3 records, every one sound"), "{}", verified.out);
    let status = person.klock(["status", "-r", "2026-002"]).fails(1);
    assert!(status.contains("permission denied") && !status.contains("read-only"), "{status}");
    person.klock(["log", "the only open room that can be read"]).ok();
    person.klock(["host", "stop"]).ok();
}

/// Case 16: of many rooms, with an index that knows them all; a host serves before it has read every one.
#[test]
fn of_many_rooms_those_that_may_not_be_read_are_named_at_once_and_come_back() {
    const ROOMS: usize = 45;
    let world = world();
    (0..ROOMS).for_each(|_| drop(world.open("Card payments down")));
    stop(&world);
    let hidden = ["2026-001", "2026-020", "2026-045"];
    hidden.iter().for_each(|room| give(&journal(&world, room), PERSON));
    let rooms = world.klock(["rooms", "--all"]);
    assert_eq!(rooms.code, Some(1));
    let named = |line: &&str| line.contains("cannot be read") && line.contains(&PERSON.to_string());
    assert_eq!(rooms.out.lines().filter(named).count(), hidden.len(), "{}", rooms.out);
    assert_eq!(rooms.out.lines().count(), ROOMS, "{}", rooms.out);
    assert!(hidden.iter().all(|room| rooms.out.contains(room)), "{}", rooms.out);
    hidden.iter().for_each(|room| give(&journal(&world, room), 0));
    let began = Instant::now();
    while world.klock(["rooms", "--all"]).code != Some(0) {
        assert!(began.elapsed() < Duration::from_secs(20), "they are not seen to be readable");
        std::thread::sleep(Duration::from_millis(50));
    }
    world.klock(["log", "-r", hidden[0], "goes on"]).ok();
}

/// A data directory of another user's is not used, neither by root nor by others who may write in it.
#[test]
fn the_data_directory_of_another_user_is_refused_at_once() {
    let world = world_of(PERSON);
    let person = Person { world: &world, uid: PERSON };
    person.klock(["open", "Mine"]).ok();
    person.klock(["host", "stop"]).ok();
    let by_root = world.klock(["rooms"]).fails(4);
    assert!(by_root.contains("65529") && by_root.contains("as that user"), "{by_root}");
    for (dir, mode) in [(world.dir().to_owned(), 0o755), (world.data_dir(), 0o777)] {
        fs::set_permissions(dir, fs::Permissions::from_mode(mode)).expect("its mode");
    }
    let other = Person { world: &world, uid: PERSON - 1 };
    let began = Instant::now();
    let refused = other.klock(["rooms"]).fails(4);
    assert!(refused.contains("belongs to user 65529"), "{refused}");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

/// The directory of the rooms belongs to somebody else: no host can start, and whoever asks is told why at once.
#[test]
fn why_a_host_cannot_list_its_rooms_is_said_at_once() {
    let world = world_of(PERSON);
    let person = Person { world: &world, uid: PERSON };
    person.klock(["open", "Mine"]).ok();
    person.klock(["host", "stop"]).ok();
    let rooms = world.data_dir().join("rooms");
    give(&rooms, 0);
    for (verb, code) in [(&["rooms"][..], 4), (&["log", "a note"], 4), (&["verify"], 4), (&["host", "run"], 1)] {
        let began = Instant::now();
        let said = person.klock(verb).fails(code);
        assert!(said.contains("rooms: permission denied"), "{verb:?}: {said}");
        assert!(began.elapsed() < Duration::from_secs(2), "{verb:?}: {:?}", began.elapsed());
    }
    give(&rooms, PERSON);
    assert!(person.klock(["rooms"]).ok().contains("Mine"));
}
