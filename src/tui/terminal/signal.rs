//! Signals: a thread that waits for them and passes them on.

use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};

use crate::tui::terminal::event::TerminalEvent;

/// Starts the thread.
///
/// # Errors
/// When the system gives no thread.
pub fn watch<E>(sender: Sender<E>) -> std::io::Result<()>
where
    E: From<TerminalEvent> + Send + 'static,
{
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
    std::thread::Builder::new().name("klock-signals".into()).stack_size(128 << 10).spawn(move || {
        for signal in signals.forever() {
            if sender.send(TerminalEvent::Signal(signal).into()).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}
