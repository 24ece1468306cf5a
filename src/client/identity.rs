//! Who is typing, as far as this end can tell: the login of the process, or a name that was claimed.

use std::io::IsTerminal as _;

use crate::domain::record::Assurance;
use crate::peer::login_name;

/// What the surroundings say about the person.
#[derive(Debug, Clone, Default)]
pub struct IdentitySources {
    /// `--name` or `KLOCK_NAME`.
    pub given: Option<String>,
    /// The login name of the process's own user id.
    pub login: Option<String>,
    /// `$USER`.
    pub user: Option<String>,
    /// Whether `$TMUX` is set: anybody may be at the keys of a shared tmux server.
    pub in_tmux: bool,
    /// Whether a person can be at the keys at all: stdin is a terminal. What has none is a script.
    pub at_terminal: bool,
}

impl IdentitySources {
    /// Read from this process. `given` is what the flag or the setting says, when there is one.
    pub fn of_process(given: Option<String>) -> Self {
        IdentitySources {
            given: given.filter(|name| !name.trim().is_empty()),
            login: login_name(rustix::process::getuid().as_raw()),
            user: std::env::var("USER").ok().filter(|name| !name.trim().is_empty()),
            in_tmux: std::env::var_os("TMUX").is_some_and(|value| !value.is_empty()),
            at_terminal: std::io::stdin().is_terminal(),
        }
    }

    /// The name the person goes by, and how sure that is.
    pub fn name(&self) -> (String, Assurance) {
        let (name, sure) = self.name_of_person();
        (name, if self.at_terminal { sure } else { Assurance::Script })
    }

    fn name_of_person(&self) -> (String, Assurance) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn around(given: Option<&str>, login: Option<&str>, user: Option<&str>, in_tmux: bool) -> (String, Assurance) {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let (given, login, user) = (text(given), text(login), text(user));
        IdentitySources { given, login, user, in_tmux, at_terminal: true }.name()
    }

    #[test]
    fn without_a_terminal_it_is_a_script_whoever_owns_it() {
        let login = Some("anna".to_owned());
        let of_cron = IdentitySources { login: login.clone(), ..IdentitySources::default() };
        assert_eq!(of_cron.name(), ("anna".into(), Assurance::Script));
        let named = IdentitySources { given: Some("backup".into()), login, ..IdentitySources::default() };
        assert_eq!(named.name(), ("backup".into(), Assurance::Script));
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
