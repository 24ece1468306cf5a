//! PagerDuty: webhooks of version 3 and 2, the incidents that its API lists, and what tools send to it (Events API v2).

use serde_json::Value;

use crate::cli::import::alert::{AlertItem, AlertState, Items, no_change, no_state};
use crate::cli::import::field::{list, text};
use crate::cli::import::form::AlertForm;
use crate::domain::phrase::Phrase;

const WEBHOOK: AlertForm = AlertForm {
    marks: &["/event/event_type", "/event/data"],
    tool: "pagerduty",
    keys: &[&["/event/data/id"]],
    state: |value| match text(value, "/event/event_type").unwrap_or_default().as_str() {
        "incident.triggered" | "incident.reopened" | "incident.unacknowledged" => Ok(AlertState::Firing),
        "incident.acknowledged" => Ok(AlertState::Acknowledged),
        "incident.resolved" => Ok(AlertState::Resolved),
        "pagey.ping" => Err(AlertItem::Aside(Phrase::new("cli-import-test"))),
        other => Err(no_change(other)),
    },
    title: &["/event/data/title", "/event/data/summary"],
    severity: &["/event/data/priority/summary", "/event/data/urgency"],
    subject: &["/event/data/service/summary"],
    labels: &[("incident", "/event/data/number")],
    links: &["/event/data/html_url"],
    fired: &["/event/occurred_at"],
    acknowledged: &["/event/occurred_at"],
    resolved: &["/event/occurred_at"],
    ..AlertForm::EMPTY
};

/// A message of the webhooks of version 2.
const MESSAGE: AlertForm = AlertForm {
    marks: &["/event", "/incident/id"],
    tool: "pagerduty",
    keys: &[&["/incident/id"]],
    state: |value| match text(value, "/event").unwrap_or_default().as_str() {
        "incident.trigger" | "incident.unacknowledge" => Ok(AlertState::Firing),
        "incident.acknowledge" => Ok(AlertState::Acknowledged),
        "incident.resolve" => Ok(AlertState::Resolved),
        other => Err(no_change(other)),
    },
    title: &["/incident/title", "/incident/summary", "/incident/description"],
    severity: &["/incident/priority/summary", "/incident/urgency"],
    subject: &["/incident/service/name", "/incident/service/summary"],
    labels: &[("incident", "/incident/incident_number")],
    links: &["/incident/html_url"],
    fired: &["/created_on", "/incident/last_status_change_at"],
    acknowledged: &["/created_on", "/incident/last_status_change_at"],
    resolved: &["/created_on", "/incident/last_status_change_at"],
    ..AlertForm::EMPTY
};

/// An incident as the API lists it.
const INCIDENT: AlertForm = AlertForm {
    marks: &["/incident_number", "/incident_key", "/status"],
    tool: "pagerduty",
    keys: &[&["/id"]],
    state: |value| match text(value, "/status").unwrap_or_default().as_str() {
        "triggered" => Ok(AlertState::Firing),
        "acknowledged" => Ok(AlertState::Acknowledged),
        "resolved" => Ok(AlertState::Resolved),
        other => Err(AlertItem::Fault(no_state(other))),
    },
    title: &["/title", "/summary"],
    severity: &["/priority/summary", "/urgency"],
    subject: &["/service/summary"],
    labels: &[("incident", "/incident_number")],
    links: &["/html_url"],
    fired: &["/created_at"],
    acknowledged: &["/last_status_change_at"],
    resolved: &["/resolved_at", "/last_status_change_at"],
    ..AlertForm::EMPTY
};

/// What a tool sends. Its key is a secret, and not looked at.
const EVENT: AlertForm = AlertForm {
    marks: &["/event_action"],
    tool: "pagerduty-event",
    keys: &[&["/dedup_key"], &["/payload/source", "/payload/summary"]],
    state: |value| match text(value, "/event_action").unwrap_or_default().as_str() {
        "trigger" => Ok(AlertState::Firing),
        "acknowledge" => Ok(AlertState::Acknowledged),
        "resolve" => Ok(AlertState::Resolved),
        other => Err(AlertItem::Fault(no_state(other))),
    },
    title: &["/payload/summary"],
    severity: &["/payload/severity"],
    subject: &["/payload/source"],
    labels: &[("component", "/payload/component"), ("group", "/payload/group"), ("class", "/payload/class")],
    links: &["/links/0/href", "/client_url"],
    fired: &["/payload/timestamp"],
    acknowledged: &["/payload/timestamp"],
    resolved: &["/payload/timestamp"],
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    let one = WEBHOOK.read(value).or_else(|| EVENT.read(value)).or_else(|| MESSAGE.read(value));
    one.or_else(|| INCIDENT.read(value)).or_else(|| {
        let is_list = |pointer: &str, mark: &str| list(value, pointer).iter().any(|one| one.pointer(mark).is_some());
        if is_list("/messages", "/incident/id") {
            return Some(Box::new(list(value, "/messages").iter().map(|message| MESSAGE.item(message))));
        }
        is_list("/incidents", "/incident_number")
            .then(|| Box::new(list(value, "/incidents").iter().map(|incident| INCIDENT.item(incident))) as Items<'_>)
    })
}
