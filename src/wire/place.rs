//! Where a host listens, so that both ends find the same place from the data directory alone.

use std::fs::{metadata, symlink_metadata};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};
use sha2::{Digest, Sha256};

/// The file in the data directory that names the socket of the host that holds it. A client reads it first: another
/// login of the same person may have another runtime directory, and must still find the one host.
pub const SOCKET_NAME_FILE: &str = "host.socket";

/// The file in the data directory that its host keeps locked, and writes its process number in.
pub const LOCK_FILE: &str = "lock";

/// The file in the data directory that names the socket that only allows reading, while there is one.
pub const READ_SOCKET_NAME_FILE: &str = "host.read-socket";

/// The file in the log directory that the host writes to.
pub const HOST_LOG_FILE: &str = "host.log";

/// The directory in the log directory in which a pipe keeps what it read and what is not acknowledged.
pub const SPOOL_DIR: &str = "spool";

/// A socket's path is limited by the kernel (104 bytes on macOS, 108 on Linux), its end included.
pub const LONGEST_SOCKET_PATH: usize = 103;

/// More than any file holds in which host and client tell each other a path or a number, in bytes.
pub const LONGEST_NOTE: u64 = 16 << 10;

/// What stands between the name of a socket and its ending when it only allows reading.
const READING: &str = "-read";

/// The longest path of a main socket that leaves room for its neighbour that only allows reading.
const LONGEST_MAIN_PATH: usize = LONGEST_SOCKET_PATH - READING.len();

/// Returns where the host of `data_dir` listens when nothing else was said: the first of [`socket_paths`] whose directory can be
/// used by user `uid` and by nobody else. When there is none, the first one: the host then says what is wrong with it.
pub fn socket_path(data_dir: &Path, runtime_dir: Option<&Path>, uid: u32) -> PathBuf {
    let mut paths = socket_paths(data_dir, runtime_dir, uid);
    let usable = paths.iter().position(|path| path.parent().is_some_and(|dir| is_private(dir, uid)));
    paths.swap_remove(usable.unwrap_or(0))
}

/// Returns the places where the host of `data_dir` may listen, the best first: a short path in `runtime_dir`
/// (`XDG_RUNTIME_DIR`) when that is the user's own, one in `/tmp` under the user's number, one in the data directory. A path
/// that would be too long for a socket is left out.
pub fn socket_paths(data_dir: &Path, runtime_dir: Option<&Path>, uid: u32) -> Vec<PathBuf> {
    let name = socket_name(data_dir);
    let in_tmp = PathBuf::from(format!("/tmp/klockslag-{uid}")).join(&name);
    let in_runtime = runtime_dir.filter(|dir| is_own_runtime(dir, uid)).map(|dir| dir.join(RUNTIME_SUBDIR).join(&name));
    let in_data = data_dir.join("host.sock");
    let all = in_runtime.into_iter().chain([in_tmp, in_data]);
    all.filter(|path| path.as_os_str().len() <= LONGEST_MAIN_PATH).collect()
}

/// Whether `dir` is a runtime directory that user `uid` may use. One that another user owns is left alone: `sudo -E` and `su`
/// hand on the variable of their caller. One that others may write in is not what the XDG specification promises.
fn is_own_runtime(dir: &Path, uid: u32) -> bool {
    let is_ours = |found: std::fs::Metadata| found.uid() == uid;
    // A link has to be the user's own as well: its owner can point it elsewhere.
    dir.is_absolute()
        && symlink_metadata(dir).is_ok_and(is_ours)
        && metadata(dir).is_ok_and(|found| found.is_dir() && found.mode() & 0o022 == 0 && is_ours(found))
}

/// Whether `dir` is a directory of user `uid` that nobody else may enter, or can be made as one.
fn is_private(dir: &Path, uid: u32) -> bool {
    match symlink_metadata(dir) {
        Ok(found) => found.is_dir() && found.uid() == uid && found.mode() & 0o077 == 0 && is_writable(dir),
        Err(error) if error.kind() == ErrorKind::NotFound => dir.parent().is_some_and(is_writable),
        Err(_) => false,
    }
}

fn is_writable(dir: &Path) -> bool {
    access(dir, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// Where the host of `data_dir` listens when it is shared with a group: the runtime directory of a person is closed to others.
pub fn shared_socket_path(data_dir: &Path, uid: u32) -> PathBuf {
    PathBuf::from(format!("{SHARED_BEFORE}{uid}{SHARED_AFTER}")).join(socket_name(data_dir))
}

/// The user whose host must be the one that listens at `path`, when it is where a shared host listens by itself
/// ([`shared_socket_path`]). Anybody may make that directory while its owner has not.
pub fn shared_owner(path: &Path) -> Option<u32> {
    let dir = path.parent()?.to_str()?;
    dir.strip_prefix(SHARED_BEFORE)?.strip_suffix(SHARED_AFTER)?.parse().ok()
}

/// The socket that only allows reading, beside `main`: `host.sock` has `host-read.sock`. None when that would be too long.
pub fn read_socket_path(main: &Path) -> Option<PathBuf> {
    let mut name = main.file_stem()?.to_owned();
    name.push(READING);
    if let Some(ending) = main.extension() {
        name.push(".");
        name.push(ending);
    }
    let path = main.with_file_name(name);
    (path.as_os_str().len() <= LONGEST_SOCKET_PATH).then_some(path)
}

/// The directory of the sockets in the runtime directory.
const RUNTIME_SUBDIR: &str = "klockslag";

const SHARED_BEFORE: &str = "/tmp/klockslag-";
const SHARED_AFTER: &str = "-shared";

fn socket_name(data_dir: &Path) -> String {
    let data_dir = data_dir.canonicalize().unwrap_or_else(|_| data_dir.to_owned());
    let digest = Sha256::digest(data_dir.as_os_str().as_encoded_bytes());
    format!(
        "{:02x}{:02x}{:02x}{:02x}{:02x}{:02x}.sock",
        digest[0], digest[1], digest[2], digest[3], digest[4], digest[5]
    )
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn own_uid() -> u32 {
        rustix::process::getuid().as_raw()
    }

    fn set_mode(path: &Path, mode: u32) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_data_directory_has_one_socket_and_its_path_is_short() {
        let (world, uid) = (tempfile::tempdir().unwrap(), own_uid());
        let data = Path::new("/somewhere/not/there");
        let in_tmp = format!("/tmp/klockslag-{uid}");
        let in_runtime = socket_path(data, Some(world.path()), uid);
        assert!(in_runtime.starts_with(world.path().join("klockslag")));
        assert_eq!(in_runtime, socket_path(data, Some(world.path()), uid));
        assert_ne!(in_runtime, socket_path(Path::new("/elsewhere"), Some(world.path()), uid));
        let long = world.path().join("x".repeat(LONGEST_SOCKET_PATH));
        std::fs::create_dir(&long).unwrap();
        assert!(socket_path(data, Some(&long), uid).starts_with(&in_tmp));
        assert!(socket_path(data, None, uid).starts_with(&in_tmp));
    }

    /// Case 24 and what is like it.
    #[test]
    fn a_runtime_directory_that_is_not_ones_own_alone_is_not_used() {
        let (world, uid) = (tempfile::tempdir().unwrap(), own_uid());
        let (runtime, link) = (world.path().join("run"), world.path().join("link"));
        std::fs::create_dir(&runtime).unwrap();
        std::os::unix::fs::symlink(&runtime, &link).unwrap();
        let uses = |runtime: &Path, uid| socket_paths(Path::new("/d"), Some(runtime), uid)[0].starts_with(runtime);
        for (mode, used) in [(0o700, true), (0o755, true), (0o777, false), (0o1777, false), (0o770, false)] {
            set_mode(&runtime, mode);
            assert_eq!((uses(&runtime, uid), uses(&link, uid)), (used, used), "{mode:o}");
        }
        set_mode(&runtime, 0o700);
        assert!(!uses(&runtime, uid + 1), "somebody else's");
        assert!(!uses(Path::new("run"), uid), "a relative path");
        assert!(!uses(&world.path().join("missing"), uid));
        assert!(!uses(&link.join(".."), uid + 1));
    }

    #[test]
    fn what_somebody_else_left_where_the_socket_would_be_is_passed_by() {
        let (world, uid) = (tempfile::tempdir().unwrap(), own_uid());
        let data = world.path().join("data");
        let ours = world.path().join(RUNTIME_SUBDIR);
        let picked = || socket_path(&data, Some(world.path()), uid);
        std::fs::create_dir(&ours).unwrap();
        set_mode(&ours, 0o700);
        assert!(picked().starts_with(&ours));
        set_mode(&ours, 0o755);
        assert!(picked().starts_with("/tmp"), "others may enter it");
        std::fs::remove_dir(&ours).unwrap();
        std::fs::write(&ours, "").unwrap();
        assert!(picked().starts_with("/tmp"), "a file");
        let last = socket_paths(&data, Some(world.path()), uid).pop();
        assert_eq!(last, Some(data.join("host.sock")));
    }

    #[test]
    fn the_socket_that_only_allows_reading_stands_beside_the_other() {
        assert_eq!(read_socket_path(Path::new("/run/a.sock")), Some("/run/a-read.sock".into()));
        assert_eq!(read_socket_path(Path::new("/run/host")), Some("/run/host-read".into()));
        assert_eq!(read_socket_path(&PathBuf::from(format!("/{}.sock", "x".repeat(97)))), None);
        let long = format!("/{}", "x".repeat(70));
        for runtime in [None, Some(Path::new("/run/user/7")), Some(Path::new(&long))] {
            for main in socket_paths(Path::new("/somewhere"), runtime, u32::MAX) {
                assert!(read_socket_path(&main).is_some(), "{}", main.display());
            }
        }
    }

    #[test]
    fn a_shared_socket_says_whose_it_is() {
        let path = shared_socket_path(Path::new("/somewhere"), 1000);
        assert_eq!(shared_owner(&path), Some(1000));
        assert_eq!(read_socket_path(&path).as_deref().and_then(shared_owner), Some(1000));
        assert_eq!(shared_owner(Path::new("/srv/klock/host.sock")), None);
    }
}
