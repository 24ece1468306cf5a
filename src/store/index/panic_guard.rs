//! Running what may panic or never end, without a word on the terminal.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

use super::fault::IndexFault;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// A million entries open in well under a second; what takes this long will not end.
const PATIENCE: Duration = Duration::from_secs(20);

/// The index panics on damage and prints to the terminal that somebody is looking at. Everyone else's panics go where
/// they went before.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let is_ours = QUIET.get() || thread::current().name().is_some_and(|name| name.starts_with("sled"));
            if !is_ours {
                before(info);
            }
        }));
    });
}

/// Runs `work`; a panic in it is a fault.
pub(in crate::store) fn guarded<T>(work: impl FnOnce() -> Result<T, IndexFault>) -> Result<T, IndexFault> {
    hush();
    let was = QUIET.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(was);
    result.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
        Err(IndexFault::Doubt(said.unwrap_or("it panicked").lines().next().unwrap_or_default().to_owned()))
    })
}

/// Runs `work` in a thread of its own and waits for it, but not for ever.
pub(in crate::store) fn open_aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IndexFault> + Send + 'static,
) -> Result<T, IndexFault> {
    let (done, result) = mpsc::channel();
    let spawned = thread::Builder::new().name("klock-index".to_owned()).spawn(move || {
        let _ = done.send(guarded(work));
    });
    if let Err(e) = spawned {
        return Err(IndexFault::Doubt(e.to_string()));
    }
    result.recv_timeout(PATIENCE).unwrap_or_else(|_| Err(IndexFault::Doubt("it does not open in time".to_owned())))
}
