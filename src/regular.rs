//! Opening regular files, and nothing else: a FIFO would wait for ever, a device may have no end.
//!
//! A file is opened without waiting, and looked at before a byte of it is read. Whose it is counts as well: in a directory that
//! was open to others once, a file of somebody else's may wait to be read.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;

/// Whether a symbolic link may stand for the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// It may: for files that people keep elsewhere, as settings are.
    Follow,
    /// It may not: for what the program itself keeps.
    Refuse,
}

/// Why something is not opened, although it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    Directory,
    Fifo,
    Socket,
    Device,
    Link,
    /// It belongs to this user.
    Foreign(u32),
    /// It is longer than this, in bytes.
    TooLong(u64),
}

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Odd::Directory => f.write_str("it is a directory, not a file"),
            Odd::Fifo => f.write_str("it is a named pipe, not a file"),
            Odd::Socket => f.write_str("it is a socket, not a file"),
            Odd::Device => f.write_str("it is a device, not a file"),
            Odd::Link => f.write_str("it is a symbolic link, not a file"),
            Odd::Foreign(uid) => write!(f, "it belongs to user {uid}"),
            Odd::TooLong(most) => write!(f, "it is longer than {most} bytes"),
        }
    }
}

impl std::error::Error for Odd {}

impl From<Odd> for io::Error {
    fn from(odd: Odd) -> Self {
        io::Error::other(odd)
    }
}

impl Odd {
    /// What `error` says of a file that is none, if it does.
    pub fn of(error: &io::Error) -> Option<Odd> {
        error.get_ref()?.downcast_ref().copied()
    }

    /// The stable name of it, for messages in several languages: `fifo`, `link`.
    pub fn name(self) -> &'static str {
        match self {
            Odd::Directory => "directory",
            Odd::Fifo => "fifo",
            Odd::Socket => "socket",
            Odd::Device => "device",
            Odd::Link => "link",
            Odd::Foreign(_) => "foreign",
            Odd::TooLong(_) => "long",
        }
    }
}

/// Why what `meta` describes is not opened; `None` if it is a regular file of this user's or of root's.
pub fn oddity(meta: &fs::Metadata) -> Option<Odd> {
    let kind = meta.file_type();
    let own = rustix::process::geteuid().as_raw();
    match meta.uid() {
        _ if kind.is_dir() => Some(Odd::Directory),
        _ if kind.is_symlink() => Some(Odd::Link),
        _ if kind.is_fifo() => Some(Odd::Fifo),
        _ if kind.is_socket() => Some(Odd::Socket),
        _ if !kind.is_file() => Some(Odd::Device),
        // Root can write to every file anyway.
        uid if uid != own && uid != 0 => Some(Odd::Foreign(uid)),
        _ => None,
    }
}

/// Opens the regular file at `path`.
///
/// # Errors
/// The file system's own; an [`Odd`] when it is no regular file, or somebody else's.
pub fn open(path: &Path, links: Links, options: &mut OpenOptions) -> io::Result<File> {
    let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    if links == Links::Refuse {
        flags |= OFlags::NOFOLLOW;
    }
    let opened = options.custom_flags(flags.bits().cast_signed()).open(path);
    let file = opened.map_err(|error| odd_or(error, path, links))?;
    let meta = file.metadata()?;
    match oddity(&meta) {
        // The organisation's settings are not one's own.
        Some(Odd::Foreign(_)) if links == Links::Follow => Ok(file),
        Some(odd) => Err(odd.into()),
        None => Ok(file),
    }
}

/// A socket, a link and a device without a driver cannot be opened at all, and the system's words do not say which it is.
fn odd_or(error: io::Error, path: &Path, links: Links) -> io::Error {
    let meta = if links == Links::Refuse { fs::symlink_metadata(path) } else { fs::metadata(path) };
    match meta.ok().as_ref().and_then(oddity) {
        Some(odd) if !matches!(odd, Odd::Foreign(_)) => odd.into(),
        _ => error,
    }
}

/// Opens the regular file at `path` for reading; see [`open`].
///
/// # Errors
/// As [`open`].
pub fn open_to_read(path: &Path, links: Links) -> io::Result<File> {
    open(path, links, OpenOptions::new().read(true))
}

/// The bytes of the regular file at `path`, which are at most `most`.
///
/// # Errors
/// As [`open`], and [`Odd::TooLong`].
pub fn read(path: &Path, links: Links, most: u64) -> io::Result<Vec<u8>> {
    read_open(open_to_read(path, links)?, most)
}

fn read_open(file: File, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(Odd::TooLong(most).into()) } else { Ok(bytes) }
}

/// As [`read`], of a text in UTF-8.
///
/// # Errors
/// As [`read`], and [`io::ErrorKind::InvalidData`] when it is none.
pub fn read_text(path: &Path, links: Links, most: u64) -> io::Result<String> {
    text_of(read(path, links, most)?)
}

/// As [`read_text`], of what a person named: it may also be a pipe, or a device.
///
/// # Errors
/// As [`read_text`].
pub fn read_named_text(path: &Path, most: u64) -> io::Result<String> {
    text_of(read_open(File::open(path)?, most)?)
}

fn text_of(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Replaces the file `path` with one that holds `bytes`, its owner's alone. Nothing is written through a link or into a pipe.
///
/// # Errors
/// The file system's own.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    let written = file.write_all(bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // Half a file is of no use to anybody.
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    fn oddity_of(path: &Path, links: Links) -> Option<Odd> {
        Odd::of(&open_to_read(path, links).expect_err("it is odd"))
    }

    #[test]
    fn what_is_no_regular_file_is_refused_at_once_and_named() {
        let dir = tempfile::tempdir().expect("a directory");
        let at = |name: &str| dir.path().join(name);
        rustix::fs::mknodat(rustix::fs::CWD, at("fifo"), rustix::fs::FileType::Fifo, 0o600.into(), 0).expect("a FIFO");
        let _listener = UnixListener::bind(at("socket")).expect("a socket");
        symlink("/dev/zero", at("link")).expect("a link");
        fs::create_dir(at("directory")).expect("a directory");
        for links in [Links::Follow, Links::Refuse] {
            assert_eq!(oddity_of(&at("fifo"), links), Some(Odd::Fifo));
            assert_eq!(oddity_of(&at("socket"), links), Some(Odd::Socket));
            assert_eq!(oddity_of(&at("directory"), links), Some(Odd::Directory));
        }
        assert_eq!(oddity_of(&at("link"), Links::Refuse), Some(Odd::Link));
        assert_eq!(oddity_of(&at("link"), Links::Follow), Some(Odd::Device));
        assert_eq!(open_to_read(&at("none"), Links::Refuse).expect_err("nothing").kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn nothing_is_written_through_a_link() {
        let dir = tempfile::tempdir().expect("a directory");
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        fs::write(&file, "text").expect("written");
        symlink(&file, &link).expect("a link");
        write(&link, b"other").expect("written");
        assert_eq!(fs::read_to_string(&file).expect("read"), "text");
        assert_eq!(read_text(&link, Links::Refuse, 9).expect("read"), "other");
    }

    #[test]
    fn a_link_to_a_file_is_followed_where_people_keep_files() {
        let dir = tempfile::tempdir().expect("a directory");
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        fs::write(&file, "text").expect("written");
        symlink(&file, &link).expect("a link");
        assert_eq!(read_text(&link, Links::Follow, 4).expect("read"), "text");
        assert_eq!(Odd::of(&read(&link, Links::Follow, 3).expect_err("too long")), Some(Odd::TooLong(3)));
        let endless = read_named_text(Path::new("/dev/zero"), 3).expect_err("too long");
        assert_eq!(Odd::of(&endless), Some(Odd::TooLong(3)));
        assert_eq!(read_named_text(Path::new("/dev/null"), 3).expect("a device that a person named"), "");
        assert_eq!(oddity_of(&link, Links::Refuse), Some(Odd::Link));
    }
}
