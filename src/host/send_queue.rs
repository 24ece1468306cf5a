//! What is sent to one client: at once when its socket takes it, else it waits; bounded, so that a client that does not read
//! can only ever harm itself.
//!
//! The thread that sends writes to the socket itself, as far as that does not wait: to hand each frame to another thread would
//! cost an acknowledgement more than everything else the host does for it but the sync (measured).

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Buf as _, Bytes};
use tokio::net::unix::OwnedWriteHalf;
use tokio::sync::Notify;

/// How many frames, and how many bytes, may wait before a client is dropped (a guess). It resyncs when it reads again.
pub const MOST_FRAMES: usize = 4096;
/// See [`MOST_FRAMES`].
pub const MOST_BYTES: usize = 8 << 20;

/// What a frame is written to.
pub trait Socket: Send + Sync {
    /// Writes as much of `bytes` as it takes without waiting.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when that is nothing; else that nobody is there any more.
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize>;
}

impl Socket for Arc<OwnedWriteHalf> {
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        OwnedWriteHalf::try_write(self, bytes)
    }
}

/// The way to one client. Sending never waits.
#[derive(Clone)]
pub struct SendQueue {
    sending: Arc<SendState>,
}

struct SendState {
    socket: Box<dyn Socket>,
    line: Mutex<QueuedFrames>,
    /// Notified when something waits for the socket.
    waits: Notify,
    /// Notified when the client has to be dropped.
    overflow: Notify,
}

/// What waits to be written, in order.
#[derive(Default)]
struct QueuedFrames {
    /// Of the first one a part may have been written: that is not in it any more.
    frames: VecDeque<Bytes>,
    is_begun: bool,
    bytes: usize,
    /// Nothing more is taken.
    is_closed: bool,
    /// Nobody is at the other end any more.
    is_left: bool,
}

impl std::fmt::Debug for SendQueue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SendQueue").field("waiting", &self.sending.lock().bytes).finish_non_exhaustive()
    }
}

impl SendQueue {
    /// Returns a queue to the client at the other end of `socket`.
    pub fn new(socket: impl Socket + 'static) -> Self {
        let (waits, overflow) = (Notify::new(), Notify::new());
        SendQueue { sending: Arc::new(SendState { socket: Box::new(socket), line: Mutex::default(), waits, overflow }) }
    }

    /// Sends a frame, length and all. False: too much waits already, or the client is gone; it is being dropped.
    pub fn send(&self, frame: Bytes) -> bool {
        let mut line = self.sending.lock();
        // One frame may be larger than the limit (a long incident's fold); only what is piled up counts.
        if line.is_closed {
            return false;
        }
        if line.bytes >= MOST_BYTES || line.frames.len() >= MOST_FRAMES {
            self.sending.overflow.notify_one();
            return false;
        }
        let is_first = line.frames.is_empty();
        line.push(frame);
        if is_first && !matches!(self.sending.flush(&mut line), Ok(true)) {
            self.sending.waits.notify_one();
        }
        true
    }

    /// Waits until the client has to be dropped, because it does not read.
    pub async fn overflowed(&self) {
        self.sending.overflow.notified().await;
    }

    /// Writes what waits whenever `socket`, which is the queue's own, takes more. Ends when nobody is there any more.
    pub async fn write_waiting(&self, socket: &OwnedWriteHalf) {
        while self.write_all(socket).await.is_ok() {
            self.sending.waits.notified().await;
        }
    }

    /// Writes all that waits.
    ///
    /// # Errors
    /// Nobody is there any more.
    pub async fn write_all(&self, socket: &OwnedWriteHalf) -> io::Result<()> {
        while !self.sending.flush(&mut self.sending.lock())? {
            socket.writable().await?;
        }
        Ok(())
    }

    /// Takes nothing any more.
    pub fn close(&self) {
        self.sending.lock().is_closed = true;
    }

    /// Takes `last` in place of what waits, and then nothing any more. What was begun is still brought to its end: the other
    /// end could not tell where the next frame begins.
    pub fn close_with(&self, last: Bytes) {
        let mut line = self.sending.lock();
        let begun = if line.is_begun { line.frames.pop_front() } else { None };
        *line = QueuedFrames { is_begun: begun.is_some(), is_closed: true, ..QueuedFrames::default() };
        begun.into_iter().chain([last]).for_each(|frame| line.push(frame));
    }

    /// Returns whether nothing is taken any more.
    pub fn is_closed(&self) -> bool {
        self.sending.lock().is_closed
    }
}

impl SendState {
    fn lock(&self) -> MutexGuard<'_, QueuedFrames> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes as much as the socket takes now. True: nothing waits any more.
    fn flush(&self, line: &mut QueuedFrames) -> io::Result<bool> {
        if line.is_left {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        while let Some(first) = line.frames.front_mut() {
            match self.socket.try_write(first) {
                Ok(0) => return line.fail(io::ErrorKind::WriteZero.into()),
                Ok(written) => {
                    first.advance(written);
                    let is_whole = first.is_empty();
                    line.bytes -= written;
                    line.is_begun = !is_whole;
                    if is_whole {
                        line.frames.pop_front();
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return line.fail(error),
            }
        }
        Ok(true)
    }
}

impl QueuedFrames {
    fn push(&mut self, frame: Bytes) {
        self.bytes += frame.len();
        self.frames.push_back(frame);
    }

    fn fail(&mut self, error: io::Error) -> io::Result<bool> {
        *self = QueuedFrames { is_closed: true, is_left: true, ..QueuedFrames::default() };
        Err(error)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A socket that takes so many bytes, and keeps them.
    #[derive(Clone, Default)]
    pub struct Bucket {
        inside: Arc<Mutex<(usize, Vec<u8>)>>,
    }

    impl Bucket {
        /// One that takes `room` bytes.
        pub fn with_room(room: usize) -> Self {
            Bucket { inside: Arc::new(Mutex::new((room, Vec::new()))) }
        }

        /// Takes out what was written, which makes no room.
        pub fn empty(&self) -> Vec<u8> {
            std::mem::take(&mut self.inside.lock().unwrap().1)
        }

        fn make_room(&self, room: usize) {
            self.inside.lock().unwrap().0 += room;
        }
    }

    impl Socket for Bucket {
        fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
            let (room, written) = &mut *self.inside.lock().unwrap();
            let count = bytes.len().min(*room);
            if count == 0 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            *room -= count;
            written.extend_from_slice(&bytes[..count]);
            Ok(count)
        }
    }

    fn flush(send_queue: &SendQueue) -> bool {
        send_queue.sending.flush(&mut send_queue.sending.lock()).unwrap()
    }

    #[test]
    fn what_the_socket_takes_is_written_at_once_and_the_rest_in_order() {
        let bucket = Bucket::with_room(5);
        let send_queue = SendQueue::new(bucket.clone());
        assert!(send_queue.send(Bytes::from_static(b"abc")));
        assert_eq!(bucket.empty(), b"abc");
        assert!(send_queue.send(Bytes::from_static(b"defg")) && send_queue.send(Bytes::from_static(b"hi")));
        assert_eq!(bucket.empty(), b"de");
        bucket.make_room(3);
        assert!(!flush(&send_queue));
        assert_eq!(bucket.empty(), b"fgh");
        bucket.make_room(9);
        assert!(flush(&send_queue) && send_queue.send(Bytes::from_static(b"j")));
        assert_eq!(bucket.empty(), b"ij");
    }

    #[test]
    fn a_farewell_comes_after_the_frame_that_was_begun_and_before_none() {
        for (room, expected) in [(0, &b"bye"[..]), (2, b"cdbye"), (4, b"bye"), (6, b"gbye")] {
            let bucket = Bucket::with_room(room);
            let send_queue = SendQueue::new(bucket.clone());
            for frame in [&b"abcd"[..], b"efg", b"hij"] {
                assert!(send_queue.send(Bytes::copy_from_slice(frame)));
            }
            bucket.empty();
            send_queue.close_with(Bytes::from_static(b"bye"));
            assert!(!send_queue.send(Bytes::from_static(b"more")) && send_queue.is_closed());
            bucket.make_room(100);
            assert!(flush(&send_queue));
            assert_eq!(bucket.empty(), expected, "with room for {room}");
        }
    }

    #[tokio::test]
    async fn speaking_ends_when_the_other_end_is_left() {
        let (ours, theirs) = tokio::net::UnixStream::pair().unwrap();
        let (_read, write) = ours.into_split();
        let write = Arc::new(write);
        let send_queue = SendQueue::new(Arc::clone(&write));
        drop(theirs);
        let speaker = send_queue.clone();
        let speaking = tokio::spawn(async move { speaker.write_waiting(&write).await });
        while send_queue.send(Bytes::from_static(b"x")) {
            tokio::task::yield_now().await;
        }
        speaking.await.unwrap();
        assert!(send_queue.is_closed());
    }

    #[test]
    fn a_client_that_reads_is_never_cut_off_however_many_send_to_it() {
        const EACH: usize = 100_000;
        let bucket = Bucket::with_room(usize::MAX);
        let send_queue = SendQueue::new(bucket.clone());
        let senders = [send_queue.clone(), send_queue].map(|send_queue| {
            std::thread::spawn(move || (0..EACH).all(|_| send_queue.send(Bytes::from_static(b"a frame"))))
        });
        assert!(senders.into_iter().all(|sender| sender.join().unwrap()));
        assert_eq!(bucket.empty(), b"a frame".repeat(2 * EACH));
    }

    #[test]
    fn a_client_that_reads_nothing_is_cut_off_by_frames_and_by_bytes() {
        let bucket = Bucket::default();
        let send_queue = SendQueue::new(bucket.clone());
        let sent = (0..2 * MOST_FRAMES).take_while(|_| send_queue.send(Bytes::from_static(b"x"))).count();
        assert_eq!(sent, MOST_FRAMES);
        bucket.make_room(1);
        assert!(!flush(&send_queue) && send_queue.send(Bytes::from(vec![0; MOST_BYTES])), "what is large alone passes");
        bucket.make_room(1);
        assert!(!flush(&send_queue) && !send_queue.send(Bytes::from_static(b"x")));
    }
}
