//! `klock host`: runs the host, asks how it is, and finishes it.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use super::background_writer::BackgroundWriter;
use super::call::{Call, unexpected};
use super::failure::{CommandFailure, Exit};
use super::trace;
use crate::cli::args::JsonArg;
use crate::client::{self, ConnectError};
use crate::domain::phrase::Phrase;
use crate::domain::showable::showable;
use crate::host::{self, Endpoint, Endpoints, Launch, Sharing};
use crate::wire::due::Ending;
use crate::wire::message::{Answer, Ask, HostStatus};
use crate::wire::place;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  klock host status
  klock host run --group ops --read-group managers

The host starts by itself when klock needs it, and leaves by itself when no incident is open and \
nobody is in a room. Running it by hand is for services, for a team on one server, and for looking \
into trouble.

Shared with a group it stays until it is stopped. Members start klock as `klock host status` shows; \
nobody else gets in, and who tries is written in the log.")]
pub struct HostArgs {
    #[command(subcommand)]
    pub verb: HostVerb,
}

#[derive(Debug, Subcommand)]
pub enum HostVerb {
    /// Run the host here, until it is stopped
    Run {
        /// Open it to the members of this group of the system
        ///
        /// They can do everything but stop the host. The sockets then stand in /tmp/klockslag-UID-shared, or where
        /// KLOCK_SOCKET says: a directory of your own that they may enter and nobody else may write in.
        #[arg(long, value_name = "NAME")]
        group: Option<String>,
        /// Let the members of this group look on
        ///
        /// At a socket of its own that only allows reading.
        #[arg(long, value_name = "NAME")]
        read_group: Option<String>,
        /// Leave the terminal and write to the log file only
        #[arg(long, hide = true)]
        detached: bool,
    },
    /// Say how the host is; exit code 4 when none runs
    Status {
        #[command(flatten)]
        json: JsonArg,
    },
    /// Finish the host: journals safe, socket closed
    ///
    /// A screen that is still open, or a stream, starts the next one at once: leave those first to have none.
    Stop,
}

const SECONDS_A_MINUTE: u64 = 60;

/// However little a host is to stay, it is not gone before the client that started it has come.
const LEAST_GRACE: Duration = Duration::from_secs(10);

/// How long what the host still has to say may take to be read when it ends.
const LAST_WORDS_WITHIN: Duration = Duration::from_millis(200);

/// Does what is asked of the host.
///
/// # Errors
/// When none runs, as "cannot be reached".
pub fn run(call: &mut Call, verb: &HostVerb) -> Result<(), CommandFailure> {
    match verb {
        HostVerb::Run { group, read_group, detached } => {
            let named = |name: &Option<String>| name.clone().filter(|name| !name.trim().is_empty());
            serve(call, Sharing { group: named(group), read_group: named(read_group) }, *detached)
        }
        HostVerb::Status { json } => {
            let status = match call.running_client()?.ask(Ask::HostStatus)? {
                Answer::Host(status) => HostStatus { started_at: call.local(status.started_at), ..status },
                other => return Err(unexpected(&other)),
            };
            if json.json {
                return call.out.document(&status);
            }
            lines(call, &status).iter().try_for_each(|line| call.out.line(line))
        }
        HostVerb::Stop => {
            let due = match call.running_client()?.ask(Ask::Unheard(Ending::Host))? {
                Answer::Unheard(due) => due,
                other => return Err(unexpected(&other)),
            };
            let client = call.client()?;
            match client.ask(Ask::StopHost)? {
                Answer::Done => {}
                other => return Err(unexpected(&other)),
            }
            // The host closes the connection once the journals are safe and the lock is free.
            client.wait_for_end(client::BUSY_AT_MOST);
            for (room, due) in due {
                let said = call.say(&due.unheard(&room, call.words.stamp(due.at)));
                call.out.aside(&format!("klock: {said}"))?;
            }
            Ok(())
        }
    }
}

/// Runs the host in this process until it is stopped. Somebody else's host is no failure when nobody is looking: clients
/// that start at the same moment each try.
fn serve(call: &Call, sharing: Sharing, detached: bool) -> Result<(), CommandFailure> {
    let place = call.own(false);
    if let Some(client::ForeignOwner { dir, owner }) = place.foreign {
        return Err(ConnectError::ForeignHome { dir, owner }.into());
    }
    let stderr = if detached { None } else { Some(trace::host_stderr()?) };
    stderr.iter().for_each(|stderr| trace::host_to(stderr));
    let (socket, read_socket) = sockets(&place, &sharing);
    let options = host::HostOptions {
        data_dir: place.data_dir,
        socket,
        read_socket,
        sharing,
        log_dir: place.log_dir.filter(|_| detached),
        clock: call.clock.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        lang: call.lang(),
        desktop: call.settings.desktop_notices,
        grace: Duration::from_secs(u64::from(call.settings.host.idle_minutes) * SECONDS_A_MINUTE).max(LEAST_GRACE),
        tick: host::HostOptions::TICK,
    };
    let launch = if detached { Launch::Detached } else { Launch::Foreground };
    let ran = host::run(options, launch, |doors| {
        if let Some(stderr) = stderr {
            announce(call, doors, stderr);
        }
    });
    if let Some(stderr) = stderr {
        stderr.limit().set(LAST_WORDS_WITHIN);
        stderr.flush();
    }
    match ran {
        Err(error) if detached && error.is_served() => Ok(()),
        Err(error) if detached => {
            // For the client that started it, which says it in its own language.
            if let Ok(why) = serde_json::to_string(&error.phrase()) {
                let _ = writeln!(std::io::stderr(), "{why}");
            }
            Err(CommandFailure::Said(Exit::Refused))
        }
        Err(error) => Err(CommandFailure::refused(Phrase::new("cli-host-failed").with("why", error.phrase()))),
        Ok(()) => Ok(()),
    }
}

/// Where to listen, and where for read-only clients (`None` for beside it). A person's own runtime directory is closed to
/// others, so what is shared stands elsewhere, unless a place was named.
fn sockets(place: &client::LocalHost, sharing: &Sharing) -> (PathBuf, Option<PathBuf>) {
    let uid = rustix::process::getuid().as_raw();
    let shared = || place::shared_socket_path(&place.data_dir, uid);
    let is_named = std::env::var_os("KLOCK_SOCKET").is_some_and(|path| !path.is_empty());
    match sharing {
        Sharing { group: Some(_), .. } if !is_named => (shared(), None),
        Sharing { group: None, read_group: Some(_) } => (place.socket.clone(), place::read_socket_path(&shared())),
        _ => (place.socket.clone(), None),
    }
}

/// Says on stderr how those with whom the host is shared find it.
fn announce(call: &Call, doors: &Endpoints, stderr: &BackgroundWriter) {
    let path = |door: &Endpoint| door.path.display().to_string();
    let reading = doors.reading.as_ref().map(path);
    for line in ways_in(call, &doors.sharing, &path(&doors.main), reading.as_deref()) {
        // With stderr gone there is nobody to tell.
        stderr.put(format!("{}\n", showable(&line)).into_bytes());
    }
}

/// How to come in, for those who are not the owner: what they type.
fn ways_in(call: &Call, sharing: &Sharing, main: &str, reading: Option<&str>) -> Vec<String> {
    let line = |key: &'static str, group: &Option<String>, path: Option<&str>| {
        let phrase = Phrase::new(key).with("group", group.as_deref()?).with("path", path?);
        Some(call.say(&phrase))
    };
    let in_group = line("cli-host-group", &sharing.group, Some(main));
    in_group.into_iter().chain(line("cli-host-read-group", &sharing.read_group, reading)).collect()
}

fn lines(call: &Call, status: &HostStatus) -> Vec<String> {
    let health = match &status.health.cannot_save {
        Some(why) => call.say(why),
        None => call.say(&Phrase::new("cli-host-saves")),
    };
    let mut lines = vec![
        call.say(
            &Phrase::new("cli-host")
                .with("version", status.version.as_str())
                .with("pid", status.pid.to_string())
                .with("time", call.words.stamp(status.started_at)),
        ),
        call.say(&Phrase::new("cli-host-rooms").with("rooms", status.open_rooms).with("clients", status.clients)),
        call.say(&Phrase::new("cli-host-data").with("path", status.data_dir.as_str())),
        call.say(&Phrase::new("cli-host-socket").with("path", status.socket.as_str())),
    ];
    let reading = status.read_socket.as_deref();
    // Said with the group when there is one.
    let own_reading = reading.filter(|_| status.read_group.is_none());
    lines.extend(own_reading.map(|path| call.say(&Phrase::new("cli-host-read-socket").with("path", path))));
    let sharing = Sharing { group: status.group.clone(), read_group: status.read_group.clone() };
    lines.extend(ways_in(call, &sharing, &status.socket, reading));
    lines.push(health);
    lines.extend(status.health.remarks.iter().map(|remark| call.say(remark)));
    lines
}
