//! The reference for a shared room: the least that keeps a line and shows it to others. Append, `fdatasync`, write to every socket.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// A place in the bare room: lines are written to it, and whatever anybody wrote is read from it.
pub type Seat = UnixStream;

/// Opens a bare room that keeps its lines in `file`, with so many seats. It lives until every seat was left.
pub fn open(file: &Path, seats: usize) -> Vec<Seat> {
    let mut kept = OpenOptions::new().create(true).append(true).open(file).expect("a file");
    let (said, to_keep) = channel::<String>();
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for _ in 0..seats {
        let (one, other) = UnixStream::pair().expect("a pair of sockets");
        listen(one.try_clone().expect("a descriptor"), said.clone());
        inside.push(one);
        outside.push(other);
    }
    thread::spawn(move || {
        while let Ok(first) = to_keep.recv() {
            // Whatever waits shares one sync, as in the real room.
            let lines: String = std::iter::once(first).chain(to_keep.try_iter()).collect();
            keep(&mut kept, &lines);
            for seat in &mut inside {
                // Who left hears nothing.
                let _ = seat.write_all(lines.as_bytes());
            }
        }
    });
    outside
}

fn listen(seat: Seat, said: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(seat).lines() {
            let Ok(line) = line else { return };
            if said.send(line + "\n").is_err() {
                return;
            }
        }
    });
}

fn keep(file: &mut File, lines: &str) {
    file.write_all(lines.as_bytes()).and_then(|()| file.sync_data()).expect("the disk takes it");
}
