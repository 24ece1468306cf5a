//! Output that keeps nobody waiting: what is written goes to a thread of its own, which alone waits for the reader.
//!
//! A terminal that was stopped with Ctrl+S, or a pipe that nobody reads, blocks every writer. What records must not
//! depend on that.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Hands what is written to a thread that writes it to `output`, as long as no more than a given number of bytes waits.
pub struct BackgroundWriter {
    shared: Arc<Shared>,
    most: usize,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Told of every change.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Vec<u8>>,
    /// How many bytes wait, with those that are being written.
    bytes: usize,
    /// How many pieces found no room.
    dropped: u64,
    /// How long a reader is waited for in the end, and since when that holds; `None` for as long as it takes.
    patience: Option<(Duration, Instant)>,
    /// Nothing more comes.
    is_ending: bool,
    /// The output takes nothing any more.
    is_closed: bool,
}

impl BackgroundWriter {
    /// Starts a thread that writes to `output`. At most `most` bytes wait there; what comes beyond them is dropped and counted.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(output: impl Write + Send + 'static, most: usize) -> io::Result<Self> {
        let shared = Arc::<Shared>::default();
        let for_thread = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("klock-print".into()).stack_size(128 << 10);
        thread.spawn(move || write_all(&for_thread, output))?;
        Ok(BackgroundWriter { shared, most })
    }

    /// Takes in `piece`, which is written whole. Never waits. False: the output is closed.
    pub fn put(&self, piece: Vec<u8>) -> bool {
        let mut state = self.shared.lock();
        if state.is_closed {
            return false;
        }
        if state.bytes.saturating_add(piece.len()) > self.most {
            state.dropped += 1;
            return true;
        }
        state.bytes += piece.len();
        state.waiting.push_back(piece);
        self.shared.changed.notify_all();
        true
    }

    /// How many pieces were dropped because too much waited.
    pub fn dropped(&self) -> u64 {
        self.shared.lock().dropped
    }

    /// What limits the waiting of [`BackgroundWriter::flush`], for another thread.
    pub fn limit(&self) -> Limit {
        Limit { shared: Arc::clone(&self.shared) }
    }

    /// Waits until everything is written, as long as the reader takes unless that is limited. True: everything is, or nobody
    /// reads any more.
    pub fn flush(&self) -> bool {
        let began = Instant::now();
        let mut state = self.shared.lock();
        while state.bytes > 0 && !state.is_closed {
            let deadline = state.patience.map(|(patience, since)| began.max(since) + patience);
            let wait = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if wait.is_some_and(|left| left.is_zero()) {
                return false;
            }
            state = self.shared.wait(state, wait);
        }
        true
    }
}

/// Limits how long a reader is waited for.
#[derive(Clone)]
pub struct Limit {
    shared: Arc<Shared>,
}

impl Limit {
    /// Limits every wait for the reader, now or later, to `patience`.
    pub fn set(&self, patience: Duration) {
        self.shared.lock().patience = Some((patience, Instant::now()));
        self.shared.changed.notify_all();
    }
}

/// The thread ends when it has written what waits.
impl Drop for BackgroundWriter {
    fn drop(&mut self) {
        self.shared.lock().is_ending = true;
        self.shared.changed.notify_all();
    }
}

/// One call, one piece. It never fails: what nobody reads is nobody's loss.
impl Write for &BackgroundWriter {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.put(piece.to_vec());
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, at_most: Option<Duration>) -> MutexGuard<'a, State> {
        match at_most {
            None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            Some(at_most) => self.changed.wait_timeout(state, at_most).unwrap_or_else(PoisonError::into_inner).0,
        }
    }
}

fn write_all(shared: &Shared, mut output: impl Write) {
    loop {
        let mut state = shared.lock();
        while state.waiting.is_empty() {
            if state.is_ending {
                return;
            }
            state = shared.wait(state, None);
        }
        let pieces: Vec<u8> = state.waiting.drain(..).flatten().collect();
        drop(state);
        let written = output.write_all(&pieces).and_then(|()| output.flush());
        let mut state = shared.lock();
        state.bytes -= pieces.len();
        if written.is_err() {
            *state = State { is_closed: true, dropped: state.dropped, ..State::default() };
        }
        shared.changed.notify_all();
        if written.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::os::unix::net::UnixStream;

    use super::*;

    #[test]
    fn what_nobody_reads_keeps_nobody_waiting_and_is_bounded() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let writer = BackgroundWriter::start(ours, 4 << 20).unwrap();
        let piece = vec![b'x'; 1 << 20];
        assert!((0..8).all(|_| writer.put(piece.clone())));
        writer.limit().set(Duration::from_millis(1));
        assert!(!writer.flush());
        assert_eq!(writer.dropped(), 4);
        let mut read = vec![0; 4 << 20];
        theirs.read_exact(&mut read).unwrap();
        writer.limit().set(Duration::from_secs(60));
        assert!(writer.flush());
        assert!(writer.put(b"last".to_vec()) && writer.flush());
        drop(writer);
        let mut rest = Vec::new();
        theirs.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, b"last");
    }

    #[test]
    fn an_output_that_is_closed_is_told() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        drop(theirs);
        let writer = BackgroundWriter::start(ours, 100).unwrap();
        writer.put(b"x".to_vec());
        assert!(writer.flush());
        assert!(!writer.put(b"y".to_vec()));
    }
}
