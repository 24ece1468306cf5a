//! Azure Monitor: the common alert schema, and the own schema of metric alerts.

use serde_json::Value;

use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, no_state};
use crate::cli::import::field::{label, text};
use crate::cli::import::form::AlertForm;
use crate::cli::import::link::encoded;

/// Severity 0 to 4 in words, as the portal shows them.
const SEVERITIES: [&str; 5] = ["critical", "error", "warning", "informational", "verbose"];

/// An alert has an id of its own each time it fires, which it keeps until it is resolved.
const COMMON: AlertForm = AlertForm {
    marks: &["/data/essentials/monitorCondition"],
    tool: "azure",
    keys: &[
        &["/data/essentials/alertId"],
        &["/data/essentials/originAlertId"],
        &["/data/essentials/alertRule", "/data/essentials/alertTargetIDs/0"],
    ],
    state: |value| state(value, "/data/essentials/monitorCondition"),
    title: &["/data/essentials/alertRule"],
    severity: &["/data/essentials/severity"],
    subject: &["/data/essentials/configurationItems/0"],
    summary: &["/data/essentials/description"],
    links: &["/data/essentials/investigationLink"],
    began: &["/data/essentials/firedDateTime"],
    fired: &["/data/essentials/firedDateTime"],
    acknowledged: &[],
    resolved: &["/data/essentials/resolvedDateTime"],
    finish: |value, alert| {
        severity(alert);
        place(alert, &text(value, "/data/essentials/alertTargetIDs/0").unwrap_or_default());
        condition(alert, value);
        if let (true, Some(id)) = (alert.links.is_empty(), text(value, "/data/essentials/alertId")) {
            let page = "https://portal.azure.com/#blade/Microsoft_Azure_Monitoring/AlertDetailsTemplateBlade/alertId/";
            alert.links.push(format!("{page}{}", encoded(&id)));
        }
    },
    ..AlertForm::EMPTY
};

const METRIC: AlertForm = AlertForm {
    marks: &["/data/context/name", "/data/status"],
    tool: "azure",
    keys: &[&["/data/context/id", "/data/context/resourceId"], &["/data/context/id"], &["/data/context/name"]],
    state: |value| state(value, "/data/status"),
    title: &["/data/context/name"],
    severity: &["/data/context/severity"],
    subject: &["/data/context/resourceName"],
    summary: &["/data/context/description"],
    links: &["/data/context/portalLink"],
    fired: &["/data/context/timestamp"],
    resolved: &["/data/context/timestamp"],
    finish: |value, alert| {
        severity(alert);
        place(alert, &text(value, "/data/context/resourceId").unwrap_or_default());
    },
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    COMMON.read(value).or_else(|| METRIC.read(value))
}

fn state(value: &Value, pointer: &str) -> Result<AlertState, AlertItem> {
    match text(value, pointer).unwrap_or_default().as_str() {
        "Fired" | "Activated" => Ok(AlertState::Firing),
        "Resolved" | "Deactivated" => Ok(AlertState::Resolved),
        other => Err(AlertItem::Fault(no_state(other))),
    }
}

/// `Sev1` or `1` in words.
fn severity(alert: &mut Alert) {
    let Some(told) = &alert.severity else { return };
    let number = told.trim_start_matches("Sev").parse::<usize>().ok();
    if let Some(word) = number.and_then(|number| SEVERITIES.get(number)) {
        alert.severity = Some((*word).to_owned());
    }
}

/// Where the resource is: `/subscriptions/ID/resourceGroups/NAME/providers/…`.
fn place(alert: &mut Alert, id: &str) {
    let parts: Vec<&str> = id.split('/').collect();
    let after = |name: &str| {
        let found = parts.iter().position(|part| part.eq_ignore_ascii_case(name))?;
        parts.get(found + 1).map(|part| (*part).to_owned())
    };
    alert.labels.extend(label("resourcegroup", after("resourceGroups")));
    alert.labels.extend(label("subscription", after("subscriptions")));
}

/// What was measured, in an alert about a metric.
fn condition(alert: &mut Alert, value: &Value) {
    let part = |name: &str| text(value, &format!("/data/alertContext/condition/allOf/0/{name}"));
    let measured = [part("metricName"), part("metricValue"), part("operator"), part("threshold")];
    if measured.iter().all(Option::is_some) {
        let [metric, value, operator, threshold] = measured.map(Option::unwrap_or_default);
        alert.description = Some(format!("{metric} {value} ({operator} {threshold})"));
    }
}
