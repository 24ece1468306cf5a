//! A host that plays a part: it welcomes whoever comes, and then does what the test wants and no more.

use std::io::{Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

use klockslag::domain::record::{Assurance, Author};
use klockslag::wire::frame;
use klockslag::wire::message::{Answer, ClientMsg, Health, HostMsg, PROTOCOL, Welcome};

/// A process that is not there, so that nobody can look whether it runs.
const NOBODY: u32 = u32::MAX;

/// One connection to it.
pub struct Stage {
    stream: UnixStream,
}

impl Stage {
    /// The number of the next question; none: the client has left.
    pub fn asked(&mut self) -> Option<u64> {
        match frame::read(&mut self.stream).ok()?? {
            ClientMsg::Ask { ask, .. } => Some(ask),
            other @ ClientMsg::Hello(_) => panic!("a second introduction: {other:?}"),
        }
    }

    /// Answers `ask`: it is done.
    pub fn done(&mut self, ask: u64) {
        self.say(&frame::whole(&answer(ask)).expect("a frame"));
    }

    /// Begins to answer `ask`, and gets stuck in the middle.
    pub fn begin_to_answer(&mut self, ask: u64) {
        let frame = frame::whole(&answer(ask)).expect("a frame");
        self.say(&frame[..frame.len() / 2]);
    }

    /// Says nothing, until the client has left.
    pub fn fall_silent(&mut self) {
        // However it leaves.
        let _ = self.stream.read_to_end(&mut Vec::new());
    }

    /// Says `message` again and again until the client has left.
    pub fn flood(&mut self, message: &HostMsg) {
        let frame = frame::whole(message).expect("a frame");
        while self.stream.write_all(&frame).is_ok() {}
    }

    /// Begins a message and goes on with it, a byte at a time, until the client has left.
    pub fn drip(&mut self) {
        let begun = self.stream.write_all(&1000_u32.to_be_bytes());
        while begun.is_ok() && self.stream.write_all(b" ").is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    fn say(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("it is heard");
    }
}

fn answer(ask: u64) -> HostMsg {
    HostMsg::Answer { ask, answer: Box::new(Ok(Answer::Done)) }
}

/// Listens at `socket`, and plays `part` on each connection, which is the first, the second and so on.
pub fn play(socket: &Path, part: impl Fn(usize, Stage) + Clone + Send + 'static) {
    let dir = socket.parent().expect("a directory");
    std::fs::create_dir_all(dir).expect("a directory");
    let listener = UnixListener::bind(socket).expect("the puppet listens");
    std::thread::spawn(move || {
        for (nth, stream) in (1..).zip(listener.incoming()) {
            let (Ok(mut stream), part) = (stream, part.clone()) else { return };
            std::thread::spawn(move || {
                let hello = frame::read::<ClientMsg>(&mut stream).expect("an introduction");
                let Some(ClientMsg::Hello(hello)) = hello else { panic!("no introduction: {hello:?}") };
                let welcome = HostMsg::Welcome(Welcome {
                    protocol: PROTOCOL,
                    version: hello.version,
                    pid: NOBODY,
                    you: Author { uid: 0, name: hello.name, sure: Assurance::Claimed },
                    read_only: false,
                    reading_door: false,
                    health: Health::default(),
                });
                let mut stage = Stage { stream };
                stage.say(&frame::whole(&welcome).expect("a frame"));
                part(nth, stage);
            });
        }
    });
}
