//! What the allocator is told: one heap for all threads, and when to give memory back to the system.

/// Keeps the allocator from giving every thread a heap of its own. Each heap more keeps memory to itself, and grows by a call of
/// the system for every page.
pub fn share_one_heap() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it sets a number inside the allocator, which may be done at any time.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}

/// Gives back to the system what is free.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it may be called at any time, from any thread.
    unsafe {
        libc::malloc_trim(0);
    }
}
