//! Where a host listens, so that both ends find the same place from the data directory alone.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The file in the data directory that names the socket of the host that holds it. A client reads it first: another
/// login of the same person may have another runtime directory, and must still find the one host.
pub const SOCKET_NAME_FILE: &str = "host.socket";

/// The file in the data directory that names the socket that only allows reading, while there is one.
pub const READ_SOCKET_NAME_FILE: &str = "host.read-socket";

/// The file in the log directory that the host writes to.
pub const HOST_LOG_FILE: &str = "host.log";

/// The directory in the log directory in which a pipe keeps what it read and what is not acknowledged.
pub const SPOOL_DIR: &str = "spool";

/// A socket's path is limited by the kernel (104 bytes on macOS, 108 on Linux), its end included.
pub const LONGEST_SOCKET_PATH: usize = 103;

/// What stands between the name of a socket and its ending when it only allows reading.
const READING: &str = "-read";

/// The longest path of a main socket that leaves room for its neighbour that only allows reading.
const LONGEST_MAIN_PATH: usize = LONGEST_SOCKET_PATH - READING.len();

/// Where the host of `data_dir` listens when nothing else was said: a short path in `runtime_dir` (`XDG_RUNTIME_DIR`), or
/// in `/tmp` under the person's own number when there is none or it is too long.
pub fn socket_path(data_dir: &Path, runtime_dir: Option<&Path>, uid: u32) -> PathBuf {
    let name = socket_name(data_dir);
    let in_runtime = runtime_dir.filter(|dir| dir.is_absolute()).map(|dir| dir.join("klockslag").join(&name));
    match in_runtime {
        Some(path) if path.as_os_str().len() <= LONGEST_MAIN_PATH => path,
        _ => PathBuf::from(format!("/tmp/klockslag-{uid}")).join(name),
    }
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
    use super::*;

    #[test]
    fn a_data_directory_has_one_socket_and_its_path_is_short() {
        let data = Path::new("/somewhere/not/there");
        let in_runtime = socket_path(data, Some(Path::new("/run/user/7")), 7);
        assert!(in_runtime.starts_with("/run/user/7/klockslag"));
        assert_eq!(in_runtime, socket_path(data, Some(Path::new("/run/user/7")), 7));
        assert_ne!(in_runtime, socket_path(Path::new("/elsewhere"), Some(Path::new("/run/user/7")), 7));
        let long = format!("/{}", "x".repeat(LONGEST_SOCKET_PATH));
        assert!(socket_path(data, Some(Path::new(&long)), 7).starts_with("/tmp/klockslag-7"));
        assert!(socket_path(data, None, 7).starts_with("/tmp/klockslag-7"));
    }

    #[test]
    fn the_socket_that_only_allows_reading_stands_beside_the_other() {
        assert_eq!(read_socket_path(Path::new("/run/a.sock")), Some("/run/a-read.sock".into()));
        assert_eq!(read_socket_path(Path::new("/run/host")), Some("/run/host-read".into()));
        assert_eq!(read_socket_path(&PathBuf::from(format!("/{}.sock", "x".repeat(97)))), None);
        let long = format!("/{}", "x".repeat(70));
        for runtime in [None, Some(Path::new("/run/user/7")), Some(Path::new(&long))] {
            let main = socket_path(Path::new("/somewhere"), runtime, u32::MAX);
            assert!(read_socket_path(&main).is_some(), "{}", main.display());
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
