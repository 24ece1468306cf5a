//! Those who come to the door to do harm: each a process of its own, as it would be, because that is what a host holds to account.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use klockslag::domain::id::RoomId;
use klockslag::domain::record::Assurance;
use klockslag::wire::frame;
use klockslag::wire::message::{Ask, ClientMsg, Hello, HostMsg, PROTOCOL};

use super::board::{Board, PATIENCE};
use super::dice::Dice;
use super::violation::{Verdict, Violation};

/// The first argument of this program when it is to be an intruder.
pub const ARGUMENT: &str = "--intruder";

/// What it says before what it heard, when that was no reason why it was sent away.
const UNTOLD: &str = "untold: ";

/// What they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Asks as fast as it can, for what is dear to answer.
    Flood,
    /// Comes and goes as fast as it can.
    Storm,
    /// Sends a frame that says it is a gigabyte long, and goes on to send it.
    EndlessFrame,
    /// Sends bytes that are no frames, frames that are no messages, messages at the wrong time.
    Garbage,
    /// Is of a version that does not exist yet, and says what nobody understands yet.
    Future,
}

const KINDS: [(Kind, &str); 5] = [
    (Kind::Flood, "flood"),
    (Kind::Storm, "storm"),
    (Kind::EndlessFrame, "endless-frame"),
    (Kind::Garbage, "garbage"),
    (Kind::Future, "future"),
];

impl Kind {
    /// What it may be told. Whoever comes too often may hear that at the door, before they could do any harm.
    fn reasons(self) -> &'static [&'static str] {
        match self {
            Kind::Flood => &["goodbye-flood", "goodbye-too-often"],
            Kind::Storm => &["left", "welcome", "goodbye-too-often"],
            Kind::EndlessFrame => &["goodbye-too-long", "goodbye-too-often"],
            Kind::Garbage => &["goodbye-too-long", "goodbye-garbage", "goodbye-no-hello", "goodbye-too-often"],
            Kind::Future => &["goodbye-newer", "goodbye-too-often"],
        }
    }
}

/// What the intruders came to, all together.
#[derive(Debug, Default)]
pub struct Tally {
    /// How often one came.
    pub came: AtomicUsize,
    /// How often one was told why it was sent away; of those who come and go, how often one went.
    pub told: AtomicUsize,
    /// What was heard by the first that was sent away without a reason, or let do as it liked.
    pub untold: OnceLock<String>,
    /// How many messages they sent.
    pub sent: AtomicUsize,
}

/// One of them, as the suite sees it.
pub struct Intruder {
    child: Child,
    hearing: Option<JoinHandle<()>>,
}

impl Intruder {
    /// Sends one to the door at `socket`, again and again, until it is dropped.
    ///
    /// # Errors
    /// When this program cannot be started.
    pub fn send(
        kind: Kind,
        socket: &Path,
        room: &str,
        dice: &mut Dice,
        (tally, board): (&Arc<Tally>, &Arc<Board>),
    ) -> Verdict<Self> {
        let gave_up = |error: std::io::Error| Violation::GaveUp(format!("an intruder does not start: {error}"));
        let name = KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name);
        let mut child = Command::new(std::env::current_exe().map_err(gave_up)?)
            .args([ARGUMENT, name, room, &dice.number().to_string()])
            .arg(socket)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(gave_up)?;
        let said = child.stdout.take().expect("its stdout");
        let (tally, board) = (Arc::clone(tally), Arc::clone(board));
        let hearing = std::thread::spawn(move || {
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                tally.take_in(&line);
                board.ring();
            }
        });
        Ok(Intruder { child, hearing: Some(hearing) })
    }
}

impl Drop for Intruder {
    fn drop(&mut self) {
        // At the end of its input it ends, wherever it is.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
        if let Some(hearing) = self.hearing.take() {
            let _ = hearing.join();
        }
    }
}

impl Tally {
    fn take_in(&self, line: &str) {
        match line.split_once(' ').map(|(sent, heard)| (sent.parse::<usize>(), heard)) {
            Some((Ok(sent), heard)) => {
                self.sent.fetch_add(sent, Ordering::SeqCst);
                self.told.fetch_add(1, Ordering::SeqCst);
                if let Some(heard) = heard.strip_prefix(UNTOLD) {
                    let _ = self.untold.set(heard.to_owned());
                }
            }
            _ => drop(self.came.fetch_add(1, Ordering::SeqCst)),
        }
    }
}

/// The intruder's own end: comes, does harm, says on stdout what came of it, and comes again.
pub fn run(mut arguments: impl Iterator<Item = String>) -> ! {
    let mut word = || arguments.next().expect("an argument");
    let (name, room, seed, socket) = (word(), word(), word(), word());
    let (kind, _) = KINDS.iter().find(|(_, known)| *known == name).expect("a kind");
    let mut visit = Visit { room: room.parse().expect("an id"), dice: Dice::new(seed.parse().expect("a number")) };
    // What is measured is what the host does to the others because of it, not what the system's scheduler does to a machine
    // with two cores when three more programs want all of them.
    rustix::process::nice(19).expect("anybody may be nicer");
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    loop {
        println!("came");
        let Ok(stream) = UnixStream::connect(&socket) else { std::process::exit(1) };
        // A host that never says goodbye is found by that.
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        let (sent, heard) = match kind {
            Kind::Flood => visit.flood(stream),
            Kind::Storm => visit.storm(stream),
            Kind::EndlessFrame => visit.endless_frame(stream),
            Kind::Garbage => visit.garbage(stream),
            Kind::Future => future(stream),
        };
        match heard {
            Ok(why) if !kind.reasons().contains(&why.as_str()) => println!("{sent} {UNTOLD}{why}"),
            Ok(why) => println!("{sent} {why}"),
            Err(heard) => println!("{sent} {UNTOLD}{heard}"),
        }
    }
}

/// How many messages were sent, and the key of the reason why it was sent away.
///
/// # Errors
/// What was heard instead.
type Came = (usize, Result<String, String>);

struct Visit {
    room: RoomId,
    dice: Dice,
}

impl Visit {
    fn flood(&self, mut stream: UnixStream) -> Came {
        let mut reader = stream.try_clone().expect("cloned");
        let _ = greet(&mut stream, PROTOCOL, env!("CARGO_PKG_VERSION"));
        let reading = std::thread::spawn(move || farewell(&mut reader));
        let mut sent = 0;
        for ask in 1.. {
            let what = if ask % 8 == 0 { Ask::Fold { room: self.room.clone() } } else { Ask::Rooms };
            if frame::write(&mut stream, &ClientMsg::Ask { ask, what }).is_err() {
                break;
            }
            sent += 1;
        }
        (sent, reading.join().expect("no panic"))
    }

    /// Every other time it does not even wait for the welcome.
    fn storm(&mut self, mut stream: UnixStream) -> Came {
        let _ = greet(&mut stream, PROTOCOL, env!("CARGO_PKG_VERSION"));
        let what = Ask::Attach { room: self.room.clone(), after: None, entries: 50 };
        let _ = frame::write(&mut stream, &ClientMsg::Ask { ask: 1, what });
        if self.dice.one_in(2) {
            return (2, Ok("left".into()));
        }
        let heard = match frame::read::<HostMsg>(&mut stream) {
            Ok(Some(HostMsg::Goodbye { why, .. })) => Ok(why.key.into_owned()),
            Ok(Some(_)) => Ok("welcome".into()),
            Ok(None) => Err("the end".into()),
            Err(error) => Err(error.to_string()),
        };
        (2, heard)
    }

    fn endless_frame(&mut self, mut stream: UnixStream) -> Came {
        if self.dice.one_in(2) {
            let _ = greet(&mut stream, PROTOCOL, env!("CARGO_PKG_VERSION"));
        }
        let said = stream.write_all(&(1_u32 << 30).to_be_bytes());
        let block = vec![b'x'; 1 << 16];
        let mut sent = 0_usize;
        // It may be shown the door at the length already, before it has sent anything.
        while said.is_ok() && sent < 1 << 30 && stream.write_all(&block).is_ok() {
            sent += block.len();
        }
        let heard = farewell(&mut stream);
        (1, if sent < 1 << 30 { heard } else { Err("all of it was taken".into()) })
    }

    fn garbage(&mut self, mut stream: UnixStream) -> Came {
        let dice = &mut self.dice;
        if dice.one_in(2) {
            let _ = greet(&mut stream, PROTOCOL, env!("CARGO_PKG_VERSION"));
        }
        let length = u32::try_from(1 + dice.roll(4096)).expect("small");
        let mut bytes: Vec<u8> = (0..length).map(|_| u8::try_from(dice.roll(256)).expect("a byte")).collect();
        match dice.roll(3) {
            // Noise inside a right frame.
            0 => bytes.splice(..0, length.to_be_bytes()).for_each(drop),
            // JSON that is no message.
            1 => bytes = framed(br#"{"Ask":{"ask":"seven","what":{"Nothing":[]}}}"#),
            // Noise from the first byte on, which names a length far beyond any frame.
            _ => bytes.splice(..0, [0xff]).for_each(drop),
        }
        // It may be shown the door before all is sent.
        let _ = stream.write_all(&bytes);
        (1, farewell(&mut stream))
    }
}

fn future(mut stream: UnixStream) -> Came {
    let _ = greet(&mut stream, PROTOCOL + 1, "99.0.0");
    // It may have been shown the door already.
    let _ = stream.write_all(&framed(br#"{"Ask":{"ask":1,"what":{"Teleport":{"room":"2026-001","whither":"mars"}}}}"#));
    (1, farewell(&mut stream))
}

fn framed(words: &[u8]) -> Vec<u8> {
    let mut framed = u32::try_from(words.len()).expect("small").to_be_bytes().to_vec();
    framed.extend_from_slice(words);
    framed
}

/// Says hello. It may be shown the door at that already, which is found by what is read.
fn greet(stream: &mut UnixStream, protocol: u32, version: &str) -> std::io::Result<()> {
    let hello = Hello {
        protocol,
        version: version.into(),
        name: "intruder".into(),
        sure: Assurance::Claimed,
        screen: false,
        read_only: false,
        takes_over: false,
    };
    frame::write(stream, &ClientMsg::Hello(hello))
}

/// Reads until the host says goodbye; the key of the reason.
///
/// # Errors
/// What came instead of a goodbye to one who need not come again.
fn farewell(reader: &mut UnixStream) -> Result<String, String> {
    loop {
        match frame::read::<HostMsg>(reader) {
            Ok(Some(HostMsg::Goodbye { why, again: false })) => return Ok(why.key.into_owned()),
            Ok(Some(HostMsg::Goodbye { why, .. })) => return Err(format!("{}, as if it might come again", why.key)),
            Ok(Some(_)) => {}
            Ok(None) => return Err("the end".into()),
            Err(error) => return Err(error.to_string()),
        }
    }
}
