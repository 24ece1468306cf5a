//! A message that somebody made up: fields under the names that most people give them. It is read only where the tool is
//! named, for such names are in many messages that are no alerts.

use serde_json::Value;

use crate::cli::import::alert::{AlertItem, AlertState, Items, no_change, no_state, one};
use crate::cli::import::field::{any_text, plain};
use crate::cli::import::form::AlertForm;

/// On [`plain`] names.
const TEMPLATE: AlertForm = AlertForm {
    marks: &[],
    tool: "template",
    keys: &[
        &["/fingerprint"],
        &["/dedupkey"],
        &["/alertid"],
        &["/incidentid"],
        &["/problemid"],
        &["/eventid"],
        &["/id"],
        &["/title", "/host"],
        &["/title"],
        &["/name", "/host"],
        &["/name"],
        &["/alertname"],
        &["/subject"],
        &["/summary"],
        &["/message"],
    ],
    state: |value| {
        let places = ["/status", "/state", "/alertstatus", "/alertstate", "/eventstatus", "/currentstate", "/action"];
        let Some(told) = any_text(value, &places) else { return Ok(AlertState::Firing) };
        Ok(match told.to_lowercase().as_str() {
            "firing" | "alert" | "alerting" | "alarm" | "problem" | "critical" | "error" | "fatal" | "down"
            | "failed" | "failure" | "trigger" | "triggered" | "open" | "opened" | "created" | "active"
            | "activated" | "new" | "1" => AlertState::Firing,
            "warning" | "warn" | "degraded" => AlertState::Warning,
            "unknown" | "no data" | "nodata" => AlertState::Unknown,
            "ack" | "acknowledge" | "acknowledged" => AlertState::Acknowledged,
            "resolved" | "resolve" | "recovery" | "recovered" | "ok" | "up" | "closed" | "close" | "clear"
            | "cleared" | "normal" | "inactive" | "success" | "0" => AlertState::Resolved,
            other @ ("pending" | "update" | "updated" | "maintenance") => return Err(no_change(other)),
            other => return Err(AlertItem::Fault(no_state(other))),
        })
    },
    title: &["/title", "/alertname", "/name", "/subject", "/summary", "/message"],
    severity: &["/severity", "/priority", "/level", "/urgency"],
    subject: &["/host", "/hostname", "/instance", "/resource", "/service", "/source", "/monitor"],
    labels: &[("environment", "/environment"), ("environment", "/env"), ("cluster", "/cluster"), ("region", "/region")],
    summary: &["/summary", "/message", "/text", "/body"],
    description: &["/description", "/details", "/output", "/reason"],
    links: &["/url", "/link", "/alerturl", "/eventurl", "/runbookurl"],
    fired: &["/startsat", "/startedat", "/starttime", "/timestamp", "/time", "/date", "/createdat", "/at"],
    acknowledged: &["/acknowledgedat", "/updatedat", "/timestamp", "/time", "/date"],
    resolved: &["/endsat", "/endedat", "/endtime", "/resolvedat", "/closedat", "/timestamp", "/time", "/date"],
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'static>> {
    let plain = plain(value);
    any_text(&plain, TEMPLATE.title).is_some().then(|| one(TEMPLATE.item(&plain)))
}
