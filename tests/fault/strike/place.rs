//! The place where the host is found is taken away, or there is no room left in it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use klockslag::client::blocking::BlockingClient;
use klockslag::client::{ClientOptions, ConnectError};

use super::super::fault::Round;
use super::super::figure::{Figures, percentile};
use super::super::scene::{Scene, number};
use super::super::violation::{Verdict, Violation};

/// How long it may take until somebody who comes is let in again, in milliseconds.
const FOUND: f64 = 1000.0;

/// Takes the socket away, its directory, or puts something else in its place.
pub fn socket_gone(scene: &mut Scene) -> Verdict<Round> {
    let pid = scene.one_host()?;
    scene.wait_for_more(3)?;
    let failed = |error: std::io::Error| Violation::GaveUp(format!("the socket cannot be taken away: {error}"));
    let named = std::fs::read_to_string(scene.world.data_dir().join("host.socket")).map_err(failed)?;
    let socket = PathBuf::from(named.trim());
    let dir = socket.parent().ok_or_else(|| Violation::GaveUp("a socket without a directory".into()))?;
    let is_of_this_world = dir.starts_with(scene.world.dir());
    match scene.dice.index(3) {
        // What else stands in /tmp is another's.
        0 if is_of_this_world => std::fs::remove_dir_all(dir).map_err(failed)?,
        1 => {
            std::fs::remove_file(&socket).map_err(failed)?;
            std::fs::write(&socket, "").map_err(failed)?;
        }
        _ => std::fs::remove_file(&socket).map_err(failed)?,
    }
    let struck = Instant::now();
    let client = scene.client("newcomer")?;
    scene.figures.took("found again", struck.elapsed());
    if client.welcome().pid != number(pid) {
        return Err(Violation::Wrong(format!("{} took the place of {}", client.welcome().pid, number(pid))));
    }
    scene.wait_for_more(5)?;
    Ok(Round::Counted)
}

/// Whoever comes is let in within a second, in 99 of 100 cases.
pub fn found_within_a_second(figures: &Figures) -> Verdict {
    let p99 = percentile(figures.samples("found again"), 0.99);
    if p99 > FOUND {
        return Err(Violation::TooSlow(format!("it took {p99:.0} ms (p99) until the host was found again")));
    }
    Ok(())
}

/// Clients come until no more are let in, and stay while the others write.
pub fn crowded(scene: &mut Scene) -> Verdict<Round> {
    const MOST: usize = 64;
    scene.one_host()?;
    let mut crowd = Vec::new();
    let refused = loop {
        match BlockingClient::connect(ClientOptions { patience: Duration::ZERO, ..scene.world.options("crowd") }) {
            Ok(client) => crowd.push(client),
            Err(ConnectError::Dismissed { why }) => break why.key,
            Err(other) => return Err(Violation::Silent(format!("who is one too many is told: {other}"))),
        }
        if crowd.len() > MOST {
            return Err(Violation::Wrong(format!("{} clients were let in", crowd.len())));
        }
    };
    if refused != "goodbye-full" {
        return Err(Violation::Wrong(format!("who is one too many is told {refused}")));
    }
    scene.wait_for_more(30)?;
    scene.figures.count("clients in the crowd", crowd.len());
    Ok(Round::Counted)
}
