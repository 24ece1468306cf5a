//! A machine that is reached through OpenSSH, as a person names it.

use std::ffi::OsString;
use std::fmt;

use crate::domain::phrase::Phrase;

/// What such a name begins with.
pub const SCHEME: &str = "ssh://";

/// What follows the name when `klock` is not where the far shell looks for programs.
const PROGRAM: &str = "klock=";

/// An account on another machine: `ssh://[user@]machine[:port][?klock=PATH]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshMachine {
    /// `user@machine`, or the machine alone: everything else comes from the person's own ssh configuration.
    destination: String,
    port: Option<u16>,
    /// The program there.
    klock: String,
}

impl SshMachine {
    /// Reads what follows [`SCHEME`].
    ///
    /// # Errors
    /// What is wrong with it, and how it should be.
    pub fn parse(text: &str) -> Result<Self, Phrase> {
        let bad = || Phrase::new("host-setting-bad").with("what", format!("{SCHEME}{text}"));
        let (place, query) = text.split_once('?').map_or((text, None), |(place, query)| (place, Some(query)));
        let place = place.strip_suffix('/').unwrap_or(place);
        let klock = match query {
            None => "klock",
            Some(query) => query.strip_prefix(PROGRAM).filter(|path| is_plain_path(path)).ok_or_else(bad)?,
        };
        let (user, rest) = place.rsplit_once('@').map_or((None, place), |(user, rest)| (Some(user), rest));
        let (host, port) = split_port(rest).ok_or_else(bad)?;
        if !is_host(host) || !user.is_none_or(is_user) {
            return Err(bad());
        }
        let destination = user.map_or_else(|| host.to_owned(), |user| format!("{user}@{host}"));
        Ok(SshMachine { destination, port, klock: klock.to_owned() })
    }

    /// Returns the arguments for ssh. `ask`: whether it may ask the person for something, such as a password.
    pub fn arguments(&self, ask: bool) -> Vec<OsString> {
        let mut arguments: Vec<String> = ["-T", "-x", "-a"].map(str::to_owned).to_vec();
        let batch = (!ask).then_some("BatchMode=yes");
        for option in OPTIONS.iter().copied().chain(batch) {
            arguments.extend(["-o", option].map(str::to_owned));
        }
        if let Some(port) = self.port {
            arguments.extend(["-p".to_owned(), port.to_string()]);
        }
        // What begins with a dash is no option after this.
        arguments.extend(["--".to_owned(), self.destination.clone(), format!("{} relay", self.klock)]);
        arguments.into_iter().map(OsString::from).collect()
    }
}

/// What a person set up for logging in, and would be in the way here: what scp and sftp set, too. And a machine that is down
/// says nothing at all, for which the system would wait two minutes. Everything else is as the person's configuration says;
/// whether the other end still lives, the link finds out by itself.
const OPTIONS: [&str; 4] =
    ["ClearAllForwardings=yes", "PermitLocalCommand=no", "RemoteCommand=none", "ConnectTimeout=15"];

impl fmt::Display for SshMachine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.destination)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// The machine, without the brackets of an IPv6 address, and the port when one is named.
fn split_port(text: &str) -> Option<(&str, Option<u16>)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(inner) => {
            let (host, rest) = inner.split_once(']')?;
            let port = if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) };
            (host, port)
        }
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    let port = port.map(str::parse).transpose().ok()?;
    (port != Some(0)).then_some((host, port))
}

/// Whether `text` is a host name and nothing more to ssh, or to a shell in its configuration (`%h` in a `ProxyCommand`).
fn is_host(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ':' | '%');
    !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain)
}

fn is_user(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@' | '\\');
    !text.is_empty() && !text.starts_with('-') && !text.ends_with('\\') && text.chars().all(is_plain)
}

/// A path that no shell reads as anything else. `~` at its beginning is the far account's home.
fn is_plain_path(text: &str) -> bool {
    let path = text.strip_prefix("~/").unwrap_or(text);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '/' | '@');
    !path.is_empty() && !path.starts_with('-') && path.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(text: &str) -> Vec<String> {
        let machine = SshMachine::parse(text).unwrap_or_else(|why| panic!("{text}: {why:?}"));
        machine
            .arguments(true)
            .into_iter()
            .skip(3 + 2 * OPTIONS.len())
            .map(|a| a.into_string().expect("UTF-8"))
            .collect()
    }

    #[test]
    fn a_machine_is_named_as_ssh_names_it() {
        assert_eq!(arguments("laptop"), ["--", "laptop", "klock relay"]);
        assert_eq!(arguments("anna@laptop:2222/"), ["-p", "2222", "--", "anna@laptop", "klock relay"]);
        assert_eq!(arguments("[fe80::1%eth0]:22"), ["-p", "22", "--", "fe80::1%eth0", "klock relay"]);
        assert_eq!(arguments("AD\\anna@example.org@laptop"), ["--", "AD\\anna@example.org@laptop", "klock relay"]);
        assert_eq!(arguments("laptop?klock=~/.cargo/bin/klock"), ["--", "laptop", "~/.cargo/bin/klock relay"]);
        assert_eq!(SshMachine::parse("anna@laptop:2222").expect("a machine").to_string(), "anna@laptop:2222");
    }

    #[test]
    fn what_could_be_more_than_a_name_is_refused() {
        for text in [
            "",
            "@laptop",
            "-oProxyCommand=x",
            "anna@-oProxyCommand=x",
            "-l@laptop",
            "lap top",
            "laptop:0",
            "laptop:ssh",
            "laptop:99999",
            "[::1",
            "[::1]x",
            "$(reboot)",
            "a;b@laptop",
            "laptop/path",
            "laptop?other=x",
            "laptop?klock=",
            "laptop?klock=klock;reboot",
            "laptop?klock=$HOME/klock",
            "laptop?klock=-x",
        ] {
            assert!(SshMachine::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_the_first_connection_may_ask_for_a_password() {
        let machine = SshMachine::parse("laptop").expect("a machine");
        let has_batch = |ask| machine.arguments(ask).iter().any(|argument| argument == "BatchMode=yes");
        assert!(has_batch(false) && !has_batch(true));
    }
}
