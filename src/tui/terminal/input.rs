//! The keyboard: a thread that waits for it, and hands on what was typed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SendError, Sender};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::tui::terminal::burst::Bursts;
use crate::tui::terminal::decode::{Decoder, Patience};
use crate::tui::terminal::decoded::TerminalInput;
use crate::tui::terminal::event::TerminalEvent;

/// How much is read at a time.
const READ: usize = 4096;

/// How many bursts the screen has answered: they were taken in, and it was drawn after them.
#[derive(Debug, Clone, Default)]
pub struct Answered(Arc<AtomicU64>);

impl Answered {
    /// Says that it has answered `count` of them.
    pub fn set(&self, count: u64) {
        self.0.store(count, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The keyboard as it is read.
struct Keyboard<E> {
    decoder: Decoder,
    bursts: Bursts,
    answered: Answered,
    /// How many bursts were handed on.
    sent: u64,
    /// When something was last read or given up.
    since: Instant,
    sender: Sender<E>,
}

/// The loop is gone: there is nobody to tell.
struct LoopEnded;

impl<E> From<SendError<E>> for LoopEnded {
    fn from(_: SendError<E>) -> Self {
        LoopEnded
    }
}

/// Starts the thread. It ends when the terminal does, and says so. `asked`: the terminal was asked for its background,
/// the answer to which comes among the keys. `answered` is set by the loop.
///
/// # Errors
/// When the system gives no thread.
pub fn start<E>(sender: Sender<E>, asked: bool, answered: Answered) -> std::io::Result<()>
where
    E: From<TerminalEvent> + Send + 'static,
{
    let keyboard = Keyboard {
        decoder: Decoder::new(patience(), asked),
        bursts: Bursts::default(),
        answered,
        sent: 0,
        since: Instant::now(),
        sender,
    };
    std::thread::Builder::new().name("klock-keys".into()).stack_size(256 << 10).spawn(move || {
        // Without a loop to tell, there is nothing to read for.
        let _ = keyboard.live();
    })?;
    Ok(())
}

/// Keys that come over a network are waited for longer.
fn patience() -> Patience {
    match std::env::var_os("SSH_CONNECTION") {
        Some(said) if !said.is_empty() => Patience::REMOTE,
        _ => Patience::LOCAL,
    }
}

impl<E: From<TerminalEvent>> Keyboard<E> {
    fn live(mut self) -> Result<(), LoopEnded> {
        let mut buffer = [0; READ];
        loop {
            let due = self.due().map(|due| due.saturating_duration_since(Instant::now()));
            match read(&mut buffer, due) {
                Ok(Some(0)) | Err(_) => {
                    let found = self.decoder.end();
                    self.found(found, Instant::now())?;
                    self.hand_on_held()?;
                    return self.send(TerminalEvent::Ended);
                }
                Ok(Some(count)) => {
                    self.since = Instant::now();
                    let found = self.decoder.read(&buffer[..count], self.since);
                    self.found(found, self.since)?;
                }
                Ok(None) => self.pass(Instant::now())?,
            }
        }
    }

    /// Returns when to act although nothing is typed. `None` when there is nothing to wait for.
    fn due(&self) -> Option<Instant> {
        let given_up = self.decoder.patience().map(|patience| self.since + patience);
        [given_up, self.bursts.due()].into_iter().flatten().min()
    }

    /// Nothing was typed until `now`.
    fn pass(&mut self, now: Instant) -> Result<(), LoopEnded> {
        if self.bursts.due().is_some_and(|due| due <= now) {
            self.hand_on_held()?;
        }
        if self.decoder.patience().is_some_and(|patience| self.since + patience <= now) {
            self.since = now;
            let found = self.decoder.rest();
            self.found(found, now)?;
        }
        Ok(())
    }

    fn found(&mut self, found: Vec<TerminalInput>, at: Instant) -> Result<(), LoopEnded> {
        let mut inputs = Vec::new();
        let mut pastes_end = false;
        for found in found {
            match found {
                TerminalInput::PasteEnds => pastes_end = true,
                TerminalInput::Background(background) => self.send(TerminalEvent::Background(background))?,
                TerminalInput::PasteStalls { letters } => self.send(TerminalEvent::PasteStalls { letters })?,
                input => inputs.push(input),
            }
        }
        let answered = self.answered.get() == self.sent;
        if let Some(burst) = self.bursts.read(inputs, pastes_end, answered, at) {
            self.sent += 1;
            self.send(TerminalEvent::Keys(burst))?;
        }
        Ok(())
    }

    fn send(&self, event: TerminalEvent) -> Result<(), LoopEnded> {
        Ok(self.sender.send(event.into())?)
    }

    fn hand_on_held(&mut self) -> Result<(), LoopEnded> {
        if let Some(burst) = self.bursts.take() {
            self.sent += 1;
            self.send(TerminalEvent::Keys(burst))?;
        }
        Ok(())
    }
}

/// Reads what is typed into `buffer` and returns how many bytes that was. `None` when nothing came within `patience`.
fn read(buffer: &mut [u8], patience: Option<Duration>) -> rustix::io::Result<Option<usize>> {
    let stdin = rustix::stdio::stdin();
    // None of them is longer than a second.
    let timeout = patience.and_then(|patience| Timespec::try_from(patience).ok());
    loop {
        let mut wait = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut wait, timeout.as_ref()) {
            Ok(0) => return Ok(None),
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error),
        }
        match rustix::io::read(stdin, &mut *buffer) {
            Err(Errno::INTR | Errno::AGAIN) => {}
            read => return read.map(Some),
        }
    }
}
