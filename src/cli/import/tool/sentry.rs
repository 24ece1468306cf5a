//! Sentry: the webhooks of an integration (issue alerts, metric alerts, issues), and those of the older plugin.

use serde_json::Value;

use crate::cli::import::alert::{AlertItem, AlertState, Items, no_change, no_state};
use crate::cli::import::field::text;
use crate::cli::import::form::AlertForm;

/// An issue alert tells of an event. Each is an occurrence of its own.
const EVENT: AlertForm = AlertForm {
    marks: &["/data/event/title", "/data/triggered_rule"],
    tool: "sentry",
    keys: &[&["/data/event/issue_id"], &["/data/event/issue_url"], &["/data/event/title"]],
    title: &["/data/event/title"],
    severity: &["/data/event/level"],
    subject: &["/data/event/culprit", "/data/event/location"],
    labels: &[
        ("environment", "/data/event/environment"),
        ("server", "/data/event/server_name"),
        ("rule", "/data/triggered_rule"),
    ],
    links: &["/data/event/web_url"],
    began: &["/data/event/datetime", "/data/event/timestamp"],
    fired: &["/data/event/datetime", "/data/event/timestamp"],
    ..AlertForm::EMPTY
};

const METRIC: AlertForm = AlertForm {
    marks: &["/data/metric_alert/id", "/action"],
    tool: "sentry-metric",
    keys: &[&["/data/metric_alert/id"]],
    state: |value| match text(value, "/action").unwrap_or_default().as_str() {
        "critical" | "open" => Ok(AlertState::Firing),
        "warning" => Ok(AlertState::Warning),
        "resolved" => Ok(AlertState::Resolved),
        other => Err(AlertItem::Fault(no_state(other))),
    },
    title: &["/data/metric_alert/title", "/data/metric_alert/alert_rule/name", "/data/description_title"],
    severity: &["/action"],
    subject: &["/data/metric_alert/projects/0"],
    labels: &[("environment", "/data/metric_alert/alert_rule/environment")],
    summary: &["/data/description_text"],
    links: &["/data/web_url"],
    fired: &["/data/metric_alert/date_started", "/data/metric_alert/date_detected"],
    resolved: &["/data/metric_alert/date_closed"],
    finish: |_, alert| alert.severity = alert.severity.take().filter(|action| action != "resolved" && action != "open"),
    ..AlertForm::EMPTY
};

const ISSUE: AlertForm = AlertForm {
    marks: &["/data/issue/id", "/action"],
    tool: "sentry",
    keys: &[&["/data/issue/id"]],
    state: |value| match text(value, "/action").unwrap_or_default().as_str() {
        "created" | "unresolved" | "triggered" => Ok(AlertState::Firing),
        "resolved" => Ok(AlertState::Resolved),
        other => Err(no_change(other)),
    },
    title: &["/data/issue/title"],
    severity: &["/data/issue/level"],
    subject: &["/data/issue/culprit"],
    labels: &[("project", "/data/issue/project/slug"), ("issue", "/data/issue/shortId")],
    links: &["/data/issue/web_url", "/data/issue/permalink"],
    fired: &["/data/issue/lastSeen", "/data/issue/firstSeen"],
    ..AlertForm::EMPTY
};

/// The plugin for webhooks.
const PLUGIN: AlertForm = AlertForm {
    marks: &["/project", "/culprit", "/event", "/url"],
    tool: "sentry",
    keys: &[&["/id"], &["/url"]],
    title: &["/event/title", "/message"],
    severity: &["/level"],
    subject: &["/culprit"],
    labels: &[("project", "/project"), ("environment", "/event/environment")],
    links: &["/url"],
    began: &["/event/timestamp", "/event/received"],
    fired: &["/event/timestamp", "/event/received"],
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    EVENT.read(value).or_else(|| METRIC.read(value)).or_else(|| ISSUE.read(value)).or_else(|| PLUGIN.read(value))
}
