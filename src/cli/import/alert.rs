//! An alert of any tool.

use super::time::Told;
use crate::domain::phrase::Phrase;

/// The state of an alert. A change to another one is a new entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertState {
    /// It is over. Before the others: what is over at a moment was over before what begins then.
    Resolved,
    /// It goes on.
    Firing,
    /// It goes on at a lower level than it can reach.
    Warning,
    /// The tool does not know any more whether it goes on.
    Unknown,
    /// It goes on, and somebody has seen it.
    Acknowledged,
}

impl AlertState {
    /// All of them.
    pub const ALL: [AlertState; 5] =
        [AlertState::Resolved, AlertState::Firing, AlertState::Warning, AlertState::Unknown, AlertState::Acknowledged];

    /// Its number in the ids of entries. They are in journals, so a number never changes its meaning.
    pub fn code(self) -> u8 {
        match self {
            AlertState::Resolved => 0,
            AlertState::Firing => 1,
            AlertState::Warning => 2,
            AlertState::Unknown => 3,
            AlertState::Acknowledged => 4,
        }
    }

    /// The state of that number.
    pub fn of(code: u8) -> Option<Self> {
        AlertState::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The word with which its entry begins.
    pub fn word(self) -> Phrase {
        Phrase::new(match self {
            AlertState::Firing | AlertState::Warning | AlertState::Unknown => "cli-import-firing",
            AlertState::Acknowledged => "cli-import-acknowledged",
            AlertState::Resolved => "cli-import-resolved",
        })
    }
}

/// One alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub state: AlertState,
    /// What tells it from all other alerts: two messages about one alert have the same, in every state.
    pub identity: String,
    pub title: String,
    pub severity: Option<String>,
    /// What it is about: a machine, a service, an address.
    pub subject: Option<String>,
    /// What else tells it from its like, the most telling first.
    pub labels: Vec<(String, String)>,
    pub summary: Option<String>,
    pub description: Option<String>,
    /// Where to look further.
    pub links: Vec<String>,
    /// When it began to fire, where the tool says that whenever it tells of the alert.
    pub began: Told,
    /// When it came into its state.
    pub since: Told,
    /// What version 0.1.0 made the id of its entry from; only for what that version could read.
    pub released_key: Option<String>,
}

impl Alert {
    /// An alert of which nothing more is known.
    pub fn new(state: AlertState, identity: impl Into<String>, title: impl Into<String>) -> Self {
        Alert {
            state,
            identity: identity.into(),
            title: title.into(),
            severity: None,
            subject: None,
            labels: Vec::new(),
            summary: None,
            description: None,
            links: Vec::new(),
            began: Told::Nothing,
            since: Told::Nothing,
            released_key: None,
        }
    }
}

/// Something that a message holds.
#[derive(Debug, Clone, PartialEq)]
pub enum AlertItem {
    Alert(Box<Alert>),
    /// Nothing to record, and no fault: what it is instead.
    Aside(Phrase),
    /// What is wrong with it.
    Fault(Phrase),
}

impl From<Alert> for AlertItem {
    fn from(alert: Alert) -> Self {
        AlertItem::Alert(Box::new(alert))
    }
}

impl From<Result<Alert, Phrase>> for AlertItem {
    fn from(read: Result<Alert, Phrase>) -> Self {
        read.map_or_else(AlertItem::Fault, AlertItem::from)
    }
}

/// What a message holds, one by one.
pub type Items<'a> = Box<dyn Iterator<Item = AlertItem> + 'a>;

/// A message with one item.
pub fn one<'a>(item: impl Into<AlertItem>) -> Items<'a> {
    Box::new(std::iter::once(item.into()))
}

/// Says that a message lacks something.
pub fn lacks(what: &'static str) -> Phrase {
    Phrase::new("cli-import-lacks").with("what", what)
}

/// Says that the state that a message tells is none.
pub fn no_state(state: &str) -> Phrase {
    Phrase::new("cli-import-no-status").with("status", state.to_owned())
}

/// Says that a message tells of no change of an alert's state, and what it tells instead.
pub fn no_change(what: &str) -> AlertItem {
    AlertItem::Aside(Phrase::new("cli-import-no-change").with("what", what.to_owned()))
}
