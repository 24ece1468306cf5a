//! Hosts, sockets, homes and limits of the system.

mod home;
mod hostile;
mod limits;
mod long;
mod sharing;
mod socket;
mod unheard;

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

use crate::world::{Run, World};

/// What `klock doctor` finds about `topic`: the state and the sentence of each finding.
fn diagnosis(run: &Run, topic: &str) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = report["findings"].as_array().expect("findings").iter();
    let text = |finding: &Value, field: &str| finding[field].as_str().unwrap_or_default().to_owned();
    let about = findings.filter(|finding| finding["topic"] == topic);
    about.map(|finding| (text(finding, "state"), text(finding, "what"))).collect()
}

fn doctor(world: &World) -> Run {
    world.klock(["doctor", "--no-notice", "--json"])
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("its mode");
}

/// A world that other users can look into.
fn open_world() -> World {
    let world = World::new();
    set_mode(world.dir(), 0o755);
    world
}
