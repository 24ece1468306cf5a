//! `klock tmux`: a tmux session for an incident team, with the room, its timeline in full and its checklist side by side.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;

use super::call::Call;
use super::failure::CommandFailure;
use super::room::{self, Unnamed};
use crate::cli::args::{LangArg, RoomArg, SettingArgs};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock tmux                              a session for the only open room
  klock tmux 2026-014
  klock tmux --socket /tmp/incident       a tmux server of its own, for a team to share

The session is called klock-ROOM; called again, it is joined. On a terminal of 160 columns or more the room, its timeline and its checklist stand side by side, else each in a window of its own. Inside tmux the client is switched to the session.

To share it: everybody of the same account runs the same command. Names are then claimed: change who types with W.")]
pub struct TmuxArgs {
    /// The room [default: the only open one] [env: KLOCK_ROOM]
    #[arg(value_name = "ROOM")]
    pub room: Option<String>,
    /// The socket of another tmux server than your own
    #[arg(long, value_name = "PATH")]
    pub socket: Option<PathBuf>,
}

/// From so many columns on, the three stand side by side in one window; below, each has a window of its own.
const WIDE: u16 = 160;

/// What is shown beside the room's whole screen. Only the room itself rings: one warning is one bell.
const BESIDE: [&str; 2] = ["timeline", "checklist"];

/// What the session sets for itself. The person's own tmux is left as it is; `assets/tmux.conf` says what each is for.
const SESSION_OPTIONS: [(&str, &str); 4] = [
    ("status-right", "#(klock status --tmux --width 60) %H:%M %Z "),
    ("status-right-length", "80"),
    ("status-interval", "5"),
    ("bell-action", "any"),
];

/// The same for each of its windows: a small client must not make it small for the others.
const WINDOW_OPTIONS: [(&str, &str); 3] =
    [("window-size", "latest"), ("aggressive-resize", "on"), ("monitor-bell", "on")];

/// Opens the session of the room, or joins the one that is there, and becomes tmux.
///
/// # Errors
/// No such room, no host, no tmux, or what tmux said.
pub fn run(call: &mut Call, args: &TmuxArgs) -> Result<(), CommandFailure> {
    let tmux = Tmux { socket: args.socket.clone() };
    tmux.ask(["-V"])?;
    let id = room::choose(call, &RoomArg { room: args.room.clone() }, Unnamed::Open)?;
    // A session of a room that is not there would close as soon as it opened.
    room::head(call, &id)?;
    call.leave();
    let session = format!("klock-{id}");
    // The equals sign: this very name, not one that begins so.
    let target = format!("={session}");
    if tmux.ask(["has-session", "-t", &target]).is_err() {
        tmux.open(call, &session, &id).inspect_err(|_| {
            // Half a session helps nobody; that there may be none yet is no trouble.
            let _ = tmux.ask(["kill-session", "-t", &target]);
        })?;
    }
    let inside = args.socket.is_none() && std::env::var_os("TMUX").is_some_and(|value| !value.is_empty());
    let mut enter = tmux.command([if inside { "switch-client" } else { "attach-session" }, "-t", &target]);
    Err(missing(&enter.exec()))
}

/// The tmux of the person, or the one that listens at a socket.
struct Tmux {
    socket: Option<PathBuf>,
}

impl Tmux {
    fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new("tmux");
        if let Some(socket) = &self.socket {
            command.arg("-S").arg(socket);
        }
        command.args(arguments);
        command
    }

    fn ask<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Result<(), CommandFailure> {
        let output = self.command(arguments).stdin(Stdio::null()).output().map_err(|error| missing(&error))?;
        if output.status.success() {
            return Ok(());
        }
        let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(CommandFailure::refused(Phrase::new("cli-tmux-refused").with("why", why)))
    }

    fn open(&self, call: &Call, session: &str, room: &RoomId) -> Result<(), CommandFailure> {
        let exe = std::env::current_exe().map_err(|error| missing(&error))?;
        let (columns, rows) = size();
        let mut first: Vec<OsString> = ["new-session", "-d", "-s", session, "-n", "room"].map(OsString::from).to_vec();
        first.extend(["-x".into(), columns.to_string().into(), "-y".into(), rows.to_string().into()]);
        for (name, value) in surroundings(&call.flags, room) {
            let mut pair = OsString::from(name);
            pair.push("=");
            pair.push(value);
            first.extend(["-e".into(), pair]);
        }
        first.extend(screen(&exe, room, None));
        self.ask(first)?;
        for (name, value) in SESSION_OPTIONS {
            self.ask(["set-option", "-t", session, name, value])?;
        }
        let window = format!("{session}:room");
        self.set_window(&window)?;
        for (nth, pane) in BESIDE.into_iter().enumerate() {
            let mut beside: Vec<OsString> = if columns < WIDE {
                ["new-window", "-d", "-t", session, "-n", pane].map(OsString::from).to_vec()
            } else {
                // The timeline takes the right two fifths, the checklist the lower third of that.
                let (way, share) = if nth == 0 { ("-h", "40%") } else { ("-v", "33%") };
                let at = format!("{window}.{{top-right}}");
                ["split-window", "-d", way, "-l", share, "-t", if nth == 0 { &window } else { &at }]
                    .map(OsString::from)
                    .to_vec()
            };
            beside.extend(screen(&exe, room, Some(pane)));
            self.ask(beside)?;
            if columns < WIDE {
                self.set_window(&format!("{session}:{pane}"))?;
            }
        }
        Ok(())
    }

    fn set_window(&self, window: &str) -> Result<(), CommandFailure> {
        WINDOW_OPTIONS.iter().try_for_each(|(name, value)| self.ask(["set-option", "-w", "-t", window, name, value]))
    }
}

/// The program on the room: whole, or one pane of it in full. tmux runs several words as they are, without a shell.
fn screen(exe: &Path, room: &RoomId, pane: Option<&str>) -> Vec<OsString> {
    let mut words: Vec<OsString> = vec![exe.into(), "join".into(), room.as_str().into()];
    if let Some(pane) = pane {
        words.extend(["--pane", pane, "--zoom", "--no-bell"].map(OsString::from));
    }
    words
}

/// What the session's programs must find in their environment to be in the same world as this one: a tmux server that runs
/// already has the environment of the person who started it.
fn surroundings(flags: &SettingArgs, room: &RoomId) -> Vec<(String, OsString)> {
    let mut found: Vec<(String, OsString)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .filter(|(name, _)| name.starts_with("KLOCK_") && name != "KLOCK_ROOM")
        .collect();
    let lang = flags.lang.map(|lang| match lang {
        LangArg::En => "en",
        LangArg::Sv => "sv",
    });
    let path =
        |path: &Option<PathBuf>| path.as_ref().and_then(|path| std::path::absolute(path).ok()).map(OsString::from);
    let given = [
        ("KLOCK_DATA_DIR", path(&flags.data_dir)),
        ("KLOCK_CONFIG_DIR", path(&flags.config_dir)),
        ("KLOCK_NAME", flags.name.clone().map(OsString::from)),
        ("KLOCK_HOST", flags.host.clone().map(OsString::from)),
        ("KLOCK_LANG", lang.map(OsString::from)),
        ("KLOCK_ROOM", Some(room.as_str().into())),
    ];
    for (name, value) in given.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        found.retain(|(known, _)| known != name);
        found.push((name.to_owned(), value));
    }
    found
}

/// The size of the terminal that the session will be looked at on; tmux's own beginning when there is none.
fn size() -> (u16, u16) {
    match rustix::termios::tcgetwinsize(io::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        _ => (80, 24),
    }
}

fn missing(error: &io::Error) -> CommandFailure {
    if error.kind() == io::ErrorKind::NotFound {
        return CommandFailure::refused(Phrase::new("cli-tmux-missing"));
    }
    CommandFailure::refused(Phrase::new("cli-tmux-refused").with("why", error.to_string()))
}
