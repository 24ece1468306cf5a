//! The host is frozen and wakes again; a client is frozen; nobody else waits for them.

use rustix::process::{Pid, Signal};

use super::super::board::PATIENCE;
use super::super::fault::Round;
use super::super::member::Member;
use super::super::scene::{INVITATION, Scene, number, state_of};
use super::super::violation::{Verdict, Violation};

/// What every screen says of a host that does not answer, however small it is.
const SILENT: &str = "silent since";

/// How many notes the others save while a client is frozen.
const MEANWHILE: u64 = 300;

/// Stops a process and waits until the kernel says so.
fn stop(pid: Pid) -> Verdict<Frozen> {
    send(pid, Signal::STOP)?;
    let frozen = Frozen(pid);
    let deadline = std::time::Instant::now() + PATIENCE;
    while state_of(number(pid)) != Some('T') {
        if std::time::Instant::now() > deadline {
            return Err(Violation::GaveUp(format!("process {} does not stop", number(pid))));
        }
        std::thread::yield_now();
    }
    Ok(frozen)
}

fn send(pid: Pid, signal: Signal) -> Verdict {
    rustix::process::kill_process(pid, signal)
        .map_err(|error| Violation::Wrong(format!("process {} is gone: {error}", number(pid))))
}

/// A process that is stopped, and goes on at the latest when this goes: nothing may stay frozen when a round fails.
struct Frozen(Pid);

impl Frozen {
    fn wake(self) -> Verdict {
        send(self.0, Signal::CONT)
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        // It may be awake, or gone.
        let _ = send(self.0, Signal::CONT);
    }
}

/// Freezes the host until another host has tried to take its place, in vain; then it wakes and goes on.
pub fn host(scene: &mut Scene) -> Verdict<Round> {
    let pid = scene.one_host()?;
    scene.wait_for_more(5)?;
    let connections = scene.members.iter().filter_map(Member::visit).count();
    let frozen = stop(pid)?;
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
    let printed = scene.world.klock(["timeline", "-r", &scene.room, "--text", &typed]).ok();
    if printed.matches(&typed).count() != scene.screens.len() {
        return Err(Violation::AcknowledgedNotPresent(format!("“{typed}” is not there once:\n{printed}")));
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
    let frozen = stop(pid)?;
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
