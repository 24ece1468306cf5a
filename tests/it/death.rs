//! A process that is killed, and seen to be dead: until then it may still answer, or be killed again.

use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};

use super::pty::PATIENCE;

/// Kills a process, and waits until nothing of it runs.
///
/// # Panics
/// When there is no such process, or it does not die.
#[track_caller]
pub fn kill(pid: Pid) {
    kill_process(pid, Signal::KILL).expect("it was there");
    let deadline = Instant::now() + PATIENCE;
    let stat = format!("/proc/{}/stat", pid.as_raw_nonzero());
    let lives = || {
        let stat = std::fs::read_to_string(&stat).ok()?;
        stat.rsplit(')').next()?.trim_start().chars().next().filter(|state| !matches!(state, 'Z' | 'X'))
    };
    while lives().is_some() {
        assert!(Instant::now() < deadline, "the process did not die");
        std::thread::yield_now();
    }
}
