//! Who is at the other end of a socket, by the kernel's word, and what the system calls its users and groups.

use std::ffi::{CStr, CString};
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
        let mut cred = [libc::ucred { pid: 0, uid: 0, gid: 0 }];
        // SAFETY: any bytes are a valid value of this plain C struct of three numbers.
        unsafe { option(socket.as_fd(), libc::SO_PEERCRED, &mut cred) }?;
        let [libc::ucred { pid, uid, gid }] = cred;
        let mut groups = supplementary_groups(socket.as_fd())?;
        groups.push(gid);
        // A process outside this one's name space has the number 0.
        Ok(Peer { uid, pid: u32::try_from(pid).ok().filter(|pid| *pid != 0), groups })
    }

    /// The other end of a connected socket. The kernel says the user and its first group; the rest is as the system's
    /// directory has it.
    ///
    /// # Errors
    /// When the kernel does not say: it is no such socket.
    #[cfg(not(target_os = "linux"))]
    pub fn of(socket: impl AsFd) -> io::Result<Self> {
        use std::os::fd::AsRawFd;
        let (mut uid, mut gid) = (0, 0);
        // SAFETY: the descriptor is open as long as it is borrowed, and both pointers are to live locals.
        match unsafe { libc::getpeereid(socket.as_fd().as_raw_fd(), &mut uid, &mut gid) } {
            0 => Ok(Peer { uid, pid: None, groups: vec![gid] }),
            _ => Err(io::Error::last_os_error()),
        }
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

/// How much room an entry of the directory is given at most, in bytes.
const LONGEST_ENTRY: usize = 1 << 20;

/// How much it is given at first.
const USUAL_ENTRY: usize = 16 << 10;

/// The login name of user `uid`, from the system's own directory of users (which need not be a file, and may take its time).
pub fn login_name(uid: u32) -> Option<String> {
    with_room(|buffer| {
        let mut found: *mut libc::passwd = std::ptr::null_mut();
        // SAFETY: an all-zero passwd is a valid value of that plain C struct.
        let mut entry: libc::passwd = unsafe { std::mem::zeroed() };
        // SAFETY: every pointer is to a live local, and the length is the buffer's.
        let failed = unsafe { libc::getpwuid_r(uid, &mut entry, buffer.as_mut_ptr(), buffer.len(), &mut found) };
        if failed != 0 || found.is_null() || entry.pw_name.is_null() {
            return Err(failed);
        }
        // SAFETY: the call succeeded, so `pw_name` is a terminated string inside `buffer`, which still lives.
        let name = unsafe { CStr::from_ptr(entry.pw_name) };
        Ok(name.to_str().ok().filter(|name| !name.is_empty()).map(str::to_owned))
    })
    .flatten()
}

/// The group called `name`, or none when there is no such group.
pub fn group(name: &str) -> Option<Group> {
    let wanted = CString::new(name).ok()?;
    with_room(|buffer| {
        let mut found: *mut libc::group = std::ptr::null_mut();
        // SAFETY: an all-zero group is a valid value of that plain C struct.
        let mut entry: libc::group = unsafe { std::mem::zeroed() };
        // SAFETY: every pointer is to a live local, `wanted` is terminated, and the length is the buffer's.
        let failed =
            unsafe { libc::getgrnam_r(wanted.as_ptr(), &mut entry, buffer.as_mut_ptr(), buffer.len(), &mut found) };
        if failed != 0 || found.is_null() {
            return Err(failed);
        }
        let mut members = Vec::new();
        let mut next = entry.gr_mem;
        // SAFETY: the call succeeded, so `gr_mem` is an array inside `buffer`, which still lives, that ends with a null; each
        // pointer before that is to a terminated string.
        unsafe {
            while !next.is_null() && !(*next).is_null() {
                members.extend(CStr::from_ptr(*next).to_str().ok().map(str::to_owned));
                next = next.add(1);
            }
        }
        Ok(Group { gid: entry.gr_gid, name: name.to_owned(), members })
    })
}

/// Asks with a buffer, and again with a larger one as long as that is what is missing. `ask` fails with the error's number.
fn with_room<T>(ask: impl Fn(&mut [libc::c_char]) -> Result<T, libc::c_int>) -> Option<T> {
    let mut length = USUAL_ENTRY;
    loop {
        match ask(&mut vec![0; length]) {
            Ok(found) => return Some(found),
            Err(libc::ERANGE) if length < LONGEST_ENTRY => length *= 4,
            Err(_) => return None,
        }
    }
}

/// The groups beside the first one.
#[cfg(target_os = "linux")]
fn supplementary_groups(socket: std::os::fd::BorrowedFd<'_>) -> io::Result<Vec<u32>> {
    let mut groups: Vec<libc::gid_t> = vec![0; 64];
    loop {
        // SAFETY: any bytes are valid numbers.
        match unsafe { option(socket, libc::SO_PEERGROUPS, &mut groups) } {
            Ok(count) => {
                groups.truncate(count);
                return Ok(groups);
            }
            // A process can be in 65,536 groups.
            Err(error) if error.raw_os_error() == Some(libc::ERANGE) && groups.len() <= 1 << 16 => {
                groups.resize(groups.len() * 4, 0);
            }
            Err(error) => return Err(error),
        }
    }
}

/// Reads an option of the socket into `values`; how many of them were filled.
///
/// # Safety
/// Any bytes must be a valid `T`.
#[cfg(target_os = "linux")]
unsafe fn option<T>(socket: std::os::fd::BorrowedFd<'_>, name: libc::c_int, values: &mut [T]) -> io::Result<usize> {
    use std::os::fd::AsRawFd;
    let mut bytes = libc::socklen_t::try_from(size_of_val(values)).unwrap_or(libc::socklen_t::MAX);
    // SAFETY: the descriptor is open as long as it is borrowed; `values` lives, and is no shorter than `bytes`.
    let failed =
        unsafe { libc::getsockopt(socket.as_raw_fd(), libc::SOL_SOCKET, name, values.as_mut_ptr().cast(), &mut bytes) };
    match failed {
        0 => Ok(bytes as usize / size_of::<T>()),
        _ => Err(io::Error::last_os_error()),
    }
}

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
