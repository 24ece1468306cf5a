//! Uptime Kuma: its webhook with the preset body.

use serde_json::Value;

use crate::cli::import::alert::{Alert, AlertItem, AlertState, Items, no_change, no_state, one};
use crate::cli::import::field::{any_text, identity, text};
use crate::cli::import::form::AlertForm;
use crate::cli::import::time::Told;
use crate::domain::phrase::Phrase;
use crate::domain::time::Moment;

const HEARTBEAT: AlertForm = AlertForm {
    marks: &["/heartbeat/status", "/monitor/name"],
    tool: "uptime-kuma",
    // Every installation counts its monitors from 1.
    keys: &[&["/monitor/id", "/monitor/name"], &["/monitor/name"]],
    state: |value| match text(value, "/heartbeat/status").unwrap_or_default().as_str() {
        "0" => Ok(AlertState::Firing),
        "1" => Ok(AlertState::Resolved),
        "2" => Err(no_change("pending")),
        "3" => Err(no_change("maintenance")),
        other => Err(AlertItem::Fault(no_state(other))),
    },
    title: &["/monitor/pathName", "/monitor/name"],
    summary: &["/heartbeat/msg"],
    fired: &["/heartbeat/time"],
    resolved: &["/heartbeat/time"],
    finish: |value, alert| {
        // A monitor that watches no page still has the beginning of an address.
        let url = text(value, "/monitor/url").filter(|url| !matches!(url.as_str(), "https://" | "http://"));
        let host = text(value, "/monitor/hostname").map(|host| match text(value, "/monitor/port") {
            Some(port) => format!("{host}:{port}"),
            None => host,
        });
        alert.subject = url.or(host);
        // Its times are in UTC, and do not say so.
        if let Told::Clock(said) = alert.since {
            alert.since = Told::At(Moment::new(said.and_utc().fixed_offset()));
        }
    },
    ..AlertForm::EMPTY
};

pub fn read(value: &Value) -> Option<Items<'_>> {
    let is_null = |name: &str| value.get(name).is_some_and(Value::is_null);
    if is_null("heartbeat") && is_null("monitor") {
        return Some(one(notice(any_text(value, &["/msg"])?)));
    }
    HEARTBEAT.read(value)
}

/// A message about no heartbeat: the test of the settings, or a certificate that runs out.
fn notice(message: String) -> AlertItem {
    if message.contains("Testing") {
        return AlertItem::Aside(Phrase::new("cli-import-test"));
    }
    Alert::new(AlertState::Warning, identity(&["uptime-kuma", &message]), message.clone()).into()
}
