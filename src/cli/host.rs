//! `klock host`: runs the host, asks how it is, and finishes it.

use std::time::Duration;

use super::args::HostVerb;
use super::call::{Call, unexpected};
use super::failure::Failure;
use super::trace;
use crate::domain::phrase::Phrase;
use crate::host;
use crate::wire::message::{Answer, Ask, HostStatus};

const SECONDS_A_MINUTE: u64 = 60;

/// However little a host is to stay, it is not gone before the client that started it has come.
const LEAST_GRACE: Duration = Duration::from_secs(10);

/// Does what is asked of the host.
///
/// # Errors
/// When none runs, as "cannot be reached".
pub fn run(call: &mut Call, verb: &HostVerb) -> Result<(), Failure> {
    match verb {
        HostVerb::Run { detached } => serve(call, *detached),
        HostVerb::Status { json } => {
            let status = match call.running_client()?.ask(Ask::HostStatus)? {
                Answer::Host(status) => status,
                other => return Err(unexpected(&other)),
            };
            if json.json {
                return call.out.document(&status);
            }
            lines(call, &status).iter().try_for_each(|line| call.out.line(line))
        }
        HostVerb::Stop => {
            let client = call.running_client()?;
            match client.ask(Ask::StopHost)? {
                Answer::Done => {}
                other => return Err(unexpected(&other)),
            }
            // The host closes the connection once the journals are safe and the lock is free.
            while client.next().is_some() {}
            Ok(())
        }
    }
}

/// Runs the host in this process until it is stopped. Somebody else's host is no failure when nobody is looking: clients
/// that start at the same moment each try.
fn serve(call: &Call, detached: bool) -> Result<(), Failure> {
    if !detached {
        trace::host_to_stderr();
    }
    let place = call.own(false);
    let options = host::Options {
        data_dir: place.data_dir,
        socket: place.socket,
        log_dir: place.log_dir.filter(|_| detached),
        clock: call.clock.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        lang: call.lang(),
        desktop: call.settings.desktop_notices,
        grace: Duration::from_secs(u64::from(call.settings.host.idle_minutes) * SECONDS_A_MINUTE).max(LEAST_GRACE),
        tick: host::Options::TICK,
    };
    match host::run(options, detached) {
        Err(error) if !(detached && error.is_served()) => {
            Err(Failure::refused(Phrase::new("cli-host-failed").with("why", error.to_string())))
        }
        _ => Ok(()),
    }
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
                .with("time", format!("{} {}", status.started_at.date(), status.started_at.hm())),
        ),
        call.say(&Phrase::new("cli-host-rooms").with("rooms", status.open_rooms).with("clients", status.clients)),
        call.say(&Phrase::new("cli-host-data").with("path", status.data_dir.as_str())),
        call.say(&Phrase::new("cli-host-socket").with("path", status.socket.as_str())),
        health,
    ];
    lines.extend(status.health.remarks.iter().map(|remark| call.say(remark)));
    lines
}
