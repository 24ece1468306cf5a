//! Hosts, sockets, homes and limits of the system.

mod home;
mod hostile;
mod limits;
mod long;
mod sharing;
mod socket;
mod unheard;

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

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

/// Another user of the system in a world.
struct Person<'a> {
    world: &'a World,
    uid: u32,
}

impl Person<'_> {
    /// Runs the program as this user.
    ///
    /// # Panics
    /// When this test may not do that: it needs root and `setpriv` (util-linux).
    fn klock<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        assert!(rustix::process::getuid().is_root(), "this test takes on another user; run it as root");
        let uid = self.uid.to_string();
        let mut command = Command::new("setpriv");
        command.args(["--reuid", &uid, "--regid", &uid, "--clear-groups"]).arg(World::program()).args(arguments);
        command.env_clear().envs(self.world.environment().iter().map(|(name, value)| (name, value)));
        let output = command.current_dir("/").output().expect("setpriv is installed (util-linux)");
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// A directory of this user's alone.
    fn own(&self, path: &Path) {
        std::fs::create_dir_all(path).expect("a directory");
        std::os::unix::fs::chown(path, Some(self.uid), Some(self.uid)).expect("its owner; run it as root");
        set_mode(path, 0o700);
    }
}

impl Drop for Person<'_> {
    fn drop(&mut self) {
        // No host of theirs may run: then there is nothing to stop.
        let _ = self.klock(["host", "stop"]);
    }
}

/// A world that other users can look into.
fn open_world() -> World {
    let world = World::new();
    set_mode(world.dir(), 0o755);
    world
}
