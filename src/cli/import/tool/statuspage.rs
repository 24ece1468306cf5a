//! Statuspage: the incidents and components of a page, as its webhook sends them and as its public API lists them. Each update of
//! an incident is an entry of its own.

use serde_json::Value;

use crate::cli::import::alert::{AlertItem, AlertState, Items, no_change, no_state};
use crate::cli::import::field::{list, text};
use crate::cli::import::form::AlertForm;

const WEBHOOK: AlertForm = AlertForm {
    marks: &["/page/id", "/incident/id", "/incident/status"],
    tool: "statuspage",
    keys: &[&["/incident/id", "/incident/incident_updates/0/id"], &["/incident/id", "/incident/status"]],
    state: |value| state(value, "/incident/status"),
    title: &["/incident/name"],
    severity: &["/incident/impact"],
    labels: &[("status", "/incident/status")],
    summary: &["/incident/incident_updates/0/body"],
    links: &["/incident/shortlink"],
    fired: &["/incident/incident_updates/0/created_at", "/incident/updated_at", "/incident/created_at"],
    resolved: &["/incident/resolved_at", "/incident/updated_at"],
    finish: |_, alert| alert.severity = alert.severity.take().filter(|impact| impact != "none"),
    ..AlertForm::EMPTY
};

/// An incident as the API lists it.
const LISTED: AlertForm = AlertForm {
    marks: &["/shortlink", "/impact", "/status"],
    tool: "statuspage",
    keys: &[&["/id", "/incident_updates/0/id"], &["/id", "/status"]],
    state: |value| state(value, "/status"),
    title: &["/name"],
    severity: &["/impact"],
    labels: &[("status", "/status")],
    summary: &["/incident_updates/0/body"],
    links: &["/shortlink"],
    fired: &["/incident_updates/0/created_at", "/updated_at", "/created_at"],
    resolved: &["/resolved_at", "/updated_at"],
    finish: |_, alert| alert.severity = alert.severity.take().filter(|impact| impact != "none"),
    ..AlertForm::EMPTY
};

const COMPONENT: AlertForm = AlertForm {
    marks: &["/component_update/new_status", "/component/name"],
    tool: "statuspage-component",
    keys: &[&["/component/id"], &["/component/name"]],
    state: |value| match text(value, "/component_update/new_status").unwrap_or_default().as_str() {
        "operational" => Ok(AlertState::Resolved),
        "degraded_performance" => Ok(AlertState::Warning),
        "partial_outage" | "major_outage" => Ok(AlertState::Firing),
        other @ "under_maintenance" => Err(no_change(other)),
        other => Err(AlertItem::Fault(no_state(other))),
    },
    title: &["/component/name"],
    severity: &["/component_update/new_status"],
    fired: &["/component_update/created_at"],
    resolved: &["/component_update/created_at"],
    finish: |_, alert| {
        let is_over = alert.state == AlertState::Resolved;
        alert.severity = alert.severity.take().filter(|_| !is_over).map(|status| status.replace('_', " "));
    },
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    WEBHOOK.read(value).or_else(|| COMPONENT.read(value)).or_else(|| LISTED.read(value)).or_else(|| {
        let incidents = list(value, "/incidents");
        let is_list = value.pointer("/page/id").is_some() && value.get("incidents").is_some_and(Value::is_array);
        is_list.then(|| Box::new(incidents.iter().map(|incident| LISTED.item(incident))) as Items<'_>)
    })
}

fn state(value: &Value, pointer: &str) -> Result<AlertState, AlertItem> {
    match text(value, pointer).unwrap_or_default().as_str() {
        "investigating" | "identified" | "monitoring" | "in_progress" | "verifying" => Ok(AlertState::Firing),
        "resolved" | "completed" => Ok(AlertState::Resolved),
        other @ ("scheduled" | "postmortem") => Err(no_change(other)),
        other => Err(AlertItem::Fault(no_state(other))),
    }
}
