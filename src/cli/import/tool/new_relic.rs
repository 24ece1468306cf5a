//! New Relic: issues of a workflow with the template that it offers, and the incidents of the older webhooks.

use serde_json::Value;

use crate::cli::import::alert::{AlertItem, AlertState, Items, no_state};
use crate::cli::import::field::text;
use crate::cli::import::form::AlertForm;

const ISSUE: AlertForm = AlertForm {
    marks: &["/issueUrl", "/state"],
    tool: "new-relic",
    keys: &[&["/id"], &["/issueUrl"]],
    state: |value| state(value, "/state"),
    title: &["/alertConditionNames/0", "/title"],
    severity: &["/priority"],
    subject: &["/impactedEntities/0"],
    labels: &[("policy", "/alertPolicyNames/0")],
    summary: &["/title"],
    links: &["/issueUrl"],
    began: &["/createdAt"],
    fired: &["/createdAt"],
    acknowledged: &["/acknowledgedAt", "/updatedAt"],
    resolved: &["/closedAt", "/updatedAt"],
    finish: |_, alert| alert.severity = alert.severity.take().map(|severity| severity.to_lowercase()),
    ..AlertForm::EMPTY
};

const INCIDENT: AlertForm = AlertForm {
    marks: &["/current_state", "/incident_id", "/condition_name"],
    tool: "new-relic",
    keys: &[&["/incident_id"]],
    state: |value| state(value, "/current_state"),
    title: &["/condition_name", "/condition_name/0"],
    severity: &["/severity"],
    subject: &["/targets/0/name", "/impactedEntities/0"],
    labels: &[("policy", "/policy_name"), ("account", "/account_name")],
    summary: &["/details"],
    links: &["/incident_url"],
    fired: &["/timestamp", "/createdAt"],
    acknowledged: &["/timestamp", "/updatedAt"],
    resolved: &["/timestamp", "/updatedAt"],
    finish: |_, alert| alert.severity = alert.severity.take().map(|severity| severity.to_lowercase()),
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    ISSUE.read(value).or_else(|| INCIDENT.read(value))
}

fn state(value: &Value, pointer: &str) -> Result<AlertState, AlertItem> {
    match text(value, pointer).unwrap_or_default().to_lowercase().as_str() {
        "activated" | "created" | "open" => Ok(AlertState::Firing),
        "acknowledged" => Ok(AlertState::Acknowledged),
        "closed" | "resolved" | "deactivated" => Ok(AlertState::Resolved),
        other => Err(AlertItem::Fault(no_state(other))),
    }
}
