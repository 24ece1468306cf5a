//! D22: the sharing of a host that died is taken over by the next one and said; not after the machine was started anew.

use std::fs;
use std::io::BufRead as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use super::{diagnosis, doctor};
use crate::world::World;

/// A group that every system has.
const TEAM: &str = "daemon";

/// A world whose shared host was killed.
fn bereaved() -> (World, tempfile::TempDir) {
    let place = tempfile::Builder::new()
        .prefix("klock-shared")
        .permissions(fs::Permissions::from_mode(0o711))
        .tempdir()
        .expect("a directory");
    let mut world = World::new();
    world.set("KLOCK_SOCKET", place.path().join("host.sock").to_str().expect("UTF-8"));
    let mut command = world.command(["host", "run", "--group", TEAM]);
    let mut host = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("started");
    let mut said = std::io::BufReader::new(host.stderr.take().expect("its stderr"));
    let mut told = String::new();
    while !told.contains("--host unix://") {
        assert!(said.read_line(&mut told).expect("read") > 0, "it never served: {told}");
    }
    world.klock(["open", "Card payments down"]).ok();
    host.kill().expect("killed");
    host.wait().expect("dead");
    world.set("KLOCK_SOCKET", world.dir().join("run/own.sock").to_str().expect("UTF-8"));
    (world, place)
}

#[test]
fn a_host_that_takes_over_the_sharing_says_so() {
    let (world, _place) = bereaved();
    assert_eq!(world.host()["group"], TEAM);
    assert!(world.klock(["host", "status"]).ok().contains("so this one is shared with them too"));
    let host = diagnosis(&doctor(&world), "host");
    assert!(host.iter().any(|(state, what)| state == "warn" && what.contains(TEAM)), "{host:?}");
    world.klock(["host", "stop"]).ok();
    assert_eq!(world.host()["group"], serde_json::Value::Null);
}

#[test]
fn a_machine_that_was_started_anew_has_no_shared_host_until_somebody_shares_one() {
    let (world, _place) = bereaved();
    let file = world.data_dir().join("host.sharing");
    let mut shared: serde_json::Value = serde_json::from_slice(&fs::read(&file).expect("there")).expect("JSON");
    assert!(shared["boot"].is_string(), "{shared}");
    shared["boot"] = "of another start".into();
    fs::write(&file, shared.to_string()).expect("written");
    assert_eq!(world.host()["group"], serde_json::Value::Null);
    assert!(world.klock(["host", "status"]).ok().contains("until the machine was restarted"));
    assert!(!file.exists(), "and it is not taken over later");
}
