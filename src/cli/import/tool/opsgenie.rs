//! Opsgenie: its webhook, and the alerts that its API lists.

use serde_json::Value;

use crate::cli::import::alert::{AlertItem, AlertState, Items, no_change, no_state};
use crate::cli::import::field::{list, text};
use crate::cli::import::form::AlertForm;

const WEBHOOK: AlertForm = AlertForm {
    marks: &["/action", "/alert/alertId"],
    tool: "opsgenie",
    keys: &[&["/alert/alertId"]],
    state: |value| match text(value, "/action").unwrap_or_default().as_str() {
        "Create" | "UnAcknowledge" => Ok(AlertState::Firing),
        "Acknowledge" => Ok(AlertState::Acknowledged),
        "Close" | "Delete" => Ok(AlertState::Resolved),
        other => Err(no_change(other)),
    },
    title: &["/alert/message"],
    severity: &["/alert/priority"],
    subject: &["/alert/entity"],
    labels: &[("alias", "/alert/alias"), ("source", "/alert/source"), ("alert", "/alert/tinyId")],
    description: &["/alert/description"],
    // In nanoseconds, while `createdAt` is in milliseconds.
    fired: &["/alert/updatedAt", "/alert/createdAt"],
    acknowledged: &["/alert/updatedAt"],
    resolved: &["/alert/updatedAt"],
    ..AlertForm::EMPTY
};

const LISTED: AlertForm = AlertForm {
    marks: &["/tinyId", "/status", "/message"],
    tool: "opsgenie",
    keys: &[&["/id"]],
    state: |value| match text(value, "/status").unwrap_or_default().as_str() {
        "open" if text(value, "/acknowledged").as_deref() == Some("true") => Ok(AlertState::Acknowledged),
        "open" => Ok(AlertState::Firing),
        "closed" | "resolved" => Ok(AlertState::Resolved),
        other => Err(AlertItem::Fault(no_state(other))),
    },
    title: &["/message"],
    severity: &["/priority"],
    subject: &["/entity"],
    labels: &[("alias", "/alias"), ("source", "/source"), ("alert", "/tinyId")],
    description: &["/description"],
    fired: &["/createdAt"],
    acknowledged: &["/updatedAt"],
    resolved: &["/updatedAt"],
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    WEBHOOK.read(value).or_else(|| LISTED.read(value)).or_else(|| {
        let alerts = list(value, "/data");
        let is_list = alerts.iter().any(|alert| alert.get("tinyId").is_some());
        is_list.then(|| Box::new(alerts.iter().map(|alert| LISTED.item(alert))) as Items<'_>)
    })
}
