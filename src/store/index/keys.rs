//! A key for each room, under which the index keeps what people wrote.
//!
//! sled leaves old values in its files until it happens to write over them, so that nothing in it can be taken out for certain.
//! What is written under a key goes with the key: the file of keys is small, and is replaced as a whole. Only words are under a
//! key; numbers, times and ids are not.
//!
//! `keys` in the directory of the index: a line for each key, the room's name and sixty-four hexadecimal digits. Of several keys of
//! one room the first is in use; the others are about to go.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use chacha20::XChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};

use super::fault::{IndexFault, doubt};
use crate::domain::id::RoomId;
use crate::regular::{self, Links};
use crate::store::journal::hash::{HEX, Hash};
use crate::store::journal::salt::{KernelSalts, Salts};

const FILE: &str = "keys";
const BESIDE: &str = "keys.new";
/// Enough for a million rooms.
const LONGEST_FILE: u64 = 128 << 20;

/// What stands before a sealed value: which key it is under, and a number that is used once.
const ID: usize = 4;
const NONCE: usize = 24;

#[derive(Clone, PartialEq, Eq)]
struct RoomKey([u8; 32]);

/// See the module.
pub(super) struct RoomKeys {
    dir: PathBuf,
    of: RwLock<HashMap<RoomId, Vec<RoomKey>>>,
    /// Held while the file is written. Readers never wait for the disk.
    writing: Mutex<()>,
    /// A number that is used once is this and a count.
    first_half: [u8; 16],
    count: AtomicU64,
}

impl RoomKey {
    fn make() -> io::Result<Self> {
        let mut salts = KernelSalts::default();
        let halves = [salts.salt()?, salts.salt()?];
        let mut key = [0; 32];
        key.copy_from_slice(halves.as_flattened());
        Ok(RoomKey(key))
    }

    fn id(&self) -> [u8; ID] {
        let mut id = [0; ID];
        id.copy_from_slice(&Hash::of(&[b"key", &self.0]).0[..ID]);
        id
    }

    fn apply(&self, nonce: &[u8; NONCE], bytes: &mut [u8]) {
        XChaCha20::new((&self.0).into(), nonce.into()).apply_keystream(bytes);
    }

    fn line(&self, room: &RoomId) -> String {
        format!("{room} {}\n", Hash(self.0))
    }
}

impl RoomKeys {
    /// Returns the keys of the index in `dir`; none yet when there is no such file.
    pub fn open(dir: &Path) -> io::Result<Self> {
        let bytes = match regular::read(&dir.join(FILE), Links::Refuse, LONGEST_FILE) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut of: HashMap<RoomId, Vec<RoomKey>> = HashMap::new();
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        for line in bytes[..whole].split(|byte| *byte == b'\n') {
            if let Some((room, key)) = parse(line) {
                of.entry(room).or_default().push(key);
            }
        }
        if whole < bytes.len() {
            // Its writer was killed. What comes after it would not be read.
            let file = regular::open(&dir.join(FILE), Links::Refuse, OpenOptions::new().write(true))?;
            file.set_len(whole as u64)?;
        }
        let first_half = KernelSalts::default().salt()?;
        Ok(RoomKeys {
            dir: dir.to_owned(),
            of: RwLock::new(of),
            writing: Mutex::new(()),
            first_half,
            count: AtomicU64::new(0),
        })
    }

    /// Returns whether the room has a key.
    pub fn has(&self, room: &RoomId) -> bool {
        self.read().contains_key(room)
    }

    /// Makes a key for a room that has none.
    pub fn make(&self, room: &RoomId) -> io::Result<()> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.has(room) {
            return Ok(());
        }
        let key = RoomKey::make()?;
        let mut options = OpenOptions::new();
        options.append(true).create(true).mode(0o600);
        regular::open(&self.dir.join(FILE), Links::Refuse, &mut options)?.write_all(key.line(room).as_bytes())?;
        self.write().insert(room.clone(), vec![key]);
        Ok(())
    }

    /// Gives the room another key. What is under an earlier one can be read until [`RoomKeys::forget_earlier`].
    pub fn renew(&self, room: &RoomId) -> io::Result<()> {
        let key = RoomKey::make()?;
        self.change(|of| of.entry(room.clone()).or_default().insert(0, key))
    }

    /// Removes all keys of the room but the one in use, for good: when this returns, the disk does not have them either.
    pub fn forget_earlier(&self, room: &RoomId) -> io::Result<()> {
        self.change(|of| {
            if let Some(keys) = of.get_mut(room) {
                keys.truncate(1);
            }
        })
    }

    /// Makes lasting what was written of them.
    pub fn sync(&self) -> io::Result<()> {
        match regular::open_to_read(&self.dir.join(FILE), Links::Refuse) {
            Ok(file) => file.sync_all(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn change(&self, change: impl FnOnce(&mut HashMap<RoomId, Vec<RoomKey>>)) -> io::Result<()> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = self.read().clone();
        change(&mut changed);
        let text: String = changed.iter().flat_map(|(room, keys)| keys.iter().map(|key| key.line(room))).collect();
        let beside = self.dir.join(BESIDE);
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, self.dir.join(FILE))?;
        File::open(&self.dir)?.sync_all()?;
        *self.write() = changed;
        Ok(())
    }

    /// `value` under the key of the room, which has to have one.
    pub fn seal(&self, room: &RoomId, value: &[u8]) -> Result<Vec<u8>, IndexFault> {
        let of = self.read();
        let Some(key) = of.get(room).and_then(|keys| keys.first()) else {
            return doubt(format!("{room}: it has no key"));
        };
        let mut nonce = [0; NONCE];
        nonce[..16].copy_from_slice(&self.first_half);
        nonce[16..].copy_from_slice(&self.count.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        let mut sealed = Vec::with_capacity(ID + NONCE + value.len());
        sealed.extend_from_slice(&key.id());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(value);
        key.apply(&nonce, &mut sealed[ID + NONCE..]);
        Ok(sealed)
    }

    /// Returns what was sealed, or as much of it as there is of its beginning; none when its key is gone.
    pub fn unseal(&self, room: &RoomId, mut sealed: Vec<u8>) -> Option<Vec<u8>> {
        let (id, rest) = sealed.split_at_checked(ID)?;
        let nonce: [u8; NONCE] = *rest.first_chunk()?;
        let key = self.read().get(room)?.iter().find(|key| key.id() == id)?.clone();
        sealed.drain(..ID + NONCE);
        key.apply(&nonce, &mut sealed);
        Some(sealed)
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<RoomId, Vec<RoomKey>>> {
        self.of.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<RoomId, Vec<RoomKey>>> {
        self.of.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn parse(line: &[u8]) -> Option<(RoomId, RoomKey)> {
    let at = line.iter().position(|byte| *byte == b' ')?;
    let room = std::str::from_utf8(&line[..at]).ok()?.parse().ok()?;
    let key = line.get(at + 1..).filter(|hex| hex.len() == HEX)?;
    Some((room, RoomKey(Hash::parse(key)?.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(number: u32) -> RoomId {
        RoomId::of_year(2026, number)
    }

    #[test]
    fn what_was_sealed_is_read_by_whoever_opens_the_keys_again() {
        let dir = tempfile::tempdir().expect("a directory");
        let keys = RoomKeys::open(dir.path()).expect("no keys yet");
        for number in 1..=2 {
            keys.make(&room(number)).expect("a key");
        }
        let sealed = keys.seal(&room(1), b"the secret word").expect("sealed");
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        assert_ne!(keys.seal(&room(1), b"the secret word").expect("sealed"), sealed, "never the same twice");
        // The next line was being written when the host was killed.
        let mut file = OpenOptions::new().append(true).open(dir.path().join(FILE)).expect("opened");
        file.write_all(b"2026-003 abc").expect("written");
        let keys = RoomKeys::open(dir.path()).expect("opened");
        assert_eq!(keys.unseal(&room(1), sealed.clone()).as_deref(), Some(&b"the secret word"[..]));
        assert_eq!(keys.unseal(&room(2), sealed.clone()), None, "another room's key");
        keys.make(&room(3)).expect("a key");
        let keys = RoomKeys::open(dir.path()).expect("opened");
        assert!(keys.has(&room(3)), "a line that was cut off does not hide the next");
        assert_eq!(keys.unseal(&room(1), sealed[..ID + NONCE + 3].to_vec()).as_deref(), Some(&b"the"[..]));
    }

    #[test]
    fn a_key_that_is_forgotten_takes_along_what_was_under_it() {
        let dir = tempfile::tempdir().expect("a directory");
        let keys = RoomKeys::open(dir.path()).expect("no keys yet");
        keys.make(&room(1)).expect("a key");
        keys.make(&room(2)).expect("a key");
        let (old, other) =
            (keys.seal(&room(1), b"old").expect("sealed"), keys.seal(&room(2), b"other").expect("sealed"));
        keys.renew(&room(1)).expect("renewed");
        let new = keys.seal(&room(1), b"new").expect("sealed");
        for keys in [&keys, &RoomKeys::open(dir.path()).expect("opened")] {
            assert_eq!(keys.unseal(&room(1), old.clone()).as_deref(), Some(&b"old"[..]), "both can be read meanwhile");
            assert_eq!(keys.unseal(&room(1), new.clone()).as_deref(), Some(&b"new"[..]));
        }
        keys.forget_earlier(&room(1)).expect("forgotten");
        for keys in [&keys, &RoomKeys::open(dir.path()).expect("opened")] {
            assert_eq!(keys.unseal(&room(1), old.clone()), None);
            assert_eq!(keys.unseal(&room(1), new.clone()).as_deref(), Some(&b"new"[..]));
            assert_eq!(keys.unseal(&room(2), other.clone()).as_deref(), Some(&b"other"[..]));
        }
    }
}
