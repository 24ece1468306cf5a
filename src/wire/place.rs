//! Where a host listens, so that both ends find the same place from the data directory alone.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The file in the data directory that names the socket of the host that holds it. A client reads it first: another
/// login of the same person may have another runtime directory, and must still find the one host.
pub const SOCKET_NAME_FILE: &str = "host.socket";

/// The file in the log directory that the host writes to.
pub const HOST_LOG_FILE: &str = "host.log";

/// A socket's path is limited by the kernel (104 bytes on macOS, 108 on Linux), its end included.
pub const LONGEST_SOCKET_PATH: usize = 103;

/// Where the host of `data_dir` listens when nothing else was said: a short path in `runtime_dir` (`XDG_RUNTIME_DIR`), or
/// in `/tmp` under the person's own number when there is none or it is too long.
pub fn socket_path(data_dir: &Path, runtime_dir: Option<&Path>, uid: u32) -> PathBuf {
    let data_dir = data_dir.canonicalize().unwrap_or_else(|_| data_dir.to_owned());
    let digest = Sha256::digest(data_dir.as_os_str().as_encoded_bytes());
    let name = format!(
        "{:02x}{:02x}{:02x}{:02x}{:02x}{:02x}.sock",
        digest[0], digest[1], digest[2], digest[3], digest[4], digest[5]
    );
    let in_runtime = runtime_dir.filter(|dir| dir.is_absolute()).map(|dir| dir.join("klockslag").join(&name));
    match in_runtime {
        Some(path) if path.as_os_str().len() <= LONGEST_SOCKET_PATH => path,
        _ => PathBuf::from(format!("/tmp/klockslag-{uid}")).join(name),
    }
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
}
