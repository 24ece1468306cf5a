//! Who caused an event, and how sure that is.

use serde::{Deserialize, Serialize};

/// How sure the host is of who is typing. This is attribution, not proof. Told by shape beside the name
/// ([`Author::signed`]) and by word ([`Assurance::label`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Assurance {
    /// The person's own login.
    Verified,
    /// A name that was typed or came from the surroundings.
    Claimed,
    /// A script or the program itself.
    Script,
}

impl Assurance {
    /// Its name for programs: `verified`, `claimed`, `script`.
    pub fn name(self) -> &'static str {
        match self {
            Assurance::Verified => "verified",
            Assurance::Claimed => "claimed",
            Assurance::Script => "script",
        }
    }

    /// How sure `name` is, as a mark to stand before it wherever it is shown: nothing for a person's own login and for the
    /// program itself, `~` for a name that was claimed, `$` for a script.
    pub fn mark(self, name: &str) -> &'static str {
        match self {
            Assurance::Verified => "",
            Assurance::Claimed => "~",
            Assurance::Script if name == KLOCK => "",
            Assurance::Script => "$",
        }
    }

    /// `name` behind its [mark](Assurance::mark).
    pub fn sign(self, name: &str) -> String {
        format!("{}{name}", self.mark(name))
    }
}

/// The name of the program itself, which nobody else may go by.
pub const KLOCK: &str = "klock";

/// Who caused an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author {
    /// The user id the kernel gave for the other end of the socket.
    pub uid: u32,
    /// The name they go by.
    pub name: String,
    /// How sure that is.
    pub sure: Assurance,
}

impl Author {
    /// The program itself, for what it records on its own account.
    pub fn klock(uid: u32) -> Self {
        Author { uid, name: KLOCK.to_owned(), sure: Assurance::Script }
    }

    /// Whether this is the program itself. The host lets nobody else go by its name.
    pub fn is_klock(&self) -> bool {
        self.sure == Assurance::Script && self.name == KLOCK
    }

    /// What to put before the name wherever it is shown, see [`Assurance::mark`].
    pub fn mark(&self) -> &'static str {
        self.sure.mark(&self.name)
    }

    /// The name behind the [mark](Assurance::mark) of how sure it is: `Anna Lind`, `~Olle`, `$backup`. Text from a person, not
    /// made showable.
    pub fn signed(&self) -> String {
        self.sure.sign(&self.name)
    }
}
