//! A full disk: nothing is acknowledged that is not on it, and saving resumes by itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::world::World;

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
        let _ = Command::new("umount").arg("-l").arg(self.folder.path()).status();
    }
}

#[test]
fn a_full_disk_acknowledges_nothing_and_resumes_by_itself() {
    let disk = SmallDisk::mount();
    let mut world = World::new();
    world.set("KLOCK_DATA_DIR", disk.path().join("data").to_str().expect("UTF-8"));
    world.open("Card payments down");
    world.klock(["log", "before the disk was full"]).ok();
    disk.fill();
    let mut refused = None;
    // A journal's last block may have room for a few more lines, and the store may give up what it keeps in reserve.
    for number in 0..40 {
        let text = format!("while the disk is full {number}");
        let run = world.klock(["log", &text]);
        if run.code != Some(0) {
            refused = Some((text, run.err));
            break;
        }
        disk.fill();
    }
    let (text, said) = refused.expect("a full disk refuses");
    assert!(said.contains("full") || said.contains("space"), "the error says what is wrong: {said}");
    let timeline = world.klock(["timeline"]).ok();
    assert!(timeline.contains("before the disk was full"), "reading goes on: {timeline}");
    assert!(!timeline.contains(&text), "what was refused is not shown as saved");
    disk.free();
    // The host tries again once a second.
    let deadline = std::time::Instant::now() + super::pty::PATIENCE;
    while world.klock(["log", "after the disk had room again"]).code != Some(0) {
        assert!(std::time::Instant::now() < deadline, "saving did not resume");
    }
    let timeline = world.klock(["timeline"]).ok();
    assert!(timeline.contains("after the disk had room again") && !timeline.contains(&text), "{timeline}");
    assert!(world.klock(["verify"]).code == Some(0));
}
