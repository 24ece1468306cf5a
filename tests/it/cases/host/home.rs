//! Cases 17, 24 and 27: homes that may not be written to, that are somebody else's, or that are not there.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::{diagnosis, doctor, open_world, set_mode};
use crate::disk::SmallDisk;
use crate::person::Person;
use crate::world::{Run, World};

const PERSON: u32 = 65_528;

/// That a run fails at once and says which directory cannot be used, why, and how to name another.
#[track_caller]
fn names_the_place(run: Run, began: Instant, dir: &Path, why: &str) {
    assert!(began.elapsed() < Duration::from_secs(4), "it took {:?}", began.elapsed());
    let said = run.fails(4);
    for part in [dir.to_str().expect("UTF-8"), why, "KLOCK_DATA_DIR"] {
        assert!(said.contains(part), "“{part}” is not in: {said}");
    }
}

#[test]
fn case_17_a_home_that_may_not_be_written_to_is_said_at_once() {
    let world = open_world();
    let person = Person { world: &world, uid: PERSON };
    person.own(&world.dir().join("run"));
    set_mode(&world.dir().join("home"), 0o555);
    let began = Instant::now();
    names_the_place(person.klock(["open", "Case"]), began, &world.data_dir(), "permission denied");
    let run = person.klock(["doctor", "--no-notice", "--json"]);
    assert_eq!(run.code, Some(1));
    let disk = diagnosis(&run, "disk");
    assert!(disk.iter().any(|(state, what)| state == "fail" && what.contains("permission denied")), "{disk:?}");
    assert_eq!(fs::read_dir(world.dir().join("home")).expect("there").count(), 0);
}

#[test]
fn a_data_directory_that_may_not_be_written_to_is_said_at_once() {
    let world = open_world();
    let person = Person { world: &world, uid: PERSON };
    person.own(&world.dir().join("run"));
    person.own(&world.dir().join("home"));
    let data = world.data_dir();
    fs::create_dir_all(&data).expect("made");
    set_mode(&data, 0o555);
    let began = Instant::now();
    names_the_place(person.klock(["open", "Case"]), began, &data, "permission denied");
}

#[test]
fn a_file_where_a_directory_should_be_and_a_file_system_that_is_read_only_are_said_at_once() {
    let mut world = World::new();
    for file in [world.dir().join("home/.local"), world.dir().join("data")] {
        fs::write(&file, "").expect("written");
        if file.ends_with("data") {
            world.set("KLOCK_DATA_DIR", file.to_str().expect("UTF-8"));
        }
        let began = Instant::now();
        names_the_place(world.klock(["open", "Case"]), began, &world.data_dir(), "a file where a directory should be");
        let run = doctor(&world);
        assert_eq!(run.code, Some(1), "{}", run.out);
    }
    let disk = SmallDisk::mount();
    disk.cover_read_only();
    for data in [disk.path().join("not/there"), disk.path().to_owned()] {
        world.set("KLOCK_DATA_DIR", data.to_str().expect("UTF-8"));
        let began = Instant::now();
        names_the_place(world.klock(["open", "Case"]), began, &data, "read-only");
        assert_eq!(doctor(&world).code, Some(1));
    }
}

#[test]
fn a_host_starts_on_a_full_disk_and_says_that_it_is_full() {
    let disk = SmallDisk::mount();
    let mut world = World::new();
    world.set("KLOCK_DATA_DIR", disk.path().join("data").to_str().expect("UTF-8"));
    disk.fill();
    let began = Instant::now();
    let said = world.klock(["open", "Case"]).fails(1);
    assert!(said.contains("disk is full"), "{said}");
    assert!(began.elapsed() < Duration::from_secs(4), "it took {:?}", began.elapsed());
    disk.free();
    world.wait_for(&["host", "status"], "everything is saved");
    world.open("Case");
}

#[test]
fn the_reason_is_said_in_the_language_of_whoever_asks() {
    let mut world = World::new();
    fs::write(world.dir().join("data"), "").expect("written");
    world.set("KLOCK_DATA_DIR", world.dir().join("data").to_str().expect("UTF-8"));
    let said = world.klock(["--lang", "sv", "open", "Case"]).fails(4);
    assert!(said.contains("Det går inte att skapa eller skriva"), "{said}");
}

#[test]
fn case_24_the_runtime_directory_of_another_user_is_left_alone() {
    let world = open_world();
    let person = Person { world: &world, uid: 65_527 };
    let run = world.dir().join("run");
    person.own(&run);
    let mut of_root = World::new();
    of_root.set("XDG_RUNTIME_DIR", run.to_str().expect("UTF-8"));
    of_root.open("Of root");
    assert_eq!(fs::read_dir(&run).expect("there").count(), 0, "nothing is made in it");
    person.own(&world.dir().join("home"));
    assert_eq!(person.klock(["open", "Mine"]).ok().trim(), "2026-001");
    assert!(run.join("klockslag").exists());
    let rooms = of_root.klock(["rooms"]).ok();
    assert!(rooms.contains("Of root") && !rooms.contains("Mine"), "{rooms}");
}

#[test]
fn what_root_left_in_a_runtime_directory_does_not_keep_the_person_out() {
    let world = open_world();
    let person = Person { world: &world, uid: 65_527 };
    person.own(&world.dir().join("run"));
    person.own(&world.dir().join("home"));
    fs::create_dir(world.dir().join("run/klockslag")).expect("made by root");
    set_mode(&world.dir().join("run/klockslag"), 0o700);
    person.klock(["open", "Mine"]).ok();
    let status = person.klock(["host", "status", "--json"]).json();
    assert!(status["socket"].as_str().expect("a path").starts_with("/tmp/klockslag-65527/"), "{status}");
}

#[test]
fn root_writes_nothing_in_the_home_of_another_user() {
    let world = open_world();
    let person = Person { world: &world, uid: 65_527 };
    let home = world.dir().join("home");
    person.own(&world.dir().join("run"));
    person.own(&home);
    // `sudo -E` where the home is kept. A pipe reads also while there is no host.
    for verb in [&["open", "Case"][..], &["rooms"], &["log", "-r", "2026-001", "-"], &["host", "run"]] {
        let said = world.klock(verb).fails(4);
        let home = home.to_str().expect("UTF-8");
        assert!(said.contains(home) && said.contains("65527") && said.contains("as that user"), "{verb:?}: {said}");
    }
    assert_eq!(fs::read_dir(&home).expect("there").count(), 0, "nothing is made in it");
    let run = doctor(&world);
    assert!(diagnosis(&run, "rights").iter().any(|(state, _)| state == "fail"), "{}", run.out);
    assert_eq!(person.klock(["open", "Mine"]).ok().trim(), "2026-001");
    // Root with the data directory of the person that is there already, named.
    let mut of_root = World::new();
    of_root.set("KLOCK_DATA_DIR", world.data_dir().to_str().expect("UTF-8"));
    assert!(of_root.klock(["rooms"]).fails(4).contains("65527"));
}

#[test]
fn case_27_without_a_home_a_named_data_directory_is_enough() {
    let mut world = open_world();
    world.unset("HOME");
    // A user without an entry in the system's directory of users, as in a container.
    let named = world.dir().join("data");
    world.set("KLOCK_DATA_DIR", named.to_str().expect("UTF-8"));
    let person = Person { world: &world, uid: 65_526 };
    person.own(&named);
    assert_eq!(person.klock(["open", "Case"]).ok().trim(), "2026-001");
    let paths = person.klock(["config", "path", "--json"]).json();
    assert_eq!(paths["config"].as_str(), named.join("config").to_str());
    assert_eq!(person.klock(["config", "check"]).code, Some(0), "as built in");
    drop(person);
    world.unset("KLOCK_DATA_DIR");
    let person = Person { world: &world, uid: 65_526 };
    let said = person.klock(["open", "Case"]).fails(1);
    assert!(said.contains("KLOCK_DATA_DIR"), "{said}");
}

/// D11: the log is worth having, and no reason to be without a host.
#[test]
fn a_host_without_a_place_for_its_log_serves_and_says_so() {
    let harms: [fn(&Path); 3] = [
        |log| fs::write(log, "").expect("written"),
        |log| {
            fs::create_dir(log).expect("made");
            let made = Command::new("mkfifo").arg(log.join("host.log")).status().expect("mkfifo is installed");
            assert!(made.success());
        },
        |log| std::os::unix::fs::symlink("/proc/nothing", log).expect("made"),
    ];
    for (nth, harm) in harms.iter().enumerate() {
        let mut world = World::new();
        let data = world.dir().join("data");
        world.set("KLOCK_DATA_DIR", data.to_str().expect("UTF-8"));
        fs::create_dir(&data).expect("made");
        set_mode(&data, 0o700);
        harm(&data.join("log"));
        world.open("Card payments down");
        let printed = world.klock(["host", "status"]).ok();
        assert!(printed.contains("keeps no log"), "{nth}: {printed}");
        let run = doctor(&world);
        let host = diagnosis(&run, "host");
        assert!(host.iter().any(|(state, what)| state == "warn" && what.contains("keeps no log")), "{nth}: {host:?}");
        let piped = world.klock_reading(["log", "-"], "one\ntwo\n");
        assert_eq!(piped.ok().lines().count(), 2, "{nth}");
    }
}

/// What a pipe was refused goes to a file, or where that cannot be, to stderr: it is not said to be in a file that is not there.
#[test]
fn refused_lines_that_cannot_be_kept_are_shown_and_not_called_kept() {
    let mut world = World::new();
    let data = world.dir().join("data");
    world.set("KLOCK_DATA_DIR", data.to_str().expect("UTF-8"));
    world.open("Card payments down");
    fs::create_dir_all(data.join("log")).expect("made");
    fs::write(data.join("log/spool"), "").expect("written");
    let text = format!("act: {}", "x".repeat(17 << 10));
    let piped = world.klock_reading(["log", "-"], &format!("one\n{text}\n"));
    assert_eq!((piped.code, piped.out.lines().count()), (Some(1), 1), "{}", piped.err);
    assert!(piped.err.contains(&text), "the line itself");
    assert!(piped.err.contains("1 line was refused; what could not be kept in"), "{}", piped.err);
    assert!(!piped.err.contains("it is kept"), "{}", piped.err);
}

#[test]
fn what_stands_in_the_place_of_the_lock_is_named_by_doctor_as_by_every_verb() {
    type Harm = fn(&Path);
    let harms: [(Harm, &str); 3] = [
        (|lock| fs::create_dir(lock).expect("made"), "is a directory"),
        (
            |lock| assert!(Command::new("mkfifo").arg(lock).status().expect("it is installed").success()),
            "is a named pipe",
        ),
        (|lock| std::os::unix::fs::symlink("/dev/zero", lock).expect("made"), "is a symbolic link"),
    ];
    for (harm, says) in harms {
        let world = World::new();
        world.open("Card payments down");
        world.klock(["host", "stop"]).ok();
        let lock = world.data_dir().join("lock");
        fs::remove_file(&lock).expect("there");
        harm(&lock);
        let said = world.klock(["log", "a note"]).fails(4);
        assert!(said.contains(says), "{said}");
        let run = doctor(&world);
        assert_eq!(run.code, Some(1), "{}", run.out);
        let host = diagnosis(&run, "host");
        assert!(host.iter().any(|(state, what)| state == "fail" && what.contains(says)), "{host:?}");
    }
}
