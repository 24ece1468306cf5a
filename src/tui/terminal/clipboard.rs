//! A text on its way to the clipboard of the person who pressed the key: inside tmux by its client that was used last.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crate::tui::app::effect::Clip;
use crate::tui::app::msg::Copied;

/// Whether this runs in a pane of tmux.
pub fn is_in_tmux() -> bool {
    std::env::var_os("TMUX").is_some_and(|value| !value.is_empty())
}

/// What tmux says of the client that was used last in the session of this pane.
const CLIENT: &str = "#{client_tty}\t#{client_termfeatures}";

/// Puts `clip` into tmux's buffer, and has tmux send it to the terminal of the client that was used last: of several people in
/// one session that is the one who pressed the key. May take as long as tmux does.
pub fn through_tmux(clip: &Clip) -> Copied {
    let client = client();
    let mut args = vec!["load-buffer"];
    if let Some(client) = &client {
        args.extend(["-w", "-t", &client.tty]);
    }
    args.push("-");
    match (load(&args, clip.as_str()), client) {
        (Err(_), _) => Copied::Failed,
        (Ok(()), Some(Client { tty, takes_clipboard: true })) => Copied::Tmux { terminal: tty },
        (Ok(()), _) => Copied::TmuxOnly,
    }
}

/// A client of tmux.
#[derive(Debug, PartialEq)]
struct Client {
    tty: String,
    /// Tmux knows how to reach its terminal's clipboard.
    takes_clipboard: bool,
}

fn client() -> Option<Client> {
    let said = tmux(&["display-message", "-p", CLIENT]).stderr(Stdio::null()).output().ok()?;
    read(&String::from_utf8_lossy(&said.stdout))
}

fn read(said: &str) -> Option<Client> {
    let (tty, features) = said.trim_end_matches('\n').split_once('\t')?;
    let takes_clipboard = features.split(',').any(|feature| feature == "clipboard");
    (!tty.is_empty()).then(|| Client { tty: tty.to_owned(), takes_clipboard })
}

fn load(args: &[&str], text: &str) -> io::Result<()> {
    let mut tmux = tmux(args).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    if let Some(mut stdin) = tmux.stdin.take() {
        stdin.write_all(text.as_bytes())?;
    }
    if tmux.wait()?.success() { Ok(()) } else { Err(io::Error::other("tmux did not take it")) }
}

fn tmux(args: &[&str]) -> Command {
    let mut command = Command::new("tmux");
    command.args(args);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_read_from_what_tmux_says() {
        let client = |tty: &str, takes_clipboard| Some(Client { tty: tty.into(), takes_clipboard });
        assert_eq!(read("/dev/pts/3\tbpaste,clipboard,title\n"), client("/dev/pts/3", true));
        assert_eq!(read("/dev/pts/3\ttitle\n"), client("/dev/pts/3", false));
        assert_eq!(read("\t\n"), None, "nobody is attached");
        assert_eq!(read(""), None, "tmux says nothing");
    }
}
