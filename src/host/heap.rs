//! When memory goes back to the system: a host stays for as long as an incident does.

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
