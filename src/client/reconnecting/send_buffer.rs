//! The writing end of a link: a thread of its own, so that a host that does not read keeps no asker waiting.

use std::io::ErrorKind;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Receiver;

use super::ClientShared;
use crate::domain::phrase::Phrase;
use crate::wire::frame;
use crate::wire::message::{ClientMsg, Failure, HostMsg};

/// What the writing thread is told, in order.
pub(super) enum Outgoing {
    /// Write here from now on.
    Use(UnixStream),
    /// Ask the question of that number, if its answer is still awaited.
    Ask(u64),
    End,
}

/// Writes what is asked. What cannot be written stays in the memory and is sent on the next connection.
pub(super) fn write(to_write: &Receiver<Outgoing>, shared: &ClientShared) {
    let mut stream: Option<UnixStream> = None;
    for outgoing in to_write {
        match outgoing {
            Outgoing::Use(new) => stream = Some(new),
            Outgoing::Ask(ask) => {
                let Some(open) = &mut stream else { continue };
                let asked = shared.lock().memory.what(ask);
                let Some(what) = asked else { continue };
                match frame::write(open, &ClientMsg::Ask { ask, what }) {
                    Ok(()) => {}
                    // Nothing of it was written, and nothing ever will be.
                    Err(error) if error.kind() == ErrorKind::InvalidInput => {
                        let why = Failure::Broken(Phrase::new("failure-ask-too-long"));
                        let answer = HostMsg::Answer { ask, answer: Box::new(Err(why)) };
                        shared.report_updates(|state| shared.accept_message(state, answer));
                    }
                    Err(_) => stream = None,
                }
            }
            Outgoing::End => return,
        }
    }
}
