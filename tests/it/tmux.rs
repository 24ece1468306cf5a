//! The program inside a real tmux, on a server of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::pty::PATIENCE;

/// A tmux server with one session, gone when dropped.
pub struct Tmux {
    socket: PathBuf,
}

impl Tmux {
    /// Starts `command` in a window of `columns` × `rows`, with `environment` and nothing else.
    pub fn start(
        folder: &Path,
        command: &[&str],
        environment: &[(String, String)],
        (columns, rows): (u16, u16),
    ) -> Self {
        let tmux = Tmux { socket: folder.join("tmux.sock") };
        let mut start = Command::new("tmux");
        start.arg("-S").arg(&tmux.socket).args(["-f", "/dev/null", "new-session", "-d", "-x"]);
        start.arg(columns.to_string()).arg("-y").arg(rows.to_string()).args(command);
        start.env_clear().envs(environment.iter().cloned());
        let status = start.status().expect("tmux is installed");
        assert!(status.success(), "tmux did not start");
        tmux
    }

    /// Types `text` letter for letter.
    pub fn type_text(&self, text: &str) {
        // A text may begin with a dash, as back-dated entries do.
        self.run(&["send-keys", "-l", "--", text]);
    }

    /// Presses a key by tmux's name for it: `Enter`, `Escape`, `Tab`, `C-d`.
    pub fn press(&self, key: &str) {
        self.run(&["send-keys", key]);
    }

    /// The window's size becomes `columns` × `rows`.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.run(&["resize-window", "-x", &columns.to_string(), "-y", &rows.to_string()]);
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.run(&["capture-pane", "-p"])
    }

    /// Looks at the screen until `seen` holds of it.
    ///
    /// # Panics
    /// When it does not within [`PATIENCE`]; the message shows the screen.
    pub fn wait_until(&self, what: &str, seen: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = self.text();
            if seen(&text) {
                return;
            }
            assert!(Instant::now() < deadline, "waited in vain until {what}; the screen says:\n{text}");
        }
    }

    /// Runs a command of tmux on this server; what it prints.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output =
            Command::new("tmux").arg("-S").arg(&self.socket).args(arguments).output().expect("tmux is installed");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}
