//! Another user of the system, for the tests that run as root.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::world::{Run, World};

/// Another user of the system in a world.
pub struct Person<'a> {
    pub world: &'a World,
    pub uid: u32,
}

impl Person<'_> {
    /// Runs the program as this user.
    ///
    /// # Panics
    /// When this test may not do that: it needs root and `setpriv` (util-linux).
    pub fn klock<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
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
    pub fn own(&self, path: &Path) {
        std::fs::create_dir_all(path).expect("a directory");
        std::os::unix::fs::chown(path, Some(self.uid), Some(self.uid)).expect("its owner; run it as root");
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).expect("its mode");
    }
}

impl Drop for Person<'_> {
    fn drop(&mut self) {
        // No host of theirs may run: then there is nothing to stop.
        let _ = self.klock(["host", "stop"]);
    }
}
