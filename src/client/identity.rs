//! Who is typing, as far as this end can tell: the login of the process, or a name that was claimed.

use std::ffi::CStr;

use crate::domain::record::Assurance;

/// What the surroundings say about the person.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// `--name` or `KLOCK_NAME`.
    pub given: Option<String>,
    /// The login name of the process's own user id.
    pub login: Option<String>,
    /// `$USER`.
    pub user: Option<String>,
    /// Whether `$TMUX` is set: anybody may be at the keys of a shared tmux server.
    pub in_tmux: bool,
}

impl Surroundings {
    /// Read from this process. `given` is what the flag or the setting says, when there is one.
    pub fn of_process(given: Option<String>) -> Self {
        Surroundings {
            given: given.filter(|name| !name.trim().is_empty()),
            login: login_name(rustix::process::getuid().as_raw()),
            user: std::env::var("USER").ok().filter(|name| !name.trim().is_empty()),
            in_tmux: std::env::var_os("TMUX").is_some_and(|value| !value.is_empty()),
        }
    }

    /// The name the person goes by, and how sure that is.
    pub fn name(&self) -> (String, Assurance) {
        match (&self.given, &self.login, &self.user) {
            (Some(given), Some(login), _) if given == login && !self.in_tmux => (login.clone(), Assurance::Verified),
            (Some(given), _, _) => (given.trim().to_owned(), Assurance::Claimed),
            (None, Some(login), _) if !self.in_tmux => (login.clone(), Assurance::Verified),
            (None, Some(login), _) => (login.clone(), Assurance::Claimed),
            (None, None, Some(user)) => (user.clone(), Assurance::Claimed),
            (None, None, None) => ("nobody".to_owned(), Assurance::Claimed),
        }
    }
}

/// The login name of user `uid`, from the system's own directory of users (which need not be a file).
pub fn login_name(uid: u32) -> Option<String> {
    const LONGEST_ENTRY: usize = 16 * 1024;
    let mut buffer = vec![0; LONGEST_ENTRY];
    let mut found: *mut libc::passwd = std::ptr::null_mut();
    // SAFETY: an all-zero passwd is a valid value of that plain C struct.
    let mut entry: libc::passwd = unsafe { std::mem::zeroed() };
    // SAFETY: every pointer is to a live local, and the length is the buffer's.
    let failed = unsafe { libc::getpwuid_r(uid, &mut entry, buffer.as_mut_ptr(), buffer.len(), &mut found) };
    if failed != 0 || found.is_null() || entry.pw_name.is_null() {
        return None;
    }
    // SAFETY: the call succeeded, so `pw_name` is a terminated string inside `buffer`, which still lives.
    let name = unsafe { CStr::from_ptr(entry.pw_name) };
    name.to_str().ok().filter(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(given: Option<&str>, login: Option<&str>, user: Option<&str>, in_tmux: bool) -> (String, Assurance) {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Surroundings { given: text(given), login: text(login), user: text(user), in_tmux }.name()
    }

    #[test]
    fn only_ones_own_login_outside_a_shared_tmux_is_verified() {
        assert_eq!(around(None, Some("anna"), Some("x"), false), ("anna".into(), Assurance::Verified));
        assert_eq!(around(Some("anna"), Some("anna"), None, false), ("anna".into(), Assurance::Verified));
        assert_eq!(around(None, Some("anna"), None, true), ("anna".into(), Assurance::Claimed));
        assert_eq!(around(Some("Olle "), Some("anna"), None, false), ("Olle".into(), Assurance::Claimed));
        assert_eq!(around(None, None, Some("eva"), false), ("eva".into(), Assurance::Claimed));
    }
}
