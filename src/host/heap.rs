//! Memory that is not used any more goes back to the system, because a host stays for as long as an incident does.

/// Keeps the allocator from giving every thread a heap of its own: what one has let go of is then of use to the others.
/// Before the first thread is started.
pub fn share_one() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it sets a number of the allocator's, and no other thread runs yet.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}

/// Gives back what is free.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it may be called at any time, from any thread.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// How many ticks after something long was read its memory is given back (a guess): others may come who read it too.
const GIVE_BACK_AFTER: u32 = 5;

/// Knows when memory is given back to the system.
#[derive(Debug)]
pub struct HeapTrim {
    /// In how many ticks; `None` while there is nothing to give back.
    due_in: Option<u32>,
}

impl Default for HeapTrim {
    /// Due at the second tick: opening the store took memory.
    fn default() -> Self {
        HeapTrim { due_in: Some(1) }
    }
}

impl HeapTrim {
    /// Notes that something long was read, whose memory will be free soon.
    pub fn expect_garbage(&mut self) {
        self.due_in = Some(GIVE_BACK_AFTER);
    }

    /// Counts a tick. Returns whether to give memory back now.
    pub fn is_due(&mut self) -> bool {
        let is_due = self.due_in == Some(0);
        self.due_in = self.due_in.and_then(|ticks| ticks.checked_sub(1));
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_given_back_once_some_ticks_after_the_last_long_read() {
        let mut heap = HeapTrim::default();
        let ticks = |heap: &mut HeapTrim| (0..20).filter(|_| heap.is_due()).count();
        assert_eq!([heap.is_due(), heap.is_due()], [false, true]);
        assert_eq!(ticks(&mut heap), 0);
        heap.expect_garbage();
        assert!((0..GIVE_BACK_AFTER).all(|_| !heap.is_due()));
        heap.expect_garbage();
        assert_eq!(ticks(&mut heap), 1);
    }
}
