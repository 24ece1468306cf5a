//! A stored event with its place, its two times and its author.

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::id::{EventId, Seq};
use super::time::Moment;

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

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its place in the room, from 1, without gaps.
    pub seq: Seq,
    /// Its id.
    pub id: EventId,
    /// When it happened.
    pub at: Moment,
    /// When it was recorded.
    pub rec: Moment,
    /// Who caused it.
    pub by: Author,
    /// What happened.
    pub event: Event,
}

impl Record {
    /// Whether it was recorded so long after it happened that the timeline should say so (a minute or more).
    pub fn is_late(&self) -> bool {
        self.is_late_after(self.at)
    }

    /// The same when it happened at `at`.
    pub fn is_late_after(&self, at: Moment) -> bool {
        self.rec.since(at).num_seconds() >= 60
    }
}

/// How many bytes `value` takes as JSON, counted without keeping them; none when it does not serialise.
pub fn written_length<T: Serialize + ?Sized>(value: &T) -> Option<usize> {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    serde_json::to_writer(&mut count, value).is_ok().then_some(count.0)
}

#[cfg(test)]
mod tests;
