//! An alert as Alertmanager and Grafana tell of it, read without asking more of it than an entry needs.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;

/// Whether an alert goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Firing,
    Resolved,
}

impl Status {
    /// As both programs name it, and as it is part of an entry's id.
    pub fn name(self) -> &'static str {
        match self {
            Status::Firing => "firing",
            Status::Resolved => "resolved",
        }
    }

    /// A silenced or inhibited alert, as Alertmanager's API lists it, fires all the same.
    fn of(name: &str) -> Option<Self> {
        match name {
            "firing" | "active" | "suppressed" | "unprocessed" => Some(Status::Firing),
            "resolved" => Some(Status::Resolved),
            _ => None,
        }
    }
}

/// One alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub status: Status,
    pub labels: BTreeMap<String, String>,
    pub annotations: BTreeMap<String, String>,
    pub starts_at: Moment,
    /// When it was resolved, as far as that was said: the zero time of the programs counts as nothing.
    pub ends_at: Option<Moment>,
    /// What tells it from other alerts: the sender's fingerprint, else its labels.
    pub fingerprint: String,
    /// Where to look further.
    pub link: Option<String>,
}

impl Alert {
    /// The alert that `value` is; `common` is the status of the whole message, for one that does not say its own.
    ///
    /// # Errors
    /// What it lacks, in words.
    pub fn read(value: &Value, common: Option<&str>) -> Result<Self, Phrase> {
        let Value::Object(fields) = value else { return Err(Phrase::new("cli-import-no-object")) };
        let labels = texts(fields.get("labels"));
        let fingerprint = match said(fields, "fingerprint") {
            Some(fingerprint) => fingerprint.to_owned(),
            None if labels.is_empty() => return Err(lacks("labels, fingerprint")),
            // Serialised in the order of the names, so it is the same whatever order they came in.
            None => serde_json::to_string(&labels).unwrap_or_default(),
        };
        let own = match fields.get("status") {
            Some(Value::Object(status)) => said(status, "state"),
            _ => said(fields, "status"),
        };
        let status = own.or(common).ok_or_else(|| lacks("status"))?;
        let status =
            Status::of(status).ok_or_else(|| Phrase::new("cli-import-no-status").with("status", status.to_owned()))?;
        let starts_at = said(fields, "startsAt").ok_or_else(|| lacks("startsAt"))?;
        let starts_at = Moment::parse(starts_at)
            .map_err(|_| Phrase::new("cli-import-no-time").with("time", starts_at.to_owned()))?;
        let ends_at = said(fields, "endsAt").and_then(|at| Moment::parse(at).ok());
        let link = ["panelURL", "dashboardURL", "generatorURL"].into_iter().find_map(|name| said(fields, name));
        Ok(Alert {
            status,
            labels,
            annotations: texts(fields.get("annotations")),
            starts_at,
            ends_at: ends_at.filter(|at| status == Status::Resolved && !is_zero(*at)),
            fingerprint,
            link: link.map(str::to_owned),
        })
    }

    /// The label or annotation of that name, when it says something.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels.get(name).map(String::as_str).filter(|text| !text.trim().is_empty())
    }

    /// As [`Alert::label`], of an annotation.
    pub fn annotation(&self, name: &str) -> Option<&str> {
        self.annotations.get(name).map(String::as_str).filter(|text| !text.trim().is_empty())
    }
}

/// The year 1, with which programs written in Go say that there is no time.
fn is_zero(at: Moment) -> bool {
    chrono::Datelike::year(&at.date()) <= 1
}

fn lacks(what: &'static str) -> Phrase {
    Phrase::new("cli-import-lacks").with("what", what)
}

/// The text of a field, when it says something.
fn said<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name)?.as_str().filter(|text| !text.trim().is_empty())
}

fn texts(value: Option<&Value>) -> BTreeMap<String, String> {
    let Some(Value::Object(fields)) = value else { return BTreeMap::new() };
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    fields.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}
