//! A process that is stopped in the middle of whatever it does, and goes on later.

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

const PATIENCE: Duration = Duration::from_secs(60);

/// Stops a process, and waits until all of its threads have: the signal alone returns while they still run.
///
/// # Panics
/// When there is no such process, or it does not stop.
pub fn freeze(pid: Pid) {
    kill_process(pid, Signal::STOP).expect("it is there");
    let deadline = Instant::now() + PATIENCE;
    let has_stopped = |task: std::io::Result<std::fs::DirEntry>| {
        // A thread that is gone has stopped, too.
        let stat = std::fs::read_to_string(task.expect("a thread").path().join("stat"));
        let stat = stat.unwrap_or_else(|_| ") T".to_owned());
        stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('T'))
    };
    let tasks = format!("/proc/{}/task", pid.as_raw_nonzero());
    while !std::fs::read_dir(&tasks).expect("it is there").all(has_stopped) {
        assert!(Instant::now() < deadline, "the process did not stop");
        std::thread::yield_now();
    }
}

/// Lets a frozen process go on.
///
/// # Panics
/// When there is no such process.
pub fn thaw(pid: Pid) {
    kill_process(pid, Signal::CONT).expect("it is there");
}
