//! What waits to be sent to one client: bounded, so that a client that does not read can only ever harm itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use tokio::sync::Notify;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// How many frames, and how many bytes, may wait before a client is dropped. It resyncs when it reads again.
pub const MOST_FRAMES: usize = 4096;
/// See [`MOST_FRAMES`].
pub const MOST_BYTES: usize = 8 << 20;

/// The keeper's end. Sending never waits.
#[derive(Debug, Clone)]
pub struct Outbox {
    frames: Sender<Bytes>,
    waiting: Arc<AtomicUsize>,
    cut: Arc<Notify>,
}

/// The socket's end.
#[derive(Debug)]
pub struct Outgoing {
    frames: Receiver<Bytes>,
    waiting: Arc<AtomicUsize>,
    /// Told when the client is to be dropped.
    pub cut: Arc<Notify>,
}

/// Two ends of a new queue.
pub fn outbox() -> (Outbox, Outgoing) {
    let (sender, receiver) = channel(MOST_FRAMES);
    let waiting = Arc::new(AtomicUsize::new(0));
    let cut = Arc::new(Notify::new());
    let outbox = Outbox { frames: sender, waiting: Arc::clone(&waiting), cut: Arc::clone(&cut) };
    (outbox, Outgoing { frames: receiver, waiting, cut })
}

impl Outbox {
    /// Queues a frame. False: too much waits already, or the client is gone; it is being dropped.
    pub fn send(&self, frame: Bytes) -> bool {
        let length = frame.len();
        // Counted before the other end can take it: it would take it off first, and whoever looked then would see no end of
        // bytes. One frame may be larger than the limit (a long incident's fold); only what is piled up counts.
        let piled_up = self.waiting.fetch_add(length, Ordering::Relaxed);
        let sent = piled_up < MOST_BYTES && self.frames.try_send(frame).is_ok();
        if !sent {
            self.waiting.fetch_sub(length, Ordering::Relaxed);
            self.cut.notify_one();
        }
        sent
    }
}

impl Outbox {
    /// Whether the client is gone.
    pub fn is_closed(&self) -> bool {
        self.frames.is_closed()
    }
}

impl Outgoing {
    /// The next frame; none when the keeper has let go of the client.
    pub async fn next(&mut self) -> Option<Bytes> {
        let frame = self.frames.recv().await?;
        self.waiting.fetch_sub(frame.len(), Ordering::Relaxed);
        Some(frame)
    }

    /// The next frame, if one waits already.
    pub fn next_now(&mut self) -> Option<Bytes> {
        let frame = self.frames.try_recv().ok()?;
        self.waiting.fetch_sub(frame.len(), Ordering::Relaxed);
        Some(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_reads_is_never_cut_off_however_many_send_to_it() {
        const EACH: usize = 100_000;
        let (outbox, mut outgoing) = outbox();
        let read = Arc::new(AtomicUsize::new(0));
        let senders = [outbox.clone(), outbox].map(|outbox| {
            let read = Arc::clone(&read);
            std::thread::spawn(move || {
                (0..EACH).all(|sent| {
                    while 2 * sent > read.load(Ordering::Relaxed) + MOST_FRAMES / 4 {
                        std::thread::yield_now();
                    }
                    outbox.send(Bytes::from_static(b"a frame"))
                })
            })
        });
        while let Some(frame) = outgoing.frames.blocking_recv() {
            outgoing.waiting.fetch_sub(frame.len(), Ordering::Relaxed);
            read.fetch_add(1, Ordering::Relaxed);
        }
        assert!(senders.into_iter().all(|sender| sender.join().unwrap()));
        assert_eq!((read.load(Ordering::Relaxed), outgoing.waiting.load(Ordering::Relaxed)), (2 * EACH, 0));
    }

    #[test]
    fn a_client_that_reads_nothing_is_cut_off_by_frames_and_by_bytes() {
        let (outbox, mut outgoing) = outbox();
        let sent = (0..2 * MOST_FRAMES).take_while(|_| outbox.send(Bytes::from_static(b"x"))).count();
        assert_eq!(sent, MOST_FRAMES);
        assert!(outgoing.next_now().is_some());
        assert!(outbox.send(Bytes::from(vec![0; MOST_BYTES])), "what is large alone passes");
        assert!(outgoing.next_now().is_some());
        assert!(!outbox.send(Bytes::from_static(b"x")));
    }
}
