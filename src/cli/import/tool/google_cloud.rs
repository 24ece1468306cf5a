//! Google Cloud Monitoring: the incidents of its webhook, and of its messages in Pub/Sub.

use serde_json::Value;

use crate::cli::import::alert::{AlertItem, AlertState, Items, no_state};
use crate::cli::import::field::text;
use crate::cli::import::form::AlertForm;
use crate::domain::phrase::Phrase;

const INCIDENT: AlertForm = AlertForm {
    marks: &["/incident/incident_id", "/incident/condition_name"],
    tool: "google-cloud",
    keys: &[&["/incident/incident_id"]],
    state: |value| {
        if text(value, "/version").as_deref() == Some("test") {
            return Err(AlertItem::Aside(Phrase::new("cli-import-test")));
        }
        match text(value, "/incident/state").unwrap_or_default().to_lowercase().as_str() {
            "open" => Ok(AlertState::Firing),
            "acknowledged" => Ok(AlertState::Acknowledged),
            "closed" => Ok(AlertState::Resolved),
            other => Err(AlertItem::Fault(no_state(other))),
        }
    },
    title: &["/incident/policy_name", "/incident/condition_name"],
    severity: &["/incident/severity"],
    subject: &["/incident/resource_display_name", "/incident/resource_name"],
    labels: &[("project", "/incident/scoping_project_id"), ("condition", "/incident/condition_name")],
    summary: &["/incident/summary"],
    description: &["/incident/documentation/content"],
    links: &["/incident/url"],
    began: &["/incident/started_at"],
    fired: &["/incident/started_at"],
    resolved: &["/incident/ended_at"],
    finish: |_, alert| {
        let told = alert.severity.take().map(|severity| severity.to_lowercase());
        alert.severity = told.filter(|severity| severity != "no severity");
    },
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    INCIDENT.read(value)
}
