//! The endpoints of a host: the sockets it listens at, the directories they stand in, and the groups that may connect.

use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use crate::domain::phrase::Phrase;
use crate::peer::{self, Group};
use crate::store;
use crate::wire::place;

/// Why an endpoint could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// The directory of the socket belongs to somebody else, or others may enter it.
    #[error(
        "{dir}: must be a directory of your own that nobody else may enter (mode 0700); remove it or set KLOCK_SOCKET"
    )]
    NotOurs { dir: String },
    /// As [`EndpointError::NotOurs`], for a directory that others are to enter.
    #[error(
        "{dir}: must be a directory of your own in which nobody else may write (mode 0711, no link); remove it or set \
         KLOCK_SOCKET"
    )]
    NotSafe { dir: String },
    /// A host that is shared stands where the others cannot come.
    #[error("{dir}: nobody else may enter it, so no group can reach the host there; chmod 711 it or set KLOCK_SOCKET")]
    NotReachable { dir: String },
    #[error("there is no group {name:?}; `getent group` lists those there are")]
    NoGroup { name: String },
    #[error("{path}: cannot listen: {source}")]
    Listen { path: String, source: io::Error },
}

impl EndpointError {
    /// Returns the same as a sentence for a person, with what to do.
    pub fn phrase(&self) -> Phrase {
        match self {
            EndpointError::NotOurs { dir } => Phrase::new("door-not-ours").with("dir", dir.as_str()),
            EndpointError::NotSafe { dir } => Phrase::new("door-not-safe").with("dir", dir.as_str()),
            EndpointError::NotReachable { dir } => Phrase::new("door-not-reachable").with("dir", dir.as_str()),
            EndpointError::NoGroup { name } => Phrase::new("door-no-group").with("name", name.as_str()),
            EndpointError::Listen { path, source } => {
                Phrase::new("door-cannot-listen").with("path", path.as_str()).with("why", store::reason(source))
            }
        }
    }
}

/// With whom a host is shared besides its owner: the names of groups of the system.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sharing {
    /// Whose members may do everything.
    pub group: Option<String>,
    /// Whose members may read.
    pub read_group: Option<String>,
}

/// One socket at which clients connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Where the socket is.
    pub path: PathBuf,
    /// Whether its clients can only read.
    pub read_only: bool,
    /// The groups whose members may connect besides the owner.
    pub groups: Vec<Group>,
}

/// The endpoints of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    pub main: Endpoint,
    /// The one that only allows reading; `None` when the path of such a socket would be too long.
    pub reading: Option<Endpoint>,
    pub sharing: Sharing,
}

impl Endpoints {
    /// Returns the endpoints of a host at `main`, shared as `sharing` says. The reading one stands at `reading`, or beside the main one.
    ///
    /// # Errors
    /// [`EndpointError::NoGroup`].
    pub fn plan(main: PathBuf, reading: Option<PathBuf>, sharing: Sharing) -> Result<Self, EndpointError> {
        let known = |name: &Option<String>| {
            let Some(name) = name else { return Ok(None) };
            peer::group(name).map(Some).ok_or_else(|| EndpointError::NoGroup { name: name.clone() })
        };
        let (group, read_group) = (known(&sharing.group)?, known(&sharing.read_group)?);
        let reading = reading.or_else(|| place::read_socket_path(&main)).map(|path| Endpoint {
            path,
            read_only: true,
            groups: group.iter().cloned().chain(read_group).collect(),
        });
        let main = Endpoint { path: main, read_only: false, groups: group.into_iter().collect() };
        Ok(Endpoints { main, reading, sharing })
    }

    /// Notes that one of them stands at another place now.
    pub fn moved(&mut self, endpoint: &Endpoint) {
        match &mut self.reading {
            Some(reading) if endpoint.read_only => reading.path.clone_from(&endpoint.path),
            _ if !endpoint.read_only => self.main.path.clone_from(&endpoint.path),
            _ => {}
        }
    }

    /// Returns whether anybody but the owner may come.
    pub fn is_shared(&self) -> bool {
        self.sharing != Sharing::default()
    }

    /// Returns all of them, the main one first.
    pub fn all(&self) -> impl Iterator<Item = &Endpoint> {
        std::iter::once(&self.main).chain(&self.reading)
    }
}

impl Endpoint {
    /// Listens. The directory is made with those above it, or checked: the owner's alone, or, when the endpoint is shared,
    /// one that nobody else can write in. What a dead host left at the path is removed, which is safe because only the holder
    /// of the data directory's lock comes here.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub fn open(&self, own_uid: u32) -> Result<UnixListener, EndpointError> {
        if let Some(above) = self.dir()?.parent().filter(|above| !above.as_os_str().is_empty()) {
            let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(above);
            made.map_err(|source| self.fault(source))?;
        }
        self.listen(own_uid)
    }

    /// As [`Endpoint::open`], in a directory that stands already in one that is there.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub fn listen(&self, own_uid: u32) -> Result<UnixListener, EndpointError> {
        let fail = |source| self.fault(source);
        let dir = self.dir()?;
        let is_shared = !self.groups.is_empty();
        make(dir, is_shared).map_err(fail)?;
        check(dir, is_shared, own_uid, fail)?;
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(error)),
            _ => {}
        }
        let listener = UnixListener::bind(&self.path).map_err(fail)?;
        // A stranger is refused with a reason, and that is logged: the kernel alone would do neither.
        let mode = if is_shared { 0o666 } else { 0o600 };
        std::fs::set_permissions(&self.path, std::fs::Permissions::from_mode(mode)).map_err(fail)?;
        listener.set_nonblocking(true).map_err(fail)?;
        Ok(listener)
    }

    fn dir(&self) -> Result<&Path, EndpointError> {
        self.path.parent().ok_or_else(|| self.fault(io::ErrorKind::InvalidInput.into()))
    }

    /// Returns the error that this endpoint could not be opened because of `source`.
    pub fn fault(&self, source: io::Error) -> EndpointError {
        EndpointError::Listen { path: self.path.display().to_string(), source }
    }
}

/// Makes the directory of a socket, unless it is there.
fn make(dir: &Path, is_shared: bool) -> io::Result<()> {
    match std::fs::DirBuilder::new().mode(0o700).create(dir) {
        // The mask in force may have cleared bits that were asked for.
        Ok(()) if is_shared => std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o711)),
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn check(
    dir: &Path,
    is_shared: bool,
    own_uid: u32,
    fail: impl Fn(io::Error) -> EndpointError,
) -> Result<(), EndpointError> {
    let meta = std::fs::symlink_metadata(dir).map_err(fail)?;
    let (is_ours, mode) = (meta.is_dir() && meta.uid() == own_uid, meta.permissions().mode());
    let dir = || dir.display().to_string();
    match is_shared {
        false if !is_ours || mode & 0o077 != 0 => Err(EndpointError::NotOurs { dir: dir() }),
        true if !is_ours || mode & 0o022 != 0 => Err(EndpointError::NotSafe { dir: dir() }),
        true if mode & 0o011 == 0 => Err(EndpointError::NotReachable { dir: dir() }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(gid: u32, name: &str) -> Group {
        Group { gid, name: name.into(), members: Vec::new() }
    }

    #[test]
    fn a_directory_is_as_safe_as_who_comes_there_needs() {
        let world = tempfile::tempdir().unwrap();
        let own = rustix::process::getuid().as_raw();
        let dir = world.path().join("run");
        let at = |groups: &[Group]| Endpoint { path: dir.join("host.sock"), read_only: false, groups: groups.to_vec() };
        let (private, shared) = (at(&[]), at(&[group(50, "ops")]));
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let set = |mode| std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(mode)).unwrap();

        drop(shared.open(own).unwrap());
        assert_eq!((mode(&dir), mode(&shared.path)), (0o711, 0o666));
        assert!(matches!(private.open(own), Err(EndpointError::NotOurs { .. })), "others may enter");
        set(0o700);
        drop(private.open(own).unwrap());
        assert_eq!(mode(&private.path), 0o600);
        assert!(matches!(shared.open(own), Err(EndpointError::NotReachable { .. })));
        for writable in [0o731, 0o713, 0o777, 0o1777] {
            set(writable);
            assert!(matches!(shared.open(own), Err(EndpointError::NotSafe { .. })), "{writable:o}");
        }
        set(0o711);
        assert!(matches!(shared.open(own + 1), Err(EndpointError::NotSafe { .. })), "somebody else's");
        let link = world.path().join("link");
        std::os::unix::fs::symlink(&dir, &link).unwrap();
        let through = Endpoint { path: link.join("host.sock"), ..shared };
        assert!(matches!(through.open(own), Err(EndpointError::NotSafe { .. })), "a link can be turned");
    }
}
