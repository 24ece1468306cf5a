//! A full disk: nothing is acknowledged that is not on it, and saving resumes by itself.

use super::disk::SmallDisk;
use super::world::World;

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
