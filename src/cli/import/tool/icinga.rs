//! Icinga 2: the events that its API streams (`/v1/events`), a line each.

use serde_json::Value;

use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, no_change, no_state, one};
use crate::cli::import::field::{any_text, has, identity, text, time};

/// The events of the stream that are no alerts.
const OTHERS: [&str; 10] = [
    "AcknowledgementCleared",
    "CheckResult",
    "CommentAdded",
    "CommentRemoved",
    "DowntimeAdded",
    "DowntimeRemoved",
    "DowntimeStarted",
    "DowntimeTriggered",
    "Flapping",
    "ObjectModified",
];

pub fn read(value: &Value) -> Option<Items<'_>> {
    let kind = value.get("type")?.as_str()?;
    if OTHERS.contains(&kind) {
        return Some(one(no_change(kind)));
    }
    let is_own = ["StateChange", "Notification", "AcknowledgementSet"].contains(&kind);
    (is_own && has(value, &["/host", "/timestamp"])).then(|| one(event(value, kind)))
}

fn event(value: &Value, kind: &str) -> AlertItem {
    let host = text(value, "/host").unwrap_or_default();
    let service = text(value, "/service");
    let number = any_text(value, &["/state", "/check_result/state"]).and_then(|state| state.parse::<f64>().ok());
    let (level, word) = match (service.is_some(), number.map(|number| number as u8)) {
        (_, Some(0)) => (AlertState::Resolved, None),
        (true, Some(1)) => (AlertState::Warning, Some("warning")),
        (true, Some(2)) => (AlertState::Firing, Some("critical")),
        (true, Some(3)) => (AlertState::Unknown, Some("unknown")),
        (false, Some(_)) => (AlertState::Firing, Some("down")),
        (_, number) => {
            return AlertItem::Fault(no_state(&number.map_or_else(String::new, |number| number.to_string())));
        }
    };
    let state = match (kind, text(value, "/notification_type").as_deref()) {
        ("AcknowledgementSet", _) | ("Notification", Some("ACKNOWLEDGEMENT")) => AlertState::Acknowledged,
        // A soft state is checked again before it counts.
        ("StateChange", _) if any_text(value, &["/state_type"]).is_some_and(|kind| kind.starts_with('0')) => {
            return no_change("soft state");
        }
        ("StateChange", _) | ("Notification", Some("PROBLEM")) => level,
        ("Notification", Some("RECOVERY")) => AlertState::Resolved,
        (_, other) => return no_change(other.unwrap_or(kind)),
    };
    Alert {
        severity: word.filter(|_| state != AlertState::Resolved).map(str::to_owned),
        subject: service.is_some().then(|| host.clone()),
        summary: text(value, "/check_result/output"),
        description: any_text(value, &["/comment", "/text"]),
        since: time(value, "/timestamp"),
        ..Alert::new(
            state,
            identity(&["icinga", &host, service.as_deref().unwrap_or_default()]),
            service.unwrap_or(host),
        )
    }
    .into()
}
