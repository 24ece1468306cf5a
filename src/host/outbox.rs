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
        // One frame may be larger than the limit (a long incident's fold); only what is piled up counts.
        let sent = self.waiting.load(Ordering::Relaxed) < MOST_BYTES && self.frames.try_send(frame).is_ok();
        if sent {
            self.waiting.fetch_add(length, Ordering::Relaxed);
        } else {
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
