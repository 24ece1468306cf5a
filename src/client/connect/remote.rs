//! Connects to a host on another machine: through ssh, which runs `klock relay` there.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader};
use std::os::unix::net::UnixStream;
use std::process::ExitStatus;
use std::time::Duration;

use crate::client::ClientOptions;
use crate::client::connect::ssh_attempt::SshAttempt;
use crate::client::connection::{HostConnection, NotConnected, Occasion, shake_hands, wait_for_bytes};
use crate::client::error::ConnectError;
use crate::client::ssh_machine::SshMachine;

/// How often a host that leaves at this very moment is called again (a guess).
const TRIES: usize = 3;

/// How long a connection may take when ssh cannot be waiting for a person.
const UNASKED_WITHIN: Duration = Duration::from_secs(60);

/// How long it may take when ssh may be waiting for a person: a server gives them two minutes by itself.
const ASKED_WITHIN: Duration = Duration::from_secs(180);

/// The exit code of a shell that does not find the program.
const NOT_FOUND: i32 = 127;

/// What of the far shell's own output is shown.
const MOST_SHOWN: usize = 200;

/// Connects to the host of an account on `machine`.
pub fn open(
    machine: &SshMachine,
    program: &OsStr,
    options: &ClientOptions,
    occasion: Occasion,
    attempt: &SshAttempt,
) -> Result<HostConnection, ConnectError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match try_once(machine, program, options, occasion, attempt) {
            Ok(connection) => return Ok(connection),
            Err(NotConnected::Failed(error)) => return Err(error),
            Err(NotConnected::Unanswered { .. }) => return Err(ConnectError::Unanswered { pid: None }),
            Err(NotConnected::Nobody | NotConnected::Left | NotConnected::Replaced) if tries < TRIES => {}
            Err(NotConnected::Nobody | NotConnected::Left | NotConnected::Replaced) => {
                return Err(ConnectError::Ssh { machine: machine.to_string(), said: Vec::new() });
            }
        }
    }
}

fn try_once(
    machine: &SshMachine,
    program: &OsStr,
    options: &ClientOptions,
    occasion: Occasion,
    attempt: &SshAttempt,
) -> Result<HostConnection, NotConnected> {
    let ask = occasion != Occasion::ScreenAgain;
    let stream = attempt.start_ssh(program, machine, ask).map_err(|source| {
        NotConnected::Failed(ConnectError::NoSsh { program: program.to_string_lossy().into_owned(), source })
    })?;
    // Passed on while ssh may be waiting for the person; kept in case it fails.
    let said = RefCell::new(Vec::new());
    let listen = || {
        let new = attempt.take_words();
        if let Some(hear) = options.hear_ssh.filter(|_| ask) {
            new.iter().for_each(|line| hear(line));
        }
        said.borrow_mut().extend(new);
    };
    let mut babble = None;
    let patience = if ask { ASKED_WITHIN } else { UNASKED_WITHIN };
    let welcomed = shake_hands(stream, options, occasion, |stream, reader| {
        wait_for_bytes(stream, reader, patience, None, Some(&listen))?;
        babble = other_than_a_frame(stream, reader)?;
        if babble.is_some() { Err(io::ErrorKind::InvalidData.into()) } else { Ok(()) }
    });
    let tunnel = attempt.take_tunnel();
    if let Some(text) = babble {
        return Err(NotConnected::Failed(ConnectError::Babble { machine: machine.to_string(), text }));
    }
    match welcomed {
        Ok(Ok(connection)) => Ok(HostConnection { tunnel, ..connection }),
        Ok(Err(NotConnected::Nobody)) | Err(_) => {
            let (status, rest) = tunnel.map(|mut tunnel| tunnel.end()).unwrap_or_default();
            let mut said = said.into_inner();
            said.extend(rest);
            Err(ended(machine, status, said))
        }
        Ok(Err(other)) => Err(other),
    }
}

/// What it means that ssh ended before the host had said welcome.
fn ended(machine: &SshMachine, status: Option<ExitStatus>, said: Vec<String>) -> NotConnected {
    let machine = machine.to_string();
    match status.and_then(|status| status.code()) {
        // All went well, but the host left in the middle of it.
        Some(0) => NotConnected::Nobody,
        Some(NOT_FOUND) => NotConnected::Failed(ConnectError::NoKlock { machine, said }),
        _ => NotConnected::Failed(ConnectError::Ssh { machine, said }),
    }
}

/// The beginning of what came, when it is not a frame: the far shell's own files print something. A frame's length is under
/// 16 MiB, so its first byte is none that a text begins with.
fn other_than_a_frame(stream: &UnixStream, reader: &mut BufReader<UnixStream>) -> io::Result<Option<String>> {
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    let there = reader.fill_buf()?;
    stream.set_read_timeout(None)?;
    if there.first().is_none_or(|first| *first <= 1) {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(&there[..there.len().min(MOST_SHOWN)]);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    Ok(Some(line.to_owned()))
}
