//! Under which name a client's doings are recorded, and how sure that name is.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::domain::record::{Assurance, Author, KLOCK};
use crate::domain::text::Text;
use crate::peer::login_name;

/// The longest name, in characters (a guess); a longer one is cut.
const LONGEST_NAME: usize = 80;

/// What somebody without any name is called.
const NOBODY: &str = "nobody";

/// How long the system may take to say a login name (a guess), which may be a question over the network.
const SAID_WITHIN: Duration = Duration::from_secs(1);

/// Returns the name as it is recorded, without what surrounds it; `None` when it is blank.
pub fn trimmed(name: &str) -> Option<String> {
    let name: String = name.trim().chars().take(LONGEST_NAME).collect();
    (!Text::from(name.as_str()).is_blank()).then_some(name)
}

/// Who does what a client of user `uid` asks, when it claims `name` and to be so `sure`. Never surer than it claims, and
/// verified only as the user's own `login`. Nobody goes by the program's own name unmarked.
pub fn attribute(uid: u32, name: &str, sure: Assurance, login: Option<&str>) -> Author {
    let name = trimmed(name).or_else(|| login.and_then(trimmed)).unwrap_or_else(|| NOBODY.to_owned());
    let sure = match sure {
        Assurance::Verified if login != Some(name.as_str()) => Assurance::Claimed,
        Assurance::Verified | Assurance::Script if name == KLOCK => Assurance::Claimed,
        sure => sure,
    };
    Author { uid, name, sure }
}

/// Login names by the number of the user, asked for once each.
#[derive(Debug, Default)]
pub struct Logins {
    known: Mutex<HashMap<u32, String>>,
}

impl Logins {
    /// Returns the login name of `uid`; `None` when the system has none, or does not say it in time. Nobody else waits meanwhile.
    pub async fn name(&self, uid: u32) -> Option<String> {
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&uid) {
            return Some(known.clone());
        }
        let (tell, told) = oneshot::channel();
        let ask = move || drop(tell.send(login_name(uid)));
        // Where the system gives no thread (ulimit -u), the name stays a claim.
        std::thread::Builder::new().name("klock-login".into()).spawn(ask).ok()?;
        let name = timeout(SAID_WITHIN, told).await.ok()?.ok()??;
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(uid, name.clone());
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sure(name: &str, sure: Assurance, login: Option<&str>) -> (String, Assurance) {
        let author = attribute(7, name, sure, login);
        assert_eq!(author.uid, 7);
        (author.name, author.sure)
    }

    #[test]
    fn a_claim_is_lowered_to_what_the_kernel_bears_out_and_never_raised() {
        use Assurance::{Claimed, Script, Verified};
        assert_eq!(sure("anna", Verified, Some("anna")), ("anna".into(), Verified));
        assert_eq!(sure(" anna ", Verified, Some("anna")), ("anna".into(), Verified));
        assert_eq!(sure("Anna Lind", Verified, Some("anna")), ("Anna Lind".into(), Claimed));
        assert_eq!(sure("anna", Verified, None), ("anna".into(), Claimed), "the system does not say");
        assert_eq!(sure("anna", Claimed, Some("anna")), ("anna".into(), Claimed));
        assert_eq!(sure("anna", Script, Some("anna")), ("anna".into(), Script));
        assert_eq!(sure(" \t", Verified, Some("anna")), ("anna".into(), Verified));
        assert_eq!(sure("", Claimed, None), (NOBODY.into(), Claimed));
    }

    #[test]
    fn nobody_is_taken_for_the_program() {
        for claimed in [Assurance::Verified, Assurance::Claimed, Assurance::Script] {
            let author = attribute(7, " klock", claimed, Some(KLOCK));
            assert!(!author.is_klock());
            assert_eq!(author.signed(), "~klock");
        }
    }

    #[test]
    fn a_name_is_cut_to_a_line() {
        assert_eq!(trimmed(&"å".repeat(500)).map(|name| name.chars().count()), Some(LONGEST_NAME));
        assert_eq!(trimmed(" \u{a0}\n"), None);
    }
}
