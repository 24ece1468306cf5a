//! A private session bus with a real notification daemon on it, which says what it was sent.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Instant;

use super::pty::PATIENCE;

/// The bus and the daemon, gone when dropped.
pub struct Bus {
    pub address: String,
    bus: Child,
    daemon: Option<Child>,
    lines: Option<Receiver<String>>,
}

impl Bus {
    /// A bus without any notification service.
    pub fn without_daemon() -> Self {
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut address = String::new();
        let stdout = bus.stdout.take().expect("its output");
        BufReader::new(stdout).read_line(&mut address).expect("the bus says its address");
        Bus { address: address.trim().to_owned(), bus, daemon: None, lines: None }
    }

    /// A bus with the notification daemon.
    pub fn with_daemon() -> Self {
        let mut bus = Bus::without_daemon();
        let mut daemon = Command::new("/usr/bin/python3")
            .args(["-u", "-m", "dbusmock", "--session", "--template", "notification_daemon"])
            .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is installed");
        let stdout = daemon.stdout.take().expect("its output");
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        bus.daemon = Some(daemon);
        bus.lines = Some(lines);
        let status = Command::new("gdbus")
            .args(["wait", "--session", "--timeout", "20", "org.freedesktop.Notifications"])
            .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
            .status()
            .expect("gdbus is installed");
        assert!(status.success(), "the notification daemon (python3-dbusmock) did not come up");
        bus
    }

    /// Waits for a notice that has `text` in it, and gives it as the daemon logged it.
    ///
    /// # Panics
    /// When none comes within [`PATIENCE`]; the message lists those that came.
    pub fn wait_for_notice(&self, text: &str) -> String {
        let lines = self.lines.as_ref().expect("there is a daemon");
        let deadline = Instant::now() + PATIENCE;
        let mut others = Vec::new();
        loop {
            match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) if line.contains("Notify ") && line.contains(text) => return line,
                Ok(line) => others.push(line),
                Err(_) => panic!("no notice with “{text}” came; these did: {others:#?}"),
            }
        }
    }

    /// The notices that have come and that nobody waited for.
    pub fn other_notices(&self) -> Vec<String> {
        let lines = self.lines.as_ref().expect("there is a daemon");
        lines.try_iter().filter(|line| line.contains("Notify ")).collect()
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        for child in self.daemon.iter_mut().chain([&mut self.bus]) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
