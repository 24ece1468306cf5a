//! A stretch of wire between a client and the host that loses what the host says, or breaks, when the test wants it to.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use klockslag::domain::phrase::Phrase;
use klockslag::wire::frame;
use klockslag::wire::message::{ClientMsg, HostMsg};

pub struct Proxy {
    pub socket: PathBuf,
    turns_away: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<Wire>>>,
}

/// One connection through it.
struct Wire {
    ends: [UnixStream; 2],
    /// What the host says is lost. Of this connection only: the next one may be there before the test has gone on.
    is_mute: Arc<AtomicBool>,
}

impl Proxy {
    /// Listens at `socket`, and connects each client to the host at `host`.
    pub fn start(socket: PathBuf, host: &Path) -> Self {
        let listener = UnixListener::bind(&socket).expect("the proxy listens");
        let turns_away: Arc<AtomicBool> = Arc::default();
        let open: Arc<Mutex<Vec<Wire>>> = Arc::default();
        let (host, all, is_closed) = (host.to_owned(), Arc::clone(&open), Arc::clone(&turns_away));
        std::thread::spawn(move || {
            for client in listener.incoming() {
                if is_closed.load(Ordering::SeqCst) {
                    let mut client = client.expect("a client");
                    let _hello: Option<ClientMsg> = frame::read(&mut client).expect("an introduction");
                    let why = Phrase::new("goodbye-older").with("theirs", "0.0.1").with("ours", "9.9.9");
                    let goodbye = HostMsg::Goodbye { why, again: false };
                    client.write_all(&frame::whole(&goodbye).expect("a frame")).expect("it is heard");
                    continue;
                }
                let (Ok(client), Ok(host)) = (client, UnixStream::connect(&host)) else { return };
                let both = || (client.try_clone().expect("a client"), host.try_clone().expect("a host"));
                let is_mute: Arc<AtomicBool> = Arc::default();
                let wire = Wire { ends: both().into(), is_mute: Arc::clone(&is_mute) };
                all.lock().expect("unpoisoned").push(wire);
                let (from, to) = both();
                std::thread::spawn(move || carry(from, to, &AtomicBool::new(false)));
                let (to, from) = both();
                std::thread::spawn(move || carry(from, to, &is_mute));
            }
        });
        Proxy { socket, turns_away, open }
    }

    /// Loses what the host says from now on to whoever is connected.
    pub fn lose_answers(&self) {
        for wire in self.open.lock().expect("unpoisoned").iter() {
            wire.is_mute.store(true, Ordering::SeqCst);
        }
    }

    /// Turns away whoever comes from now on, as too old.
    pub fn turn_away(&self) {
        self.turns_away.store(true, Ordering::SeqCst);
    }

    /// Breaks every connection; the next one works.
    pub fn break_off(&self) {
        for stream in self.open.lock().expect("unpoisoned").drain(..).flat_map(|wire| wire.ends) {
            // The other end may have gone first.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn carry(mut from: UnixStream, mut to: UnixStream, mute: &AtomicBool) {
    let mut buffer = vec![0; 64 << 10];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        if !mute.load(Ordering::SeqCst) && to.write_all(&buffer[..read]).is_err() {
            return;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
