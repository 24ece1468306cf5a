//! Where the parts of an alert stand in one kind of message: most tools need no more than this, as data.

use serde_json::Value;

use super::alert::{Alert, AlertItem, AlertState, Items, lacks, one};
use super::field::{any_text, has, identity, label, text, time};
use super::time::Told;

/// Places in a message, as JSON pointers (RFC 6901).
type Places = &'static [&'static str];

/// See the module. Of several places the first counts where something stands, unless it is said otherwise.
pub struct AlertForm {
    /// Where something stands in every message of this kind, and not in others.
    pub marks: Places,
    /// The tool, as it is part of the identity.
    pub tool: &'static str,
    /// What tells the alert from all others of the tool: the first group counts in which something stands everywhere.
    pub keys: &'static [Places],
    pub state: fn(&Value) -> Result<AlertState, AlertItem>,
    pub title: Places,
    pub severity: Places,
    pub subject: Places,
    /// All of them, each under a name.
    pub labels: &'static [(&'static str, &'static str)],
    pub summary: Places,
    pub description: Places,
    /// All of them.
    pub links: Places,
    /// When it began, for tools that say so whenever they tell of the alert.
    pub began: Places,
    /// When it came into its state.
    pub fired: Places,
    pub acknowledged: Places,
    pub resolved: Places,
    /// Adds what no pointer can say.
    pub finish: fn(&Value, &mut Alert),
}

impl AlertForm {
    /// A form without anything in it, to be filled in.
    pub const EMPTY: AlertForm = AlertForm {
        marks: &[],
        tool: "",
        keys: &[],
        state: |_| Ok(AlertState::Firing),
        title: &[],
        severity: &[],
        subject: &[],
        labels: &[],
        summary: &[],
        description: &[],
        links: &[],
        began: &[],
        fired: &[],
        acknowledged: &[],
        resolved: &[],
        finish: |_, _| {},
    };

    /// The message, when it is of this kind.
    pub fn read(&self, value: &Value) -> Option<Items<'static>> {
        has(value, self.marks).then(|| one(self.item(value)))
    }

    /// What a message of this kind says.
    pub fn item(&self, value: &Value) -> AlertItem {
        let state = match (self.state)(value) {
            Ok(state) => state,
            Err(item) => return item,
        };
        let key = |places: &Places| places.iter().map(|place| text(value, place)).collect::<Option<Vec<String>>>();
        let Some(key) = self.keys.iter().find_map(key) else {
            let places = self.keys.first().copied().unwrap_or_default();
            return AlertItem::Fault(lacks(places.first().map_or("", |place| place.trim_start_matches('/'))));
        };
        let parts: Vec<&str> = std::iter::once(self.tool).chain(key.iter().map(String::as_str)).collect();
        let title = any_text(value, self.title).unwrap_or_else(|| key.join(" "));
        let first = |places: Places| places.iter().fold(Told::Nothing, |told, place| told.or(time(value, place)));
        let mut alert = Alert {
            severity: any_text(value, self.severity),
            subject: any_text(value, self.subject),
            labels: self.labels.iter().filter_map(|(name, place)| label(name, text(value, place))).collect(),
            summary: any_text(value, self.summary),
            description: any_text(value, self.description),
            links: self.links.iter().filter_map(|place| text(value, place)).collect(),
            began: first(self.began),
            since: match state {
                AlertState::Firing | AlertState::Warning | AlertState::Unknown => first(self.fired),
                AlertState::Acknowledged => first(self.acknowledged),
                AlertState::Resolved => first(self.resolved),
            },
            ..Alert::new(state, identity(&parts), title)
        };
        (self.finish)(value, &mut alert);
        alert.into()
    }
}
