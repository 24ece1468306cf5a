//! A running ssh whose stdin and stdout are one end of a pair of sockets; the other end is like a host's own socket.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::client::ssh_machine::SshMachine;

/// What of ssh's own words is kept; what it says beyond that is read and forgotten.
const MOST_LINES: usize = 12;
const LONGEST_LINE: u64 = 500;

/// How long ssh may take to end once its stream is closed and it was asked to, and to say its last word.
const END_WITHIN: Duration = Duration::from_secs(1);
const LAST_WORD_WITHIN: Duration = Duration::from_millis(300);
const PAUSE: Duration = Duration::from_millis(2);

/// A running ssh. It ends when this is dropped.
pub struct SshTunnel {
    child: Child,
    words: Receiver<String>,
}

impl SshTunnel {
    /// Starts ssh to `machine`. What is written to the stream goes to `klock relay` there. `ask`: whether ssh may ask the
    /// person for something.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start(program: &OsStr, machine: &SshMachine, ask: bool) -> io::Result<(UnixStream, Self)> {
        let (near, far) = UnixStream::pair()?;
        let far = OwnedFd::from(far);
        let mut child = Command::new(program)
            .args(machine.arguments(ask))
            .stdin(Stdio::from(far.try_clone()?))
            .stdout(Stdio::from(far))
            .stderr(Stdio::piped())
            .spawn()?;
        let (sender, words) = channel();
        if let Some(stderr) = child.stderr.take() {
            let reading = std::thread::Builder::new().name("klock-ssh-words".into()).stack_size(128 << 10);
            reading.spawn(move || {
                for line in lines(stderr).take(MOST_LINES) {
                    // The listener may be gone; ssh must never wait for a reader even then.
                    let _ = sender.send(line);
                }
            })?;
        }
        Ok((near, SshTunnel { child, words }))
    }

    /// What ssh, or the far program through it, has said on stderr since this was asked last.
    pub fn take_words(&self) -> Vec<String> {
        self.words.try_iter().collect()
    }

    /// Waits for the end of ssh, whose stream has ended: how it ended, and the rest of what it said.
    pub fn end(&mut self) -> (Option<ExitStatus>, Vec<String>) {
        let status = self.wait(END_WITHIN);
        let mut said = Vec::new();
        // A connection that ssh shares among calls keeps stderr open: then the last word is waited for in vain.
        while let Ok(line) = self.words.recv_timeout(LAST_WORD_WITHIN) {
            said.push(line);
        }
        (status, said)
    }

    fn wait(&mut self, at_most: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + at_most;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < deadline => std::thread::sleep(PAUSE),
                _ => return None,
            }
        }
    }
}

impl Drop for SshTunnel {
    fn drop(&mut self) {
        if let Ok(Some(_)) = self.child.try_wait() {
            return;
        }
        // Asked first: it puts back what it changed of the terminal, and tells the other machine.
        let _ =
            rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), rustix::process::Signal::TERM);
        if self.wait(END_WITHIN).is_none() {
            let _ = self.child.kill();
            // No zombie stays. After SIGKILL this does not take long.
            let _ = self.child.wait();
        }
    }
}

/// The lines of what is said, none longer than [`LONGEST_LINE`]; what follows the last one taken is read and dropped.
fn lines(stderr: ChildStderr) -> impl Iterator<Item = String> {
    StderrLines(BufReader::new(stderr))
}

struct StderrLines(BufReader<ChildStderr>);

impl Iterator for StderrLines {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        loop {
            let mut line = Vec::new();
            if self.0.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).ok()? == 0 {
                return None;
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            if !text.is_empty() {
                return Some(text.to_owned());
            }
        }
    }
}

impl Drop for StderrLines {
    fn drop(&mut self) {
        let _ = io::copy(&mut self.0, &mut io::sink());
    }
}
