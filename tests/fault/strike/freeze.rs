//! The host is frozen and wakes again; a client is frozen; nobody else waits for them.

use rustix::process::{Pid, Signal};

use super::super::fault::Round;
use super::super::freeze::freeze;
use super::super::hand::entry_line;
use super::super::member::Member;
use super::super::scene::{INVITATION, Scene, number, state_of};
use super::super::violation::{Verdict, Violation};

/// What every screen says of a host that does not answer, however small it is.
const SILENT: &str = "silent since";

/// How many notes the others save while a client is frozen.
const MEANWHILE: u64 = 300;

/// A process that is stopped, and goes on at the latest when this goes: nothing may stay frozen when a round fails.
struct Frozen(Pid);

impl Frozen {
    /// Stops a process with all of its threads.
    fn stop(pid: Pid) -> Self {
        let frozen = Frozen(pid);
        freeze(pid);
        frozen
    }

    fn wake(self) -> Verdict {
        rustix::process::kill_process(self.0, Signal::CONT)
            .map_err(|error| Violation::Wrong(format!("process {} is gone: {error}", number(self.0))))
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        // It may be awake, or gone.
        let _ = rustix::process::kill_process(self.0, Signal::CONT);
    }
}

/// Freezes the host until another host has tried to take its place, in vain; then it wakes and goes on.
pub fn host(scene: &mut Scene) -> Verdict<Round> {
    let pid = scene.one_host()?;
    scene.wait_for_more(5)?;
    let connections = scene.members.iter().filter_map(Member::visit).count();
    let frozen = Frozen::stop(pid);
    // What its sockets still held is answered; then nothing more is.
    let full = scene.load.writers * scene.load.window;
    scene.wait("every writer waits", |scene| {
        scene.members.iter().map(Member::notes_on_their_way).sum::<usize>() >= full
    })?;
    let lock = std::fs::read_to_string(scene.world.data_dir().join("lock")).unwrap_or_default();
    // Whoever starts one more host while this one sleeps finds the door locked.
    let second = scene.world.klock(["host", "run"]);
    if second.code == Some(0) || state_of(number(pid)) != Some('T') {
        return Err(Violation::Wrong(format!("a second host ran beside the frozen one: {}", second.err)));
    }
    if lock.trim() != number(pid).to_string() {
        return Err(Violation::Wrong(format!("the lock names {lock}, not {}", number(pid))));
    }
    let acknowledged = scene.ledger.acknowledged();
    // Whoever types meanwhile is told, and what they typed is kept.
    let typed = format!("typed while it slept {}", scene.dice.roll(1 << 32));
    scene.ledger.attempt(&typed);
    scene.ledger.leave_open(std::slice::from_ref(&typed));
    for screen in &mut scene.screens {
        while screen.terminal.next_output(std::time::Instant::now()).is_some() {}
        if !screen.terminal.text().contains(INVITATION) {
            screen.press("\u{1b}", INVITATION);
        }
        screen.press_away("n", INVITATION);
        screen.terminal.send(&typed);
        screen.terminal.wait_for(&typed);
        screen.terminal.send("\r");
        screen.terminal.wait_until("the screen says that the host is silent", |screen| {
            screen.contains(SILENT) && screen.contains(&typed)
        });
    }
    let in_flight = scene.ledger.in_flight();
    let more = scene.ledger.acknowledged() - acknowledged;
    if more > 0 {
        return Ok(Round::Missed(format!("{more} notes were acknowledged while the host was frozen")));
    }
    frozen.wake()?;
    let woke = std::time::Instant::now();
    scene.wait_for_more(1)?;
    scene.figures.took("saving again after it woke", woke.elapsed());
    for screen in &mut scene.screens {
        screen
            .terminal
            .wait_until("the screen says no more that the host is silent", |screen| !screen.contains(SILENT));
    }
    scene.wait_for_more(10)?;
    let found = |scene: &Scene| {
        let printed = scene.world.klock(["timeline", "-r", &scene.room, "--text", &typed]).ok();
        printed.matches(&typed).count()
    };
    scene.wait("what was typed while it slept is saved", |scene| found(scene) >= scene.screens.len())?;
    for screen in &mut scene.screens {
        screen.terminal.wait_until("the screen says that it is saved", |screen| entry_line(screen).ends_with("saved"));
    }
    let times = found(scene);
    if times != scene.screens.len() {
        return Err(Violation::Twice(format!("“{typed}” is there {times} times")));
    }
    if scene.one_host()? != pid {
        return Err(Violation::Wrong("another host serves, although the frozen one was not dead".into()));
    }
    if in_flight < scene.load.in_flight || connections != scene.members.len() {
        return Ok(Round::Missed(format!("{in_flight} notes were on their way")));
    }
    Ok(Round::Counted)
}

/// Freezes `klock timeline --follow` for so long that its socket is full, while everybody else goes on; then it wakes.
pub fn client(scene: &mut Scene) -> Verdict<Round> {
    let pid = scene.followers.first().map(super::super::script::Follower::pid);
    let pid = pid.and_then(|pid| Pid::from_raw(pid.cast_signed())).ok_or_else(|| Violation::GaveUp("nobody".into()))?;
    scene.wait_for_more(10)?;
    let frozen = Frozen::stop(pid);
    let printed = scene.followers[0].last();
    let in_flight = scene.ledger.in_flight();
    scene.wait_for_more(usize::try_from(MEANWHILE).expect("small"))?;
    let stayed = state_of(number(pid)) == Some('T');
    frozen.wake()?;
    scene.wait("the one that was frozen has caught up", |scene| scene.followers[0].last() >= printed + MEANWHILE)?;
    if !stayed || in_flight < scene.load.in_flight {
        return Ok(Round::Missed(format!("{in_flight} notes were on their way, frozen: {stayed}")));
    }
    scene.figures.count("notes saved beside a frozen client", usize::try_from(MEANWHILE).expect("small"));
    Ok(Round::Counted)
}
