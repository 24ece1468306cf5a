//! A disk that is so small that a test can fill it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A small file system of its own, gone when dropped.
pub struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// # Panics
    /// When mounting is not allowed here: the test needs a disk that it can fill.
    pub fn mount() -> Self {
        let folder = tempfile::Builder::new().prefix("klock-disk").tempdir().expect("a temporary directory");
        let status = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=16m,mode=700", "tmpfs"])
            .arg(folder.path())
            .status()
            .expect("mount is installed");
        assert!(status.success(), "this test mounts a small tmpfs; run it as root");
        SmallDisk { folder }
    }

    /// Where it is mounted.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Lays it over itself, to be only read: whoever opens a file from now on cannot write to it.
    ///
    /// # Panics
    /// When that is not allowed here.
    pub fn cover_read_only(&self) {
        for how in ["bind", "remount,bind,ro"] {
            let mut mount = Command::new("mount");
            mount.args(["-o", how]).args([self.path(), self.path()]);
            assert!(mount.status().expect("mount is installed").success(), "mount -o {how}: run it as root");
        }
    }

    /// Takes the cover away.
    ///
    /// # Panics
    /// When there is none.
    pub fn uncover(&self) {
        let status = Command::new("umount").arg("-l").arg(self.path()).status();
        assert!(status.expect("umount is installed").success(), "it is not covered");
    }

    fn filler(&self) -> PathBuf {
        self.folder.path().join("filler")
    }

    /// Takes every byte that is left.
    pub fn fill(&self) {
        use std::io::Write;
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(self.filler()).expect("a file");
        while file.write_all(&[0; 4096]).is_ok() {}
        while file.write_all(&[0]).is_ok() {}
    }

    /// Gives back what was taken.
    pub fn free(&self) {
        std::fs::remove_file(self.filler()).expect("the filler was there");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let umount = || Command::new("umount").arg("-l").arg(self.folder.path()).stderr(Stdio::null()).status();
        // It may lie over itself.
        while umount().is_ok_and(|status| status.success()) {}
    }
}
