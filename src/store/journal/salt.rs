//! Where the salts that hide a person's words come from: the kernel, or a test's own sequence.

use std::fs::File;
use std::io::{self, Read};

/// Gives sixteen bytes that nobody can guess. A closure will do.
pub trait Salts: Send {
    /// Returns the next salt.
    ///
    /// # Errors
    /// When the source cannot be read; nothing is then saved, since a guessable salt would hide nothing.
    fn salt(&mut self) -> io::Result<[u8; 16]>;
}

impl<F: FnMut() -> [u8; 16] + Send> Salts for F {
    fn salt(&mut self) -> io::Result<[u8; 16]> {
        Ok(self())
    }
}

/// The kernel's random bytes, fetched a few at a time.
#[derive(Debug, Default)]
pub struct KernelSalts {
    pool: Vec<u8>,
}

impl Salts for KernelSalts {
    fn salt(&mut self) -> io::Result<[u8; 16]> {
        if self.pool.len() < 16 {
            self.pool.resize(1024, 0);
            File::open("/dev/urandom")?.read_exact(&mut self.pool)?;
        }
        let mut salt = [0; 16];
        salt.copy_from_slice(&self.pool.split_off(self.pool.len() - 16));
        Ok(salt)
    }
}
