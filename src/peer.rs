//! Who is at the other end of a socket, by the kernel's word, and what the system calls its users and groups.

use std::io;
use std::os::fd::AsFd;

/// The process that connected, as it was when it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// Its user.
    pub uid: u32,
    /// The process; none where the system does not say, or from another container.
    pub pid: Option<u32>,
    /// All of its groups.
    pub groups: Vec<u32>,
}

impl Peer {
    /// The other end of a connected socket.
    ///
    /// # Errors
    /// When the kernel does not say: it is no such socket.
    #[cfg(target_os = "linux")]
    pub fn of(socket: impl AsFd) -> io::Result<Self> {
        use nix::sys::socket::{getsockopt, sockopt::PeerCredentials};
        let credentials = getsockopt(&socket, PeerCredentials)?;
        let mut groups = supplementary_groups(socket.as_fd())?;
        groups.push(credentials.gid());
        // A process outside this one's name space has the number 0.
        let pid = u32::try_from(credentials.pid()).ok().filter(|pid| *pid != 0);
        Ok(Peer { uid: credentials.uid(), pid, groups })
    }

    /// The other end of a connected socket. The kernel says the user and its first group; the rest is as the system's
    /// directory has it.
    ///
    /// # Errors
    /// When the kernel does not say: it is no such socket.
    #[cfg(not(target_os = "linux"))]
    pub fn of(socket: impl AsFd) -> io::Result<Self> {
        let (uid, gid) = nix::unistd::getpeereid(socket)?;
        Ok(Peer { uid: uid.as_raw(), pid: None, groups: vec![gid.as_raw()] })
    }

    /// Whether it is in `group`.
    pub fn is_in(&self, group: &Group) -> bool {
        self.groups.contains(&group.gid) || (cfg!(not(target_os = "linux")) && self.is_listed_in(group))
    }

    fn is_listed_in(&self, group: &Group) -> bool {
        login_name(self.uid).is_some_and(|name| group.members.contains(&name))
    }
}

/// A group of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub gid: u32,
    pub name: String,
    /// The login names that the directory lists; those whose first group it is are not among them.
    pub members: Vec<String>,
}

/// Returns the login name of user `uid`, from the system's own directory of users (which need not be a file, and may take its
/// time); nothing when there is no such user.
pub fn login_name(uid: u32) -> Option<String> {
    let user = nix::unistd::User::from_uid(uid.into()).ok().flatten()?;
    Some(user.name).filter(|name| !name.is_empty())
}

/// Returns the group called `name`, or nothing when there is no such group.
pub fn group(name: &str) -> Option<Group> {
    let found = nix::unistd::Group::from_name(name).ok().flatten()?;
    Some(Group { gid: found.gid.as_raw(), name: name.to_owned(), members: found.mem })
}

/// Returns the groups beside the first one. By hand, because neither nix nor rustix has `SO_PEERGROUPS`.
#[cfg(target_os = "linux")]
fn supplementary_groups(socket: std::os::fd::BorrowedFd<'_>) -> io::Result<Vec<u32>> {
    use std::os::fd::AsRawFd;
    let mut groups: Vec<libc::gid_t> = vec![0; USUAL_GROUPS];
    loop {
        let mut bytes = libc::socklen_t::try_from(size_of_val(groups.as_slice())).unwrap_or(libc::socklen_t::MAX);
        let place = groups.as_mut_ptr().cast();
        // SAFETY: the descriptor is open as long as it is borrowed; `groups` lives and is no shorter than `bytes`, and any bytes
        // are valid numbers.
        let failed =
            unsafe { libc::getsockopt(socket.as_raw_fd(), libc::SOL_SOCKET, libc::SO_PEERGROUPS, place, &mut bytes) };
        let error = io::Error::last_os_error();
        if failed == 0 {
            groups.truncate(bytes as usize / size_of::<libc::gid_t>());
            return Ok(groups);
        }
        if error.raw_os_error() != Some(libc::ERANGE) || groups.len() > MOST_GROUPS {
            return Err(error);
        }
        groups.resize(groups.len() * 4, 0);
    }
}

/// For how many groups there is room at first (a guess: few people are in more).
#[cfg(target_os = "linux")]
const USUAL_GROUPS: usize = 64;

/// In how many groups a process can be (Linux: `NGROUPS_MAX`).
#[cfg(target_os = "linux")]
const MOST_GROUPS: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_end_is_who_the_kernel_says() {
        let (one, _other) = std::os::unix::net::UnixStream::pair().unwrap();
        let peer = Peer::of(&one).unwrap();
        assert_eq!(peer.uid, rustix::process::getuid().as_raw());
        let gid = rustix::process::getgid().as_raw();
        assert!(peer.is_in(&Group { gid, name: "own".into(), members: Vec::new() }));
        assert!(!peer.is_in(&Group { gid: u32::MAX - 7, name: "others".into(), members: Vec::new() }));
        #[cfg(target_os = "linux")]
        assert_eq!(peer.pid, Some(std::process::id()));
    }

    #[test]
    fn the_directory_knows_root_and_nobody_that_is_not_there() {
        assert_eq!(login_name(0).as_deref(), Some("root"));
        assert_eq!(login_name(u32::MAX - 7), None);
        assert_eq!(group("no-such-group-here"), None);
        assert_eq!(group("with\0nul"), None);
    }
}
