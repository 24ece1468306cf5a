//! What the system tells of a process of this machine: whether it is stopped, whether it is a klock.

/// Whether process `pid` is stopped, by a signal or a debugger. `None` if the system does not tell, or there is no such process
/// here, as of another container.
pub fn is_stopped(pid: u32) -> Option<bool> {
    let stat = std::fs::read(format!("/proc/{pid}/stat")).ok()?;
    Some(matches!(state(&stat)?, b'T' | b't'))
}

/// Whether process `pid` runs this program. `None` if the system does not tell. In another container the number may be that of
/// any process here.
pub fn is_klock(pid: u32) -> Option<bool> {
    let name = |pid: &str| std::fs::read(format!("/proc/{pid}/comm")).ok();
    let own = name("self")?;
    Some(name(&pid.to_string()).is_some_and(|name| name == own || name == b"klock\n"))
}

/// The letter behind the program's name, which stands in brackets and may hold any.
fn state(stat: &[u8]) -> Option<u8> {
    let end = stat.iter().rposition(|byte| *byte == b')')?;
    stat.get(end + 2).copied()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_confuse() {
        assert_eq!(state(b"12 (klock) S 1 12"), Some(b'S'));
        assert_eq!(state(b"12 (k) T (x) T 1 12"), Some(b'T'));
        assert_eq!(state(b"12 (klock)"), None);
    }

    #[test]
    fn a_process_that_was_stopped_is_seen_and_one_that_runs_is_not() {
        use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
        let mut child = std::process::Command::new("sleep").arg("60").spawn().expect("sleep is installed");
        let pid = Pid::from_child(&child);
        assert_eq!(is_stopped(child.id()), Some(false));
        kill_process(pid, Signal::STOP).expect("stopped");
        waitpid(Some(pid), WaitOptions::UNTRACED).expect("waited");
        assert_eq!(is_stopped(child.id()), Some(true));
        child.kill().expect("killed");
        let id = child.id();
        child.wait().expect("waited");
        assert_eq!(is_stopped(id), None);
    }
}
