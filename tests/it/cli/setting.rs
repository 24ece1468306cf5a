//! Flag, then variable, then file; `klock config` and `klock routine`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::world::World;

#[test]
fn a_flag_stands_above_a_variable_and_a_variable_above_the_file() {
    let mut world = World::new();
    world.unset("KLOCK_NAME");
    fs::create_dir_all(world.config_dir()).expect("a directory");
    fs::write(world.config_dir().join("settings.toml"), "name = \"File\"\nlang = \"sv\"\n").expect("a file");
    world.open("Card payments down");
    let by = |world: &World| {
        let json = world.klock(["timeline", "--json", "--kind", "note"]).ok();
        let last = json.lines().last().expect("a line").to_owned();
        serde_json::from_str::<serde_json::Value>(&last).expect("JSON")["by"].as_str().expect("a name").to_owned()
    };
    world.klock(["log", "one"]).ok();
    assert_eq!(by(&world), "File");
    world.set("KLOCK_NAME", "Variable");
    world.klock(["log", "two"]).ok();
    assert_eq!(by(&world), "Variable");
    world.klock(["--name", "Flag", "log", "three"]).ok();
    assert_eq!(by(&world), "Flag");
    assert!(world.klock(["meeting", "end"]).fails(1).contains("Inget möte"));
    world.set("KLOCK_LANG", "en");
    assert!(world.klock(["meeting", "end"]).fails(1).contains("No meeting"));
    assert!(world.klock(["meeting", "end", "--lang", "sv"]).fails(1).contains("Inget möte"));
}

#[test]
fn a_data_directory_is_a_world_of_its_own() {
    let world = World::new();
    world.open("Card payments down");
    let other = world.dir().join("other");
    let other = other.to_str().expect("a path");
    world.klock(["--data-dir", other, "status"]).fails(3);
    let room = world.klock(["open", "Elsewhere", "--data-dir", other]).ok();
    assert_eq!(room.trim(), "2026-001");
    assert_eq!(world.status()["title"], "Card payments down");
    let mode = fs::metadata(other).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    world.klock(["--data-dir", other, "host", "stop"]).ok();
}

#[test]
fn config_init_writes_files_once_and_changes_nothing() {
    let world = World::new();
    let first = world.klock(["config", "init"]).ok();
    assert!(first.contains("written") && first.contains("settings.toml"), "{first}");
    let path = world.config_dir().join("settings.toml");
    fs::write(&path, "name = \"Mine\"\n").expect("a file");
    let second = world.klock(["config", "init"]).ok();
    assert!(second.contains("left alone") && !second.contains("written"), "{second}");
    assert_eq!(fs::read_to_string(&path).expect("the file"), "name = \"Mine\"\n");
    let paths = world.klock(["config", "path", "--json"]).json();
    assert_eq!(paths["config"].as_str(), world.config_dir().to_str());
    assert_eq!(paths["data"].as_str(), world.data_dir().to_str());
    assert!(world.klock(["config", "path"]).ok().contains("home/.config/klockslag"));
}

#[test]
fn routines_are_listed_and_shown() {
    let world = World::new();
    let list = world.klock(["routine", "list"]).ok();
    for id in ["critical-incident", "service-incident", "healthcare-disruption"] {
        assert!(list.contains(id), "{list}");
    }
    let page = world.klock(["routine", "show"]).ok();
    assert!(page.contains("supplier") && page.contains("P65") && page.contains("first-meeting"), "{page}");
    let json = world.klock(["routine", "show", "healthcare-disruption", "--json"]).json();
    assert_eq!(json["phases"].as_array().map(Vec::len), Some(9));
    assert!(world.klock(["routine", "show", "nope"]).fails(1).contains("critical-incident"));
    assert!(world.klock(["open", "x", "--routine", "nope"]).fails(1).contains("critical-incident"));
}

#[test]
fn a_routine_file_is_explained() {
    let world = World::new();
    let file = world.dir().join("own.toml");
    let routine = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/routines/critical-incident.toml"));
    let routine = routine.expect("the built-in one");
    fs::write(&file, &routine).expect("a file");
    let path = file.to_str().expect("a path");
    assert!(world.klock(["routine", "check", path]).ok().contains("no fault"));
    fs::write(&file, routine.replacen("lead = ", "laed = ", 1)).expect("a file");
    let run = world.klock(["routine", "check", path]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let line = routine.lines().position(|line| line.starts_with("lead = ")).expect("the key") + 1;
    assert!(run.out.contains(&format!("own.toml:{line}:1")) && run.out.contains("laed"), "{}", run.out);
    assert!(world.klock(["routine", "check", "/no/such/file"]).fails(1).contains("/no/such/file"));
}

#[test]
fn the_persons_routine_can_be_chosen() {
    let world = World::new();
    let directory = world.config_dir().join("routines");
    fs::create_dir_all(&directory).expect("a directory");
    let routine = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/routines/critical-incident.toml"));
    let own = routine.expect("the built-in one").replacen("id = \"critical-incident\"", "id = \"night\"", 1);
    fs::write(directory.join("night.toml"), own).expect("a file");
    assert!(world.klock(["routine", "list"]).ok().contains("night"));
    world.klock(["open", "x", "--routine", "night"]).ok();
    assert_eq!(world.status()["state"], "open");
}

#[test]
fn config_check_explains_every_fault() {
    let world = World::new();
    assert!(world.klock(["config", "check"]).ok().contains("config init"));
    world.klock(["config", "init"]).ok();
    assert!(world.klock(["config", "check"]).ok().contains("settings.toml"), "the files it writes have no fault");
    fs::write(world.config_dir().join("settings.toml"), "name = \"Anna\"\nbel = true\n").expect("a file");
    fs::write(world.config_dir().join("keymap.toml"), "[room]\n\"x\" = \"no.such\"\n").expect("a file");
    let run = world.klock(["config", "check"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    for said in ["settings.toml:2:1", "bel", "keymap.toml:2:", "no.such"] {
        assert!(run.out.contains(said), "{said} is missing from:\n{}", run.out);
    }
    world.open("Card payments down");
}

#[test]
fn a_host_that_is_not_to_stay_still_serves_the_client_that_started_it() {
    let world = World::new();
    fs::create_dir_all(world.config_dir()).expect("a directory");
    fs::write(world.config_dir().join("settings.toml"), "[host]\nidle-minutes = 0\n").expect("a file");
    assert!(world.klock(["rooms"]).ok().contains("klock open"));
}

#[test]
fn the_host_logs_where_the_settings_say() {
    let world = World::new();
    world.open("Card payments down");
    let paths = world.klock(["config", "path", "--json"]).json();
    let log = paths["log"].as_str().expect("a directory");
    assert!(std::path::Path::new(log).join("host.log").is_file(), "no log in {log}");
}
