//! The messages between client and host.

use serde::{Deserialize, Serialize};

use crate::domain::id::{EventId, IntentId, RoomId, Seq};
use crate::domain::intent::{Declaration, Refusal, Request};
use crate::domain::phrase::{Lang, Phrase};
use crate::domain::record::{Assurance, Author, Record};
use crate::domain::room::Room;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::domain::timeline::Filter;
use crate::wire::due::{Due, Ending};
pub use crate::wire::room_summary::{NextClock, RoomSummary};

/// The version of these messages. A host refuses another one with [`HostMsg::Goodbye`].
pub const PROTOCOL: u32 = 3;

/// How many spans of one [`Ask::Find`] are looked up; those beyond them are passed over. About a millisecond of reading.
pub const MOST_SPANS: usize = 256;

/// From client to host.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ClientMsg {
    /// The first message of a connection.
    Hello(Hello),
    /// A question; its answer carries the same `ask`. How long it may be and how many may wait for their answers:
    /// [`super::frame::LONGEST_ASK`], [`super::frame::MOST_UNANSWERED`].
    Ask { ask: u64, what: Ask },
}

/// Who is calling.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    pub protocol: u32,
    /// The client's program version, `0.1.0`.
    pub version: String,
    /// The name the person goes by.
    pub name: String,
    /// How that name was found. The host never raises it.
    pub sure: Assurance,
    /// Whether a person looks at a screen (and counts as "here"), or it is one call of a verb.
    pub screen: bool,
    /// Whether the client only reads. The host enforces it: it refuses every request that would change something.
    #[serde(default)]
    pub read_only: bool,
    /// Whether the client, when the host is older than itself, asks it to finish only to start the newer one in its place.
    #[serde(default)]
    pub takes_over: bool,
}

/// What a client asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Ask {
    /// Every room, for the lobby.
    Rooms,
    /// The real rooms where an incident goes on: not closed, no demo. However many rooms there are, the answer stays small.
    OpenRooms,
    /// What one needs to know of a room to write in it, without all that the room holds.
    Head { room: RoomId },
    /// Open a room. Asked twice with the same id it opens one.
    Open { id: IntentId, declaration: Box<Declaration> },
    /// Open the demo room from the records given, re-timed to look live at now.
    OpenDemo { id: IntentId },
    /// Be in a room: the fold, the latest entries, then records as they come. `after`: the last `seq` already held; when
    /// the host can, it sends only what followed ([`Answer::Resumed`]).
    Attach { room: RoomId, after: Option<Seq>, entries: usize },
    /// Leave the room.
    Detach { room: RoomId },
    /// The room as it stands, once.
    Fold { room: RoomId },
    /// Do something.
    Do(Box<Request>),
    /// A page of the timeline, ordered by when it happened (then `seq`).
    Page { room: RoomId, page: Page },
    /// Records `from`, `from + 1`, … at most `limit`, in the order they were recorded.
    Records { room: RoomId, from: Seq, limit: usize },
    /// The journal's own lines, likewise: for export and for `sha256sum`.
    Lines { room: RoomId, from: Seq, limit: usize },
    /// What a room holds of the events whose ids lie in one of these spans, both ends included. A client that derives its
    /// ids from what it records finds by them what was recorded before.
    Find { room: RoomId, spans: Vec<(EventId, EventId)> },
    /// Check a room's journal and index from end to end.
    Verify { room: RoomId },
    /// Keep a draft (blank text: forget it). `slot` says what it is for and which intent it becomes: `entry:01J…`,
    /// `answer:why#01J…`. The host forgets it when that intent is recorded.
    KeepDraft { draft: Draft },
    /// The drafts this person has in a room.
    Drafts { room: RoomId },
    /// The person has looked at everything up to `seq`.
    Seen { room: RoomId, seq: Seq },
    /// What the person is writing in a room at the moment, if anything. Others see it beside the name.
    Writing { room: RoomId, what: Option<Writing> },
    /// Somebody else sits at the keys of this client: from now on what it does carries this name, as claimed.
    TypeAs { name: String },
    /// Nothing but an answer, to know that the host lives.
    Ping,
    /// What nobody will be warned of after that ending.
    Unheard(Ending),
    /// How the host is.
    HostStatus,
    /// Finish: after the journals are safe, close the socket and leave.
    StopHost,
}

/// A stretch of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    pub from: PageFrom,
    pub limit: usize,
    #[serde(default)]
    pub filter: Filter,
    /// The language in which a text filter reads the program's own sentences.
    pub lang: Lang,
}

/// Where a page begins. Pages come back oldest first, whichever way they were sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageFrom {
    /// The latest entries.
    End,
    /// The entries before this one.
    Before(Place),
    /// The entries after this one.
    After(Place),
    /// The first entries.
    Start,
}

/// An entry's place in the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub at: Moment,
    pub seq: Seq,
}

/// Text being typed, kept by the host so that a crash loses nothing, until the intent that it becomes is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub room: RoomId,
    pub slot: String,
    /// When its first key was pressed.
    pub began_at: Moment,
    pub text: String,
}

impl Draft {
    /// The intent that the text in `slot` becomes: its id ends the slot, after `:` (an entry) or `#` (a form).
    pub fn intent_of(slot: &str) -> Option<IntentId> {
        let (_, id) = slot.rsplit_once(JOINTS)?;
        id.parse().ok().map(IntentId)
    }

    /// The slot for text of the same kind that becomes the intent `id`. Unchanged when `slot` names no intent.
    pub fn slot_for(slot: &str, id: IntentId) -> String {
        match (slot.rfind(JOINTS), Draft::intent_of(slot)) {
            (Some(joint), Some(_)) => format!("{}{}", &slot[..=joint], id.0),
            _ => slot.to_owned(),
        }
    }
}

/// What stands in a slot before the intent's id.
const JOINTS: [char; 2] = [':', '#'];

/// What a person is writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Writing {
    /// An entry.
    Entry,
    /// The answer to a question of the routine.
    Answer { question: String },
    /// An update to people outside the room.
    Message,
    /// Something else that takes a form.
    Form,
}

/// Somebody with a room on their screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    pub who: Author,
    pub writing: Option<Writing>,
    /// They can read only.
    pub read_only: bool,
}

/// From host to client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum HostMsg {
    /// The answer to [`Hello`].
    Welcome(Welcome),
    /// The answer to one [`ClientMsg::Ask`].
    Answer { ask: u64, answer: Box<Result<Answer, Failure>> },
    /// New records of a room this client is in, in `seq` order, without gaps. Those that are the answer to a question of this
    /// client's come with that answer instead ([`Answer::Recorded`]), at their place in the order.
    Recorded { room: RoomId, records: Vec<Record> },
    /// Who is in a room now.
    Here { room: RoomId, people: Vec<Presence> },
    /// A room's clock passed a mark, for clients that are in another room or in the lobby.
    Rang { room: RoomId, title: Text, record: Box<Record> },
    /// Words were redacted from a room: a client that is in it fetches it again ([`Ask::Attach`] without `after`), a client that has
    /// the list of the rooms asks for that.
    Renewed { room: RoomId },
    /// Something about the host that the screen should say.
    Health(Health),
    /// The host closes this connection, and why. `again`: whether it is worth connecting again at once (the host finishes, or
    /// this client fell behind), or something must change first (the client is too old).
    Goodbye {
        why: Phrase,
        #[serde(default)]
        again: bool,
    },
}

/// The host introduces itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Welcome {
    pub protocol: u32,
    pub version: String,
    pub pid: u32,
    /// How the host will attribute what this client does.
    pub you: Author,
    /// Whether this connection can only read: because the client asked for that, or by the endpoint it came through.
    #[serde(default)]
    pub read_only: bool,
    /// Whether it is the endpoint that lets nobody write: asking for more there would be refused.
    #[serde(default)]
    pub reading_door: bool,
    pub health: Health,
}

/// Whether the host can do its work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Health {
    /// Why nothing can be saved at the moment; `None` if all is well.
    pub cannot_save: Option<Phrase>,
    /// What else a person should be told once: a store that was rebuilt, a journal that was mended, no desktop notices.
    #[serde(default)]
    pub remarks: Vec<Phrase>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    Done,
    Rooms(Vec<RoomSummary>),
    Opened {
        room: RoomId,
    },
    /// The fold, the latest entries' records (the routine in that of the opening is left out but for its name: the fold has it),
    /// where this person had looked to, and their drafts.
    Attached {
        room: Box<Room>,
        records: Vec<Record>,
        seen: Seq,
        drafts: Vec<Draft>,
        people: Vec<Presence>,
    },
    /// The client was only a little behind: the records after the `seq` it named.
    Resumed {
        records: Vec<Record>,
        people: Vec<Presence>,
    },
    Fold(Box<Room>),
    /// How far the room's records go, and the names known in it, for `@` to be read.
    Head {
        seq: Seq,
        people: Vec<String>,
    },
    /// The intent was carried out (now or, when it came twice, before): its records. A client that is in the room gets them here
    /// and not in [`HostMsg::Recorded`], unless words go with them: the answer to a redaction comes later, when they are gone. It
    /// passes over records that it has already.
    Recorded {
        records: Vec<Record>,
    },
    /// `more`: whether further entries exist in the direction sought.
    Page {
        records: Vec<Record>,
        more: bool,
    },
    Records(Vec<Record>),
    Lines(Vec<String>),
    /// In the order of the spans and, within a span, of the ids. `more`: whether some are left out.
    Found {
        found: Vec<FoundEvent>,
        more: bool,
    },
    Verified(RoomVerification),
    Drafts(Vec<Draft>),
    /// What falls due, each with its room, what comes first first; nothing when somebody will be warned.
    Unheard(Vec<(RoomId, Due)>),
    /// How the host attributes from now on what this client does.
    You(Author),
    Host(HostStatus),
}

/// A recorded event, without what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundEvent {
    pub id: EventId,
    pub seq: Seq,
    pub at: Moment,
    pub rec: Moment,
}

/// Why a question was not answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Failure {
    /// The room said no.
    Refused(Refusal),
    NoSuchRoom(RoomId),
    /// The host cannot save now; nothing was done. Ask again later with the same id.
    CannotSave(Phrase),
    /// The host could not read what was asked for.
    Broken(Phrase),
    /// The id was used before, for something else: that is on record, what is asked for now is not. Ask with a fresh id.
    RecordedOtherwise {
        records: Vec<Record>,
    },
}

impl Failure {
    /// The same as a sentence for a person.
    pub fn phrase(&self) -> Phrase {
        match self {
            Failure::Refused(refusal) => refusal.0.clone(),
            Failure::NoSuchRoom(room) => Phrase::new("failure-no-such-room").with("room", room.as_str()),
            Failure::CannotSave(why) | Failure::Broken(why) => why.clone(),
            Failure::RecordedOtherwise { records } => {
                let phrase = Phrase::new("failure-recorded-otherwise");
                records.first().map_or(phrase.clone(), |first| phrase.with("time", first.at))
            }
        }
    }
}

/// What a check of a room found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoomVerification {
    pub records: u64,
    /// The hash of the last record.
    pub head: String,
    /// What is wrong, each in words; empty: nothing.
    pub faults: Vec<Phrase>,
}

/// How the host is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HostStatus {
    pub pid: u32,
    pub version: String,
    pub started_at: Moment,
    pub data_dir: String,
    pub socket: String,
    /// The socket that only allows reading, when there is one.
    #[serde(default)]
    pub read_socket: Option<String>,
    /// The group of the system whose members may do everything, besides the owner.
    #[serde(default)]
    pub group: Option<String>,
    /// The group whose members may look on.
    #[serde(default)]
    pub read_group: Option<String>,
    pub clients: usize,
    pub open_rooms: usize,
    pub health: Health,
}
